"""Frozen, slotted dataclasses, made in a quarter of the time; for the rest as `dataclasses`.

For each such class Python 3.11 compiles six functions, one by one, in 0.6 ms. We have four hundred,
and every start would wait a quarter of a second for them. Here three are compiled at once, and what
is not called all the time is shared. All else is the standard library's: fields and their defaults,
`fields`, `replace`, `is_dataclass`.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:  # a type checker knows that one, and its other flags
    from dataclasses import dataclass
else:

    def dataclass(*, frozen=False, slots=False, kw_only=False, eq=True):
        """As `dataclasses.dataclass`; what is frozen and slotted is made faster."""
        if frozen and slots and eq:
            return lambda cls: _frozen(cls, kw_only=kw_only)
        return dataclasses.dataclass(frozen=frozen, slots=slots, kw_only=kw_only, eq=eq)


def _frozen(cls: type, *, kw_only: bool) -> type:
    plain = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=kw_only, slots=True)
    made: type = plain(cls)  # without methods: nothing is compiled
    methods = {**_compiled(made), **_COMMON}
    own = {name for name, value in vars(cls).items() if value is not None}  # `__eq__` clears a hash
    for name in methods.keys() - own:
        setattr(made, name, methods[name])
    return made


# --- what each class has of its own ------------------------------------------------------------


def _compiled(cls: type) -> dict[str, Any]:
    """``__init__``, which sets slots by their setters, ``__eq__`` and ``__hash__``."""
    scope: dict[str, Any] = {"MISSING": MISSING}
    given: list[str] = []
    named: list[str] = []
    body: list[str] = []
    for field in fields(cls):
        name, value = field.name, _value(field, scope)
        if field.init:
            default = f"=default_{name}" if f"default_{name}" in scope else ""
            (named if field.kw_only else given).append(name + default)
        if value:
            scope[f"set_{name}"] = getattr(cls, name).__set__
            body.append(f"set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    if named:
        given += ["*", *named]
    compared = [field.name for field in fields(cls) if field.compare]
    source = _SOURCE.format(
        given=", ".join(["self", *given]),
        body="; ".join(body) or "pass",
        mine="".join(f"self.{name}," for name in compared),
        others="".join(f"other.{name}," for name in compared),
    )
    exec(source, scope)  # noqa: S102 - of the names in our own classes
    methods = {name: scope[name] for name in ("__init__", "__eq__", "__hash__")}
    for name, method in methods.items():
        method.__qualname__, method.__module__ = f"{cls.__qualname__}.{name}", cls.__module__
    return methods


_SOURCE = """
def __init__({given}): {body}
def __eq__(self, other):
    if other.__class__ is self.__class__: return ({mine}) == ({others})
    return NotImplemented
def __hash__(self): return hash(({mine}))
"""


def _value(field: Field[Any], scope: dict[str, Any]) -> str:
    """What a field is set to, in the words of `scope`; empty if `__post_init__` sets it."""
    name = field.name
    if field.default_factory is not MISSING:
        scope[f"make_{name}"] = field.default_factory
        if not field.init:
            return f"make_{name}()"
        scope[f"default_{name}"] = MISSING
        return f"make_{name}() if {name} is MISSING else {name}"
    if field.default is not MISSING:
        scope[f"default_{name}"] = field.default
        return name if field.init else f"default_{name}"
    return name if field.init else ""


# --- what all have in common -------------------------------------------------------------------


def _repr(self: Any) -> str:
    shown = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse(_: Any, name: str, __: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _keep(_: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_COMMON: dict[str, Any] = {
    "__repr__": _repr,
    "__setattr__": _refuse,
    "__delattr__": _keep,
    "__getstate__": _state,
    "__setstate__": _restore,
}
