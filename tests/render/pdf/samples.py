"""Assignment 4 by hand: three solved variants as the documents that the sheets are made of."""

from __future__ import annotations

import re
from fractions import Fraction

from generator.model.document import (
    Answer,
    Block,
    Blocks,
    ChoiceResponse,
    Display,
    Document,
    Emphasis,
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
    Strong,
    Text,
    TrueFalseResponse,
)
from generator.model.figure import Circle, Figure, Label, Line, Stroke
from generator.model.form import Form, Heading, KeySheet, StudentSheet
from generator.model.solution import (
    ChoiceKey,
    EssayKey,
    Evidence,
    ExpressionKey,
    Key,
    NumericalKey,
    Option,
    TrueFalseKey,
)
from generator.render.pdf import Style, load_style
from generator.resources import TEMPLATES

_MARKUP = re.compile(r"\$([^$]+)\$|\*\*([^*]+)\*\*|\*([^*]+)\*")


def style(**replacements: str) -> Style:
    """The shipped style; keywords replace lines of the theme that begin with that word."""
    theme = (TEMPLATES / "sheet.yaml").read_text("utf-8")
    for name, value in replacements.items():
        theme = re.sub(rf"(?m)^{name}:.*$", f"{name}: {value}", theme)
    return load_style(theme, (TEMPLATES / "words" / "en.yaml").read_text("utf-8"))


def line(text: str) -> Inlines:
    """Text with ``$math$``, ``*emphasis*`` and ``**strong**``."""
    found: list[Text | Math | Emphasis | Strong] = []
    end = 0
    for match in _MARKUP.finditer(text):
        if match.start() > end:
            found.append(Text(text=text[end : match.start()]))
        math, strong, emphasis = match.groups()
        if math:
            found.append(Math(latex=math))
        elif strong:
            found.append(Strong(content=(Text(text=strong),)))
        else:
            found.append(Emphasis(content=(Text(text=emphasis),)))
        end = match.end()
    if end < len(text):
        found.append(Text(text=text[end:]))
    return tuple(found)


def blocks(*parts: str | Block) -> Blocks:
    """Paragraphs (``$$...$$`` is a display) and other blocks."""
    return tuple(
        part
        if not isinstance(part, str)
        else Display(latex=part.strip("$"))
        if part.startswith("$$")
        else Paragraph(content=line(part))
        for part in parts
    )


HEADING = Heading(
    title="Assignment 4",
    course="Introduction to Deep Learning",
    author="Benny Chen",
    date="November 30, 2023",
    instructions=blocks(
        "Answer every part in the space below it. Show your derivation where one is asked for: a "
        "correct result without a derivation earns at most half of its points. No electronic aids."
    ),
)


