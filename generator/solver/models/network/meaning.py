"""Terms as formulas that a response can be compared with, and what a network's symbols stand for.

A `Term` of a network names tensors; the shared `generator.model.formula` names what is printed. The
glossary states the network's equations, so that a response in terms of other quantities than the
key (``s(a_i)`` for ``h_i``) is recognized, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from generator.memo import Memo
from generator.model import formula
from generator.model.formula import Function, Glossary, Table, constant
from generator.model.value import Formula
from generator.solver.models.network import printing
from generator.solver.models.network.activations import ACTIVATIONS, ARGUMENT, VALUE
from generator.solver.models.network.gradient import general
from generator.solver.models.network.index import Index, letter
from generator.solver.models.network.layers import Elementwise, MaxPool
from generator.solver.models.network.notation import Notation
from generator.solver.models.network.terms import (
    Apply,
    Cases,
    Condition,
    Entry,
    Greatest,
    Indicator,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Tensor,
    Term,
    Total,
)
from generator.solver.models.network.view import View

_ARGUMENT, _RESULT, _SHARE = "argument", "result", "share"
"""Names in the glossary that no symbol has: symbols are single letters."""


def comparable(view: View, term: Term, target: Tensor | None = None) -> Formula:
    """A formula with its meaning; that of a gradient by `target` says what its names stand for."""
    known = None if target is None else glossary(view, target)
    return replace(Comparables(view).of(term), glossary=known)


class Comparables:
    """Formulas of a view with their meaning; what several have in common is written once."""

    def __init__(self, view: View) -> None:
        self._latex = printing.Latex(notation=view.notation, write=view.notation.latex)
        self._typed = printing.Typed(notation=view.notation)
        self._meanings = Meanings(view.notation)

    def of(self, term: Term) -> Formula:
        """A formula with its meaning."""
        return Formula(
            latex=self._latex.show(term),
            text=self._typed.show(term),
            term=self._meanings.of(term),
        )


# --- terms -------------------------------------------------------------------------------------


class Meanings:
    """Terms with printed names."""

    def __init__(self, notation: Notation) -> None:
        self.notation = notation
        self._known = Memo[Term, formula.Term]()

    def of(self, term: Term) -> formula.Term:
        """The term with printed names."""
        return self._known.of(term, self._meant)

    def _meant(self, term: Term) -> formula.Term:
        return _MEANINGS[type(term)](term, self)


def meaning(term: Term, notation: Notation) -> formula.Term:
    """The term with printed names."""
    return Meanings(notation).of(term)


def _parts(term: Term, names: Meanings) -> tuple[formula.Term, ...]:
    return tuple(names.of(part) for part in term.parts)


def _entry(entry: Entry, names: Meanings) -> formula.Term:
    if entry in (ARGUMENT, VALUE):
        return formula.Symbol(name=_ARGUMENT if entry == ARGUMENT else _RESULT)
    return formula.Symbol(
        name=names.notation.symbols[entry.tensor].text,
        at=tuple(_index(index, names.notation) for index in entry.at),
        padded=entry.padded,
    )


def _index(index: Index, notation: Notation) -> formula.Term:
    found: list[formula.Term] = []
    for atom, factor in index.terms:
        term: formula.Term
        if isinstance(atom, str):
            term = formula.Symbol(name=notation.letters.get(atom, atom))
        else:
            at = tuple(_index(inner, notation) for inner in atom.at if inner.terms)
            term = formula.Symbol(name=notation.picks[atom.layer], at=at)
        found.append(term if factor == 1 else formula.Product(factors=(constant(factor), term)))
    if index.constant or not found:
        found.append(constant(index.constant))
    return found[0] if len(found) == 1 else formula.Sum(terms=tuple(found))


def _over(term: Total | Greatest, names: Meanings) -> formula.Term:
    return formula.Series(
        fold="sum" if isinstance(term, Total) else "max",
        letter=names.notation.letters[term.letter],
        first=constant(1),
        last=constant(term.size),
        body=names.of(term.body),
    )


def _condition(condition: Condition, names: Meanings) -> formula.Indicator:
    return formula.Indicator(
        left=names.of(condition.left),
        relation=condition.relation,
        right=names.of(condition.right),
    )


def _cases(term: Cases, names: Meanings) -> formula.Term:
    return formula.Cases(
        condition=_condition(term.condition, names),
        yes=names.of(term.yes),
        no=names.of(term.no),
    )


_MEANINGS: Mapping[type[Term], Callable[[Any, Meanings], formula.Term]] = MappingProxyType(
    {
        Number: lambda term, _: formula.Number(value=term.value),
        Entry: _entry,
        Sum: lambda term, names: formula.Sum(terms=_parts(term, names)),
        Product: lambda term, names: formula.Product(factors=_parts(term, names)),
        Power: lambda term, names: formula.Power(
            base=names.of(term.base), exponent=constant(term.exponent)
        ),
        Quotient: lambda term, names: formula.Quotient(
            above=names.of(term.above), below=names.of(term.below)
        ),
        Total: _over,
        Greatest: _over,
        Apply: lambda term, names: formula.Call(
            function=term.function, arguments=_parts(term, names)
        ),
        Indicator: lambda term, names: _condition(term.condition, names),
        Cases: _cases,
    }
)
"""Class of term -> the same with printed names."""


# --- the glossary ------------------------------------------------------------------------------


def glossary(view: View, target: Tensor) -> Glossary:
    """What the symbols of a network stand for, where a gradient is by a component of `target`."""
    tables = {table.name: table for table in _tables(view)}
    sizes, asked = view.network.kept(target), general(view.network, target)
    names = (_index(index, view.notation) for index in asked.at)
    return Glossary(
        tables=tuple(tables.values()),
        functions=tuple({one.name: one for one in _functions(view)}.values()),
        free=tuple(
            (name.name, size)
            for name, size in zip(names, sizes, strict=True)
            if isinstance(name, formula.Symbol)
        ),
    )


def _tables(view: View) -> Iterator[Table]:
    """Outputs stand last: where a symbol is also that of an argument, it is the output's.

    An activation on its own is applied to what already has a name.
    """
    network, notation = view.network, view.notation
    for tensor, symbol in notation.symbols.items():
        if tensor.kind not in {"output", "pre"} or tensor == Tensor(kind="output"):
            yield Table(name=symbol.text, sizes=network.kept(tensor))
    if network.rule.below == "softmax":
        yield from _shares(view)
    numbers = range(1, network.depth + 1)
    for number in numbers:
        if not isinstance(network.layer(number), Elementwise):
            yield _table(view, Tensor(kind="pre", layer=number), _before(view, number))
        if isinstance(network.layer(number), MaxPool):
            yield _pick(view, number)
    for number in numbers:
        value = _before(view, number)
        if view.is_active(number):
            name = notation.functions[number].text
            value = formula.Call(function=name, arguments=(value,))
        yield _table(view, Tensor(kind="output", layer=number), value)


def _before(view: View, number: int) -> formula.Term:
    return meaning(view.network.before_activation(number), view.notation)


def _table(view: View, tensor: Tensor, value: formula.Term) -> Table:
    """What a layer defines: its output, its pre-activation, or the target of its output."""
    number = tensor.layer or view.network.depth
    return Table(
        name=view.notation.symbols[tensor].text,
        sizes=view.network.kept(tensor),
        letters=_letters(view, number),
        value=value,
    )


def _letters(view: View, number: int) -> tuple[str, ...]:
    return tuple(name for name, _ in view.letters(number))


def _shares(view: View) -> Iterator[Table]:
    """The target of a softmax adds up to 1: shares of numbers that are given."""
    target, letters = Tensor(kind="target"), _letters(view, view.network.depth)
    sizes = view.network.kept(target)
    yield Table(name=_SHARE, sizes=sizes)
    share = formula.Symbol(name=_SHARE, at=tuple(formula.Symbol(name=one) for one in letters))
    every: formula.Term = share
    for name, size in zip(letters, sizes, strict=True):
        every = formula.Series(
            fold="sum", letter=name, first=constant(1), last=constant(size), body=every
        )
    yield _table(view, target, formula.Quotient(above=share, below=every))


def _pick(view: View, number: int) -> Table:
    """The position of a window's maximum: where the window begins, and so many further."""
    network, notation = view.network, view.notation
    layer, letters = network.layer(number), network.letters
    assert isinstance(layer, MaxPool)  # noqa: S101 - asked by the caller
    position = layer.inside(number, letters.place(number), letters)[1]
    value = _index(position, notation)
    largest = _before(view, number)
    if isinstance(largest, formula.Series):
        start = _index(position - letter(letters.kernels[number]), notation)
        value = formula.Sum(terms=(start, replace(largest, fold="place")))
    return Table(
        name=notation.picks[number],
        sizes=network.kept(Tensor(kind="output", layer=number)),
        letters=_letters(view, number),
        value=value,
        whole=True,
    )


def _functions(view: View) -> Iterator[Function]:
    for number, symbol in view.notation.functions.items():
        yield _function(symbol.text, view.network.layer(number).activation)


@lru_cache(maxsize=64)
def _function(name: str, activation: str) -> Function:
    """An activation function under its name in a bank; it mentions no symbol of a network."""
    rule = ACTIVATIONS[activation]
    nothing = Notation(symbols={}, functions={}, letters={}, picks={})
    return Function(
        name=name,
        argument=_ARGUMENT,
        value=meaning(rule.definition, nothing),
        derivative=meaning(rule.derivative, nothing),
        result=_RESULT,
    )
