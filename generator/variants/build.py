"""Enumerates each group of a problem's parameters, applying each rule as soon as it can decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.diagnostics import Diagnostic, InputError
from generator.language.definitions import Definitions
from generator.model.bank import Problem
from generator.model.source import Source
from generator.variants import findings
from generator.variants.axes import Axis
from generator.variants.domains import axis
from generator.variants.groups import Group, connected
from generator.variants.rules import Rule
from generator.variants.tables import ROWS, Frame, Table

Counts = dict[int, tuple[int, int]]
"""For each rule (by its `id`): how many rows it saw, and how many of them it rejected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """What the rule at `place` keeps out: `rejected` of the `seen` combinations it was asked about.

    It is asked as soon as all the parameters that it mentions are there, about what the rules
    before it left. Alone, it rejects `alone` of the `combinations` of its own parameters; both are
    None where they are too many, or where it has no value without the rules before it.
    """

    place: Source
    reason: str
    seen: int
    rejected: int
    combinations: int | None
    alone: int | None


def frame(problem: Problem) -> Frame:
    """The axes and definitions; raises InputError with all findings about them."""
    axes: dict[str, Axis] = {}
    wrong: list[Diagnostic] = []
    for parameter in problem.parameters:
        try:
            axes[parameter.name.text] = axis(problem, parameter.name, parameter.domain)
        except InputError as error:
            wrong += error.diagnostics
    try:
        definitions = Definitions.of(problem)
    except InputError as error:
        raise InputError([*wrong, *error.diagnostics]) from error
    if wrong:
        raise InputError(wrong)
    return Frame(axes=axes, definitions=definitions)


def build(
    problem: Problem, frame: Frame, rules: Sequence[Rule]
) -> tuple[tuple[Group, ...], Counts]:
    """The groups in the order of the bank, none of them empty, and what each rule kept out.

    Raises InputError with the findings of all groups.
    """
    places = {parameter.name.text: parameter.name for parameter in problem.parameters}
    ties = {id(rule): frame.needed(rule.names) for rule in rules}
    builder = _Builder(frame, places, ties)
    groups: list[Group] = []
    wrong: list[Diagnostic] = []
    for names in ((), *connected(frame, ties.values())):
        mine = [rule for rule in rules if _belongs(ties[id(rule)], names)]
        try:
            groups.append(builder.group(names, mine))
        except InputError as error:
            wrong += error.diagnostics
    if wrong:
        raise InputError(wrong)
    return tuple(groups), builder.counts


def _belongs(tie: frozenset[str], names: tuple[str, ...]) -> bool:
    """Whether a rule is decided in this group; one without parameters is in the empty group."""
    return tie <= {*names} if tie else not names


class _Builder:
    def __init__(
        self, frame: Frame, places: Mapping[str, Source], ties: Mapping[int, frozenset[str]]
    ) -> None:
        self.frame, self.places, self.ties = frame, places, ties
        self.counts: Counts = {}

    def group(self, names: tuple[str, ...], rules: Sequence[Rule]) -> Group:
        """Enumerate what rules and domains of a connected set mention; the rest is counted."""
        bounds = (self.frame.needed(self.frame.axes[name].names) for name in names)
        mentioned = frozenset().union(*bounds, *(self.ties[id(rule)] for rule in rules))
        tied = [name for name in self.frame.axes if name in mentioned]
        leaves = tuple(name for name in names if name not in mentioned)
        group = Group.of(self.table(tied, rules), leaves)
        if group.size == 0:
            barren = next((leaf for leaf in leaves if not group.table.width(leaf)), leaves[-1])
            raise findings.empty_domain(self.places[barren], barren, self.frame.axes[barren])
        return group

    def table(self, tied: Sequence[str], rules: Sequence[Rule]) -> Table:
        table = Table(frame=self.frame)
        early = [rule for rule in rules if not rule.is_late]
        table, early = self.decided(table, early)
        for name in tied:
            width = table.width(name)
            if width > ROWS:
                place = rules[0].place if rules else self.places[name]
                raise findings.too_large(place, tied, width, rules)
            if width == 0:
                raise findings.empty_domain(self.places[name], name, self.frame.axes[name])
            table, early = self.decided(table.crossed(name), early)
        for rule in rules:
            if rule.is_late:
                table = self.sifted(table, rule)
        return table

    def decided(self, table: Table, rules: Sequence[Rule]) -> tuple[Table, list[Rule]]:
        """The rows that pass every rule that can be decided, and the rules that cannot yet."""
        waiting: list[Rule] = []
        for rule in rules:
            if self.ties[id(rule)] <= table.numbers.keys():
                table = self.sifted(table, rule)
            else:
                waiting.append(rule)
        return table, waiting

    def sifted(self, table: Table, rule: Rule) -> Table:
        """The rows that the rule admits; raises InputError if there are none."""
        left = table.kept(rule.admits(table))
        self.counts[id(rule)] = (table.size, table.size - left.size)
        if left.size == 0:
            own = rejection(self.frame, rule, self.counts)
            admitted = None if own.alone is None else (own.combinations or 0) - own.alone
            raise findings.no_variant(rule, table.size, admitted)
        return left


def rejection(frame: Frame, rule: Rule, counts: Counts) -> Rejection:
    """What a rule kept out when it was applied, and what it would keep out alone."""
    seen, rejected = counts[id(rule)]
    combinations = alone = None
    table: Table | None = _free(frame, rule)
    if table is not None:
        try:
            admitted = int(rule.admits(table).sum())
            combinations, alone = table.size, table.size - admitted
        except InputError:
            pass
    return Rejection(
        place=rule.place,
        reason=rule.reason,
        seen=seen,
        rejected=rejected,
        combinations=combinations,
        alone=alone,
    )


def _free(frame: Frame, rule: Rule) -> Table | None:
    """All combinations of the rule's own parameters; None for a late rule, or too many."""
    if rule.is_late:
        return None
    table, needed = Table(frame=frame), frame.needed(rule.names)
    for name in frame.axes:
        if name in needed:
            if table.width(name) > ROWS:
                return None
            table = table.crossed(name)
    return table
