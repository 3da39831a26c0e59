"""A solved variant becomes a `Document`: its templates filled in, its parts lettered.

The student's half and the marker's half are made by two functions that share nothing but the
part's letter; what the first returns is all that a student's renderer will ever see.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from generator.diagnostics import Diagnostic, InputError, at
from generator.document import keys
from generator.document.credit import credit
from generator.document.keys import Words
from generator.document.markup import FIGURE, UnknownFigure, blocks, in_line
from generator.document.proofread import Proofreader, can_be_shown, proofread
from generator.language.template import compile_template
from generator.model.bank import Problem
from generator.model.document import (
    Answer,
    Blocks,
    Document,
    Inlines,
    MistakeNote,
    PartAnswer,
    PartQuestion,
    Question,
    RubricNote,
    Text,
)
from generator.model.part import part_label
from generator.model.solution import ChoiceKey, Mistake, Option, PartSolution, Solution, Wording
from generator.model.source import Source
from generator.model.variant import Variant


def compose(
    problem: Problem,
    variant: Variant,
    solution: Solution,
    words: Words,
    proofreader: Proofreader,
) -> Document:
    """Put the document of a variant together.

    Raises InputError where a template fails for this variant's values, places a figure that there
    is not, or gives a text that cannot be shown.
    """
    reader = _Reader(problem, solution, proofreader)
    lettered = [(part_label(n), part) for n, part in enumerate(solution.parts)]
    document = Document(
        problem=problem.identity,
        index=variant.index,
        code=variant.code,
        name=_name(problem, variant, reader),
        question=Question(
            title=reader.fill(problem.title),
            stem=reader.blocks(problem.stem),
            parts=tuple(_question(label, part, reader, words) for label, part in lettered),
        ),
        answer=Answer(parts=tuple(_answer(label, part, reader, words) for label, part in lettered)),
    )
    if reader.findings:
        raise InputError(reader.findings)
    return document


def _name(problem: Problem, variant: Variant, reader: _Reader) -> str:
    described = reader.plain(problem.name if problem.name is not None else problem.title)
    return f"{' '.join(described.split())} · #{variant.index}"


class _Reader:
    """Fills in and parses the wordings of one variant, and collects what cannot be shown."""

    def __init__(self, problem: Problem, solution: Solution, proofreader: Proofreader) -> None:
        self._problem = problem
        self._names = dict(solution.names)
        self._figures = solution.figures
        self._proofreader = proofreader
        self.findings: list[Diagnostic] = []

    def fill(self, text: Source) -> str:
        """Finished markup."""
        return compile_template(text).render(self._names)

    def plain(self, text: Source) -> str:
        """Finished text whose values are plain too, for a name."""
        return compile_template(text).render_plain(self._names)

    def blocks(self, wording: Wording) -> Blocks:
        """Parsed markup; what the model says by itself is blamed on the problem, if on anything."""
        text = wording if isinstance(wording, str) else self.fill(wording)
        shown = _shown(text, self._proofreader)
        if shown is not None:
            return shown
        written = wording if isinstance(wording, Source) else self._problem.id
        try:
            found = blocks(text, self._figures)
        except UnknownFigure as missing:
            self.findings.append(_unknown_figure(written, missing))
            return ()
        self.findings += proofread(found, written, self._proofreader)
        return found

    def line(self, wording: Wording) -> Inlines:
        """Parsed markup that fits one line."""
        return in_line(self.blocks(wording))


@lru_cache(maxsize=4_000)
def _shown(text: str, proofreader: Proofreader) -> Blocks | None:
    """A text's blocks; None where there is a finding about them, or a figure among them.

    Most texts are the same in all variants, or in many: their blocks are one object then.
    """
    if FIGURE in text:
        return None
    found = blocks(text)
    return found if can_be_shown(found, proofreader) else None


def _unknown_figure(written: Source, missing: UnknownFigure) -> Diagnostic:
    known = ", ".join(f"`{name}`" for name in missing.known) or "no figure at all"
    placed = f"figure:{missing.name}"
    return at(
        written,
        "unknown-figure",
        f"there is no figure named `{missing.name}`",
        help=f"there is {known}",
        offset=max(0, written.text.find(placed)),
        length=len(placed),
    )


# --- the student's half ------------------------------------------------------------------------


def _question(label: str, part: PartSolution, reader: _Reader, words: Words) -> PartQuestion:
    return PartQuestion(
        label=label,
        ask=reader.blocks(part.ask),
        points=part.points,
        response=keys.response(part, reader.blocks, words),
    )


# --- the marker's half -------------------------------------------------------------------------


def _answer(label: str, part: PartSolution, reader: _Reader, words: Words) -> PartAnswer:
    shown, plain = keys.shown(part.key, reader.line, words)
    return PartAnswer(
        label=label,
        key=part.key,
        shown=shown,
        plain=plain,
        steps=tuple(block for step in part.steps for block in reader.blocks(step)),
        mistakes=_mistakes(part, reader, words),
        rubric=tuple(
            RubricNote(points=line.points, text=reader.line(line.text)) for line in part.rubric
        ),
        evidence=part.evidence,
        credit=credit(part, words),
        hints=tuple(reader.blocks(hint) for hint in part.hints),
        follows=part.follows,
    )


def _mistakes(part: PartSolution, reader: _Reader, words: Words) -> tuple[MistakeNote, ...]:
    if isinstance(part.key, ChoiceKey):
        return tuple(
            _wrong_option(number, option, part.key, reader, words)
            for number, option in enumerate(part.key.options)
            if not option.right
        )
    return tuple(_note(mistake, reader, words) for mistake in part.mistakes)


def _wrong_option(
    number: int, option: Option, key: ChoiceKey, reader: _Reader, words: Words
) -> MistakeNote:
    """Where several may be chosen a wrong one earns nothing: `credit` says what it costs."""
    return MistakeNote(
        result=reader.line(words["none_of_these"] if option.none else option.text),
        because=reader.blocks(option.because),
        worth=Fraction(0) if key.multiple else option.worth,
        option=number,
    )


def _note(mistake: Mistake, reader: _Reader, words: Words) -> MistakeNote:
    typed = mistake.text is not None
    return MistakeNote(
        result=_exactly(mistake.result, words) if typed else reader.line(mistake.result),
        because=reader.blocks(mistake.because),
        worth=mistake.worth,
        value=mistake.value,
        text=mistake.text,
        term=mistake.term,
    )


def _exactly(text: Wording, words: Words) -> Inlines:
    """A text as a student types it, which is no markup."""
    return (Text(text=words["quoted"].format(text=text)),)
