"""Running text as items for the line breaker: words, blanks, formulas, hyphens.

A word is a box for each stretch between the places where it may be hyphenated. The widths of
these boxes are differences of shaped prefixes, so that an unbroken word is exactly as wide as when
it is shaped as a whole, with all its kerning and ligatures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Any, Literal

import pyphen

from generator.model.dataclass import dataclass
from generator.model.document import Code, Emphasis, Inline, Inlines, LineBreak, Math, Strong, Text
from generator.render.pdf.fonts import RECENT, Face, Fonts
from generator.render.pdf.formula import Formula, formula
from generator.render.pdf.formula_cuts import Cut
from generator.render.pdf.ideographs import pieces
from generator.render.pdf.linebreak import INFINITE, NEVER, Box, Glue, Item, Penalty

Alignment = Literal["justify", "left", "center", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """How running text looks: its faces, size, leading, colour, language and edges."""

    fonts: Fonts
    size: float
    leading: float
    color: str = "#000000"
    language: str = "en"
    role: str = "regular"
    hyphenate: bool = True
    alignment: Alignment = "justify"

    def __hash__(self) -> int:
        """That of what looks of one sheet differ in: they are keys of every cache of the layout."""
        return hash((self.size, self.role, self.alignment, self.color))

    @property
    def ascent(self) -> float:
        """How far below the top of its line a baseline stands."""
        return self.leading * 0.7


@lru_cache(maxsize=RECENT)
def varied(look: Type, **changes: Any) -> Type:
    """The look with these changes: the same object for the same ones, which are told at a glance.

    Looks are keys of every cache of the layout, and a sheet varies a few of them at each turn.
    """
    return replace(look, **changes)


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text in one face at one size."""

    face: Face
    text: str
    size: float


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """The part of a formula from `left` to `right` (in em); `first` tells the first of several."""

    whole: Formula
    left: float
    right: float
    size: float
    first: bool


_STRETCH, _SHRINK = 0.6, 0.2
"""What a blank can take up and give, in widths of its own. TeX's shares (a half, a third) are made
for Computer Modern; a third of STIX Two's narrower blank leaves words that run into each other."""
_HYPHEN_COST = 60
_AFTER_DASH_COST = 40
_SHORT_END_COST = 300
_SHORT_END = 1.6
"""A paragraph should not end in a line of less than so many em: "0." or "it."."""
_BELOW = 0.5
"""The share that counts of what reaches out to the left: it is a tail, low down."""
_BETWEEN_IDEOGRAPHS = 0.08
"""How far (in em) ideographs may be spaced to fill a line, before a line is rather left ragged."""
_MONO_SCALE = 0.87
"""Source Code Pro at this share of the text's size has lower-case letters that look as large."""

_END: tuple[Item, ...] = (Penalty(NEVER), Glue(0, INFINITE, 0), Penalty(-NEVER))
_BLANKS = re.compile(r"[^\S\u00a0\u202f\u2002\u2003\u2009]+")
"""Blanks between words; no-break and fixed spaces are part of a word."""
_SIGNS = ((re.compile(r"(?<=\w)'(?=\w)"), "’"), (re.compile(r"(?<![\w-])-(?=\d)"), "−"))
"""What a keyboard lacks: the apostrophe within a word, the minus before a number."""
_LETTERS = re.compile(r"[^\W\d_]{5,}")


def items(content: Inlines, look: Type) -> tuple[Item, ...]:
    """Running text as the items of one paragraph, the forced break at its end included."""
    found = list(_inlines(content, look, look.role, look.size))
    while found and isinstance(found[-1], Glue):
        found.pop()
    while found and isinstance(found[0], Glue):
        found.pop(0)
    return (*_well_ended(found, _SHORT_END * look.size), *_END)


def _well_ended(found: list[Item], short: float) -> list[Item]:
    """The last word of a paragraph is never hyphenated; a short one is not left alone."""
    last = max((i for i, item in enumerate(found) if isinstance(item, Glue)), default=-1)
    ending = [
        item for item in found[last + 1 :] if not (isinstance(item, Penalty) and item.width > 0)
    ]
    if last < 0:
        return ending
    blank = found[last]
    alone = sum(item.width for item in ending if isinstance(item, Box))
    tie: list[Item] = []
    if alone < short and isinstance(blank, Glue) and isinstance(found[last - 1], Box):
        tie = [Penalty(_SHORT_END_COST, ink=blank.ink)]
    return [*found[:last], *tie, blank, *ending]


def _inlines(content: Inlines, look: Type, role: str, size: float) -> Iterator[Item]:
    for inline, following in zip_longest(content, content[1:]):
        found = _INLINES[type(inline)](inline, look, role, size)
        yield from _corrected(found, following) if isinstance(inline, Emphasis) else found


def _corrected(found: Iterable[Item], following: Inline | None) -> Iterator[Item]:
    """Italics with as much room at their ends as their letters reach out of them.

    TeX's italic correction: without it the blank beside an f or a d is seen as none. Before a
    comma or a full stop it is left out.
    """
    run = list(found)
    left = right = 0.0
    if run and isinstance(run[0], Box) and isinstance(run[0].ink, Word):
        word = run[0].ink
        left = word.face.overhang(word.text[0])[0] * word.size / 1000 * _BELOW
    low = isinstance(following, Text) and following.text[:1] in (",", ".")
    if run and isinstance(run[-1], Box) and isinstance(run[-1].ink, Word) and not low:
        word = run[-1].ink
        right = word.face.overhang(word.text[-1])[1] * word.size / 1000
    yield from (*_room(left), *run, *_room(right))


def _room(width: float) -> Iterator[Item]:
    if width > 0:
        yield Box(width, 0.0, 0.0, None)


