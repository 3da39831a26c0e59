"""One variant while it is solved: the values of its names, and answers that are proved.

An answer that is a quantity of the model is derived by the model, in two ways of its own. Any other
answer is an expression: the quantities of the model in it are derived so, and the expression is
evaluated twice, by the language and by the second arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.diagnostics import Diagnostic, InputError, at
from generator.language import numbers
from generator.language.arithmetic import kind
from generator.language.expression import Expression
from generator.language.nodes import paths
from generator.language.reals import Real
from generator.model.figure import Figure
from generator.model.solution import Evidence
from generator.model.source import Source
from generator.solver.batch import Batch
from generator.solver.context import Context, Solved, unknown_quantity
from generator.solver.contract import Derivation, Disagreement, Judge, Sketch, Verdict
from generator.solver.second import agree, evaluate
from generator.solver.shown import SHOWN, is_shown
from generator.solver.substitution import substituted

_FIRST = "exact arithmetic"
_SECOND = "a second arithmetic, over pairs of integers"


class Case:
    """One combination of values: a variant, or as much of one as a question takes.

    `values` are those of parameters and definitions. The model takes part if all that it depends
    on is among them. A `batch` in which this is the variant in `row` tells what it can.
    Raises InputError where a field of the model makes no sense.
    """

    def __init__(
        self,
        context: Context,
        values: Mapping[str, object],
        index: int | None = None,
        *,
        batch: Batch | None = None,
        row: int = 0,
    ) -> None:
        self.context, self.index = context, index
        self._batch, self._row = batch, row
        self.env = dict(values)
        """The values of parameters, definitions and `model`, as expressions see them."""
        self._solved = context.solved(values) if context.model_names <= values.keys() else None
        if self._solved is not None:
            self.env["model"] = self._solved.instance

    @property
    def solved(self) -> Solved:
        """The model's instance with what is known of it; LookupError without a model."""
        if self._solved is None:
            raise LookupError("the problem has no model")
        return self._solved

    # --- values that need no proof: mistakes, conditions ---

    def value(self, expression: Expression, given: Expression | None = None) -> object:
        """The value of an expression, where the condition `given` holds.

        Raises InputError where it has none.
        """
        if self._batch is not None:
            column = self._batch.values(expression, given)
            if column is not None:
                return column[self._row]
        return expression.evaluate(self.env)

    def holds(self, expression: Expression, purpose: str) -> bool:
        """A condition; `purpose` begins the message when it is neither true nor false."""
        value = self.value(expression)
        if isinstance(value, bool):
            return value
        raise InputError([_untrue(expression.source, value, purpose)])

    # --- answers ---

    def answer(self, expression: Expression) -> Derivation:
        """The value of an answer with its proof. Raises InputError where there is none."""
        whole = expression.path
        try:
            if whole is not None and whole[0] == "model" and len(whole) > 1:
                return self.derive(whole[1:], expression.source)
            return self._calculated(expression)
        except Disagreement as trouble:
            raise InputError([self.unproved(expression.source, trouble)]) from trouble

    def outcomes(self, expression: Expression) -> tuple[object, Iterable[object]]:
        """The value of an answer and the results of the model's mistakes, without proof."""
        whole = expression.path
        if whole is None or whole[0] != "model" or len(whole) == 1:
            return self.value(expression), ()
        instance = self.solved.instance
        if isinstance(instance, Sketch) and whole[1:] in self.context.quantities:
            return instance.outcomes(whole[1:])
        answer = self.answer(expression)
        return answer.value, tuple(mistake.result for mistake in answer.mistakes)

    def truth(self, expression: Expression, purpose: str) -> tuple[bool, Derivation]:
        """The truth of a statement with its proof."""
        answer = self.answer(expression)
        if isinstance(answer.value, bool):
            return answer.value, answer
        raise InputError([_untrue(expression.source, answer.value, purpose)])

    def derive(self, quantity: tuple[str, ...], source: Source) -> Derivation:
        """A quantity of the model that `source` asks for, derived once for each instance."""
        solved = self.solved
        if quantity not in solved.derivations:
            try:
                solved.derivations[quantity] = solved.instance.derive(quantity)
            except KeyError:
                known = self.context.quantities
                if quantity in known:
                    raise
                path_asked = ("model", *quantity)
                raise InputError([unknown_quantity(source, path_asked, known)]) from None
        return solved.derivations[quantity]

    def verdict(self, number: int) -> Verdict:
        """The truth of a claim, decided once for each instance."""
        solved = self.solved
        if number not in solved.verdicts:
            claim = self.context.claim(number)
            try:
                solved.verdicts[number] = solved.instance.decide(claim)
            except Disagreement as trouble:
                raise InputError([self.unproved(claim.text, trouble)]) from trouble
        return solved.verdicts[number]

    def is_true(self, number: int) -> bool:
        """The truth of a claim, without the reasons where the model can do without."""
        solved = self.solved
        if number in solved.verdicts or not isinstance(solved.instance, Judge):
            return self.verdict(number).value
        claim = self.context.claim(number)
        try:
            return solved.instance.truth(claim)
        except Disagreement as trouble:
            raise InputError([self.unproved(claim.text, trouble)]) from trouble

    def figures(self) -> Mapping[str, Figure]:
        """The model's drawings of this case."""
        return {} if self._solved is None else self._solved.instance.figures()

    def _calculated(self, expression: Expression) -> Derivation:
        source = expression.source
        derived = [self.derive(quantity, source) for quantity in _quantities(expression)]
        value = self.value(expression)
        if not is_shown(value):
            message = f"an answer is a value or a formula, not {kind(value)}"
            raise InputError([at(source, "wrong-type", message)])
        self._check(expression, value)
        quantities = ", on proved quantities of the model" if derived else ""
        steps = (step for derivation in derived for step in derivation.steps)
        return Derivation(
            value=value,  # type: ignore[arg-type]  # whatever an expression gives
            steps=(*steps, _step(expression, self.env, value)),
            evidence=Evidence(
                first=_FIRST, second=f"{_SECOND}{quantities}", result=numbers.plain(value)
            ),
        )

    def _check(self, expression: Expression, value: object) -> None:
        """Raises Disagreement unless the second arithmetic finds this value."""
        agreed = None if self._batch is None else self._batch.agreed(expression)
        if agreed is not None and agreed[self._row]:
            return
        try:
            check = evaluate(expression.tree, self.env)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise _disagreement(expression, value, f"none ({error})") from error
        if not agree(value, check):
            raise _disagreement(expression, value, repr(check))

    def unproved(self, place: Source, trouble: Disagreement) -> Diagnostic:
        """The finding for a key that is not proved."""
        return at(
            place,
            "unproved",
            f"{trouble.quantity} is not proved: {trouble.first}, but {trouble.second}",
            help="nothing is made of a problem whose key is not proved",
        )


