"""Sheets painted, and the files that are made of them: what takes pages, fonts and ReportLab."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from generator.model.form import Heading, KeySheet, StudentSheet
from generator.render.pdf.assemble import About, assemble
from generator.render.pdf.fonts import MissingGlyphs
from generator.render.pdf.fragment import Fragment, PaintedForm, fragment, pack, unpack
from generator.render.pdf.key import key_form
from generator.render.pdf.latex import FormulaError
from generator.render.pdf.lists import render_attendance
from generator.render.pdf.marking import render_marking_table
from generator.render.pdf.marking_row import make_row, pack_row, unpack_rows
from generator.render.pdf.proofreading import cannot_show
from generator.render.pdf.student import student_form
from generator.render.pdf.style import Style

__all__ = [
    "Fragment",
    "key_file",
    "make_row",
    "pack",
    "pack_row",
    "paint_key",
    "paint_student",
    "render_attendance",
    "render_key",
    "render_marking_table",
    "render_student",
    "student_file",
    "unpack",
    "unpack_rows",
]

Sheet = TypeVar("Sheet", StudentSheet, KeySheet)


def paint_student(sheet: StudentSheet, style: Style) -> Fragment:
    """A student sheet, ready for any file. Raises InputError for what cannot be shown."""
    return _painted(student_form, sheet, style)


def paint_key(sheet: KeySheet, style: Style) -> Fragment:
    """A key sheet, ready for any file. Raises InputError for what cannot be shown."""
    return _painted(key_form, sheet, style)


def student_file(
    sheets: Iterable[Fragment], heading: Heading, style: Style, *, duplex: bool = False
) -> Iterator[bytes]:
    """One PDF of student sheets, in pieces, with a bookmark for each if there are several.

    With `duplex` each begins on an odd page. The sheets are read one by one and not kept.
    """
    about = _about(heading.title, heading, style)
    return assemble(sheets, about, style.fonts, style.logo, duplex=duplex)


def key_file(
    sheets: Iterable[Fragment], heading: Heading, style: Style, *, duplex: bool = False
) -> Iterator[bytes]:
    """One PDF of key sheets; otherwise like `student_file`."""
    title = style.words.key_title.format(title=heading.title)
    about = _about(title, heading, style)
    return assemble(sheets, about, style.fonts, style.logo, duplex=duplex)


def render_student(sheets: Sequence[StudentSheet], style: Style, *, duplex: bool = False) -> bytes:
    """The PDF of student sheets, whole. Raises InputError for what cannot be shown."""
    painted = (paint_student(sheet, style) for sheet in sheets)
    return b"".join(student_file(painted, sheets[0].heading, style, duplex=duplex))


def render_key(sheets: Sequence[KeySheet], style: Style, *, duplex: bool = False) -> bytes:
    """The PDF of key sheets, whole. Raises InputError for what cannot be shown."""
    painted = (paint_key(sheet, style) for sheet in sheets)
    return b"".join(key_file(painted, sheets[0].heading, style, duplex=duplex))


def _painted(paint: Callable[[Sheet, Style], PaintedForm], sheet: Sheet, style: Style) -> Fragment:
    try:
        return fragment(paint(sheet, style), style.paper)
    except (FormulaError, MissingGlyphs) as error:
        raise cannot_show(error) from None


def _about(title: str, heading: Heading, style: Style) -> About:
    return About(title=title, author=heading.author, language=heading.language, paper=style.paper)
