"""Enumerates each group of a problem's parameters, applying each rule as soon as it can decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.diagnostics import Diagnostic, InputError
from generator.language.definitions import Definitions
from generator.model.bank import Problem
from generator.model.source import Source
from generator.variants import findings
from generator.variants.axes import Axis
from generator.variants.conflicts import conflict
from generator.variants.domains import axis
from generator.variants.groups import Group, connected
from generator.variants.rejections import Counts, Rejection, rejection
from generator.variants.rules import Rule
from generator.variants.tables import ROWS, Frame, Table

__all__ = ["Rejection", "build", "frame"]


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
    problem: Problem,
    frame: Frame,
    rules: Sequence[Rule],
    together: frozenset[str] = frozenset(),
) -> tuple[tuple[Group, ...], Counts]:
    """The groups in the order of the bank, none of them empty, and what each rule kept out.

    The parameters `together` are enumerated in one table, even if no rule ties them.
    Raises InputError with the findings of all groups.
    """
    places = {parameter.name.text: parameter.name for parameter in problem.parameters}
    ties = {id(rule): frame.needed(rule.names) for rule in rules}
    builder = _Builder(frame, places, ties, together)
    groups: list[Group] = []
    wrong: list[Diagnostic] = []
    for names in ((), *connected(frame, (*ties.values(), together))):
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
        self,
        frame: Frame,
        places: Mapping[str, Source],
        ties: Mapping[int, frozenset[str]],
        together: frozenset[str],
    ) -> None:
        self.frame, self.places, self.ties, self.together = frame, places, ties, together
        self.counts: Counts = {}

    def group(self, names: tuple[str, ...], rules: Sequence[Rule]) -> Group:
        """Enumerate what rules and domains of a connected set mention; the rest is counted."""
        bounds = (self.frame.needed(self.frame.axes[name].names) for name in names)
        mentioned = frozenset().union(*bounds, *(self.ties[id(rule)] for rule in rules))
        mentioned |= self.together & {*names}
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
        applied: list[Rule] = []
        table, early = self.decided(table, early, applied)
        for name in tied:
            width = table.width(name)
            if width > ROWS:
                place = rules[0].place if rules else self.places[name]
                raise findings.too_large(place, tied, width, rules)
            if width == 0:
                raise findings.empty_domain(self.places[name], name, self.frame.axes[name])
            table, early = self.decided(table.crossed(name), early, applied)
        for rule in rules:
            if rule.is_late:
                table = self.sifted(table, rule, applied)
        return table

    def decided(
        self, table: Table, rules: Sequence[Rule], applied: list[Rule]
    ) -> tuple[Table, list[Rule]]:
        """The rows that pass every rule that can be decided, and the rules that cannot yet."""
        waiting: list[Rule] = []
        for rule in rules:
            if self.ties[id(rule)] <= table.numbers.keys():
                table = self.sifted(table, rule, applied)
            else:
                waiting.append(rule)
        return table, waiting

    def sifted(self, table: Table, rule: Rule, applied: list[Rule]) -> Table:
        """The rows that the rule admits; raises InputError if there are none.

        `applied` are the rules that admit all rows of the table.
        """
        left = table.kept(rule.admits(table))
        self.counts[id(rule)] = (table.size, table.size - left.size)
        if left.size == 0:
            own = rejection(self.frame, rule, self.counts)
            admitted = None if own.alone is None else (own.combinations or 0) - own.alone
            earlier = () if rule.is_late else tuple(applied)
            culprits = conflict(self.frame, rule, earlier) if earlier and admitted != 0 else ()
            raise findings.no_variant(rule, table.size, admitted, culprits)
        applied.append(rule)
        return left
