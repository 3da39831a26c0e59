"""The value of a tree: exact, for one variant or for columns of many.

Columns of vectors are held entry by entry (see `columns`), which needs vectors of equal lengths.
Where lengths differ, the rows are grouped by them; where they come to differ inside the expression,
each row is evaluated on its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from generator.language.columns import Ragged, height, pack, rows, select, shape, unpack, whole
from generator.language.frame import Budget, Frame, Setting
from generator.language.functions import FUNCTIONS, Function
from generator.language.nodes import Node
from generator.model.source import Source
from generator.model.variant import Column


def evaluate(
    tree: Node,
    source: Source,
    env: Mapping[str, object],
    names: Iterable[str],
    *,
    functions: Mapping[str, Function] = FUNCTIONS,
    budget: Budget | None = None,
) -> object:
    """The value of `tree`, the whole or a piece of `source`.

    `names` are those that it uses and that may be columns in `env`. Raises InputError, at the node
    that has no value.
    """
    setting = Setting(source, env, functions, budget or Budget())
    heights = {name: height(env.get(name)) for name in names}
    columns = {name: env[name] for name, size in heights.items() if size is not None}
    if not columns:
        return Frame(setting).visit(tree)
    sizes = {size for size in heights.values() if size is not None}
    if len(sizes) > 1:
        raise ValueError(f"columns of different lengths: {sorted(sizes)}")
    (size,) = sizes
    return _grouped(tree, setting, columns, size) if size else np.zeros(0, dtype=bool)


def _grouped(tree: Node, setting: Setting, columns: Mapping[str, object], size: int) -> Column:
    """The value in each row, in one pass for each combination of lengths of vectors."""
    objects = (c for c in columns.values() if isinstance(c, np.ndarray) and c.dtype == object)
    groups = _by_shape(list(objects))
    if len(groups) <= 1:
        return _together(tree, setting, columns, size)
    result = np.empty(size, dtype=object)
    for chosen in groups:
        part = {name: select(column, chosen) for name, column in columns.items()}
        value = _together(tree, _fresh(setting), part, len(chosen))
        result[chosen] = np.fromiter(value.tolist(), dtype=object, count=len(chosen))
    return pack(result.tolist())


def _together(tree: Node, setting: Setting, columns: Mapping[str, object], size: int) -> Column:
    """The value in rows whose vectors are equally long."""
    try:
        vectors = {name: unpack(column) for name, column in columns.items()}
        frame = Frame(replace(setting, env={**setting.env, **vectors}))
        return whole(frame.visit(tree), size)
    except Ragged:
        return pack(_one_by_one(tree, setting, columns, size))


def _one_by_one(
    tree: Node, setting: Setting, columns: Mapping[str, object], size: int
) -> Iterator[object]:
    """The value in each row, where vectors inside the expression differ in length."""
    table = [rows(column, size) for column in columns.values()]
    for values in zip(*table, strict=True):
        env = {**setting.env, **dict(zip(columns, values, strict=True))}
        yield Frame(replace(_fresh(setting), env=env)).visit(tree)


def _fresh(setting: Setting) -> Setting:
    """The setting with steps of its own: what is allowed does not depend on the other rows."""
    return replace(setting, budget=Budget())


def _by_shape(columns: list[Column]) -> list[Any]:
    """The rows in groups, each with vectors of the same lengths."""
    groups: dict[object, list[int]] = {}
    for row, values in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        groups.setdefault(shape(values), []).append(row)
    return list(groups.values())
