"""A problem with its parameters fixed, alone or as columns of many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.model.dataclass import dataclass
from generator.model.source import Source
from generator.model.value import Value

Column = NDArray[Any]
"""One value for each of many variants, along axis 0: bool, int64, or object (exact fractions,
large integers, words, records, tuples)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One of a problem's N variants.

    `index` numbers it in 0 .. N-1 whatever the seed; `code` names it in print and in Moodle;
    `values` are the parameters in the order of the bank (definitions are derived from them).
    """

    problem: str
    index: int
    code: str
    values: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A constraint that only the solver can state, such as "enough different wrong options".

    `names` are the parameters and definitions that it mentions. `admits` is handed equally long
    columns of these (one entry a combination) and returns a mask of those it admits. `reason`
    and `place` are for the message when nothing is left.
    """

    names: frozenset[str]
    admits: Callable[[Mapping[str, Column]], NDArray[np.bool_]]
    reason: str
    place: Source
