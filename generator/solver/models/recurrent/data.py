"""The numbers that a bank gives for a cell: its sizes, and the data of one or more time steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NoReturn

from generator.diagnostics import InputError, at, did_you_mean
from generator.language.expression import Expression
from generator.language.tree import expression
from generator.model.dataclass import dataclass
from generator.model.source import Branch, Source, Tree
from generator.model.value import Value
from generator.solver.models.recurrent.counts import EXTENTS, Sizes
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.cell import Cell, Kind
from generator.solver.models.recurrent.values.exact import Weights

LARGEST = 5_000
"""The most inputs or hidden units: a time step of this size is still computed in a second."""

UNITS = {"m": "inputs", "d": "hidden units"}


def size(field: Expression, values: Mapping[str, Value]) -> int:
    """A number of inputs or hidden units. Raises InputError where it is no sensible one."""
    found = field.evaluate(values)
    if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= LARGEST:
        message = f"the number of units must be a whole number from 1 to {LARGEST:,}"
        raise InputError([at(field.source, "wrong-value", message)])
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Datum:
    """A number, vector or matrix as a bank writes it: an expression, or a list of such."""

    place: Source | Branch
    content: Expression | tuple[Datum, ...]

    @property
    def names(self) -> frozenset[str]:
        """The parameters and definitions in it."""
        if isinstance(self.content, Expression):
            return self.content.names
        return frozenset().union(*(datum.names for datum in self.content))

    def value(self, values: Mapping[str, Value]) -> object:
        """A number, or a tuple of such values."""
        if isinstance(self.content, Expression):
            return self.content.evaluate(values)
        return tuple(datum.value(values) for datum in self.content)


def read_datum(tree: Tree) -> Datum:
    """Read a number, a vector or a matrix. Raises InputError with all findings."""
    if isinstance(tree, Branch) and tree.is_list:
        return Datum(place=tree, content=tuple(map(read_datum, tree.items)))
    return Datum(place=tree, content=expression(tree))


Data = tuple[tuple[Source, Datum], ...]


def step_data(
    cell: Cell,
    data: Data,
    sizes: Sizes,
    values: Mapping[str, Value],
    *,
    place: Branch,
    steps: int = 0,
) -> tuple[dict[str, Weights], Sizes]:
    """The numbers of every free name, row by row, and the sizes that follow.

    With `steps` other than 0 the names are those of `unroll.numbered`: the input has a list of
    values, one for each time step, and the previous states are those before the first. A size that
    is not given is that of the first name with so many entries. Raises InputError with all
    findings: a name that is missing or unknown, a shape that does not fit.
    """
    kinds, given = dict(cell.free), {key.text: datum for key, datum in data}
    findings = [
        at(
            key,
            "unknown-name",
            f"the cell has no `{key.text}` to give a value to",
            help=did_you_mean(key.text, kinds) or f"it has {', '.join(kinds)}",
        )
        for key, _ in data
        if key.text not in kinds
    ]
    found: dict[str, Weights] = {}
    sizes = dict(sizes)
    for name, kind in kinds.items():
        try:
            datum = _given(name, given, place)
            for later, value in _timed(name, kind, datum, datum.value(values), steps):
                found[later] = _rows(datum.place, value, kind, sizes)
        except InputError as error:
            findings += error.diagnostics
    if findings:
        raise InputError(findings)
    return found, sizes


def _given(name: str, given: Mapping[str, Datum], place: Branch) -> Datum:
    if name in given:
        return given[name]
    message = f"the time step has no value for `{name}`"
    raise InputError([at(place, "missing-field", message, help=f"add `{name}:` under `values`")])


def _timed(
    name: str, kind: Kind, datum: Datum, value: object, steps: int
) -> Iterator[tuple[str, object]]:
    """A name at each time at which it is given, with its value."""
    if not steps or naming.is_weight(name):
        yield name, value
    elif kind is not Kind.INPUT:
        yield naming.numbered(naming.base(name), 0), value
    elif isinstance(value, tuple) and len(value) == steps:
        yield from ((naming.numbered(name, step), one) for step, one in enumerate(value, 1))
    else:
        _refuse(datum.place, f"there are {steps} time steps, so `{name}` is a list of {steps}")


def _rows(place: Source | Branch, value: object, kind: Kind, sizes: Sizes) -> Weights:
    """The numbers of one name; a single number stands for a single entry. May settle a size."""
    vector = value if isinstance(value, tuple) else (value,)
    rows = vector if kind.matrix and all(isinstance(row, tuple) for row in vector) else (vector,)
    if not all(row and all(map(_is_number, row)) and len(row) == len(rows[0]) for row in rows):
        _refuse(place, f"rational numbers are expected here, {kind.value}")
    extents = (len(rows), len(rows[0])) if kind.matrix else (len(rows[0]),)
    for letter, extent in zip(EXTENTS[kind], extents, strict=True):
        if sizes.setdefault(letter, extent) != extent:
            units = f"{sizes[letter]} {UNITS[letter]}"
            _refuse(place, f"this is {kind.value}, and there are {units}, not {extent}")
    return tuple(tuple(Fraction(entry) for entry in row) for row in rows)


def _is_number(entry: object) -> bool:
    return isinstance(entry, int | Fraction) and not isinstance(entry, bool)


def _refuse(place: Source | Branch, message: str) -> NoReturn:
    raise InputError([at(place, "wrong-value", message)])
