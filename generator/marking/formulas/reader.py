r"""A response to a term: text as students type it, LaTeX, and mixtures of the two.

====================================  =========================================================
``a + b``, ``a - b``
``a*b``, ``a/b``, ``a b``             to the left; ``a/b c`` is refused, as it can mean two things
``\sum_{i=1}^{4} a b``                reaches as far as the product does; see `series`
``-a``, ``a^b``                       ``-a^2`` is ``-(a^2)``; ``a^b^c`` is ``a^(b^c)``
``f(a)``, ``f'(a)``, ``|a|``          see `functions`
``[a > b]``                           1 where it holds, else 0; also ``\mathbf{1}\{a > b\}``
``x_i``, ``x_{i+j-1}``, ``w_{ki}``    indices; see `subscripts`
====================================  =========================================================

What can be meant in two ways is never guessed: the Fault says how to write it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from types import MappingProxyType

from generator.language.faults import Fault
from generator.marking import limits
from generator.marking.formulas import commands, functions, series, subscripts
from generator.marking.formulas.cursor import CLOSED_BY, CLOSING, OPENING, Cursor
from generator.marking.formulas.names import SERIES, Vocabulary
from generator.marking.formulas.tokens import Token, tokenize
from generator.model.formula import (
    Call,
    Indicator,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Symbol,
    Term,
    Vector,
    constant,
)

_RELATIONS: Mapping[str, Relation] = MappingProxyType(
    {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": "=", "!=": "!="}
)


def read(text: str, vocabulary: Vocabulary) -> Term:
    """The term that a response says. Raises Fault, in a student's words, where it says none."""
    return Reader(_right_side(tokenize(text)), vocabulary).everything()


