r"""Paragraphs: lines of text and formulas, as strips.

The distance of baselines is the leading; where tall formulas would come closer than `_LINESKIP`
the lines move apart (TeX's \baselineskip and \lineskip). All lines of a paragraph belong to one
node; a formula within is a node of its own with its speech, and is copied as one line of text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from generator.model.document import Inlines
from generator.render.pdf.fit import fitted
from generator.render.pdf.fonts import RECENT, kern
from generator.render.pdf.formula import Formula
from generator.render.pdf.ideographs import is_wide
from generator.render.pdf.ink import Ink, fill_color, freeze, number
from generator.render.pdf.inline import Piece, Type, Word, items
from generator.render.pdf.linebreak import Box, Glue, Item, Line, Penalty, break_lines
from generator.render.pdf.mathink import formula_ink
from generator.render.pdf.strips import NEVER, PARAGRAPH, WITHIN, Mark, Node, Strip, Strips

_LINESKIP = 1.5
_RAG = 3.0
"""How much white (in em) at the end of a ragged line is still good."""
_LOOSEST = 6.0
"""A line whose blanks would be stretched more than this is left ragged."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a line: text, or a piece of a formula; `x` is where it begins."""

    x: float
    ink: Ink
    formula: Formula | None = None
    first: bool = True


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of a paragraph, set: its ink's height and depth, its natural width."""

    height: float
    depth: float
    width: float
    spans: tuple[Span, ...]


@lru_cache(maxsize=RECENT)
def set_lines(content: Inlines, look: Type, measure: float) -> tuple[SetLine, ...]:
    """Break running text into lines no wider than `measure` points and set them."""
    found = fitted(items(content, look), measure)
    rag = 0.0 if look.alignment == "justify" else _RAG * look.size
    return tuple(
        _set_line(found, line, look, measure)
        for line in break_lines(found, measure, rag)
        if line.end > line.start
    )


def paragraph(
    content: Inlines,
    look: Type,
    measure: float,
    node: Node | None,
    *,
    gap: float = 0.0,
    cut: int = PARAGRAPH,
) -> Strips:
    """The strips of a paragraph; each line is one, and two lines at least stay together."""
    lines = set_lines(content, look, measure)
    return tuple(_strips(lines, look, node, gap, cut))


def _strips(
    lines: Sequence[SetLine], look: Type, node: Node | None, gap: float, cut: int
) -> Iterator[Strip]:
    last = len(lines) - 1
    formulas: dict[int, Node | None] = {}
    for i, line in enumerate(lines):
        above = max(look.ascent, line.height)
        below = max(look.leading - look.ascent, line.depth)
        if i > 0:
            before = lines[i - 1]
            apart = max(look.leading, before.depth + line.height + _LINESKIP)
            # Negative where a tall line may reach into the white of the line before it.
            gap = apart - above - max(look.leading - look.ascent, before.depth)
        widowed = i == 1 or (i == last and last > 0)
        yield Strip(
            height=above + below,
            baseline=above,
            gap=gap,
            cut=cut if i == 0 else NEVER if widowed else WITHIN,
            marks=tuple(_marks(line, above, node, formulas)),
        )


def _marks(
    line: SetLine, baseline: float, node: Node | None, formulas: dict[int, Node | None]
) -> Iterator[Mark]:
    for span in line.spans:
        if span.formula is None:
            yield Mark(span.x, baseline, span.ink, node)
            continue
        if span.first or id(span.formula) not in formulas:
            formulas[id(span.formula)] = Node.within(node, "Formula", alt=span.formula.speech)
        actual = span.formula.text if span.first else ""
        yield Mark(span.x, baseline, span.ink, formulas[id(span.formula)], actual)


def _set_line(found: Sequence[Item], line: Line, look: Type, measure: float) -> SetLine:
    body = found[line.start : line.end]
    boxes = [item for item in body if isinstance(item, Box)]
    ending = found[line.end] if line.end < len(found) else None
    natural = sum(item.width for item in body if isinstance(item, Box | Glue))
    if isinstance(ending, Penalty):
        natural += ending.width
    justified = look.alignment == "justify" and line.ratio <= _LOOSEST
    spare = max(0.0, measure - natural)
    start = {"center": spare / 2, "right": spare}.get(look.alignment, 0.0)
    setter = _Setter(look.color, line.ratio if justified else min(line.ratio, 0.0))
    for item in body:
        setter.add(item)
    setter.end(ending)
    return SetLine(
        height=max((box.height for box in boxes), default=0.0),
        depth=max((box.depth for box in boxes), default=0.0),
        width=natural,
        spans=tuple(
            Span(span.x + start, span.ink, span.formula, span.first) for span in setter.spans()
        ),
    )


