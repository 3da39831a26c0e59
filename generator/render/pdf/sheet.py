"""From strips to painted pages: what student and key sheets have in common."""

from __future__ import annotations

from collections.abc import Sequence

from generator.render.pdf.flow import paginate
from generator.render.pdf.fragment import PaintedForm
from generator.render.pdf.furniture import Running, first_area, furniture, later_area
from generator.render.pdf.paint import paint
from generator.render.pdf.strips import Strip
from generator.render.pdf.style import Setting


def paint_sheet(strips: Sequence[Strip], running: Running, setting: Setting) -> PaintedForm:
    """Divide strips into pages and paint them."""
    first, later = first_area(setting.style), later_area(setting.style, running)
    pages = paginate(strips, first.height, later.height)
    painted = tuple(
        paint(page, later if i else first, furniture(running, setting, i + 1, len(pages)))
        for i, page in enumerate(pages)
    )
    bookmark = f"{setting.words.form.format(number=running.number)} · {running.code}"
    if running.student:
        bookmark = f"{running.student.listed} · {bookmark}"
    return PaintedForm(bookmark=bookmark, pages=painted)
