"""Documents made by hand: Assignment 4 as its teacher knows it, and every type of part alone."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from generator.model.document import (
    Answer,
    Block,
    Blocks,
    ChoiceResponse,
    Display,
    Document,
    EssayResponse,
    ExpressionResponse,
    FigureBlock,
    Inlines,
    Math,
    MistakeNote,
    NumericalResponse,
    Paragraph,
    PartAnswer,
    PartQuestion,
    Question,
    Response,
    RubricNote,
    Text,
    TrueFalseResponse,
)
from generator.model.figure import Circle, Figure, Label, Line, Polyline, Rectangle, Stroke
from generator.model.form import Heading
from generator.model.solution import (
    ChoiceKey,
    EssayKey,
    ExpressionKey,
    Key,
    NumericalKey,
    Option,
    TrueFalseKey,
)
from generator.render.moodle import Section, Style, load_style
from generator.resources import TEMPLATES

WORDS = (TEMPLATES / "words" / "en.yaml").read_text("utf-8")
STYLE: Style = load_style(WORDS)
HEADING = Heading(
    title="Assignment 4",
    course="Introduction to Deep Learning",
    author="Benny Chen",
    date="2023-11-30",
)

# --- small helpers -----------------------------------------------------------------------------


def inlines(markup: str) -> Inlines:
    """Words, with formulas between dollar signs."""
    pieces = enumerate(markup.split("$"))
    return tuple(
        Math(latex=piece) if number % 2 else Text(text=piece) for number, piece in pieces if piece
    )


def line(markup: str) -> Paragraph:
    """A paragraph of words, with formulas between dollar signs."""
    return Paragraph(content=inlines(markup))


def text(words: str) -> Paragraph:
    """A paragraph of these very words."""
    return Paragraph(content=(Text(text=words),))


def rubric(points: Fraction | int, markup: str) -> RubricNote:
    return RubricNote(points=Fraction(points), text=inlines(markup))


def part(
    label: str,
    ask: str | Blocks,
    response: Response,
    key: Key,
    *,
    points: Fraction | int = 1,
    shown: str = "",
    steps: Blocks = (),
    mistakes: tuple[MistakeNote, ...] = (),
    rubrics: tuple[RubricNote, ...] = (),
) -> tuple[PartQuestion, PartAnswer]:
    """A part's two halves."""
    asked = (line(ask),) if isinstance(ask, str) else ask
    question = PartQuestion(label=label, ask=asked, points=Fraction(points), response=response)
    answer = PartAnswer(
        label=label,
        key=key,
        shown=inlines(shown),
        plain="",
        steps=steps,
        mistakes=mistakes,
        rubric=rubrics,
    )
    return question, answer


def mistake(
    result: str,
    because: str | Blocks = "",
    *,
    worth: Fraction | int = 0,
    value: Fraction | int | None = None,
    option: int | None = None,
    text: str | None = None,
) -> MistakeNote:
    if isinstance(because, str):
        because = (line(because),) if because else ()
    return MistakeNote(
        result=inlines(result),
        because=because,
        worth=Fraction(worth),
        value=None if value is None else Fraction(value),
        option=option,
        text=text,
    )


def document(
    problem: str,
    index: int,
    stem: Blocks,
    *parts: tuple[PartQuestion, PartAnswer],
    name: str = "",
) -> Document:
    return Document(
        problem=problem,
        index=index,
        code=f"{problem[:3].upper()}-{index:04d}",
        name=f"{name or problem} · #{index}",
        question=Question(title=problem, stem=stem, parts=tuple(question for question, _ in parts)),
        answer=Answer(parts=tuple(answer for _, answer in parts)),
    )


def section(problem: str, title: str, *documents: Document, **more: Any) -> Section:
    given: dict[str, Any] = {"bank": "assignment4", "capacity": 1296, "seed": 42}
    return Section(problem=problem, title=title, **{"documents": documents, **given, **more})


