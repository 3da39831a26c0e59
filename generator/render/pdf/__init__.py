"""Sheets as PDF: what a student holds, and what a marker works with.

How a sheet is made, module by module:

- `style` is the `theme`, its `logo` and the `words`, from files that a user edits (`own_file`);
  `fonts` shapes words into glyphs, `formula` has LaTeX laid out (`formula_svg`, `formula_cuts` and
  `latex` are its parts).
- `inline` turns running text into items, `linebreak` divides these into lines, `line` sets them and
  `fit` keeps what recurs; `paragraph` and `display` make strips of lines and formulas; `table`,
  `figure` and `blocks` do so for all else that a document holds.
- `header`, `question`, `answer_space` and `key` say what stands on a sheet; `student` and `key`
  put a form's column of strips together.
- `lists` and `marking` make tables over all forms.
- `flow` divides the column into pages, `furniture` frames them, `paint` writes their content.
- `fragment` makes them objects that fit into any file, `tags` their structure; `assemble` makes a
  file of one form or of many: `embed` its fonts, `file` its bytes.
- `printed` is the way through all of this. It is loaded when it is first used: whoever only makes
  questions for Moodle asks no more than whether a sheet could show them (`proofreading`).

Each step is a pure function of values; what is equal in two forms is laid out once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.lazily import on_first_use
from generator.render.pdf.proofreading import Proofreader
from generator.render.pdf.style import Style, load_style
from generator.render.pdf.theme import ThemeFile

if TYPE_CHECKING:
    from generator.render.pdf.printed import (
        Fragment,
        key_file,
        make_row,
        pack,
        pack_row,
        paint_key,
        paint_student,
        render_attendance,
        render_key,
        render_marking_table,
        render_student,
        student_file,
        unpack,
        unpack_rows,
    )

__all__ = [
    "Fragment",
    "Proofreader",
    "Style",
    "ThemeFile",
    "key_file",
    "load_style",
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

if not TYPE_CHECKING:  # a type checker would take any name for one of ours
    __getattr__ = on_first_use(__name__, {"printed": __all__})
