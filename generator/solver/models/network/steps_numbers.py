r"""Worked solutions with numbers: the forward pass, the loss, and one component of a gradient.

Every line shows the formula, the numbers in it, and the result, as `insertion` writes them; the
calculation itself keeps every digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from generator.model.dataclass import dataclass
from generator.solver.models.network import exact
from generator.solver.models.network.asked import Asked
from generator.solver.models.network.evaluation import Rows, Scope, row
from generator.solver.models.network.exact import Real
from generator.solver.models.network.gradient import chain
from generator.solver.models.network.index import number as fixed
from generator.solver.models.network.insertion import (
    ROUGH,
    Insertion,
    equals,
    factor,
    is_whole,
    shown,
)
from generator.solver.models.network.layers import Layer, Letters, Place
from generator.solver.models.network.numeric import LOSS, units
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import (
    ONE,
    Entry,
    Product,
    Tensor,
    Term,
    Total,
    fix,
    multiply,
)
from generator.solver.models.network.updates import Line
from generator.solver.models.network.view import View

MOST_LINES = 8
"""Entries of a layer that are worked out line by line; of more, the results are listed."""


def forward_steps(view: View, scope: Scope, last: int | None = None) -> tuple[str, ...]:
    """The forward pass up to a layer (by default all of them), one step a layer."""
    end = view.network.depth if last is None else last
    return tuple(_layer(view, scope, number) for number in range(1, end + 1))


def loss_steps(view: View, scope: Scope) -> tuple[str, ...]:
    """The forward pass, and then the loss."""
    term = view.network.loss_term()
    value = scope.tensors[LOSS][()]
    left = f"{view.loss} = {view.latex(term)}"
    lines = Insertion(term).equations(row(scope, {}), [left], [value])
    return (*forward_steps(view, scope), _display("The loss is then:", lines))


def component_steps(view: View, scope: Scope, asked: Asked) -> tuple[str, ...]:
    """The forward pass, and then one component of a gradient by its formula."""
    formula = _formula(view.network, asked.target)
    letters = dict(zip(formula.letters, asked.at, strict=True))
    places = {name: fixed(at) for name, at in letters.items()}
    left = view.fraction(view.loss, view.component(asked.target, asked.at))
    start = (
        f"Put this component's index into the formula for "
        f"${view.partial(asked.target).latex}$:\n\n"
        f"$$\n{left} = {view.latex(fix(formula.term, places))}.\n$$"
    )
    steps = (*forward_steps(view, scope), start)
    here = row(scope, letters)
    (value,) = formula.whole.values(here)
    if formula.addend is None:
        lines = formula.whole.equations(here, [left], [value])
        return (*steps, _display("Insert the numbers:", lines))
    addends, sum_value = _addends(view, here, formula.addend)
    (front_value,) = formula.front.values(here)
    front = view.latex(fix(formula.before, places))
    return (
        *steps,
        _display("The sum, term by term:", addends),
        _display(
            "The factor before the sum, and the product:",
            [
                *formula.front.equations(here, [front], [front_value]),
                rf"{left} &{equals(value)} {factor(front_value)} \cdot {factor(sum_value)} "
                rf"{_is(value)}",
            ],
        ),
    )


def update_step(view: View, asked: Asked, lines: list[Line], values: Mapping[str, Real]) -> str:
    """The lines of an optimizer's rule; `values` are what stands for their placeholders."""
    name = view.latex(view.component(asked.target, asked.at))
    put = {key: factor(value) for key, value in values.items()}
    put["new"] = rf"{name}^{{\text{{new}}}}"
    rough = not (is_whole(values["weight"]) and is_whole(values["gradient"]))
    shown_lines = [
        rf"{line.symbol.format(**put)} &{'=' if line.symbolic or not rough else ROUGH} "
        rf"{line.formula.format(**put)} {equals(line.value)} {shown(line.value)}"
        for line in lines
    ]
    return _display(f"Then ${name}$ takes its step:", shown_lines)


# --- the forward pass --------------------------------------------------------------------------


def _layer(view: View, scope: Scope, number: int) -> str:
    network = view.network
    places = [
        (fixed(channel), fixed(position))
        for channel in range(1, network.shape(number).channels + 1)
        for position in range(1, network.shape(number).length + 1)
    ]
    what = _what(view, number)
    if len(places) > MOST_LINES:
        values = ", ".join(shown(_value(scope, view.output(number, at))) for at in places)
        listed = view.listed(Tensor(kind="output", layer=number))
        return f"{what} In their order, ${listed}$ are ${values}$."
    return _display(what, _lines(view, scope, number, places))


