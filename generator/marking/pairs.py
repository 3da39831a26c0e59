"""Matching and ordering: each pair and each place that is right earns its equal share.

Both are typed as a list: ``1B 2A 3C`` or ``B A C`` for the right sides of the left ones in turn;
``B A C`` or ``1B 2A 3C`` for the items in order, ``A2 B1 C3`` or ``2 1 3`` for the place of each.
"""

from __future__ import annotations

import re
from fractions import Fraction

from generator.language.faults import Fault
from generator.marking.letters import places
from generator.marking.mark import Mark, partly, refused
from generator.model.document import PartAnswer
from generator.model.part import option_letter
from generator.model.solution import MatchingKey, OrderingKey

_LABELLED = re.compile(r"(?:([0-9]{1,3})\s*[-–—:.)=>→]*\s*([A-Za-z])(?![A-Za-z]))")
_PLACED = re.compile(r"(?:(?<![A-Za-z])([A-Za-z])\s*[-–—:.)=>→]*\s*([0-9]{1,3}))")


def mark_matching(answer: PartAnswer, response: str) -> Mark:
    """Count the left sides that were given their right one."""
    key = answer.key
    assert isinstance(key, MatchingKey)  # noqa: S101 - by the table
    try:
        given = _matches(response, len(key.lefts), len(key.rights))
    except Fault as fault:
        return refused(fault)
    right = sum(given.get(left) == match for left, match in enumerate(key.matches))
    return _counted(right, len(key.lefts), "pairs")


def mark_ordering(answer: PartAnswer, response: str) -> Mark:
    """Count the items that were put in their place."""
    key = answer.key
    assert isinstance(key, OrderingKey)  # noqa: S101 - by the table
    try:
        given = _order(response, len(key.items))
    except Fault as fault:
        return refused(fault)
    right = sum(given.get(item) == place for item, place in enumerate(key.places))
    return _counted(right, len(key.items), "items")


def _counted(right: int, count: int, what: str) -> Mark:
    share = Fraction(right, count)
    message = "That is right." if share == 1 else f"{right} of {count} {what} are right."
    return partly(share, message)


def _matches(text: str, lefts: int, rights: int) -> dict[int, int]:
    """The right side given to each left one; left ones may be left out only if labelled."""
    labelled = _all(_LABELLED, text)
    if labelled:
        pairs = [(int(left) - 1, places(right, rights)[0]) for left, right in labelled]
        return _distinct(pairs, lefts, "left side")
    found = places(text, rights)
    if len(found) != lefts:
        cure = f"write {lefts} letters, or 1{option_letter(0)} 2{option_letter(1)} and so on"
        raise Fault("pairs", f"there are {lefts} left sides, and {len(found)} letters", cure)
    return dict(enumerate(found))


def _order(text: str, count: int) -> dict[int, int]:
    """The place given to each item."""
    pairs = [(int(place) - 1, places(item, count)[0]) for place, item in _all(_LABELLED, text)]
    pairs += [(int(place) - 1, places(item, count)[0]) for item, place in _all(_PLACED, text)]
    if pairs:
        return {item: place for place, item in _distinct(pairs, count, "place").items()}
    found = places(text, count)
    if len(found) != count or len(set(found)) != count:
        cure = f"write the letters in order, or 1{option_letter(1)} 2{option_letter(0)} and so on"
        raise Fault("order", f"each of {count} items has a place of its own", cure)
    if re.search("[0-9]", text):
        return dict(enumerate(found))
    return {item: place for place, item in enumerate(found)}


def _all(pattern: re.Pattern[str], text: str) -> list[tuple[str, str]]:
    """All pairs of a text that is made of nothing else; none where there is more."""
    rest = pattern.sub("", text)
    return [] if re.search(r"[A-Za-z0-9]", rest) else pattern.findall(text)


def _distinct(pairs: list[tuple[int, int]], count: int, what: str) -> dict[int, int]:
    """The pairs as a mapping; each of its keys once, and one that there is."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Fault("pairs", f"a {what} is answered twice")
    if not all(0 <= key < count for key in found):
        raise Fault("pairs", f"there are only {count} of them", f"count them from 1 to {count}")
    return found