def _quantities(expression: Expression) -> Iterable[tuple[str, ...]]:
    """The quantities of the model in an expression, each once, in the order of the text."""
    if "model" not in expression.names:
        return ()
    used = (found for found, _ in paths(expression.tree) if found[0] == "model" and len(found) > 1)
    return dict.fromkeys(found[1:] for found in used)


def _disagreement(expression: Expression, value: object, check: str) -> Disagreement:
    return Disagreement(
        f"`{expression.source.text}`",
        f"{_FIRST} gives {numbers.plain(value)}",
        f"{_SECOND} gives {check}",
    )


def _step(expression: Expression, env: Mapping[str, object], value: object) -> str:
    r"""``$20 \times 26 = 520$.``; of a statement whether it is true."""
    formula = substituted(expression, env)
    shown = numbers.latex(value)
    if isinstance(value, bool):
        statement = "The statement" if formula in ("", rf"\text{{{shown}}}") else f"${formula}$"
        return f"{statement} is {shown}."
    sign = r"\approx" if isinstance(value, Real) else "="
    return f"${shown}$." if formula in ("", shown) else f"${formula} {sign} {shown}$."


def _untrue(place: Source, value: object, purpose: str) -> Diagnostic:
    message = f"{purpose} must be true or false, not {numbers.plain(value)}"
    return at(place, "wrong-type", message, help="compare it: `n > 0`")


class located:  # noqa: N801 - it is written like a function
    """Adds the values (and the variant's index) to the help of every InputError from within."""

    __slots__ = ("_index", "_values")

    def __init__(self, values: Mapping[str, object], index: int | None = None) -> None:
        self._values, self._index = values, index

    def __enter__(self) -> None:
        """Nothing is done before anything is wrong."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: object
    ) -> None:
        if not isinstance(error, InputError):
            return
        shown = ", ".join(
            f"{name} = {numbers.plain(value)}"
            for name, value in self._values.items()
            if isinstance(value, SHOWN)
        )
        where = "here" if self._index is None else f"in variant {self._index}:"
        found = f"{where} {shown}" if shown else where
        raise InputError(
            replace(finding, help=f"{finding.help}; {found}" if finding.help else found)
            for finding in error.diagnostics
        ) from error
