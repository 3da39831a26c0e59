"""The look and the fixed words of sheets: `templates/sheet.yaml` and `templates/words/*.yaml`.

Both are files that a department edits, so whatever is wrong in them is a diagnostic that points
at the line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

import yaml
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from generator.diagnostics import Diagnostic, InputError, did_you_mean
from generator.language.numbers import plain
from generator.model.source import SourceFile
from generator.render.pdf.fonts import Fonts
from generator.render.pdf.inline import Type
from generator.resources import TEMPLATES

T = TypeVar("T")

_STRICT = ConfigDict(extra="forbid")
_PAPERS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
"""Width and height in points."""

# Strict, because YAML's `no` is false, and false would be taken for 0.
Length = Annotated[float, Field(ge=0, le=400, strict=True)]
Size = Annotated[float, Field(ge=5, le=30, strict=True)]
Color = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """White space around the text of a page."""

    __pydantic_config__ = _STRICT

    top: Length
    bottom: Length
    left: Length
    right: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A size of text and its distance of baselines."""

    __pydantic_config__ = _STRICT

    size: Size
    leading: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFiles:
    """Names of font files."""

    __pydantic_config__ = _STRICT

    regular: str
    italic: str
    bold: str
    bold_italic: str
    mono: str
    fallback: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Colors:
    """The few colours of a sheet."""

    __pydantic_config__ = _STRICT

    key: Color
    faint: Color
    frame: Color
    ruling: Color


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The space that is left for answers."""

    __pydantic_config__ = _STRICT

    line: Length
    ruling: Literal["ruled", "dotted", "none"]
    number_width: Length
    number_height: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """All that `templates/sheet.yaml` says."""

    __pydantic_config__ = _STRICT

    paper: Literal["a4", "letter"]
    margins: Margins
    text: Text
    small: Text
    fonts: FontFiles
    colors: Colors
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Words that depend on a number: for exactly one, and for any other."""

    __pydantic_config__ = _STRICT

    one: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The fixed words of sheets, by what they name."""

    __pydantic_config__ = _STRICT

    name: str
    student_id: str
    form: str
    page: str
    problem: str
    points: str
    marks: str
    total: str
    point_count: Counted
    answer: str
    justification: str
    key_banner: str
    key_title: str
    key: str
    solution: str
    mistakes: str
    mistake_result: str
    mistake_reason: str
    mistake_worth: str
    rubric: str
    evidence: str
    true: str
    false: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Theme and words, with what follows from them."""

    theme: Theme
    words: Words
    fonts: Fonts

    @property
    def paper(self) -> tuple[float, float]:
        """Width and height of the paper."""
        return _PAPERS[self.theme.paper]

    @property
    def measure(self) -> float:
        """The width of the text."""
        return self.paper[0] - self.theme.margins.left - self.theme.margins.right


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A style in the language of a sheet: how each kind of text looks there."""

    style: Style
    body: Type
    small: Type
    note: Type

    @classmethod
    def of(cls, style: Style, language: str) -> Setting:
        """Body is running text; small are instructions and solutions; notes stand in margins."""
        text, small = style.theme.text, style.theme.small
        body = Type(fonts=style.fonts, size=text.size, leading=text.leading, language=language)
        return cls(
            style=style,
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

    @property
    def measure(self) -> float:
        """The width of the text."""
        return self.style.measure

    def points(self, points: Fraction) -> str:
        """``1 point``, ``2.5 points``."""
        counted = self.words.point_count
        words = counted.one if points == 1 else counted.other
        return words.format(points=plain(points))


def load_style(theme_text: str, words_text: str) -> Style:
    """The style that these two YAML files describe. Raises InputError with all that is wrong."""
    theme_file = SourceFile(name="sheet.yaml", text=theme_text)
    words_file = SourceFile(name="words", text=words_text)
    theme = _THEME.read(theme_file, _mapping(theme_file))
    spoken = _mapping(words_file)
    sheet = spoken.get("sheet")
    if not isinstance(sheet, dict):
        raise InputError([_finding(words_file, ("sheet",), "the words of sheets are missing")])
    words = _WORDS.read(
        words_file, {**sheet, "true": spoken.get("true"), "false": spoken.get("false")}, ("sheet",)
    )
    return Style(theme=theme, words=words, fonts=_fonts(theme_file, theme.fonts))


def _fonts(file: SourceFile, names: FontFiles) -> Fonts:
    named = [(role, getattr(names, role)) for role in _ROLES]
    named += [("fallback", name) for name in names.fallback]
    findings = []
    for role, name in named:
        trouble = _trouble(_font(name))
        if trouble:
            known = [path.name for path in (TEMPLATES / "fonts").glob("*.ttf")]
            message = f"the font {name!r} cannot be used: {trouble}"
            findings.append(_finding(file, ("fonts", role), message, did_you_mean(name, known)))
    if findings:
        raise InputError(findings)
    return Fonts(
        **{role: _font(getattr(names, role)) for role in _ROLES},
        math=_font("STIXTwoMath-Regular.ttf"),
        fallback=tuple(_font(name) for name in names.fallback),
    )


_ROLES = ("regular", "italic", "bold", "bold_italic", "mono")
_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
"""How a font file with glyf outlines begins, the only ones that are embedded as they are."""


def _font(name: str) -> Path:
    return TEMPLATES / "fonts" / name  # a full path stays what it is


def _trouble(path: Path) -> str:
    """Why a file cannot be embedded; empty if it can."""
    if not path.is_file():
        return "there is no such file in templates/fonts"
    with path.open("rb") as file:
        begin = file.read(4)
    return "" if begin in _TRUETYPE else "it is no TrueType file (with glyf outlines)"


def _mapping(file: SourceFile) -> dict[str, Any]:
    try:
        content = yaml.safe_load(file.text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = f"this is no YAML: {error.problem}"
        finding = Diagnostic(code="yaml", message=message, file=file, line=line, column=column)
        raise InputError([finding]) from None
    if not isinstance(content, dict):
        raise InputError([_finding(file, (), "a mapping is expected here")])
    return content


class _Reader(Generic[T]):
    """Reads a dataclass from a mapping; every mistake becomes a diagnostic at its place."""

    def __init__(self, kind: type[T]) -> None:
        self._adapter = TypeAdapter(kind)

    def read(self, file: SourceFile, content: object, above: tuple[str, ...] = ()) -> T:
        try:
            return self._adapter.validate_python(content)
        except ValidationError as error:
            findings = []
            for problem in error.errors(include_url=False):
                place = (*above, *map(str, problem["loc"]))
                message = f"`{'.'.join(place)}`: {problem['msg'][0].lower()}{problem['msg'][1:]}"
                findings.append(_finding(file, place, message))
            raise InputError(findings) from None


_THEME = _Reader(Theme)
_WORDS = _Reader(Words)


def _finding(file: SourceFile, place: tuple[str, ...], message: str, cure: str = "") -> Diagnostic:
    """A diagnostic at the deepest part of `place` that the file has."""
    node = yaml.compose(file.text, Loader=yaml.SafeLoader)
    for step in place:
        if not isinstance(node, yaml.MappingNode):
            break
        inner = next((value for key, value in node.value if key.value == step), None)
        if inner is None:
            break
        node = inner
    mark = node.start_mark if node else None
    return Diagnostic(
        code="style",
        message=message,
        help=cure,
        file=file,
        line=mark.line + 1 if mark else 1,
        column=mark.column + 1 if mark else 1,
    )
