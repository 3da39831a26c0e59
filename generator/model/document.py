"""What people read: one format-neutral document for each variant, which every renderer only reads.

A `Document` is split in two: the `Question` is all that a student may see, the `Answer` all that
a marker needs. A student's renderer is handed questions alone.
"""

from __future__ import annotations

from dataclasses import field
from fractions import Fraction
from typing import Literal

from generator.model.dataclass import dataclass
from generator.model.figure import Figure
from generator.model.formula import Term
from generator.model.solution import Evidence, FollowThrough, Key

# --- running text ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Plain words; white space is as wide as one blank, a no-break space does not break."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Math:
    """An inline formula, in LaTeX without dollar signs."""

    latex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A piece of program text within a line."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Emphasis:
    """Italic text."""

    content: Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Strong:
    """Bold text."""

    content: Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBreak:
    """A forced end of line."""


Inline = Text | Math | Code | Emphasis | Strong | LineBreak
Inlines = tuple[Inline, ...]

# --- blocks ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph."""

    content: Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Display:
    """A formula on lines of its own, in LaTeX (``aligned``, ``cases`` and so on included)."""

    latex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A list; `start` is the first number of an ordered one, None makes it bulleted."""

    items: tuple[Blocks, ...]
    start: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with one header row; every row has as many cells as `header`."""

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    alignment: tuple[Literal["left", "center", "right"], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock:
    """Program text on lines of its own."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureBlock:
    """A drawing on lines of its own."""

    figure: Figure
    caption: Inlines = ()


Block = Paragraph | Display | List | Table | CodeBlock | FigureBlock
Blocks = tuple[Block, ...]

# --- what a student sees -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericalResponse:
    """A box for a number, with its unit printed behind, below `lines` of space to work it out."""

    unit: str = ""
    lines: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionResponse:
    """Space for a derivation that ends in a formula."""

    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextResponse:
    """A box of so many lines for a word or a few."""

    lines: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalseResponse:
    """True or false; `lines` of space, for a justification if `explain` asks for one."""

    lines: int
    explain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceResponse:
    """Options to choose from; round marks for one, square ones for several.

    `ordered` options keep their order wherever they are shown ("None of these" is the last).
    `lines` is space to work it out.
    """

    options: tuple[Blocks, ...]
    multiple: bool
    ordered: bool = False
    lines: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingResponse:
    """Left sides, each with a box for the letter of its right side; `lines` of space to work."""

    lefts: tuple[Blocks, ...]
    rights: tuple[Blocks, ...]
    lines: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderingResponse:
    """Items, each with a box for its place; `lines` of space to work."""

    items: tuple[Blocks, ...]
    lines: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EssayResponse:
    """Ruled lines."""

    lines: int


Response = (
    NumericalResponse
    | ExpressionResponse
    | TextResponse
    | TrueFalseResponse
    | ChoiceResponse
    | MatchingResponse
    | OrderingResponse
    | EssayResponse
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartQuestion:
    """One question: its letter (``a``), what is asked, what it is worth, how it is answered."""

    label: str
    ask: Blocks
    points: Fraction
    response: Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All that a student may see of a variant."""

    title: str
    stem: Blocks
    parts: tuple[PartQuestion, ...]

    @property
    def points(self) -> Fraction:
        """The sum of the parts' points."""
        return sum((part.points for part in self.parts), Fraction(0))


# --- what a marker needs -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeNote:
    """A wrong result to look for: shown as `result`, explained by `because`, still worth `worth`.

    `value` is the wrong number of a numerical part, `text` what the wrong text of a text part fits,
    `option` the position of the wrong option of a choice part; for other parts they are None.
    `term` is what the wrong formula of an expression part means, where that is known.
    `worth` is a share of the part's points.
    """

    result: Inlines
    because: Blocks
    worth: Fraction
    value: Fraction | None = None
    option: int | None = None
    text: str | None = None
    term: Term | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricNote:
    """What earns points when marking by hand."""

    points: Fraction
    text: Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class PartAnswer:
    """The answer to the part with the same label.

    `shown` is the key as people read it; `plain` the same in one line of plain text, for key.csv.
    `steps` is the worked solution. `credit` says what each piece of a response earns that is made
    of several (a fine is negative), `hints` help on one after another, `follows` names the earlier
    parts whose result, the student's own, this part is marked with by hand.
    """

    label: str
    key: Key
    shown: Inlines
    plain: str
    steps: Blocks
    mistakes: tuple[MistakeNote, ...]
    rubric: tuple[RubricNote, ...] = ()
    evidence: Evidence | None = None
    credit: tuple[RubricNote, ...] = ()
    hints: tuple[Blocks, ...] = ()
    follows: tuple[FollowThrough, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All that a marker needs beside the question."""

    parts: tuple[PartAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A solved variant, ready to be rendered.

    `problem`, `index` and `code` are the variant's; `name` is a short name by which a teacher
    finds this very variant ("CNN layer · 28×28 · 20 filters of 5×5 · #731").
    """

    problem: str
    index: int
    code: str
    name: str
    question: Question
    answer: Answer

    def __post_init__(self) -> None:
        asked = [part.label for part in self.question.parts]
        if asked != [part.label for part in self.answer.parts]:
            raise ValueError("a document answers exactly the parts that it asks")
