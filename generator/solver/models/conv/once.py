"""A property that is computed once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

V = TypeVar("V")


class once(Generic[V]):  # noqa: N801 - it is written like `property`
    """`functools.cached_property` without the lock that it takes before Python 3.12.

    The lock costs more than most of what is computed here. Two threads may both compute a value;
    it is the same.
    """

    def __init__(self, find: Callable[[Any], V]) -> None:
        self._find = find
        self.__doc__ = find.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> once[V]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> V: ...
    def __get__(self, instance: object | None, owner: type) -> once[V] | V:
        """The value, which from now on stands in the instance itself."""
        if instance is None:
            return self
        value = self._find(instance)
        instance.__dict__[self._name] = value
        return value