def network(inputs: int = 6, kernel: int = 3) -> Figure:
    """A one-dimensional convolution and a fully connected layer."""
    hidden = inputs - kernel + 1
    step = 27.0
    colors = ("#1f5aa6", "#b8521a", "#2b7a3f", "#7a3b8f")
    dashes: tuple[tuple[float, ...], ...] = ((), (5, 2), (1.2, 2), (6, 2, 1.2, 2))
    shapes: list[Line | Circle | Label] = []

    def at(column: float, row: float, count: int) -> tuple[float, float]:
        return column, 12 + step * ((inputs - count) / 2 + row)

    x = [at(24, i, inputs) for i in range(inputs)]
    h = [at(164, i, hidden) for i in range(hidden)]
    z = at(296, 0, 1)
    for i, (hx, hy) in enumerate(h):
        for j in range(kernel):
            xx, xy = x[i + j]
            stroke = Stroke(color=colors[j], width=0.9, dash=dashes[j])
            shapes.append(Line(x1=xx + 10, y1=xy, x2=hx - 10, y2=hy, stroke=stroke))
        shapes.append(Line(x1=hx + 10, y1=hy, x2=z[0] - 10, y2=z[1], stroke=Stroke(width=0.8)))
    for j in range(kernel):
        shapes.append(
            Label(
                x=(34 + 154) / 2 + 26 - 26 * j,
                y=(x[j][1] * 0.37 + h[0][1] * 0.63)
                if j == 0
                else x[hidden - 1 + j][1] * 0.5 + h[-1][1] * 0.5
                if j == 2
                else h[0][1],
                latex=f"v_{j + 1}",
                halo=True,
            )
        )
    for i, (hx, hy) in enumerate(h):
        shapes.append(Label(x=hx + 50, y=hy + (z[1] - hy) * 0.36, latex=f"w_{i + 1}", halo=True))
    for name, fill, nodes in (("x", "#eaf0f8", x), ("h", "#f8f0e4", h)):
        for i, (cx, cy) in enumerate(nodes):
            shapes.append(Circle(x=cx, y=cy, radius=10, fill=fill))
            shapes.append(Label(x=cx, y=cy, latex=f"{name}_{{{i + 1}}}"))
    shapes.append(Circle(x=z[0], y=z[1], radius=10, fill="#e8f3ea"))
    shapes.append(Label(x=z[0], y=z[1], latex="z"))
    return Figure(
        width=320,
        height=24 + step * (inputs - 1),
        shapes=tuple(shapes),
        alt=f"A network of {inputs} inputs, a convolution with a shared kernel of {kernel} weights "
        f"to {hidden} hidden units, and one output that is connected to all of them.",
    )


def part(label: str, ask: str, points: int | Fraction, response: Response) -> PartQuestion:
    return PartQuestion(label=label, ask=blocks(ask), points=Fraction(points), response=response)


def answer(  # noqa: PLR0917 - reads as a table of answers
    label: str,
    key: Key,
    shown: str,
    steps: Blocks,
    mistakes: tuple[MistakeNote, ...] = (),
    rubric: tuple[RubricNote, ...] = (),
    evidence: Evidence | None = None,
) -> PartAnswer:
    return PartAnswer(
        label=label,
        key=key,
        shown=line(shown),
        plain=shown.replace("$", ""),
        steps=steps,
        mistakes=mistakes,
        rubric=rubric,
        evidence=evidence,
    )


def mistake(result: str, because: str, worth: Fraction = Fraction(0)) -> MistakeNote:
    return MistakeNote(result=line(result), because=blocks(because), worth=worth)


