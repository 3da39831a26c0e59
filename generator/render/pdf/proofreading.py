"""What the sheets can set, asked before they are made.

A formula that is asked about here is laid out and stays in the cache, so that a sheet pays for it
only once.
"""

from __future__ import annotations

from generator.render.pdf.formula import FormulaError, formula
from generator.render.pdf.style import Style


class Proofreader:
    """Tells of formulas and letters whether sheets of this style can show them."""

    def __init__(self, style: Style, language: str) -> None:
        self._fonts = style.fonts
        self._face = style.fonts.face("math")
        self._language = language

    def formula(self, latex: str, *, display: bool) -> str:
        """Why this LaTeX cannot be typeset, in a few words with its column; empty where it can."""
        try:
            formula(latex, self._face, display=display, language=self._language)
        except FormulaError as error:
            return str(error)
        return ""

    def letters(self, text: str) -> str:
        """The characters of `text` that no font of the style has, each once."""
        return self._fonts.missing(text)
