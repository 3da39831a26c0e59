"""What a term that was read must keep to: names of the question, their indices, ranges of sums.

An index letter outside of an index is nearly always a missing pair of braces: ``x_i+j-1`` for
``x_{i+j-1}``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.diagnostics import did_you_mean
from generator.language.faults import Fault
from generator.marking import limits
from generator.marking.formulas.names import Vocabulary
from generator.model.dataclass import dataclass
from generator.model.formula import Indicator, Series, Symbol, Term, constant, walk

_CONSTANTS = frozenset({"e", "pi"})


def checked(term: Term, vocabulary: Vocabulary) -> Term:
    """The term with the range of every sum. Raises Fault for what has no meaning in the question.

    An open vocabulary admits all names, with any indices.
    """
    if sum(1 for _ in walk(term)) > limits.TERMS:
        raise Fault("too-long", f"a formula of more than {limits.TERMS} terms is not read")
    return _Check(vocabulary, frozenset()).term(term)


@dataclass(frozen=True, slots=True)
class _Check:
    """Below sums over these letters; `indexing` where a letter may stand for its number."""

    vocabulary: Vocabulary
    bound: frozenset[str]
    indexing: bool = False

    def term(self, term: Term) -> Term:
        """The term, checked."""
        if isinstance(term, Symbol):
            return self._symbol(term)
        if isinstance(term, Series):
            return self._series(term)
        inner = replace(self, indexing=True) if isinstance(term, Indicator) else self
        return term.around(tuple(map(inner.term, term.parts)))

    def _symbol(self, symbol: Symbol) -> Term:
        inner = replace(self, indexing=True)
        found = replace(symbol, at=tuple(map(inner.term, symbol.at)))
        if self.vocabulary.open:
            return found
        name = symbol.name
        if name in self.bound or (name in self.vocabulary.letters and not self._is_table(symbol)):
            return self._letter(found)
        if name in _CONSTANTS and not self._is_table(symbol) and not symbol.at:
            return found
        if name not in self.vocabulary.tables:
            raise self._unknown(name)
        self._check_axes(found)
        return found

    def _is_table(self, symbol: Symbol) -> bool:
        return symbol.name in self.vocabulary.tables

    def _letter(self, symbol: Symbol) -> Term:
        if symbol.at:
            raise Fault("indices", f"`{symbol.name}` is an index letter and has no index itself")
        if not self.indexing:
            raise Fault(
                "stray-index",
                f"the index letter `{symbol.name}` stands outside of an index",
                f"put an index of several signs in braces: x_{{{symbol.name}+1}}",
            )
        return symbol

    def _unknown(self, name: str) -> Fault:
        known = self.vocabulary.tables if not self.indexing else self.vocabulary.letters
        cure = did_you_mean(name, known)
        if not cure and not self.indexing:
            cure = f"it has {self.vocabulary.listed()}"
        what = "an index letter" if self.indexing else "a name"
        return Fault("unknown-name", f"`{name}` is not {what} of this question", cure)

    def _check_axes(self, symbol: Symbol) -> None:
        name, axes = symbol.name, self.vocabulary.axes(symbol.name)
        if axes is None or len(symbol.at) == axes:
            return
        if not symbol.at:
            letters = self.vocabulary.tables[name].letters
            cure = f"write {name}_{letters[0]}" if len(letters) == 1 else ""
            raise Fault("indices", f"`{name}` needs {_count(axes)}", cure)
        if axes == 0:
            raise Fault("indices", f"`{name}` is a single number and has no index")
        raise Fault("indices", f"`{name}` has {_count(axes)}, not {len(symbol.at)}")

    def _series(self, series: Series) -> Term:
        if series.letter in self.vocabulary.tables and not self.vocabulary.open:
            raise Fault(
                "letter", f"`{series.letter}` is a quantity of the question, not an index letter"
            )
        ends = replace(self, indexing=True)
        last = self._last(series) if series.last is None else series.last
        return replace(
            series,
            first=ends.term(series.first),
            last=ends.term(last),
            body=replace(self, bound=self.bound | {series.letter}).term(series.body),
        )

    def _last(self, series: Series) -> Term:
        """How far a letter runs by itself: along the axis that it indexes, or as usual."""
        for size in self._sizes(series):
            return constant(size)
        if series.letter in self.vocabulary.letters:
            return constant(self.vocabulary.letters[series.letter])
        cure = f"write sum({series.letter}=1..4, ...)"
        raise Fault("letter", f"how far does `{series.letter}` run?", cure)

    def _sizes(self, series: Series) -> Iterator[int]:
        for one in walk(series.body):
            if isinstance(one, Symbol) and self._is_table(one):
                sizes = self.vocabulary.tables[one.name].sizes
                for index, size in zip(one.at, sizes, strict=False):
                    if index == Symbol(name=series.letter):
                        yield size


def _count(axes: int) -> str:
    return "one index" if axes == 1 else f"{axes} indices"
