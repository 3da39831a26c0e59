"""The value of a tree in some variants: one method for each kind of node.

What is to the right of ``and``, ``or``, a chained comparison or an ``if`` is evaluated only where
it matters, also on columns: `Frame.where` narrows the columns to the rows that still need it, so
that ``b != 0 and a / b > 1`` never divides by zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

from generator.diagnostics import did_you_mean
from generator.language import limits, nodes
from generator.language.arithmetic import kind
from generator.language.columns import (
    check_entries,
    entries,
    height,
    merge,
    pack,
    select,
    spend,
    unpack,
)
from generator.language.faults import Fault, located
from generator.language.functions import CONSTANTS, Function, check_count
from generator.language.operators import BINARY, UNARY, compare, entry, steps, truth
from generator.model.dataclass import dataclass
from generator.model.source import Source
from generator.model.value import Namespace
from generator.model.variant import Column

_MISSING = object()


class Budget:
    """The steps that an evaluation may still take, or several that share them."""

    __slots__ = ("steps",)

    def __init__(self) -> None:
        self.steps = limits.STEPS

    def spend(self, steps: int) -> None:
        """Take so many; raises Fault when there are none left."""
        self.steps -= steps
        if self.steps < 0:
            raise Fault(
                "too-much-work",
                f"this takes more than {limits.STEPS:,} steps to evaluate",
                "shorten its vectors and loops",
            )


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for all nodes: the text, the values of names, what can be called."""

    source: Source
    env: Mapping[str, object]
    functions: Mapping[str, Function]
    budget: Budget


