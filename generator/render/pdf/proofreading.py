"""What the sheets can set, asked before they are made.

A formula that is asked about here is laid out and stays in the cache, so that a sheet pays for it
only once. What slips through (a title, a label of a figure) raises `cannot_show` instead of
leaving a blank box.
"""

from __future__ import annotations

import unicodedata

from generator.diagnostics import Diagnostic, InputError
from generator.render.pdf.fonts import MissingGlyphs
from generator.render.pdf.formula import complaint
from generator.render.pdf.latex import FormulaError
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
        return complaint(latex, self._face, display=display, language=self._language)

    def letters(self, text: str) -> str:
        """The characters of `text` that no font of the style has, each once."""
        missing = self._fonts.missing("".join(sorted(set(text) - self._shown)))
        self._shown |= set(text) - set(missing)
        return missing


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
