"""Where a problem uses names: every expression and template of it, and who gets to read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum, auto

from generator.bank.grammar.leaves import is_old_truth
from generator.diagnostics import InputError
from generator.language.expression import Expression, compile_expression
from generator.language.nodes import Node, paths
from generator.language.template import Template, compile_template
from generator.model.bank import Claim, Problem
from generator.model.dataclass import dataclass
from generator.model.domain import expressions_of
from generator.model.part import (
    ChoiceSpec,
    ExpressionSpec,
    MatchingSpec,
    MistakeSpec,
    NumericalSpec,
    OrderingSpec,
    Part,
    TextSpec,
    TrueFalseSpec,
)
from generator.model.plot import AxisSpec, CurveSpec, LineSpec, PlotSpec, PointSpec, ShadeSpec
from generator.model.source import Branch, Source, Tree


class Role(Enum):
    """What a text is for, which decides what it may name."""

    BOUND = auto()  # of a parameter's domain
    DEFINITION = auto()
    CONSTRAINT = auto()
    DRAWN = auto()  # a number or a function of a plot
    ANSWER = auto()  # what an answer, right or wrong, is computed from
    WORDS = auto()  # a text that is an answer, right or wrong
    CONDITION = auto()  # of a claim; its names are those of the model
    SHOWN = auto()  # what a student reads before answering
    TOLD = auto()  # what a student or a marker reads afterwards


TEMPLATES = (Role.WORDS, Role.SHOWN, Role.TOLD)
"""What is a template; all else is an expression."""


@dataclass(frozen=True, slots=True)
class Use:
    """A compiled text.

    `owner` is the parameter or definition whose value it decides, `variable` the one that a curve
    is a function of: a name that is the curve's own.
    """

    text: Expression | Template
    role: Role
    owner: str = ""
    variable: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The names that it uses and that are the problem's."""
        return self.text.names - {self.variable}

    @property
    def source(self) -> Source:
        """Where it stands."""
        return self.text.source

    def places(self) -> Iterator[tuple[tuple[str, ...], int, int]]:
        """Every path that it uses, as often as it does, with the offset and length of each."""
        for tree, bound in self._trees():
            for path, node in paths(tree):
                if path in self.text.paths and path[0] not in bound:
                    yield path, node.offset, node.length

    def _trees(self) -> Iterator[tuple[Node, frozenset[str]]]:
        if isinstance(self.text, Expression):
            yield self.text.tree, frozenset({self.variable})
        else:
            yield from ((piece.tree, piece.bound) for piece in self.text.pieces)


def uses(problem: Problem) -> Iterator[Use]:
    """Every expression and template of a problem.

    Those that cannot be compiled, and ``yes`` and ``no``, are left out: they were reported where
    they were read.
    """
    for role, owner, source in _sources(problem):
        if (compiled := _compiled(source, role)) is not None:
            yield Use(compiled, role, owner)
    for plot in problem.plots:
        for curve in plot.spec.curves:
            if (compiled := _compiled(curve.y, Role.DRAWN)) is not None:
                yield Use(compiled, Role.DRAWN, variable=plot.spec.letter)


def _compiled(source: Source, role: Role) -> Expression | Template | None:
    if is_old_truth(source):
        return None
    compiled: Callable[[Source], Expression | Template] = (
        compile_template if role in TEMPLATES else compile_expression
    )
    try:
        return compiled(source)
    except InputError:
        return None


def words(tree: Tree) -> Iterator[str]:
    """All words in the texts of a model's fields: the names that it uses are among them."""
    if isinstance(tree, Branch):
        for item in tree.items:
            yield from words(item)
    else:
        yield from re.findall(r"[^\W\d]\w*", tree.text)


_Sources = Iterator[tuple[Role, str, Source]]


