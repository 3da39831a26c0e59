"""A cell: the equations of one time step, with every parameter fixed.

The names on the left are the cell's *quantities*. All other names are *free*: they may have any
value, and a claim about the cell is about all of them. There are four kinds: the input ``x``, the
previous states (``h_prev`` of a quantity ``h``), weight matrices and weight vectors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import assert_never

from generator.solver.models.recurrent.structure.naming import primed
from generator.solver.models.recurrent.structure.terms import (
    Apply,
    Comparison,
    Logic,
    Name,
    Number,
    Operation,
    Product,
    Statement,
    Term,
    names,
)


class Kind(Enum):
    """What a name or a term is: its shape, for m inputs and d hidden units."""

    NUMBER = "a number"
    INPUT = "a vector of m entries"
    STATE = "a vector of d entries"
    INPUT_MATRIX = "a d x m matrix"
    STATE_MATRIX = "a d x d matrix"

    @property
    def matrix(self) -> bool:
        """Whether it is a weight matrix."""
        return self in (Kind.INPUT_MATRIX, Kind.STATE_MATRIX)


@dataclass(frozen=True)
class Cell:
    """Equations, each after those it needs, and the kind of every name, in order of use.

    Every quantity is a vector of d entries. A free name that a condition has fixed (``x == 0``)
    has an equation, too, and so has a matrix that is 0 or the same as another.
    """

    equations: tuple[tuple[str, Term], ...]
    kinds: tuple[tuple[str, Kind], ...]

    @cached_property
    def _hash(self) -> int:
        return hash((self.equations, self.kinds))

    def __hash__(self) -> int:
        # Cells are keys of many caches, and hashing one walks through all its terms.
        return self._hash

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """The right-hand side of each name that has an equation."""
        return dict(self.equations)

    @cached_property
    def kind(self) -> Mapping[str, Kind]:
        """The kind of each name."""
        return dict(self.kinds)

    @cached_property
    def free(self) -> tuple[tuple[str, Kind], ...]:
        """The names that may have any value."""
        return tuple(pair for pair in self.kinds if pair[0] not in self.terms)

    @cached_property
    def uses(self) -> Mapping[str, tuple[str, ...]]:
        """The names in each equation, each once, in order."""
        return {name: tuple(dict.fromkeys(names(term))) for name, term in self.equations}

    def reach(self, start: Iterable[str]) -> frozenset[str]:
        """All names that these names depend on, themselves included."""
        found: set[str] = set()
        waiting = list(start)
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(self.uses.get(current, ()))
        return frozenset(found)

    def cone(self, start: Iterable[str]) -> Cell:
        """The part of the cell that these names depend on."""
        reached = self.reach(start)
        return Cell(
            equations=tuple(pair for pair in self.equations if pair[0] in reached),
            kinds=tuple(pair for pair in self.kinds if pair[0] in reached),
        )

    def layers(self, start: frozenset[str]) -> Iterator[frozenset[str]]:
        """Ever more equations: none, those of `start`, also of the names in these, ...

        Those of `start` that others of it depend on come last: a statement about ``h`` and ``c``
        may well hold for any ``c``.
        """
        within = self.within(start)
        seen: frozenset[str] = frozenset()
        yield seen
        for first in (start - within, within):
            later = within - first
            front = {name for name in first if name in self.terms}
            while front - seen:
                seen |= front
                yield seen
                used = {name for quantity in front for name in self.uses[quantity]}
                front = {name for name in used if name in self.terms} - later

    def within(self, start: frozenset[str]) -> frozenset[str]:
        """Those of these names that another of them depends on."""
        return frozenset(
            name for name in start if any(name in self.reach([q]) for q in start if q != name)
        )

    def fix(self, name: str, term: Term) -> Cell:
        """The cell in which the free name has this value; CycleError if it depends on the name."""
        return Cell(equations=ordered({**self.terms, name: term}), kinds=self.kinds)

    def matrix(self, name: str) -> str | None:
        """The free matrix that stands for this one; None if it is 0."""
        while name in self.terms:
            term = self.terms[name]
            if not isinstance(term, Name):
                return None
            name = term.id
        return name

    def twin(self, on: str) -> tuple[Cell, Mapping[str, Term]]:
        """The cell beside itself with another value of the free name `on`.

        Also returns what takes the place of each name in the second: those that depend on `on`
        are primed, all others are the same in both.
        """
        affected = [name for name, _ in self.equations if on in self.reach([name])]
        primes: dict[str, Term] = {name: Name(id=primed(name)) for name in (on, *affected)}
        twins = ((primed(name), replace(self.terms[name], primes)) for name in affected)
        kinds = ((primed(name), self.kind[name]) for name in primes)
        return Cell(equations=(*self.equations, *twins), kinds=(*self.kinds, *kinds)), primes


def ordered(equations: Mapping[str, Term]) -> tuple[tuple[str, Term], ...]:
    """The equations, each after those it needs and else as they were.

    Raises CycleError with the names of a circle if there is no such order.
    """
    done: dict[str, Term] = {}
    path: list[str] = []

    def place(name: str) -> None:
        if name in path:
            raise CycleError(path[path.index(name) :])
        path.append(name)
        for needed in names(equations[name]):
            if needed in equations and needed not in done:
                place(needed)
        path.pop()
        done[name] = equations[name]

    for name in equations:
        if name not in done:
            place(name)
    return tuple(done.items())


class CycleError(Exception):
    """Quantities that depend on each other in a circle."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        super().__init__(" -> ".join(self.names))


# --- replacing names ---------------------------------------------------------------------------


def replace(term: Term, values: Mapping[str, Term]) -> Term:
    """`term` with names replaced; what replaces a matrix is another one, or the number 0."""
    match term:
        case Number():
            return term
        case Name():
            return values.get(term.id, term)
        case Product():
            matrix = values.get(term.matrix, Name(id=term.matrix))
            if not isinstance(matrix, Name):
                return matrix
            return Product(matrix=matrix.id, vector=replace(term.vector, values))
        case Apply():
            return Apply(function=term.function, argument=replace(term.argument, values))
        case Operation():
            operands = tuple(replace(operand, values) for operand in term.operands)
            return Operation(operator=term.operator, operands=operands)
    assert_never(term)


def replace_all(statement: Statement, values: Mapping[str, Term]) -> Statement:
    """A statement with names replaced."""
    if isinstance(statement, Comparison):
        replaced = tuple(replace(term, values) for term in statement.terms)
        return Comparison(operators=statement.operators, terms=replaced)
    inner = tuple(replace_all(part, values) for part in statement.statements)
    return Logic(operator=statement.operator, statements=inner)
