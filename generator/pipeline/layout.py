"""Which problems a form bears, in what order, under which headings.

A bank's sections say it; where they leave a choice, a form's number decides, and nothing else:
draws of two out of five go through all ten pairs before one comes back, and a shuffled section has
an order of its own on every form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from math import comb

from generator.model.bank import Bank, Section, Slot
from generator.model.dataclass import dataclass
from generator.variants.permutation import Permutation


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The problems of one section on one form, by their ids; `section` is None for a plain bank."""

    section: Section | None
    problems: tuple[str, ...]


def layout(bank: Bank, seed: int, number: int) -> tuple[Placed, ...]:
    """The form with this number, counted from 1."""
    if not bank.sections:
        problems = tuple(problem.identity for problem in bank.problems)
        return (Placed(section=None, problems=problems),)
    return tuple(
        Placed(section=section, problems=_problems(section, seed, number))
        for section in bank.sections
    )


def appearances(bank: Bank, seed: int, numbers: Sequence[int]) -> dict[str, int]:
    """On how many of the forms with these numbers each problem stands."""
    if not any(_draws(section) for section in bank.sections):
        return {problem.identity: len(numbers) for problem in bank.problems}
    found = {problem.identity: 0 for problem in bank.problems}
    for number in numbers:
        for placed in layout(bank, seed, number):
            for problem in placed.problems:
                found[problem] += 1
    return found


def _draws(section: Section) -> bool:
    return any(slot.count < len(slot.problems) for slot in section.slots)


def _problems(section: Section, seed: int, number: int) -> tuple[str, ...]:
    drawn = [problem for slot in section.slots for problem in _drawn(slot, seed, number)]
    if section.shuffle:
        drawn.sort(key=lambda problem: _key(seed, number, problem))
    return tuple(drawn)


def _drawn(slot: Slot, seed: int, number: int) -> Iterator[str]:
    """The slot's problems on this form: the combination that its number is dealt."""
    of = len(slot.problems)
    order = Permutation(seed, "draw " + " ".join(slot.problems), comb(of, slot.count))
    rank, left = order((number - 1) % order.size), slot.count
    for index, problem in enumerate(slot.problems):
        with_this = comb(of - index - 1, left - 1) if left else 0
        if rank < with_this:
            yield problem
            left -= 1
        else:
            rank -= with_this


def _key(seed: int, number: int, problem: str) -> bytes:
    return hashlib.sha256(f"order {seed} {number} {problem}".encode()).digest()
