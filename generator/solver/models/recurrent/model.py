"""The `Model` and its `Instance`: what a bank, its templates and the engine ask of a cell.

====================  ============================================================================
``equations``         the equations in LaTeX, for an ``aligned`` display; ``equation.h``: one
``activations``       the functions in them, defined in LaTeX, for an ``aligned`` display
``symbols``           what the signs in the equations mean, in words, for running text
``parameters``        how many weights there are; ``weights.W_i``: the entries of one of them;
                      ``shape.W_i``: the rows and columns of a matrix
``value.h``           a quantity after the time steps whose numbers the bank gives;
                      ``step1.h``: after the first of several
====================  ============================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from generator.diagnostics import InputError, at
from generator.model.bank import Claim, ModelSpec
from generator.model.figure import Figure
from generator.model.value import Formula, Value
from generator.solver.contract import Derivation, Verdict
from generator.solver.models.recurrent import counts
from generator.solver.models.recurrent.claims import truth, verdict
from generator.solver.models.recurrent.data import step_data
from generator.solver.models.recurrent.drawing import draw
from generator.solver.models.recurrent.forward import Step
from generator.solver.models.recurrent.spec import Spec, read_spec
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.activations import ACTIVATIONS
from generator.solver.models.recurrent.structure.cell import Cell
from generator.solver.models.recurrent.structure.facts import Activation
from generator.solver.models.recurrent.structure.terms import Apply, within
from generator.solver.models.recurrent.structure.unroll import numbered
from generator.solver.models.recurrent.words.latex import Writer
from generator.solver.models.recurrent.words.phrases import listing, math
from generator.solver.models.recurrent.words.plain import plain

STEP = "step"
"""With a number it groups the quantities after one of several time steps."""

WRITER = Writer()
LINE = " \\\\\n"
CIRCLE = r"\circ"


@dataclass(frozen=True, kw_only=True)
class Namespace:
    """``model.equation``: members by name, computed when asked for."""

    make: Mapping[str, Callable[[], object]]

    def member(self, name: str) -> object:
        """The value of this name; KeyError if there is none."""
        return self.make[name]()

    def members(self) -> Iterator[str]:
        """The names."""
        return iter(self.make)


@dataclass(frozen=True, kw_only=True)
class RecurrentModel:
    """A `Model`: a cell whose equations may still have parameters in them."""

    spec: Spec

    @cached_property
    def names(self) -> frozenset[str]:
        """The parameters and definitions that its fields mention."""
        return self.spec.names

    @cached_property
    def quantities(self) -> frozenset[tuple[str, ...]]:
        """The paths that its instances know; empty where a parameter chooses the cell."""
        known = self.spec.known_names()
        if known is None:
            return frozenset()
        quantities, weights = known
        found: set[tuple[str, ...]] = {("equations",), ("activations",), ("symbols",)}
        found |= {("equation", name) for name in quantities}
        if self.spec.has_sizes:
            found |= {("parameters",), *(("weights", name) for name in weights)}
            found |= {("shape", name) for name in weights if naming.is_matrix(name)}
        if self.spec.values:
            found |= {("value", name) for name in quantities}
            found |= {
                (f"{STEP}{number}", name)
                for number in range(1, self.spec.most_steps + 1)
                for name in quantities
            }
        return frozenset(found)

    def at(self, values: Mapping[str, Value]) -> RecurrentCell:
        """The cell for these values. Raises InputError where an equation makes no sense."""
        cell = self.spec.build(values)
        sizes = self.spec.sizes(values)
        step = None
        if self.spec.values:
            place, count = self.spec.place, self.spec.count(values)
            data, sizes = step_data(cell, self.spec.values, sizes, values, place=place, steps=count)
            unrolled = numbered(cell, count) if count else cell
            step = Step(cell=unrolled, data=data, sizes=sizes, place=place, count=count)
        return RecurrentCell(cell=cell, values=values, sizes=sizes, step=step)


@dataclass(frozen=True, kw_only=True)
class RecurrentCell:
    """An `Instance`: a cell, and the values that its claims may mention.

    `sizes` are m and d as far as they are known, `step` is the time step whose numbers are given.
    """

    cell: Cell
    values: Mapping[str, Value]
    sizes: counts.Sizes
    step: Step | None

    def member(self, name: str) -> object:
        """What templates show and expressions use; KeyError if there is no such thing."""
        return self._members.member(name)

    def members(self) -> Iterator[str]:
        """The names that `member` knows."""
        return self._members.members()

    @cached_property
    def _members(self) -> Namespace:
        make: dict[str, Callable[[], object]] = {
            "equations": self._equations,
            "equation": lambda: _each(self.cell.terms, self._equation),
            "activations": self._activations,
            "symbols": self._symbols,
        }
        if counts.known(self.cell, self.sizes):
            weights = counts.weights(self.cell)
            make["parameters"] = lambda: counts.parameters(self.cell, self.sizes)
            make["weights"] = lambda: _each(
                weights, lambda name: counts.entries(self.cell, self.sizes, name)
            )
            make["shape"] = lambda: _each(
                (name for name, kind in weights.items() if kind.matrix),
                lambda name: counts.shape(weights[name], self.sizes),
            )
        if (step := self.step) is not None:
            make["value"] = partial(self._values, step, step.count)
            for number in range(1, step.count + 1):
                make[f"{STEP}{number}"] = partial(self._values, step, number)
        return Namespace(make=make)

    def _values(self, step: Step, number: int) -> Namespace:
        """The quantities after a time step."""
        return _each(self.cell.terms, lambda name: step.result(step.at(name, number)))

    def derive(self, path: tuple[str, ...]) -> Derivation:
        """Derive a number in two ways. KeyError if there is none at this path."""
        match path:
            case ("parameters",) if counts.known(self.cell, self.sizes):
                return counts.derive_parameters(self.cell, self.sizes)
            case ("weights", name) if counts.known(self.cell, self.sizes):
                return counts.derive_entries(self.cell, self.sizes, name)
            case ("shape", name) if counts.known(self.cell, self.sizes):
                return counts.derive_shape(self.cell, self.sizes, name)
            case (group, name) if self.step is not None and name in self.cell.terms:
                return self.step.derive(self.step.at(name, _number(group, self.step)))
            case _:
                raise KeyError(".".join(path))

    def decide(self, claim: Claim) -> Verdict:
        """Decide a claim about the cell.

        Raises InputError where it is not about the cell, or its conditions exclude each other,
        and Disagreement where neither a proof nor a counterexample is found.
        """
        return verdict(self.cell, self.values, claim)

    def truth(self, claim: Claim) -> bool:
        """Whether a claim is true, without the reasons; raises as `decide` does."""
        return truth(self.cell, self.values, claim)

    def figures(self) -> Mapping[str, Figure]:
        """``cell``: what is computed from what in one time step."""
        return {"cell": draw(self.cell)}

    # --- what a stem shows -----------------------------------------------------------------------

    def _equation(self, name: str) -> Formula:
        term = self.cell.terms[name]
        return Formula(
            latex=f"{naming.latex(name)} = {WRITER.term(term)}", text=f"{name} = {plain(term)}"
        )

    def _equations(self) -> Formula:
        written = [name for name, _ in self.cell.kinds if name in self.cell.terms]
        latex = (
            f"{naming.latex(name)} &= {WRITER.term(self.cell.terms[name])}" for name in written
        )
        text = (f"{name} = {plain(self.cell.terms[name])}" for name in written)
        return Formula(latex=LINE.join(latex), text="; ".join(text))

    def _activations(self) -> Formula:
        used = self._used()
        latex = (rf"{used[name].latex}(a) &= {used[name].formula}" for name in used)
        return Formula(latex=LINE.join(latex), text=", ".join(used))

    def _symbols(self) -> str:
        r"""What the signs mean: ``$\circ$ denotes element-wise multiplication, $\sigma$ ...``."""
        signs = [
            f"{math(function.latex)} {function.words}{_definition(function)}"
            for function in self._used().values()
        ]
        if CIRCLE in self._equations().latex:
            signs.insert(0, f"{math(CIRCLE)} element-wise multiplication")
        return listing(signs).replace("$ ", "$ denotes ", 1) if signs else ""

    def _used(self) -> dict[str, Activation]:
        """The activations in the equations, in the order in which they stand there."""
        sides = (self.cell.terms[name] for name, _ in self.cell.kinds if name in self.cell.terms)
        found = (
            inner.function for side in sides for inner in within(side) if isinstance(inner, Apply)
        )
        return {name: ACTIVATIONS[name] for name in dict.fromkeys(found)}


def _number(group: str, step: Step) -> int:
    """Which time step ``value`` or ``step2`` is about; KeyError if neither."""
    number = group.removeprefix(STEP)
    if group == "value":
        return step.count
    if number == group or not number.isdecimal():
        raise KeyError(group)
    if int(number) > step.count:
        message = f"there is no time step {number}: here are {step.count}"
        raise InputError([at(step.place, "wrong-value", message)])
    return int(number)


def _definition(activation: Activation) -> str:
    """The formula of a function that not everybody knows, in parentheses."""
    formula = math(f"{activation.latex}(a) = {activation.formula}")
    return "" if activation.familiar else f" ({formula})"


def _each(names: Iterable[str], make: Callable[[str], object]) -> Namespace:
    return Namespace(make={name: partial(make, name) for name in names})


def read(spec: ModelSpec) -> RecurrentModel:
    """Read ``model: {recurrent: ...}``. Raises InputError with all that is wrong in it."""
    return RecurrentModel(spec=read_spec(spec))