class _Setter:
    """Sets the items of one line from left to right."""

    def __init__(self, color: str, ratio: float) -> None:
        self._color = color
        self._ratio = ratio
        self._x = 0.0
        self._spans: list[Span] = []
        self._words: list[tuple[float, Word]] = []
        self._formula: tuple[float, Piece, float] | None = None

    def add(self, item: Item) -> None:
        """Set the next item."""
        if isinstance(item, Glue):
            if isinstance(item.ink, Word):
                self._word(item.ink)
            stretch = item.stretch if self._ratio > 0 else item.shrink
            self._x += item.width + self._ratio * stretch
        elif isinstance(item, Box):
            if isinstance(item.ink, Piece):
                self._piece(item.ink)
            elif isinstance(item.ink, Word):
                self._word(item.ink)
            self._x += item.width

    def end(self, ending: Item | None) -> None:
        """A hyphen where a word is broken, a blank where words are parted."""
        if isinstance(ending, Penalty | Glue) and isinstance(ending.ink, Word):
            self._word(ending.ink)

    def spans(self) -> tuple[Span, ...]:
        """All that was set."""
        self._flush()
        return tuple(self._spans)

    def _word(self, word: Word) -> None:
        if self._formula:
            self._flush()
        self._words.append((self._x, word))

    def _piece(self, piece: Piece) -> None:
        """Pieces of a formula that meet again on a line are drawn as one."""
        if self._formula and not piece.first:
            x, begun, _ = self._formula
            self._formula = (x, begun, piece.right)
            return
        self._flush()
        self._formula = (self._x, piece, piece.right)

    def _flush(self) -> None:
        if self._formula:
            x, piece, right = self._formula
            ink = formula_ink(piece.whole, piece.size, self._color, piece.left, right)
            self._spans.append(Span(x, ink, piece.whole, piece.first))
            self._formula = None
        if self._words:
            x = self._words[0][0]
            self._spans.append(Span(x, _text_ink(self._words, self._color)))
            self._words = []


def _text_ink(words: Sequence[tuple[float, Word]], color: str) -> Ink:
    """Words and blanks of one line, from the first one's left edge."""
    glyphs: dict[str, set[int]] = {}
    code = [] if color == "#000000" else [fill_color(color)]
    code.append("BT")
    begin = words[0][0]
    for (face, size), stretch in groupby(_joined(words), lambda item: (item[1].face, item[1].size)):
        shown, pen = "", None
        for x, word in stretch:
            run = word.face.shape(word.text)
            glyphs.setdefault(face.resource, set()).update(run.glyphs)
            if pen is None:
                code.append(f"/{face.resource} {number(size)} Tf {number(x - begin)} 0 Td")
                begin = pen = x
            shown += kern((x - pen) * 1000 / size) + run.show
            pen = x + run.width * size / 1000
        code.append(f"[{shown.replace('><', '')}]TJ")
    code.append("ET")
    return Ink(" ".join(code), freeze(glyphs))


def _joined(words: Sequence[tuple[float, Word]]) -> Iterator[tuple[float, Word]]:
    """Syllables that met again are one word, to be shaped as such."""
    place, held = words[0]
    for x, word in words[1:]:
        parted = word.text == " " or held.text == " " or _ideographs(held.text, word.text)
        if word.face is held.face and word.size == held.size and not parted:
            held = Word(held.face, held.text + word.text, held.size)
        else:
            yield place, held
            place, held = x, word
    yield place, held


def _ideographs(before: str, after: str) -> bool:
    """Whether there may be space between two texts though there is no blank."""
    return is_wide(before[-1]) or is_wide(after[0])


@lru_cache(maxsize=RECENT)
def text_ink(text: str, look: Type) -> tuple[Ink, float]:
    """One line of plain text from its left end, and its width: for labels and page numbers."""
    words: list[tuple[float, Word]] = []
    x = 0.0
    for face, stretch in look.fonts.stretches(look.role, text):
        words.append((x, Word(face, stretch, look.size)))
        x += face.shape(stretch).width * look.size / 1000
    return (_text_ink(words, look.color), x) if words else (Ink(""), 0.0)