class Frame:
    """A setting in all rows of its columns, or in those of the numbers `rows` only."""

    __slots__ = ("narrowed", "rows", "setting")

    def __init__(self, setting: Setting, rows: Column | None = None) -> None:
        self.setting, self.rows = setting, rows
        self.narrowed: dict[str, object] = {}

    def where(self, mask: Column) -> Frame:
        """The setting in the rows that `mask` admits."""
        if mask.all():
            return self
        return Frame(self.setting, np.flatnonzero(mask) if self.rows is None else self.rows[mask])

    def visit(self, node: nodes.Node) -> Any:
        """The value of `node`; what goes wrong in it gets its place here."""
        try:
            value = _HANDLERS[type(node)](self, node)
            self.setting.budget.spend(entries(value) if isinstance(value, tuple) else 1)
            return value
        except Fault as fault:
            raise self.located(fault, node) from fault

    def located(self, fault: Fault, node: nodes.Node) -> Exception:
        """The error that shows `fault` at `node`."""
        return located(fault, self.setting.source, offset=node.offset, length=node.length)

    def truth(self, node: nodes.Node, purpose: str) -> Any:
        """The value of `node`, which `purpose` says must be true or false."""
        value = self.visit(node)
        try:
            return truth(value, purpose)
        except Fault as fault:
            raise self.located(fault, node) from fault

    # --- one method for each kind of node ---

    def _name(self, node: nodes.Name) -> object:
        value = self.setting.env.get(node.id, _MISSING)
        if value is _MISSING:
            return self._constant(node)
        if self.rows is None:
            return value
        if node.id not in self.narrowed:
            self.narrowed[node.id] = select(value, self.rows)
        return self.narrowed[node.id]

    def _constant(self, node: nodes.Name) -> object:
        if node.id in CONSTANTS:
            return CONSTANTS[node.id]()
        raise Fault(
            "unknown-name",
            f"`{node.id}` has no value here",
            did_you_mean(node.id, {*self.setting.env, *CONSTANTS}),
        )

    def _member(self, node: nodes.Member) -> object:
        value = self.visit(node.value)
        if isinstance(value, np.ndarray):
            return unpack(pack([_member(one, node) for one in value.tolist()]))
        return _member(value, node)

    def _index(self, node: nodes.Index) -> object:
        return entry(self.visit(node.value), self.visit(node.index))

    def _vector(self, node: nodes.Vector) -> object:
        return check_entries(tuple(self.visit(item) for item in node.items))

    def _unary(self, node: nodes.Unary) -> object:
        return UNARY[node.operator](self.visit(node.value))

    def _binary(self, node: nodes.Binary) -> object:
        left, right = self.visit(node.left), self.visit(node.right)
        result = BINARY[node.operator](left, right)
        self.setting.budget.spend(steps(node.operator, right, result))
        return result

    def _compare(self, node: nodes.Compare) -> object:
        frame, left = self, self.visit(node.operands[0])
        masks: list[Column] = []
        for operator, operand in zip(node.operators, node.operands[1:], strict=True):
            right = frame.visit(operand)
            holds = compare(operator, left, right)
            if not np.any(holds):
                return _unfolded(masks, inside=False, outside=False)
            if isinstance(holds, np.ndarray):
                masks.append(holds)
                frame, right = frame.where(holds), select(right, holds)
            left = right
        return _unfolded(masks, inside=True, outside=False)

    def _logic(self, node: nodes.Logic) -> object:
        frame, decisive = self, node.operator == "or"
        masks: list[Column] = []
        for value in node.values:
            verdict = frame.truth(value, f"what `{node.operator}` connects")
            undecided = np.not_equal(verdict, decisive)
            if not np.any(undecided):
                return _unfolded(masks, inside=decisive, outside=decisive)
            if isinstance(verdict, np.ndarray):
                masks.append(undecided)
                frame = frame.where(undecided)
        return _unfolded(masks, inside=not decisive, outside=decisive)

    def _choice(self, node: nodes.Choice) -> object:
        condition = self.truth(node.condition, "what follows `if`")
        if np.all(condition):
            return self.visit(node.yes)
        if not np.any(condition):
            return self.visit(node.no)
        yes, no = self.where(condition).visit(node.yes), self.where(~condition).visit(node.no)
        return merge(condition, yes, no)

    def _call(self, node: nodes.Call) -> object:
        function = self.setting.functions.get(node.function)
        if function is None:
            raise Fault(
                "unknown-function",
                f"there is no function `{node.function}`",
                did_you_mean(node.function, self.setting.functions),
                offset=node.offset,
                length=len(node.function),
            )
        check_count(node, function)
        arguments = [self.visit(argument) for argument in node.arguments]
        if function.steps > 1:
            self.setting.budget.spend(function.steps * sum(map(entries, arguments)))
            spend(function.steps * limits.ONE_BY_ONE // 10 * (height(tuple(arguments)) or 0))
        return function.apply(*arguments)


def _unfolded(masks: list[Column], *, inside: bool, outside: bool) -> object:
    """Each mask is over the rows that the one before admits: `inside` where all admit a row."""
    result: Any = inside
    for mask in reversed(masks):
        wider = np.full(len(mask), outside)
        wider[mask] = result
        result = wider
    return result


@cache
def _has_members(kind_of_value: type) -> bool:
    """Whether its values are `Namespace`s: a protocol answers slowly, so each type asks it once."""
    return issubclass(kind_of_value, Namespace)


def _member(value: Any, node: nodes.Member) -> object:
    name = node.name
    if not _has_members(value.__class__):
        raise Fault("wrong-type", f"{kind(value)} has no members, so no `{name}`")
    try:
        found: object = value.member(name)
        return found
    except KeyError:
        known = list(value.members())
        raise Fault(
            "unknown-name",
            f"there is no member `{name}` here",
            did_you_mean(name, known) or f"there are: {', '.join(known)}",
            offset=node.offset + node.length - len(name),
            length=len(name),
        ) from None


_HANDLERS: dict[type, Callable[[Frame, Any], Any]] = {
    nodes.Number: lambda _, node: node.value,
    nodes.Word: lambda _, node: node.value,
    nodes.Truth: lambda _, node: node.value,
    nodes.Name: Frame._name,
    nodes.Member: Frame._member,
    nodes.Index: Frame._index,
    nodes.Vector: Frame._vector,
    nodes.Unary: Frame._unary,
    nodes.Binary: Frame._binary,
    nodes.Compare: Frame._compare,
    nodes.Logic: Frame._logic,
    nodes.Choice: Frame._choice,
    nodes.Call: Frame._call,
}