def backpropagation() -> Document:
    """Problem 1."""
    question = Question(
        title="Simple backward propagation",
        stem=(
            *blocks("Consider this convolutional neural network architecture."),
            FigureBlock(figure=network()),
            *blocks(
                "In the first layer, we have a one-dimensional convolution with a single filter of "
                "size 3 such that",
                r"$$h_i = \sigma\left(\sum_{j=1}^{3} v_j x_{i+j-1}\right).$$",
                "The second layer is fully connected, such that",
                r"$$z = \sum_{i=1}^{4} w_i h_i.$$",
                r"The hidden units' activation function $\sigma(x)$ is the logistic (sigmoid) "
                r"function with derivative $\sigma'(x) = \sigma(x)(1 - \sigma(x))$. The output "
                r"unit is linear (no activation function). We perform gradient descent on the loss "
                r"function $R = (y - z)^2$, where $y$ is the training label for $x$.",
            ),
        ),
        parts=(
            part(
                "a",
                "What is the total number of parameters in this neural network? Recall that "
                "convolutional layers share weights. There are no bias terms.",
                1,
                NumericalResponse(),
            ),
            part(
                "b",
                r"Compute $\partial R / \partial w_i$. (*Hint:* in terms of $y$, $z$ and $h_i$.)",
                2,
                ExpressionResponse(lines=4),
            ),
            part(
                "c",
                r"Compute $\partial R / \partial v_j$. (*Hint:* in terms of $y$, $z$, $w_i$, $h_i$ "
                r"and $x_{i+j-1}$.)",
                3,
                ExpressionResponse(lines=7),
            ),
        ),
    )
    chain = (
        r"$$\begin{aligned}\frac{\partial R}{\partial v_j} &= \frac{\partial R}{\partial z}"
        r"\sum_{i=1}^{4} \frac{\partial z}{\partial h_i}\frac{\partial h_i}{\partial v_j}\\"
        r"&= -2(y-z)\sum_{i=1}^{4} w_i h_i (1-h_i) x_{i+j-1}\end{aligned}$$"
    )
    answers = Answer(
        parts=(
            answer(
                "a",
                NumericalKey(value=Fraction(7), tolerance=Fraction(0)),
                "$7$",
                blocks(
                    "The kernel has 3 weights, which all positions share, and the second layer has "
                    "4 weights, so there are $3 + 4 = 7$ parameters."
                ),
                (
                    mistake(
                        "$16$",
                        "The kernel's weights are shared: count them once, not at each "
                        "of the 4 positions.",
                    ),
                    mistake("$12$", "There are no bias terms.", Fraction(1, 2)),
                ),
                evidence=Evidence(first="the closed form", second="the layers' arrays", result="7"),
            ),
            answer(
                "b",
                ExpressionKey(latex="-2(y-z)h_i", text="-2*(y - z)*h_i"),
                "$-2(y-z)h_i$",
                blocks(
                    "By the chain rule, as $z$ depends on $w_i$ only through $w_i h_i$,",
                    r"$$\frac{\partial R}{\partial w_i} = \frac{\partial R}{\partial z}"
                    r"\frac{\partial z}{\partial w_i} = -2(y-z)h_i.$$",
                ),
                (
                    mistake(
                        "$2(y-z)h_i$", "The inner derivative of $y - z$ is $-1$.", Fraction(1, 2)
                    ),
                    mistake("$-2(y-z)w_i$", "The derivative of $w_i h_i$ by $w_i$ is $h_i$."),
                ),
                evidence=Evidence(
                    first="the chain rule", second="central differences", result="-1.0731"
                ),
            ),
            answer(
                "c",
                ExpressionKey(
                    latex=r"-2(y-z)\sum_{i=1}^{4} w_i h_i (1-h_i) x_{i+j-1}",
                    text="-2*(y - z)*sum(w_i*h_i*(1 - h_i)*x_{i+j-1}, i=1..4)",
                ),
                r"$-2(y-z)\sum_{i=1}^{4} w_i h_i (1-h_i) x_{i+j-1}$",
                blocks(
                    "The weight $v_j$ takes part in every hidden unit, so the contributions of all "
                    "of them add up:",
                    chain,
                ),
                (
                    mistake(
                        r"$-2(y-z) w_i h_i (1-h_i) x_{i+j-1}$",
                        "The weight is shared: sum over the hidden units.",
                        Fraction(1, 3),
                    ),
                    mistake(
                        r"$-2(y-z)\sum_{i=1}^{4} w_i x_{i+j-1}$",
                        "The derivative of the sigmoid is missing.",
                        Fraction(1, 3),
                    ),
                ),
                evidence=Evidence(
                    first="the chain rule", second="SymPy's derivative", result="0.2214"
                ),
            ),
        )
    )
    return Document(
        problem="backpropagation",
        index=17,
        code="BP-17",
        name="Backpropagation",
        question=question,
        answer=answers,
    )


