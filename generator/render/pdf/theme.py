"""The theme: how printed sheets look, as `templates/sheet.yaml` and a department's own file say."""

from __future__ import annotations

import hashlib
import re
import string
from pathlib import Path
from typing import Annotated, Literal

from generator.diagnostics import Diagnostic, InputError, did_you_mean
from generator.model.dataclass import dataclass
from generator.model.source import SourceFile
from generator.render.pdf.declared import Limit
from generator.render.pdf.fonts import Fonts
from generator.render.pdf.own_file import Layers, read
from generator.resources import TEMPLATES

PAPERS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
"""Width and height in points."""


def _between(low: int, high: int) -> Limit:
    return Limit(lambda number: low <= number <= high, f"a number from {low} to {high}")


Length = Annotated[float, _between(0, 400)]
Size = Annotated[float, _between(5, 30)]
_COLOR = re.compile("#[0-9a-fA-F]{6}")
Color = Annotated[str, Limit(_COLOR.fullmatch, "a colour such as '#14532d'")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """White space around the text of a page."""

    top: Length
    bottom: Length
    left: Length
    right: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A size of text and its distance of baselines."""

    size: Size
    leading: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFiles:
    """Names of font files."""

    regular: str
    italic: str
    bold: str
    bold_italic: str
    mono: str
    fallback: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Colors:
    """The few colours of a sheet."""

    key: Color
    faint: Color
    frame: Color
    ruling: Color


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The space that is left for answers."""

    line: Length
    ruling: Literal["ruled", "dotted", "none"]
    number_width: Length
    number_height: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderField:
    """A line of the title block that the bank does not know: ``Room: H 1012``."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoFile:
    """A picture beside the title: its file, how high it stands, what it shows in words."""

    file: str
    alt: Annotated[str, Limit(str.strip, "what the picture shows, in words,")]
    height: Annotated[float, _between(8, 120)] = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The title block. In its texts, ``{course}`` and the like stand for what the bank says."""

    left: str
    right: str
    below: str
    fields: tuple[HeaderField, ...] = ()
    logo: LogoFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """All that `templates/sheet.yaml` says."""

    paper: Literal["a4", "letter"]
    margins: Margins
    text: Text
    small: Text
    header: Header
    fonts: FontFiles
    colors: Colors
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFile:
    """A theme of a user's own, and the folder in which the files that it names are looked up."""

    source: SourceFile
    folder: Path

    @property
    def digest(self) -> str:
        """SHA-256 of its text."""
        return hashlib.sha256(self.source.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTheme:
    """A theme with its files found: they are beside it or in ``templates/fonts``."""

    theme: Theme
    layers: Layers
    fonts: Fonts
    logo: Path | None


def read_theme(shipped: SourceFile, own: ThemeFile | None = None) -> ReadTheme:
    """The shipped theme with the user's own laid over it. Raises InputError with all mistakes."""
    layers = Layers.of(shipped, own.source) if own else Layers.of(shipped)
    theme = read(Theme, layers, layers.content)
    folders = (own.folder, _SHIPPED) if own else (_SHIPPED,)
    findings = [*_blanks(layers, theme.header), *_missing_files(layers, theme, folders)]
    if findings:
        raise InputError(findings)
    logo = theme.header.logo
    return ReadTheme(
        theme=theme,
        layers=layers,
        fonts=_fonts(theme.fonts, folders),
        logo=_found(logo.file, folders) if logo else None,
    )


_SHIPPED = TEMPLATES / "fonts"

# --- the texts of the header -------------------------------------------------------------------

BLANKS = ("course", "author", "date", "title")
"""What the texts of the header may name between braces."""


def _blanks(layers: Layers, header: Header) -> list[Diagnostic]:
    findings = []
    for place in ("left", "right", "below"):
        for name in named(getattr(header, place)):
            if name not in BLANKS:
                message = f"`header.{place}` names {{{name}}}, which is not known"
                known = ", ".join(f"{{{blank}}}" for blank in BLANKS)
                cure = did_you_mean(name, BLANKS) or f"it may name {known}"
                findings.append(layers.finding(("header", place), message, cure))
    return findings


def named(text: str) -> tuple[str, ...]:
    """What a text names between braces; a text with stray braces names ``{``."""
    try:
        pieces = tuple(string.Formatter().parse(text))
    except ValueError:
        return ("{",)
    return tuple(name for _, name, _, _ in pieces if name is not None)


# --- files -------------------------------------------------------------------------------------

_ROLES = ("regular", "italic", "bold", "bold_italic", "mono")
_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
"""How a font file with glyf outlines begins, the only ones that are embedded as they are."""
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""How PNG and JPEG files begin."""

_Folders = tuple[Path, ...]


def _missing_files(layers: Layers, theme: Theme, folders: _Folders) -> list[Diagnostic]:
    fonts = theme.fonts
    wanted = [(("fonts", role), getattr(fonts, role)) for role in _ROLES]
    wanted += [(("fonts", "fallback"), name) for name in fonts.fallback]
    findings = []
    for place, name in wanted:
        trouble = _trouble(name, folders, _TRUETYPE, "TrueType file (with glyf outlines)")
        if trouble:
            known = [path.name for path in _SHIPPED.glob("*.ttf")]
            message = f"the font {name!r} cannot be used: {trouble}"
            findings.append(layers.finding(place, message, did_you_mean(name, known)))
    if theme.header.logo:
        name = theme.header.logo.file
        trouble = _trouble(name, folders, _PICTURES, "PNG or JPEG file")
        if trouble:
            message = f"the logo {name!r} cannot be used: {trouble}"
            findings.append(layers.finding(("header", "logo", "file"), message))
    return findings


def _trouble(name: str, folders: _Folders, beginnings: tuple[bytes, ...], kind: str) -> str:
    """Why a file cannot be embedded; empty if it can."""
    path = _found(name, folders)
    if path is None:
        *beside, _ = folders
        places = " or ".join([*map(str, beside), "templates/fonts"])
        return f"there is no such file in {places}"
    try:
        with path.open("rb") as file:
            begin = file.read(8)
    except OSError as error:
        return f"it cannot be read ({error.strerror})"
    return "" if begin.startswith(beginnings) else f"it is no {kind}"


def _found(name: str, folders: _Folders) -> Path | None:
    paths = (folder / name for folder in folders)  # a full path stays what it is
    return next((path for path in paths if _is_file(path)), None)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long for the system
        return False


def _fonts(names: FontFiles, folders: _Folders) -> Fonts:
    def path(name: str) -> Path:
        return _found(name, folders) or Path(name)

    return Fonts(
        **{role: path(getattr(names, role)) for role in _ROLES},
        math=_SHIPPED / "STIXTwoMath-Regular.ttf",
        fallback=tuple(path(name) for name in names.fallback),
    )
