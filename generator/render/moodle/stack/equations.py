"""What the names of a question stand for, in Maxima: so that STACK sees ``s(a[i])`` for ``h[i]``.

A response that is written in other quantities than the key is compared with it at points that
satisfy the question's equations. This is all that it takes: which quantities are given, what
follows from them, and which values its open letters have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from generator.model.dataclass import dataclass
from generator.model.formula import Function, Glossary, Symbol, Table, Term, walk
from generator.render.moodle.stack.maxima import Unsaid, called, is_known, maxima, named

_ENTRIES = 200
"""So many given numbers, and so many that follow from them, are put in within STACK's time."""

_COMPONENTS = 8
"""Components of a gradient that are compared, the first and the last among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equations:
    """The equations of a question, as lists in Maxima.

    `given` has the quantities that are given, `follows` an equation for each of the others, those
    it needs before it; `defined` pairs functions with their definitions and tables, should they be
    typed like functions, with their entries; `places` has the values of the open letters, `padded`
    the tables whose entries are 0 outside of them.
    """

    given: str
    follows: str
    defined: str
    places: str
    padded: str


def equations(glossary: Glossary, key: Term) -> Equations:
    """The equations that a key is compared by. Raises Unsaid where one cannot be said."""
    tables = _in_order(glossary.tables)
    given = [entry for table in tables if table.value is None for entry in _entries(table)]
    follows = [_equation(table) for table in tables if table.value is not None]
    size = len(given) + sum(_size(table) for table in tables if table.value is not None)
    if size > _ENTRIES:
        raise Unsaid(f"the question has more than {_ENTRIES} numbers to compare it by")
    return Equations(
        given=_list(given),
        follows=f"append({','.join(follows)})" if follows else "[]",
        defined=_list(_defined(glossary, tables)),
        places=_list(_places(glossary.free)),
        padded=_list(sorted(_padded(key, *(one.value for one in tables if one.value)))),
    )


def _list(items: Sequence[str] | Iterator[str]) -> str:
    return f"[{','.join(items)}]"


def _entries(table: Table) -> Iterator[str]:
    """All entries of a table, by name."""
    name = named(table.name)
    for at in product(*(range(1, size + 1) for size in table.sizes)):
        yield f"{name}[{','.join(map(str, at))}]" if at else name


def _size(table: Table) -> int:
    count = 1
    for size in table.sizes:
        count *= size
    return count


def _equation(table: Table) -> str:
    """A list of equations, one for each entry."""
    assert table.value is not None  # noqa: S101 - asked by the caller
    if len(table.letters) != len(table.sizes):
        raise Unsaid(f"the indices of `{table.name}` have no letters")
    letters = [named(letter) for letter in table.letters]
    left = f"{named(table.name)}[{','.join(letters)}]" if letters else named(table.name)
    text = f"{left}={maxima(table.value)}"
    for letter, size in zip(reversed(letters), reversed(table.sizes), strict=True):
        text = f"makelist({text},{letter},1,{size})"
    return f"flatten({text})" if len(letters) > 1 else text if letters else f"[{text}]"


def _defined(glossary: Glossary, tables: Sequence[Table]) -> Iterator[str]:
    """Functions, then tables: STACK tells a student to type ``g(i)`` where the key has ``g[i]``."""
    functions = [one for one in glossary.functions if not is_known(one.name)]
    yield from map(_definition, functions)
    names = {one.name for one in functions}
    yield from (_entry(one) for one in tables if one.sizes and one.name not in names)


def _entry(table: Table) -> str:
    """The entries of a table as a function of their indices."""
    indices = ",".join(f"at{place}" for place, _ in enumerate(table.sizes, start=1))
    return f"[{named(table.name)},lambda([{indices}],{named(table.name)}[{indices}])]"


def _definition(function: Function) -> str:
    argument = named(function.argument)
    return f"[{called(function.name)},lambda([{argument}],{maxima(function.value)})]"


def _places(free: tuple[tuple[str, int], ...]) -> Iterator[str]:
    """Values of the open letters: all, or some that lie far apart."""
    every = list(product(*(range(1, size + 1) for _, size in free)))
    step = max(1, -(-(len(every) - 1) // (_COMPONENTS - 1)))
    for at in dict.fromkeys([*every[::step], every[-1]]):
        pairs = zip(free, at, strict=True)
        yield _list(f"{named(letter)}={value}" for (letter, _), value in pairs)


def _padded(*terms: Term) -> set[str]:
    found = (one for term in terms for one in walk(term) if isinstance(one, Symbol))
    return {one.name for one in found if one.padded}


def _in_order(tables: tuple[Table, ...]) -> list[Table]:
    """The tables, each behind those that its equation names; of two with one name the last."""
    waiting = {table.name: table for table in tables}
    ordered: dict[str, Table] = {}
    while waiting:
        ready = [table for table in waiting.values() if not _needs(table) & waiting.keys()]
        if not ready:
            raise Unsaid("its equations refer to each other in a circle")
        for table in ready:
            ordered[table.name] = waiting.pop(table.name)
    return list(ordered.values())


def _needs(table: Table) -> set[str]:
    """The names in a table's equation, without its own letters."""
    if table.value is None:
        return set()
    inside = {one.name for one in walk(table.value) if isinstance(one, Symbol)}
    return inside - set(table.letters)