def _right_side(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """What follows the last ``=``: who writes ``dR/dw = ...`` means what is behind it."""
    depth, begin = 0, 0
    for place, token in enumerate(tokens):
        if token.kind == "sign":
            depth += (token.text in OPENING) - (token.text in CLOSING)
            if token.text == "=" and depth == 0 and not _is_range(tokens, place):
                begin = place + 1
    return tokens[begin:]


def _is_range(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether the ``=`` stands in ``sum_i=1^4`` or ``sum i=1..4``."""
    before = [token.text for token in tokens[max(0, place - 3) : place]]
    return any(text in SERIES for text in (before[-3:-2] if "_" in before else before[-2:-1]))


class Reader(Cursor):
    """A method for each line of the grammar.

    `indexing` is while it reads an index, where every letter stands for itself. `bound` are the
    letters of the sums around.
    """

    def __init__(self, tokens: tuple[Token, ...], vocabulary: Vocabulary) -> None:
        super().__init__(tokens)
        self.vocabulary = vocabulary
        self.indexing, self.bars = False, 0
        self.bound: list[str] = []

    @contextmanager
    def binding(self, letters: list[str]) -> Iterator[None]:
        """While a body is read, these letters are names."""
        self.bound += letters
        yield
        del self.bound[len(self.bound) - len(letters) :]

    def everything(self) -> Term:
        """The whole response."""
        if len(self.tokens) == 1:
            raise Fault("empty", "there is no formula")
        items = [self.sum()]
        while self.accept(","):
            items.append(self.sum())
        if self.token.kind != "end":
            raise self.refusal()
        if len(items) > 1:
            raise Fault(
                "comma",
                "a comma can be a decimal point or stand between several answers",
                "write decimals with a point, 0.5, and several numbers in parentheses, (1, 2)",
            )
        return items[0]

    def refusal(self) -> Fault:
        """Why the response does not go on like this."""
        if self.sees("...", ".."):
            return Fault("dots", "dots can mean anything", "write sum(i=1..4, ...) instead of them")
        if self.sees(*CLOSING):
            return self.surprise("a parenthesis that was never opened is closed")
        return self.surprise("something is missing")

    def sum(self) -> Term:
        """Terms with signs between them."""
        with self.deeper():
            terms = [self.product()]
            while sign := self.accept("+", "-"):
                term = self.product()
                terms.append(term if sign.text == "+" else negative(term))
        return terms[0] if len(terms) == 1 else Sum(terms=tuple(terms))

    def product(self) -> Term:
        """Factors, with signs or side by side."""
        result, divided = self.signed(), False
        while True:
            if self.accept("*"):
                result, divided = multiply(result, self.signed()), False
            elif self.accept("/"):
                result, divided = Quotient(above=result, below=self.signed()), True
            elif not self.begins_operand():
                return result
            elif divided:
                raise Fault(
                    "ambiguous-fraction",
                    "behind a fraction, a factor without a sign can belong above or below",
                    "write (a/b)*c or a/(b*c)",
                )
            else:
                result = multiply(result, self.power())

    def begins_operand(self) -> bool:
        """Whether a factor follows without a sign. Raises Fault for two numbers side by side."""
        if self.token.kind == "number" and self.tokens[self.index - 1].kind == "number":
            raise self.surprise("a sign is missing between two numbers")
        if self.token.kind in ("number", "name", "command"):
            return True
        return self.sees(*OPENING) or (self.sees("|") and not self.bars)

    def signed(self) -> Term:
        """A factor with its signs."""
        minus = False
        while sign := self.accept("+", "-"):
            minus ^= sign.text == "-"
        factor = self.power()
        return negative(factor) if minus else factor

    def power(self) -> Term:
        """A factor and its exponent; ``h^2_i`` is the square of ``h_i``."""
        base = self.operand()
        if self.sees("'"):
            raise Fault("prime", "a prime stands behind a function's name", "write s'(a)")
        if not self.accept("^"):
            return base
        exponent = self.exponent()
        if isinstance(base, Symbol) and not base.at and self.sees("_"):
            base = Symbol(name=base.name, at=subscripts.read(self, base.name))
        return self.raised(base, exponent)

    def raised(self, base: Term, exponent: Term) -> Term:
        """A power; that of e is the exponential function. Raises Fault beyond the bound."""
        value = _literal(exponent)
        if value is not None and abs(value) > limits.EXPONENT:
            raise Fault("exponent", f"exponents beyond {limits.EXPONENT} are not read")
        if base == Symbol(name="e") and "e" not in self.vocabulary.tables:
            return Call(function="exp", arguments=(exponent,))
        return Power(base=base, exponent=exponent)

    def exponent(self) -> Term:
        """What stands behind ``^``: a group, or one signed factor with its own exponent."""
        with self.deeper():
            return self.signed()

    def operand(self) -> Term:
        """A number, a group, a name, or what a command makes."""
        if self.token.kind == "number":
            return constant(number(self.take().text))
        if self.token.kind == "name":
            return self.name()
        if self.token.kind == "command":
            return commands.read(self)
        if self.sees(*OPENING, "|"):
            return self.group()
        if self.sees("...", ".."):
            raise self.refusal()
        raise self.surprise("a number, a name or a parenthesis is missing")

    def group(self) -> Term:
        """What stands in parentheses: a term, a comparison, or a vector; between bars its size."""
        opening = self.take().text
        outer, self.bars = self.bars, int(opening == "|")
        items = [self.statement()]
        while opening in ("(", "[") and self.accept(","):
            items.append(self.statement())
        self.expect(CLOSED_BY[opening])
        self.bars = outer
        if opening == "|":
            return Call(function="abs", arguments=(items[0],))
        return items[0] if len(items) == 1 else Vector(items=tuple(items))

    def statement(self) -> Term:
        """A term, or a comparison of two: 1 where it holds."""
        left = self.sum()
        if self.token.kind != "sign" or self.token.text not in _RELATIONS:
            return left
        relation = _RELATIONS[self.take().text]
        return Indicator(left=left, relation=relation, right=self.sum())

    def name(self) -> Term:
        """A run of letters: a name, a function with its arguments, or several names."""
        run = self.take().text
        pieces = tuple(run) if self.indexing else self.vocabulary.cut(run, self.bound)
        self.put_back(*pieces[1:])
        return self.named(pieces[0])

    def named(self, name: str) -> Term:
        """What a name begins."""
        if name in SERIES:
            return series.read(self, SERIES[name])
        if name == "max" and (self.sees("_") or series.has_range(self)):
            return series.read(self, "max")
        if self.vocabulary.is_function(name):
            return functions.read(self, name)
        return Symbol(name=name, at=subscripts.read(self, name))


def negative(term: Term) -> Term:
    """The term with the opposite sign."""
    return Product(factors=(constant(-1), term))


def multiply(left: Term, right: Term) -> Term:
    """The product of two terms; factors in a row make one product."""
    before = left.factors if isinstance(left, Product) else (left,)
    return Product(factors=(*before, right))


def number(text: str) -> Fraction:
    """The value of a number as typed. Raises Fault for one of too many digits."""
    digits, _, exponent = text.lower().partition("e")
    if len(digits) > limits.DIGITS or len(exponent) > 4:
        raise Fault("number", f"the number `{text[:20]}…` has too many digits")
    if abs(int(exponent or "0")) > limits.POWER_OF_TEN:
        raise Fault("number", f"the number `{text}` is beyond all bounds")
    return Fraction(text)


def _literal(term: Term) -> Fraction | None:
    """The value of a number with or without a minus sign."""
    match term:
        case Number(value=value):
            return value
        case Product(factors=(Number(value=sign), Number(value=value))):
            return sign * value
    return None
