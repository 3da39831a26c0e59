"""What Moodle can mark by itself, free of how a question type writes it down.

A part becomes gaps (`parts`), and gaps become a question (`questions`): a single one by Moodle's
own question type for it, several as one cloze question, so that the parts of a variant stay
together.
"""

from __future__ import annotations

from fractions import Fraction

from generator.model.dataclass import dataclass
from generator.model.document import Blocks, PartAnswer, PartQuestion
from generator.model.solution import Key
from generator.render.moodle.stack.equations import Equations


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a variant, asked and answered; `code` is the variant's.

    `gaps` are what Moodle marks of it by itself, once that is known; none where only a person can.
    """

    code: str
    question: PartQuestion
    answer: PartAnswer
    gaps: tuple[Gap, ...] = ()

    @property
    def label(self) -> str:
        """The part's letter."""
        return self.question.label

    @property
    def key(self) -> Key:
        """The part's key."""
        return self.answer.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that may be typed, within `tolerance` (absolute, inclusive) of `value`.

    `share` is what it earns of the gap's points, `because` what the student is told then.
    """

    value: Fraction
    tolerance: Fraction
    share: Fraction
    because: Blocks = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerical:
    """A box for a number. The first of `numbers` that fits decides; the key comes first."""

    points: Fraction
    numbers: tuple[Number, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A text that may be typed, as a pattern in which ``*`` stands for anything.

    `share` is what it earns of the gap's points, `because` what the student is told then.
    """

    pattern: str
    share: Fraction
    because: Blocks = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A box for a word. The first of `wordings` that fits decides; `case` tells capitals apart."""

    points: Fraction
    wordings: tuple[Wording, ...]
    case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something to choose; `share` is what it earns of the gap's points, negative for a fine."""

    content: Blocks
    share: Fraction
    because: Blocks = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Options to choose from, in an order that no student can learn from.

    Moodle shuffles them unless they are `ordered`. The shares of all right options add up to 1
    where `multiple` may be chosen; else each right option has share 1. `reason` marks the choice of
    a justification, asked after a verdict.
    """

    points: Fraction
    options: tuple[Option, ...]
    multiple: bool = False
    reason: bool = False
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A dropdown of plain words beside a `stem`; `right` is the place of the one that is right.

    Where the order of the choices means nothing it is `free`, and Moodle may shuffle them.
    """

    points: Fraction
    stem: Blocks
    choices: tuple[str, ...]
    right: int
    free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """True or false."""

    points: Fraction
    value: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A formula that a mistake leads to, in Maxima.

    `share` is what it earns of the gap's points, `because` what the student is told then.
    """

    formula: str
    share: Fraction
    because: Blocks = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A box for a formula, which the STACK plugin alone can mark; `key` is in Maxima.

    The key comes first; the first of `wrong` that the response equals decides. `equations` say what
    the names in them stand for, `functions` those that a response may apply, `examples` pair how
    one types with what is meant, in LaTeX.
    """

    points: Fraction
    key: str
    wrong: tuple[Wrong, ...] = ()
    equations: Equations | None = None
    functions: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()


Gap = Numerical | Typed | Choice | Pick | Verdict | Formula
