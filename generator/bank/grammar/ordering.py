"""Items to be put in order: written in the right one, or ranked by an expression each."""

from __future__ import annotations

from dataclasses import dataclass

from generator.bank.grammar.leaves import EXPRESSION, TEMPLATE, refuse_twins
from generator.bank.grammar.report import Report, Unreadable
from generator.bank.grammar.shape import Either, Leaf, ListOf, Schema, Shape, expected
from generator.bank.grammar.struct import Struct, required
from generator.bank.limits import MAX_ITEMS
from generator.model.part import ItemSpec, OrderingSpec
from generator.model.source import Source, Tree

MIN_ITEMS = 3
"""Two items that are never shown in order would always be shown in the other."""

_WRITTEN = Leaf(
    TEMPLATE.noun,
    lambda source, report: ItemSpec(text=TEMPLATE.parse(source, report)),
    TEMPLATE.json,
    name=TEMPLATE.name,
    cure=TEMPLATE.cure,
)
_RANKED = Struct(
    "item",
    "An item whose place is computed.",
    {
        "text": required(TEMPLATE, "the item as it is shown"),
        "by": required(EXPRESSION, "what it is ranked by, least first: an expression"),
    },
    lambda _, fields, __: ItemSpec(**fields),
)
_ITEMS = ListOf(Either(_WRITTEN, _RANKED, "item"), "list of items", least=MIN_ITEMS, most=MAX_ITEMS)


@dataclass(frozen=True)
class _Ordering(Shape[OrderingSpec]):
    """A list of items; either all are ranked, or none is."""

    noun: str = _ITEMS.noun

    def read(self, tree: Tree, report: Report) -> OrderingSpec:
        """The items, at least one."""
        if isinstance(tree, Source):
            raise expected(self, tree, report, "such as [least, middle, most]")
        items = _ITEMS.read(tree, report)
        if not items:
            raise Unreadable  # each has its own finding
        refuse_twins((item.text for item in items), "item", report)
        odd = next((item for item in items if (item.by is None) != (items[0].by is None)), None)
        if odd is not None:
            message = "either all items say what they are ranked by, or none does"
            cure = "write every item as {text: …, by: …}"
            raise report.unreadable(odd.text, "conflicting-fields", message, cure)
        return OrderingSpec(items=items)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """An array of items."""
        return _ITEMS.schema(definitions)


ORDERING = _Ordering()
