"""What the bank says of a response: each one that a student may give to a part, and its mark.

Nothing here knows Moodle or its file. A response is what a student reads on the page or types: the
words of an option, a number. Marks come from `generator.marking`, the key and the mistakes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from generator.marking import mark
from generator.model.document import (
    Blocks,
    ChoiceResponse,
    Code,
    CodeBlock,
    Display,
    FigureBlock,
    Inlines,
    List,
    MatchingResponse,
    Math,
    MistakeNote,
    OrderingResponse,
    Paragraph,
    PartAnswer,
    PartQuestion,
    Text,
)
from generator.model.part import option_letter
from generator.model.solution import (
    ChoiceKey,
    ExpressionKey,
    MatchingKey,
    NumericalKey,
    OrderingKey,
    TextKey,
    TrueFalseKey,
)

REAL_REASON = "the real reason"
"""The option that is none of the wrong reasons: how it reads is for the exporter to say."""
_ALL_SUBSETS = 6
"""Of so many options every subset is tried; of more, those of one or two, and all but one."""

Said = str | tuple[str, ...]
"""A response to a gap: what is typed or chosen; several options of a choice of several."""


@dataclass(frozen=True)
class Attempt:
    """Responses to the gaps of a part, in order.

    `shares` are what each piece earns of the part's points; their sum, never below 0, is the mark.
    `told` are the explanations that the bank has for what is wrong, with the gap that shows each.
    """

    said: tuple[Said, ...]
    shares: tuple[Fraction, ...]
    told: tuple[tuple[int, Blocks], ...] = ()


def attempts(part: PartQuestion, answer: PartAnswer) -> tuple[Attempt, ...]:
    """The key itself, then all else; none where only a person can mark."""
    makers = _ATTEMPTS.get(type(answer.key))
    return tuple(makers(part, answer, answer.key)) if makers else ()


def same(text: str) -> str:
    """A text without white space: two that look alike are equal."""
    return "".join(text.replace(r"\displaystyle ", "").split())


def words(content: Blocks) -> str:
    """What a student reads of some blocks, formulas as LaTeX between their delimiters."""
    return same("".join(piece for block in content for piece in _blocks(block)))


def phrases(content: Blocks) -> list[str]:
    """The plain words of some blocks, piece by piece: what stands between formulas."""
    found = "".join(piece for block in content for piece in _blocks(block, formula="\0"))
    return [same(piece) for piece in found.split("\0") if piece.strip()]


def _blocks(block: Any, formula: str = "") -> Iterator[str]:
    match block:
        case Paragraph(content=content):
            yield from _inlines(content, formula)
        case Display(latex=latex):
            yield formula or rf"\[{latex}\]"
        case List(items=items):
            for one in (inner for item in items for inner in item):
                yield from _blocks(one, formula)
        case FigureBlock(figure=figure, caption=caption):
            yield f"[{figure.alt}]"
            yield from _inlines(caption, formula)
        case CodeBlock(text=text):
            yield text
        case _:
            for cell in (cell for row in (block.header, *block.rows) for cell in row):
                yield from _inlines(cell, formula)


def _inlines(content: Inlines, formula: str = "") -> Iterator[str]:
    for item in content:
        match item:
            case Text(text=text) | Code(text=text):
                yield text
            case Math(latex=latex):
                yield formula or rf"\({latex}\)"
            case _:
                yield from _inlines(getattr(item, "content", ()), formula)


# --- what is typed -----------------------------------------------------------------------------


def _number(part: PartQuestion, answer: PartAnswer, key: NumericalKey) -> Iterator[Attempt]:
    """The key as it is shown and up to the ends of its tolerance; each mistake; another number."""
    near = [key.value, *(key.value + key.tolerance * Fraction(n, 100) for n in (-99, 99))]
    yield from (_typed(part, answer, typed(value)) for value in near)
    for note in answer.mistakes:
        if note.value is not None:
            yield _typed(part, answer, typed(note.value))
    yield _typed(part, answer, "987654321")


def typed(value: Fraction) -> str:
    """A number as a student types it, exactly or with fifteen digits."""
    return str(value) if value.denominator == 1 else f"{float(value):.15g}"


def _text(part: PartQuestion, answer: PartAnswer, key: TextKey) -> Iterator[Attempt]:
    """A text for each pattern of the key and of the mistakes, and one for none."""
    wrong = [note.text for note in answer.mistakes if note.text is not None]
    for pattern in (*key.answers, *wrong):
        plain = pattern.replace(r"\*", "\0")
        for anything in ("", " some "):
            yield _typed(part, answer, plain.replace("*", anything).replace("\0", "*"))
    for answered in key.answers:
        yield _typed(part, answer, answered.replace("*", "").swapcase())
    yield _typed(part, answer, "none of all this")


def _typed(part: PartQuestion, answer: PartAnswer, response: str) -> Attempt:
    found = mark(part, answer, response)
    told = found.mistake.because if found.mistake else ()
    assert found.verdict != "unreadable", (response, found.message)
    return Attempt((response,), (found.share,), ((0, told),) if told else ())


# --- what is chosen ----------------------------------------------------------------------------


def _choice(part: PartQuestion, answer: PartAnswer, key: ChoiceKey) -> Iterator[Attempt]:
    """Each option; where several may be chosen, the subsets of all options."""
    assert isinstance(part.response, ChoiceResponse)
    shown = [words(option) for option in part.response.options]
    notes = {note.option: note.because for note in answer.mistakes}
    right = tuple(n for n, option in enumerate(key.options) if option.right)
    for chosen in dict.fromkeys((right, *_subsets(len(shown), several=key.multiple))):
        shares = tuple(key.share(key.options[n]) for n in chosen)
        if chosen:
            letters = " ".join(option_letter(n) for n in chosen)
            assert mark(part, answer, letters).share == max(sum(shares), 0)
        texts = tuple(shown[n] for n in chosen)
        told = tuple((0, notes[n]) for n in chosen if notes.get(n))
        yield Attempt((texts if key.multiple else texts[0],), shares, told)


def _subsets(count: int, *, several: bool) -> Iterator[tuple[int, ...]]:
    everything = range(count)
    if not several:
        sizes: tuple[int, ...] = (1,)
    elif count <= _ALL_SUBSETS:
        sizes = tuple(range(count + 1))
    else:
        sizes = (0, 1, 2, count - 1, count)
    for size in sizes:
        yield from combinations(everything, size)


def _formula(_: PartQuestion, answer: PartAnswer, key: ExpressionKey) -> Iterator[Attempt]:
    """The key and each known wrong formula; nothing where there is none to choose from."""
    if answer.mistakes:
        yield Attempt((same(rf"\({key.latex}\)"),), (Fraction(1),))
    for note in answer.mistakes:
        yield Attempt((_result(note),), (note.worth,), _explained(note, 0))


def _verdict(part: PartQuestion, answer: PartAnswer, key: TrueFalseKey) -> Iterator[Attempt]:
    """Both verdicts; with an explanation, each of them with each reason.

    About a third of the points is for the verdict, in whole points where there are several.
    """
    right, wrong = str(key.value), str(not key.value)
    if not (key.explain and answer.mistakes):
        yield Attempt((right,), (Fraction(1),))
        yield Attempt((wrong,), (Fraction(0),))
        return
    points = part.points
    whole = points.denominator == 1 and points > 1
    verdict = (max(1, round(points / 3)) if whole else points / 3) / points
    for said, earned in ((right, verdict), (wrong, Fraction(0))):
        yield Attempt((said, REAL_REASON), (earned, 1 - verdict))
        for note in answer.mistakes:
            shares = (earned, (1 - verdict) * note.worth)
            yield Attempt((said, _result(note)), shares, _explained(note, 1))


def _result(note: MistakeNote) -> str:
    return words((Paragraph(content=note.result),))


def _explained(note: MistakeNote, gap: int) -> tuple[tuple[int, Blocks], ...]:
    return ((gap, note.because),) if note.because else ()


# --- pairs and orders --------------------------------------------------------------------------


def _matching(part: PartQuestion, answer: PartAnswer, key: MatchingKey) -> Iterator[Attempt]:
    """The key; each left side with each other right one; all left sides with the same."""
    assert isinstance(part.response, MatchingResponse)
    shown = [words(right) for right in part.response.rights]
    right = list(key.matches)
    every = [right]
    for left in range(len(right)):
        every += [[*right[:left], n, *right[left + 1 :]] for n in range(len(shown))]
    every += [[n] * len(right) for n in range(len(shown))]
    for given in every:
        letters = " ".join(f"{left + 1}{option_letter(n)}" for left, n in enumerate(given))
        share = mark(part, answer, letters).share
        yield Attempt(tuple(shown[n] for n in given), (share,))


def _ordering(part: PartQuestion, answer: PartAnswer, key: OrderingKey) -> Iterator[Attempt]:
    """The key, any two of its items changed, and the order in which they are shown."""
    assert isinstance(part.response, OrderingResponse)
    every = [list(key.places)]
    for one, other in combinations(range(len(key.places)), 2):
        changed = list(key.places)
        changed[one], changed[other] = changed[other], changed[one]
        every.append(changed)
    for places in (*every, [*range(len(key.places))]):
        letters = " ".join(f"{option_letter(n)}{place + 1}" for n, place in enumerate(places))
        share = mark(part, answer, letters).share
        yield Attempt(tuple(str(place + 1) for place in places), (share,))


_ATTEMPTS: dict[type, Callable[..., Iterator[Attempt]]] = {
    NumericalKey: _number,
    TextKey: _text,
    ChoiceKey: _choice,
    ExpressionKey: _formula,
    TrueFalseKey: _verdict,
    MatchingKey: _matching,
    OrderingKey: _ordering,
}
