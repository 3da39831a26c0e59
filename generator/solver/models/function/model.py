"""Functions given by a formula: fixed for a variant, asked for a quantity, proved and explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.diagnostics import InputError, at
from generator.model.bank import Claim, ModelSpec
from generator.model.figure import Figure
from generator.model.formula import Term
from generator.model.value import Value
from generator.solver.contract import Derivation, Quantity, Verdict
from generator.solver.models.function import kinds
from generator.solver.models.function.asked import Path
from generator.solver.models.function.entry import Entry, read_entry
from generator.solver.models.function.reading import Scope, has_decimals, read_term
from generator.solver.models.function.worked import Worked, found_of


def read(spec: ModelSpec) -> FunctionModel:
    """Read ``model: {function: ...}``. Raises InputError with all that is wrong in it."""
    return FunctionModel(entry=read_entry(spec))


@dataclass(frozen=True, kw_only=True)
class FunctionModel:
    """A `Model`: functions whose numbers are still parameters."""

    entry: Entry

    @property
    def names(self) -> frozenset[str]:
        """The parameters and definitions that its fields mention."""
        return self.entry.names

    @property
    def own(self) -> frozenset[str]:
        """The variables and the functions."""
        return frozenset((*self.entry.variables, *self.entry.functions))

    @cached_property
    def quantities(self) -> frozenset[Path]:
        """The paths of all quantities."""
        return frozenset(self.entry.asked)

    def at(self, values: Mapping[str, Value]) -> FunctionInstance:
        """The functions for these values. Raises InputError where one cannot be read."""
        entry = self.entry
        terms = dict[str, Term]()
        for name, expression in entry.functions.items():
            scope = Scope(variables=entry.variables, values=values, functions=dict(terms))
            terms[name] = read_term(expression, scope)
        points = dict[str, tuple[Term, ...]]()
        for point in entry.points:
            scope = Scope(variables=(), values=values)
            points[point.name] = tuple(read_term(one, scope) for one in point.coordinates)
        decimals = any(has_decimals(one, values) for one in entry.functions.values())
        worked = Worked(
            entry=entry,
            values=values,
            terms=terms,
            points=points,
            decimals=decimals,
            found=found_of(tuple(terms.items()), entry.variables, decimals=decimals),
        )
        return FunctionInstance(entry=entry, worked=worked)


@dataclass(frozen=True, kw_only=True)
class Members:
    """``model.derivative``: the quantities whose paths go on from here."""

    instance: FunctionInstance
    path: Path

    def member(self, name: str) -> object:
        """The quantity, or a group of them; KeyError if there is none."""
        return self.instance.find((*self.path, name))

    def members(self) -> Iterator[str]:
        """The names."""
        return self.instance.names_below(self.path)


@dataclass(frozen=True, kw_only=True)
class FunctionInstance:
    """An `Instance`: functions whose numbers are known."""

    entry: Entry
    worked: Worked

    def member(self, name: str) -> object:
        """A function, or a group of quantities; KeyError if there is none."""
        return self.find((name,))

    def members(self) -> Iterator[str]:
        """The names that `member` knows."""
        return self.names_below(())

    def find(self, path: Path) -> object:
        """What stands at a path; KeyError if there is nothing."""
        if path in self.entry.asked:
            return kinds.outcome(self.worked, self.entry.asked[path])
        if any(known[: len(path)] == path for known in self.entry.asked):
            return Members(instance=self, path=path)
        raise KeyError(path[-1])

    def names_below(self, path: Path) -> Iterator[str]:
        """The names with which a path goes on."""
        count = len(path)
        found = (known[count] for known in self.entry.asked if known[:count] == path)
        return iter(dict.fromkeys(found))

    def outcomes(self, path: Path) -> tuple[Quantity, Iterable[Quantity]]:
        """The value of a quantity and the results of its mistakes, without proof."""
        asked = self.entry.asked[path]
        return kinds.outcome(self.worked, asked), kinds.outcomes(self.worked, asked)

    def derive(self, path: Path) -> Derivation:
        """A quantity, proved and explained. KeyError if there is none at this path."""
        return kinds.derive(self.worked, self.entry.asked[path])

    def decide(self, claim: Claim) -> Verdict:
        """No claims are made about functions."""
        message = "functions decide no claims"
        raise InputError([at(claim.text, "no-claims", message, help="ask a `true_false` part")])

    def figures(self) -> Mapping[str, Figure]:
        """Nothing is drawn: that is what plots are for."""
        return {}
