"""One time step in numbers: exact where it can be, else irrational numbers of 50 digits.

The step is computed in exact arithmetic with enclosing intervals, and again in NumPy's floats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

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
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.cell import Cell
from generator.solver.models.recurrent.structure.terms import Apply, Operation, Product, Term, apply
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
    """A cell with the numbers of its free names."""

    cell: Cell
    data: Mapping[str, Weights]
    sizes: Sizes
    place: Branch

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
                second="one time step in NumPy",
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
            for wrong, because in slip(self, quantity):
                if (result := wrong.result(quantity)) != right:
                    yield KnownMistake(result=result, because=because)


def _number(entry: Polynomial) -> int | Fraction | Real:
    exact = entry.constant
    if exact is None:
        return Real(significant(nearby(entry), DIGITS))
    return exact.numerator if exact.denominator == 1 else exact


# --- what students do wrong --------------------------------------------------------------------

Slip = Iterator[tuple[Step, str]]
"""Wrong time steps, each with what is wrong in it."""


def _forgotten_states(step: Step, quantity: str) -> Slip:
    for name in _reached(step, quantity):
        if name != naming.base(name):
            letter = f"${naming.latex(name)}$"
            yield _without(step, [name]), f"The previous state {letter} is not $0$ here."


def _forgotten_biases(step: Step, quantity: str) -> Slip:
    if names := [name for name in _reached(step, quantity) if name.partition("_")[0] == "b"]:
        yield _without(step, names), "The bias is added before the activation."


def _mixed_activations(step: Step, quantity: str) -> Slip:
    other = {"sigmoid": "tanh", "tanh": "sigmoid"}

    def swap(term: Apply, argument: Term) -> Term:
        return apply(other.get(term.function, term.function), argument)

    because = r"$\sigma$ and $\tanh$ are mixed up: each equation names its own."
    yield _rewritten(step, step.cell.terms, swap), because


def _missing_activation(step: Step, quantity: str) -> Slip:
    own = {quantity: step.cell.terms[quantity]}
    because = f"The equation of ${naming.latex(quantity)}$ has an activation function."
    yield _rewritten(step, own, lambda _, argument: argument), because


SLIPS: tuple[Callable[[Step, str], Slip], ...] = (
    _forgotten_states,
    _mixed_activations,
    _missing_activation,
    _forgotten_biases,
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
