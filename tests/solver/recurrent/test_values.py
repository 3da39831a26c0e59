"""Exact values: normal forms, enclosures, intervals, and the facts of the activations."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import mpmath  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.solver.models.recurrent.structure.activations import ACTIVATIONS
from generator.solver.models.recurrent.structure.facts import Fact
from generator.solver.models.recurrent.structure.terms import (
    Comparison,
    Number,
    Product,
    Statement,
    Term,
    apply,
    name,
    number,
    operation,
    value,
)
from generator.solver.models.recurrent.values import interval
from generator.solver.models.recurrent.values.enclosure import enclose, nearby, sign
from generator.solver.models.recurrent.values.interval import Interval, holds, point
from generator.solver.models.recurrent.values.normal import (
    PolynomialAlgebra,
    as_term,
    polynomial,
)
from generator.solver.models.recurrent.values.polynomial import Polynomial, constant

QUICKLY = settings(max_examples=40, deadline=None, derandomize=True)
rationals = st.fractions(min_value=-3, max_value=3, max_denominator=6)


def terms(names: tuple[str, ...]) -> st.SearchStrategy[Term]:
    """Small terms over these names."""
    leaves = st.one_of(
        rationals.map(number), st.sampled_from(names).map(name) if names else st.nothing()
    )

    def larger(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
        return st.one_of(
            st.builds(operation, st.sampled_from(["+", "-", "*", "max"]), inner, inner),
            st.builds(operation, st.sampled_from(["neg", "abs"]), inner),
            st.tuples(st.sampled_from(sorted(ACTIVATIONS)), inner).map(lambda pair: apply(*pair)),
        )

    return st.recursive(leaves, larger, max_leaves=6)


# --- a third arithmetic: mpmath with 60 digits -----------------------------------------------

FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "sigmoid": lambda a: 1 / (1 + mpmath.exp(-a)),
    "hard_sigmoid": lambda a: min(max(a / 6 + mpmath.mpf(1) / 2, 0), 1),
    "tanh": mpmath.tanh,
    "hard_tanh": lambda a: min(max(a, -1), 1),
    "relu": lambda a: max(a, 0),
    "leaky_relu": lambda a: a if a > 0 else a / 100,
    "softplus": lambda a: mpmath.log1p(mpmath.exp(a)),
    "softsign": lambda a: a / (1 + abs(a)),
}


class Decimals:
    """Terms as decimal numbers, written without a look at the solver's own."""

    def __init__(self, values: dict[str, Fraction]) -> None:
        self.values = values

    def number(self, value: Fraction) -> Any:
        return mpmath.mpf(value.numerator) / value.denominator

    def name(self, name: str) -> Any:
        return self.number(self.values[name])

    def product(self, matrix: str, vector: Any) -> Any:
        raise NotImplementedError(matrix)

    def apply(self, function: str, argument: Any) -> Any:
        return FUNCTIONS[function](argument)

    def operate(self, operator: str, operands: Sequence[Any]) -> Any:
        first, *rest = operands
        return {
            "+": lambda: first + rest[0],
            "-": lambda: first - rest[0],
            "*": lambda: first * rest[0],
            "neg": lambda: -first,
            "abs": lambda: abs(first),
            "max": lambda: max(operands),
        }[operator]()


@QUICKLY
@given(terms(()))
def test_a_number_lies_in_its_enclosure(term: Term) -> None:
    exact = polynomial(term)
    with mpmath.workdps(60):
        other = value(term, Decimals({}))
        if exact.constant is not None:
            assert abs(other - Decimals({}).number(exact.constant)) < mpmath.mpf(10) ** -50
        else:
            near = nearby(exact)
            assert (
                abs(other - mpmath.mpf(near.numerator) / near.denominator) < mpmath.mpf(10) ** -50
            )
            bounds = enclose(exact, 60)
            assert float(bounds.a) - 1e-9 <= float(other) <= float(bounds.b) + 1e-9


@QUICKLY
@given(terms(("p", "q")), rationals, rationals)
def test_putting_numbers_in_before_or_after_is_the_same(
    term: Term, first: Fraction, second: Fraction
) -> None:
    """The normal form of a term with unknowns has the value of the term."""
    numbers = {"p": constant(first), "q": constant(second)}
    algebra = PolynomialAlgebra(numbers.__getitem__)
    before, after = value(term, algebra), value(as_term(polynomial(term)), algebra)
    with mpmath.workdps(60):
        other = value(term, Decimals({"p": first, "q": second}))
        for found in (before, after):
            near = nearby(found) if found.constant is None else found.constant
            assert (
                abs(other - mpmath.mpf(near.numerator) / near.denominator) < mpmath.mpf(10) ** -50
            )


IDENTITIES = [
    (operation("+", apply("tanh", name("p")), apply("tanh", operation("neg", name("p")))), 0),
    (operation("+", apply("sigmoid", name("p")), apply("sigmoid", operation("neg", name("p")))), 1),
    (apply("sigmoid", operation("-", name("p"), name("p"))), Fraction(1, 2)),
    (operation("-", operation("abs", name("p")), operation("abs", operation("neg", name("p")))), 0),
    (operation("max", 0, apply("relu", number(-2))), 0),
    (apply("hard_sigmoid", number(1)), Fraction(2, 3)),
    (apply("softsign", number(-3)), Fraction(-3, 4)),
]


@pytest.mark.parametrize(("term", "expected"), IDENTITIES)
def test_an_identity_is_seen_in_the_normal_form(term: Term, expected: Fraction | int) -> None:
    assert polynomial(term).constant == expected


