"""Indices as a textbook writes them: whole-number combinations of letters, such as ``2i+j-2``.

An index is kept in one normal form, so equal indices are equal objects: terms in the order in
which they came in, none with the factor 0, and a constant. Indices count from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.model.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """The position that a maximum took: in layer `layer`, for the output entry at `at`."""

    layer: int
    at: tuple[Index, ...]


Atom = str | Pick
"""What an index is made of: a letter, or the position of a maximum."""

Chooser = Callable[[int, tuple[int, ...]], int]
"""The position picked by the maximum of a layer for one of its output entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """``constant + sum of factor * atom``."""

    terms: tuple[tuple[Atom, int], ...] = ()
    constant: int = 0

    def __add__(self, other: Index | int) -> Index:
        """The sum, in normal form."""
        if isinstance(other, int):
            return Index(terms=self.terms, constant=self.constant + other)
        factors = dict(self.terms)
        for atom, factor in other.terms:
            factors[atom] = factors.get(atom, 0) + factor
        return Index(
            terms=tuple((atom, factor) for atom, factor in factors.items() if factor),
            constant=self.constant + other.constant,
        )

    def __mul__(self, factor: int) -> Index:
        """The multiple by a whole number."""
        terms = tuple((atom, own * factor) for atom, own in self.terms if factor)
        return Index(terms=terms, constant=self.constant * factor)

    def __sub__(self, other: Index | int) -> Index:
        """The difference, in normal form."""
        return self + other * -1

    def replace(self, letters: Mapping[str, Index]) -> Index:
        """The index with these letters replaced by other indices."""
        result = Index(constant=self.constant)
        for atom, factor in self.terms:
            if isinstance(atom, Pick):
                inner = tuple(index.replace(letters) for index in atom.at)
                term = Index(terms=((Pick(layer=atom.layer, at=inner), 1),))
            else:
                term = letters.get(atom, letter(atom))
            result = result + term * factor
        return result

    def letters(self) -> Iterator[str]:
        """The letters that occur, also inside picks."""
        for atom, _ in self.terms:
            if isinstance(atom, Pick):
                for index in atom.at:
                    yield from index.letters()
            else:
                yield atom

    def value(self, letters: Mapping[str, int], choose: Chooser) -> int:
        """The number that the index stands for; KeyError for a letter without a value."""
        total = self.constant
        for atom, factor in self.terms:
            if isinstance(atom, Pick):
                at = tuple(index.value(letters, choose) for index in atom.at)
                total += factor * choose(atom.layer, at)
            else:
                total += factor * letters[atom]
        return total


def letter(name: str) -> Index:
    """A letter on its own."""
    return Index(terms=((name, 1),))


def number(value: int) -> Index:
    """A fixed position."""
    return Index(constant=value)


def pick(layer: int, at: tuple[Index, ...]) -> Index:
    """The position that the maximum of this layer took for its output entry at `at`."""
    return Index(terms=((Pick(layer=layer, at=at), 1),))
