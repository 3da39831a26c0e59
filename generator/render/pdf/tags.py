"""The structure tree of a tagged PDF (ISO 32000-1, 14.7; PDF/UA-1).

Nodes know their parents; what was painted on the pages says which of them exist and in what
order. From that the elements and each page's list of them are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.render.pdf.file import STRUCTURE, reference, text_string
from generator.render.pdf.ink import numbers
from generator.render.pdf.paint import Box, Painted
from generator.render.pdf.strips import Node


class Numbered(NamedTuple):
    """An object's syntax as a format with a ``%d`` for each of these numbers of other objects."""

    syntax: str
    numbers: tuple[int, ...]


def structure(
    pages: Sequence[Painted], *, first_page: int, first_list: int
) -> tuple[list[Numbered], tuple[int, ...]]:
    """The lists of the pages' elements, then the elements; and the elements without a parent.

    Pages, lists and elements have successive numbers, the elements after the lists.
    """
    tree = _Tree(first_list + len(pages))
    lists = []
    for index, page in enumerate(pages):
        elements = []
        for mark, node in enumerate(page.nodes):
            element = tree.element(node)  # an element's place is where it is first drawn
            element.kids.append((first_page + index, mark))
            elements.append(element.number)
        for node, box in page.boxes:
            tree.element(node).box = box
        lists.append(Numbered(f"[{' '.join(['%d 0 R'] * len(elements))}]", tuple(elements)))
    return [*lists, *tree.written()], tuple(element.number for element in tree.tops)


@dataclass(slots=True)
class _Element:
    node: Node
    number: int
    kids: list[_Element | tuple[int, int]] = field(default_factory=list)
    box: Box | None = None


class _Tree:
    def __init__(self, first: int) -> None:
        self._first = first
        self._elements: dict[Node, _Element] = {}
        self.tops: list[_Element] = []

    def element(self, node: Node) -> _Element:
        found = self._elements.get(node)
        if found is None:
            siblings = self.element(node.parent).kids if node.parent else self.tops
            found = _Element(node, self._first + len(self._elements))
            self._elements[node] = found
            siblings.append(found)
        return found

    def written(self) -> Iterator[Numbered]:
        """The elements in the order of their numbers."""
        for element in self._elements.values():
            node = element.node
            used: list[int] = []
            parent = reference(STRUCTURE)
            if node.parent:
                parent = "%d 0 R"
                used.append(self._elements[node.parent].number)
            page, kids = _kids(element, used)
            entry = f"<</Type/StructElem/S/{node.tag}/P {parent}/K {kids}"
            if page is not None:
                entry += "/Pg %d 0 R"
                used.append(page)
            yield Numbered(entry + _properties(element) + ">>", tuple(used))


def _properties(element: _Element) -> str:
    """What an element says of itself, as part of a format."""
    node = element.node
    alt = f"/Alt{text_string(node.alt)}" if node.alt else ""
    attributes = [f"<<{node.attributes}>>"] if node.attributes else []
    if element.box is not None:
        attributes.append(f"<</O/Layout/Placement/Block/BBox[{numbers(*element.box)}]>>")
    return (alt + (f"/A[{''.join(attributes)}]" if attributes else "")).replace("%", "%%")


def _kids(element: _Element, used: list[int]) -> tuple[int | None, str]:
    """The page that its first piece stands on, and the list of kids, whose numbers go to `used`."""
    page = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), None)
    kids = []
    for kid in element.kids:
        if isinstance(kid, _Element):
            kids.append("%d 0 R")
            used.append(kid.number)
        elif kid[0] == page:
            kids.append(str(kid[1]))
        else:
            kids.append(f"<</Type/MCR/Pg %d 0 R/MCID {kid[1]}>>")
            used.append(kid[0])
    return page, kids[0] if len(kids) == 1 and page is not None else f"[{' '.join(kids)}]"
