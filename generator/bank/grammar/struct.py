"""Shapes of mappings: names that authors give, fields that we give, kinds told by a field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, TypeVar

from generator.bank.grammar.report import Report, Unreadable
from generator.bank.grammar.shape import (
    Leaf,
    Schema,
    Shape,
    a,
    defined,
    expected,
    is_nothing,
    listed,
)
from generator.diagnostics import did_you_mean, nearest
from generator.model.source import Branch, Source, Tree

T = TypeVar("T")


def entries(branch: Branch) -> Iterator[tuple[Source, Tree]]:
    """The entries of a mapping."""
    return ((key, value) for key, value in branch.entries if key is not None)


def key_of(branch: Branch, name: str) -> Source:
    """The key of this name; KeyError if there is none."""
    for key, _ in entries(branch):
        if key.text == name:
            return key
    raise KeyError(name)


def items_of(branch: Branch, name: str) -> tuple[Tree, ...]:
    """The items of the list that is this field; none if there is no such list."""
    field_ = branch.fields.get(name)
    return field_.items if isinstance(field_, Branch) else ()


@dataclass(frozen=True)
class Named(Shape[tuple[tuple[Source, T], ...]]):
    """A mapping whose keys are names that the author gives.

    A name whose value cannot be read gets `stand_in`, so that its uses are not reported too.
    """

    key: Leaf[Source]
    value: Shape[T]
    noun: str
    stand_in: Callable[[Source], T]

    def read(self, tree: Tree, report: Report) -> tuple[tuple[Source, T], ...]:
        """The names with the values that could be read, in order."""
        if isinstance(tree, Source) or tree.is_list:
            raise expected(self, tree, report, f"write `name: …` for each {self.value.noun}")
        found: list[tuple[Source, T]] = []
        for key, value in entries(tree):
            try:
                name = self.key.parse(key, report)
            except Unreadable:
                continue
            try:
                found.append((name, self.value.read(value, report)))
            except Unreadable:
                found.append((name, self.stand_in(name)))
        return tuple(found)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """An object with any properties of the right form."""
        return {
            "type": "object",
            "propertyNames": self.key.schema(definitions),
            "additionalProperties": self.value.schema(definitions),
        }


# --- mappings with fields of their own --------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field of a `Struct`: its shape, what it is for, and its value if it is left out."""

    shape: Shape[Any]
    about: str
    required: bool = False
    default: Any = None


def required(shape: Shape[Any], about: str) -> Field:
    """A field that must be there."""
    return Field(shape=shape, about=about, required=True)


def optional(shape: Shape[Any], about: str, default: Any = None) -> Field:
    """A field that may be left out."""
    return Field(shape=shape, about=about, default=default)


Make = Callable[[Branch, Mapping[str, Any], Report], T]
"""Builds the value of the branch and its fields' values; reports what one field cannot tell."""


