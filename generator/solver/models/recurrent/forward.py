"""Time steps in numbers: exact where they can be, else irrational numbers of 50 digits.

A step is computed in exact arithmetic with enclosing intervals, and again in NumPy's floats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np

from generator.diagnostics import InputError
from generator.language import numbers
from generator.language.digits import significant
from generator.language.reals import DIGITS, Real
from generator.model.solution import Evidence
from generator.model.source import Branch
from generator.solver.contract import Derivation, Disagreement, KnownMistake, Quantity
from generator.solver.models.recurrent.claims import too_large
from generator.solver.models.recurrent.counts import Sizes
from generator.solver.models.recurrent.structure import cell as cells
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.cell import Cell
from generator.solver.models.recurrent.structure.terms import (
    Apply,
    Name,
    Operation,
    Product,
    Term,
    apply,
)
from generator.solver.models.recurrent.values.columns import Columns
from generator.solver.models.recurrent.values.enclosure import nearby
from generator.solver.models.recurrent.values.exact import Exact, Weights
from generator.solver.models.recurrent.values.polynomial import Polynomial, TooLargeError
from generator.solver.models.recurrent.words.example import carried
from generator.solver.models.recurrent.words.phrases import aligned

NEAR = 1e-9
"""How far floats may be from the exact result, relative to its size."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A cell with the numbers of its free names.

    With a `count` other than 0 the cell is one of so many time steps, as `unroll.numbered` gives.
    """

    cell: Cell
    data: Mapping[str, Weights]
    sizes: Sizes
    place: Branch
    count: int = 0

    def at(self, name: str, step: int) -> str:
        """What the cell calls a quantity after this time step, counted from 1."""
        return naming.numbered(name, step) if self.count else name

    def result(self, quantity: str) -> Quantity:
        """A quantity's vector, or its number if there is one hidden unit.

        Raises InputError if the formulas grow beyond all reason.
        """
        try:
            entries = tuple(map(_number, self._entries(quantity)))
        except TooLargeError as error:
            raise InputError([too_large(self.place)]) from error
        return entries[0] if len(entries) == 1 else entries

    def derive(self, quantity: str) -> Derivation:
        """The result with its steps. Raises Disagreement if floats give something else."""
        found, entries, floats = (
            self.result(quantity),
            self._entries(quantity),
            self._floats(quantity),
        )
        for entry, float_ in zip(entries, floats, strict=True):
            if abs(float(nearby(entry)) - float_) > NEAR * max(1, abs(float_)):
                raise Disagreement(
                    quantity, f"exactly it is {numbers.plain(found)}", f"NumPy gives {floats}"
                )
        lines = carried(Exact(self.cell.cone([quantity]), self.data))
        return Derivation(
            value=found,
            steps=(aligned(lines),),
            evidence=Evidence(
                first="exact arithmetic with enclosing intervals",
                second=f"{'the time steps' if self.count > 1 else 'one time step'} in NumPy",
                result=numbers.plain(found),
            ),
            mistakes=tuple(self._mistakes(quantity)),
        )

    def _entries(self, quantity: str) -> tuple[Polynomial, ...]:
        entries = Exact(self.cell, self.data).name(quantity)
        return entries * self.sizes["d"] if len(entries) == 1 else entries

    def _floats(self, quantity: str) -> list[float]:
        kinds = dict(self.cell.free)
        arrays = {
            name: np.array([rows if kinds[name].matrix else rows[0]], dtype=np.float64)
            for name, rows in self.data.items()
        }
        row = Columns(self.cell, arrays).name(quantity)[0]
        return [float(entry) for entry in np.broadcast_to(row, self.sizes["d"])]

    def _mistakes(self, quantity: str) -> Iterator[KnownMistake]:
        right = self.result(quantity)
        for slip in SLIPS:
            for wrong, found, because in slip(self, quantity):
                if (result := wrong.result(found)) != right:
                    yield KnownMistake(result=result, because=because)


def _number(entry: Polynomial) -> int | Fraction | Real:
    exact = entry.constant
    if exact is None:
        return Real(significant(nearby(entry), DIGITS))
    return exact.numerator if exact.denominator == 1 else exact


# --- what students do wrong --------------------------------------------------------------------

Slip = Iterator[tuple[Step, str, str]]
"""Wrong time steps, each with the quantity that is taken from it and what is wrong."""


def _forgotten_states(step: Step, quantity: str) -> Slip:
    for name in _reached(step, quantity):
        if naming.is_given(name):
            letter = f"${naming.latex(name)}$"
            because = f"The previous state {letter} is not $0$ here."
            yield _without(step, [name]), quantity, because


def _forgotten_biases(step: Step, quantity: str) -> Slip:
    if names := [name for name in _reached(step, quantity) if name.partition("_")[0] == "b"]:
        yield _without(step, names), quantity, "The bias is added before the activation."


def _mixed_activations(step: Step, quantity: str) -> Slip:
    other = {"sigmoid": "tanh", "tanh": "sigmoid"}

    def swap(term: Apply, argument: Term) -> Term:
        return apply(other.get(term.function, term.function), argument)

    because = r"$\sigma$ and $\tanh$ are mixed up: each equation names its own."
    yield _rewritten(step, step.cell.terms, swap), quantity, because


def _missing_activation(step: Step, quantity: str) -> Slip:
    own = {quantity: step.cell.terms[quantity]}
    because = f"The equation of ${naming.latex(quantity)}$ has an activation function."
    yield _rewritten(step, own, lambda _, argument: argument), quantity, because


def _stopped_early(step: Step, quantity: str) -> Slip:
    for before, now in pairwise(range(1, step.count + 1)):
        name = naming.timeless(quantity)
        if quantity == step.at(name, now):
            early = step.at(name, before)
            because = (
                f"This is ${naming.latex(early)}$; one more time step leads to "
                f"${naming.latex(quantity)}$."
            )
            yield step, early, because


def _stale_states(step: Step, quantity: str) -> Slip:
    first = {name for name in _reached(step, quantity) if naming.is_given(name)}
    stale: dict[str, Term] = {}
    for name in step.cell.terms:
        initial = naming.numbered(naming.timeless(name), 0)
        if initial in first:
            stale[name] = Name(id=initial)
    because = "Each time step takes the states of the one before it, not those from the start."
    yield _renamed(step, stale), quantity, because


def _stale_inputs(step: Step, quantity: str) -> Slip:
    names = [name for name in _reached(step, quantity) if naming.timeless(name) == naming.INPUT]
    again: dict[str, Term] = {name: Name(id=names[0]) for name in names[1:]}
    yield _renamed(step, again), quantity, "Each time step has an input of its own."


SLIPS: tuple[Callable[[Step, str], Slip], ...] = (
    _forgotten_states,
    _mixed_activations,
    _missing_activation,
    _forgotten_biases,
    _stopped_early,
    _stale_states,
    _stale_inputs,
)


def _reached(step: Step, quantity: str) -> list[str]:
    reached = step.cell.reach([quantity])
    return [name for name in step.data if name in reached]


def _without(step: Step, names: list[str]) -> Step:
    """The step with 0 for these names."""
    zeros = {
        name: tuple(tuple(Fraction(0) for _ in row) for row in step.data[name]) for name in names
    }
    return replace(step, data={**step.data, **zeros})


def _renamed(step: Step, names: Mapping[str, Term]) -> Step:
    """The step with other names in its equations."""
    equations = tuple((name, cells.replace(term, names)) for name, term in step.cell.equations)
    return replace(step, cell=Cell(equations=equations, kinds=step.cell.kinds))


def _rewritten(
    step: Step, equations: Mapping[str, Term], change: Callable[[Apply, Term], Term]
) -> Step:
    """The step with the activations in these equations changed."""
    changed = {
        name: _change(term, change) if name in equations else term
        for name, term in step.cell.equations
    }
    cell = Cell(equations=tuple(changed.items()), kinds=step.cell.kinds)
    return replace(step, cell=cell)


def _change(term: Term, change: Callable[[Apply, Term], Term]) -> Term:
    match term:
        case Apply():
            return change(term, _change(term.argument, change))
        case Product():
            return Product(matrix=term.matrix, vector=_change(term.vector, change))
        case Operation():
            operands = tuple(_change(operand, change) for operand in term.operands)
            return Operation(operator=term.operator, operands=operands)
        case _:
            return term