# --- Assignment 4 ------------------------------------------------------------------------------


def network() -> Figure:
    """The small network of the backward propagation problem, as a model would draw it."""
    grey = Stroke(color="#888888", width=0.7)
    edges = [
        Line(x1=41, y1=20 + 30 * (i + j), x2=109, y2=50 + 30 * i, stroke=grey)
        for i in range(4)
        for j in range(3)
    ]
    second = [
        Line(x1=131, y1=50 + 30 * i, x2=210, y2=91 + 3 * i, stroke=grey, arrow=True)
        for i in range(4)
    ]
    labels = [Label(x=30, y=20 + 30 * i, latex=f"x_{{{i + 1}}}") for i in range(6)]
    labels += [Label(x=120, y=50 + 30 * i, latex=f"h_{{{i + 1}}}") for i in range(4)]
    labels += [Label(x=160, y=62 + 22 * i, latex=f"w_{i + 1}", size=8, halo=True) for i in range(4)]
    return Figure(
        width=245,
        height=190,
        shapes=(
            *edges,
            *second,
            *(Circle(x=30, y=20 + 30 * i, radius=11, fill="#eef3fb") for i in range(6)),
            *(Circle(x=120, y=50 + 30 * i, radius=11, fill="#fdf3e1") for i in range(4)),
            Circle(x=221, y=95, radius=11, fill="#e8f6ea"),
            *labels,
            Label(x=221, y=95, latex="z"),
            Label(x=75, y=10, text="filter of size 3", size=8),
            Rectangle(x=2, y=2, width=241, height=186, corner=5, stroke=Stroke(dash=(2, 2))),
            Polyline(points=((205, 150), (221, 150), (221, 108)), arrow=True),
            Label(x=180, y=151, text="output", size=8),
        ),
        alt='Six inputs x1 to x6, four hidden units & one output z; each unit sees three "x".',
    )


def cnn(index: int = 731, filters: int = 20) -> Document:
    """Two numbers: a cloze question."""
    weights = filters * 26
    return document(
        "cnn-layer",
        index,
        (
            line(
                r"Consider a convolutional neural network (CNN) for reading $28 \times 28$ images. "
                f"The first hidden layer has {filters} different "
                r"$5 \times 5$ filters, applied with a stride of 1. Each filter has a bias weight."
            ),
        ),
        part(
            "a",
            "How many weights (parameters) does this layer use?",
            NumericalResponse(),
            NumericalKey(value=Fraction(weights), tolerance=Fraction(0)),
            points=2,
            shown=f"${weights}$",
            steps=(
                text("Every filter has one weight for each pixel it covers, and a bias:"),
                Display(latex=rf"{filters} \times (5 \times 5 + 1) = {weights}"),
            ),
            mistakes=(
                mistake(
                    f"${filters * 25}$",
                    r"Each filter also has one bias weight: $5 \times 5 + 1$ and not $5^{2}$.",
                    worth=Fraction(1, 3),
                    value=filters * 25,
                ),
                mistake(
                    f"${weights * 576}$",
                    "The filter's weights are shared by all positions.",
                    value=weights * 576,
                ),
            ),
        ),
        part(
            "b",
            "What is the width of each feature map after this layer?",
            NumericalResponse(unit="px"),
            NumericalKey(value=Fraction(24), tolerance=Fraction(0), unit="px"),
            shown="$24$\u00a0px",
            steps=(Display(latex="28 - 5 + 1 = 24"),),
            mistakes=(mistake("$23$", "The first position counts too.", value=23),),
        ),
        name=f"CNN layer · 28×28 · {filters} filters of 5×5",
    )


BACKPROP = r"-2(y-z)\sum_{i=1}^{4} w_i h_i (1-h_i) x_{i+j-1}"


