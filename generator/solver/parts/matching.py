"""A part that is answered by giving each left side its right one.

The left sides keep the author's order. The right ones, with the distractors, stand in an order of
the variant's own. A right side that is written for several pairs is shown once.
"""

from __future__ import annotations

from generator.model.dataclass import dataclass
from generator.model.part import MatchingSpec, Part
from generator.model.solution import MatchingKey, PartSolution
from generator.model.source import Source
from generator.model.variant import Filter
from generator.solver.case import Case
from generator.solver.context import Context
from generator.solver.parts.common import part_solution
from generator.solver.parts.shuffle import order
from generator.solver.parts.texts import told_apart


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingPart:
    """A matching part; `rights` are its different right sides, by their text as written."""

    part: Part
    spec: MatchingSpec
    rights: tuple[Source, ...]
    filters: tuple[Filter, ...] = ()

    def solve(self, case: Case) -> tuple[PartSolution]:
        """Both columns. Raises InputError where two texts of a column read the same."""
        pairs = self.spec.pairs
        told_apart((pair.left for pair in pairs), case, "left side")
        told_apart(self.rights, case, "right side")
        shown = [self.rights[position] for position in order(self.rights, case, "rights")]
        places = {right.text: place for place, right in enumerate(shown)}
        key = MatchingKey(
            lefts=tuple(pair.left for pair in pairs),
            rights=tuple(shown),
            matches=tuple(places[pair.right.text] for pair in pairs),
        )
        steps = tuple(pair.because for pair in pairs if pair.because is not None)
        return (part_solution(self.part, key, steps=steps),)


def compile_matching(part: Part, _: Context) -> MatchingPart:
    """Find the different right sides."""
    assert isinstance(part.spec, MatchingSpec)  # noqa: S101 - by the table
    written = (*(pair.right for pair in part.spec.pairs), *part.spec.distractors)
    rights: dict[str, Source] = {}
    for right in written:
        rights.setdefault(right.text, right)
    return MatchingPart(part=part, spec=part.spec, rights=tuple(rights.values()))
