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

from generator.render.html.answer import answer_html
from generator.render.html.page import render_html, stylesheet
from generator.render.html.question import question_html
from generator.render.html.style import Style, load_style

__all__ = [
    "Style",
    "answer_html",
    "load_style",
    "question_html",
    "render_html",
    "stylesheet",
]
