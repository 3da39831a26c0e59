r"""Terms for people: in LaTeX, as a student would type them, and with numbers inserted.

``-2(y - z)\sum_{i=1}^{4} w_i h_i (1 - h_i)\, x_{i+j-1}`` is in plain text
``-2*(y - z)*sum(i=1..4, w_i*h_i*(1 - h_i)*x_{i+j-1})``. A product is set as it is built, without
rearranging; the only parentheses are those that the meaning needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from generator.language import numbers
from generator.memo import Memo
from generator.model.dataclass import dataclass
from generator.model.value import Formula
from generator.solver.models.network.notation import Notation
from generator.solver.models.network.terms import (
    Apply,
    Cases,
    Condition,
    Entry,
    Greatest,
    Indicator,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Term,
    Total,
)


def formula(term: Term, notation: Notation) -> Formula:
    """A term in both dialects."""
    return Formula(latex=latex(term, notation), text=text(term, notation))


def latex(term: Term, notation: Notation) -> str:
    """A term in LaTeX."""
    return Latex(notation=notation, write=notation.latex).show(term)


def inserted(term: Term, notation: Notation, write: Callable[[Entry], str]) -> str:
    """A term in LaTeX with numbers in place of entries, and dots between factors."""
    return Latex(notation=notation, write=write, times=r"\cdot").show(term)


def text(term: Term, notation: Notation) -> str:
    """A term on one line, as a student would type it."""
    return Typed(notation=notation).show(term)


def sign_and_size(term: Term) -> tuple[str, Term]:
    """The sign in front of a term of a sum, and the term without it."""
    if isinstance(term, Number) and term.value < 0:
        return "-", Number(value=-term.value)
    if isinstance(term, Product):
        first = term.factors[0]
        if isinstance(first, Number) and first.value < 0:
            rest = term.factors[1:]
            size = rest if first.value == -1 else (Number(value=-first.value), *rest)
            return "-", size[0] if len(size) == 1 else Product(factors=size)
    return "+", term


def signed(parts: tuple[Term, ...], show: Callable[[Term], str]) -> str:
    """A sum, with each term's sign before it."""
    result = show(parts[0])
    for part in parts[1:]:
        sign, size = sign_and_size(part)
        result += f" {sign} {show(size)}"
    return result


# --- LaTeX -------------------------------------------------------------------------------------

