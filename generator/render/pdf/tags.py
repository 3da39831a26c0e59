"""The structure tree of a tagged PDF (ISO 32000-1, 14.7; PDF/UA-1).

Nodes know their parents; what was painted on the pages says which of them exist and in what
order. From that the tree, the parent tree and each page's link to it are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.render.pdf.file import PdfFile, text_string
from generator.render.pdf.ink import numbers
from generator.render.pdf.paint import Box, Painted
from generator.render.pdf.strips import Node


@dataclass(slots=True)
class _Element:
    node: Node
    number: int
    kids: list[_Element | tuple[int, int]] = field(default_factory=list)
    box: Box | None = None


def write_structure(file: PdfFile, pages: Sequence[Painted], page_numbers: Sequence[int]) -> int:
    """Write the tree of all pages; `page_numbers` are their objects. Returns the root's number."""
    root = file.reserve()
    tree = _Tree(file)
    entries = []
    for index, page in enumerate(pages):
        elements = []
        for mark, node in enumerate(page.nodes):
            element = tree.element(node)  # an element's place is where it is first drawn
            element.kids.append((page_numbers[index], mark))
            elements.append(element)
        for node, box in page.boxes:
            tree.element(node).box = box
        links = " ".join(f"{element.number} 0 R" for element in elements)
        entries.append(f"{index} {file.add(f'[{links}]')} 0 R")
    tree.write(root)
    parents = file.add(f"<</Nums[{' '.join(entries)}]>>")
    tops = " ".join(f"{element.number} 0 R" for element in tree.tops)
    file.put(
        root,
        f"<</Type/StructTreeRoot/K[{tops}]/ParentTree {parents} 0 R"
        f"/ParentTreeNextKey {len(pages)}>>",
    )
    return root


class _Tree:
    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self._elements: dict[Node, _Element] = {}
        self.tops: list[_Element] = []

    def element(self, node: Node) -> _Element:
        found = self._elements.get(node)
        if found is None:
            siblings = self.element(node.parent).kids if node.parent else self.tops
            found = _Element(node, self._file.reserve())
            self._elements[node] = found
            siblings.append(found)
        return found

    def write(self, root: int) -> None:
        for element in self._elements.values():
            node = element.node
            parent = self._elements[node.parent].number if node.parent else root
            page, kids = _kids(element)
            entry = f"<</Type/StructElem/S/{node.tag}/P {parent} 0 R/K {kids}"
            if page is not None:
                entry += f"/Pg {page} 0 R"
            if node.alt:
                entry += f"/Alt{text_string(node.alt)}"
            attributes = [f"<<{node.attributes}>>"] if node.attributes else []
            if element.box is not None:
                attributes.append(f"<</O/Layout/Placement/Block/BBox[{numbers(*element.box)}]>>")
            if attributes:
                entry += f"/A[{''.join(attributes)}]"
            self._file.put(element.number, entry + ">>")


def _kids(element: _Element) -> tuple[int | None, str]:
    """The page that most kids stand on, and the list of kids."""
    pages = [kid[0] for kid in element.kids if isinstance(kid, tuple)]
    page = pages[0] if pages else None
    kids = []
    for kid in element.kids:
        if isinstance(kid, _Element):
            kids.append(f"{kid.number} 0 R")
        elif kid[0] == page:
            kids.append(str(kid[1]))
        else:
            kids.append(f"<</Type/MCR/Pg {kid[0]} 0 R/MCID {kid[1]}>>")
    return page, kids[0] if len(kids) == 1 and pages else f"[{' '.join(kids)}]"
