"""The names that a response may use: those of the question, and those of mathematics.

Students write ``wh`` for the product of ``w`` and ``h``: a run of letters is cut into names that
are known. Without a glossary, single letters are names, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from types import MappingProxyType

from generator.diagnostics import did_you_mean
from generator.language.faults import Fault
from generator.marking.formulas.tokens import GREEK
from generator.model.dataclass import dataclass
from generator.model.formula import Fold, Glossary, Number, Series, Symbol, Table, Term, walk

MATHEMATICS: Mapping[str, str] = MappingProxyType(
    {name: name for name in ("exp", "sin", "cos", "tan", "tanh", "sqrt", "abs", "min", "max")}
    | {"ln": "log", "log": "log", "sigmoid": "sigmoid", "sigma": "sigmoid", "clip": "clip"}
    | {"relu": "relu", "ReLU": "relu", "softplus": "softplus", "sign": "sign", "sgn": "sign"}
    | {"logistic": "sigmoid"}
)
"""Functions by the names that students give them."""

SERIES: Mapping[str, Fold] = MappingProxyType(
    {"sum": "sum", "prod": "product", "product": "product"}
)
"""Words that begin a series."""

_WORDS = frozenset({*MATHEMATICS, *SERIES, "pi", *GREEK.values()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The names of a question.

    `tables` are its quantities, `functions` its own functions, `letters` the index letters with
    how far they run. An `open` one knows only the names of the key and admits other letters.
    """

    tables: Mapping[str, Table] = field(default_factory=dict)
    functions: frozenset[str] = frozenset()
    letters: Mapping[str, int] = field(default_factory=dict)
    open: bool = False

    @classmethod
    def of(cls, glossary: Glossary | None, key: Term | None) -> Vocabulary:
        """The vocabulary of a key; without a glossary the names that the key itself uses."""
        inside = [one for one in walk(key) if isinstance(one, Symbol)] if key is not None else []
        if glossary is None:
            names = {one.name: Table(name=one.name) for one in inside}
            return cls(tables=MappingProxyType(names), open=True)
        tables = {table.name: table for table in glossary.tables}
        return cls(
            tables=MappingProxyType(tables),
            functions=frozenset(function.name for function in glossary.functions),
            letters=MappingProxyType(dict(_letters(glossary, key))),
        )

    def axes(self, name: str) -> int | None:
        """How many indices a quantity has; None where that is not known."""
        return None if self.open or name not in self.tables else len(self.tables[name].sizes)

    def is_function(self, name: str) -> bool:
        """Whether parentheses behind the name hold arguments."""
        return name in self.functions or (name in MATHEMATICS and name not in self.tables)

    def knows(self, name: str) -> bool:
        """Whether a name, all of it, means something; an open vocabulary admits Greek letters."""
        return name in self.tables or self.is_function(name) or name in _WORDS

    def cut(self, run: str, bound: Collection[str] = ()) -> tuple[str, ...]:
        """A run of letters as names. Raises Fault where it has none."""
        known = {*self.tables, *self.functions, *self.letters, *bound}
        if run in known or run in _WORDS or run == "e":
            return (run,)
        pieces = _cut(run, known | {"e"})
        if pieces:
            return pieces
        if self.open or len(run) == 1:
            return tuple(run)
        cure = did_you_mean(run, {*known, *_WORDS})
        raise Fault("unknown-name", f"`{run}` is not a name of this question", cure)

    def listed(self) -> str:
        """The quantities of the question, for a message."""
        shown = [name for name in self.tables if len(name) == 1 or name in GREEK.values()]
        return ", ".join(sorted(shown))


def _cut(run: str, known: Collection[str]) -> tuple[str, ...]:
    """Known names that make up a run, the longest first; empty if there are none."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(run)
    names = {*known, *_WORDS}
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - 12), end):
            before = best[start]
            if before is None or run[start:end] not in names:
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or ()):
                best[end] = (*before, run[start:end])
    return best[-1] or ()


def _letters(glossary: Glossary, key: Term | None) -> Iterator[tuple[str, int]]:
    """Every index letter of the question with its range, the ones that stay open last."""
    terms = [table.value for table in glossary.tables if table.value is not None]
    for term in [*terms, *([] if key is None else [key])]:
        for one in walk(term):
            if isinstance(one, Series) and isinstance(one.last, Number):
                yield one.letter, int(one.last.value)
    for table in glossary.tables:
        yield from zip(table.letters, table.sizes, strict=False)
    yield from glossary.free
