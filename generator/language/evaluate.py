"""The value of an expression's tree: exact, for one variant or for columns of many.

What is to the right of ``and``, ``or``, a chained comparison or an ``if`` is evaluated only where
it matters, also on columns: `_Frame.where` narrows the columns to the rows that still need it, so
that ``b != 0 and a / b > 1`` never divides by zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from generator.diagnostics import did_you_mean
from generator.language import nodes
from generator.language.arithmetic import kind
from generator.language.columns import (
    Ragged,
    check_entries,
    height,
    merge,
    pack,
    rows,
    select,
    shape,
    unpack,
    whole,
)
from generator.language.faults import Fault, located
from generator.language.functions import CONSTANTS, FUNCTIONS, Function, check_count
from generator.language.operators import BINARY, UNARY, compare, entry, truth
from generator.model.source import Source
from generator.model.value import Namespace, Record
from generator.model.variant import Column

_MISSING = object()


def evaluate(
    tree: nodes.Node,
    source: Source,
    env: Mapping[str, object],
    names: Iterable[str],
    functions: Mapping[str, Function] = FUNCTIONS,
) -> object:
    """The value of `tree`, the whole or a piece of `source`, which uses these `names` of `env`.

    Raises InputError, at the node that has no value.
    """
    heights = {name: height(env.get(name)) for name in names}
    columns = {name: env[name] for name, size in heights.items() if size is not None}
    if not columns:
        return _Frame(source, env.get, functions, env).visit(tree)
    sizes = {size for size in heights.values() if size is not None}
    if len(sizes) > 1:
        raise ValueError(f"columns of different lengths: {sorted(sizes)}")
    (size,) = sizes
    run = _Run(tree, source, env, functions)
    return run.rows(columns, size) if size else np.zeros(0, dtype=bool)


class _Run:
    """One evaluation on columns, in as few passes as the lengths of the vectors in them allow."""

    def __init__(
        self,
        tree: nodes.Node,
        source: Source,
        env: Mapping[str, object],
        functions: Mapping[str, Function],
    ) -> None:
        self.tree, self.source, self.env, self.functions = tree, source, env, functions

    def rows(self, columns: Mapping[str, object], size: int) -> Column:
        """The value in each row."""
        objects = (c for c in columns.values() if isinstance(c, np.ndarray) and c.dtype == object)
        groups = _by_shape(list(objects))
        if len(groups) <= 1:
            return self.together(columns, size)
        result = np.empty(size, dtype=object)
        for chosen in groups:
            part = {name: select(column, chosen) for name, column in columns.items()}
            value = self.together(part, len(chosen))
            result[chosen] = np.fromiter(value.tolist(), dtype=object, count=len(chosen))
        return pack(result.tolist())

    def together(self, columns: Mapping[str, object], size: int) -> Column:
        """The value in rows whose vectors are equally long."""
        env = dict(self.env)
        try:
            env.update((name, unpack(column)) for name, column in columns.items())
            value = _Frame(self.source, env.get, self.functions, env).visit(self.tree)
            return whole(value, size)
        except Ragged:
            return pack(self.one_by_one(columns, size))

    def one_by_one(self, columns: Mapping[str, object], size: int) -> Iterable[object]:
        """The value in each row, where vectors inside the expression differ in length."""
        plain = [rows(column, size) for column in columns.values()]
        for values in zip(*plain, strict=True):
            env = {**self.env, **dict(zip(columns, values, strict=True))}
            yield _Frame(self.source, env.get, self.functions, env).visit(self.tree)


def _by_shape(columns: list[Column]) -> list[Any]:
    """The rows in groups, each with vectors of the same lengths."""
    groups: dict[object, list[int]] = {}
    for row, values in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        groups.setdefault(shape(values), []).append(row)
    return list(groups.values())


class _Frame:
    """Where a tree is evaluated: the values of names in some of the rows."""

    __slots__ = ("env", "functions", "lookup", "source")

    def __init__(
        self,
        source: Source,
        lookup: Callable[[str, object], object],
        functions: Mapping[str, Function],
        env: Mapping[str, object],
    ) -> None:
        self.source, self.lookup, self.functions, self.env = source, lookup, functions, env

    def where(self, mask: Any) -> _Frame:
        """The same names in the rows that `mask` admits."""
        return (
            self
            if mask.all()
            else _Frame(self.source, _Narrow(self, mask), self.functions, self.env)
        )

    def visit(self, node: nodes.Node) -> Any:
        """The value of `node`; what goes wrong in it gets its place here."""
        try:
            return _HANDLERS[type(node)](self, node)
        except Fault as fault:
            raise located(fault, self.source, offset=node.offset, length=node.length) from fault

    def truth(self, node: nodes.Node, purpose: str) -> Any:
        """The value of `node`, which `purpose` says must be true or false."""
        value = self.visit(node)
        try:
            return truth(value, purpose)
        except Fault as fault:
            raise located(fault, self.source, offset=node.offset, length=node.length) from fault

    def name(self, node: nodes.Name) -> object:
        value = self.lookup(node.id, _MISSING)
        if value is not _MISSING:
            return value
        if node.id in CONSTANTS:
            return CONSTANTS[node.id]()
        raise Fault(
            "unknown-name",
            f"`{node.id}` has no value here",
            did_you_mean(node.id, {*self.env, *CONSTANTS}),
        )

    def member(self, node: nodes.Member) -> object:
        value = self.visit(node.value)
        if isinstance(value, np.ndarray):
            return unpack(pack([_member(one, node) for one in value.tolist()]))
        return _member(value, node)

    def index(self, node: nodes.Index) -> object:
        return entry(self.visit(node.value), self.visit(node.index))

    def vector(self, node: nodes.Vector) -> object:
        return check_entries(tuple(self.visit(item) for item in node.items))

    def unary(self, node: nodes.Unary) -> object:
        return UNARY[node.operator](self.visit(node.value))

    def binary(self, node: nodes.Binary) -> object:
        return BINARY[node.operator](self.visit(node.left), self.visit(node.right))

    def compare(self, node: nodes.Compare) -> object:
        return self.chain(self.visit(node.operands[0]), node.operators, node.operands[1:])

    def chain(
        self, left: object, operators: tuple[str, ...], operands: tuple[nodes.Node, ...]
    ) -> Any:
        right = self.visit(operands[0])
        holds = compare(operators[0], left, right)
        if len(operators) == 1 or not np.any(holds):
            return holds
        if not isinstance(holds, np.ndarray):
            return self.chain(right, operators[1:], operands[1:])
        rest = self.where(holds).chain(select(right, holds), operators[1:], operands[1:])
        return _filled(holds, holds, rest)

    def logic(self, node: nodes.Logic) -> object:
        return self.connect(node.operator, node.values)

    def connect(self, operator: str, values: tuple[nodes.Node, ...]) -> Any:
        verdict = self.truth(values[0], f"what `{operator}` connects")
        if len(values) == 1:
            return verdict
        undecided = verdict if operator == "and" else np.logical_not(verdict)
        if not np.any(undecided):
            return verdict
        if not isinstance(verdict, np.ndarray):
            return self.connect(operator, values[1:])
        return _filled(verdict, undecided, self.where(undecided).connect(operator, values[1:]))

    def choice(self, node: nodes.Choice) -> object:
        condition = self.truth(node.condition, "what follows `if`")
        if not isinstance(condition, np.ndarray):
            return self.visit(node.yes if condition else node.no)
        if condition.all() or not condition.any():
            return self.visit(node.yes if condition.all() else node.no)
        yes, no = self.where(condition).visit(node.yes), self.where(~condition).visit(node.no)
        return merge(condition, yes, no)

    def call(self, node: nodes.Call) -> object:
        function = self.functions.get(node.function)
        if function is None:
            raise Fault(
                "unknown-function",
                f"there is no function `{node.function}`",
                did_you_mean(node.function, self.functions),
                offset=node.offset,
                length=len(node.function),
            )
        check_count(node, function)
        return function.apply(*map(self.visit, node.arguments))


class _Narrow:
    """Looks names up in a frame, in some of its rows; each name is narrowed once."""

    __slots__ = ("cache", "frame", "mask")

    def __init__(self, frame: _Frame, mask: Column) -> None:
        self.frame, self.mask = frame, mask
        self.cache: dict[str, object] = {}

    def __call__(self, name: str, default: object) -> object:
        if name not in self.cache:
            self.cache[name] = select(self.frame.lookup(name, default), self.mask)
        return self.cache[name]


def _filled(base: Column, mask: Column, values: Any) -> Column:
    """`base` with these truth values in the rows that `mask` admits."""
    result = base.copy()
    result[mask] = values
    return result


def _member(value: object, node: nodes.Member) -> object:
    name = node.name
    if not isinstance(value, Record | Namespace):  # the first answers faster than a protocol
        raise Fault("wrong-type", f"{kind(value)} has no members, so no `{name}`")
    try:
        return value.member(name)
    except KeyError:
        known = list(value.members())
        raise Fault(
            "unknown-name",
            f"there is no member `{name}` here",
            did_you_mean(name, known) or f"there are: {', '.join(known)}",
            offset=node.offset + node.length - len(name),
            length=len(name),
        ) from None


_HANDLERS: dict[type, Callable[[_Frame, Any], Any]] = {
    nodes.Number: lambda _, node: node.value,
    nodes.Word: lambda _, node: node.value,
    nodes.Truth: lambda _, node: node.value,
    nodes.Name: _Frame.name,
    nodes.Member: _Frame.member,
    nodes.Index: _Frame.index,
    nodes.Vector: _Frame.vector,
    nodes.Unary: _Frame.unary,
    nodes.Binary: _Frame.binary,
    nodes.Compare: _Frame.compare,
    nodes.Logic: _Frame.logic,
    nodes.Choice: _Frame.choice,
    nodes.Call: _Frame.call,
}
