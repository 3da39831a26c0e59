"""The second arithmetic on columns: the pairs of many variants at once.

`agreement` says of each variant whether a value that was found otherwise is the one that this
arithmetic finds. It knows rational numbers, their comparisons and truth values. Of anything else,
and where a variant has no value, it says nothing (None): each is then evaluated by itself, by
`generator.solver.second.evaluate`.

The numbers of a pair are arrays of Python's integers, of which none overflows. They are never put
in lowest terms: what gets too long for that is left to single pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from types import MappingProxyType
from typing import Any

import numpy as np

from generator.language import nodes
from generator.model.dataclass import dataclass
from generator.model.variant import Column

_BITS = 4_096


class _Unsaid(Exception):  # noqa: N818 - no error: single variants are evaluated instead
    """A value that is no column of pairs or truth values."""


@dataclass(frozen=True, slots=True)
class _Pairs:
    """``above / below`` in each row, or in a single one that stands for all; ``below > 0``.

    None of the integers has more than so many `bits`.
    """

    above: Column
    below: Column
    bits: int

    def __post_init__(self) -> None:
        if self.bits > _BITS:
            raise _Unsaid


def agreement(
    tree: nodes.Node, columns: Mapping[str, Sequence[object]], found: Sequence[object]
) -> list[bool] | None:
    """Whether the value of `tree` in each row is the one `found`; None where nothing is said.

    `columns` have the values of each name in these rows.
    """
    try:
        value = _visit(tree, columns)
        same = (
            _equal(value, _column(found)) if isinstance(value, _Pairs) else value == _flags(found)
        )
    except _Unsaid:
        return None
    verdicts: list[bool] = np.broadcast_to(same, len(found)).tolist()
    return verdicts


def _visit(node: nodes.Node, columns: Mapping[str, Sequence[object]]) -> Any:
    """A `_Pairs`, or an array of truth values."""
    visit = _VISITORS.get(type(node))
    if visit is None:
        raise _Unsaid
    return visit(node, columns)


# --- columns of single values ------------------------------------------------------------------


def _column(values: Sequence[Any]) -> _Pairs:
    if not {*map(type, values)} <= {int, Fraction}:
        raise _Unsaid
    above = [value.numerator for value in values]
    below = [value.denominator for value in values]
    bits = max(map(int.bit_length, (*above, *below)), default=0)
    return _Pairs(np.array(above, dtype=object), np.array(below, dtype=object), bits)


def _flags(values: Sequence[object]) -> Column:
    if {*map(type, values)} != {bool}:
        raise _Unsaid
    return np.array(values, dtype=bool)


def _name(node: nodes.Name, columns: Mapping[str, Sequence[object]]) -> Any:
    if node.id not in columns:
        raise _Unsaid
    values = columns[node.id]
    return _flags(values) if {*map(type, values)} == {bool} else _column(values)


# --- operators ---------------------------------------------------------------------------------


def _pairs(value: Any) -> _Pairs:
    if not isinstance(value, _Pairs):
        raise _Unsaid
    return value


def _truths(value: Any) -> Column:
    if not isinstance(value, np.ndarray):
        raise _Unsaid
    return value


def _add(a: _Pairs, b: _Pairs) -> _Pairs:
    above = a.above * b.below + b.above * a.below
    return _Pairs(above, a.below * b.below, a.bits + b.bits + 1)


def _negate(a: _Pairs) -> _Pairs:
    return _Pairs(-a.above, a.below, a.bits)


def _multiply(a: _Pairs, b: _Pairs) -> _Pairs:
    return _Pairs(a.above * b.above, a.below * b.below, a.bits + b.bits)


def _divide(a: _Pairs, b: _Pairs) -> _Pairs:
    if np.any(b.above == 0):
        raise _Unsaid
    sign = np.where(b.above < 0, -1, 1).astype(object)
    return _Pairs(a.above * b.below * sign, a.below * b.above * sign, a.bits + b.bits)


def _floor(a: _Pairs) -> _Pairs:
    return _Pairs(a.above // a.below, _ONE.below, a.bits + 1)


def _remainder(a: _Pairs, b: _Pairs) -> _Pairs:
    return _add(a, _negate(_multiply(b, _floor(_divide(a, b)))))


def _power(base: _Pairs, exponent: _Pairs) -> _Pairs:
    """By squaring, to a whole power that is the same in all rows."""
    if len(exponent.above) > 1 or exponent.above[0] % exponent.below[0]:
        raise _Unsaid
    left = exponent.above[0] // exponent.below[0]
    if left < 0:
        base, left = _divide(_ONE, base), -left
    result = _ONE
    while left:
        if left % 2:
            result = _multiply(result, base)
        left //= 2
        if left:
            base = _multiply(base, base)
    return result


def _equal(a: _Pairs, b: _Pairs) -> Column:
    same: Column = a.above * b.below == b.above * a.below
    return same


def _less(a: _Pairs, b: _Pairs) -> Column:
    less: Column = a.above * b.below < b.above * a.below
    return less


_ONE = _column([1])

_BINARY: Mapping[str, Callable[[_Pairs, _Pairs], _Pairs]] = MappingProxyType(
    {
        "+": _add,
        "-": lambda a, b: _add(a, _negate(b)),
        "*": _multiply,
        "/": _divide,
        "//": lambda a, b: _floor(_divide(a, b)),
        "%": _remainder,
        "**": _power,
    }
)
_COMPARE: Mapping[str, Callable[[_Pairs, _Pairs], Column]] = MappingProxyType(
    {
        "==": _equal,
        "!=": lambda a, b: ~_equal(a, b),
        "<": _less,
        "<=": lambda a, b: ~_less(b, a),
        ">": lambda a, b: _less(b, a),
        ">=": lambda a, b: ~_less(a, b),
    }
)


# --- nodes -------------------------------------------------------------------------------------


def _unary(node: nodes.Unary, columns: Mapping[str, Sequence[object]]) -> Any:
    value = _visit(node.value, columns)
    if node.operator == "not":
        return ~_truths(value)
    return _negate(_pairs(value)) if node.operator == "-" else _pairs(value)


def _binary(node: nodes.Binary, columns: Mapping[str, Sequence[object]]) -> _Pairs:
    if node.operator not in _BINARY:
        raise _Unsaid
    left, right = _visit(node.left, columns), _visit(node.right, columns)
    return _BINARY[node.operator](_pairs(left), _pairs(right))


def _compare(node: nodes.Compare, columns: Mapping[str, Sequence[object]]) -> Column:
    if not _COMPARE.keys() >= {*node.operators}:
        raise _Unsaid
    values = [_pairs(_visit(operand, columns)) for operand in node.operands]
    signs = (_COMPARE[operator] for operator in node.operators)
    chain = (sign(a, b) for sign, a, b in zip(signs, values, values[1:], strict=False))
    return reduce(np.logical_and, chain)


def _logic(node: nodes.Logic, columns: Mapping[str, Sequence[object]]) -> Column:
    join = np.logical_and if node.operator == "and" else np.logical_or
    return reduce(join, (_truths(_visit(value, columns)) for value in node.values))


_VISITORS: Mapping[type, Callable[[Any, Mapping[str, Sequence[object]]], Any]] = MappingProxyType(
    {
        nodes.Number: lambda node, _: _column([node.value]),
        nodes.Truth: lambda node, _: _flags([node.value]),
        nodes.Name: _name,
        nodes.Unary: _unary,
        nodes.Binary: _binary,
        nodes.Compare: _compare,
        nodes.Logic: _logic,
    }
)
"""Functions, vectors and what is chosen by a condition are the business of single variants."""
