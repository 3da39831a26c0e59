"""A part with options to choose from: written out, drawn from a pool, or made of the mistakes.

The options stand in an order that depends on the problem's id, the variant and their own texts,
and on nothing else: not on which of them is right. "None of these" is the last; it is right where
no other option is, and that is so in as many variants as each other option is right.
"""

from __future__ import annotations

from fractions import Fraction

from generator.diagnostics import Diagnostic, InputError, at
from generator.language import numbers
from generator.language.arithmetic import kind, rounded
from generator.language.expression import Expression, compile_expression
from generator.language.reals import Real
from generator.model.dataclass import dataclass
from generator.model.part import ChoiceSpec, OptionSpec, Part
from generator.model.solution import ChoiceKey, Evidence, Option, PartSolution
from generator.model.source import Source
from generator.model.variant import Filter
from generator.solver.case import Case
from generator.solver.context import Context
from generator.solver.contract import Derivation
from generator.solver.mistakes import Candidate, MistakeRules, applied, place
from generator.solver.parts.common import Rows, part_solution
from generator.solver.parts.rounding import rounding
from generator.solver.parts.shuffle import order, turn
from generator.solver.parts.texts import told_apart
from generator.solver.shown import is_shown, shown

_FEWEST = 2


def _ordered(options: list[Option], case: Case, salt: str) -> tuple[Option, ...]:
    """The options in the variant's own order."""
    return tuple(options[place] for place in order([o.text for o in options], case, salt))


