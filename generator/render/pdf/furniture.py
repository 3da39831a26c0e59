"""What is repeated on every page around its text: running header, code, footer.

None of it is part of the document, so a screen reader passes over it. The QR code and the printed
code stand at the same place on every page of every sheet, so that a scanner finds them.
"""

from __future__ import annotations

from dataclasses import replace

from generator.model.dataclass import dataclass
from generator.model.student import Student
from generator.render.pdf.ink import Ink, numbers, stroke_color
from generator.render.pdf.inline import Type
from generator.render.pdf.paint import Area, Furniture, Placed
from generator.render.pdf.paragraph import text_ink
from generator.render.pdf.qr import qr_ink
from generator.render.pdf.style import Setting, Style

_QR = 44.0
_FROM_EDGE = 24.0
"""The code's distance from the paper's top: further up, some printers cut it off."""
_BESIDE = 12.0
"""White between the text and what stands in the right margin."""
_RUNNING = 32.0
"""Height of the running header."""
_NAME_SHARE = 0.6

Count = tuple[int, int]
"""The number of a page, and of all pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What the furniture says. `banner` marks a key, which then bears no QR code.

    `student` is whose sheet it is; without one, pages have lines to write the name on.
    """

    title: str
    number: int
    code: str
    banner: str = ""
    student: Student | None = None


def first_area(style: Style) -> Area:
    """Where the text of a sheet's first page stands."""
    return _area(style, 0.0)


def later_area(style: Style, running: Running) -> Area:
    """Where the text of all other pages stands: below the lines for the name, if there are any."""
    return _area(style, 0.0 if running.banner else _RUNNING)


def _area(style: Style, down: float) -> Area:
    width, tall = style.paper
    margins = style.theme.margins
    return Area(
        paper_width=width,
        paper_height=tall,
        left=margins.left,
        top=margins.top + down,
        height=tall - margins.top - margins.bottom - down,
    )


def furniture(running: Running, setting: Setting, page: int, pages: int) -> Furniture:
    """Header and footer of one page."""
    header = _code(running, setting, page)
    if running.banner:
        ink, _ = text_ink(running.banner, _banner(setting))
        header.append((_left(setting), setting.style.paper[1] - _FROM_EDGE - 8, ink))
    elif page > 1:
        header += _name_lines(setting, running.student)
    return Furniture(
        header=tuple(header), footer=tuple(_sheet_footer(running, setting, (page, pages)))
    )


def _left(setting: Setting) -> float:
    return setting.style.theme.margins.left


def _banner(setting: Setting) -> Type:
    return replace(setting.note, role="bold", color=setting.colors.key)


def _code(running: Running, setting: Setting, page: int) -> list[Placed]:
    """The code in print and, on sheets that come back, as a QR code, in the upper right corner."""
    style = setting.style
    left = _left(setting) + style.measure + _BESIDE
    top = style.paper[1] - _FROM_EDGE
    look = replace(setting.note, role="mono", size=7.2, color="#000000")
    ink, width = text_ink(running.code, look)
    room = style.theme.margins.right - _BESIDE - 10
    if width > room:
        look = replace(look, size=look.size * room / width)
        ink, width = text_ink(running.code, look)
    if running.banner:
        return [(left, top - 8, ink)]
    middle = left + max(0.0, (_QR - width) / 2)
    return [
        (left, top - _QR, qr_ink(running.code, page, _QR)),
        (middle, top - _QR - 9, ink),
    ]


def _name_lines(setting: Setting, student: Student | None) -> list[Placed]:
    """Name and student ID, or a line each to write on, in case the pages come apart."""
    style, look, words = setting.style, setting.note, setting.words
    y = style.paper[1] - style.theme.margins.top - 10
    pen = f".5 w {stroke_color(setting.colors.frame)}"
    begin = _left(setting)
    placed: list[Placed] = []
    for label, known, share in (
        (words.name, student.name if student else "", _NAME_SHARE),
        (words.student_id, student.id if student else "", 1 - _NAME_SHARE),
    ):
        room = (style.measure - 16) * share
        ink, width = text_ink(label, look)
        placed.append((begin, y, ink))
        begun, left = begin + width + 6, room - width - 6
        if known:
            placed.append((begun, y, _shortened(known, "", replace(look, color="#000000"), left)))
        else:
            placed.append((begun, y - 2, Ink(f"q {pen} 0 0 m {numbers(left, 0)} l S Q")))
        begin += room + 16
    return placed


def list_furniture(title: str, banner: str, setting: Setting, area: Area, at: Count) -> Furniture:
    """Header and footer of a page of a list, which bears no code."""
    header: list[Placed] = []
    if banner:
        ink, _ = text_ink(banner, _banner(setting))
        header.append((area.left, area.paper_height - _FROM_EDGE - 8, ink))
    footer = _footer((title, ""), banner, setting, area.left, at)
    return Furniture(header=tuple(header), footer=tuple(footer))


def _sheet_footer(running: Running, setting: Setting, at: Count) -> list[Placed]:
    name = f" · {running.student.name}" if running.student and running.banner else ""
    form = setting.words.form.format(number=running.number)
    said = (running.title + name, f" · {form}")
    return _footer(said, running.banner, setting, _left(setting), at)


def _footer(
    said: tuple[str, str], banner: str, setting: Setting, left: float, at: Count
) -> list[Placed]:
    """What the page belongs to (the first text is cut short if need be), banner, page number."""
    y = setting.style.theme.margins.bottom - 24
    pen = f".4 w {stroke_color(setting.colors.frame)}"
    rule = Ink(f"q {pen} 0 0 m {numbers(setting.measure, 0)} l S Q")
    page, pages = at
    count, width = text_ink(setting.words.page.format(page=page, pages=pages), setting.note)
    room = setting.measure - width - setting.note.size
    placed = [(left, y + 11, rule), (left + setting.measure - width, y, count)]
    if banner:
        ink, wide = text_ink(banner, _banner(setting))
        placed.append((left + (setting.measure - wide) / 2, y, ink))
        room = (setting.measure - wide) / 2 - setting.note.size
    placed.append((left, y, _shortened(*said, setting.note, room)))
    return placed


def _shortened(title: str, ending: str, look: Type, room: float) -> Ink:
    """The title, cut short so that it and what follows it are no wider than `room`."""
    ink, width = text_ink(title + ending, look)
    kept = len(title)
    while width > room and kept > 0:
        kept -= 1 + kept // 20
        ink, width = text_ink(title[: max(0, kept)].rstrip() + "…" + ending, look)
    return ink
