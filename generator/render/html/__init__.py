"""Pages for self-study: one HTML file for each form, with everything that it needs inside.

A page shows the questions, with room for notes on a response, and folds hints, key and worked
solution away until they are asked for. It runs no script; formulas are MathML, figures SVG, fonts
subsets of those of the printed sheets. What it says is in `templates/words`, how it looks in
`templates/html`.

- `style` is the templates and the words; `rich` turns running text and blocks into HTML.
- `question`, `response` and `answer` make the fragments of a problem, for any page to hold.
- `page` puts a form's fragments on a page of its own, `fonts` adds the letters that it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.lazily import on_first_use
from generator.render.html.style import Style, load_style

if TYPE_CHECKING:
    from generator.render.html.answer import answer_html
    from generator.render.html.page import render_html, stylesheet
    from generator.render.html.question import question_html

__all__ = [
    "Style",
    "answer_html",
    "load_style",
    "question_html",
    "render_html",
    "stylesheet",
]

if not TYPE_CHECKING:  # a type checker would take any name for one of ours
    __getattr__ = on_first_use(
        __name__,
        {
            "answer": ("answer_html",),
            "page": ("render_html", "stylesheet"),
            "question": ("question_html",),
        },
    )
