"""Reads pages and documents: what is shown, which ids there are, which formulas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser

from generator.model.document import Display, Math

_VOID = frozenset(("meta", "input", "br", "path", "rect", "use", "line", "circle", "mspace"))


def formulas(content: object) -> list[tuple[str, bool]]:
    """All formulas within a value of the model, and whether each is a display."""
    return list(_formulas(content))


def _formulas(content: object) -> Iterator[tuple[str, bool]]:
    if isinstance(content, Math | Display):
        yield content.latex, isinstance(content, Display)
    elif isinstance(content, tuple):
        for item in content:
            yield from _formulas(item)
    elif is_dataclass(content):
        for field in fields(content):
            yield from _formulas(getattr(content, field.name))


class Page(HTMLParser):
    """A page taken apart; `problems` are tags that do not close, and ids that stand twice."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.problems: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        ids = self.values("id")
        self.problems += [f"open: {tag}" for tag in self._open]
        self.problems += sorted({f"twice: {one}" for one in ids if ids.count(one) > 1})

    def values(self, name: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [value for _, attribute, value in self.attributes if attribute == name]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self._open or self._open[-1] != tag:
            self.problems.append(f"closed: {tag} at {self.getpos()}")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data
