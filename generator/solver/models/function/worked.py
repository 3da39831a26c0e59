"""Functions with the numbers of a variant: their derivatives, and values at points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from generator.diagnostics import InputError, at
from generator.language.arithmetic import Number as Exact
from generator.language.arithmetic import rational
from generator.language.faults import Fault, located
from generator.model.formula import Glossary, Symbol, Table, Term, Vector
from generator.model.source import Branch, Tree
from generator.model.value import Formula, Value
from generator.solver.contract import Quantity
from generator.solver.models.function import build, numeric, proof
from generator.solver.models.function.asked import Asked
from generator.solver.models.function.entry import Entry
from generator.solver.models.function.latex import Latex
from generator.solver.models.function.notation import Notation
from generator.solver.models.function.numeric import Function, Original
from generator.solver.models.function.rules import Step, differentiate
from generator.solver.models.function.slips import SLIPS, Slip
from generator.solver.models.function.tidy import tidy
from generator.solver.models.function.values import value
from generator.solver.models.function.writing import Writer

MOST_TERMS = 300
"""Beyond this a derivative is no longer one that a person writes down."""

By = tuple[str, ...]
"""The variables by which a function is differentiated, in order."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What has been found of some formulas, for all variants that have them.

    Variants often differ in their points alone. Proofs are not among it: each variant has its own.
    """

    steps: dict[tuple[str, By], Step] = field(default_factory=dict)
    slipped: dict[tuple[str, By, Slip], Term] = field(default_factory=dict)
    formulas: dict[Asked, Formula] = field(default_factory=dict)
    outcomes: dict[Asked, list[Quantity]] = field(default_factory=dict)
    """The first results of mistakes, as many as were asked for."""


@lru_cache(maxsize=64)
def found_of(
    terms: tuple[tuple[str, Term], ...],
    variables: By,
    *,
    decimals: bool,
) -> Found:
    """What is known of these functions, by all that it depends on; it grows with what is asked."""
    return Found()


@dataclass(frozen=True, kw_only=True)
class Worked:
    """Functions and points; the coordinates of a point name no variable.

    `decimals` is whether coefficients are written as decimals.
    """

    entry: Entry
    values: Mapping[str, Value]
    terms: Mapping[str, Term]
    points: Mapping[str, tuple[Term, ...]]
    decimals: bool
    found: Found
    _proved: dict[tuple[str, By], int] = field(default_factory=dict)

    # --- formulas ---

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the variables."""
        return self.entry.variables

    @property
    def latex(self) -> Latex:
        """How terms are printed."""
        return Latex(self.decimals)

    def notation(self, name: str) -> Notation:
        """How a function's derivatives are named."""
        return Notation(function=name, variables=self.variables, latex=self.latex)

    def formula(self, term: Term) -> Formula:
        """A term with its meaning: a response to it can be compared."""
        return Formula(
            latex=self.latex.write(term),
            text=Writer(self.decimals).write(term),
            term=term,
            glossary=self._glossary,
        )

    @cached_property
    def _glossary(self) -> Glossary:
        return Glossary(tables=tuple(Table(name=name) for name in self.variables))

    def tidy(self, term: Term) -> Term:
        """A term in its final form."""
        return tidy(term, decimals=self.decimals)

    def final(self, term: Term) -> Term:
        """A wrong formula in its final form; as it is, where that takes numbers beyond bounds."""
        if isinstance(term, Vector):
            return Vector(items=tuple(map(self.final, term.items)))
        try:
            return self.tidy(term)
        except Fault:
            return term

    # --- derivatives ---

    def derivative(self, name: str, by: By) -> Term:
        """The derivative of a function; the function itself by no variable.

        Raises InputError where it is beyond all bounds.
        """
        return self.step(name, by).value if by else self.terms[name]

    def step(self, name: str, by: By) -> Step:
        """The last differentiation of a derivative."""
        steps = self.found.steps
        if (name, by) not in steps:
            with self.guarded(self.entry.functions[name].source):
                before = self.derivative(name, by[:-1])
                found = differentiate(before, by[-1], decimals=self.decimals)
            if build.size(found.value) > MOST_TERMS:
                message = f"the derivative of `{name}` is made of more than {MOST_TERMS} terms"
                source = self.entry.functions[name].source
                raise InputError([at(source, "too-large", message, help="ask for a simpler one")])
            steps[name, by] = found
        return steps[name, by]

    def slipped(self, name: str, by: By) -> Iterator[tuple[Slip, Term]]:
        """What the last differentiation leads to, if one of its rules is wrong; not yet tidied."""
        before, used = self.derivative(name, by[:-1]), self.step(name, by).used
        slipped = self.found.slipped
        for slip in SLIPS:
            if slip.rule in used:
                if (name, by, slip) not in slipped:
                    found = differentiate(before, by[-1], slip.rules, tidied=False)
                    slipped[name, by, slip] = found.value
                yield slip, slipped[name, by, slip]

    def proved(self, name: str, by: By) -> int:
        """At how many points a derivative is proved, which is done once.

        Raises Disagreement where it is wrong, InputError where that cannot be seen.
        """
        if (name, by) not in self._proved:
            quantity = f"the derivative of `{name}`" if by else f"`{name}`"
            term, found = self.terms[name], self.derivative(name, by)
            try:
                original = self.original(name)
                count = proof.prove(quantity, term, found, by, original, variables=self.variables)
            except proof.Nowhere:
                message = f"no number was found at which {quantity} has a value"
                cure = "keep such variants out by a constraint"
                source = self.entry.functions[name].source
                raise InputError([at(source, "no-value", message, help=cure)]) from None
            self._proved[name, by] = count
        return self._proved[name, by]

    def original(self, name: str) -> Function:
        """A function as its author wrote it, of numbers with 100 digits."""
        entry = self.entry
        functions = Original(
            variables=entry.variables, functions=entry.functions, values=self.values
        )
        return functions.function(name)

    # --- numbers ---

    def place(self, point: str) -> Tree:
        """Where a point stands in the bank."""
        return next(one.place for one in self.entry.points if one.name == point)

    def coordinates(self, point: str) -> dict[str, Exact]:
        """The numbers of a point. Raises InputError where one has none."""
        with self.guarded(self.place(point)):
            found = [value(term, {}) for term in self.points[point]]
        return dict(zip(self.variables, found, strict=True))

    def digits(self, point: str) -> numeric.Point:
        """The same with 100 digits, as far as they are known."""
        found = self.coordinates(point).items()
        return {name: numeric.number(rational(one, "a coordinate")) for name, one in found}

    def put(self, term: Term, point: str) -> Term:
        """A term with the coordinates in place of the variables."""
        return build.put(term, dict(zip(self.variables, self.points[point], strict=True)))

    def number(self, term: Term, point: str) -> Quantity:
        """The value at a point; of a vector that of each entry. Raises Fault where it has none."""
        if isinstance(term, Vector):
            return tuple(self.number(item, point) for item in term.items)
        return value(self.tidy(self.put(term, point)), {})

    def result(self, asked: Asked, term: Term) -> Quantity:
        """What a formula gives, right or wrong: itself, or its value at the point.

        Raises Fault where it has none.
        """
        if asked.is_formula:
            return self.formula(term)
        assert asked.point is not None  # noqa: S101 - by the catalog
        return self.number(term, asked.point)

    def shown_point(self, point: str, writer: Writer | None = None) -> str:
        """``x = 1``, ``(x, y) = (1, 2)``; in LaTeX, unless another writer is given."""
        write = (writer or self.latex).write
        names = [write(Symbol(name=name)) for name in self.variables]
        found = [write(term) for term in self.points[point]]
        if len(names) == 1:
            return f"{names[0]} = {found[0]}"
        return f"({', '.join(names)}) = ({', '.join(found)})"

    def shown_coordinates(self, point: str) -> tuple[str, ...]:
        """The coordinates in LaTeX."""
        return tuple(map(self.latex.write, self.points[point]))

    @contextmanager
    def guarded(self, place: Tree) -> Iterator[None]:
        """Trouble in arithmetic is an error of the author's, at this place."""
        try:
            yield
        except Fault as fault:
            if isinstance(place, Branch):
                found = at(place, fault.code, fault.message, help=fault.help)
                raise InputError([found]) from fault
            raise located(fault, place, length=len(place.text)) from fault