_RELATIONS = {">": ">", "<": "<", ">=": r"\ge", "<=": r"\le"}
_NAMES = {"log": r"\ln", "tanh": r"\tanh", "max": r"\max", "clip": r"\operatorname{clip}"}
_ENTRY = re.compile(r"\\?[A-Za-z]+(_\w|_\{[^{}]*\})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Latex:
    """LaTeX: `write` sets an entry, `times` stands between factors. Each term is written once."""

    notation: Notation
    write: Callable[[Entry], str]
    times: str = ""
    known: Memo[Term, str] = field(default_factory=Memo)

    def show(self, term: Term) -> str:
        """A term."""
        return self.known.of(term, self._written)

    def _written(self, term: Term) -> str:
        return _LATEX[type(term)](self, term)

    def _entry(self, term: Entry) -> str:
        return self.write(term)

    def _number(self, term: Number) -> str:
        """A fraction with a small denominator as a fraction, others as decimals where they end."""
        value = term.value
        if value.denominator in range(2, 10):
            sign = "-" if value < 0 else ""
            return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
        return numbers.latex(_whole(value))

    def _sum(self, term: Sum) -> str:
        return signed(term.terms, self.show)

    def _product(self, term: Product) -> str:
        factors = term.factors
        minus = isinstance(factors[0], Number) and factors[0].value == -1
        result = "-" if minus else ""
        rest = factors[1:] if minus else factors
        for place, factor in enumerate(rest):
            shown = self._factor(factor, last=place == len(rest) - 1)
            result += self._between(result, shown) + shown
        return result

    def _factor(self, factor: Term, *, last: bool) -> str:
        closed = last or not isinstance(factor, Total | Greatest)
        shown = self.show(factor)
        return f"({shown})" if isinstance(factor, Sum | Cases) or not closed else shown

    def _between(self, left: str, right: str) -> str:
        """The space between two factors: none before a parenthesis or a sum, thin after one."""
        if left in {"", "-"}:
            return ""
        if right.startswith(r"\sum"):
            return ""
        if self.times:
            return f" {self.times} "
        if right.startswith("("):
            return "" if left[-1].isdigit() or left[-1] == ")" else " "
        return r"\, " if left.endswith((")", r"\}")) else " "

    def _power(self, term: Power) -> str:
        shown = self.show(term.base)
        whole = isinstance(term.base, Entry)
        return f"{shown if whole else f'({shown})'}^{term.exponent}"

    def _quotient(self, term: Quotient) -> str:
        return rf"\frac{{{self.show(term.above)}}}{{{self.show(term.below)}}}"

    def _total(self, term: Total) -> str:
        body = self.show(term.body)
        body = f"({body})" if isinstance(term.body, Sum) else body
        return rf"\sum_{{{self.notation.letters[term.letter]}=1}}^{{{term.size}}} {body}"

    def _greatest(self, term: Greatest) -> str:
        letter = self.notation.letters[term.letter]
        return rf"\max_{{1 \le {letter} \le {term.size}}} {self.show(term.body)}"

    def _indicator(self, term: Indicator) -> str:
        return rf"\mathbf{{1}}\{{{self._condition(term.condition)}\}}"

    def _condition(self, condition: Condition) -> str:
        relation = _RELATIONS[condition.relation]
        return f"{self.show(condition.left)} {relation} {self.show(condition.right)}"

    def _cases(self, term: Cases) -> str:
        first = rf"{self.show(term.yes)} & \text{{if }} {self._condition(term.condition)}, \\"
        second = rf"{self.show(term.no)} & \text{{otherwise}}"
        return rf"\begin{{cases}} {first} {second} \end{{cases}}"

    def _apply(self, term: Apply) -> str:
        shown = ", ".join(map(self.show, term.arguments))
        if term.function == "exp":
            return f"e^{{{shown}}}"
        if term.function == "abs":
            return f"|{shown}|"
        if term.function == "log" and _ENTRY.fullmatch(shown):
            return rf"\ln {shown}"
        return f"{_NAMES[term.function]}{parenthesized(shown)}"


def parenthesized(shown: str) -> str:
    """LaTeX in parentheses as tall as it is."""
    tall = any(mark in shown for mark in (r"\sum", r"\frac"))
    return rf"\left({shown}\right)" if tall else f"({shown})"


_LATEX: Mapping[type[Term], Callable[[Latex, Any], str]] = MappingProxyType(
    {
        Number: Latex._number,
        Entry: Latex._entry,
        Sum: Latex._sum,
        Product: Latex._product,
        Power: Latex._power,
        Quotient: Latex._quotient,
        Total: Latex._total,
        Greatest: Latex._greatest,
        Indicator: Latex._indicator,
        Cases: Latex._cases,
        Apply: Latex._apply,
    }
)

# --- plain text --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Plain text, with every multiplication sign. Each term is written once."""

    notation: Notation
    known: Memo[Term, str] = field(default_factory=Memo)

    def show(self, term: Term) -> str:
        """A term."""
        return self.known.of(term, self._written)

    def _written(self, term: Term) -> str:
        return _TYPED[type(term)](self, term)

    def _number(self, term: Number) -> str:
        return numbers.plain(_whole(term.value))

    def _entry(self, term: Entry) -> str:
        return self.notation.text(term)

    def _sum(self, term: Sum) -> str:
        return signed(term.terms, self.show)

    def _product(self, term: Product) -> str:
        first, *rest = term.factors
        if isinstance(first, Number) and first.value == -1:
            return "-" + "*".join(map(self._factor, rest))
        return "*".join(map(self._factor, (first, *rest)))

    def _factor(self, factor: Term) -> str:
        shown = self.show(factor)
        compound = isinstance(factor, Sum | Product | Quotient) or "/" in shown
        return f"({shown})" if compound else shown

    def _power(self, term: Power) -> str:
        return f"{self._factor(term.base)}^{term.exponent}"

    def _quotient(self, term: Quotient) -> str:
        return f"{self._factor(term.above)}/{self._factor(term.below)}"

    def _total(self, term: Total | Greatest) -> str:
        name = "sum" if isinstance(term, Total) else "max"
        letter = self.notation.letters[term.letter]
        return f"{name}({letter}=1..{term.size}, {self.show(term.body)})"

    def _indicator(self, term: Indicator) -> str:
        return f"[{self._condition(term.condition)}]"

    def _condition(self, condition: Condition) -> str:
        return f"{self.show(condition.left)} {condition.relation} {self.show(condition.right)}"

    def _cases(self, term: Cases) -> str:
        when = self._condition(term.condition)
        return f"({self.show(term.yes)} if {when} else {self.show(term.no)})"

    def _apply(self, term: Apply) -> str:
        return f"{term.function}({', '.join(map(self.show, term.arguments))})"


_TYPED: Mapping[type[Term], Callable[[Typed, Any], str]] = MappingProxyType(
    {
        Number: Typed._number,
        Entry: Typed._entry,
        Sum: Typed._sum,
        Product: Typed._product,
        Power: Typed._power,
        Quotient: Typed._quotient,
        Total: Typed._total,
        Greatest: Typed._total,
        Indicator: Typed._indicator,
        Cases: Typed._cases,
        Apply: Typed._apply,
    }
)


def _whole(value: Fraction) -> Fraction | int:
    return value.numerator if value.denominator == 1 else value
