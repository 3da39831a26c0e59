"""What a quantity of the model is: a closed form, a count to check it, its steps and mistakes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import field
from typing import Generic, TypeVar

from generator.language import numbers
from generator.memo import Memo, Table
from generator.model.dataclass import dataclass
from generator.model.solution import Evidence
from generator.solver import contract
from generator.solver.contract import Derivation, Disagreement, KnownMistake

S = TypeVar("S")
"""What the quantity is of: a layer, or several."""
S_contra = TypeVar("S_contra", contravariant=True)
"""The same of a mistake: one that is made with every layer is made with a special one, too."""

Result = int | tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeRule(Generic[S_contra]):
    """A mistake that students make: the wrong result (None where it makes no sense) and why."""

    result: Callable[[S_contra], Result | None]
    because: Callable[[S_contra], str]


@dataclass(frozen=True, slots=True, eq=False)
class Lasting(Generic[S]):
    """Mistakes that depend on nothing but what `of` says of a subject.

    Subjects that are alike in it share them: they are found, and put into words, once.
    """

    of: Callable[[S], Hashable]
    rules: tuple[MistakeRule[S], ...]
    known: Table[tuple[KnownMistake, ...]] = field(default_factory=Table, repr=False)

    def made(self, subject: S, key: Result) -> tuple[KnownMistake, ...]:
        """Those that make sense."""
        like = (key, self.of(subject))
        known = self.known.get(like)
        return self.known.keep(like, distinct(self.rules, subject, key)) if known is None else known


Rules = Iterable[MistakeRule[S] | Lasting[S]]


def distinct(
    rules: Rules[S],
    subject: S,
    key: Result,
    before: tuple[KnownMistake, ...] = (),
) -> tuple[KnownMistake, ...]:
    """The mistakes `before` and those of the rules, in this order.

    One that leads to the right result, to no positive one, or to the result of an earlier mistake
    is left out.
    """
    found: dict[object, KnownMistake] = {mistake.result: mistake for mistake in before}
    for rule in rules:
        if isinstance(rule, Lasting):
            for mistake in rule.made(subject, key):
                found.setdefault(mistake.result, mistake)
            continue
        wrong = rule.result(subject)
        if wrong is not None and wrong != key and wrong not in found and _positive(wrong):
            found[wrong] = KnownMistake(result=wrong, because=rule.because(subject))
    return tuple(found.values())


def _positive(result: Result) -> bool:
    return min(result) > 0 if isinstance(result, tuple) else result > 0


def _none(_: object) -> tuple[KnownMistake, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Generic[S]):
    """A quantity of `S`: two derivations, and `how` the second one goes in a few words.

    `mistakes` are in the order in which they are likely; before them stand the `slips`, which many
    subjects share and which are found once for all of them. `told` says what the steps depend on
    where that is less than the subject: they are written once for each. A subject is explained
    once, if it is a lasting object such as a layer; `shared` says of others what their explanation
    depends on, and those that are alike in it are explained once. Proved is each of them.
    """

    closed: Callable[[S], Result]
    counted: Callable[[S], Result]
    how: str
    steps: Callable[[S], tuple[str, ...]]
    mistakes: tuple[MistakeRule[S] | Lasting[S], ...] = ()
    slips: Callable[[S], tuple[KnownMistake, ...]] = _none
    shared: Callable[[S], Hashable] | None = None
    told: Callable[[S], Hashable] | None = None
    _explained: Memo[S, Derivation] = field(default_factory=Memo, init=False, repr=False)
    _alike: Table[Derivation] = field(default_factory=Table, init=False, repr=False)
    written: Table[tuple[str, ...]] = field(default_factory=Table, init=False, repr=False)

    def outcomes(self, subject: S) -> tuple[contract.Quantity, tuple[contract.Quantity, ...]]:
        """The closed form, and what the mistakes lead to."""
        key = self.closed(subject)
        wrong = [mistake.result for mistake in self.slips(subject)]
        for rule in self.mistakes:
            if isinstance(rule, Lasting):
                wrong += [mistake.result for mistake in rule.made(subject, key)]
                continue
            result = rule.result(subject)
            if result is not None and result != key and _positive(result):
                wrong.append(result)
        return key, tuple(dict.fromkeys(wrong))

    def derive(self, subject: S, path: tuple[str, ...]) -> Derivation:
        """Derive it in both ways. Raises Disagreement, about ``model.<path>``, if they differ."""
        key = self.closed(subject)
        check = self.counted(subject)
        if key != check:
            raise Disagreement(
                ".".join(("model", *path)),
                f"the closed form gives {numbers.plain(key)}",
                f"{self.how} gave {numbers.plain(check)}",
            )
        if self.shared is None:
            return self._explained.of(subject, self._explain)
        like = (key, self.shared(subject))
        return self._alike.get(like) or self._alike.keep(like, self._explain(subject))

    def _explain(self, subject: S) -> Derivation:
        key = self.closed(subject)
        shown = numbers.plain(key)
        return Derivation(
            value=key,
            steps=self._worked(subject, key),
            evidence=Evidence(first="closed form", second=self.how, result=shown),
            mistakes=distinct(self.mistakes, subject, key, self.slips(subject)),
        )

    def _worked(self, subject: S, key: Result) -> tuple[str, ...]:
        if self.told is None:
            return self.steps(subject)
        like = (key, self.told(subject))
        return self.written.get(like) or self.written.keep(like, self.steps(subject))
