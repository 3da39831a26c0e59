"""How things look and what they are called, read from the templates folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from generator.diagnostics import Diagnostic, InputError
from generator.model.dataclass import dataclass
from generator.render import html, moodle, pdf
from generator.render.templates import read_words
from generator.resources import TEMPLATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """What each renderer needs beside the documents, and the fixed words of a language."""

    words: Mapping[str, Any]
    sheet: pdf.Style
    moodle: moodle.Style
    html: html.Style

    @classmethod
    @lru_cache(maxsize=8)
    def shipped(cls, language: str, own: pdf.ThemeFile | None = None) -> Styles:
        """The templates that come with gen-quiz, with a theme of one's own laid over them.

        They are read once in a process: a preview asks for them with every save.
        Raises InputError for a language without words, and for what is wrong in the theme.
        """
        folder = TEMPLATES / "words"
        path = folder / f"{language}.yaml"
        if not path.is_file():
            known = ", ".join(sorted(file.stem for file in folder.glob("*.yaml")))
            message = f"there are no words for sheets in the language {language!r}"
            cure = f"the bank's `language` may be one of: {known}"
            raise InputError([Diagnostic(code="unknown-language", message=message, help=cure)])
        text = path.read_text("utf-8")
        theme = (TEMPLATES / "sheet.yaml").read_text("utf-8")
        return cls(
            words=read_words(text),
            sheet=pdf.load_style(theme, text, own),
            moodle=moodle.load_style(text),
            html=html.load_style(text, language),
        )
