"""The values that a parameter can take, as a bank lists them.

Without quotes ``3``, ``0.25`` and ``1/3`` are exact numbers, ``true`` and ``false`` truth values,
anything else is a word; in quotes all is a word. A list is a vector, a mapping a record.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from generator.bank.grammar.leaves import FALSE, MEMBER, TRUE, is_old_truth
from generator.bank.grammar.numbers import exact, why_not
from generator.bank.grammar.report import Report, Unreadable
from generator.bank.grammar.shape import Schema, Shape, defined, expected, is_nothing
from generator.bank.grammar.struct import entries
from generator.language.numbers import plain
from generator.model.source import Branch, Source, Tree
from generator.model.value import Record, Value


@dataclass(frozen=True)
class _ValueShape(Shape[Value]):
    """A number, a truth value, a word; a list of values is a vector, a mapping a record."""

    noun: str = "value"

    def read(self, tree: Tree, report: Report) -> Value:
        """The value; without quotes a number is a number, with quotes it is a word."""
        if isinstance(tree, Branch):
            return self._collection(tree, report)
        if tree.quoted:
            return tree.text
        if tree.text in TRUE + FALSE:
            return tree.text in TRUE
        if is_nothing(tree):
            raise report.unreadable(tree, "missing-value", "a value is missing here")
        if is_old_truth(tree):
            raise report.unreadable(
                tree,
                "yaml-boolean",
                f"`{tree.text}` is a truth value for some readers of YAML and a word for others",
                f'in quotes, "{tree.text}", it is a word; truth values are `true` and `false`',
            )
        if trap := why_not(tree.text):
            message, cure = trap
            word = f'in quotes, "{tree.text}", it is a word'
            raise report.unreadable(
                tree, "yaml-number", message, f"{cure}; {word}" if cure else word
            )
        number = exact(tree.text)
        return tree.text if number is None else _shortest(number)

    def _collection(self, branch: Branch, report: Report) -> Value:
        if not branch.entries:
            raise report.unreadable(branch, "wrong-value", "a vector needs at least one entry")
        if branch.is_list:
            return tuple(self.read(item, report) for item in branch.items)
        return Record(
            entries=tuple(
                (MEMBER.parse(key, report).text, self.read(value, report))
                for key, value in entries(branch)
            )
        )

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Anything that is not null."""
        return defined("value", lambda: self._any_of(definitions), definitions)

    def _any_of(self, definitions: dict[str, Schema]) -> Schema:
        this = self.schema(definitions)
        return {
            "description": "A number (also 1/3), true or false, a word, a vector, or a record.",
            "anyOf": [
                {"type": ["number", "boolean", "string"]},
                {"type": "array", "items": this, "minItems": 1},
                {
                    "type": "object",
                    "propertyNames": MEMBER.schema(definitions),
                    "additionalProperties": this,
                    "minProperties": 1,
                },
            ],
        }


def _shortest(number: Fraction) -> int | Fraction:
    return number.numerator if number.denominator == 1 else number


VALUE = _ValueShape()


@dataclass(frozen=True)
class _Values(Shape[tuple[Value, ...]]):
    """A list of different values; records in it have the same members."""

    noun: str = "list of values"

    def read(self, tree: Tree, report: Report) -> tuple[Value, ...]:
        """The values. Raises Unreadable if any of them cannot be read."""
        if isinstance(tree, Source) or (tree.entries and not tree.is_list):
            raise expected(self, tree, report, "a list is `[…]`, or lines that begin with `- `")
        if not tree.entries:
            raise report.unreadable(tree, "wrong-value", "a domain needs at least one value")
        values: list[tuple[Tree, Value]] = []
        for item in tree.items:
            try:
                values.append((item, VALUE.read(item, report)))
            except Unreadable:
                continue
        if len(values) < len(tree.items):
            raise Unreadable
        _refuse_twins(values, report)
        _refuse_unlike_records(values, report)
        return tuple(value for _, value in values)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """An array of different values."""
        item = VALUE.schema(definitions)
        return {"type": "array", "items": item, "minItems": 1, "uniqueItems": True}


def _refuse_twins(values: list[tuple[Tree, Value]], report: Report) -> None:
    """Variants that read alike are no different variants, so values are compared as shown."""
    seen: dict[str, Tree] = {}
    for tree, value in values:
        shown = _shown(value)
        first = seen.setdefault(shown, tree)
        if first is not tree:
            where = "" if first.line == tree.line else f" (first in line {first.line})"
            message = f"`{shown}` is listed twice{where}"
            report.refuse(tree, "duplicate-value", message, "delete one of the two")


def _shown(value: Value) -> str:
    if isinstance(value, Record):
        return ", ".join(f"{name}: {_shown(member)}" for name, member in value.entries)
    if isinstance(value, tuple):
        return f"({', '.join(map(_shown, value))})"
    return plain(value)


def _refuse_unlike_records(values: list[tuple[Tree, Value]], report: Report) -> None:
    """``names.in`` must have a meaning in every variant."""
    first = values[0][1]
    for tree, value in values[1:]:
        if _members(value) == _members(first):
            continue
        if not isinstance(value, Record) or not isinstance(first, Record):
            message = "either all values of a domain are records, or none is"
        else:
            odd = sorted({*value.members()} ^ {*first.members()})
            message = f"all records of a domain have the same members; `{odd[0]}` is not in all"
        report.refuse(tree, "unlike-records", message)


def _members(value: Value) -> frozenset[str] | None:
    return frozenset(value.members()) if isinstance(value, Record) else None


VALUES = _Values()
