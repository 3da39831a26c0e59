r"""The STACK plugin's ``stack``: boxes whose content Maxima marks, by a response tree for each.

A tree is a chain: is the response the key? Is it what the first mistake leads to? … The first yes
decides. A box for the n-th gap is ``ansn``, its tree ``prtn``; the question's variables name the
key ``tan`` and the mistakes ``wrongn_1``, ``wrongn_2``, … What ``import_from_xml`` of the plugin
reads decides which fields there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from generator.render.hypertext import escape
from generator.render.moodle.draft import Draft, grade
from generator.render.moodle.gaps import Choice, Formula, Gap, Numerical, Verdict, Wrong
from generator.render.moodle.grades import decimal, decimals
from generator.render.moodle.rich import option
from generator.render.moodle.stack.box import Box, Node
from generator.render.moodle.style import Style
from generator.render.moodle.xml import Rich, as_markup

VERSION = "2026010500"
"""The version of the plugin that these questions were tried with; it warns of later changes."""

_POINTS = 4
"""Points at which a response is compared by the equations of the question."""
_SLACK = Fraction(1, 10**14)
"""STACK compares doubles: a tolerance is inclusive only if it is as much wider."""


def box(gap: Gap, number: int, draft: Draft) -> Box:
    """The box of the gap with this number."""
    return _BOXES[type(gap)](gap, number, draft)


def code(box: Box) -> Markup:
    """A box as it stands in the text, with what STACK understood and says of it below."""
    places = f"[[input:{box.name}]] [[validation:{box.name}]] [[feedback:{box.tree}]]"
    return as_markup(places)


def shield(html: str) -> str:
    """HTML around the boxes: ``[[`` begins a block of STACK, ``{@`` and ``{#`` a calculation."""
    for sign in ("{@", "{#"):
        html = html.replace(sign, f"&#123;{sign[1:]}")
    return html.replace("[[", "&#91;[")


# --- boxes -------------------------------------------------------------------------------------


def _formula(gap: Formula, number: int, draft: Draft) -> Box:
    wrong = [(f"wrong{number}_{place}", one) for place, one in enumerate(gap.wrong, start=1)]
    key = f"ta{number}"
    names = [key, *(name for name, _ in wrong)]
    response = f"sa{number}" if gap.equations else f"ans{number}"
    return Box(
        number=number,
        type="algebraic",
        points=grade(gap.points),
        answer=key,
        formulas=((key, gap.key), *((name, one.formula) for name, one in wrong)),
        equations=gap.equations,
        before=_settled(number, names) if gap.equations else "",
        response=response,
        nodes=(
            Node(test="AlgEquiv", answer=key, score="1"),
            *(_recognized(name, one, draft) for name, one in wrong),
        ),
        tried=tuple(names),
        options="validator:validate_indices" if gap.equations else "",
        words=",".join(gap.functions),
        size=60,
        stars=1,
        typed=1,
        shown=1,
    )


def _recognized(name: str, wrong: Wrong, draft: Draft) -> Node:
    """The node of a known mistake."""
    told = draft.page.compact(wrong.because)
    return Node(test="AlgEquiv", answer=name, score=grade(wrong.share), told=told)


def _settled(number: int, names: Sequence[str]) -> str:
    """The response, or the formula that it equals by the question's equations."""
    of = [f"{name}{number}" for name in ("places", "given", "follows", "defined", "padded")]
    return f"sa{number}: settled(ans{number}, [{', '.join(names)}], {', '.join(of)});"


def _numerical(gap: Numerical, number: int, draft: Draft) -> Box:
    """The first number within whose tolerance the response lies decides."""
    return Box(
        number=number,
        type="numerical",
        points=grade(gap.points),
        answer=_typed(gap.numbers[0].value),
        response=f"ans{number}",
        nodes=tuple(
            Node(
                test="NumAbsolute",
                answer=_typed(one.value),
                score=grade(one.share),
                options=decimal(one.tolerance + max(Fraction(1), abs(one.value)) * _SLACK),
                told=draft.page.compact(one.because),
            )
            for one in gap.numbers
        ),
        tried=tuple(_typed(one.value) for one in gap.numbers),
        shown=1,
    )


def _typed(value: Fraction) -> str:
    """A number, exactly."""
    return decimal(value) if decimals(value) is not None else str(value)


def _choice(gap: Choice, number: int, draft: Draft) -> Box:
    """Options with a button each."""
    right = [one.share == 1 for one in gap.options]
    shown = [option(one.content) for one in gap.options]
    nodes = tuple(
        Node(
            test="AlgEquiv",
            answer=str(place),
            score=grade(one.share),
            told=draft.page.compact(one.because),
        )
        for place, one in enumerate(gap.options, start=1)
    )
    return _buttons(number, gap.points, list(zip(right, shown, strict=True)), nodes)


def _verdict(gap: Verdict, number: int, draft: Draft) -> Box:
    told = draft.page.rich(
        draft.page.words(draft.style.phrase("is_true" if gap.value else "is_false"))
    )
    shown = [
        (value == gap.value, escape(draft.style.phrase(word)))
        for value, word in ((True, "true_word"), (False, "false_word"))
    ]
    nodes = tuple(
        Node(
            test="AlgEquiv",
            answer=str(place),
            score="1" if right else "0",
            told=Rich(html="") if right else told,
        )
        for place, (right, _) in enumerate(shown, start=1)
    )
    return _buttons(number, gap.points, shown, nodes)


def _buttons(
    number: int, points: Fraction, shown: Sequence[tuple[bool, str]], nodes: tuple[Node, ...]
) -> Box:
    """What a student chooses is the place of an option, from 1. The right ones are asked first."""
    options = ",".join(
        f'[{place},{"true" if right else "false"},"{_quoted(html)}"]'
        for place, (right, html) in enumerate(shown, start=1)
    )
    order = sorted(range(len(shown)), key=lambda place: not shown[place][0])
    return Box(
        number=number,
        type="radio",
        points=grade(points),
        answer=f"ta{number}",
        formulas=((f"ta{number}", f"[{options}]"),),
        response=f"ans{number}",
        nodes=tuple(nodes[place] for place in order),
        tried=tuple(str(place + 1) for place in order),
        options="nonotanswered",
    )


def _quoted(text: str) -> str:
    """Text within double quotes of Maxima."""
    return shield(text).replace("\\", "\\\\").replace('"', '\\"')


_BOXES: dict[type, Callable[[Any, int, Draft], Box]] = {
    Formula: _formula,
    Numerical: _numerical,
    Choice: _choice,
    Verdict: _verdict,
}

# --- variables ---------------------------------------------------------------------------------


def variables(boxes: Sequence[Box], style: Style) -> str:
    """The question's variables, in Maxima: formulas, equations, how a response is compared."""
    brackets = f'"{_quoted(escape(style.phrase("index_in_brackets")))}"'
    return style.render(
        "stack.mac.j2",
        parts=[box for box in boxes if box.formulas],
        compared=any(box.equations for box in boxes),
        brackets=brackets,
        points=_POINTS,
    )
