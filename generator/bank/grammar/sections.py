"""Sections: which problems make up a form, where they are taken from, and in what order."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from generator.bank.grammar.leaves import ID, LINE, TEMPLATE, TRUTH, count
from generator.bank.grammar.mistakes import POINTS
from generator.bank.grammar.report import Report
from generator.bank.grammar.shape import Either, Leaf, ListOf, Shape
from generator.bank.grammar.struct import Marked, Struct, key_of, optional, required
from generator.bank.limits import MAX_DRAWN
from generator.model.dataclass import dataclass
from generator.model.source import Branch, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A problem by its id, in this file or in `bank`, with its points and its id here, if other."""

    problem: Source
    bank: Source | None = None
    alias: Source | None = None
    points: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotSpec:
    """`count` of the problems referred to."""

    references: tuple[Reference, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSpec:
    """A section as written, its problems still to be looked up."""

    title: str
    slots: tuple[SlotSpec, ...]
    instructions: Source | None
    shuffle: bool


def _bank_path(source: Source, report: Report) -> Source:
    """Another bank, by a path that stays below this file's folder."""
    parts = source.text.split("/")
    if "\\" in source.text or ":" in source.text or not all(part.strip(" .") for part in parts):
        raise report.unreadable(
            source,
            "wrong-value",
            f"`{source.text}` is no path to a bank below this file's folder",
            "such as `physics.yaml` or `mechanics/physics.yaml`",
        )
    return source


_PATH = Leaf("path of a bank", _bank_path, {"type": "string", "pattern": "^[^\\\\:]+$"})


def _reference(_: Branch, fields: Mapping[str, Any], __: Report) -> Reference:
    return Reference(alias=fields["as"], **{k: v for k, v in fields.items() if k != "as"})


_REFERENCE = Struct(
    "problem of a section",
    "A problem of this file or another bank.",
    {
        "problem": required(ID, "the problem's id"),
        "bank": optional(_PATH, "the file it is in, relative to this one; this one if left out"),
        "points": optional(POINTS, "what all its parts are worth together; as there if left out"),
        "as": optional(ID, "its id here, where two problems would have the same"),
    },
    _reference,
    name="reference",
    instead={"id": "problem", "file": "bank", "from": "bank"},
)
_BY_ID = Leaf("problem's id", lambda s, r: Reference(problem=ID.parse(s, r)), ID.json)
_PROBLEM: Shape[Reference] = Either(_BY_ID, _REFERENCE, "problem of a section")


def _alone(tree: Branch, fields: Mapping[str, Any], report: Report) -> SlotSpec:
    return SlotSpec(references=(_reference(tree, fields, report),), count=1)


def _draw(tree: Branch, fields: Mapping[str, Any], report: Report) -> SlotSpec:
    references, chosen = fields["of"], fields["choose"]
    if references and chosen > len(references):
        there = f"there {'is' if len(references) == 1 else 'are'} {len(references)}"
        report.refuse(
            key_of(tree, "choose"),
            "wrong-value",
            f"{chosen} problems are to be drawn, and {there} to draw from",
            "choose fewer, or add to `of`",
        )
    return SlotSpec(references=references, count=chosen)


_ALONE = Struct(_REFERENCE.noun, _REFERENCE.about, _REFERENCE.fields, _alone, name="entry")
_DRAW = Struct(
    "draw of problems",
    "Some problems of a list, for each form others.",
    {
        "choose": required(count(1, MAX_DRAWN), "how many of them each form bears"),
        "of": required(ListOf(_PROBLEM, "list of problems", least=1), "the problems to draw from"),
    },
    _draw,
    name="draw",
)
_SLOT: Shape[SlotSpec] = Either(
    Leaf(
        _BY_ID.noun,
        lambda source, report: SlotSpec(references=(_BY_ID.parse(source, report),), count=1),
        _BY_ID.json,
    ),
    Marked(
        "entry of a section",
        {"problem": _ALONE, "choose": _DRAW, "of": _DRAW},
        cure="write a problem's id, `{problem: …, bank: …}` or `{choose: 2, of: […]}`",
    ),
    "entry of a section",
)


def _section(_: Branch, fields: Mapping[str, Any], __: Report) -> SectionSpec:
    values = {name: value for name, value in fields.items() if name != "problems"}
    return SectionSpec(slots=fields["problems"], **values)


SECTION = Struct(
    "section",
    "A part of the sheet with its own heading.",
    {
        "title": required(LINE, "the heading on the sheet"),
        "instructions": optional(TEMPLATE, "what students read below it, in Markdown"),
        "problems": required(ListOf(_SLOT, "list of problems", least=1), "its problems, in order"),
        "shuffle": optional(TRUTH, "whether each form has its own order of them", False),
    },
    _section,
    name="section",
)