def _text(inline: Text, look: Type, role: str, size: float) -> Iterable[Item]:
    return _words(inline.text, look, role, size)


@lru_cache(maxsize=RECENT)
def _words(text: str, look: Type, role: str, size: float) -> tuple[Item, ...]:
    """The items of plain words: of a paragraph whose numbers vary, these stay the same."""
    return tuple(_set_words(text, look, role, size))


def _set_words(text: str, look: Type, role: str, size: float) -> Iterator[Item]:
    for sign, proper in _SIGNS:
        text = sign.sub(proper, text)
    blank = look.fonts.face(role)
    space = blank.shape(" ").width * size / 1000
    glue = Glue(space, space * _STRETCH, space * _SHRINK, Word(blank, " ", size))
    for i, word in enumerate(_BLANKS.split(text)):
        if i > 0:
            yield glue
        if word:
            yield from _word(word, look, role, size)


@lru_cache(maxsize=RECENT)
def _word(word: str, look: Type, role: str, size: float) -> tuple[Item, ...]:
    """The items of a word, which all texts that have it share."""
    return tuple(_set_word(word, look, role, size))


def _set_word(word: str, look: Type, role: str, size: float) -> Iterator[Item]:
    """What stands between blanks: one piece, but for ideographs."""
    for i, piece in enumerate(pieces(word)):
        if i > 0:
            yield Glue(0, size * _BETWEEN_IDEOGRAPHS, 0)
        yield from _piece(piece, look, role, size)


def _piece(word: str, look: Type, role: str, size: float) -> Iterator[Item]:
    for face, text in look.fonts.stretches(role, word):
        places = _places(text, look.language) if look.hyphenate and role != "mono" else ()
        begun, before = 0, 0.0
        for place, hyphenated in (*places, (len(text), False)):
            width = face.shape(text[:place]).width * size / 1000
            yield box(Word(face, text[begun:place], size), width - before)
            begun, before = place, width
            if hyphenated:
                yield _hyphen(face, size)
            elif place < len(text):
                yield Penalty(_AFTER_DASH_COST)


def _hyphen(face: Face, size: float) -> Penalty:
    width = face.shape("-").width * size / 1000
    return Penalty(_HYPHEN_COST, width, flagged=True, ink=Word(face, "-", size))


def box(word: Word, width: float) -> Box:
    """A word as a box of this width, as high as its capitals."""
    scale = word.size / 1000
    return Box(width, word.face.cap_height * scale, 0.22 * word.size, word)


@lru_cache(maxsize=RECENT)
def _places(word: str, language: str) -> tuple[tuple[int, bool], ...]:
    """Where a word may be broken, and whether a hyphen is put there."""
    places: dict[int, bool] = {}
    dictionary = _dictionary(language)
    if dictionary:
        for letters in _LETTERS.finditer(word):
            for place in dictionary.positions(letters.group()):
                places[letters.start() + place] = True
    for dash in re.finditer(r"(?<=\w)[-–—/](?=\w)", word):
        places[dash.end()] = False
    return tuple(sorted(places.items()))


@cache
def _dictionary(language: str) -> pyphen.Pyphen | None:
    known = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=known, left=2, right=3) if known else None


def _math(inline: Math, look: Type, role: str, size: float) -> Iterable[Item]:
    laid = formula(inline.latex, look.fonts.face("math"), display=False, language=look.language)
    return _pieces(laid, size)


@lru_cache(maxsize=RECENT // 4)
def _pieces(laid: Formula, size: float) -> tuple[Item, ...]:
    """A formula as boxes with a break after each of its top-level signs."""
    return tuple(_set_pieces(laid, size))


def _set_pieces(laid: Formula, size: float) -> Iterator[Item]:
    left = 0.0
    cuts: tuple[Cut | None, ...] = (*laid.cuts, None)
    for cut in cuts:
        right = laid.width if cut is None else cut.end
        piece = Piece(laid, left, right, size, first=left == 0)
        height, depth = laid.extent(left, right)
        yield Box((right - left) * size, height * size, depth * size, piece)
        if cut is not None:
            gap = (cut.start - cut.end) * size
            yield Penalty(cut.cost)
            yield Glue(gap, 0.0, 0.0)
            left = cut.start


def _code(inline: Code, look: Type, role: str, size: float) -> Iterator[Item]:
    small = size * _MONO_SCALE
    blank = look.fonts.face("mono")
    space = blank.shape(" ").width * small / 1000
    for i, word in enumerate(inline.text.split(" ")):
        if i > 0:
            yield Glue(space, 0, 0, Word(blank, " ", small))
        if word:
            yield from _word(word, look, "mono", small)


def _emphasis(inline: Emphasis, look: Type, role: str, size: float) -> Iterator[Item]:
    return _inlines(inline.content, look, _LEANING[role], size)


def _strong(inline: Strong, look: Type, role: str, size: float) -> Iterator[Item]:
    return _inlines(inline.content, look, _HEAVIER[role], size)


def _line_break(inline: LineBreak, look: Type, role: str, size: float) -> Iterator[Item]:
    yield Penalty(NEVER)
    yield Glue(0, INFINITE, 0)
    yield Penalty(-NEVER)


_LEANING = {"regular": "italic", "italic": "regular", "bold": "bold_italic", "bold_italic": "bold"}
_HEAVIER = {
    "regular": "bold",
    "italic": "bold_italic",
    "bold": "bold",
    "bold_italic": "bold_italic",
}

_INLINES: dict[type[Inline], Callable[[Any, Type, str, float], Iterable[Item]]] = {
    Text: _text,
    Math: _math,
    Code: _code,
    Emphasis: _emphasis,
    Strong: _strong,
    LineBreak: _line_break,
}
