"""What the sheets can set, asked before they are made.

Of the very many formulas in the variants of a problem that differ in their numbers alone, the
first is laid out; a sheet that has it need not lay it out again. What slips through (a title, a
label of a figure) raises `cannot_show` instead of leaving a blank box.
"""

from __future__ import annotations

import unicodedata

from generator.diagnostics import Diagnostic, InputError
from generator.render.pdf.fonts import MissingGlyphs
from generator.render.pdf.formula import complaint
from generator.render.pdf.latex import FormulaError
from generator.render.pdf.skeleton import skeleton
from generator.render.pdf.style import Style

_CURE = "name a TrueType font that has it under `fonts: {fallback: [...]}` in the sheet's theme"
_KEPT = 4_000
"""So many kinds of formulas are known to be fine, before they are all forgotten."""


class Proofreader:
    """Tells of formulas and letters whether sheets of this style can show them."""

    def __init__(self, style: Style, language: str) -> None:
        self._fonts = style.fonts
        self._face = style.fonts.face("math")
        self._shown: set[str] = set()
        self._can_be_set: set[tuple[str, bool]] = set()
        self._language = language

    def formula(self, latex: str, *, display: bool) -> str:
        """Why this LaTeX cannot be typeset, in a few words with its column; empty where it can."""
        like_it = skeleton(latex), display
        if like_it in self._can_be_set:
            return ""
        found = complaint(latex, self._face, display=display, language=self._language)
        if not found:
            if len(self._can_be_set) >= _KEPT:
                self._can_be_set.clear()
            self._can_be_set.add(like_it)
        return found

    def letters(self, text: str) -> str:
        """The characters of `text` that no font of the style has, each once."""
        unknown = {*text} - self._shown
        if not unknown:
            return ""
        missing = self._fonts.missing("".join(sorted(unknown)))
        self._shown |= unknown - {*missing}
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
