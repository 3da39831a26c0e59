"""A solved variant becomes a `Document`: its templates filled in, its parts lettered.

The student's half and the marker's half are made by two functions that share nothing but the
part's letter; what the first returns is all that a student's renderer will ever see.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.diagnostics import InputError, at
from generator.document import keys
from generator.document.keys import Fill, Words
from generator.document.markup import UnknownFigure, blocks, inlines
from generator.language.template import compile_template
from generator.model.bank import Problem
from generator.model.document import (
    Answer,
    Blocks,
    Document,
    MistakeNote,
    PartAnswer,
    PartQuestion,
    Question,
    RubricNote,
)
from generator.model.figure import Figure
from generator.model.solution import (
    ChoiceKey,
    Mistake,
    Option,
    PartSolution,
    Solution,
    Wording,
)
from generator.model.source import Source
from generator.model.variant import Variant


def compose(problem: Problem, variant: Variant, solution: Solution, words: Words) -> Document:
    """Put the document of a variant together.

    Raises InputError where a template fails for this variant's values, or places a figure that
    the model does not draw.
    """
    names = dict(solution.names)

    def fill(wording: Wording) -> str:
        if isinstance(wording, str):
            return wording
        return compile_template(wording).render(names)

    figures = dict(solution.figures)
    lettered = [(keys.part_label(n), part) for n, part in enumerate(solution.parts)]
    return Document(
        problem=problem.identity,
        index=variant.index,
        code=variant.code,
        name=_name(problem, variant, fill),
        question=Question(
            title=fill(problem.title),
            stem=_illustrated(problem.stem, fill, figures),
            parts=tuple(_question(label, part, fill, figures) for label, part in lettered),
        ),
        answer=Answer(parts=tuple(_answer(label, part, fill, words) for label, part in lettered)),
    )


def _name(problem: Problem, variant: Variant, fill: Fill) -> str:
    described = fill(problem.name if problem.name is not None else problem.title)
    return f"{' '.join(described.split())} · #{variant.index}"


def _illustrated(text: Wording, fill: Fill, figures: Mapping[str, Figure]) -> Blocks:
    """Parse text that may place figures; a figure that is not there is the author's error."""
    try:
        return blocks(fill(text), figures)
    except UnknownFigure as missing:
        if not isinstance(text, Source):
            raise
        known = ", ".join(f"`{name}`" for name in missing.known) or "no figure at all"
        written = f"figure:{missing.name}"
        raise InputError(
            [
                at(
                    text,
                    "unknown-figure",
                    f"the model draws no figure named `{missing.name}`",
                    help=f"it draws {known}",
                    offset=max(0, text.text.find(written)),
                    length=len(written),
                )
            ]
        ) from None


# --- the student's half ------------------------------------------------------------------------


def _question(
    label: str, part: PartSolution, fill: Fill, figures: Mapping[str, Figure]
) -> PartQuestion:
    return PartQuestion(
        label=label,
        ask=_illustrated(part.ask, fill, figures),
        points=part.points,
        response=keys.response(part, fill),
    )


# --- the marker's half -------------------------------------------------------------------------


def _answer(label: str, part: PartSolution, fill: Fill, words: Words) -> PartAnswer:
    shown, plain = keys.shown(part.key, fill, words)
    return PartAnswer(
        label=label,
        key=part.key,
        shown=shown,
        plain=plain,
        steps=tuple(block for step in part.steps for block in blocks(fill(step))),
        mistakes=_mistakes(part, fill),
        rubric=tuple(
            RubricNote(points=line.points, text=inlines(fill(line.text))) for line in part.rubric
        ),
        evidence=part.evidence,
    )


def _mistakes(part: PartSolution, fill: Fill) -> tuple[MistakeNote, ...]:
    if isinstance(part.key, ChoiceKey):
        return tuple(
            _wrong_option(number, option, fill)
            for number, option in enumerate(part.key.options)
            if not option.right
        )
    return tuple(_note(mistake, fill) for mistake in part.mistakes)


def _wrong_option(number: int, option: Option, fill: Fill) -> MistakeNote:
    return MistakeNote(
        result=inlines(fill(option.text)),
        because=blocks(fill(option.because)),
        worth=option.worth,
        option=number,
    )


def _note(mistake: Mistake, fill: Fill) -> MistakeNote:
    return MistakeNote(
        result=inlines(fill(mistake.result)),
        because=blocks(fill(mistake.because)),
        worth=mistake.worth,
        value=mistake.value,
    )