def convolution(image: int = 28, filters: int = 20, kernel: int = 5) -> Document:
    """Problem 2."""
    weights = filters * (kernel * kernel + 1)
    width = image - kernel + 1
    question = Question(
        title="Convolutional neural network",
        stem=blocks(
            "Consider a convolutional neural network (CNN) for reading the handwritten MNIST "
            rf"letters, which are ${image} \times {image}$ images. Suppose the first hidden layer "
            rf"is a convolutional layer with {filters} different ${kernel} \times {kernel}$ "
            "filters, applied to the input image with a stride of 1. Each filter has a bias "
            "weight. No padding operation is applied."
        ),
        parts=(
            part("a", "How many weights (parameters) does this layer use?", 2, NumericalResponse()),
            part(
                "b",
                "What will be the width of each feature map after this layer?",
                1,
                NumericalResponse(unit="pixels"),
            ),
            part(
                "c",
                "Which change of the layer would keep the width of the image?",
                1,
                ChoiceResponse(
                    options=(
                        blocks(f"padding by {kernel // 2} pixels on each side"),
                        blocks("a stride of 2"),
                        blocks(rf"filters of ${kernel + 1} \times {kernel + 1}$"),
                        blocks("no bias weights"),
                    ),
                    multiple=False,
                ),
            ),
        ),
    )
    answers = Answer(
        parts=(
            answer(
                "a",
                NumericalKey(value=Fraction(weights), tolerance=Fraction(0)),
                f"${weights}$",
                blocks(
                    "Each filter has one weight for each of its pixels and a bias:",
                    rf"$${filters} \times ({kernel} \times {kernel} + 1) = {weights}.$$",
                ),
                (
                    mistake(
                        f"${filters * kernel**2}$",
                        "Each filter also has one bias weight.",
                        Fraction(1, 2),
                    ),
                    mistake(
                        f"${weights * width**2}$",
                        "The filter's weights are shared by all positions.",
                    ),
                    mistake(f"${kernel**2 + 1}$", f"There are {filters} filters."),
                ),
                evidence=Evidence(
                    first="the closed form",
                    second="a layer slid over a NumPy array",
                    result=str(weights),
                ),
            ),
            answer(
                "b",
                NumericalKey(value=Fraction(width), tolerance=Fraction(0), unit="pixels"),
                f"${width}$ pixels",
                blocks(rf"$$\frac{{{image} + 2 \cdot 0 - {kernel}}}{{1}} + 1 = {width}$$"),
                (mistake(f"${width - 1}$", "The first position counts too: add 1."),),
                evidence=Evidence(
                    first="the closed form",
                    second="a layer slid over a NumPy array",
                    result=str(width),
                ),
            ),
            answer(
                "c",
                ChoiceKey(
                    options=tuple(Option(text=f"option {i}", right=i == 0) for i in range(4))
                ),
                f"padding by {kernel // 2} pixels on each side",
                blocks(rf"With padding $p$ the width is ${image} + 2p - {kernel} + 1$."),
                (
                    MistakeNote(
                        result=line("a stride of 2"),
                        because=blocks("It halves the width."),
                        worth=Fraction(0),
                        option=1,
                    ),
                ),
            ),
        )
    )
    return Document(
        problem="cnn-layer",
        index=731,
        code="CNN-731",
        name="CNN layer",
        question=question,
        answer=answers,
    )


LSTM = (
    r"$$\begin{aligned}"
    r"i_t &= \sigma(W^{(i)} x_t + U^{(i)} h_{t-1}) &"
    r"\tilde{c}_t &= \tanh(W^{(c)} x_t + U^{(c)} h_{t-1}) \\"
    r"f_t &= \sigma(W^{(f)} x_t + U^{(f)} h_{t-1}) &"
    r"c_t &= f_t \circ c_{t-1} + i_t \circ \tilde{c}_t \\"
    r"o_t &= \sigma(W^{(o)} x_t + U^{(o)} h_{t-1}) &"
    r"h_t &= o_t \circ \tanh(c_t)"
    r"\end{aligned}$$"
)


