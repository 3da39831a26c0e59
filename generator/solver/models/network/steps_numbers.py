r"""Worked solutions with numbers: the forward pass, the loss, and one component of a gradient.

Every line shows the formula, the numbers in it, and the result. Numbers are shown to four places,
``\approx`` where that is not all of them; the calculation itself keeps every digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from generator.language import numbers
from generator.language.digits import magnitude
from generator.solver.models.network import exact, printing
from generator.solver.models.network.asked import Asked
from generator.solver.models.network.evaluation import Scope, evaluate
from generator.solver.models.network.exact import Real
from generator.solver.models.network.gradient import chain
from generator.solver.models.network.index import number as fixed
from generator.solver.models.network.layers import Place
from generator.solver.models.network.numeric import LOSS
from generator.solver.models.network.terms import (
    ONE,
    Entry,
    Indicator,
    Product,
    Tensor,
    Term,
    Total,
    constant,
    expand,
    fix,
    multiply,
)
from generator.solver.models.network.updates import Line
from generator.solver.models.network.view import View

PLACES = 4
"""Decimal places shown; small numbers get as many significant digits."""

_ROUGH = r"\approx"

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
    line = _line(view, scope, f"{view.loss} = {view.latex(term)}", term, value)
    return (*forward_steps(view, scope), _display("The loss is then:", [line]))


def component_steps(view: View, scope: Scope, asked: Asked) -> tuple[str, ...]:
    """The forward pass, and then one component of a gradient by its formula."""
    target, at = asked.target, asked.at
    derived = chain(view.network, target)
    letters = [next(iter(index.letters())) for index in derived.target.at]
    places = {name: fixed(one) for name, one in zip(letters, at, strict=True)}
    term = fix(derived.term, places)
    left = view.fraction(view.loss, view.component(target, at))
    start = (
        f"Put this component's index into the formula for "
        f"${view.partial(target).latex}$:\n\n$$\n{left} = {view.latex(term)}.\n$$"
    )
    steps = (*forward_steps(view, scope), start)
    front, inner = _split(term)
    value = evaluate(term, scope)
    if inner is None:
        return (*steps, _display("Insert the numbers:", [_line(view, scope, left, term, value)]))
    sum_value = evaluate(inner, scope)
    addends = _addends(view, scope, inner)
    front_value = evaluate(front, scope)
    result = (
        rf"{left} &{_equals(value)} {_factor(front_value)} \cdot {_factor(sum_value)} "
        rf"{_equals(value)} {shown(value)}"
    )
    factor = _line(view, scope, view.latex(front), front, front_value)
    return (
        *steps,
        _display("The sum, term by term:", addends),
        _display("The factor before the sum, and the product:", [factor, result]),
    )


def update_step(view: View, asked: Asked, lines: list[Line], values: Mapping[str, Real]) -> str:
    """The lines of an optimizer's rule; `values` are what stands for their placeholders."""
    name = view.latex(view.component(asked.target, asked.at))
    put = {key: _factor(value) for key, value in values.items()}
    put["new"] = rf"{name}^{{\text{{new}}}}"
    rough = not (is_whole(values["weight"]) and is_whole(values["gradient"]))
    shown_lines = [
        rf"{line.symbol.format(**put)} &{'=' if line.symbolic or not rough else _ROUGH} "
        rf"{line.formula.format(**put)} {_equals(line.value)} {shown(line.value)}"
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
    term = view.network.before_activation(number, at)
    if not view.is_active(number):
        return _line(view, scope, view.latex(after), term, _value(scope, after))
    argument, value = _value(scope, before), _value(scope, after)
    called = f"{view.function(number)}({view.latex(before)})"
    first = _line(view, scope, view.latex(before), term, argument)
    if before == view.output(number - 1, at):
        return rf"{view.latex(after)} &= {called} {_equals(value)} {shown(value)}"
    return rf"{first}, & {view.latex(after)} &= {called} {_equals(value)} {shown(value)}"


def _value(scope: Scope, entry: Entry) -> Real:
    return scope.tensors[entry.tensor][tuple(index.constant for index in entry.at)]


# --- one component -----------------------------------------------------------------------------


def _split(term: Term) -> tuple[Term, Total | None]:
    """What stands before the outermost sum of a formula, and that sum."""
    if isinstance(term, Total):
        return ONE, term
    if isinstance(term, Product) and isinstance(term.factors[-1], Total):
        return multiply(*term.factors[:-1]), term.factors[-1]
    return term, None


def _addends(view: View, scope: Scope, inner: Total) -> list[str]:
    """The terms of a sum, and their total."""
    letter = view.notation.letters[inner.letter]
    lines, values = [], []
    for at in range(1, inner.size + 1):
        body = fix(inner.body, {inner.letter: fixed(at)})
        values.append(evaluate(body, scope))
        numbered = _inserted(view, scope, body)
        lines.append(rf"{letter} = {at}: && {numbered} &{_equals(values[-1])} {shown(values[-1])}")
    value = evaluate(inner, scope)
    written = " + ".join(_factor(one) for one in values)
    lines.append(rf"\text{{sum:}} && {written} &{_equals(value)} {shown(value)}")
    return lines


# --- numbers in formulas -----------------------------------------------------------------------


def _display(words: str, lines: list[str]) -> str:
    """A sentence and aligned lines."""
    if len(lines) == 1:
        return f"{words}\n\n$$\n{lines[0].replace('&', '')}.\n$$"
    joined = ", \\\\\n".join(lines)
    return f"{words}\n\n$$\n\\begin{{aligned}}\n{joined}.\n\\end{{aligned}}\n$$"


def _line(view: View, scope: Scope, left: str, term: Term, value: Real) -> str:
    r"""``z &= 2 \cdot 0.5 + 1 = 2``."""
    numbered = _inserted(view, scope, term)
    if numbered == shown(value):
        return rf"{left} &{_equals(value)} {shown(value)}"
    rough = _ROUGH if _is_rounded(term, scope) else "="
    return rf"{left} &{rough} {numbered} {_equals(value)} {shown(value)}"


def _inserted(view: View, scope: Scope, term: Term) -> str:
    def write(entry: Entry) -> str:
        return _factor(evaluate(entry, scope))

    return printing.inserted(_settled(expand(term), scope), view.notation, write)


def _settled(term: Term, scope: Scope) -> Term:
    """The term with every indicator replaced by the 0 or 1 that it is."""
    if isinstance(term, Indicator):
        return constant(exact.to_fraction(evaluate(term, scope)))
    # Not `around`: a product is shown with its factors as they are, also with a factor of 1 or 0.
    parts = tuple(_settled(part, scope) for part in term.parts)
    return replace(term, factors=parts) if isinstance(term, Product) else term.around(parts)


def _is_rounded(term: Term, scope: Scope) -> bool:
    """Whether a number inserted into a term is shown rounded."""
    if isinstance(term, Entry):
        return not is_whole(evaluate(term, scope))
    return any(_is_rounded(part, scope) for part in expand(term).parts)


def _factor(value: Real) -> str:
    """A number as a factor: a negative one in parentheses."""
    text = shown(value)
    return f"({text})" if text.startswith("-") else text


def _equals(value: Real) -> str:
    return "=" if is_whole(value) else _ROUGH


def is_whole(value: Real) -> bool:
    """Whether a number is shown with all its digits."""
    return exact.is_rational(value) and not 10**PLACES % value.denominator


def shown(value: Real) -> str:
    """A number to four places, or to four significant digits if it is small."""
    number: Fraction = exact.to_fraction(value)
    if is_whole(value):
        return numbers.decimal(number)
    power = len(str(number.denominator)) - 1
    if number == Fraction(1, 10**power):
        return f"10^{{-{power}}}"
    lead = magnitude(number) if number else 0
    return numbers.decimal(number, min(12, PLACES if lead >= -2 else PLACES - 1 - lead))
