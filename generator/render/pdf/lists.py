"""Lists over all forms: who sits where and signs, and every key on one page to mark by.

They are set in the typography of the sheets and tagged like them. A list is a table that may take
several pages; its header stands on each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from generator.model.dataclass import dataclass
from generator.model.document import Blocks, Code, Inlines, Paragraph, Text
from generator.model.form import Heading, Place
from generator.render.pdf.assemble import About, assemble
from generator.render.pdf.blocks import set_blocks
from generator.render.pdf.flow import paginate
from generator.render.pdf.fonts import MissingGlyphs
from generator.render.pdf.fragment import PaintedForm, fragment
from generator.render.pdf.furniture import list_furniture
from generator.render.pdf.header import title_block
from generator.render.pdf.latex import FormulaError
from generator.render.pdf.paint import Area, paint
from generator.render.pdf.paragraph import paragraph
from generator.render.pdf.proofreading import cannot_show
from generator.render.pdf.strips import Node, Strips, with_first
from generator.render.pdf.style import Setting, Style
from generator.render.pdf.table import Grid, grid_strips

_MARGIN = 48.0
"""Left and right of a list, where no points stand beside the text."""
_ROW = 25.0
"""The height of a row with room to sign."""
_SEAT, _SIGNATURE, _BLANK_NAME, _BLANK_ID = 44.0, 128.0, 150.0, 70.0
_ABOVE_TABLE = 12.0

Order = Literal["name", "form"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """The paper of a list, upright or turned, and how its text is set there."""

    setting: Setting
    paper: tuple[float, float]

    @classmethod
    def of(cls, style: Style, language: str, *, turned: bool = False) -> ListPage:
        """`turned` is landscape."""
        width, tall = reversed(style.paper) if turned else style.paper
        setting = replace(Setting.of(style, language), measure=width - 2 * _MARGIN)
        return cls(setting=setting, paper=(width, tall))

    @property
    def area(self) -> Area:
        """Where the text stands."""
        width, tall = self.paper
        margins = self.setting.style.theme.margins
        height = tall - margins.top - margins.bottom
        return Area(
            paper_width=width, paper_height=tall, left=_MARGIN, top=margins.top, height=height
        )


def render_attendance(
    places: Sequence[Place], heading: Heading, style: Style, *, order: Order = "name"
) -> bytes:
    """The attendance list: form, code, name, id, seat and room to sign, a line for each form.

    Sorted by the name that lists show, forms without a student last, or by form. Raises
    InputError for a name that no font can show.
    """
    page = ListPage.of(style, heading.language)
    words = page.setting.words
    title = words.attendance_title.format(title=heading.title)
    known = all(place.student for place in places)
    count = words.student_count if known else words.form_count
    counted = count.one if len(places) == 1 else count.other
    root = Node("Document", None)
    try:
        top = list_title(heading, title, counted.format(count=len(places)), page.setting, root)
        ordered = sorted(places, key=_by_name if order == "name" else _by_form)
        grid = _attendance(ordered, page.setting)
        look = replace(page.setting.small, alignment="left")
        body = grid_strips(grid, look, page.setting.measure, Node.within(root, "Sect"), set_blocks)
        return list_file((*top, *with_first(body, gap=_ABOVE_TABLE)), title, heading, page)
    except (FormulaError, MissingGlyphs) as error:
        raise cannot_show(error) from None


def _by_name(place: Place) -> tuple[bool, tuple[str, ...], int]:
    student = place.student
    return student is None, student.order if student else (), place.number


def _by_form(place: Place) -> tuple[int]:
    return (place.number,)


def _attendance(places: Sequence[Place], setting: Setting) -> Grid:
    words = setting.words
    titles = (
        words.form_number,
        words.code,
        words.name,
        words.student_id,
        words.seat,
        words.signature,
    )
    rows = tuple(
        (
            cell(str(place.number)),
            ((Paragraph(content=(Code(text=place.code),))),),
            cell(place.student.listed if place.student else ""),
            cell(place.student.id if place.student else ""),
            cell(place.seat),
            cell(""),
        )
        for place in places
    )
    return Grid(
        header=tuple(cell(title) for title in titles),
        rows=rows,
        alignment=("right", "left", "left", "left", "left", "left"),
        stretch=2,
        least=(0.0, 0.0, _BLANK_NAME, _BLANK_ID, _SEAT, _SIGNATURE),
        row_height=_ROW,
        ruled=True,
    )


# --- what lists have in common -----------------------------------------------------------------


def cell(text: str) -> Blocks:
    """A cell of plain words."""
    return (Paragraph(content=(Text(text=text),)),) if text else ()


def list_title(heading: Heading, title: str, note: str, setting: Setting, root: Node) -> Strips:
    """The title block of a list, and a line below it."""
    look = replace(setting.small, alignment="left")
    said: Inlines = (Text(text=note),)
    line = paragraph(said, look, setting.measure, Node("P", root), gap=4)
    return (*title_block(heading, title, setting, root), *line)


def list_file(
    strips: Strips, title: str, heading: Heading, page: ListPage, *, banner: str = ""
) -> bytes:
    """The PDF of a list."""
    area, setting = page.area, page.setting
    pages = paginate(strips, area.height, area.height)
    painted = tuple(
        paint(one, area, list_furniture(title, banner, setting, area, (i, len(pages))))
        for i, one in enumerate(pages, start=1)
    )
    about = About(title=title, author=heading.author, language=heading.language, paper=page.paper)
    made = fragment(PaintedForm(bookmark=title, pages=painted), page.paper)
    style = setting.style
    return b"".join(assemble([made], about, style.fonts, style.logo, duplex=False))
