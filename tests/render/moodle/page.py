"""What a browser makes of the HTML: is it valid, what does it show, what does it link to?"""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = {"br", "img"}
KNOWN = {
    *("div", "p", "span", "strong", "em", "b", "i", "small", "sub", "sup", "code", "pre", "ul"),
    *("ol", "li", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption"),
} | VOID
BLOCK = {"div", "p", "ul", "ol", "table", "pre", "figure"}
NO_BLOCK_INSIDE = {"p", "span", "strong", "em", "b", "i", "small", "sub", "sup", "code"}
LINK = "@@PLUGINFILE@@/"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.found: list[str] = []
        self.pieces: list[str] = []
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in KNOWN:
            self.found.append(f"unknown element <{tag}>")
        if tag in BLOCK and NO_BLOCK_INSIDE & set(self.stack):
            self.found.append(f"<{tag}> inside {self.stack}")
        if tag == "img":
            self._image(given)
        if tag not in VOID:
            self.stack.append(tag)

    def _image(self, given: dict[str, str | None]) -> None:
        source, alt = given.get("src") or "", given.get("alt")
        if not alt:
            self.found.append("a picture without words for those who do not see it")
        if "max-width: 100%" not in (given.get("style") or ""):
            self.found.append("a picture that is wider than a phone")
        if not source.startswith(LINK):
            self.found.append(f"a picture from elsewhere: {source}")
        self.links.add(source.removeprefix(LINK))
        self.pieces.append(f"[{alt}]")

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.found.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def problems(html: str) -> list[str]:
    """What is not valid in a piece of HTML, and which formulas no MathJax would find whole."""
    reader = _read(html)
    found = reader.found + [f"<{tag}> is never closed" for tag in reader.stack]
    for piece in reader.pieces:
        # A formula must be one text: a tag within (`\(a<b\)`) would break it.
        if len(re.findall(r"\\[(\[]", piece)) != len(re.findall(r"\\[)\]]", piece)):
            found.append(f"a broken formula in {piece[:80]!r}")
        if re.search(r"(?<![\\$])\$[^$\s][^$]*[\\^_][^$]*\$(?!\$)", piece):
            found.append(
                f"dollars around a formula, which Moodle shows as they are: {piece[:80]!r}"
            )
        if "$$" in piece:
            found.append(f"dollars that MathJax would take for math in {piece[:80]!r}")
    return found


def links(html: str) -> set[str]:
    """The names of the files that are shown."""
    return _read(html).links


def shown(html: str) -> str:
    """The text on the page; formulas as their LaTeX between their delimiters."""
    return "".join(_read(html).pieces)


def line(html: str) -> str:
    """The text on the page as one line."""
    return " ".join(shown(html).split())


def formulas(html: str) -> list[str]:
    """The LaTeX that MathJax finds: it reads text nodes, so an element in a delimiter hides it."""
    pattern = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", re.DOTALL)
    found = (pattern.findall(piece) for piece in _read(html).pieces)
    return [inline or display for pairs in found for inline, display in pairs]
