"""Which facts can be used: those of every activation that stands in a polynomial."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.dataclass import dataclass
from generator.solver.models.recurrent.structure.activations import ACTIVATIONS
from generator.solver.models.recurrent.structure.facts import SAME, Fact
from generator.solver.models.recurrent.values.polynomial import Atom, Polynomial


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A fact about `function` at its arguments: one, or two for a fact about a pair."""

    function: str
    fact: Fact
    arguments: tuple[Polynomial, ...]


def uses(*applications: Atom) -> Iterator[Use]:
    """The facts about one activation, or about two of the same function."""
    function = applications[0].head
    if any(atom.head != function for atom in applications):
        return
    arguments = tuple(atom.arguments[0] for atom in applications)
    for fact in (SAME, *ACTIVATIONS[function].facts):
        if fact.pair == (len(applications) == 2):
            yield Use(function=function, fact=fact, arguments=arguments)


def activations(value: Polynomial) -> Iterator[Atom]:
    """The activations in a polynomial, also within each other."""
    for atom in value.atoms():
        if atom.kind == "apply":
            yield atom
        for argument in atom.arguments:
            yield from activations(argument)
