r"""Cloze: several gaps in one question, so that the parts of a variant stay together.

A gap is ``{weight:TYPE:=right#feedback~%50%nearly right#feedback}`` in the question's text. Moodle
finds gaps, answers and feedback by regular expressions, and then decodes entities once, ``\}`` and
``\#``. `_encoded` is the exact inverse of that decoding.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from generator.memo import ByIdentity
from generator.render.hypertext import escape
from generator.render.moodle.gaps import Choice, Gap, Numerical, Pick, Typed, Verdict
from generator.render.moodle.grades import decimal, percentage
from generator.render.moodle.rich import option, popup
from generator.render.moodle.style import Style
from generator.render.moodle.xml import as_markup

_POPUPS = 4_000
"""So many pop-ups are remembered."""

_GAP_LIKE = re.compile(r"\{(?=#|[0-9]*:)")


def code(gap: Gap, weight: int, style: Style) -> Markup:
    """A gap as it stands in the text. Moodle: "Types in upper case, whole weights"."""
    kind, answers = _GAPS[type(gap)](gap, style)
    return as_markup("{" + f"{weight}:{kind}:{'~'.join(answers)}" + "}")


def shield(html: str) -> str:
    """HTML around the gaps. Moodle: "A literal `{#1}` in the text is taken for a gap"."""
    return _GAP_LIKE.sub("&#123;", html) if "{" in html else html


# --- gaps --------------------------------------------------------------------------------------


def _numerical(gap: Numerical, _: Style) -> tuple[str, list[str]]:
    """Moodle: "NUMERICAL takes `-5`; `+5`, spaces and fractions are refused"."""
    return "NUMERICAL", [
        _answer(
            f"{decimal(number.value)}:{decimal(number.tolerance)}",
            number.share,
            _popup(number.because),
        )
        for number in gap.numbers
    ]


def _typed(gap: Typed, _: Style) -> tuple[str, list[str]]:
    """The C tells capitals apart."""
    return "SHORTANSWER_C" if gap.case else "SHORTANSWER", [
        _answer(_typeable(wording.pattern), wording.share, _popup(wording.because))
        for wording in gap.wordings
    ]


def _pick(gap: Pick, _: Style) -> tuple[str, list[str]]:
    """A dropdown, in the order in which the choices stand."""
    return "MULTICHOICE", [
        _answer(_encoded(escape(choice)), Fraction(place == gap.right), "")
        for place, choice in enumerate(gap.choices)
    ]


def _choice(gap: Choice, _: Style) -> tuple[str, list[str]]:
    """Moodle: "Dropdowns … do not typeset math: use MULTICHOICE_V"; the S shuffles."""
    answer = _tick if gap.multiple else _answer
    kind = "MULTIRESPONSE" if gap.multiple else "MULTICHOICE_V"
    shuffles = "" if gap.ordered else "S" if kind.endswith("_V") else "_S"
    return kind + shuffles, [
        answer(_encoded(option(item.content)), item.share, _told(option(item.because)))
        for item in gap.options
    ]


def _verdict(gap: Verdict, style: Style) -> tuple[str, list[str]]:
    """True before false, side by side, never shuffled."""
    answers = []
    for value, word in ((True, "true_word"), (False, "false_word")):
        right = value == gap.value
        told = "" if right else escape(style.phrase("is_true" if gap.value else "is_false"))
        answers.append(_answer(_encoded(escape(style.phrase(word))), Fraction(right), _told(told)))
    return "MULTICHOICE_H", answers


_GAPS: dict[type, Callable[[Any, Style], tuple[str, list[str]]]] = {
    Numerical: _numerical,
    Typed: _typed,
    Choice: _choice,
    Pick: _pick,
    Verdict: _verdict,
}

# --- answers -----------------------------------------------------------------------------------


def _answer(content: str, share: Fraction, told: str) -> str:
    """Moodle: "Every subquestion needs a 100 % answer", which is written ``=``."""
    grade = percentage(share)
    return f"={content}{told}" if grade == "100" else f"%{grade}%{content}{told}"


def _tick(content: str, share: Fraction, told: str) -> str:
    """An option of several. Moodle shares 100 % among the right ones by itself.

    What ``%0%`` says it would overlook, and fine each wrong option by its own rule; ``%0.0%`` it
    reads as a grade.
    """
    grade = "=" if share > 0 else f"%{percentage(share)}%" if share else "%0.0%"
    return grade + content + told


def _told(html: str) -> str:
    """What the student is told of an answer, behind it."""
    return f"#{_encoded(html)}" if html else ""


_popup = ByIdentity(_POPUPS, lambda because: _told(popup(because)))
"""The same in the pop-up of a typed answer."""


def _encoded(html: str) -> str:
    r"""HTML as a gap holds it.

    Moodle: "escape `}` as `\}` and `#` as `\#`; for `~` use `&#126;` … Entities are decoded once: a
    literal `<` in a choice or feedback is `&amp;lt;`". A final backslash would escape the
    character that ends the answer.
    """
    text = html.replace("&", "&amp;").replace("}", r"\}").replace("#", r"\#")
    return _closed(text.replace("~", "&#126;"))


_TYPEABLE = str.maketrans(
    {"&": "&#38;", "<": "&lt;", ">": "&gt;", "}": r"\}", "#": r"\#", "~": "&#126;"}
)


def _typeable(text: str) -> str:
    """A text that is compared with what is typed.

    Moodle: a literal `<` "in a short answer [is] `&lt;`". No answer ends behind `&amp;`, so an
    ampersand is written by its number.
    """
    return _closed(text.translate(_TYPEABLE))


def _closed(text: str) -> str:
    """Text whose last character does not escape the one behind it."""
    return text[:-1] + "&#92;" if text.endswith("\\") else text
