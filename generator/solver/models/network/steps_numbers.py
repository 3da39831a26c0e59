r"""Worked solutions with numbers: the forward pass, the loss, and one component of a gradient.

Every line shows the formula, the numbers in it, and the result, as `insertion` writes them; the
calculation itself keeps every digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from generator.solver.models.network import exact
from generator.solver.models.network.asked import Asked
from generator.solver.models.network.evaluation import Letters, Scope
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
from generator.solver.models.network.layers import Layer, Place
from generator.solver.models.network.layers import Letters as LayerLetters
from generator.solver.models.network.numeric import LOSS
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
    line = Insertion(term).equation(scope, {}, f"{view.loss} = {view.latex(term)}", value)
    return (*forward_steps(view, scope), _display("The loss is then:", [line]))


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
    value = formula.whole.value(scope, letters)
    if formula.addend is None:
        line = formula.whole.equation(scope, letters, left, value)
        return (*steps, _display("Insert the numbers:", [line]))
    addends, sum_value = _addends(view, scope, formula.addend, letters)
    front_value = formula.front.value(scope, letters)
    front = view.latex(fix(formula.before, places))
    result = (
        rf"{left} &{equals(value)} {factor(front_value)} \cdot {factor(sum_value)} "
        rf"{_is(value)}"
    )
    return (
        *steps,
        _display("The sum, term by term:", addends),
        _display(
            "The factor before the sum, and the product:",
            [formula.front.equation(scope, letters, front, front_value), result],
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
    return _display(what, [_entry(view, scope, number, at) for at in places])


def _what(view: View, number: int) -> str:
    """What is computed, as the beginning of a step."""
    several = view.network.shape(number).size > 1
    before = view.before(number) if view.is_active(number) else None
    names = [view.output(number)] if before is None else [before, view.output(number)]
    shown_names = " and ".join(f"${view.latex(name)}$" for name in names)
    return f"Insert the numbers into {shown_names}{f', {_runs(view, number)}' * several}:"


def _runs(view: View, number: int) -> str:
    return f"for ${view.range(number).latex}$"


def _entry(view: View, scope: Scope, number: int, at: Place) -> str:
    """One unit: its argument with the numbers inserted, and the activation's value."""
    before, after = view.before(number, at), view.output(number, at)
    unit, letters = _unit(view.network, number), _letters(view, number, at)
    left, value = view.latex(after), _value(scope, after)
    if not view.is_active(number):
        return unit.equation(scope, letters, left, value)
    argument = view.latex(before)
    right = rf"{left} &= {view.function(number)}({argument}) {_is(value)}"
    if before == view.output(number - 1, at):
        return right
    return rf"{unit.equation(scope, letters, argument, _value(scope, before))}, & {right}"


def _is(value: Real) -> str:
    r"""``= 2``, or ``\approx 1.4142``."""
    return f"{equals(value)} {shown(value)}"


def _letters(view: View, number: int, at: Place) -> Letters:
    names = view.network.letters.axes[number]
    return {name: one.constant for name, one in zip(names, at, strict=True) if name}


def _unit(network: Network, number: int) -> Insertion:
    """What the general unit of a layer computes before its activation, which is no matter here."""
    return _argument(replace(network.layer(number), activation="linear"), number, network.letters)


@lru_cache(maxsize=128)
def _argument(layer: Layer, number: int, letters: LayerLetters) -> Insertion:
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


def _addends(view: View, scope: Scope, addend: Addend, letters: Letters) -> tuple[list[str], Real]:
    """The terms of a sum, and their total; and its value."""
    letter = view.notation.letters[addend.letter]
    lines, values = list[str](), list[Real]()
    for at in range(1, addend.size + 1):
        inner = {**letters, addend.letter: at}
        values.append(addend.body.value(scope, inner))
        lines.append(rf"{letter} = {at}: && {addend.body.written(scope, inner)} &{_is(values[-1])}")
    value = exact.total(values)
    written = " + ".join(factor(one) for one in values)
    lines.append(rf"\text{{sum:}} && {written} &{_is(value)}")
    return lines, value


# --- lines -------------------------------------------------------------------------------------


def _display(words: str, lines: list[str]) -> str:
    """A sentence and aligned lines."""
    if len(lines) == 1:
        return f"{words}\n\n$$\n{lines[0].replace('&', '')}.\n$$"
    joined = ", \\\\\n".join(lines)
    return f"{words}\n\n$$\n\\begin{{aligned}}\n{joined}.\n\\end{{aligned}}\n$$"
