"""Blocks of a document as strips: what is drawn, how it is kept together, how it is tagged."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from generator.model.document import (
    Block,
    ChoiceResponse,
    CodeBlock,
    Display,
    EssayResponse,
    ExpressionResponse,
    FigureBlock,
    List,
    MatchingResponse,
    NumericalResponse,
    OrderingResponse,
    Response,
    Table,
    TextResponse,
    TrueFalseResponse,
)
from generator.model.figure import (
    Circle,
    Figure,
    Label,
    Line,
    Polyline,
    Rectangle,
    Shape,
    Stroke,
)
from generator.render.pdf.answer_space import answer_space
from generator.render.pdf.blocks import set_blocks
from generator.render.pdf.columns import matching
from generator.render.pdf.figure import figure_ink
from generator.render.pdf.fit import Galley, natural_width, set_lines
from generator.render.pdf.ink import number
from generator.render.pdf.inline import items
from generator.render.pdf.linebreak import Glue
from generator.render.pdf.options import options
from generator.render.pdf.paragraph import text_ink
from generator.render.pdf.strips import NEVER, TOGETHER, Node, Strips
from generator.render.pdf.style import Setting
from tests.render.pdf.samples import blocks, line, network, style

SETTING = Setting.of(style(), "en")
LOOK = SETTING.body
MEASURE = 400.0


def tags(strips: Strips) -> list[str]:
    """The elements drawn, with those around them: ``L/LI/Lbl``."""
    found: list[str] = []
    for strip in strips:
        for mark in strip.marks:
            path = []
            node = mark.node
            while node is not None and node.parent is not None:
                path.append(node.tag)
                node = node.parent
            if path and (not found or found[-1] != "/".join(reversed(path))):
                found.append("/".join(reversed(path)))
    return found


def laid(*parts: str | Block) -> Strips:
    return set_blocks(blocks(*parts), LOOK, MEASURE, Node("Document", None))


def test_a_lead_in_stays_with_its_display() -> None:
    lead, display = laid("It is", "$$x = 1$$")
    assert display.cut == TOGETHER > lead.cut


def test_two_paragraphs_may_part() -> None:
    _, second = laid("One.", "Two.")
    assert second.cut < TOGETHER


def test_white_above_and_below_a_display_is_the_same() -> None:
    _, display, after = laid("It is", "$$x = 1$$", "and so on.")
    assert display.gap == after.gap


def test_a_display_that_fits_is_one_strip_in_the_middle() -> None:
    (display,) = laid("$$x = 1$$")
    (mark,) = display.marks
    width = 2.60 * LOOK.size
    assert mark.x == pytest.approx((MEASURE - width) / 2, abs=3)


def test_a_wide_display_is_broken_before_a_relation_or_an_operator() -> None:
    chain = "f(x) = " + " = ".join(f"a_{{{i}}} + b_{{{i}}}" for i in range(12))
    strips = laid(Display(latex=chain))
    assert len(strips) > 1
    assert all(strip.cut == NEVER for strip in strips[1:])
    assert len({round(strip.marks[0].x, 2) for strip in strips[1:]}) == 1, "aligned at the sign"
    assert {mark.node for strip in strips for mark in strip.marks} == {strips[0].marks[0].node}


def test_a_display_that_cannot_be_broken_is_scaled() -> None:
    (strip,) = laid(
        Display(latex=r"\begin{pmatrix}" + "&".join("100" for _ in range(40)) + r"\end{pmatrix}")
    )
    assert strip.marks[0].x == pytest.approx(0, abs=0.1)


def test_the_number_of_a_formula_stands_at_the_right_end() -> None:
    """The formula stays in the middle of the line; the number is read out, and copied once."""
    (plain,) = laid("$$x = 1$$")
    (numbered,) = laid(Display(latex=r"x = 1 \tag{3}"))
    formula, number = numbered.marks
    assert formula.x == pytest.approx(plain.marks[0].x)
    assert (formula.actual, number.actual) == ("x = 1", None)
    assert formula.node is number.node
    assert formula.node
    assert formula.node.alt == "x equals 1 (3)"
    assert number.y == formula.y
    width = text_ink("(3)", LOOK)[1]
    assert number.x == pytest.approx(MEASURE - width)


def test_a_long_formula_makes_room_for_its_number() -> None:
    """It moves from the middle to the left instead of being broken."""
    (strip,) = laid(Display(latex=r"\overline{x}" + "x" * 62 + r"\tag*{A}"))
    formula, number = strip.marks
    width = natural_width(line(r"$\overline{x}" + "x" * 62 + "$"), LOOK)
    assert width + 2 * LOOK.size < number.x
    assert formula.x < (MEASURE - width) / 2 - 1


def test_lists_are_tagged_and_nest() -> None:
    nested = List(items=(blocks("a"), (*blocks("b"), List(items=(blocks("c"),)))), start=3)
    assert tags(laid(nested)) == [
        "L/LI/Lbl",
        "L/LI/LBody/P",
        "L/LI/Lbl",
        "L/LI/LBody/P",
        "L/LI/LBody/L/LI/Lbl",
        "L/LI/LBody/L/LI/LBody/P",
    ]


TABLE = Table(
    header=(line("Layer"), line("Weights")),
    rows=((line("conv"), line("$520$")), (line("dense"), line("$7$"))),
    alignment=("left", "right"),
)


def test_a_table_is_tagged_with_its_header() -> None:
    strips = laid(TABLE)
    assert tags(strips) == [
        "Table/TR/TH/P",
        *["Table/TR/TD/P", "Table/TR/TD/P/Formula"] * 2,
    ]
    assert [strip.cut for strip in strips[1:]] == [NEVER, NEVER], "no row of three stands alone"


def test_columns_share_what_room_there_is() -> None:
    wide = replace(TABLE, rows=((line("word " * 60), line("word " * 20)),))
    (_, row) = laid(wide)
    right = max(mark.x for mark in row.marks)
    assert MEASURE / 2 < right < MEASURE


def test_code_keeps_its_lines_and_indents() -> None:
    strips = laid(CodeBlock(text="def f(x):\n    return x\n"))
    assert tags(strips) == ["P/Code"]
    first, second = (strip.marks[0].x for strip in strips)
    assert second - first == pytest.approx(4 * 0.6 * 0.85 * LOOK.size)


def test_a_figure_is_centred_and_described() -> None:
    (strip,) = laid(FigureBlock(figure=network()))
    (mark,) = strip.marks
    assert mark.node is not None
    assert (mark.node.tag, mark.extent) == ("Figure", (320, 159.0))
    assert mark.x == (MEASURE - 320) / 2


def test_a_figure_wider_than_the_text_is_scaled() -> None:
    wide = Figure(width=800, height=100, shapes=(Line(x1=0, y1=0, x2=800, y2=100),), alt="A line.")
    (strip,) = laid(FigureBlock(figure=wide))
    assert strip.height == 50
    assert strip.marks[0].ink.code.startswith("0.5 0 0 0.5 0 0 cm ")


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (Line(x1=0, y1=0, x2=10, y2=5), "q 0.2 G 0.8 w [] 0 d 0 0 m 10 -5 l S Q"),
        (
            Polyline(points=((0, 0), (4, 0), (4, 3)), stroke=None, fill="#ff0000", closed=True),
            "q 1 0 0 rg 0 0 m 4 0 l 4 -3 l h f Q",
        ),
        (
            Rectangle(x=1, y=2, width=3, height=4, stroke=Stroke(dash=(3, 1)), fill="#ffffff"),
            "q 0.2 G 0.8 w [3 1] 0 d 1 g 1 -6 3 4 re B Q",
        ),
    ],
)
def test_shapes_are_drawn_with_y_downwards(shape: Shape, code: str) -> None:
    drawing = Figure(width=20, height=20, shapes=(shape,), alt="A shape.")
    assert figure_ink(drawing, LOOK).code == code


def test_an_arrow_ends_in_a_filled_head_whose_tip_is_the_lines_end() -> None:
    drawing = Figure(
        width=20, height=20, shapes=(Line(x1=0, y1=0, x2=10, y2=0, arrow=True),), alt="An arrow."
    )
    shaft, head = figure_ink(drawing, LOOK).code.split(" S Q ")
    assert shaft.endswith("6 0 l")
    assert head.startswith("q 0.2 g 10 0 m ")


def test_a_label_is_anchored_and_clears_what_is_behind_it() -> None:
    def place(anchor: str) -> float:
        label = Label(x=50, y=20, latex="w", anchor=anchor)  # type: ignore[arg-type]
        drawing = Figure(width=99, height=40, shapes=(label,), alt="A label.")
        return float(figure_ink(drawing, LOOK).code.split()[5])

    start, middle, end = (place(anchor) for anchor in ("start", "middle", "end"))
    assert start == 50
    assert start - middle == pytest.approx(middle - end, abs=0.02)
    haloed = Figure(
        width=99,
        height=40,
        shapes=(Circle(x=50, y=20, radius=3), Label(x=50, y=20, text="w", halo=True)),
        alt="A label.",
    )
    assert " q 1 g " in figure_ink(haloed, LOOK).code


# --- running text --------------------------------------------------------------------------------


def test_a_justified_line_is_as_wide_as_the_measure() -> None:
    content = line("The quick brown fox jumps over the lazy dog and runs away into the woods. " * 3)
    lines = set_lines(content, LOOK, 300.0)
    assert len(lines) > 3
    for one in lines[:-1]:
        assert one.width == pytest.approx(300, rel=0.12)


@pytest.mark.parametrize("side", ["justify", "left", "center", "right"])
def test_lines_are_what_they_are_whatever_widths_were_asked_for_before(
    side: Literal["justify", "left", "center", "right"],
) -> None:
    content = line("The factor $s = 2$ of $x_{2i+j-2}$ is missing, so the *window* stays. " * 2)
    look = replace(LOOK, alignment=side)
    text = Galley(items(content, look), look)
    measures = [600.0, 1000.0, *(20.0 + 9 * step for step in range(40)), 600.0, 200.0]
    for measure in measures:
        assert text.lines(measure) == Galley(items(content, look), look).lines(measure)


def test_blanks_on_a_tight_line_keep_four_fifths_of_their_width() -> None:
    """Else words would run into each other, beside italics and formulas first."""
    content = line("Let $x = 1$ and *all of it* be; the rest of $f$ is **what it** was.")
    blanks = [item for item in items(content, LOOK) if isinstance(item, Glue) and item.ink]
    assert len(blanks) == 14
    assert max(blank.shrink / blank.width for blank in blanks) == pytest.approx(0.2)


def test_blanks_of_ragged_text_are_all_as_wide_as_they_are() -> None:
    content = line("The output unit is linear: no activation function is applied to the sum. " * 3)
    ragged = replace(LOOK, alignment="left")
    for measure in range(150, 300, 10):
        lines = set_lines(content, ragged, float(measure))
        assert max(one.width for one in lines) <= measure


def test_no_paragraph_ends_in_a_line_of_a_few_letters() -> None:
    content = line("Take one input and one hidden unit, and let all the other weights be $0$.")
    for look in (LOOK, replace(LOOK, alignment="left")):
        for measure in range(120, 330, 3):
            *_, last = set_lines(content, look, float(measure))
            assert last.width > 1.6 * look.size, measure


def test_the_last_word_of_a_paragraph_is_never_hyphenated() -> None:
    content = line("What an extraordinarily incomprehensible representation")
    for measure in range(110, 300, 7):
        *_, last = set_lines(content, LOOK, float(measure))
        assert natural_width(line("representation"), LOOK) <= last.width + 1e-6 or measure < 65


def test_a_formula_is_one_piece_unless_a_line_ends_within_it() -> None:
    content = line("So $a + b = c$ holds.")
    (one,) = set_lines(content, LOOK, 400.0)
    assert [span.formula is not None for span in one.spans] == [False, True, False]
    narrow = set_lines(content, LOOK, 45.0)
    pieces = [span for one in narrow for span in one.spans if span.formula]
    assert len(pieces) > 1
    assert [piece.first for piece in pieces] == [True] + [False] * (len(pieces) - 1)


def test_apostrophes_and_minus_signs_are_set_as_such() -> None:
    assert natural_width(line("it's -1"), LOOK) == natural_width(line("it’s −1"), LOOK)
    assert natural_width(line("a-1"), LOOK) != natural_width(line("a−1"), LOOK)


# --- answer spaces -------------------------------------------------------------------------------

OPTIONS = tuple(blocks(text) for text in ("24", "25", "23", "28"))


@pytest.mark.parametrize(
    ("response", "heights"),
    [
        (NumericalResponse(), [26]),
        (ExpressionResponse(lines=4), [88]),
        (ExpressionResponse(lines=30), [264, 264, 132]),
        (TrueFalseResponse(lines=0), [13.8]),
        (TrueFalseResponse(lines=3), [13.8, 66]),
        (EssayResponse(lines=5), [110]),
        (EssayResponse(lines=0), []),
        (ChoiceResponse(options=OPTIONS, multiple=False), [13.8]),
        (NumericalResponse(lines=2), [44, 26]),
        (ChoiceResponse(options=OPTIONS, multiple=False, lines=2), [13.8, 44]),
        (TrueFalseResponse(lines=2, explain=False), [13.8, 44]),
        (TextResponse(), [26]),
        (TextResponse(lines=3), [66]),
        (MatchingResponse(lefts=OPTIONS[:2], rights=OPTIONS[:3]), [19, 19, 13.8]),
        (OrderingResponse(items=OPTIONS, lines=1), [13.8] * 4 + [19, 22]),
    ],
)
def test_each_response_has_its_space(response: Response, heights: list[float]) -> None:
    strips = answer_space(response, SETTING, MEASURE, Node("LBody", None))
    assert [strip.height for strip in strips] == [pytest.approx(height) for height in heights]
    assert all(strip.cut == TOGETHER for strip in strips), "it stays with its question"


def test_each_option_has_its_letter_in_the_middle_of_its_mark() -> None:
    response = ChoiceResponse(options=OPTIONS, multiple=True)
    (strip,) = options(response, SETTING, MEASURE, Node("LBody", None), right=frozenset({1}))
    letters = [mark for mark in strip.marks if mark.node and mark.node.tag == "Lbl"]
    small = replace(SETTING.note, role="bold", size=6.2)
    for place, mark in enumerate(letters):
        ink, width = text_ink("ABCD"[place], small)
        assert mark.x - place * MEASURE / 4 == pytest.approx(5 - width / 2)
        assert mark.ink.uses == ink.uses
    assert [mark.ink.code.startswith("1 g") for mark in letters] == [False, True, False, False]


def test_letters_are_in_the_boxes_of_a_key_alone() -> None:
    response = MatchingResponse(lefts=OPTIONS[:2], rights=OPTIONS[:3])
    body = Node("LBody", None)
    student = [*matching(response, SETTING, MEASURE, body)]
    key = [*matching(response, SETTING, MEASURE, body, letters=("C", "A"))]
    assert [strip.height for strip in key] == [strip.height for strip in student]
    assert [len(strip.marks) for strip in student] == [5, 5, 2]
    assert [len(strip.marks) for strip in key] == [6, 6, 2]


def test_the_box_for_a_word_is_as_wide_for_every_word() -> None:
    (strip,) = answer_space(TextResponse(), SETTING, MEASURE, Node("LBody", None))
    drawn = strip.marks[0].ink.code
    assert number(2 * style().theme.answers.number_width - 2) in drawn


def test_a_wide_column_leaves_room_for_the_other() -> None:
    long = tuple(blocks("word " * 40) for _ in range(2))
    response = MatchingResponse(lefts=long, rights=OPTIONS[:2])
    for strip in matching(response, SETTING, MEASURE, Node("LBody", None)):
        assert max(mark.x for mark in strip.marks) < MEASURE - 40


def test_a_unit_stands_behind_the_box() -> None:
    (strip,) = answer_space(NumericalResponse(unit="px"), SETTING, MEASURE, Node("LBody", None))
    assert strip.marks[-1].x > style().theme.answers.number_width


def test_options_that_are_long_stand_below_each_other() -> None:
    long = tuple(blocks("word " * 20) for _ in range(3))
    strips = answer_space(
        ChoiceResponse(options=long, multiple=True), SETTING, MEASURE, Node("LBody", None)
    )
    assert len(strips) == 6
    assert all(strip.cut >= TOGETHER for strip in strips)


def test_five_short_options_are_spread_evenly_over_two_rows() -> None:
    five = (*OPTIONS, blocks("32"))
    strips = answer_space(
        ChoiceResponse(options=five, multiple=False), SETTING, MEASURE, Node("LBody", None)
    )
    ticks = [len([mark for mark in strip.marks if mark.node is None]) for strip in strips]
    assert ticks == [3, 2]
