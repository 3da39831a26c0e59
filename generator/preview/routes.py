"""Which address shows what: one row for each, and what every answer has in common."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from generator.diagnostics import InputError
from generator.model.dataclass import dataclass
from generator.preview import views
from generator.preview.responses import Fields
from generator.preview.session import Reading, Session
from generator.render.html import load_style
from generator.render.html.fonts import MATH, TEXT
from generator.render.html.scope import scoped_css
from generator.resources import TEMPLATES

_HIGHEST = 10**30
"""Beyond any number of variants; a longer number is nobody's."""
FACES = (*(("Sheet", *face) for face in TEXT), ("Sheet Math", MATH, 400, "normal"))
"""Family, file, weight and style of the fonts, which the page gets whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What goes back to the browser."""

    body: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request names: fields of the address, and of the form that it sends."""

    fields: Fields

    def word(self, name: str) -> str:
        """A field; LookupError if it is missing."""
        return next(iter(self.fields[name]))

    def number(self, name: str) -> int:
        """A field that is a number; LookupError if it is none."""
        text = self.word(name)
        if not (text.isascii() and text.isdigit()) or len(text) > len(str(_HIGHEST)):
            raise LookupError(f"{name} is no number")
        return int(text)


def _html(text: str, status: int = 200) -> Reply:
    return Reply(body=text.encode(), status=status)


def _json(content: Mapping[str, Any]) -> Reply:
    return Reply(
        body=json.dumps(content, ensure_ascii=False).encode(), media_type="application/json"
    )


def _pdf(content: bytes) -> Reply:
    return Reply(body=content, media_type="application/pdf")


Maker = Callable[[Reading, Asked], Reply]

VIEWS: dict[tuple[str, str], Maker] = {
    ("GET", "overview"): lambda reading, _: _json(views.overview(reading)),
    ("GET", "variant"): lambda reading, asked: _json(views.variant(reading, *_variant(asked))),
    ("GET", "draw"): lambda reading, asked: _json(
        views.draw(reading, asked.word("problem"), asked.number("k"))
    ),
    ("GET", "glance"): lambda reading, asked: _html(
        views.glance(reading, asked.word("problem"), asked.number("first"))
    ),
    ("GET", "moodle"): lambda reading, asked: _html(views.moodle_html(reading, *_variant(asked))),
    ("GET", "statistics"): lambda reading, asked: _html(
        views.statistics(reading, asked.word("problem"))
    ),
    ("GET", "student.pdf"): lambda reading, asked: _pdf(
        views.student_pdf(reading, *_variant(asked))
    ),
    ("GET", "key.pdf"): lambda reading, asked: _pdf(views.key_pdf(reading, *_variant(asked))),
    ("POST", "mark"): lambda reading, asked: _json(
        views.marked(reading, *_variant(asked), asked.fields)
    ),
}
"""Method and name -> what is made of the newest reading."""


def _variant(asked: Asked) -> tuple[str, int]:
    return asked.word("problem"), asked.number("index")


def view(session: Session, method: str, name: str, asked: Asked) -> Reply:
    """An answer about the bank: what was asked for, or the findings that prevent it (422)."""
    make = VIEWS.get((method, name))
    reading = session.reading
    if make is None:
        return missing()
    try:
        return session.bench.run(lambda: _found(make, reading, asked))
    except InputError as error:
        return _html(views.findings_html(error.diagnostics, reading.files), status=422)


def _found(make: Maker, reading: Reading, asked: Asked) -> Reply:
    try:
        return make(reading, asked)
    except LookupError:
        return missing()


def missing() -> Reply:
    """Where there is nothing."""
    return Reply(body=b"not found\n", media_type="text/plain; charset=utf-8", status=404)


def static(name: str) -> Reply | None:
    """The page's script, styles and fonts; None if it has none of this name."""
    if name in ("preview.js", "preview.css"):
        kind = "text/javascript" if name.endswith(".js") else "text/css"
        body = (TEMPLATES / "preview" / name).read_bytes()
        return Reply(body=body, media_type=f"{kind}; charset=utf-8")
    if name == "sheet.css":
        return Reply(body=_sheet_css().encode(), media_type="text/css; charset=utf-8")
    if name in {file for _, file, _, _ in FACES}:
        return Reply(body=(TEMPLATES / "fonts" / name).read_bytes(), media_type="font/ttf")
    return None


def _sheet_css() -> str:
    """How a question looks on a page for self-study, within the page; with whole fonts."""
    style = load_style((TEMPLATES / "words" / "en.yaml").read_text("utf-8"), "en")
    faces = [
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {slant}; '
        f'src: url("{file}") format("truetype"); }}'
        for family, file, weight, slant in FACES
    ]
    return "\n".join(faces) + "\n" + scoped_css(style, ".paper")