def backprop(index: int = 5) -> Document:
    """A number, and two formulas that are chosen among those of mistakes."""
    return document(
        "backprop",
        index,
        (
            text("Consider this convolutional neural network architecture."),
            FigureBlock(figure=network(), caption=inlines("Weights are shared.")),
            text("In the first layer, a single filter of size 3 gives"),
            Display(latex=r"h_i = s\Bigl(\sum_{j=1}^{3} v_j x_{i+j-1}\Bigr), \qquad z = w^\top h."),
            line("The loss is $R = (y - z)^2$."),
        ),
        part(
            "a",
            "What is the total number of parameters? There are no bias terms.",
            NumericalResponse(),
            NumericalKey(value=Fraction(7), tolerance=Fraction(0)),
            shown="$7$",
            steps=(line("$3 + 4 = 7$"),),
            mistakes=(mistake("$16$", "The filter is shared.", value=16),),
        ),
        part(
            "b",
            r"Compute $\partial R/\partial w_i$.",
            ExpressionResponse(lines=4),
            ExpressionKey(latex="-2(y-z)h_i", text="-2*(y - z)*h[i]"),
            points=2,
            shown="$-2(y-z)h_i$",
            steps=(Display(latex=r"\frac{\partial R}{\partial w_i} = -2(y-z)h_i"),),
            mistakes=(
                mistake("$2(y-z)h_i$", "The inner derivative is negative.", worth=Fraction(1, 2)),
                mistake("$-2(y-z)w_i$", "This is the derivative for the hidden unit."),
            ),
        ),
        part(
            "c",
            r"Compute $\partial R/\partial v_j$.",
            ExpressionResponse(lines=4),
            ExpressionKey(latex=BACKPROP, text="…"),
            points=3,
            shown=f"${BACKPROP}$",
            steps=(Display(latex=rf"\frac{{\partial R}}{{\partial v_j}} = {BACKPROP}"),),
            mistakes=(
                mistake(f"${BACKPROP[1:]}$", "The inner derivative is negative."),
                mistake(
                    f"${BACKPROP.replace('(1-h_i) ', '')}$", "The sigmoid has a derivative too."
                ),
                mistake(r"$-2(y-z) w_i h_i (1-h_i) x_{i+j-1}$", "Every position adds a term."),
            ),
        ),
        name="Backward propagation",
    )


def lstm(index: int = 12) -> Document:
    """Two claims to be judged and explained."""
    return document(
        "lstm-claims",
        index,
        (
            text("These are the defining equations of an LSTM cell."),
            Display(
                latex=r"\begin{aligned} f_t &= \sigma(W^{(f)}x_t + U^{(f)}h_{t-1}) \\"
                r" c_t &= f_t \circ c_{t-1} + i_t \circ \tilde{c}_t \end{aligned}"
            ),
        ),
        part(
            "a",
            "If $x_t$ is the 0 vector, then $h_t = h_{t-1}$.",
            TrueFalseResponse(lines=4),
            TrueFalseKey(value=False, explain=True),
            points=3,
            shown="False",
            steps=(line(r"With $x_t = 0$ and $h_{t-1} = 1$, $h_t = \tanh(c_t)/2 < 1$."),),
            mistakes=(
                mistake(
                    "Then $i_t = f_t = o_t = 0$, so nothing passes.",
                    r"$\sigma(0) = \frac{1}{2}$, not 0.",
                ),
                mistake(
                    "A gate of 1 copies the state.",
                    "No gate is 1: the sigmoid's range is open.",
                    worth=Fraction(1, 4),
                ),
            ),
            rubrics=(rubric(1, "the verdict"), rubric(2, r"the value of $\sigma(0)$")),
        ),
        part(
            "b",
            "The entries of $f_t, i_t, o_t$ are non-negative.",
            TrueFalseResponse(lines=4),
            TrueFalseKey(value=True, explain=True),
            points=3,
            shown="True",
            steps=(line("The sigmoid's range is $(0, 1)$."),),
            mistakes=(mistake("The weights are non-negative.", "Nothing bounds the weights."),),
        ),
        name="LSTM claims",
    )


