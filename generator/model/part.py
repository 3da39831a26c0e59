"""Parts: one question each, with one response; a `Spec` says what kind of key it has."""

from __future__ import annotations

from fractions import Fraction

from generator.model.dataclass import dataclass
from generator.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeSpec:
    """A wrong result and its reason.

    `result` is an expression (numerical, expression and choice parts) or template text: a wrong
    justification of a claim, a wrong answer of a text part (with ``*`` for anything). `because` is
    template text. `worth` is the share of the part's points that the mistake still earns. `when`
    says for which variants the mistake makes sense (an expression; None: for all).
    """

    result: Source
    because: Source
    worth: Fraction = Fraction(0)
    when: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """How far a number may be off: ``tolerance: 0.01``, ``{relative: 0.01}``, ``{figures: 3}``.

    With `figures` the key is rounded to so many significant figures, and a response is right that
    rounds to it.
    """

    amount: Fraction = Fraction(0)
    relative: bool = False
    figures: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericalSpec:
    """A number. `decimals`: the key is rounded to so many; None: it must be exact."""

    answer: Source
    tolerance: Tolerance = Tolerance(amount=Fraction(0))
    decimals: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionSpec:
    """A formula: `answer` names a derivation of the model (``model.gradient.w``) or is one."""

    answer: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSpec:
    """A short text: the `answers` that are right, templates in which ``*`` stands for anything.

    The first is the key that is shown, and has no ``*``. `case` tells capital letters from small.
    """

    answers: tuple[Source, ...]
    case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionSpec:
    """An option of a choice part: shown text, and whether it is right (an expression).

    `worth` is the share of the part's points that it still earns where it is wrong.
    """

    text: Source
    right: Source
    because: Source | None = None
    worth: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceSpec:
    """Options to choose from: written out, or made of `answer` and the part's mistakes.

    Exactly one of `options` and `answer` is given. `multiple` allows several right options.
    `count` is how many options are shown of those made from mistakes (None: all); of a `pool` of
    written ones so many are drawn for each variant. `decimals` rounds the numbers of options that
    are made. `none` adds "None of these", which is right where no other option is.
    """

    options: tuple[OptionSpec, ...] = ()
    answer: Source | None = None
    multiple: bool = False
    count: int | None = None
    pool: bool = False
    decimals: int | None = None
    none: bool = False

    def __post_init__(self) -> None:
        if bool(self.options) == (self.answer is not None):
            raise ValueError("a choice has either options or an answer")
        if self.pool and not (self.options and self.count):
            raise ValueError("so many options are drawn from a pool of them")


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSpec:
    """What belongs together in a matching part, as template text, and why."""

    left: Source
    right: Source
    because: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingSpec:
    """Left sides to be given their right sides; `distractors` are right sides of none."""

    pairs: tuple[PairSpec, ...]
    distractors: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSpec:
    """Something to be put in order: template text, and the expression that ranks it if any."""

    text: Source
    by: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderingSpec:
    """Items to be put in order: they stand in the right one, or all are ranked (least first)."""

    items: tuple[ItemSpec, ...]

    def __post_init__(self) -> None:
        if len({item.by is None for item in self.items}) != 1:
            raise ValueError("either all items are ranked, or none is")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalseSpec:
    """A statement whose truth is an expression; `explain` asks for a justification too."""

    answer: Source
    explain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsSpec:
    """One true/false part for each claim that the named parameter has chosen."""

    chosen: Source
    explain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EssaySpec:
    """A free answer, marked by hand with the part's rubric."""

    lines: int = 6


PartSpec = (
    NumericalSpec
    | ExpressionSpec
    | TextSpec
    | ChoiceSpec
    | MatchingSpec
    | OrderingSpec
    | TrueFalseSpec
    | ClaimsSpec
    | EssaySpec
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricLine:
    """What earns a share of a part's points when it is marked by hand."""

    points: Fraction
    text: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One question, with one response. `points` of a claims part are for each claim.

    `ask` is None only for claims, whose question is the claim itself. `solution` is the author's
    worked solution; without it the model's own steps are shown. `model_mistakes` takes in the
    mistakes that the model knows for the quantity asked. `hints` help on, one after another.
    `follows` are the letters of earlier parts whose result this part goes on with: marked by hand,
    it is marked with the student's own. `lines` is the space on paper (None: what is usual).
    """

    place: Source
    spec: PartSpec
    points: Fraction
    ask: Source | None
    mistakes: tuple[MistakeSpec, ...] = ()
    model_mistakes: bool = True
    solution: tuple[Source, ...] = ()
    rubric: tuple[RubricLine, ...] = ()
    lines: int | None = None
    hints: tuple[Source, ...] = ()
    follows: tuple[Source, ...] = ()


# --- letters -----------------------------------------------------------------------------------


def part_label(number: int) -> str:
    """The letter of a part, counted from 0: a, b, …, z, aa, ab, …"""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def option_letter(number: int) -> str:
    """The capital letter of an option, a right side, an item, counted from 0: A, B, …, Z, AA, …"""
    return part_label(number).upper()
