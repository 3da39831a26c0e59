"""Our dataclasses are those of the standard library, but for the time that they take to make."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable, Mapping
from dataclasses import FrozenInstanceError, field, fields, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

import generator
from generator.model.dataclass import dataclass

Decorator = Callable[..., Any]


def classes(made: Decorator, **flags: bool) -> SimpleNamespace:
    """One class of each kind that we have, made by this decorator."""

    @made(frozen=True, slots=True, **flags)
    class Plain:
        """A doc."""

        a: int
        b: tuple[int, ...] = ()
        kind: ClassVar[str] = "plain"

        def doubled(self) -> int:
            return 2 * self.a

    @made(frozen=True, slots=True, **flags)
    class Derived(Plain):
        c: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    @made(frozen=True, slots=True, **flags)
    class Computed:
        a: int
        twice: int = field(init=False, compare=False)
        cache: list[int] = field(default_factory=list, init=False, compare=False)
        always: int = field(default=7, init=False)

        def __post_init__(self) -> None:
            if self.a < 0:
                raise ValueError("negative")
            object.__setattr__(self, "twice", 2 * self.a)

    @made(frozen=True, slots=True, **flags)
    class Own:
        a: int

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 1

        def __repr__(self) -> str:
            return "own"

    @made(frozen=True, slots=True, **flags)
    class Empty:
        pass

    return SimpleNamespace(Plain=Plain, Derived=Derived, Computed=Computed, Own=Own, Empty=Empty)


def pairs() -> list[Any]:
    """The same object twice, as ours and as the standard library's."""
    ours, theirs = (classes(made, kw_only=True) for made in (dataclass, dataclasses.dataclass))
    given: list[tuple[str, dict[str, Any]]] = [
        ("Plain", {"a": 1}),
        ("Plain", {"a": 1, "b": (2, 3)}),
        ("Derived", {"a": 1, "c": {"x": 1}}),
        ("Computed", {"a": 4}),
        ("Own", {"a": 1}),
        ("Empty", {}),
    ]
    return [
        (getattr(ours, name)(**values), getattr(theirs, name)(**values)) for name, values in given
    ]


@pytest.mark.parametrize(("ours", "theirs"), pairs())
def test_objects_look_hash_and_compare_as_the_standard_library_has_it(
    ours: Any, theirs: Any
) -> None:
    assert repr(ours) == repr(theirs)
    assert hash(ours) == hash(theirs)
    assert ours == copy.copy(ours)
    assert ours.__eq__(theirs) == theirs.__eq__(ours)
    assert [one.name for one in fields(ours)] == [one.name for one in fields(theirs)]
    assert type(ours).__slots__ == type(theirs).__slots__
    assert not hasattr(ours, "__dict__")


@pytest.mark.parametrize("name", ["Plain", "Derived", "Computed", "Own", "Empty"])
@pytest.mark.parametrize("kw_only", [True, False])
def test_they_are_made_from_the_same_arguments(name: str, kw_only: bool) -> None:
    ours, theirs = (
        getattr(classes(made, kw_only=kw_only), name) for made in (dataclass, dataclasses.dataclass)
    )
    shown = [
        [(one.name, one.kind, one.default is inspect.Parameter.empty) for one in found]
        for found in (
            inspect.signature(ours).parameters.values(),
            inspect.signature(theirs).parameters.values(),
        )
    ]
    assert shown[0] == shown[1]


def test_objects_that_differ_in_a_compared_field_are_different() -> None:
    ours = classes(dataclass, kw_only=True)
    assert ours.Plain(a=1) != ours.Plain(a=2)
    assert ours.Plain(a=1) != ours.Derived(a=1)
    assert ours.Derived(a=1, c={"x": 1}) == ours.Derived(a=1, c={"y": 2})


def test_each_object_has_a_default_of_its_own_where_a_factory_makes_it() -> None:
    ours = classes(dataclass, kw_only=True)
    first, second = ours.Computed(a=1), ours.Computed(a=1)
    first.cache.append(1)
    assert (second.cache, first.twice, first.always) == ([], 2, 7)


def test_nothing_about_an_object_can_be_changed() -> None:
    one: Any = classes(dataclass, kw_only=True).Plain(a=1)
    for name in ("a", "z"):
        with pytest.raises(FrozenInstanceError, match=f"cannot assign to field '{name}'"):
            setattr(one, name, 2)
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'a'"):
        del one.a


def test_a_copy_with_another_value_is_checked_as_any_object() -> None:
    one = classes(dataclass, kw_only=True).Computed(a=1)
    assert replace(one, a=5).twice == 10
    with pytest.raises(ValueError, match="negative"):
        replace(one, a=-1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    a: int
    b: tuple[int, ...] = ()


def test_an_object_is_the_same_in_another_process() -> None:
    sent = Sent(a=1, b=(2,))
    assert pickle.loads(pickle.dumps(sent)) == sent  # noqa: S301 - our own


def test_every_frozen_and_slotted_class_of_ours_is_made_so() -> None:
    others = [
        path.name
        for path in Path(generator.__file__).parent.rglob("*.py")
        if "@dataclass(frozen=True, slots=True" in (text := path.read_text("utf-8"))
        and "from generator.model.dataclass import dataclass\n" not in text
    ]
    assert others == []