def _with_none(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The options, and behind them "None of these"."""
    right = not any(option.right for option in options)
    return (*options, Option(text="", right=right, none=True))


# --- made of mistakes --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeChoice:
    """The right answer among the results of the mistakes that apply."""

    part: Part
    spec: ChoiceSpec
    context: Context
    answer: Expression
    rules: MistakeRules

    @property
    def filters(self) -> tuple[Filter, ...]:
        """Only variants in which enough mistakes apply."""
        return (
            Filter(
                names=self.context.needed(self.answer, *self.rules.expressions),
                admits=Rows(self.context, self._has_enough).admits,
                reason=f"fewer than {self._least} options differ",
                place=self.answer.source,
            ),
        )

    def solve(self, case: Case) -> tuple[PartSolution]:
        """The options in this variant's order. Raises InputError if there are too few."""
        answer = case.answer(self.answer)
        wrong = self._wrong(case, answer)
        if len(wrong) + 1 < self._least:
            message = f"only {len(wrong) + 1} of {self._least} options differ"
            cure = "add `mistakes`, or show fewer options: `count`"
            raise InputError([at(self.answer.source, "too-few-options", message, help=cure)])
        right = Option(text=self._shown(answer.value, self.answer.source), right=True)
        options = [right, *(self._option(candidate) for candidate in wrong)]
        key = ChoiceKey(options=self._placed(options, case))
        steps = (*answer.steps, *self._rounding(answer.value))
        return (part_solution(self.part, key, steps=steps, evidence=answer.evidence),)

    def _rounding(self, value: object) -> tuple[str, ...]:
        places = self.spec.decimals
        return () if places is None else rounding(value, rounded(value, places), places)

    @property
    def _least(self) -> int:
        """How many different results it takes. "None of these" stands for one of them."""
        return self.spec.count or _FEWEST

    def _placed(self, options: list[Option], case: Case) -> tuple[Option, ...]:
        """As many as are shown; with "None of these", at times without the right one."""
        salt = self.answer.source.text
        count = self.spec.count or len(options)
        if not self.spec.none:
            return _ordered(options[:count], case, salt)
        left_out = turn(case, salt, count) == 0
        kept = options[1:count] if left_out else options[: count - 1]
        return _with_none(_ordered(kept, case, salt))

    def _wrong(self, case: Case, answer: Derivation) -> list[Candidate]:
        """The mistakes that apply; two results collide where they read the same."""
        candidates = (
            (candidate, self._shown(candidate.result, place(candidate, self.answer)))
            for candidate in self.rules.candidates(case, answer)
        )
        return applied(self._shown(answer.value, self.answer.source), candidates)

    def _option(self, candidate: Candidate) -> Option:
        return Option(
            text=self._shown(candidate.result, place(candidate, self.answer)),
            right=False,
            because=candidate.because,
            worth=candidate.worth,
        )

    def _shown(self, value: object, where: Source) -> str:
        if not is_shown(value):
            message = f"an option is a value or a formula, not {kind(value)}"
            raise InputError([at(where, "wrong-type", message)])
        if self.spec.decimals is None:
            return shown(value)
        if isinstance(value, bool) or not isinstance(value, int | Fraction | Real):
            message = f"`decimals` are those of a number, and this option is {kind(value)}"
            raise InputError([at(where, "wrong-type", message)])
        places = self.spec.decimals
        return f"${numbers.decimal(rounded(value, places), places)}$"

    def _has_enough(self, case: Case) -> bool:
        key, known = case.outcomes(self.answer)
        where = self.answer.source
        different = {self._shown(key, where)}
        for result, source in self.rules.results(case, known):
            different.add(self._shown(result, source or where))
            if len(different) >= self._least:  # another result would be found in vain
                break
        return len(different) >= self._least


# --- written out -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenChoice:
    """Options that the author wrote, each with an expression that says whether it is right."""

    part: Part
    spec: ChoiceSpec
    context: Context
    options: tuple[tuple[OptionSpec, Expression], ...]

    @property
    def filters(self) -> tuple[Filter, ...]:
        """Of a pool, only variants in which there is enough to draw."""
        if not self.spec.pool:
            return ()
        return (
            Filter(
                names=self.context.needed(*(right for _, right in self.options)),
                admits=Rows(self.context, self._can_draw).admits,
                reason="too few options of the pool are right, or too few are wrong",
                place=self.options[0][0].text,
            ),
        )

    def solve(self, case: Case) -> tuple[PartSolution]:
        """The options in this variant's order.

        Raises InputError where too few or too many are right, or two of them read the same.
        """
        told_apart((spec.text for spec, _ in self.options), case, "option")
        decided = [
            (spec, case.truth(right, "whether an option is right")) for spec, right in self.options
        ]
        drawn = [
            Option(text=spec.text, right=right, because=spec.because or "", worth=spec.worth)
            for spec, (right, _) in decided
        ]
        if self.spec.pool:
            drawn = self._drawn(drawn, case)
        placed = _ordered(drawn, case, "")
        if self.spec.none:
            placed = _with_none(placed)
        self._check(placed)
        first = decided[0][1][1].evidence
        verdicts = ", ".join("right" if option.right else "wrong" for option in placed)
        because = {spec.text: spec.because for spec, _ in decided}
        steps = (because.get(o.text) for o in drawn if o.right and isinstance(o.text, Source))
        return (
            part_solution(
                self.part,
                ChoiceKey(options=placed, multiple=self.spec.multiple),
                steps=tuple(step for step in steps if step),
                evidence=Evidence(first=first.first, second=first.second, result=verdicts),
            ),
        )

    def _check(self, placed: tuple[Option, ...]) -> None:
        right = sum(option.right for option in placed)
        if right == 0 or (right > 1 and not self.spec.multiple):
            raise InputError([self._count(right)])

    def _count(self, right: int) -> Diagnostic:
        place = self.options[0][0].text if not right else self.options[-1][0].text
        which = "no option is right" if not right else f"{right} options are right"
        cure = "allow several with `multiple: true`, or keep such variants out by a constraint"
        return at(place, "wrong-options", f"{which} here", help=cure if right else "")

    # --- a pool ---

    @property
    def _shown(self) -> int:
        """How many options of the pool are shown."""
        return (self.spec.count or len(self.options)) - self.spec.none

    def _drawn(self, pool: list[Option], case: Case) -> list[Option]:
        """So many of the pool: one right one, or some where several may be chosen.

        Raises InputError where there are too few.
        """
        shuffled = [pool[place] for place in order([o.text for o in pool], case, "pool")]
        right = [option for option in shuffled if option.right]
        wrong = [option for option in shuffled if not option.right]
        if not self._suffices(len(right), len(wrong)):
            message = f"{len(right)} options of this pool are right here, {len(wrong)} are wrong"
            cure = "add to the `pool`, or draw fewer: `count`"
            raise InputError([at(self.options[0][0].text, "too-few-options", message, help=cure)])
        if self.spec.multiple:
            first = right[0]
            others = [option for option in shuffled if option is not first]
            return [first, *others[: self._shown - 1]]
        if self.spec.none and (not right or turn(case, "none", self._shown + 1) == 0):
            return wrong[: self._shown]
        return [right[0], *wrong[: self._shown - 1]]

    def _suffices(self, right: int, wrong: int) -> bool:
        if self.spec.multiple:
            return right >= 1
        if self.spec.none:
            return wrong >= self._shown
        return right >= 1 and wrong >= self._shown - 1

    def _can_draw(self, case: Case) -> bool:
        purpose = "whether an option is right"
        right = sum(case.holds(condition, purpose) for _, condition in self.options)
        return self._suffices(right, len(self.options) - right)


def compile_choice(part: Part, context: Context) -> MadeChoice | WrittenChoice:
    """Compile a choice part. Raises InputError for what is no expression."""
    assert isinstance(part.spec, ChoiceSpec)  # noqa: S101 - by the table
    spec = part.spec
    if spec.answer is not None:
        return MadeChoice(
            part=part,
            spec=spec,
            context=context,
            answer=compile_expression(spec.answer),
            rules=MistakeRules.of(part),
        )
    options = tuple((option, compile_expression(option.right)) for option in spec.options)
    return WrittenChoice(part=part, spec=spec, context=context, options=options)
