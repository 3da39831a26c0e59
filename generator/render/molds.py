"""What fillings of a template share: everything but the texts put in. So Jinja runs once for each.

A template looks at most of its texts only to write them down, perhaps through a filter of its
renderer. So all contexts of the same *shape* (as many items in every list, the same texts empty,
the same switches on) give the same output but for those texts. `Molds` fills a template with holes
in their place, keeps the result, and puts the texts of any further context of that shape into it.

A hole is no text: it can be written and tested for being empty, nothing else. A template that does
more (``{{ name | upper }}``, ``{{ name == "x" }}``) meets an exception, makes no mold, and is
filled in by Jinja each time. What a mold gives is compared, when it is made, with what Jinja gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache, partial, wraps
from operator import attrgetter
from types import SimpleNamespace
from typing import Any, NoReturn

from jinja2 import Environment
from markupsafe import Markup, escape

from generator.model.dataclass import dataclass
from generator.render.templates import Filter, Templates

_KEPT = 1024
"""Shapes that are remembered; so many differ only where lists come in very many lengths."""
_BEGIN, _END = "\ufdd0", "\ufdd1"
"""Around a hole's mark: no characters, so that no text has them."""

Shape = Any
"""What is the same of two contexts that fit one mold; it can be hashed."""


class _Unfit(Exception):  # noqa: N818 - an answer: this template does more than write a text
    pass


class Molds:
    """Fills in the templates of a style."""

    def __init__(self, style: Templates, **constants: Any) -> None:
        self._style, self._constants = style, constants
        self._made: dict[Shape, _Mold | None] = {}

    def fill(self, name: str, /, **context: Any) -> str:
        """What ``style.render`` gives. Raises InputError where a user's own template fails."""
        texts: list[str] = []
        key = (name, *context, *_read(context.values(), texts))
        mold = self._made.get(key)
        if mold is not None:
            return mold.filled(texts)
        text = self._style.render(name, **self._constants, **context)
        if key in self._made:
            return text
        if len(self._made) >= _KEPT:
            self._made.clear()
        self._made[key] = self._mold(name, context, texts, text)
        return text

    def _mold(
        self, name: str, context: Mapping[str, Any], texts: list[str], text: str
    ) -> _Mold | None:
        holes: list[_Hole] = []
        hollow = {key: _hollowed(value, holes) for key, value in context.items()}
        environment = _hollow(self._style.environment, frozenset(self._style.filters))
        try:
            output = environment.get_template(name).render(
                **self._style.globals, **self._constants, **hollow
            )
        except Exception:  # whatever it is that cannot be done with a hole
            return None
        mold = _Mold.of(output, holes, self._style.filters)
        return mold if mold.filled(texts) == text else None


@dataclass(frozen=True, slots=True)
class _Mold:
    """`pieces` alternate with holes: the number of a text, and what is done to it."""

    pieces: tuple[str, ...]
    holes: tuple[tuple[int, int, Callable[[str], str] | None], ...]

    @classmethod
    def of(cls, output: str, holes: list[_Hole], filters: Mapping[str, Filter]) -> _Mold:
        first, *others = output.split(_BEGIN)
        pieces, found = [first], []
        for other in others:
            mark, _, rest = other.partition(_END)
            number, _, name = mark.partition(":")
            written = filters[name] if name else None if holes[int(number)].safe else _escaped
            found.append((len(pieces), int(number), written))
            pieces += ["", rest]
        return cls(tuple(pieces), tuple(found))

    def filled(self, texts: list[str]) -> str:
        """The output with these texts."""
        output = list(self.pieces)
        for place, number, written in self.holes:
            text = texts[number]
            output[place] = text if written is None else written(text)
        return "".join(output)


def _escaped(text: str) -> str:
    return escape(text)


# --- holes -------------------------------------------------------------------------------------


class _Hole:
    """Stands for a text; `safe` where it is markup already."""

    def __init__(self, number: int, text: str) -> None:
        self.number, self.safe, self._filled = number, isinstance(text, Markup), bool(text)

    def __bool__(self) -> bool:
        return self._filled

    def __html__(self) -> str:
        return self.mark("")

    def mark(self, name: str) -> Markup:
        """What is written in its place, through the filter of this name."""
        return Markup(f"{_BEGIN}{self.number}:{name}{_END}")  # noqa: S704 - made of a number

    def _unfit(self, *_: object) -> NoReturn:
        raise _Unfit

    __str__ = __eq__ = __hash__ = _unfit  # no answer would be right


@lru_cache(maxsize=4)
def _hollow(environment: Environment, own: frozenset[str]) -> Environment:
    """The same templates, whose filters and tests take no holes but where they write them."""
    hollow = environment.overlay()
    hollow.filters = {
        name: partial(_written, name, _guarded(function)) if name in own else _guarded(function)
        for name, function in environment.filters.items()
    }
    tests: Mapping[str, Any] = environment.tests
    hollow.tests = {name: _guarded(test) for name, test in tests.items()}
    return hollow


def _written(name: str, function: Filter, value: object) -> str:
    return value.mark(name) if isinstance(value, _Hole) else function(value)


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def guarded(*arguments: Any, **named: Any) -> Any:
        for value in (*arguments, *named.values()):
            if isinstance(value, _Hole) or (isinstance(value, str) and _BEGIN in value):
                raise _Unfit
        return function(*arguments, **named)

    return guarded


# --- shapes ------------------------------------------------------------------------------------


def _read(items: Iterable[Any], texts: list[str]) -> list[Shape]:
    """The shapes of some values; their texts, in the order of reading, are added to `texts`.

    A text's own shape is whether it is markup and whether it is empty.
    """
    shapes: list[Shape] = []
    for item in items:
        kind = type(item)
        if kind is Markup or kind is str:
            texts.append(item)
            shapes.append((kind is Markup, bool(item)))
        elif kind is dict:
            shapes.append((dict, *item, *_read(item.values(), texts)))
        elif kind is tuple or kind is list:
            shapes.append((list, *_read(item, texts)) if item else list)
        elif (fields_of := _FIELDS[kind]) is not None:
            shapes.append((kind, *_read(fields_of(item), texts)))
        else:
            shapes.append((kind, item))
    return shapes


def _hollowed(value: Any, holes: list[_Hole]) -> Any:
    """The same with holes for its texts, which are met in the same order."""
    if isinstance(value, str):
        holes.append(_Hole(len(holes), value))
        return holes[-1]
    if isinstance(value, tuple | list):
        return [_hollowed(item, holes) for item in value]
    if isinstance(value, dict):
        return {name: _hollowed(item, holes) for name, item in value.items()}
    if is_dataclass(value):
        found = {name: _hollowed(getattr(value, name), holes) for name in _names(type(value))}
        return SimpleNamespace(**found)
    return value


class _Fields(dict[type, Callable[[Any], tuple[Any, ...]] | None]):
    """For each type what gives the fields of its values; None where it is no dataclass."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
        self[kind] = _getter(*_names(kind)) if is_dataclass(kind) else None
        return self[kind]


_FIELDS = _Fields()


def _names(kind: type) -> list[str]:
    return [one.name for one in fields(kind)]


def _getter(*names: str) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)  # the quickest way, but of one name it gives no tuple
    return lambda value: tuple(getattr(value, name) for name in names)
