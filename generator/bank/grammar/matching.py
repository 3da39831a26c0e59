"""What belongs together in a matching part, and the right sides that belong to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.bank.grammar.leaves import TEMPLATE, refuse_twins
from generator.bank.grammar.report import Report, Unreadable
from generator.bank.grammar.shape import ListOf
from generator.bank.grammar.struct import Struct, items_of, optional, required
from generator.bank.limits import MAX_PAIRS
from generator.model.part import MatchingSpec, PairSpec
from generator.model.source import Branch

_PAIR = Struct(
    "pair",
    "A left side and the right side that belongs to it.",
    {
        "left": required(TEMPLATE, "the left side, which is given a right one"),
        "right": required(TEMPLATE, "the right side; pairs may share one, written alike"),
        "because": optional(TEMPLATE, "why they belong together, for the worked solution"),
    },
    lambda _, fields, __: PairSpec(**fields),
)


def _make(branch: Branch, fields: Mapping[str, Any], report: Report) -> MatchingSpec:
    pairs, distractors = fields["pairs"], fields["distractors"]
    if not pairs:
        raise Unreadable  # each has its own finding
    refuse_twins((pair.left for pair in pairs), "left side", report)
    rights = {pair.right.text: pair.right for pair in pairs}
    refuse_twins((*rights.values(), *distractors), "right side", report)
    complete = 1 < len(pairs) == len(items_of(branch, "pairs"))
    if complete and len(rights) + len(distractors) == 1:
        message = "there is only one right side, so nothing is to be matched"
        report.refuse(branch, "wrong-value", message, "add `distractors`, or other pairs")
    return MatchingSpec(pairs=pairs, distractors=distractors)


MATCHING = Struct(
    "matching",
    "Pairs to be found: each left side is given its right one.",
    {
        "pairs": required(
            ListOf(_PAIR, "list of pairs", least=2, most=MAX_PAIRS), "what belongs together"
        ),
        "distractors": optional(
            ListOf(TEMPLATE, "list of distractors", most=MAX_PAIRS),
            "right sides that belong to no left one",
            (),
        ),
    },
    _make,
    cure="such as {pairs: [{left: mean, right: …}, {left: median, right: …}]}",
)
