"""Sheets as PDF: what a student holds, and what a marker works with.

How a sheet is made, module by module:

- `style` is the theme and the words; `fonts` shapes words into glyphs, `formula` has LaTeX laid
  out (`formula_svg`, `formula_cuts` and `latex` are its parts).
- `inline` turns running text into items, `linebreak` into lines, `paragraph` and `display` into
  strips; `table`, `figure` and `blocks` do so for all else that a document holds.
- `header`, `question`, `answer_space` and `key` say what stands on a sheet; `student` and `key`
  put a form's column of strips together.
- `flow` divides the column into pages, `furniture` frames them, `paint` writes their content.
- `assemble` makes the file of them: `embed` its fonts, `tags` its structure, `file` its bytes.

Each step is a pure function of values; what is equal in two forms is laid out once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from generator.model.form import Heading, KeySheet, StudentSheet
from generator.render.pdf.assemble import About, PaintedForm, assemble
from generator.render.pdf.fonts import MissingGlyphs
from generator.render.pdf.key import key_form
from generator.render.pdf.latex import FormulaError
from generator.render.pdf.proofreading import Proofreader, cannot_show
from generator.render.pdf.student import student_form
from generator.render.pdf.style import Style, load_style

Sheet = TypeVar("Sheet", StudentSheet, KeySheet)


def render_student(sheets: Sequence[StudentSheet], style: Style, *, duplex: bool = False) -> bytes:
    """One PDF of student sheets, with a bookmark for each if there are several.

    With `duplex` each begins on an odd page. Raises InputError for what cannot be shown.
    """
    forms = _painted(student_form, sheets, style)
    heading = sheets[0].heading
    return _file(forms, heading.title, heading, style, duplex=duplex)


def render_key(sheets: Sequence[KeySheet], style: Style, *, duplex: bool = False) -> bytes:
    """One PDF of key sheets; otherwise like `render_student`."""
    forms = _painted(key_form, sheets, style)
    heading = sheets[0].heading
    title = style.words.key_title.format(title=heading.title)
    return _file(forms, title, heading, style, duplex=duplex)


def _painted(
    paint: Callable[[Sheet, Style], PaintedForm], sheets: Sequence[Sheet], style: Style
) -> list[PaintedForm]:
    try:
        return [paint(sheet, style) for sheet in sheets]
    except (FormulaError, MissingGlyphs) as error:
        raise cannot_show(error) from None


def _file(
    forms: Sequence[PaintedForm], title: str, heading: Heading, style: Style, *, duplex: bool
) -> bytes:
    about = About(title=title, author=heading.author, language=heading.language, paper=style.paper)
    return assemble(forms, about, style.fonts, duplex=duplex)


__all__ = ["Proofreader", "Style", "load_style", "render_key", "render_student"]