def _what(view: View, number: int) -> str:
    """What is computed, as the beginning of a step."""
    several = view.network.shape(number).size > 1
    before = view.before(number) if view.is_active(number) else None
    names = [view.output(number)] if before is None else [before, view.output(number)]
    shown_names = " and ".join(f"${view.latex(name)}$" for name in names)
    return f"Insert the numbers into {shown_names}{f', {_runs(view, number)}' * several}:"


def _runs(view: View, number: int) -> str:
    return f"for ${view.range(number).latex}$"


def _lines(view: View, scope: Scope, number: int, places: list[Place]) -> list[str]:
    """A line a unit: its argument with the numbers inserted, and the activation's value."""
    outputs = [view.output(number, at) for at in places]
    lefts = [view.latex(after) for after in outputs]
    values = [_value(scope, after) for after in outputs]
    unit, rows = _unit(view.network, number), units(view.network, number, scope)
    if not view.is_active(number):
        return unit.equations(rows, lefts, values)
    befores = [view.before(number, at) for at in places]
    names = [view.latex(before) for before in befores]
    function = view.function(number)
    right = [
        rf"{left} &= {function}({name}) {_is(value)}"
        for left, name, value in zip(lefts, names, values, strict=True)
    ]
    arguments = unit.equations(rows, names, [_value(scope, before) for before in befores])
    return [rf"{first}, & {second}" for first, second in zip(arguments, right, strict=True)]


def _is(value: Real) -> str:
    r"""``= 2``, or ``\approx 1.4142``."""
    return f"{equals(value)} {shown(value)}"


def _unit(network: Network, number: int) -> Insertion:
    """What the general unit of a layer computes before its activation, which is no matter here."""
    return _argument(replace(network.layer(number), activation="linear"), number, network.letters)


@lru_cache(maxsize=128)
def _argument(layer: Layer, number: int, letters: Letters) -> Insertion:
    return Insertion(layer.before_activation(number, letters.place(number), letters))


def _value(scope: Scope, entry: Entry) -> Real:
    return scope.tensors[entry.tensor][tuple([index.constant for index in entry.at])]


# --- one component -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Addend:
    """What a formula adds up over a letter = 1 .. `size`."""

    letter: str
    size: int
    body: Insertion


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """The formula of a gradient: `term`, and what stands `before` its outermost sum.

    `letters` are those of the component. Without a sum, everything stands before it.
    """

    term: Term
    before: Term
    letters: tuple[str, ...]
    whole: Insertion
    front: Insertion
    addend: Addend | None


@lru_cache(maxsize=256)
def _formula(network: Network, target: Tensor) -> Formula:
    derived = chain(network, target)
    before, inner = _split(derived.term)
    addend = None
    if inner is not None:
        addend = Addend(letter=inner.letter, size=inner.size, body=Insertion(inner.body))
    return Formula(
        term=derived.term,
        before=before,
        letters=tuple(next(iter(index.letters())) for index in derived.target.at),
        whole=Insertion(derived.term),
        front=Insertion(before),
        addend=addend,
    )


def _split(term: Term) -> tuple[Term, Total | None]:
    """What stands before the outermost sum of a formula, and that sum."""
    if isinstance(term, Total):
        return ONE, term
    if isinstance(term, Product) and isinstance(term.factors[-1], Total):
        return multiply(*term.factors[:-1]), term.factors[-1]
    return term, None


def _addends(view: View, here: Rows, addend: Addend) -> tuple[list[str], Real]:
    """The terms of a sum, and their total; and its value."""
    letter = view.notation.letters[addend.letter]
    rows = here.spread(addend.letter, addend.size)
    values, written = addend.body.values(rows), addend.body.written(rows)
    lines = [
        rf"{letter} = {at}: && {numbered} &{_is(one)}"
        for at, (numbered, one) in enumerate(zip(written, values, strict=True), start=1)
    ]
    value = exact.total(values)
    joined = " + ".join(map(factor, values))
    return [*lines, rf"\text{{sum:}} && {joined} &{_is(value)}"], value


# --- lines -------------------------------------------------------------------------------------


def _display(words: str, lines: list[str]) -> str:
    """A sentence and aligned lines."""
    if len(lines) == 1:
        return f"{words}\n\n$$\n{lines[0].replace('&', '')}.\n$$"
    joined = ", \\\\\n".join(lines)
    return f"{words}\n\n$$\n\\begin{{aligned}}\n{joined}.\n\\end{{aligned}}\n$$"
