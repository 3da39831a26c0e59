"""What a sample of a problem's variants says about it: spread, balance, wrong results, difficulty.

Counts are of the variants solved, so they are exact where all of them are. Difficulty is a proxy
that needs no student: the digits of the key and the operations in the formulas of the worked
solution. How much it varies says how fair the variants are to each other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from statistics import median

from generator.diagnostics import Diagnostic, at
from generator.document.markup import in_line, plain
from generator.document.skeleton import without_numbers
from generator.model.bank import Problem
from generator.model.dataclass import dataclass
from generator.model.document import Blocks, Display, Document, List, Math, PartAnswer
from generator.model.part import ChoiceSpec, ClaimsSpec, Part, option_letter
from generator.model.solution import (
    ChoiceKey,
    EssayKey,
    NumericalKey,
    Solution,
    TrueFalseKey,
)
from generator.pipeline.records import PART_TYPES

_ENOUGH = 10
"""Variants of a sample from which "in all of them" is said of a problem."""

_BINS = 10
_FEW = 12
_COMMON = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The least, the middle and the largest of some numbers."""

    least: Fraction
    median: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongResult:
    """A mistake, the results that it led to, and in how many of the variants it applied.

    `because` is empty for wrong options that nobody explained: each of these is a mistake.
    """

    because: str
    applied: int
    results: tuple[tuple[str, int], ...]

    @property
    def name(self) -> str:
        """What tells it from others: its explanation, or else the result."""
        return self.because or self.results[0][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartStatistics:
    """One part over the sample of `solved` variants.

    `keys` is how many different keys there were, `common` the commonest; `spread` and `histogram`
    (from, to, how many) are those of numbers. `balance` counts what a guess could
    rely on: true and false, or the places of the right options. `digits` and `operations` are the
    proxy of difficulty. `wrong` is sorted by how often the mistake applied.
    """

    label: str
    kind: str
    solved: int
    keys: int
    common: tuple[tuple[str, int], ...]
    spread: Range | None
    histogram: tuple[tuple[Fraction, Fraction, int], ...]
    balance: tuple[tuple[str, int], ...]
    digits: Range
    operations: Range
    wrong: tuple[WrongResult, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """Variants of a problem, solved and composed."""

    problem: Problem
    solutions: tuple[Solution, ...]
    documents: tuple[Document, ...]

    def parts(self) -> tuple[PartStatistics, ...]:
        """The statistics of each question, by its letter; none where nothing was solved."""
        return tuple(_statistics(answers) for _, answers in self._columns())

    def findings(self) -> tuple[Diagnostic, ...]:
        """Warnings that only a sample can give."""
        if len(self.documents) < _ENOUGH:
            return ()
        return (*self._constant_keys(), *self._given_away(), *self._idle_mistakes())

    def _columns(self) -> Iterator[tuple[Part, list[PartAnswer]]]:
        """Each question's part in the bank, and its answers in all variants."""
        if not self.documents:
            return
        letters = zip(self.problem.parts, self.problem.letters, strict=True)
        parts = [part for part, of_part in letters for _ in of_part]
        for index, part in enumerate(parts):
            yield part, [document.answer.parts[index] for document in self.documents]

    def _constant_keys(self) -> Iterator[Diagnostic]:
        for part, answers in self._columns():
            keys = {answer.plain for answer in answers}
            if len(keys) == 1 and _is_dealt(answers[0]):
                yield at(
                    part.place,
                    "constant-key",
                    f"the key of ({answers[0].label}) is `{keys.pop()}` in all {len(answers)} "
                    "variants looked at, so neighbours can copy it",
                    help="let it depend on a parameter",
                    severity="warning",
                )

    def _given_away(self) -> Iterator[Diagnostic]:
        shown = [_shown_numbers(document) for document in self.documents]
        for part, answers in self._columns():
            keys = [answer.plain for answer in answers]
            told = all(key in numbers for key, numbers in zip(keys, shown, strict=True))
            if isinstance(answers[0].key, NumericalKey) and len(set(keys)) > 1 and told:
                yield at(
                    part.place,
                    "answer-in-stem",
                    f"the key of ({answers[0].label}) stands in the question itself, in all "
                    f"{len(answers)} variants looked at",
                    help="ask for something that is still to be found",
                    severity="warning",
                )

    def _idle_mistakes(self) -> Iterator[Diagnostic]:
        parts = [part for solution in self.solutions for part in solution.parts]
        seen = {id(mistake.because) for part in parts for mistake in part.mistakes}
        for part in self.problem.parts:
            if isinstance(part.spec, ClaimsSpec | ChoiceSpec):
                continue  # a sample need not draw every claim, nor a choice show every mistake
            for mistake in part.mistakes:
                if id(mistake.because) not in seen:
                    yield at(
                        mistake.because,
                        "idle-mistake",
                        f"this mistake applied to none of the {len(self.solutions)} variants "
                        "looked at",
                        help="its result is the key's or another mistake's, or its `when` never "
                        "holds: change it, or delete it",
                        severity="warning",
                    )


def _is_dealt(answer: PartAnswer) -> bool:
    """Whether the key should differ between variants: an essay has none."""
    return not isinstance(answer.key, EssayKey)


# --- one question -----------------------------------------------------------------------------


def _statistics(answers: Sequence[PartAnswer]) -> PartStatistics:
    keys = Counter(_key(answer) for answer in answers)
    values = [answer.key.value for answer in answers if isinstance(answer.key, NumericalKey)]
    return PartStatistics(
        label=answers[0].label,
        kind=PART_TYPES[type(answers[0].key)],
        solved=len(answers),
        keys=len(keys),
        common=_commonest(keys),
        spread=_range(values) if values else None,
        histogram=_histogram(values),
        balance=_balance(answers),
        digits=_range([Fraction(_digits(answer)) for answer in answers]),
        operations=_range([Fraction(_operations(answer.steps)) for answer in answers]),
        wrong=_wrong_results(answers),
    )


def _key(answer: PartAnswer) -> str:
    """The key as counted; of a choice, what the right options say and not where they stand."""
    return plain(answer.shown) if isinstance(answer.key, ChoiceKey) else answer.plain


def _commonest(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return tuple(ordered[:_COMMON])


def _range(values: Sequence[Fraction]) -> Range:
    return Range(least=min(values), median=Fraction(median(values)), most=max(values))


def _histogram(values: Sequence[Fraction]) -> tuple[tuple[Fraction, Fraction, int], ...]:
    """Each number for itself where they are few, else equally wide bins."""
    counts = Counter(values)
    if len(counts) <= _FEW:
        return tuple((value, value, counts[value]) for value in sorted(counts))
    least = min(values)
    width = (max(values) - least) / _BINS
    places = Counter(min(int((value - least) / width), _BINS - 1) for value in values)
    return tuple(
        (least + width * place, least + width * (place + 1), places[place])
        for place in range(_BINS)
    )


def _balance(answers: Sequence[PartAnswer]) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for answer in answers:
        if isinstance(answer.key, TrueFalseKey):
            counts["true" if answer.key.value else "false"] += 1
        elif isinstance(answer.key, ChoiceKey):
            counts.update(
                option_letter(place)
                for place, option in enumerate(answer.key.options)
                if option.right
            )
    return tuple(sorted(counts.items()))


def _wrong_results(answers: Sequence[PartAnswer]) -> tuple[WrongResult, ...]:
    """The mistakes by their explanations, whatever numbers these show."""
    words: dict[str, str] = {}
    results: dict[str, Counter[str]] = {}
    for answer in answers:
        for note in answer.mistakes:
            because, result = plain(in_line(note.because)), plain(note.result)
            skeleton = without_numbers(because)[0] if because else f"= {result}"
            words.setdefault(skeleton, because)
            results.setdefault(skeleton, Counter())[result] += 1
    found = [
        WrongResult(because=words[skeleton], applied=counts.total(), results=_commonest(counts))
        for skeleton, counts in results.items()
    ]
    return tuple(sorted(found, key=lambda wrong: -wrong.applied))


# --- difficulty, and what a question shows ----------------------------------------------------

_OPERATION = re.compile(
    r"[-+/^]|\\(?:times|cdot|div|frac|dfrac|sqrt|sum|prod|exp|ln|log|sin|cos|tan|bmod)(?![a-zA-Z])"
)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:/[0-9]+)?")


def _digits(answer: PartAnswer) -> int:
    return sum(character.isdigit() for character in answer.plain)


def _operations(steps: Blocks) -> int:
    """The operation signs in the formulas of a worked solution."""
    return sum(len(_OPERATION.findall(formula)) for formula in _formulas(steps))


def _formulas(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, List):
            for item in block.items:
                yield from _formulas(item)
        elif isinstance(block, Display):
            yield block.latex
        else:
            yield from (item.latex for item in in_line((block,)) if isinstance(item, Math))


def _shown_numbers(document: Document) -> frozenset[str]:
    """The numbers that a student reads in the stem and in what is asked."""
    question = document.question
    texts = [question.stem, *(part.ask for part in question.parts)]
    words = " ".join(plain(in_line(blocks)) for blocks in texts)
    return frozenset(_NUMBER.findall(words))
