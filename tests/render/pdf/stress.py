"""A sheet that asks for too much of everything."""

from __future__ import annotations

from fractions import Fraction

from generator.model.document import (
    ChoiceResponse,
    Code,
    CodeBlock,
    Display,
    EssayResponse,
    ExpressionResponse,
    FigureBlock,
    LineBreak,
    List,
    NumericalResponse,
    Paragraph,
    PartQuestion,
    Question,
    Response,
    Table,
    Text,
    TrueFalseResponse,
)
from generator.model.figure import Figure
from generator.model.form import Heading, StudentSheet
from tests.render.pdf.samples import blocks, line, network

WORD = "Donaudampfschifffahrtsgesellschaft" * 6
"""204 letters without a place to break that every dictionary knows."""
POLYNOMIAL = "f(x) = " + " + ".join(rf"a_{{{i}}} x^{{{i}}}" for i in range(40))
PRODUCT = POLYNOMIAL.replace(" + ", " ")

STEM = (
    *blocks(f"A {WORD}, inline ${POLYNOMIAL}$ and ${PRODUCT}$ at last.", f"$${POLYNOMIAL}$$"),
    Display(latex=PRODUCT),
    Display(latex=r"\begin{aligned}" + POLYNOMIAL.replace("=", "&=") + r"\\ &= 0\end{aligned}"),
    List(
        items=(
            blocks("one " * 60),
            (*blocks("two"), List(items=(blocks("nested $x^2$"), blocks(WORD)), start=99)),
        ),
    ),
    Table(
        header=(line("Head"), line("A very long header " * 4), line("n")),
        rows=tuple(
            (line(f"row {i}"), line("text " * 30 + WORD), line(f"$x_{{{i}}} = 1$"))
            for i in range(4)
        ),
        alignment=("left", "center", "right"),
    ),
    CodeBlock(text="def f(x):\n    return x  # " + "words " * 40 + "\n" + " " * 300 + "y" * 300),
    Paragraph(content=(Text(text="hard"), LineBreak(), Code(text="code(x, y) = " + "z" * 120))),
    FigureBlock(figure=network(), caption=line("A caption " * 20)),
    FigureBlock(figure=Figure(width=2_000, height=1_800, shapes=network().shapes, alt="large")),
    Display(
        latex=r"\begin{pmatrix}"
        + r"\\".join("&".join(str(i * j) for i in range(30)) for j in range(50))
        + r"\end{pmatrix}"
    ),
)

RESPONSES: tuple[Response, ...] = (
    TrueFalseResponse(lines=3),
    ExpressionResponse(lines=25),
    EssayResponse(lines=30),
    NumericalResponse(unit="pixels"),
    ChoiceResponse(
        options=tuple(blocks(f"option {i} " * (i * 7 + 1)) for i in range(4)), multiple=True
    ),
)

PARTS = tuple(
    PartQuestion(
        label=chr(97 + i % 26) * (1 + i // 26),
        ask=blocks(f"If $x_{{{i}}}$ is zero then " + "the words go on " * (i % 9) + "."),
        points=Fraction(i % 4 + 1, 3),
        response=RESPONSES[i % 5],
    )
    for i in range(60)
)

ODD = tuple(
    PartQuestion(label=label, ask=ask, points=Fraction(1), response=response)
    for label, ask, response in (
        ("a", (), NumericalResponse()),
        ("b", (Display(latex="x = 1"),), EssayResponse(lines=0)),
        (
            "c",
            (List(items=(blocks("x"),)),),
            ChoiceResponse(options=((), blocks("b")), multiple=False),
        ),
        ("d", (FigureBlock(figure=network()),), TrueFalseResponse(lines=0)),
    )
)


def stress_sheet() -> StudentSheet:
    """Sixty claims, very long formulas, names of two hundred letters, parts that ask nothing."""
    return StudentSheet(
        heading=Heading(
            title=f"Stress {WORD}",
            course=f"Course {WORD}",
            author=f"Author {WORD}",
            date="2026",
            instructions=blocks(f"{WORD} and more {WORD}"),
        ),
        number=7,
        code="A-VERY-LONG-CODE-AND-MORE",
        questions=(
            Question(title=f"Long {WORD}", stem=STEM, parts=PARTS),
            Question(title="", stem=(), parts=()),
            Question(title="Odd", stem=(), parts=ODD),
            *(Question(title=f"Problem {i}", stem=(), parts=()) for i in range(20)),
        ),
    )