@dataclass(frozen=True, eq=False)  # one kind is another's equal only if it is the same
class Struct(Shape[T]):
    """A mapping with known fields; `make` builds its value.

    `instead` answers authors who try a field that we do not have: with the field that they mean,
    or with a sentence.
    """

    noun: str
    about: str
    fields: Mapping[str, Field]
    make: Make[T]
    _: KW_ONLY
    name: str = ""
    cure: str = ""
    instead: Mapping[str, str] = field(default_factory=dict)

    def read(self, tree: Tree, report: Report) -> T:
        """The value of a mapping with these fields."""
        return self.read_among(tree, report, {})

    def read_among(self, tree: Tree, report: Report, foreign: Mapping[str, str]) -> T:
        """The same; `foreign` tells of fields that are not ours why they are not."""
        if isinstance(tree, Source) or tree.is_list:
            raise expected(self, tree, report, self.cure or self._usage())
        values: dict[str, Any] = {}
        given: set[str] = set()
        for key, value in entries(tree):
            name = key.text if key.text in self.fields else self._misspelt(tree, key)
            given.add(self.instead.get(key.text, name))
            if name != key.text:
                self._refuse_unknown(key, name, foreign, report)
            if name:
                self._read_field(name, key, value, values, report)
        absent = self.fields.keys() - values.keys()
        needed = sorted(name for name in absent if self.fields[name].required)
        for name in needed:
            if name not in given:
                cure = f"`{name}`: {self.fields[name].about}"
                report.refuse(tree, "missing-field", f"this {self.noun} needs `{name}`", cure)
        if needed:
            raise Unreadable
        values.update((name, self.fields[name].default) for name in absent)
        return self.make(tree, values, report)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """An object with these properties and no others."""
        return defined(self.name, lambda: self._object(definitions), definitions)

    def _object(self, definitions: dict[str, Schema]) -> Schema:
        properties = {
            name: {"description": known.about} | known.shape.schema(definitions)
            for name, known in self.fields.items()
        }
        return {
            "title": self.noun,
            "description": self.about,
            "type": "object",
            "properties": properties,
            "required": [name for name, known in self.fields.items() if known.required],
            "additionalProperties": False,
        }

    def _read_field(
        self, name: str, key: Source, value: Tree, values: dict[str, Any], report: Report
    ) -> None:
        """Read a field into `values`; `key` may spell its name wrong."""
        known = self.fields[name]
        if is_nothing(value):
            cure = f"`{name}`: {known.about}"
            report.refuse(key, "missing-value", f"`{key.text}` has no value", cure)
            return
        try:
            values[name] = known.shape.read(value, report)
        except Unreadable:
            return

    def _misspelt(self, tree: Branch, key: Source) -> str:
        """The field that is not given and spelt nearly so; empty if there is none."""
        if key.text in self.instead:
            return ""
        free = [name for name in self.fields if name not in tree.fields]
        return nearest(key.text, free)

    def _refuse_unknown(
        self, key: Source, name: str, foreign: Mapping[str, str], report: Report
    ) -> None:
        """Report a field that is not ours; `name` is the one that is probably meant, if any."""
        if why := foreign.get(key.text):
            report.refuse(key, "conflicting-fields", why)
            return
        instead = name or self.instead.get(key.text, self._usage())
        cure = f"did you mean `{instead}`?" if instead in self.fields else instead
        report.refuse(key, "unknown-field", f"{a(self.noun)} has no field `{key.text}`", cure)

    def _usage(self) -> str:
        return f"its fields are {listed(self.fields)}"


# --- mappings of several kinds ----------------------------------------------------------------


@dataclass(frozen=True)
class Marked(Shape[T]):
    """A mapping of one of several kinds, told by the field that only this kind has.

    `kinds` has the kind for each such field (several fields may tell the same kind). Beside the
    field of another kind, one of `mistaken` is taken for the field that it is mistaken for, where
    that is missing.
    """

    noun: str
    kinds: Mapping[str, Struct[T]]
    _: KW_ONLY
    name: str = ""
    cure: str = ""
    mistaken: Mapping[str, str] = field(default_factory=dict)

    def read(self, tree: Tree, report: Report) -> T:
        """The value of the one kind whose field is there."""
        if isinstance(tree, Source) or tree.is_list:
            raise expected(self, tree, report, self.cure)
        marks = [key.text for key, _ in entries(tree) if key.text in self.kinds]
        if not marks:
            raise self._unmarked(tree, report)
        sure = [mark for mark in marks if self.mistaken.get(mark, mark) in tree.fields]
        mark, *_ = sure or marks
        foreign = self._foreign(mark)
        for other in {*marks} - {*sure}:
            foreign.pop(other, None)
        return self.kinds[mark].read_among(tree, report, foreign)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """One of the kinds."""
        kinds = list(dict.fromkeys(self.kinds.values()))
        return defined(
            self.name, lambda: {"oneOf": [kind.schema(definitions) for kind in kinds]}, definitions
        )

    def _unmarked(self, tree: Branch, report: Report) -> Unreadable:
        fields = {name for kind in self.kinds.values() for name in kind.fields}
        for key, _ in entries(tree):
            if key.text not in fields and (hint := did_you_mean(key.text, self.kinds)):
                message = f"{a(self.noun)} has no field `{key.text}`"
                report.refuse(key, "unknown-field", message, hint)
                return Unreadable()
        message = f"this {self.noun} needs one of {listed(self.kinds, 'or')}"
        report.refuse(tree, "missing-field", message, self.cure)
        return Unreadable()

    def _foreign(self, mark: str) -> dict[str, str]:
        """Why the fields that tell other kinds, or are theirs alone, do not go with `mark`."""
        kind = self.kinds[mark]
        owners: dict[str, list[str]] = {}
        for other in dict.fromkeys(self.kinds.values()):
            for name in other.fields.keys() - kind.fields.keys():
                owners.setdefault(name, []).append(a(other.noun))
        return {
            name: f"{a(self.noun)} has either `{mark}` or `{name}`, not both"
            if name in self.kinds
            else f"`{name}` belongs to {' or '.join(nouns)}, not to {a(kind.noun)}"
            for name, nouns in owners.items()
            if name in self.kinds or (len(nouns) <= 2 and name not in kind.instead)
        }
