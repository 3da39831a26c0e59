"""The kinds of quantities: a derivative, a gradient, a tangent. Each is found, proved and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from generator.diagnostics import InputError, at
from generator.language import numbers
from generator.language.faults import Fault
from generator.language.reals import Real
from generator.model.dataclass import dataclass
from generator.model.formula import Symbol, Term, Vector
from generator.model.solution import Evidence
from generator.model.value import Formula
from generator.solver.contract import Derivation, KnownMistake, Quantity
from generator.solver.models.function import build, numeric, proof
from generator.solver.models.function.asked import Asked
from generator.solver.models.function.mistakes import (
    Flaw,
    derivative_flaws,
    gradient_flaws,
    tangent_flaws,
    telling,
)
from generator.solver.models.function.numeric import Undefined
from generator.solver.models.function.steps import told
from generator.solver.models.function.worked import By, Worked
from generator.solver.models.function.writing import Writer

FIRST = "the rules of differentiation, step by step"
SECOND = "SymPy's derivative and difference quotients, with 100 digits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What of a function is asked for: how it is found, proved and explained, and what goes wrong.

    `prove` gives what was compared, and raises Disagreement or InputError.
    """

    find: Callable[[Worked, Asked], Term]
    prove: Callable[[Worked, Asked], str]
    tell: Callable[[Worked, Asked], Iterator[str]]
    flaws: Callable[[Worked, Asked], Iterator[Flaw]]


def outcome(worked: Worked, asked: Asked) -> Quantity:
    """The value of a quantity. Raises InputError where it has none."""
    if asked.point is None:
        return _formula(worked, asked)
    try:
        return worked.result(asked, KINDS[asked.what].find(worked, asked))
    except Fault as fault:
        place, where = worked.place(asked.point), worked.shown_point(asked.point, Writer())
        message = f"`{asked.function}` has no such value at {where}: {fault.message}"
        raise InputError([at(place, fault.code, message)]) from fault


def _formula(worked: Worked, asked: Asked) -> Formula:
    formulas = worked.found.formulas
    if asked not in formulas:
        formulas[asked] = worked.formula(KINDS[asked.what].find(worked, asked))
    return formulas[asked]


def outcomes(worked: Worked, asked: Asked) -> Iterator[Quantity]:
    """The results of the mistakes. Formulas are not tidied: they are only to be told apart.

    Those of formulas without a point are kept for other variants, as far as they are taken.
    """
    kept = worked.found.outcomes.setdefault(asked, []) if asked.point is None else []
    known = tuple(kept)
    yield from known
    for count, result in enumerate(_results(worked, asked)):
        if count == len(kept):
            kept.append(result)
        if count >= len(known):
            yield result


def _results(worked: Worked, asked: Asked) -> Iterator[Quantity]:
    for flaw, number in _wrong(worked, asked):
        if number is None:
            yield Formula(latex=worked.latex.write(flaw.term), text="")
        else:
            yield number


def mistakes(worked: Worked, asked: Asked) -> tuple[KnownMistake, ...]:
    """The mistakes that make a difference, with their results."""
    found = list[KnownMistake]()
    for flaw, number in _wrong(worked, asked):
        result = worked.formula(worked.final(flaw.term)) if number is None else number
        found.append(KnownMistake(result=result, because=flaw.because))
    return tuple(found)


def _wrong(worked: Worked, asked: Asked) -> Iterator[tuple[Flaw, Quantity | None]]:
    """The mistakes that make a difference, with their values where a number is asked for.

    A part that asks for an exact number cannot tell what an irrational one is a mistake of.
    """
    kind = KINDS[asked.what]
    right = kind.find(worked, asked)
    found = telling(right, kind.flaws(worked, asked), worked.variables)
    if asked.is_formula:
        yield from ((flaw, None) for flaw in found)
        return
    exact = not _is_irrational(outcome(worked, asked))
    for flaw in found:
        try:
            result = worked.result(asked, flaw.term)
        except Fault:  # a wrong formula need not have a value there
            continue
        if not (exact and _is_irrational(result)):
            yield flaw, result


def _is_irrational(result: Quantity) -> bool:
    """Whether a number, or one of several, is."""
    if isinstance(result, tuple):
        return any(map(_is_irrational, result))
    return isinstance(result, Real)


