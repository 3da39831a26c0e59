"""What goes wrong with a derivative, a gradient or a tangent, with the formula that it leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from generator.language.faults import Fault
from generator.model.dataclass import dataclass
from generator.model.formula import Symbol, Term, Vector
from generator.solver.models.function import build, proof
from generator.solver.models.function.numeric import Number, Point, Undefined
from generator.solver.models.function.slips import SLIPS
from generator.solver.models.function.worked import By, Worked

MOST = 6
"""So many are told, the likelier ones."""

_PLACES = 2
"""Points that tell formulas apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """A wrong formula, and what is wrong with it."""

    term: Term
    because: str


# --- candidates, the likelier first ------------------------------------------------------------


def derivative_flaws(worked: Worked, name: str, by: By) -> Iterator[Flaw]:
    """A derivative; of the second one, slips when it is taken once more."""
    if not by:
        return
    if len(by) > 1:
        yield Flaw(
            term=worked.derivative(name, by[:-1]),
            because="This is the first derivative; it is to be differentiated once more.",
        )
    yield from _slipped(worked, name, by)
    if len(by) == 1:
        yield from _of_others(worked, name, by[0])
        yield Flaw(
            term=worked.terms[name],
            because="This is the function itself, not its derivative.",
        )


def _slipped(worked: Worked, name: str, by: By) -> Iterator[Flaw]:
    for slip, term in worked.slipped(name, by):
        yield Flaw(term=term, because=slip.because)


def _of_others(worked: Worked, name: str, by: str) -> Iterator[Flaw]:
    """By another variable, and by all at once."""
    if len(worked.variables) == 1:
        return
    every = [worked.derivative(name, (one,)) for one in worked.variables]
    for one, term in zip(worked.variables, every, strict=True):
        if one != by:
            shown = worked.latex.write(Symbol(name=one))
            because = f"This is the derivative by ${shown}$, which is a constant here."
            yield Flaw(term=term, because=because)
    yield Flaw(
        term=build.plus(*every),
        because="All variables were differentiated; in a partial derivative, the others are "
        "constants.",
    )


def gradient_flaws(worked: Worked, name: str) -> Iterator[Flaw]:
    """A gradient: its entries in another order, and slips in all of them."""
    items = [worked.derivative(name, (one,)) for one in worked.variables]
    yield Flaw(
        term=Vector(items=tuple(reversed(items))),
        because="The entries are in the order of the variables: the derivative by "
        f"${worked.latex.write(Symbol(name=worked.variables[0]))}$ comes first.",
    )
    wrong = [dict(worked.slipped(name, (one,))) for one in worked.variables]
    for slip in SLIPS:
        if any(slip in found for found in wrong):
            kept = (found.get(slip, right) for found, right in zip(wrong, items, strict=True))
            yield Flaw(term=Vector(items=tuple(kept)), because=slip.because)


def tangent_flaws(worked: Worked, name: str, point: str) -> Iterator[Flaw]:
    """A line that does not touch, or is not one."""
    height = worked.put(worked.terms[name], point)
    slopes = [worked.put(worked.derivative(name, (one,)), point) for one in worked.variables]
    names = [Symbol(name=one) for one in worked.variables]
    away = [
        build.minus(one, coordinate)
        for one, coordinate in zip(names, worked.points[point], strict=True)
    ]
    yield Flaw(
        term=worked.tidy(build.plus(*map(build.times, slopes, names), height)),
        because="It must go through the point: the slope is multiplied by the distance from it, "
        "such as $x - a$.",
    )
    yield Flaw(
        term=worked.tidy(build.plus(*map(build.times, slopes, away))),
        because="The function's value at the point is missing.",
    )
    if len(names) > 1:
        return
    yield Flaw(
        term=worked.tidy(build.plus(build.times(height, away[0]), slopes[0])),
        because="Slope and value are exchanged: $f'(a)(x - a) + f(a)$.",
    )
    for flaw in _slipped(worked, name, worked.variables):
        try:
            line = build.plus(build.times(worked.put(flaw.term, point), away[0]), height)
            yield Flaw(term=worked.tidy(line), because=f"The slope is wrong. {flaw.because}")
        except Fault:  # a wrong slope need not have a value there
            continue


# --- which make a difference -------------------------------------------------------------------


Values = tuple[Number | None, ...]
"""The value of a formula at a point, of a vector those of its entries; None where it has none."""


def telling(right: Term, candidates: Iterable[Flaw], variables: By) -> Iterator[Flaw]:
    """The first mistakes whose formulas differ from the right one, and from each other."""
    drawn = ((point, _values(right, point)) for point in proof.points(variables))
    kept = tuple(islice((pair for pair in drawn if None not in pair[1]), _PLACES))
    places = tuple(point for point, _ in kept)
    known = [_Sampled(right, places, [values for _, values in kept])]
    for flaw in candidates:
        found = _Sampled(flaw.term, places, [])
        if not any(found.is_same(other) for other in known):
            known.append(found)
            yield flaw
        if len(known) > MOST:
            return


@dataclass(frozen=True, slots=True)
class _Sampled:
    """A formula with its values at the first of some points; the others are seldom needed."""

    term: Term
    places: tuple[Point, ...]
    found: list[Values]

    def at(self, place: int) -> Values:
        """The values at a point, found once."""
        while len(self.found) <= place:
            self.found.append(_values(self.term, self.places[len(self.found)]))
        return self.found[place]

    def is_same(self, other: _Sampled) -> bool:
        """Whether the values are the same at all points."""
        return all(_is_same(self.at(place), other.at(place)) for place in range(len(self.places)))


def _values(term: Term, point: Point) -> Values:
    items = term.items if isinstance(term, Vector) else (term,)
    return tuple(_value(item, point) for item in items)


def _value(term: Term, point: Point) -> Number | None:
    try:
        return proof.value(term, point)
    except Undefined:
        return None


def _is_same(values: Values, others: Values) -> bool:
    return all(
        one is other or (one is not None and other is not None and proof.near(one, other))
        for one, other in zip(values, others, strict=True)
    )
