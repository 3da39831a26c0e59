"""What a name in a bank may stand for: exact numbers, words, vectors, records, formulas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from fractions import Fraction
from typing import Protocol, runtime_checkable

from generator.model.dataclass import dataclass
from generator.model.formula import Glossary, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A named bundle of values: a domain of records varies several things at once."""

    entries: tuple[tuple[str, Value], ...]

    def member(self, name: str) -> Value:
        """The value of this name; KeyError if there is none."""
        for key, value in self.entries:
            if key == name:
                return value
        raise KeyError(name)

    def members(self) -> Iterator[str]:
        """The names."""
        return (key for key, _ in self.entries)


Value = bool | int | Fraction | str | Record | tuple["Value", ...]
"""What a parameter may be: atoms (decimals are exact fractions), vectors (a matrix is a vector of
rows), records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A symbolic value: as LaTeX, and in plain text as a student would type it.

    `term` is what it means and `glossary` what its names stand for, where a response to it can be
    compared; two formulas that read the same are the same.
    """

    latex: str
    text: str
    term: Term | None = field(default=None, compare=False, repr=False)
    glossary: Glossary | None = field(default=None, compare=False, repr=False)


@runtime_checkable
class Namespace(Protocol):
    """What `.name` may be asked of in expressions and templates: a `Record`, or a model."""

    def member(self, name: str) -> object:
        """The value of this name; KeyError if there is none."""

    def members(self) -> Iterator[str]:
        """The names, for "did you mean"."""
