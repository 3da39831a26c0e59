"""A model made for tests: a number `n`, its square, and claims that are expressions in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.language.expression import Expression, compile_expression
from generator.language.tree import expression, fields
from generator.model.bank import Claim, ModelSpec
from generator.model.figure import Figure
from generator.model.solution import Evidence
from generator.model.value import Value
from generator.solver.contract import Derivation, Disagreement, Verdict

DECIDED: list[tuple[int, str]] = []
"""Every decision that was made: n and the claim."""


@dataclass(frozen=True)
class Toy:
    """An instance: `n` is known, and `lost` is a quantity whose derivations differ."""

    n: int

    def member(self, name: str) -> object:
        """The square of n."""
        return {"square": self.n**2, "lost": 1}[name]

    def members(self) -> Iterator[str]:
        """The names of all quantities."""
        return iter(("square", "lost"))

    def derive(self, path: tuple[str, ...]) -> Derivation:
        """The square; `lost` is never proved."""
        if path == ("lost",):
            raise Disagreement("model.lost", "one says 1", "the other says 2")
        values: dict[tuple[str, ...], int] = {("square",): self.n**2}
        value = values[path]
        evidence = Evidence(first="by multiplying", second="by adding", result=str(value))
        return Derivation(value=value, steps=(f"${value}$.",), evidence=evidence)

    def decide(self, claim: Claim) -> Verdict:
        """Evaluate the claim's only condition; what mentions `open` is undecided."""
        (source,) = claim.holds
        DECIDED.append((self.n, source.text))
        if "open" in source.text:
            raise Disagreement("the claim", "it is not proved", "it is not refuted either")
        truth = compile_expression(source).evaluate({"n": self.n})
        verdict = "it holds" if truth else "it fails"
        evidence = Evidence(first="search", second="proof", result=verdict)
        return Verdict(value=bool(truth), steps=(f"For {self.n}, {verdict}.",), evidence=evidence)

    def figures(self) -> Mapping[str, Figure]:
        """There are none."""
        return {}


@dataclass(frozen=True)
class ToyModel:
    """``{toy: {n: ...}}``."""

    number: Expression
    quantities: frozenset[tuple[str, ...]] = frozenset({("square",), ("lost",)})

    @property
    def names(self) -> frozenset[str]:
        """What `n` mentions."""
        return self.number.names

    def at(self, values: Mapping[str, Value]) -> Toy:
        """Fix n."""
        value = self.number.evaluate(values)
        assert isinstance(value, int)
        return Toy(value)


def read(spec: ModelSpec) -> ToyModel:
    """Read the only field."""
    return ToyModel(expression(fields(spec.fields, required=("n",))["n"]))