def _sources(problem: Problem) -> _Sources:
    for parameter in problem.parameters:
        yield from ((Role.BOUND, parameter.name.text, s) for s in expressions_of(parameter.domain))
    for definition in problem.definitions:
        yield Role.DEFINITION, definition.name.text, definition.expression
    yield from ((Role.CONSTRAINT, "", source) for source in problem.constraints)
    yield from ((Role.CONSTRAINT, "", stratum.when) for stratum in problem.strata)
    if problem.name is not None:
        yield Role.TOLD, "", problem.name
    yield Role.SHOWN, "", problem.stem
    for part in problem.parts:
        yield from _of_part(part)
    for claim in problem.claims:
        yield from _of_claim(claim)
    for plot in problem.plots:
        yield from _of_plot(plot.spec)


def _of_plot(spec: PlotSpec) -> _Sources:
    """All but the curves, which alone are functions of the variable."""
    parts: tuple[_Labelled, ...] = (spec.x, spec.y, *spec.curves, *spec.points, *spec.lines)
    for part in parts:
        if part.label is not None:
            yield Role.SHOWN, "", part.label
        yield from _numbers(part)
    for curve in spec.curves:
        yield from _numbers(curve.shade)


def _numbers(part: object) -> _Sources:
    for name in _NUMBERS.get(type(part), ()):
        if (source := getattr(part, name)) is not None:
            yield Role.DRAWN, "", source


_Labelled = AxisSpec | CurveSpec | PointSpec | LineSpec
_NUMBERS: dict[type, tuple[str, ...]] = {
    AxisSpec: ("start", "stop", "step"),
    CurveSpec: ("start", "stop"),
    ShadeSpec: ("start", "stop"),
    PointSpec: ("x", "y"),
    LineSpec: ("x", "y"),
}
"""The expressions of a plot's parts that are numbers."""


def _of_part(part: Part) -> _Sources:
    if part.ask is not None:
        yield Role.SHOWN, "", part.ask
    match part.spec:
        case NumericalSpec(answer=answer) | ExpressionSpec(answer=answer):
            yield Role.ANSWER, "", answer
        case TrueFalseSpec(answer=answer):
            yield Role.ANSWER, "", answer
        case TextSpec(answers=answers):
            yield from ((Role.WORDS, "", answer) for answer in answers)
        case ChoiceSpec():
            yield from _of_choice(part.spec)
        case MatchingSpec():
            yield from _of_matching(part.spec)
        case OrderingSpec(items=items):
            yield from ((Role.SHOWN, "", item.text) for item in items)
            yield from ((Role.ANSWER, "", item.by) for item in items if item.by is not None)
    wrong = _WRONG.get(type(part.spec), Role.ANSWER)
    for mistake in part.mistakes:
        yield from _of_mistake(mistake, wrong)
    yield from ((Role.TOLD, "", source) for source in (*part.hints, *part.solution))
    yield from ((Role.TOLD, "", line.text) for line in part.rubric)


_WRONG = {TrueFalseSpec: Role.TOLD, TextSpec: Role.WORDS}
"""What the results of a part's mistakes are, where they are no expressions."""


def _of_choice(choice: ChoiceSpec) -> _Sources:
    if choice.answer is not None:
        yield Role.ANSWER, "", choice.answer
    for option in choice.options:
        yield Role.SHOWN, "", option.text
        yield Role.ANSWER, "", option.right
        if option.because is not None:
            yield Role.TOLD, "", option.because


def _of_matching(matching: MatchingSpec) -> _Sources:
    for pair in matching.pairs:
        yield Role.SHOWN, "", pair.left
        yield Role.SHOWN, "", pair.right
        if pair.because is not None:
            yield Role.TOLD, "", pair.because
    yield from ((Role.SHOWN, "", distractor) for distractor in matching.distractors)


def _of_mistake(mistake: MistakeSpec, result: Role) -> _Sources:
    yield result, "", mistake.result
    yield Role.TOLD, "", mistake.because
    if mistake.when is not None:
        yield Role.ANSWER, "", mistake.when


def _of_claim(claim: Claim) -> _Sources:
    yield Role.SHOWN, "", claim.text
    yield from ((Role.CONDITION, "", source) for source in (*claim.given, *claim.holds))
    if claim.because is not None:
        yield Role.TOLD, "", claim.because
    for mistake in claim.mistakes:
        yield from _of_mistake(mistake, Role.TOLD)
