"""The answers to a variant: keys, worked solutions, mistakes, and the evidence for each key.

The solver decides *what* is said; how it reads is the business of `generator.document`, which
fills in the templates and turns markup into blocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from generator.model.figure import Figure
from generator.model.source import Source

Wording = Source | str
"""Words to show: a `Source` is a bank's template, still to be filled in with the variant's values;
a str is finished markup (Markdown with LaTeX between dollar signs)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericalKey:
    """A number: a response within `tolerance` (absolute, inclusive) of `value` is right.

    `decimals` is how many the bank asks for; None where the value is exact.
    """

    value: Fraction
    tolerance: Fraction
    decimals: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionKey:
    """A formula, in LaTeX and as a student would type it."""

    latex: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalseKey:
    """A verdict, and with `explain` a justification that is marked too."""

    value: bool
    explain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option of a choice part, with the feedback that it earns when chosen."""

    text: Wording
    right: bool
    because: Wording = ""
    worth: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceKey:
    """The options in the order in which this variant shows them."""

    options: tuple[Option, ...]
    multiple: bool = False

    def __post_init__(self) -> None:
        right = sum(option.right for option in self.options)
        if len(self.options) < 2 or right == 0 or (right > 1 and not self.multiple):
            raise ValueError("a choice needs two options and a right one")


@dataclass(frozen=True, slots=True, kw_only=True)
class EssayKey:
    """No key but the rubric; `lines` is the space to leave on paper."""

    lines: int


Key = NumericalKey | ExpressionKey | TrueFalseKey | ChoiceKey | EssayKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A mistake that applies to this variant: its result differs from the key and from all others.

    `result` is the wrong result in words or, between dollar signs, as a formula; for a true/false
    part it is a wrong justification. `value` is the wrong number of a numerical part, else None.
    `worth` is the share of the part's points that it still earns.
    """

    result: Wording
    because: Wording
    worth: Fraction = Fraction(0)
    value: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Two independent derivations that agree: what each is, in a few words, and what both gave."""

    first: str
    second: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """What earns points when a part is marked by hand."""

    points: Fraction
    text: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSolution:
    """The answer to one part; a claims part of a bank unfolds into one for each chosen claim.

    `steps` is the worked solution, one block of words each. `lines` is the space that a written
    answer gets on paper: it depends on the problem alone, never on the key.
    """

    ask: Wording
    points: Fraction
    key: Key
    steps: tuple[Wording, ...]
    mistakes: tuple[Mistake, ...]
    evidence: Evidence | None
    rubric: tuple[Rubric, ...] = ()
    lines: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """All that is known of a variant once it is solved.

    `names` is what its templates may show: parameters, definitions and `model`. `figures` are the
    model's drawings, by the name under which a stem places them; one is drawn when it is asked for.
    """

    names: tuple[tuple[str, object], ...]
    parts: tuple[PartSolution, ...]
    figures: Mapping[str, Figure] = field(default_factory=dict)
