"""A part that is answered with a word or a few: the author's texts, filled in.

A wrong text has a name where the key does not take it in, and no wrong text stated before it does.
"""

from __future__ import annotations

from generator.diagnostics import InputError, at
from generator.language import patterns
from generator.language.template import compile_template
from generator.model.dataclass import dataclass
from generator.model.part import Part, TextSpec
from generator.model.solution import Mistake, PartSolution, TextKey
from generator.model.source import Source
from generator.model.variant import Filter
from generator.solver.case import Case
from generator.solver.context import Context
from generator.solver.parts.common import makes_sense, part_solution

_LONGEST = 200
"""Characters of an answer: what is longer is for an essay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """A text part."""

    part: Part
    spec: TextSpec
    filters: tuple[Filter, ...] = ()

    def solve(self, case: Case) -> tuple[PartSolution]:
        """The texts that are right, and the wrong ones that the key does not take in."""
        answers = dict.fromkeys(_pattern(answer, case) for answer in self.spec.answers)
        key = TextKey(answers=tuple(answers), case=self.spec.case)
        return (part_solution(self.part, key, mistakes=tuple(self._mistakes(key, case))),)

    def _mistakes(self, key: TextKey, case: Case) -> list[Mistake]:
        taken = [*key.answers]
        found: list[Mistake] = []
        for spec in self.part.mistakes:
            if not makes_sense(spec, case):
                continue
            pattern = _pattern(spec.result, case)
            if any(patterns.covers(other, pattern, case=key.case) for other in taken):
                continue
            taken.append(pattern)
            found.append(
                Mistake(
                    result=patterns.shown(pattern),
                    because=spec.because,
                    worth=spec.worth,
                    text=pattern,
                )
            )
        return found


def compile_text(part: Part, _: Context) -> TextPart:
    """There is nothing to compile but templates, which are compiled when they are filled in."""
    assert isinstance(part.spec, TextSpec)  # noqa: S101 - by the table
    return TextPart(part=part, spec=part.spec)


def _pattern(template: Source, case: Case) -> str:
    """The pattern in this variant. Raises InputError where nothing or too much is left of it."""
    pattern = " ".join(compile_template(template).render_pattern(case.env).split())
    if not any(piece.strip() for piece in patterns.pieces(pattern)):
        message = "nothing is left of this text here"
        raise InputError([at(template, "wrong-value", message, help="a response needs a letter")])
    if len(pattern) > _LONGEST:
        message = f"a short text has at most {_LONGEST} characters, and this one has {len(pattern)}"
        raise InputError([at(template, "wrong-value", message, help="ask for an essay: `essay`")])
    return pattern
