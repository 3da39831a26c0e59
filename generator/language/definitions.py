"""A problem's definitions (``let``): the values that follow from its parameters.

A definition may name parameters and other definitions, in any order but no circle. Values are
single or columns (see `Expression.evaluate`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.diagnostics import InputError, at
from generator.language.expression import Expression, compile_expression
from generator.model.bank import Problem
from generator.model.dataclass import dataclass
from generator.model.source import Source


@dataclass(frozen=True, slots=True)
class Definitions:
    """A problem's definitions, compiled: `expressions` by name, each after those it names."""

    expressions: Mapping[str, Expression]

    @classmethod
    def of(cls, problem: Problem) -> Definitions:
        """Compile them; raises InputError for what is no expression, and for circles."""
        expressions = {
            definition.name.text: compile_expression(definition.expression)
            for definition in problem.definitions
        }
        places = {definition.name.text: definition.name for definition in problem.definitions}
        return cls({name: expressions[name] for name in _in_order(expressions, places)})

    def roots(self, names: Iterable[str]) -> frozenset[str]:
        """What `names` come down to: every definition among them replaced by what it names."""
        asked = frozenset(names)
        mentioned = (self.expressions[name].names for name in self.needed(asked))
        return asked.union(*mentioned) - self.expressions.keys()

    def extend(
        self, env: Mapping[str, object], wanted: Iterable[str] | None = None
    ) -> dict[str, object]:
        """`env` with the values of the definitions, or of those only that `wanted` needs.

        Raises InputError where a definition has no value.
        """
        chosen = self.expressions.keys() if wanted is None else self.needed(wanted)
        values = dict(env)
        for name, expression in self.expressions.items():
            if name in chosen:
                values[name] = expression.evaluate(values)
        return values

    def needed(self, wanted: Iterable[str]) -> set[str]:
        """The definitions among these names, and those that they need in turn."""
        needed: set[str] = set()
        waiting = [*wanted]
        while waiting:
            name = waiting.pop()
            if name in self.expressions and name not in needed:
                needed.add(name)
                waiting += self.expressions[name].names
        return needed


def definitions(problem: Problem, values: Mapping[str, object]) -> tuple[tuple[str, object], ...]:
    """The definitions by name, in the order of the bank, for these values of the parameters.

    Raises InputError where a definition has no value.
    """
    extended = Definitions.of(problem).extend(values)
    return tuple((d.name.text, extended[d.name.text]) for d in problem.definitions)


def _in_order(expressions: Mapping[str, Expression], places: Mapping[str, Source]) -> list[str]:
    """The names, each after those it depends on."""
    ordered: list[str] = []
    waiting = list(expressions)
    while waiting:
        ready = [n for n in waiting if not expressions[n].names & {*waiting}]
        if not ready:
            raise _circle(expressions, places, waiting)
        ordered += ready
        waiting = [name for name in waiting if name not in ready]
    return ordered


def _circle(
    expressions: Mapping[str, Expression], places: Mapping[str, Source], waiting: list[str]
) -> InputError:
    """The error that shows a circle among the definitions that wait for each other."""
    trail = [waiting[0]]
    while trail[-1] not in trail[:-1]:
        trail.append(min(expressions[trail[-1]].names & {*waiting}))
    circle = trail[trail.index(trail[-1]) :]
    shown = " -> ".join(f"`{name}`" for name in circle)
    return InputError(
        [
            at(
                places[circle[0]],
                "circular-definition",
                f"this definition needs its own value: {shown}",
                help="define one of them by parameters alone",
            )
        ]
    )
