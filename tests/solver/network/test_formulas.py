"""Terms in index notation: their normal form, their meaning, and how they are written."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType

import numpy as np
import pytest

from generator.solver.models.network.activations import ACTIVATIONS
from generator.solver.models.network.evaluation import Scope, evaluate
from generator.solver.models.network.index import letter, number
from generator.solver.models.network.notation import Notation, Symbol, symbol
from generator.solver.models.network.numpy_pass import ACTIVATIONS as FUNCTIONS
from generator.solver.models.network.printing import formula
from generator.solver.models.network.terms import (
    ZERO,
    Entry,
    Tensor,
    Term,
    add,
    constant,
    difference,
    expand,
    free_letters,
    multiply,
    negative,
    put,
    total,
)

X, Y = Tensor(kind="output", layer=0), Tensor(kind="target")
NOTATION = Notation(
    symbols=MappingProxyType(
        {X: Symbol(latex="x", text="x"), Y: Symbol(latex=r"\eta", text="eta")}
    ),
    functions={},
    letters={"i": "i", "j": "j"},
    picks={},
)


def x(*at: object) -> Entry:
    return Entry(tensor=X, at=tuple(at))  # type: ignore[arg-type]  # indices


AT_I, AT_J = letter("i"), letter("j")
ETA = Entry(tensor=Y)


@pytest.mark.parametrize(
    ("index", "shown"),
    [
        (AT_I + AT_J - 1, "i+j-1"),
        (AT_I * 2 + AT_J - 2, "2i+j-2"),
        (AT_J - AT_I + 1, "j-i+1"),
        (AT_I - AT_I + 3, "3"),
        (AT_I * 2 - (AT_I + 1), "i-1"),
        (number(0), "0"),
    ],
)
def test_indices_have_one_form(index: object, shown: str) -> None:
    """What cancels is gone; terms stay in the order in which they came."""
    assert NOTATION.index(index) == shown  # type: ignore[arg-type]  # an Index


@pytest.mark.parametrize(
    ("term", "latex", "text"),
    [
        (
            multiply(constant(-2), difference(ETA, x(AT_I)), x(AT_J)),
            r"-2(\eta - x_i)\, x_j",
            "-2*(eta - x_i)*x_j",
        ),
        (multiply(x(AT_I), difference(constant(1), x(AT_I))), "x_i (1 - x_i)", "x_i*(1 - x_i)"),
        (negative(add(ETA, x(AT_I))), r"-(\eta + x_i)", "-(eta + x_i)"),
        (add(ETA, negative(x(AT_I, AT_J))), r"\eta - x_{ij}", "eta - x_{ij}"),
        (x(AT_I, AT_I + AT_J - 1), "x_{i,i+j-1}", "x_{i,i+j-1}"),
        (x(number(2), number(1)), "x_{2,1}", "x_{2,1}"),
        (
            total((("i", 3),), multiply(constant(Fraction(1, 3)), x(AT_I))),
            r"\frac{1}{3}\sum_{i=1}^{3} x_i",
            "(1/3)*sum(i=1..3, x_i)",
        ),
        (
            total((("i", 3),), add(ETA, x(AT_I))),
            r"\sum_{i=1}^{3} (\eta + x_i)",
            "sum(i=1..3, eta + x_i)",
        ),
    ],
)
def test_terms_are_written_with_the_parentheses_that_they_need(
    term: Term, latex: str, text: str
) -> None:
    """And no others, in both dialects."""
    shown = formula(term, NOTATION)
    assert shown.latex == latex
    assert shown.text == text


def test_products_and_sums_keep_only_what_matters() -> None:
    """Numbers are gathered in front; ones, zeros and nothing else are dropped."""
    assert multiply(constant(2), x(AT_I), constant(Fraction(1, 2))) == x(AT_I)
    assert multiply(x(AT_I), ZERO) == ZERO
    assert add(ZERO, x(AT_I), ZERO) == x(AT_I)
    assert total((("i", 4),), ZERO) == ZERO


def test_a_sum_means_its_terms() -> None:
    """Evaluated, written out and evaluated, the same number."""
    scope = Scope(tensors={X: {(1,): Fraction(2), (2,): Fraction(3)}})
    body = multiply(x(AT_I), x(AT_I))
    term = total((("i", 2),), body)
    assert evaluate(term, scope) == evaluate(expand(term), scope) == 13
    assert free_letters(term) == frozenset()
    assert free_letters(body) == {"i"}


def test_a_padded_entry_is_zero_outside_and_an_ordinary_one_is_an_error() -> None:
    """``v_{k-i+1}`` where the window does not reach."""
    scope = Scope(tensors={X: {(1,): Fraction(2)}})
    assert evaluate(Entry(tensor=X, at=(number(5),), padded=True), scope) == 0
    with pytest.raises(KeyError):
        evaluate(Entry(tensor=X, at=(number(5),)), scope)


@pytest.mark.parametrize(("word", "latex"), [("x", "x"), ("phi", r"\phi"), (r"\phi", r"\phi")])
def test_symbols_are_letters(word: str, latex: str) -> None:
    """Latin ones, and Greek ones by name."""
    found = symbol(word)
    assert found is not None
    assert found.latex == latex


@pytest.mark.parametrize("word", ["", "xy", "1", "x_1", "omicron", "$x$"])
def test_other_words_are_no_symbols(word: str) -> None:
    """Nothing that would break a formula."""
    assert symbol(word) is None


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name != "linear"])
@pytest.mark.parametrize("at", [Fraction(-3, 2), Fraction(-1, 4), Fraction(1, 3), Fraction(2)])
def test_the_stated_derivative_is_the_one_that_is_used_and_the_true_one(
    name: str, at: Fraction
) -> None:
    """In terms of the argument, in terms of the value, and by a complex step."""
    activation = ACTIVATIONS[name]
    argument: Term = constant(at)
    scope = Scope()
    value = evaluate(put(activation.definition, argument=argument), scope)
    here = Scope(tensors={Tensor(kind="value"): {(): value}})
    slope = float(evaluate(activation.derivative, here))
    step = 1e-30
    signal = FUNCTIONS[name](np.array([complex(float(at), step)]))
    assert slope == pytest.approx(float(signal.imag[0]) / step, rel=1e-12, abs=1e-15)
    for stated in activation.stated:
        other = evaluate(put(stated, argument=argument), here)
        assert float(other) == pytest.approx(slope, rel=1e-12)
