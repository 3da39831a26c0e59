"""Blocks to the HTML of each place where Moodle shows it.

Question text, feedback and standing choices are typeset by MathJax. The pop-up behind a number's
gap is not: it is filled after the page was typeset, and its sanitizer lets no file through. So
formulas are written there in plain HTML, and figures are named.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from markupsafe import Markup

from generator.memo import ByIdentity
from generator.model.document import Blocks, FigureBlock, Inlines, List, Math, Paragraph, Text
from generator.model.figure import Figure
from generator.render.formula import linear
from generator.render.hypertext import Writer, attribute, escape, words
from generator.render.moodle.xml import File, Rich, as_markup
from generator.render.svg import pixels, svg

_LINK = "@@PLUGINFILE@@/"
_SCROLL = "display: inline-block; max-width: 100%; overflow: auto hidden; vertical-align: middle"

_LINES, _BLOCKS = 4_000, 1_000
"""So much HTML is remembered: many texts are the same in all variants of a problem."""

_SIGNS = 24
"""So many signs of a formula stand side by side on a phone."""
_COMMAND, _SILENT = re.compile(r"\\[A-Za-z]+|\\."), re.compile(r"[{}^_ &]")


def _math(latex: str) -> str:
    r"""Moodle: "`\( \)`, `\[ \]` … work; `$ $` does not. `\(a<b\)` breaks: write … `&lt;`"."""
    if len(latex) > _SIGNS and _is_wide(latex):
        return _scrolled(latex)
    return _in_line(latex)


def _in_line(latex: str) -> str:
    return rf"\({escape(latex)}\)"


def _scrolled(latex: str) -> str:
    return f'<span style="{_SCROLL}">{_in_line(latex)}</span>'


def _is_wide(latex: str) -> bool:
    """Whether a formula in a line may be wider than a phone: MathJax 3 breaks none."""
    return len(_SILENT.sub("", _COMMAND.sub("x", latex))) > _SIGNS


def _display(latex: str) -> str:
    return rf"\[{escape(latex)}\]"


def _plain_math(latex: str) -> str:
    return linear(latex) or f"<code>{words(latex)}</code>"


def _named(figure: Figure) -> str:
    """Moodle: "No images in options"."""
    return f"<em>[{words(figure.alt)}]</em>"


def _linked(figure: Figure) -> str:
    """Moodle: "SVG shows in an `<img>` (not in `<object>`)"."""
    size = f'width="{pixels(figure.width)}" height="{pixels(figure.height)}"'
    style = 'style="max-width: 100%; height: auto"'
    return (
        f'<img src="{_LINK}{_file(figure).name}" alt="{attribute(figure.alt)}" {size} '
        f'class="img-fluid" {style}>'
    )


@lru_cache(512)
def _file(figure: Figure) -> File:
    """Moodle: "names of `[A-Za-z0-9._-]`"; named by content, so that equal figures are one file."""
    content = svg(figure).encode()
    digest = blake2b(content, digest_size=6).hexdigest()
    return File(name=f"figure-{digest}.svg", base64=b64encode(content).decode())


_STANDING = Writer(math=_math, display=_display, figure=_named)
_LINKED = Writer(math=_math, display=_display, figure=_linked)
_POPUP = Writer(math=_plain_math, display=_plain_math, figure=_named)


def option(content: Blocks) -> str:
    """A choice in a gap, or the feedback that stands below it."""
    return _compact(content, _STANDING)


def without_files(content: Blocks) -> Markup:
    """Blocks for a place that keeps no files, such as a category's description."""
    return as_markup(_STANDING.blocks(content))


def typed(text: str, latex: str) -> Markup:
    """What one types, and what it means."""
    return as_markup(f"<code>{words(text)}</code> &rarr; {_in_line(latex)}")


def popup(content: Blocks) -> str:
    """Feedback in the pop-up of a number's gap."""
    return _compact(content, _POPUP)


def _compact(content: Blocks, writer: Writer) -> str:
    """One line needs no paragraph; a formula that stands alone is as tall as a display."""
    if len(content) != 1 or not isinstance(content[0], Paragraph):
        return writer.blocks(content)
    line = content[0].content
    if len(line) == 1 and isinstance(line[0], Math) and writer is not _POPUP:
        return _scrolled(rf"\displaystyle {line[0].latex}")
    return writer.inlines(line)


class _Written(NamedTuple):
    html: Markup
    files: tuple[File, ...]


Guard = Callable[[str], str]
"""What is done to all HTML that comes from the bank."""


def _written(html: str, content: Blocks, guard: Guard) -> _Written:
    """HTML with the files that it links to."""
    files = tuple(map(_file, _figures(content))) if _LINK in html else ()
    return _Written(as_markup(guard(html)), files)


def _figures(content: Blocks) -> Iterator[Figure]:
    for block in content:
        if isinstance(block, FigureBlock):
            yield block.figure
        elif isinstance(block, List):
            for item in block.items:
                yield from _figures(item)


def _write_blocks(content: Blocks, label: str, trail: str, guard: Guard) -> _Written:
    lead = f"<strong>{words(label)}</strong>" if label else ""
    return _written(_LINKED.blocks(_with_trail(content, trail), lead), content, guard)


def _write_line(content: Blocks, guard: Guard) -> _Written:
    return _written(_compact(content, _LINKED), content, guard)


def _write_inlines(content: Inlines, guard: Guard) -> Markup:
    return as_markup(guard(_STANDING.inlines(content)))


_blocks = ByIdentity(_BLOCKS, _write_blocks)
_line = ByIdentity(_LINES, _write_line)
_inlines = ByIdentity(_LINES, _write_inlines)


class Page:
    """The HTML of a variant as one question shows it.

    `guard` is applied to all HTML that comes from the bank.
    """

    def __init__(self, guard: Guard = str) -> None:
        self._guard = guard
        self._files: dict[str, File] = {}

    def blocks(self, content: Blocks, label: str = "", trail: str = "") -> Markup:
        """Blocks; `label` begins the first line in bold, `trail` ends the last one."""
        return self._linked(_blocks(content, label, trail, self._guard))

    def inlines(self, content: Inlines) -> Markup:
        """Running text."""
        return _inlines(content, self._guard)

    def words(self, text: str) -> Markup:
        """Plain words."""
        return as_markup(self._guard(words(text)))

    def line(self, content: Blocks) -> Markup:
        """Blocks, without an element around what fits one line."""
        return self._linked(_line(content, self._guard))

    def compact(self, content: Blocks) -> Rich:
        """A choice or the feedback on one, with its files."""
        return self.rich(self.line(content))

    def rich(self, html: str) -> Rich:
        """Finished HTML with the files that it links to."""
        if not self._files:
            return Rich(html=html)
        files = tuple(file for name, file in self._files.items() if _LINK + name in html)
        return Rich(html=html, files=files)

    def _linked(self, written: _Written) -> Markup:
        if written.files:
            self._files.update((file.name, file) for file in written.files)
        return written.html


def _with_trail(content: Blocks, trail: str) -> Blocks:
    if not trail:
        return content
    words_behind = Text(text=f" {trail}")
    if content and isinstance(content[-1], Paragraph):
        return (*content[:-1], Paragraph(content=(*content[-1].content, words_behind)))
    return (*content, Paragraph(content=(Text(text=trail),)))