def derive(worked: Worked, asked: Asked) -> Derivation:
    """A quantity, proved and explained."""
    kind = KINDS[asked.what]
    found = outcome(worked, asked)
    return Derivation(
        value=found,
        evidence=Evidence(first=FIRST, second=SECOND, result=kind.prove(worked, asked)),
        steps=tuple(kind.tell(worked, asked)),
        mistakes=mistakes(worked, asked),
    )


# --- derivatives -------------------------------------------------------------------------------


def _derivative(worked: Worked, asked: Asked) -> Term:
    return worked.derivative(asked.function, asked.by)


def _prove_derivative(worked: Worked, asked: Asked) -> str:
    found = _prove(worked, asked.function, asked.by)
    if asked.point is None:
        return found
    _prove_at(worked, asked.function, asked.by, asked.point)
    return f"{found}, and at the point asked about"


def _prove(worked: Worked, name: str, by: By) -> str:
    count = worked.proved(name, by)
    return f"equal at {count} random point{'s' if count > 1 else ''}"


def _prove_at(worked: Worked, name: str, by: By, point: str) -> None:
    """The value at a point is that of the difference quotient."""
    place = worked.digits(point)
    with _differentiable(worked, name, point):
        own, other = (
            proof.value(worked.derivative(name, by), place),
            _original(worked, name, by, place),
        )
    proof.compare(f"the value at {worked.shown_point(point, Writer())}", own, (other,))


def _original(worked: Worked, name: str, by: By, place: numeric.Point) -> numeric.Number:
    """The difference quotient of the author's function, where that has a value itself."""
    original = worked.original(name)
    original(place)
    return numeric.difference(original, by)(place)


@contextmanager
def _differentiable(worked: Worked, name: str, point: str) -> Iterator[None]:
    """A point at which there is no derivative is an error of the author's."""
    try:
        yield
    except Undefined:
        message = f"`{name}` cannot be differentiated at {worked.shown_point(point, Writer())}"
        raise InputError([at(worked.place(point), "no-value", message)]) from None


def _tell_derivative(worked: Worked, asked: Asked) -> Iterator[str]:
    yield from _tell(worked, asked.function, asked.by, briefly=asked.point is not None)
    if asked.point is not None:
        yield _insert(worked, asked.function, asked.by, asked.point)


def _tell(worked: Worked, name: str, by: By, *, briefly: bool) -> Iterator[str]:
    """The steps of each differentiation in turn; only the last one at length."""
    notation = worked.notation(name)
    for count in range(1, len(by) + 1):
        now = by[:count]
        short = briefly or count < len(by)
        step, called = worked.step(name, now), notation.derivative(now)
        yield from told(step, notation, called, now[-1], briefly=short)


def _insert(worked: Worked, name: str, by: By, point: str) -> str:
    """The formula with the numbers in it, and what comes out."""
    term = worked.derivative(name, by)
    put = worked.latex.write(
        _literal(term, dict(zip(worked.variables, worked.points[point], strict=True)))
    )
    exact = worked.latex.write(worked.tidy(worked.put(term, point)))
    found = worked.number(term, point)
    assert not isinstance(found, tuple)  # noqa: S101 - of one formula
    chain = [put, *([exact] if exact != put else [])]
    shown = numbers.latex(found)
    sign = ""
    if shown not in (exact, put):
        sign = rf" \approx {shown}" if isinstance(found, Real) else f" = {shown}"
    name_at = worked.notation(name).at(by, worked.shown_coordinates(point))
    return f"Insert ${worked.shown_point(point)}$: $${name_at} = {' = '.join(chain)}{sign}$$"


def _literal(term: Term, values: Mapping[str, Term]) -> Term:
    """The term with numbers in place of names, nothing calculated."""
    if isinstance(term, Symbol):
        return values.get(term.name, term)
    return term.around(tuple(_literal(part, values) for part in term.parts))


def _flaws_of_derivative(worked: Worked, asked: Asked) -> Iterator[Flaw]:
    return derivative_flaws(worked, asked.function, asked.by)


# --- gradients ---------------------------------------------------------------------------------


def _gradient(worked: Worked, asked: Asked) -> Term:
    return Vector(
        items=tuple(worked.derivative(asked.function, (name,)) for name in worked.variables)
    )