# --- one part each -----------------------------------------------------------------------------


def numerical(
    key: NumericalKey, *mistakes: MistakeNote, index: int = 1, points: Fraction | int = 1
) -> Document:
    return document(
        "number",
        index,
        (),
        part(
            "a",
            "How much is it?",
            NumericalResponse(unit=key.unit),
            key,
            points=points,
            shown="the key",
            steps=(text("One counts."),),
            mistakes=mistakes,
        ),
    )


def expression(*mistakes: MistakeNote, index: int = 1) -> Document:
    return document(
        "formula",
        index,
        (),
        part(
            "a",
            "Which formula?",
            ExpressionResponse(lines=3),
            ExpressionKey(latex="x^2", text="x**2"),
            shown="$x^2$",
            mistakes=mistakes,
        ),
    )


def choice(
    rights: tuple[bool, ...],
    *,
    multiple: bool = False,
    worths: tuple[Fraction | int, ...] = (),
    contents: tuple[Block, ...] = (),
    index: int = 1,
) -> Document:
    """A choice part alone; option i says "option i", and a wrong one is answered "wrong i"."""
    shown = contents or tuple(text(f"option {i}") for i in range(len(rights)))
    options = tuple(
        Option(text=f"option {i}", right=right, worth=Fraction(worth))
        for i, (right, worth) in enumerate(zip(rights, worths or (0,) * len(rights), strict=True))
    )
    notes = tuple(
        mistake(f"option {i}", f"wrong {i}", worth=option.worth, option=i)
        for i, option in enumerate(options)
        if not option.right
    )
    return document(
        "choice",
        index,
        (text("Think."),),
        part(
            "a",
            "Which?",
            ChoiceResponse(options=tuple((block,) for block in shown), multiple=multiple),
            ChoiceKey(options=options, multiple=multiple),
            shown="letters that Moodle would shuffle",
            steps=(text("For a reason."),),
            mistakes=notes,
        ),
    )


def true_false(*, value: bool = True, explain: bool = False, index: int = 1) -> Document:
    return document(
        "verdict",
        index,
        (),
        part(
            "a",
            "Water is wet.",
            TrueFalseResponse(lines=3 if explain else 0),
            TrueFalseKey(value=value, explain=explain),
            shown=str(value),
            steps=(text("It is, by definition."),),
        ),
    )


def essay(index: int = 1) -> Document:
    return document(
        "essay",
        index,
        (text("Think."),),
        part(
            "a",
            "Discuss.",
            EssayResponse(lines=12),
            EssayKey(lines=12),
            points=4,
            shown="see the rubric",
            steps=(text("A good answer names both sides."),),
            rubrics=(rubric(Fraction(5, 2), "one side"), rubric(Fraction(3, 2), "the other")),
        ),
    )


def sections() -> list[Section]:
    """Assignment 4, and a section for each type of part alone."""
    third = NumericalKey(value=Fraction(1, 3), tolerance=Fraction(1, 200), unit="m/s²")
    several = choice((True, False, True), multiple=True, index=2)
    return [
        section(
            "cnn-layer",
            "Convolutional neural network",
            cnn(731),
            cnn(12, 6),
            summary="Count the weights of a layer and the size of its output.",
            tags=("cnn", "Convolution"),
            difficulty="easy",
            parameters=(("filters", "6, 8, 16, 20 or 32"), ("kernel", "3 to 7 in steps of 2")),
        ),
        section("backprop", "Simple backward propagation", backprop()),
        section("lstm-claims", "LSTM, true or false", lstm()),
        section("number", "A number", numerical(third)),
        section("formula", "A formula", expression(mistake("$2x$", "That is its derivative."))),
        section("choice", "A choice", choice((True, False, False)), several),
        section("verdict", "A verdict", true_false(), true_false(explain=True, index=2)),
        section("essay", "An essay", essay()),
    ]