def test_a_matrix_is_linear() -> None:
    """W (2 p - q) is 2 W p - W q."""
    p, q = name("p"), name("q")
    whole = Product(matrix="W", vector=operation("-", operation("*", 2, p), q))
    parts = operation(
        "-",
        operation("*", 2, Product(matrix="W", vector=p)),
        Product(matrix="W", vector=q),
    )
    assert polynomial(whole) == polynomial(parts)


def test_two_numbers_that_differ_by_less_than_a_float_can_tell_are_told_apart() -> None:
    close = operation("-", apply("tanh", number(30)), 1)
    assert math.tanh(30) == 1.0
    assert sign(polynomial(close)) == -1


# --- intervals -------------------------------------------------------------------------------

ends = st.tuples(rationals, st.booleans())


@st.composite
def intervals(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """An interval with a number in it."""
    inside = draw(rationals)
    below, above = draw(st.fractions(0, 2)), draw(st.fractions(0, 2))
    low = (inside - below, bool(below == 0 or draw(st.booleans())))
    high = (inside + above, bool(above == 0 or draw(st.booleans())))
    if draw(st.booleans()):
        low = (-math.inf, False)  # type: ignore[assignment]
    if draw(st.booleans()):
        high = (math.inf, False)  # type: ignore[assignment]
    return Interval(low, high), inside


def contains(bounds: Interval, number: Fraction) -> bool:
    (low, low_in), (high, high_in) = bounds.low, bounds.high
    return (low < number or (low == number and low_in)) and (
        number < high or (number == high and high_in)
    )


@QUICKLY
@given(intervals(), intervals(), st.sampled_from(["+", "-", "*", "min", "max"]))
def test_a_result_lies_in_the_interval_of_results(
    first: tuple[Interval, Fraction], second: tuple[Interval, Fraction], operator: str
) -> None:
    a, b = first[1], second[1]
    exact = {"+": a + b, "-": a - b, "*": a * b, "min": min(a, b), "max": max(a, b)}[operator]
    assert contains(interval.OPERATORS[operator](first[0], second[0]), exact)


@QUICKLY
@given(intervals(), st.integers(0, 4))
def test_powers_and_sizes_lie_in_their_intervals(
    known: tuple[Interval, Fraction], power: int
) -> None:
    bounds, inside = known
    assert contains(abs(bounds), abs(inside))
    assert contains(interval.OPERATORS["**"](bounds, point(Fraction(power))), inside**power)


@QUICKLY
@given(intervals(), st.sampled_from(["==", "!=", "<", "<=", ">", ">="]))
def test_what_holds_of_an_interval_holds_of_its_numbers(
    known: tuple[Interval, Fraction], operator: str
) -> None:
    bounds, inside = known
    compare = {
        "==": inside == 0,
        "!=": inside != 0,
        "<": inside < 0,
        "<=": inside <= 0,
        ">": inside > 0,
        ">=": inside >= 0,
    }
    assert compare[operator] or not holds(operator, bounds)


# --- facts -----------------------------------------------------------------------------------

FACTS = [(word, fact) for word, activation in ACTIVATIONS.items() for fact in activation.facts]
ARGUMENTS = [Fraction(step, 4) for step in range(-28, 29)]


def says(statement: Statement, letters: dict[str, Polynomial]) -> bool:
    """A statement about letters, decided in exact arithmetic."""
    algebra = PolynomialAlgebra(letters.__getitem__)
    if isinstance(statement, Comparison):
        signs = {"==": (0,), "!=": (-1, 1), "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}
        return all(
            sign(value(left, algebra) - value(right, algebra)) in signs[operator]
            for operator, left, right in statement.links()
        )
    parts = [says(part, letters) for part in statement.statements]
    return {"and": all(parts), "or": any(parts), "not": not parts[0]}[statement.operator]


@pytest.mark.parametrize(("word", "fact"), FACTS, ids=lambda item: getattr(item, "kind", item))
def test_a_fact_holds_in_exact_arithmetic(word: str, fact: Fact) -> None:
    """Every proof rests on these; here they are checked rigorously at many arguments."""
    values = {a: polynomial(apply(word, Number(value=a))) for a in ARGUMENTS}
    for a in ARGUMENTS:
        letters = {"a": constant(a), "y": values[a]}
        if not fact.pair:
            assert says(fact.statement, letters), a
            continue
        for b in (-a, a, a + Fraction(1, 4), Fraction(0)):
            if b in values:
                assert says(fact.statement, {**letters, "b": constant(b), "z": values[b]}), (a, b)


@pytest.mark.parametrize("word", sorted(ACTIVATIONS))
def test_what_the_table_says_of_zero_and_of_opposite_arguments_is_true(word: str) -> None:
    activation = ACTIVATIONS[word]
    function = FUNCTIONS[word]
    if activation.at_zero is not None:
        assert abs(function(mpmath.mpf(0)) - float(activation.at_zero)) < 1e-12
        if activation.symmetric:
            for a in map(mpmath.mpf, (0.5, 1, 2, 5)):
                mirrored = 2 * float(activation.at_zero) - function(a)
                assert abs(function(-a) - mirrored) < 1e-12


@pytest.mark.parametrize("word", sorted(ACTIVATIONS))
def test_a_derivative_of_the_table_is_the_slope(word: str) -> None:
    slope = ACTIVATIONS[word].derivative
    if slope is None:
        return
    for a in (Fraction(-2), Fraction(-1, 3), Fraction(1, 2), Fraction(3)):
        with mpmath.workdps(40):
            exact = mpmath.diff(FUNCTIONS[word], mpmath.mpf(a.numerator) / a.denominator)
            near = polynomial(slope(number(a)))
            rational = near.constant if near.constant is not None else nearby(near)
            assert abs(exact - mpmath.mpf(rational.numerator) / rational.denominator) < 1e-15