def lstm() -> Document:
    """Problem 3."""
    question = Question(
        title="LSTM, true or false with an explanation",
        stem=blocks(
            "Suppose that here are the defining equations for an LSTM cell (they might differ from "
            "the lecture notes).",
            LSTM,
            r"Here the symbol $\circ$ denotes element-wise multiplication, and $\sigma(\cdot)$ "
            "denotes the sigmoid function. Decide whether each of the following is true or false, "
            "and briefly justify your answer.",
        ),
        parts=(
            part(
                "a",
                "If $x_t$ is the 0 vector, then $h_t = h_{t-1}$.",
                2,
                TrueFalseResponse(lines=3),
            ),
            part(
                "b",
                "The entries of $f_t, i_t, o_t$ are non-negative.",
                2,
                TrueFalseResponse(lines=3),
            ),
            part(
                "c",
                "Explain in two sentences why the forget gate helps against vanishing gradients.",
                2,
                EssayResponse(lines=5),
            ),
        ),
    )
    answers = Answer(
        parts=(
            answer(
                "a",
                TrueFalseKey(value=False, explain=True),
                "False",
                blocks(
                    r"A counterexample: with all weights 0, $x_t = 0$, $h_{t-1} = 1$ and "
                    r"$c_{t-1} = 0$, the gates are $i_t = f_t = o_t = \frac12$ and "
                    r"$\tilde{c}_t = 0$, so $c_t = 0$ and $h_t = 0 \ne h_{t-1}$."
                ),
                (
                    mistake(
                        r"$i_t = f_t = o_t = 0$",
                        r"$\sigma(0) = \frac12$, not 0; and $h_{t-1}$ still enters the gates.",
                        Fraction(1, 2),
                    ),
                ),
                (
                    RubricNote(points=Fraction(1), text=line("the right verdict")),
                    RubricNote(
                        points=Fraction(1),
                        text=line(
                            "a counterexample, or a reason that "
                            r"names $U h_{t-1}$"
                        ),
                    ),
                ),
                Evidence(
                    first="a search in small numbers", second="exact arithmetic", result="refuted"
                ),
            ),
            answer(
                "b",
                TrueFalseKey(value=True, explain=True),
                "True",
                blocks("The range of the sigmoid function is $(0, 1)$."),
                (
                    mistake(
                        "the range is $[0, 1]$",
                        "The sigmoid takes neither 0 nor 1.",
                        Fraction(3, 4),
                    ),
                ),
                (
                    RubricNote(points=Fraction(1), text=line("the right verdict")),
                    RubricNote(points=Fraction(1), text=line("the range of the sigmoid")),
                ),
                Evidence(
                    first="a proof by z3", second="a search for counterexamples", result="holds"
                ),
            ),
            answer(
                "c",
                EssayKey(lines=5),
                "see the rubric",
                blocks(
                    r"The gradient of $c_t$ by $c_{t-1}$ is $f_t$, which is near 1 where the gate "
                    "is open: the error is carried on without passing a squashing function."
                ),
                (),
                (
                    RubricNote(
                        points=Fraction(1),
                        text=line(
                            r"names "
                            r"$\partial c_t / \partial c_{t-1} = f_t$"
                        ),
                    ),
                    RubricNote(points=Fraction(1), text=line("says why this does not vanish")),
                ),
            ),
        )
    )
    return Document(
        problem="lstm-claims",
        index=3,
        code="LSTM-3",
        name="LSTM",
        question=question,
        answer=answers,
    )


def form(number: int = 1) -> Form:
    """A form; other numbers have other values in problem 2."""
    sizes = ((28, 20, 5), (32, 16, 3), (64, 8, 7))
    image, filters, kernel = sizes[(number - 1) % 3]
    documents = (backpropagation(), convolution(image, filters + number // 4, kernel), lstm())
    return Form(number=number, code=f"K7F3-Q{number:03d}", documents=documents)


def student_sheet(number: int = 1) -> StudentSheet:
    return StudentSheet.of(HEADING, form(number))


def key_sheet(number: int = 1) -> KeySheet:
    return KeySheet(heading=HEADING, form=form(number))
