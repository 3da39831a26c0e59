r"""Terms with numbers in place of their entries: ``2 \cdot 0.5 + 1``.

Of such a line only the numbers change from one variant to the next. So a term is written out once,
as the LaTeX around its entries (`Insertion`), and its numbers are set between that. Numbers are
shown to four places, ``\approx`` where that is not all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from operator import add
from types import MappingProxyType

from generator.language import numbers
from generator.language.digits import magnitude
from generator.model.dataclass import dataclass
from generator.solver.models.network import exact, printing
from generator.solver.models.network.evaluation import Compiled, Rows, compiled
from generator.solver.models.network.exact import Real
from generator.solver.models.network.notation import Notation
from generator.solver.models.network.terms import (
    Entry,
    Indicator,
    Product,
    Term,
    constant,
    entries,
    expand,
)

PLACES = 4
"""Decimal places shown; small numbers get as many significant digits."""

ROUGH = r"\approx"

_UNIT = Decimal(10) ** -PLACES
_POWERS = (Decimal(1), Decimal("0.1"), Decimal("0.01"))

_NAMELESS = Notation(
    symbols=MappingProxyType({}),
    functions=MappingProxyType({}),
    letters=MappingProxyType({}),
    picks=MappingProxyType({}),
)
"""A term whose sums are written out shows no letters, and its entries are numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """The LaTeX between entries, one piece more than there are places for them.

    `order` says which of the `entries` stands in each place: one may stand in several.
    """

    pieces: tuple[str, ...]
    entries: tuple[Compiled, ...]
    order: tuple[int, ...]

    def filled(self, rows: Rows) -> list[str]:
        """The line with the entries' numbers, in each row."""
        columns = [[*map(factor, entry(rows))] for entry in self.entries]
        placed = [columns[entry] for entry in self.order]
        first, *others = self.pieces
        written = zip(*placed, strict=True) if placed else [()] * rows.count
        return [first + "".join(map(add, one, others)) for one in written]


class Insertion:
    """A term, ready to be evaluated, and to be written with its numbers, in rows of its letters."""

    def __init__(self, term: Term) -> None:
        self._term = term
        self._lines: dict[tuple[Real, ...], _Line] = {}
        self.values = compiled(term)
        """The values of the term."""

    def equations(self, rows: Rows, lefts: Iterable[str], values: Iterable[Real]) -> list[str]:
        r"""``z &= 2 \cdot 0.5 + 1 = 2``, for the left sides and the values of the term."""
        rounded = self._rounded(rows)
        return [*map(_equation, lefts, self.written(rows), rounded, values)]

    def written(self, rows: Rows) -> list[str]:
        """The term with its numbers; an indicator is the 0 or 1 that it is."""
        columns = [indicator(rows) for indicator in self._indicators]
        settled = [*zip(*columns, strict=True)] if columns else [()] * rows.count
        lines = dict[tuple[Real, ...], Iterator[str]]()
        for key in dict.fromkeys(settled):
            alike = rows.where([one == key for one in settled])
            lines[key] = iter(self._line(key).filled(alike))
        return [next(lines[key]) for key in settled]

    def _line(self, settled: tuple[Real, ...]) -> _Line:
        if settled not in self._lines:
            self._lines[settled] = _line(_settled(self._expanded, iter(settled)))
        return self._lines[settled]

    def _rounded(self, rows: Rows) -> list[bool]:
        """Whether a number that is inserted is shown rounded."""
        columns = [[not is_whole(value) for value in entry(rows)] for entry in self._entries]
        return [*map(any, zip(*columns, strict=True))] if columns else [False] * rows.count

    @cached_property
    def _expanded(self) -> Term:
        return expand(self._term)

    @cached_property
    def _indicators(self) -> list[Compiled]:
        return [compiled(one) for one in _indicators(self._expanded)]

    @cached_property
    def _entries(self) -> list[Compiled]:
        return [compiled(entry) for entry in dict.fromkeys(entries(self._expanded))]


def _equation(left: str, numbered: str, rounded: bool, value: Real) -> str:
    result = f"{equals(value)} {shown(value)}"
    if numbered == shown(value):
        return rf"{left} &{result}"
    return rf"{left} &{ROUGH if rounded else '='} {numbered} {result}"


# --- a term, written out -----------------------------------------------------------------------

_SLOT = "\0"
"""What stands around the number of an entry while the rest is written."""


def _line(term: Term) -> _Line:
    found = dict[Entry, int]()

    def write(entry: Entry) -> str:
        return f"{_SLOT}{found.setdefault(entry, len(found))}{_SLOT}"

    pieces = printing.inserted(term, _NAMELESS, write).split(_SLOT)
    return _Line(
        pieces=tuple(pieces[::2]),
        entries=tuple(compiled(entry) for entry in found),
        order=tuple(map(int, pieces[1::2])),
    )


def _indicators(term: Term) -> Iterator[Indicator]:
    """The indicators of a term, from left to right."""
    if isinstance(term, Indicator):
        yield term
    else:
        for part in term.parts:
            yield from _indicators(part)


def _settled(term: Term, values: Iterator[Real]) -> Term:
    """The term with every indicator replaced by its value, in the order of `_indicators`."""
    if isinstance(term, Indicator):
        return constant(exact.to_fraction(next(values)))
    # Not `around`: a product is shown with its factors as they are, also with a factor of 1 or 0.
    parts = tuple([_settled(part, values) for part in term.parts])
    return replace(term, factors=parts) if isinstance(term, Product) else term.around(parts)


# --- numbers -----------------------------------------------------------------------------------


def factor(value: Real) -> str:
    """A number as a factor: a negative one in parentheses."""
    text = shown(value)
    return f"({text})" if text.startswith("-") else text


def equals(value: Real) -> str:
    """The sign before a number as it is shown."""
    return "=" if is_whole(value) else ROUGH


def is_whole(value: Real) -> bool:
    """Whether a number is shown with all its digits."""
    return exact.is_rational(value) and not 10**PLACES % value.denominator


def _is_ordinary(value: Decimal) -> bool:
    """Whether a number is shown to four places, and has no more digits than can be rounded."""
    return bool(value) and -2 <= value.adjusted() < exact.DIGITS // 2 and value not in _POWERS


def shown(value: Real) -> str:
    """A number to four places, or to four significant digits if it is small."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal) and _is_ordinary(value):
        return format(value.quantize(_UNIT, ROUND_HALF_UP, exact.CONTEXT), "f")
    number: Fraction = exact.to_fraction(value)
    if is_whole(value):
        return numbers.decimal(number)
    power = len(str(number.denominator)) - 1
    if number == Fraction(1, 10**power):
        return f"10^{{-{power}}}"
    lead = magnitude(number) if number else 0
    return numbers.decimal(number, min(12, PLACES if lead >= -2 else PLACES - 1 - lead))
