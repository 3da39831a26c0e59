"""Moodle's XML, as its importer needs it: text in CDATA, no character that would end the import."""

from __future__ import annotations

from markupsafe import Markup

from generator.model.dataclass import dataclass
from generator.render.hypertext import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that travels inside the XML, in base64, beside the text that shows it."""

    name: str
    base64: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rich:
    """HTML with exactly the files that it shows. Moodle: "A missing file is not reported"."""

    html: str
    files: tuple[File, ...] = ()


def as_markup(text: str) -> Markup:
    """Text that is markup already: templates must not escape it again."""
    return Markup(text)  # noqa: S704 - all of it comes from our own writers, which escape


def cdata(text: str) -> str:
    """Text as a CDATA section.

    Moodle: "Put CDATA in every `<text>`, names and answers too: without it white space between
    two entities is lost"; "`]]>` inside text: split the CDATA"; "Control characters … rejected".
    """
    return f"<![CDATA[{clean(text).replace(']]>', ']]]]><![CDATA[>')}]]>"
