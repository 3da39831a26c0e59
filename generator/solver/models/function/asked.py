"""What a bank may ask of its functions: the paths below ``model``, and what each means.

====================================  ===========================================
``f``                                 the function itself
``derivative.f``, ``second.f``        of one variable
``partial.f.x``, ``second.f.x.y``     of several
``gradient.f``                        all partial derivatives, as a vector
``at.…``, ``at.P.…``                  each of these at the point: a number
``at.tangent.f``                      the tangent line, or plane, at the point
====================================  ===========================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Literal

from generator.model.dataclass import dataclass

Path = tuple[str, ...]

WORDS = frozenset({"derivative", "second", "partial", "gradient", "tangent"})
"""The names of groups of quantities, which no function can have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A quantity: what of which function, by which variables, at which point if at one."""

    what: Literal["derivative", "gradient", "tangent"]
    function: str
    by: tuple[str, ...] = ()
    point: str | None = None

    @property
    def is_formula(self) -> bool:
        """Whether the answer is a formula, not a number or several."""
        return self.point is None or self.what == "tangent"


def catalog(
    functions: tuple[str, ...], variables: tuple[str, ...], points: tuple[str, ...]
) -> Mapping[Path, Asked]:
    """All quantities by their paths; the one point without a name is called ''."""
    found = dict[Path, Asked]()
    for name in functions:
        found |= _of_function(name, variables, None, ())
        for point in points:
            before = ("at", point) if point else ("at",)
            found |= _of_function(name, variables, point, before)
            found[*before, "tangent", name] = Asked(what="tangent", function=name, point=point)
    return found


def _of_function(
    name: str, variables: tuple[str, ...], point: str | None, before: Path
) -> Mapping[Path, Asked]:
    found = {
        (*before, *path): Asked(what="derivative", function=name, by=by, point=point)
        for path, by in _derivatives(name, variables)
    }
    if len(variables) > 1:
        found[*before, "gradient", name] = Asked(what="gradient", function=name, point=point)
    return found


def _derivatives(name: str, variables: tuple[str, ...]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    yield (name,), ()
    if len(variables) == 1:
        yield ("derivative", name), variables
        yield ("second", name), variables * 2
        return
    for one in variables:
        yield ("partial", name, one), (one,)
    for pair in product(variables, repeat=2):
        yield ("second", name, *pair), pair
