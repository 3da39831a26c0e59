"""Moodle XML: a question bank that a teacher imports once and can use at once.

Each problem becomes a category under the assignment's, so that "add random question" draws one of
its variants. What Moodle's importer really does decides every line here; its rules are quoted, as
"Moodle: …", beside the code that obeys them.

`export` writes the file as a stream; `automatic` and `written` make a variant's questions, out of
`parts` (how each type of part is marked) and `questions` (how each of Moodle's question types is
written). `stack` says formulas in the language of the STACK plugin. How it looks and reads is in
``templates/moodle`` and ``templates/words``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.lazily import on_first_use
from generator.render.moodle.section import TURN, Section
from generator.render.moodle.style import Style, load_style

if TYPE_CHECKING:
    from generator.render.moodle.export import Export, Found, Questions, render
    from generator.render.moodle.parts import Left

__all__ = [
    "TURN",
    "Export",
    "Found",
    "Left",
    "Questions",
    "Section",
    "Style",
    "load_style",
    "render",
]

if not TYPE_CHECKING:  # a type checker would take any name for one of ours
    __getattr__ = on_first_use(__name__, {"export": __all__})
