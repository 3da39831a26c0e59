"""What a solver model promises to the engine.

A bank's ``model:`` entry is read once by the model's `Reader` (`MODELS` in
`generator.solver.models`) into a `Model`: the structure with its fields still expressions.
`Model.at` fixes the parameters and gives an `Instance`, which knows its quantities by name. An
instance derives a quantity in two independent ways, compares them, and explains the result.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import field
from fractions import Fraction
from typing import Protocol, runtime_checkable

from generator.language.reals import Real
from generator.model.bank import Claim, ModelSpec
from generator.model.dataclass import dataclass
from generator.model.figure import Figure
from generator.model.solution import Evidence, Mistake
from generator.model.value import Formula, Value

Quantity = Value | Real | Formula | tuple["Quantity", ...]
"""What a model computes: exact values, irrational numbers, formulas, and vectors of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMistake:
    """A mistake that the model itself knows for a quantity.

    `result` is the wrong value; `because` is finished markup that names the mistake and mends it.
    `told` has what parts make of it, by all that this depends on beside: a mistake that many
    variants share is told once.
    """

    result: Quantity
    because: str
    worth: Fraction = Fraction(0)
    told: dict[Hashable, Mistake] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """A quantity, proved and explained. `steps` are finished markup, one block each."""

    value: Quantity
    steps: tuple[str, ...]
    evidence: Evidence
    mistakes: tuple[KnownMistake, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The truth of a claim, with a justification that a student would accept, and the evidence."""

    value: bool
    steps: tuple[str, ...]
    evidence: Evidence


class Disagreement(Exception):  # noqa: N818 - it is not the user's error, and not a bug to hide
    """Two derivations of one quantity differ, or a claim can be neither proved nor refuted.

    The engine turns it into a diagnostic that names the bank line and the variant.
    """

    def __init__(self, quantity: str, first: str, second: str) -> None:
        super().__init__(f"{quantity}: {first}, but {second}")
        self.quantity, self.first, self.second = quantity, first, second


@runtime_checkable
class Sketch(Protocol):
    """What an `Instance` may offer beside: its quantities without proof, for many variants."""

    def outcomes(self, path: tuple[str, ...]) -> tuple[Quantity, Iterable[Quantity]]:
        """The value of ``model.<path>``, and the results of the mistakes known for it, in order.

        Whoever counts them takes no more than needed, so they may be found one by one.

        It tells, for thousands of variants, whether enough wrong options differ. KeyError if there
        is no such quantity.
        """


@runtime_checkable
class Namer(Protocol):
    """What a `Model` may offer beside: names that its fields give, as those of variables."""

    @property
    def own(self) -> frozenset[str]:
        """Names that no parameter or definition may have: its fields would never see it."""


@runtime_checkable
class Judge(Protocol):
    """What an `Instance` may offer beside: truths without reasons, for many variants."""

    def truth(self, claim: Claim) -> bool:
        """What `Instance.decide` finds, decided as surely and told in no words.

        Raises what `Instance.decide` raises.
        """


class Instance(Protocol):
    """A model with all its fields fixed; also the `model` that expressions and templates see."""

    def member(self, name: str) -> object:
        """A quantity's value by its closed form, or a nested namespace; KeyError if unknown."""

    def members(self) -> Iterator[str]:
        """The names that `member` knows."""

    def derive(self, path: tuple[str, ...]) -> Derivation:
        """Derive ``model.<path>`` in two independent ways.

        Raises Disagreement if they differ, KeyError if there is no such quantity.
        """

    def decide(self, claim: Claim) -> Verdict:
        """Decide a claim about this instance.

        Raises Disagreement if it can be neither proved nor refuted, InputError if it is not
        about this model or can never apply.
        """

    def figures(self) -> Mapping[str, Figure]:
        """The drawings of this instance, by the name under which a stem places them."""


class Model(Protocol):
    """A model's structure as the bank states it."""

    @property
    def names(self) -> frozenset[str]:
        """The parameters and definitions that its fields mention."""

    @property
    def quantities(self) -> frozenset[tuple[str, ...]]:
        """The paths below ``model`` that every instance knows: ``("gradient", "w")``.

        What a bank asks for is looked up here before any variant is made, so that a misspelt
        quantity is found at once; empty where the names are known only to an instance.
        """

    def at(self, values: Mapping[str, Value]) -> Instance:
        """Fix the fields by these values of parameters and definitions.

        Raises InputError where a field's value makes no sense (a negative kernel).
        """


Reader = Callable[[ModelSpec], Model]
"""Reads a bank's ``model:`` entry. Raises InputError with all that is wrong in it."""