def _prove_gradient(worked: Worked, asked: Asked) -> str:
    for name in worked.variables:
        found = _prove(worked, asked.function, (name,))
        if asked.point is not None:
            _prove_at(worked, asked.function, (name,), asked.point)
    return f"{found}, in every component"


def _tell_gradient(worked: Worked, asked: Asked) -> Iterator[str]:
    for name in worked.variables:
        yield from _tell(worked, asked.function, (name,), briefly=asked.point is not None)
        if asked.point is not None:
            yield _insert(worked, asked.function, (name,), asked.point)


def _flaws_of_gradient(worked: Worked, asked: Asked) -> Iterator[Flaw]:
    return gradient_flaws(worked, asked.function)


# --- tangents ----------------------------------------------------------------------------------


def _tangent(worked: Worked, asked: Asked) -> Term:
    """``f(a) + f'(a)(x - a)``, multiplied out; of several variables a plane."""
    assert asked.point is not None  # noqa: S101 - by the catalog
    parts = [worked.put(worked.terms[asked.function], asked.point)]
    for name, coordinate in zip(worked.variables, worked.points[asked.point], strict=True):
        slope = worked.put(worked.derivative(asked.function, (name,)), asked.point)
        parts.append(build.times(slope, build.minus(Symbol(name=name), coordinate)))
    return worked.tidy(build.plus(*reversed(parts)))


def _prove_tangent(worked: Worked, asked: Asked) -> str:
    """It has the function's value and slopes at the point, and is linear by its make."""
    assert asked.point is not None  # noqa: S101 - by the catalog
    name, own, place = asked.function, _tangent(worked, asked), worked.digits(asked.point)
    with _differentiable(worked, name, asked.point):
        height = proof.value(own, place)
        pairs = [(height, _original(worked, name, (), place))]
        for variable in worked.variables:
            worked.proved(name, (variable,))
            ahead = proof.value(own, {**place, variable: place[variable] + 1})
            pairs.append((ahead - height, _original(worked, name, (variable,), place)))
    for found, other in pairs:
        proof.compare("the tangent", found, (other,))
    return "equal in value and slope at the point"


def _tell_tangent(worked: Worked, asked: Asked) -> Iterator[str]:
    assert asked.point is not None  # noqa: S101 - by the catalog
    for name in worked.variables:
        yield from _tell(worked, asked.function, (name,), briefly=True)
        yield _insert(worked, asked.function, (name,), asked.point)
    yield _insert(worked, asked.function, (), asked.point)
    yield _line(worked, asked)


def _line(worked: Worked, asked: Asked) -> str:
    """The equation, with its numbers."""
    assert asked.point is not None  # noqa: S101 - by the catalog
    name, point, notation = asked.function, asked.point, worked.notation(asked.function)
    at_point = worked.shown_coordinates(point)
    general = notation.at((), at_point)
    for variable, coordinate in zip(worked.variables, worked.points[point], strict=True):
        difference = worked.latex.write(build.minus(Symbol(name=variable), coordinate))
        factor = worked.latex.enclosed(difference) if " " in difference else rf" \cdot {difference}"
        general += f" + {notation.at((variable,), at_point)}{factor}"
    result = worked.latex.write(_tangent(worked, asked))
    what = "line" if len(worked.variables) == 1 else "plane"
    shown = worked.latex.write(Symbol(name=name))
    words = f"The tangent {what} goes through the point and is as steep as ${shown}$ there:"
    return f"{words} $${general} = {result}$$"


def _flaws_of_tangent(worked: Worked, asked: Asked) -> Iterator[Flaw]:
    assert asked.point is not None  # noqa: S101 - by the catalog
    return tangent_flaws(worked, asked.function, asked.point)


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "derivative": Kind(
            find=_derivative,
            prove=_prove_derivative,
            tell=_tell_derivative,
            flaws=_flaws_of_derivative,
        ),
        "gradient": Kind(
            find=_gradient, prove=_prove_gradient, tell=_tell_gradient, flaws=_flaws_of_gradient
        ),
        "tangent": Kind(
            find=_tangent, prove=_prove_tangent, tell=_tell_tangent, flaws=_flaws_of_tangent
        ),
    }
)
"""What is asked for -> how it is answered."""
