"""The templates and the words of pages for self-study."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, ClassVar

from markupsafe import Markup

from generator.language.numbers import plain
from generator.model.dataclass import dataclass
from generator.render.hypertext import words as words_as_html
from generator.render.templates import Filter, Templates, read_section, read_words
from generator.resources import TEMPLATES

FOLDER = TEMPLATES / "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style(Templates):
    """Jinja2 templates and a style sheet, the words of pages, and those that sheets have too.

    `verdicts` are the words for true and false; `language` is that of the words, in which formulas
    are read out.
    """

    section: ClassVar[str] = "html"
    filters: ClassVar[Mapping[str, Filter]] = {
        "words": lambda text: Markup(words_as_html(str(text))),  # noqa: S704 - it escapes
    }

    sheet: Mapping[str, Any]
    verdicts: tuple[str, str]
    language: str = "en"

    def points(self, points: Fraction) -> str:
        """``1 point``, ``2.5 points``."""
        counted = self.sheet["point_count"]
        return str(counted["one" if points == 1 else "other"]).format(points=plain(points))

    @property
    def css(self) -> str:
        """The style sheet."""
        return (self.folder / "style.css").read_text("utf-8")


def load_style(words: str, language: str, folder: Path = FOLDER) -> Style:
    """The style of a language: `words` is the text of its words file, `folder` has the templates.

    Raises InputError where the words file is no YAML or lacks its ``html`` or ``sheet`` section.
    """
    verdicts = read_words(words)
    return Style(
        words=read_section(words, "html"),
        verdicts=(str(verdicts.get("true")), str(verdicts.get("false"))),
        sheet=read_section(words, "sheet"),
        language=language,
        folder=folder,
    )
