"""What the sheets can set, asked before they are made.

Formulas that differ in their numbers alone are laid out once, as the variants of a problem have
very many of them. What slips through (a title, a label of a figure) raises `cannot_show` instead
of leaving a blank box.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from generator.diagnostics import Diagnostic, InputError
from generator.render.pdf.fonts import Face, MissingGlyphs
from generator.render.pdf.formula import complaint
from generator.render.pdf.latex import LONGEST, FormulaError
from generator.render.pdf.style import Style

_CURE = "name a TrueType font that has it under `fonts: {fallback: [...]}` in the sheet's theme"


class Proofreader:
    """Tells of formulas and letters whether sheets of this style can show them."""

    def __init__(self, style: Style, language: str) -> None:
        self._fonts = style.fonts
        self._face = style.fonts.face("math")
        self._shown: set[str] = set()
        self._language = language

    def formula(self, latex: str, *, display: bool) -> str:
        """Why this LaTeX cannot be typeset, in a few words with its column; empty where it can."""
        face, language = self._face, self._language
        if len(latex) <= LONGEST and not _LOOKED_AT.search(latex):
            skeleton = _NUMBER.sub("0", latex)
            if _can_be_set(skeleton, face, display=display, language=language):
                return ""
        return complaint(latex, face, display=display, language=language)

    def letters(self, text: str) -> str:
        """The characters of `text` that no font of the style has, each once."""
        unknown = {*text} - self._shown
        if not unknown:
            return ""
        missing = self._fonts.missing("".join(sorted(unknown)))
        self._shown |= unknown - {*missing}
        return missing


_NUMBER = re.compile("[0-9]+")
_LOOKED_AT = re.compile("color|char|unicode")
"""Commands to which a number is more than a row of digits."""


@lru_cache(maxsize=4_000)
def _can_be_set(skeleton: str, face: Face, *, display: bool, language: str) -> bool:
    """Whether a formula can be laid out, and so every one with other numbers in it."""
    return not complaint(skeleton, face, display=display, language=language)


def cannot_show(error: FormulaError | MissingGlyphs) -> InputError:
    """What was found only while a sheet was set, as a finding."""
    if isinstance(error, FormulaError):
        message = f"a formula of the sheet cannot be typeset: {error}"
        return InputError([Diagnostic(code="bad-formula", message=message)])
    letters = ", ".join(
        f"{letter!r} (U+{ord(letter):04X}, {unicodedata.name(letter, 'unnamed')})"
        for letter in error.letters
    )
    message = f"no font of the sheet has {letters}, in {error.text!r}"
    return InputError([Diagnostic(code="missing-glyph", message=message, help=_CURE)])
