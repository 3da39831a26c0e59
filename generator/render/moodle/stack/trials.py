"""The tests that a question brings along, for the teacher to run in STACK: *Run all tests*.

What they type and expect follows from the boxes alone: the keys, and each mistake with what it
earns.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.dataclass import dataclass
from generator.render.moodle.stack.box import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a tree must say of what a test types."""

    tree: str
    score: str
    penalty: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """What is typed into each box, and what is expected of each tree."""

    about: str
    typed: tuple[tuple[str, str], ...]
    expected: tuple[Expected, ...]


def tests(boxes: Sequence[Box], penalty: str) -> tuple[Test, ...]:
    """Every key at once; then each mistake, alone, beside the keys of the others."""
    every = [(0,) * len(boxes)] + [
        tuple(place if one is box else 0 for one in boxes)
        for box in boxes
        for place in range(1, len(box.tried))
    ]
    return tuple(_test(boxes, places, penalty) for places in every)


def _test(boxes: Sequence[Box], places: tuple[int, ...], penalty: str) -> Test:
    pairs = list(zip(boxes, places, strict=True))
    wrong = [f"{box.name}: {box.tried[place]}" for box, place in pairs if place]
    return Test(
        about="; ".join(wrong) or "keys",
        typed=tuple((box.name, box.tried[place]) for box, place in pairs),
        expected=tuple(_expected(box, place, penalty) for box, place in pairs),
    )


def _expected(box: Box, place: int, penalty: str) -> Expected:
    score = box.nodes[place].score
    return Expected(
        tree=box.tree,
        score=score,
        penalty="0" if score == "1" else penalty,
        note=f"{box.tree}-{place + 1}-T",
    )
