"""Text that would break a careless exporter, wherever a bank can have text."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from generator.model.document import (
    Blocks,
    ChoiceResponse,
    Code,
    CodeBlock,
    Display,
    Document,
    Emphasis,
    EssayResponse,
    ExpressionResponse,
    FigureBlock,
    LineBreak,
    List,
    Math,
    MistakeNote,
    NumericalResponse,
    Paragraph,
    PartAnswer,
    PartQuestion,
    RubricNote,
    Strong,
    Table,
    Text,
    TrueFalseResponse,
)
from generator.model.solution import (
    ChoiceKey,
    EssayKey,
    ExpressionKey,
    NumericalKey,
    Option,
    TrueFalseKey,
)
from generator.render.moodle import Section
from tests.render.moodle.samples import (
    document,
    inlines,
    line,
    mistake,
    network,
    part,
    section,
    text,
)

NASTY = (
    "a & < b ]]> \\ {#1} {1:SA:=x} \\(y\\) $$z$$ ~ } # % = @@PLUGINFILE@@ "
    "\u00a0 é 日本 &amp; 'q' \"Q\" {{ x }} {% y %} \\"
)
"""What the importer, its cloze parser, MathJax, Jinja2 and XML trip over, all in one line."""

LATEX = r"\left\{\frac{1}{2} < x_{i},\; y > 3 \#\right\} \sim 50\%"


def because() -> Blocks:
    return (text(NASTY), Paragraph(content=(Math(latex=LATEX),)))


def every_block() -> Blocks:
    """Every block and inline that a document can have."""
    return (
        text(NASTY),
        Paragraph(
            content=(
                Emphasis(content=(*inlines("emphasis, "), Strong(content=inlines("strong")))),
                *inlines(" and "),
                Code(text="x = {#1} \\(no math\\) <b>"),
                LineBreak(),
                Math(latex=LATEX),
            )
        ),
        Display(latex=r"\begin{cases} 1 & x < 0 \\ 2 & x \ge 0 \end{cases}"),
        List(items=((text("first"),), (text("second"), List(items=((text("inner"),),))))),
        List(items=((text("third"),),), start=3),
        Table(
            header=(inlines("layer"), inlines("weights")),
            rows=((inlines("conv"), inlines("$520$")), (inlines("dense"), inlines("$10$"))),
            alignment=("left", "right"),
        ),
        CodeBlock(text="for i in x:\n    print(f'{i:02d}')  # ]]> {1:MC:=a~b}\n", language="py"),
        FigureBlock(figure=network(), caption=inlines("The network.")),
    )


def everything(index: int = 3) -> Document:
    """Every type of part in one variant, with nasty text wherever text can be."""
    return replace(
        document("nasty", index, every_block(), *_marked_parts(), *_written_parts()),
        name="Nasty <b>name</b> \\(x<y\\) " + "long " * 60 + f"#{index}",
    )


def _marked_parts() -> list[tuple[PartQuestion, PartAnswer]]:
    half, third = Fraction(1, 2), Fraction(1, 3)
    return [
        part(
            "a",
            (text(NASTY),),
            NumericalResponse(unit="% {#2}"),
            NumericalKey(value=Fraction(-5, 8), tolerance=Fraction(1, 1000), unit="% {#2}"),
            points=half,
            shown="$-0.625$",
            steps=every_block(),
            mistakes=(
                MistakeNote(
                    result=(Text(text=NASTY),),
                    because=because(),
                    worth=Fraction(2, 7),
                    value=Fraction(5, 8),
                ),
            ),
        ),
        part(
            "b",
            "Choose",
            ChoiceResponse(
                options=((text(NASTY),), (text("%50%=#\\"),), (line(f"${LATEX}$"),)),
                multiple=False,
            ),
            ChoiceKey(
                options=(
                    Option(text="", right=False, worth=third),
                    Option(text="", right=True),
                    Option(text="", right=False),
                )
            ),
            steps=(text("\\"),),
            mistakes=(
                mistake("", because(), worth=third, option=0),
                mistake("", "ends with a backslash \\", option=2),
            ),
        ),
        part(
            "c",
            "Tick",
            ChoiceResponse(
                options=((text("one }"),), (text("two ~"),), (text("three #"),), (text("="),)),
                multiple=True,
            ),
            ChoiceKey(
                options=(
                    Option(text="", right=True),
                    Option(text="", right=True),
                    Option(text="", right=False),
                    Option(text="", right=False, worth=half),
                ),
                multiple=True,
            ),
            mistakes=(
                mistake("", "not three", option=2),
                mistake("", "not four", option=3, worth=half),
            ),
        ),
        part(
            "d",
            "Derive $f'(x) < 3$",
            ExpressionResponse(lines=4),
            ExpressionKey(latex=r"\frac{1}{2}\left\{x\right\}", text="x/2"),
            shown=r"$\frac{1}{2}\left\{x\right\}$",
            mistakes=(mistake(r"$\frac{1}{3} < x$", worth=1),),
        ),
        part(
            "e",
            (text(NASTY),),
            TrueFalseResponse(lines=3),
            TrueFalseKey(value=True, explain=True),
            shown="True",
            steps=every_block(),
            mistakes=(mistake("no dollars here", because()),),
        ),
        part(
            "f",
            "Is it?",
            TrueFalseResponse(lines=0),
            TrueFalseKey(value=False, explain=False),
            shown="False",
        ),
    ]


def _written_parts() -> list[tuple[PartQuestion, PartAnswer]]:
    return [
        part(
            "g",
            "Derive without a net: $g$.",
            ExpressionResponse(lines=6),
            ExpressionKey(latex="g < 1", text="g"),
            shown="$g < 1$",
        ),
        part(
            "h",
            "Discuss.",
            EssayResponse(lines=8),
            EssayKey(lines=8),
            shown="see the rubric",
            steps=every_block(),
            rubrics=(RubricNote(points=Fraction(1), text=(Text(text=NASTY),)),),
        ),
    ]


def nasty_section() -> Section:
    return section("nasty", f"/{NASTY * 9}/", everything(), summary=NASTY, tags=(NASTY, "x" * 60))
