"""The answers to a variant: keys, worked solutions, mistakes, and the evidence for each key.

The solver decides *what* is said; how it reads is the business of `generator.document`, which
fills in the templates and turns markup into blocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction

from generator.model.dataclass import dataclass
from generator.model.figure import Figure
from generator.model.formula import Glossary, Term
from generator.model.source import Source

Wording = Source | str
"""Words to show: a `Source` is a bank's template, still to be filled in with the variant's values;
a str is finished markup (Markdown with LaTeX between dollar signs)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericalKey:
    """A number: a response within `tolerance` (absolute, inclusive) of `value` is right.

    `decimals` or significant `figures` are how many the bank asks for, None where it asks for the
    exact value; `rounded` says whether anything was rounded for it.
    """

    value: Fraction
    tolerance: Fraction
    decimals: int | None = None
    figures: int | None = None
    rounded: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionKey:
    """A formula, in LaTeX and as a student would type it.

    `term` is what it means and `glossary` what its names stand for, where the model says so.
    """

    latex: str
    text: str
    term: Term | None = field(default=None, compare=False, repr=False)
    glossary: Glossary | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalseKey:
    """A verdict, and with `explain` a justification that is marked too."""

    value: bool
    explain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TextKey:
    r"""A short text, filled in: the first of `answers` is shown, a response that fits any is right.

    In an answer ``*`` stands for anything, ``\*`` for a star; `generator.language.patterns` says
    when a text fits.
    """

    answers: tuple[str, ...]
    case: bool = False

    def __post_init__(self) -> None:
        if not self.answers:
            raise ValueError("a text part needs an answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option of a choice part, with the feedback that it earns when chosen.

    `none` marks "None of these", whose words (`text` is empty) are those of the sheet's language.
    """

    text: Wording
    right: bool
    because: Wording = ""
    worth: Fraction = Fraction(0)
    none: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceKey:
    """The options in the order in which this variant shows them."""

    options: tuple[Option, ...]
    multiple: bool = False

    def __post_init__(self) -> None:
        right = sum(option.right for option in self.options)
        if len(self.options) < 2 or right == 0 or (right > 1 and not self.multiple):
            raise ValueError("a choice needs two options and a right one")

    def share(self, option: Option) -> Fraction:
        """What choosing this option earns of the part's points; negative for a fine.

        Where several may be chosen, each right one earns its equal share; a wrong one costs its
        equal share of all, less what it is still worth. So choosing everything earns what the bank
        forgives: nothing, where no wrong option is worth anything.
        """
        if not self.multiple:
            return Fraction(1) if option.right else option.worth
        right = sum(one.right for one in self.options)
        if option.right:
            return Fraction(1, right)
        return -(1 - option.worth) / (len(self.options) - right)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingKey:
    """Both columns as this variant shows them: `matches` has the place of each left's right side.

    Every left side that is given its right one earns an equal share of the points.
    """

    lefts: tuple[Wording, ...]
    rights: tuple[Wording, ...]
    matches: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.matches) != len(self.lefts) or len(self.lefts) < 2 or len(self.rights) < 2:
            raise ValueError("each of two or more left sides has a right one")
        if not set(self.matches) <= set(range(len(self.rights))):
            raise ValueError("what matches is among the right sides")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderingKey:
    """The items as this variant shows them: `places` has the right place of each, from 0.

    Every item that is put in its place earns an equal share of the points.
    """

    items: tuple[Wording, ...]
    places: tuple[int, ...]

    def __post_init__(self) -> None:
        right = list(range(len(self.items)))
        if len(right) < 2 or sorted(self.places) != right or [*self.places] == right:
            raise ValueError("two or more items, each with a place, are not shown in their order")

    @property
    def order(self) -> tuple[int, ...]:
        """The items in their right order, by where they are shown."""
        return tuple(self.places.index(place) for place in range(len(self.places)))


@dataclass(frozen=True, slots=True, kw_only=True)
class EssayKey:
    """No key but the rubric; `lines` is the space to leave on paper."""

    lines: int


Key = (
    NumericalKey
    | ExpressionKey
    | TextKey
    | TrueFalseKey
    | ChoiceKey
    | MatchingKey
    | OrderingKey
    | EssayKey
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A mistake that applies to this variant: its result differs from the key and from all others.

    `result` is the wrong result in words or, between dollar signs, as a formula; for a true/false
    part it is a wrong justification. `value` is the wrong number of a numerical part, `text` what a
    wrong text fits (as in a `TextKey`); for other parts both are None. `term` is what the wrong
    formula of an expression part means, where that is known. `worth` is the share of the part's
    points that it still earns.
    """

    result: Wording
    because: Wording
    worth: Fraction = Fraction(0)
    value: Fraction | None = None
    text: str | None = None
    term: Term | None = field(default=None, compare=False, repr=False)


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
class FollowThrough:
    """An earlier part whose result this part goes on with; `label` is its letter.

    `symbol` stands for the student's own result in `formula`, in LaTeX, which gives the key that
    it leads to; both are empty where no formula can say it.
    """

    label: str
    symbol: str = ""
    formula: str = ""


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
    hints: tuple[Wording, ...] = ()
    follows: tuple[FollowThrough, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """All that is known of a variant once it is solved.

    `names` is what its templates may show: parameters, definitions and `model`. `figures` are the
    model's drawings, by the name under which a stem places them; one is drawn when it is asked for.
    """

    names: tuple[tuple[str, object], ...]
    parts: tuple[PartSolution, ...]
    figures: Mapping[str, Figure] = field(default_factory=dict)
