"""Dataclasses read from plain values as their annotations declare; every mistake is reported.

A field may be `str`, `float`, a `Literal` of texts, a tuple of one kind, another dataclass, or one
of these or nothing; `Annotated` with a `Limit` it takes only some of their values. A default makes
a field optional. Nothing is taken for what it only resembles: ``no`` is false in YAML, not 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from generator.diagnostics import did_you_mean
from generator.model.dataclass import dataclass

Place = tuple[str, ...]
"""The keys that lead to a value, from the outermost."""

Report = Callable[[Place, str, str], None]
"""Hears of a mistake: the place of the value, what is wrong with it, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Which values of a type a field takes, and what they are in words: ``a number from 5 on``."""

    admits: Callable[[Any], bool]
    words: str


def read(kind: Any, given: object, place: Place, report: Report) -> Any:
    """What is given at a place as a value of this kind; of no use if anything was reported."""
    limit = None
    if get_origin(kind) is Annotated:
        kind, limit = get_args(kind)
    known = get_origin(kind) or kind
    if known not in _SIMPLE:
        return _COMPOUND.get(known, _dataclass)(kind, given, place, report)
    value, words = _SIMPLE[known](kind, given)
    if value is None or (limit is not None and not limit.admits(value)):
        report(place, f"`{'.'.join(place)}`: {limit.words if limit else words} is expected", "")
    return value


# --- values without an inside ------------------------------------------------------------------


def _text(_: Any, given: object) -> tuple[object, str]:
    return (given if isinstance(given, str) else None), "text"


def _number(_: Any, given: object) -> tuple[object, str]:
    if not isinstance(given, int | float) or isinstance(given, bool):
        return None, "a number"
    try:
        return float(given), "a number"
    except OverflowError:
        return None, "a smaller number"


def _one_of(kind: Any, given: object) -> tuple[object, str]:
    *others, last = (f"'{word}'" for word in get_args(kind))
    words = f"{', '.join(others)} or {last}"
    return (given if isinstance(given, str) and given in get_args(kind) else None), words


_SIMPLE: Mapping[Any, Callable[[Any, object], tuple[object, str]]] = MappingProxyType(
    {str: _text, float: _number, Literal: _one_of}
)
"""Kind -> the value, None if what is given is none, and what is expected."""

# --- values with others in them ----------------------------------------------------------------


def _tuple(kind: Any, given: object, place: Place, report: Report) -> Any:
    if not isinstance(given, list):
        report(place, f"`{'.'.join(place)}`: a list is expected", "")
        return None
    inside = get_args(kind)[0]
    return tuple(read(inside, one, (*place, str(n)), report) for n, one in enumerate(given))


def _optional(kind: Any, given: object, place: Place, report: Report) -> Any:
    inside = next(one for one in get_args(kind) if one is not type(None))
    return None if given is None else read(inside, given, place, report)


def _dataclass(kind: Any, given: object, place: Place, report: Report) -> Any:
    if not isinstance(given, dict):
        report(place, f"`{'.'.join(place)}`: a mapping is expected", "")
        return None
    known = {field.name: field for field in fields(kind)}
    for name in given:
        if name not in known:
            inside = (*place, str(name))
            cure = did_you_mean(str(name), known) or f"there are: {', '.join(known)}"
            report(inside, f"there is no `{'.'.join(inside)}`", cure)
    types = get_type_hints(kind, include_extras=True)
    values = {}
    for name, field in known.items():
        if name in given:
            values[name] = read(types[name], given[name], (*place, name), report)
        elif _required(field):
            inside = (*place, name)
            report(inside, f"`{'.'.join(inside)}`: it is missing", "")
            values[name] = None
    return kind(**values)


def _required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


_COMPOUND: Mapping[Any, Callable[[Any, object, Place, Report], Any]] = MappingProxyType(
    {tuple: _tuple, UnionType: _optional}
)
"""Kind -> how its inside is read; a dataclass is a kind of its own."""
