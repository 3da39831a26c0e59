"""The structure tree of a tagged PDF (ISO 32000-1, 14.7; PDF/UA-1).

Nodes know their parents; what was painted on the pages says which of them exist and in what
order. From that the elements and each page's list of them are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.render.pdf.file import STRUCTURE, reference, text_string
from generator.render.pdf.ink import numbers
from generator.render.pdf.paint import Box, Painted
from generator.render.pdf.strips import Node


@dataclass(slots=True)
class Objects:
    """Objects with successive numbers as they are written, a line each.

    A line is a format with a ``%d`` for each number of another object; these are `numbers`.
    """

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


def structure(
    pages: Sequence[Painted], objects: Objects, *, first_page: int, first_list: int
) -> tuple[int, ...]:
    """Append the lists of the pages' elements, then the elements; those without a parent.

    Pages, lists and elements have successive numbers, the elements after the lists.
    """
    tree = _Tree(first_list + len(pages))
    for number, page in enumerate(pages, first_page):
        elements = [tree.marked(node, number, mark) for mark, node in enumerate(page.nodes)]
        for node, box in page.boxes:
            tree.element(node).box = box
        objects.lines.append(f"[{' '.join(['%d 0 R'] * len(elements))}]")
        objects.numbers += elements
    tree.write(objects)
    return tuple(tree.tops)


@dataclass(slots=True)
class _Element:
    """An element, its parent, the page of its first own ink, its kids. `used` are the numbers of
    other objects, as the syntax of the parent and the kids names them.
    """

    node: Node
    number: int
    parent: str
    used: list[int]
    page: int | None = None
    kids: list[str] = field(default_factory=list)
    box: Box | None = None


class _Tree:
    def __init__(self, first: int) -> None:
        self._first = first
        self._elements: dict[Node, _Element] = {}
        self.tops: list[int] = []

    def element(self, node: Node) -> _Element:
        """The element of a node; its place among its siblings is where it is first drawn."""
        found = self._elements.get(node)
        if found is not None:
            return found
        parent = node.parent
        if parent is None:
            number = self._first + len(self._elements)
            self.tops.append(number)
            made = _Element(node, number, reference(STRUCTURE), [])
        else:
            above = self._elements.get(parent) or self.element(parent)
            number = self._first + len(self._elements)
            above.kids.append("%d 0 R")
            above.used.append(number)
            made = _Element(node, number, "%d 0 R", [above.number])
        self._elements[node] = made
        return made

    def marked(self, node: Node, page: int, mark: int) -> int:
        """Give a node's element the marked content of this number on a page; the element's."""
        element = self._elements.get(node) or self.element(node)
        if element.page is None:
            element.page = page
        if element.page == page:
            element.kids.append(str(mark))
        else:
            element.kids.append(f"<</Type/MCR/Pg %d 0 R/MCID {mark}>>")
            element.used.append(page)
        return element.number

    def write(self, objects: Objects) -> None:
        """Append the elements in the order of their numbers."""
        for element in self._elements.values():
            node, kids = element.node, element.kids
            inner = kids[0] if len(kids) == 1 else f"[{' '.join(kids)}]"
            entry = f"<</Type/StructElem/S/{node.tag}/P {element.parent}/K {inner}"
            objects.numbers += element.used
            if element.page is not None:
                entry += "/Pg %d 0 R"
                objects.numbers.append(element.page)
            if node.alt or node.attributes or element.box:
                entry += _properties(element)
            objects.lines.append(entry + ">>")


def _properties(element: _Element) -> str:
    """What an element says of itself, as part of a format."""
    node = element.node
    alt = f"/Alt{text_string(node.alt)}" if node.alt else ""
    attributes = [f"<<{node.attributes}>>"] if node.attributes else []
    if element.box is not None:
        attributes.append(f"<</O/Layout/Placement/Block/BBox[{numbers(*element.box)}]>>")
    return (alt + (f"/A[{''.join(attributes)}]" if attributes else "")).replace("%", "%%")
