"""What was made in another way than asked for: formulas that the STACK plugin cannot mark.

Whether it can shows only when a variant is solved, so each chunk notes what it had to leave, and
the notes of all chunks become one warning for each part and reason.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, at
from generator.model.bank import Problem
from generator.model.source import Source
from generator.output import Staging
from generator.pipeline.assignment import Assignment
from generator.pipeline.plan import Plan

if TYPE_CHECKING:
    from generator.render.moodle import Left

LEFT = "left"
"""The name of a chunk's note."""


def packed(left: Iterable[Left]) -> bytes:
    """What a chunk had to leave, as its note."""
    return json.dumps([*left]).encode()


def remarks(assignment: Assignment, plan: Plan, staging: Staging) -> Iterator[Diagnostic]:
    """A warning for each part of a problem that is not marked by STACK, in the bank's order."""
    made = Counter[int]()
    left = Counter[tuple[int, str, str]]()
    for chunk in plan.questions:
        made[chunk.problem] += len(chunk)
        for label, why in json.loads(staging.part(chunk.name, LEFT)):
            left[chunk.problem, label, why] += 1
    for (number, label, why), count in sorted(left.items()):
        problem = assignment.dealers[number].problem
        how_many = "" if count == made[number] else f" in {count} of {made[number]} questions"
        message = f"STACK cannot mark the formula of part ({label}){how_many}: {why}"
        yield at(
            _place(problem, label),
            "not-in-stack",
            message,
            help="it is asked as without --stack: chosen among mistakes, or marked by hand",
            severity="warning",
        )


def _place(problem: Problem, label: str) -> Source:
    """Where a bank states the part with a letter."""
    parts = zip(problem.parts, problem.letters, strict=True)
    return next(part.ask or part.place for part, letters in parts if label in letters)
