"""The shapes of a bank's values: one declaration reads a value, reports on it and describes it.

A shape is declared once (see `generator.bank.schema`) and does three jobs: `read` makes the typed
value of a tree, reporting whatever is wrong at its place and going on as far as it can; `schema`
gives its JSON Schema, with which editors complete and check banks; and its `noun` is the word of
the messages. The rule of reading: a shape that cannot make its value reports why and raises
`Unreadable`; a collection catches that, leaves the value out and reads on.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass
from typing import Any, Generic, TypeVar

from generator.bank.grammar.report import Report, Unreadable
from generator.model.source import Branch, Source, Tree

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

MAX_SHOWN = 40
"""Characters of a value that a message repeats."""

Schema = dict[str, Any]
"""A JSON Schema (draft 2020-12)."""


class Shape(ABC, Generic[T_co]):
    """What a value must look like."""

    noun: str

    @abstractmethod
    def read(self, tree: Tree, report: Report) -> T_co:
        """The value. Raises Unreadable, having reported why, if there is none."""

    @abstractmethod
    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """The JSON Schema; a shape with a name puts it into `definitions` and refers to it."""


# --- words for messages -----------------------------------------------------------------------


def is_nothing(tree: Tree) -> bool:
    """Whether there is no value: nothing after the colon, or YAML's null."""
    nulls = ("", "~", "null", "Null", "NULL")
    return isinstance(tree, Source) and not tree.quoted and tree.text in nulls


def a(noun: str) -> str:
    """The noun with its article."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def described(tree: Tree) -> str:
    """What a tree is, for "expected ..., not ..."."""
    if isinstance(tree, Branch):
        kind = "a list" if tree.is_list else "a mapping"
        return kind if tree.entries else "an empty list or mapping"
    shown = f'"{tree.text}"' if tree.quoted else tree.text
    return f"`{shown}`" if len(shown) <= MAX_SHOWN and "\n" not in shown else "a text"


def listed(words: Iterable[str], last: str = "and") -> str:
    """``"`a`, `b` and `c`"``."""
    *others, final = (f"`{word}`" for word in words)
    return f"{', '.join(others)} {last} {final}" if others else final


def expected(shape: Shape[Any], tree: Tree, report: Report, cure: str = "") -> Unreadable:
    """Report that `tree` is something else than `shape`; the caller raises what is returned."""
    if is_nothing(tree):
        return report.unreadable(tree, "missing-value", f"{a(shape.noun)} is missing here", cure)
    message = f"expected {a(shape.noun)}, not {described(tree)}"
    return report.unreadable(tree, "wrong-type", message, cure)


# --- single values ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Leaf(Shape[T]):
    """A single value, made of its text by `parse`. `cure` says how a list is mended."""

    noun: str
    parse: Callable[[Source, Report], T]
    json: Schema
    _: KW_ONLY
    name: str = ""
    cure: str = ""

    def read(self, tree: Tree, report: Report) -> T:
        """The value of a scalar."""
        if isinstance(tree, Branch):
            raise expected(self, tree, report, self._cure(tree))
        if is_nothing(tree):
            raise expected(self, tree, report)
        return self.parse(tree, report)

    def _cure(self, branch: Branch) -> str:
        if branch.entries and (key := branch.entries[0][0]) is not None:
            return f"for YAML `{key.text}:` begins a field; put a text with a colon in quotes"
        return self.cure

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """What `json` says."""
        return defined(self.name, lambda: self.json, definitions)


def defined(name: str, make: Callable[[], Schema], definitions: dict[str, Schema]) -> Schema:
    """The schema that `make` gives, or a reference to it if it has a name (it may need itself)."""
    if not name:
        return dict(make())
    if name not in definitions:
        definitions[name] = {}
        definitions[name].update(make())
    return {"$ref": f"#/$defs/{name}"}


# --- lists ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ListOf(Shape[tuple[T, ...]]):
    """A list of items, `least` at least and `most` at most (None: as many as there are)."""

    item: Shape[T]
    noun: str
    least: int = 0
    most: int | None = None

    def read(self, tree: Tree, report: Report) -> tuple[T, ...]:
        """The items that could be read."""
        if isinstance(tree, Source) or (tree.entries and not tree.is_list):
            raise expected(self, tree, report, "a list is `[…]`, or lines that begin with `- `")
        if len(tree.items) < self.least:
            needed = f"{a(self.noun)} needs at least {self.least}"
            report.refuse(tree, "wrong-value", f"{needed}, not {len(tree.items)}")
        if self.most is not None and len(tree.items) > self.most:
            allowed = f"{a(self.noun)} has at most {self.most}"
            report.refuse(tree, "wrong-value", f"{allowed}, not {len(tree.items)}")
        return tuple(_readable(self.item, tree.items, report))

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """An array."""
        array: Schema = {"type": "array", "items": self.item.schema(definitions)}
        bounds = {"minItems": self.least or None, "maxItems": self.most}
        return array | {name: bound for name, bound in bounds.items() if bound is not None}


@dataclass(frozen=True)
class OneOrMore(Shape[tuple[T, ...]]):
    """A list of items, `most` at most; a single one stands for a list of one."""

    item: Shape[T]
    noun: str
    most: int | None = None

    def read(self, tree: Tree, report: Report) -> tuple[T, ...]:
        """The items that could be read."""
        many = isinstance(tree, Branch) and tree.is_list
        if many:
            return ListOf(self.item, self.noun, most=self.most).read(tree, report)
        return (self.item.read(tree, report),)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """An item or an array of them."""
        item = self.item.schema(definitions)
        several = ListOf(self.item, self.noun, least=1, most=self.most).schema(definitions)
        return {"anyOf": [item, several]}


@dataclass(frozen=True)
class OneOrTwo(Shape[tuple[T, T]]):
    """A pair of values, or one that stands for both."""

    item: Shape[T]
    noun: str

    def read(self, tree: Tree, report: Report) -> tuple[T, T]:
        """Both values."""
        if isinstance(tree, Source):
            both = self.item.read(tree, report)
            return both, both
        if len(tree.items) != 2 or not tree.is_list:
            raise expected(self, tree, report)
        first, second = (self.item.read(value, report) for value in tree.items)
        return first, second

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """A value or an array of two."""
        one = self.item.schema(definitions)
        pair: Schema = {"type": "array", "items": one, "minItems": 2, "maxItems": 2}
        return {"anyOf": [one, pair]}


def _readable(item: Shape[T], trees: tuple[Tree, ...], report: Report) -> list[T]:
    values: list[T] = []
    for tree in trees:
        try:
            values.append(item.read(tree, report))
        except Unreadable:
            continue
    return values


# --- alternatives -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Either(Shape[T]):
    """A single value, or a list or mapping."""

    single: Shape[T]
    collection: Shape[T]
    noun: str

    def read(self, tree: Tree, report: Report) -> T:
        """The value of whichever it is."""
        shape = self.single if isinstance(tree, Source) else self.collection
        return shape.read(tree, report)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Either one."""
        shapes = (self.single, self.collection)
        return {"anyOf": [shape.schema(definitions) for shape in shapes]}


@dataclass(frozen=True)
class Later(Shape[T]):
    """A shape that is declared further down, where shapes contain each other."""

    noun: str
    shape: Callable[[], Shape[T]]

    def read(self, tree: Tree, report: Report) -> T:
        """What the shape reads."""
        return self.shape().read(tree, report)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """That of the shape."""
        return self.shape().schema(definitions)
