"""The style of sheets: a theme, the fixed words of a language, and how each kind of text looks.

Theme and words are files that a department edits, so whatever is wrong in them is a diagnostic
that points at the line; nothing is left to fail while a sheet is set.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from generator.diagnostics import InputError
from generator.language.numbers import plain
from generator.model.dataclass import dataclass
from generator.model.source import SourceFile
from generator.render.pdf.fonts import Fonts
from generator.render.pdf.inline import Type
from generator.render.pdf.logo import Logo
from generator.render.pdf.own_file import Layers
from generator.render.pdf.theme import PAPERS, Colors, ReadTheme, Theme, ThemeFile, read_theme
from generator.render.pdf.words import Words, read_words, texts
from generator.render.typesetter import decimal_sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Theme and words, with what follows from them."""

    theme: Theme
    words: Words
    fonts: Fonts
    logo: Logo | None = None

    @property
    def paper(self) -> tuple[float, float]:
        """Width and height of the paper."""
        return PAPERS[self.theme.paper]

    @property
    def measure(self) -> float:
        """The width of the text."""
        return self.paper[0] - self.theme.margins.left - self.theme.margins.right


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A style in the language of a sheet: how each kind of text looks there, and how wide it is."""

    style: Style
    body: Type
    small: Type
    note: Type
    measure: float

    @classmethod
    def of(cls, style: Style, language: str) -> Setting:
        """Body is running text; small are instructions and solutions; notes stand in margins."""
        text, small = style.theme.text, style.theme.small
        body = Type(fonts=style.fonts, size=text.size, leading=text.leading, language=language)
        return cls(
            style=style,
            measure=style.measure,
            body=body,
            small=replace(body, size=small.size, leading=small.leading),
            note=replace(
                body,
                size=small.size * 0.9,
                leading=small.leading * 0.9,
                color=style.theme.colors.faint,
            ),
        )

    @property
    def words(self) -> Words:
        """The fixed words."""
        return self.style.words

    @property
    def colors(self) -> Colors:
        """The colours."""
        return self.style.theme.colors

    def narrowed(self, width: float) -> Setting:
        """The same for text that leaves so much room beside it."""
        return replace(self, measure=self.measure - width)

    def points(self, points: Fraction) -> str:
        """``1 point``, ``2.5 points``, ``2,5 Punkte``."""
        counted = self.words.point_count
        words = counted.one if points == 1 else counted.other
        return words.format(points=self.number(points))

    def number(self, value: Fraction) -> str:
        """A number with the decimal sign that formulas have in this language."""
        return plain(value).replace(".", decimal_sign(self.body.language))


def load_style(theme_text: str, words_text: str, own: ThemeFile | None = None) -> Style:
    """The style that these YAML files describe: the shipped theme, the words, a theme of one's own.

    Raises InputError with all that is wrong in them.
    """
    read = read_theme(SourceFile(name="sheet.yaml", text=theme_text), own)
    words, layers = read_words(SourceFile(name="words", text=words_text))
    _check_letters(words, layers, read.fonts)
    return Style(theme=read.theme, words=words, fonts=read.fonts, logo=_logo(read))


def _logo(read: ReadTheme) -> Logo | None:
    logo = read.theme.header.logo
    if logo is None or read.logo is None:
        return None
    from generator.render.pdf.logo_file import read_logo  # noqa: PLC0415 - loads Pillow, for few

    return read_logo(read.logo, logo.height, logo.alt)


def _check_letters(words: Words, layers: Layers, fonts: Fonts) -> None:
    """A language in a script of its own needs a font: better told now than in the first sheet."""
    missing = fonts.missing("".join(text for _, text in texts(words)))
    if not missing:
        return
    place = next(name for name, text in texts(words) if fonts.missing(text))
    shown = " ".join(missing[:8]) + (" …" if len(missing) > 8 else "")
    message = f"no font of the theme has {len(missing)} letters of these words: {shown}"
    cure = "name a TrueType font that has them under `fonts: {fallback: [...]}` in a theme"
    raise InputError([layers.finding(("sheet", place), message, cure)])
