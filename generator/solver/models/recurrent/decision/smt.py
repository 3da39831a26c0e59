"""Polynomials and statements in SMT-LIB, the language of z3: unknown real numbers and formulas.

Why the numbers of one entry are enough: conditions, equations and facts hold in every entry, so
they hold in the entry where a goal is denied. Only a product ``W @ v`` mixes entries; it is an
unknown number of its own, the same wherever ``W`` and ``v`` are the same. If more than one
statement is denied, each is denied in some entry, perhaps not the same one. So each such entry is
a *copy* with unknowns of its own, and what holds in every entry is said of every copy.

Formulas are text as in the standard (SMT-LIB 2.6, theory of reals): z3 reads it faster than it
can be handed objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import count
from types import MappingProxyType

from generator.solver.models.recurrent.structure import terms
from generator.solver.models.recurrent.structure.terms import Comparison, Statement, Term
from generator.solver.models.recurrent.values.exact import Symbolic
from generator.solver.models.recurrent.values.polynomial import Atom, Polynomial


def denials(statement: Statement, positive: bool) -> int:
    """How many comparisons are denied where `statement` is said (`positive`) or itself denied."""
    if isinstance(statement, Comparison):
        return int(not positive)
    return sum(
        denials(part, positive != (statement.operator == "not")) for part in statement.statements
    )


class Translator:
    """Formulas about `copies` entries of a cell, in which `symbolic` says what a name is."""

    def __init__(self, symbolic: Symbolic, copies: int) -> None:
        self.symbolic, self.copies = symbolic, copies
        self.unknowns: dict[tuple[Atom, int], str] = {}
        self.next_copy = count()

    def declarations(self) -> str:
        """The unknowns of all formulas so far."""
        return "".join(f"(declare-const {name} Real)" for name in self.unknowns.values())

    def statement(self, statement: Statement, positive: bool = True) -> str:
        """That a statement holds in every entry, or (not `positive`) that it fails in some."""
        if isinstance(statement, Comparison):
            if positive:
                return self._everywhere(lambda copy: self._comparison(statement, copy))
            return f"(not {self._comparison(statement, next(self.next_copy))})"
        if statement.operator == "not":
            return self.statement(statement.statements[0], not positive)
        parts = [self.statement(part, positive) for part in statement.statements]
        return _join("and" if (statement.operator == "and") == positive else "or", parts)

    def equal(self, left: Polynomial, right: Polynomial) -> str:
        """That two polynomials are equal in every entry."""
        return self._everywhere(
            lambda copy: f"(= {self.real(left, copy)} {self.real(right, copy)})"
        )

    def fact(self, statement: Statement, letters: Mapping[str, Polynomial]) -> str:
        """A fact of an activation, for these values of its letters, in every entry."""

        def say(copy: int) -> str:
            bound = (f"({key} {self.real(value, copy)})" for key, value in letters.items())
            return f"(let ({' '.join(bound)}) {_formula(statement)})"

        return self._everywhere(say)

    def _everywhere(self, say: Callable[[int], str]) -> str:
        return _join("and", [say(copy) for copy in range(self.copies)])

    def _comparison(self, comparison: Comparison, copy: int) -> str:
        return _chain(comparison, lambda term: self.real(self.symbolic.entry(term), copy))

    def real(self, polynomial: Polynomial, copy: int) -> str:
        """The number that a polynomial is in one entry."""
        summands = []
        for monomial, factor in polynomial.summands:
            factors = [self._atom(atom, copy) for atom, power in monomial for _ in range(power)]
            if factor != 1 or not factors:
                factors.insert(0, _number(factor))
            summands.append(_join("*", factors))
        return _join("+", summands) if summands else "0.0"

    def _atom(self, atom: Atom, copy: int) -> str:
        if atom.kind in OPERATORS:
            arguments = [self.real(argument, copy) for argument in atom.arguments]
            return OPERATORS[atom.kind](*arguments)
        return self.unknowns.setdefault((atom, copy), f"|{atom.text} in {copy}|")


class _Letters:
    """Terms whose names are bound by a ``let``; they have no weights and no activations."""

    def number(self, value: Fraction) -> str:
        return _number(value)

    def name(self, name: str) -> str:
        return name

    def product(self, matrix: str, vector: str) -> str:
        raise ValueError(f"a fact has no weights: {matrix} @ {vector}")

    def apply(self, function: str, argument: str) -> str:
        raise ValueError(f"a fact names its value with a letter: {function}({argument})")

    def operate(self, operator: str, operands: Sequence[str]) -> str:
        return OPERATORS[operator](*operands)


@lru_cache(maxsize=256)
def _formula(statement: Statement) -> str:
    """A statement about letters."""
    if isinstance(statement, Comparison):
        return _chain(statement, lambda term: terms.value(term, _Letters()))
    parts = [_formula(part) for part in statement.statements]
    return f"({statement.operator} {' '.join(parts)})"


def _chain(comparison: Comparison, read: Callable[[Term], str]) -> str:
    return _join(
        "and",
        [
            _relation(operator, read(left), read(right))
            for operator, left, right in comparison.links()
        ],
    )


def _relation(operator: str, left: str, right: str) -> str:
    if operator == "!=":
        return f"(not (= {left} {right}))"
    return f"({'=' if operator == '==' else operator} {left} {right})"


def _number(value: Fraction) -> str:
    size = f"{abs(value.numerator)}.0"
    if value.denominator != 1:
        size = f"(/ {size} {value.denominator}.0)"
    return size if value >= 0 else f"(- {size})"


def _absolute(operand: str) -> str:
    return f"(ite (>= {operand} 0.0) {operand} (- {operand}))"


def _extremum(relation: str) -> Callable[..., str]:
    def say(first: str, *others: str) -> str:
        for other in others:
            first = f"(ite ({relation} {first} {other}) {first} {other})"
        return first

    return say


def _join(operator: str, parts: Iterable[str]) -> str:
    listed = list(parts)
    return listed[0] if len(listed) == 1 else f"({operator} {' '.join(listed)})"


OPERATORS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {
        **{sign: lambda *operands, sign=sign: f"({sign} {' '.join(operands)})" for sign in "+-*/"},
        "neg": lambda operand: f"(- {operand})",
        "abs": _absolute,
        "min": _extremum("<="),
        "max": _extremum(">="),
    }
)
