"""The templates and the words of the Moodle export: what a user may restyle and reword."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from generator.model.dataclass import dataclass
from generator.render.hypertext import clean
from generator.render.hypertext import words as words_as_html
from generator.render.moodle.xml import as_markup, cdata
from generator.render.templates import Filter, Templates, read_section
from generator.resources import TEMPLATES

FOLDER = TEMPLATES / "moodle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style(Templates):
    """Jinja2 templates for Moodle's XML and HTML, and the words that they show."""

    section: ClassVar[str] = "moodle"
    filters: ClassVar[Mapping[str, Filter]] = {
        "cdata": lambda text: as_markup(cdata(str(text))),
        "words": lambda text: as_markup(words_as_html(str(text))),
        "xml": lambda text: clean(str(text)),
    }


def load_style(words: str, folder: Path = FOLDER) -> Style:
    """The style of a language: `words` is the text of its words file, `folder` has the templates.

    Raises InputError where the words file is not YAML or has no ``moodle`` section.
    """
    return Style(words=read_section(words, Style.section), folder=folder)
