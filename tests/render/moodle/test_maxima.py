"""Formulas in Maxima's language, without Maxima: what is written, and that it reads back."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import prod
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.formula import (
    Call,
    Cases,
    Fold,
    Function,
    Glossary,
    Indicator,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Table,
    Term,
    Vector,
    constant,
)
from generator.render.moodle.stack.equations import equations
from generator.render.moodle.stack.examples import examples
from generator.render.moodle.stack.maxima import Unsaid, maxima

X, Y, AT = Symbol(name="x"), Symbol(name="y"), Symbol(name="i")
MINUS, THREE = constant(-1), constant(3)


def less(*terms: Term) -> Term:
    """The first without the others."""
    first, *others = terms
    return Sum(terms=(first, *(Product(factors=(MINUS, one)) for one in others)))


def over(fold: Fold, body: Term, last: Term | None = THREE) -> Term:
    return Series(fold=fold, letter="i", first=constant(1), last=last, body=body)


def entry(*at: Term) -> Term:
    return Symbol(name="w", at=at)


SAID = [
    (constant(-2), "-2"),
    (constant(Fraction(1, 3)), "1/3"),
    (less(X, Y), "x-y"),
    (less(X, less(Y, AT)), "x-(y-i)"),
    (Product(factors=(constant(-2), less(X, Y), entry(AT))), "-2*(x-y)*w[i]"),
    (Product(factors=(MINUS, less(X, Y))), "-(x-y)"),
    (Product(factors=(X, constant(-2))), "x*(-2)"),
    (Product(factors=(MINUS,)), "-1"),
    (Product(factors=()), "1"),
    (Sum(terms=()), "0"),
    (Quotient(above=constant(1), below=Product(factors=(X, Y))), "1/(x*y)"),
    (Quotient(above=less(X, Y), below=Power(base=X, exponent=constant(2))), "(x-y)/x^2"),
    (Power(base=constant(-2), exponent=Y), "(-2)^y"),
    (Power(base=X, exponent=Product(factors=(MINUS, Y))), "x^(-y)"),
    (Power(base=Power(base=X, exponent=Y), exponent=constant(2)), "(x^y)^2"),
    (Symbol(name="e"), "%e"),
    (Symbol(name="pi"), "%pi"),
    (entry(less(AT, constant(1)), constant(2)), "w[i-1,2]"),
    (over("sum", entry(AT)), "sum(w[i],i,1,3)"),
    (over("product", entry(AT)), "product(w[i],i,1,3)"),
    (over("max", entry(AT)), "lmax(makelist(w[i],i,1,3))"),
    (Indicator(left=X, relation=">=", right=Y), "charfun(x >= y)"),
    (Indicator(left=X, relation="=", right=Y), "charfun(equal(x,y))"),
    (
        Cases(condition=Indicator(left=X, relation=">", right=Y), yes=X, no=constant(-1)),
        "charfun(x > y)*x+(1-charfun(x > y))*(-1)",
    ),
    (Call(function="relu", arguments=(X,)), "max(0,x)"),
    (Call(function="max", arguments=(X, Y)), "max(x,y)"),
    (Call(function="sigmoid", arguments=(X,)), "(1/(1+exp(-(x))))"),
    (Call(function="clip", arguments=(X, MINUS, constant(1))), "max(-1,min(x,1))"),
    (Call(function="g", arguments=(X, Y)), "g(x,y)"),
    (Vector(items=(constant(24), X)), "[24,x]"),
]


@pytest.mark.parametrize(("term", "text"), SAID, ids=[text for _, text in SAID])
def test_a_formula_reads_as_a_teacher_would_type_it(term: Term, text: str) -> None:
    assert maxima(term) == text


@pytest.mark.parametrize(
    ("term", "why"),
    [
        (over("place", X), "Maxima has no word for the place of the largest entry"),
        (over("sum", X, last=None), "it is not said how far `i` runs"),
        (Symbol(name="e", at=(AT,)), "`e` means something else in Maxima"),
        (Symbol(name="lambda"), "`lambda` means something else in Maxima"),
        (Symbol(name="ħ"), "`ħ` is no name in Maxima"),
        (
            Call(function="s", arguments=(X,), derived=1),
            "Maxima has no word for the derivative of `s`",
        ),
        (Call(function="tanh", arguments=(X, Y)), "`tanh` takes no 2 arguments"),
        (Call(function="beta", arguments=(X,)), "`beta` is a function of Maxima's own"),
    ],
)
def test_what_cannot_be_said_is_refused_with_the_reason(term: Term, why: str) -> None:
    with pytest.raises(Unsaid) as refused:
        maxima(term)
    assert str(refused.value) == why


# --- read back ---------------------------------------------------------------------------------

WEIGHTS = {1: Fraction(3, 2), 2: Fraction(-5), 3: Fraction(1, 7)}
NAMES: Mapping[str, Any] = {"x": Fraction(2, 3), "y": Fraction(-7, 5), "w": WEIGHTS}


Names = Mapping[str, Any]


def read(text: str) -> Fraction:
    """The value of a text in Maxima's arithmetic, read by Python's grammar, which has the same."""
    return _value(ast.parse(text.replace("^", "**"), mode="eval").body, NAMES)


def _value(node: ast.expr, names: Names) -> Fraction:
    return READERS[type(node)](node, names)


def _operation(node: ast.BinOp, names: Names) -> Fraction:
    return ARITHMETIC[type(node.op)](_value(node.left, names), _value(node.right, names))


def _called(node: ast.Call, names: Names) -> Fraction:
    """``charfun`` of a comparison, ``sum`` over a letter."""
    match node:
        case ast.Call(func=ast.Name(id="charfun"), args=[ast.Compare() as condition]):
            (right,) = condition.comparators
            difference = _value(condition.left, names) - _value(right, names)
            return Fraction(COMPARED[type(condition.ops[0])](difference))
        case ast.Call(func=ast.Name(id="sum"), args=[body, ast.Name(id=letter), first, last]):
            places = range(int(_value(first, names)), int(_value(last, names)) + 1)
            return sum((_value(body, {**names, letter: Fraction(at)}) for at in places), Fraction())
    raise AssertionError(ast.dump(node))


READERS: dict[type, Callable[[Any, Names], Fraction]] = {
    ast.Constant: lambda node, _: Fraction(node.value),
    ast.Name: lambda node, names: names[node.id],
    ast.UnaryOp: lambda node, names: -_value(node.operand, names),
    ast.BinOp: _operation,
    ast.Subscript: lambda node, names: names[node.value.id][int(_value(node.slice, names))],
    ast.Call: _called,
}
ARITHMETIC: dict[type, Callable[[Any, Any], Fraction]] = {
    ast.Add: lambda one, other: one + other,
    ast.Sub: lambda one, other: one - other,
    ast.Mult: lambda one, other: one * other,
    ast.Div: lambda one, other: one / other,
    ast.Pow: lambda one, other: Fraction(one**other),
}
ONE = Fraction(1)
COMPARED: dict[type, Callable[[Fraction], bool]] = {
    ast.Gt: lambda difference: difference > 0,
    ast.LtE: lambda difference: difference <= 0,
}


def meant(term: Term, names: Names = NAMES) -> Fraction:
    """The value of a term, by its definition."""
    return MEANINGS[type(term)](term, names)


def _symbol(term: Symbol, names: Names) -> Fraction:
    found = names[term.name]
    return found[int(meant(term.at[0], names))] if term.at else Fraction(found)


def _condition(term: Indicator, names: Names) -> Fraction:
    difference = meant(term.left, names) - meant(term.right, names)
    return Fraction(difference > 0 if term.relation == ">" else difference <= 0)


MEANINGS: dict[type, Callable[[Any, Names], Fraction]] = {
    Number: lambda term, _: term.value,
    Symbol: _symbol,
    Sum: lambda term, names: sum((meant(one, names) for one in term.terms), Fraction()),
    Product: lambda term, names: prod(
        (meant(one, names) for one in term.factors), start=Fraction(1)
    ),
    Quotient: lambda term, names: meant(term.above, names) / meant(term.below, names),
    Power: lambda term, names: Fraction(meant(term.base, names) ** meant(term.exponent, names)),
    Indicator: _condition,
    Cases: lambda term, names: meant(term.yes if meant(term.condition, names) else term.no, names),
    Series: lambda term, names: sum(
        (meant(term.body, {**names, term.letter: at}) for at in (1, 2, 3)), Fraction()
    ),
}


numbers = st.fractions(min_value=-3, max_value=3, max_denominator=5).map(constant)
leaves = numbers | st.sampled_from((X, Y, entry(constant(2)), over("sum", entry(AT))))


def _grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    several = st.lists(inner, max_size=3).map(tuple)
    relation = st.sampled_from((">", "<="))
    condition = st.builds(Indicator, left=inner, relation=relation, right=inner)
    return (
        st.builds(Sum, terms=several)
        | st.builds(Product, factors=several)
        | st.builds(Quotient, above=inner, below=inner)
        | st.builds(Power, base=inner, exponent=st.sampled_from((constant(2), constant(3))))
        | condition
        | st.builds(Cases, condition=condition, yes=inner, no=inner)
        | st.builds(over, st.just("sum"), inner)
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(term=st.recursive(leaves, _grown, max_leaves=9))
def test_what_is_written_reads_back_as_what_was_meant(term: Term) -> None:
    try:
        value = meant(term)
    except ZeroDivisionError:
        return
    try:
        found = read(maxima(term))
    except ZeroDivisionError:
        return  # a case that does not apply is multiplied by 0, not left out
    assert found == value, maxima(term)


# --- equations ---------------------------------------------------------------------------------


def test_equations_stand_behind_those_that_they_need() -> None:
    of_h = Call(function="g", arguments=(Symbol(name="a", at=(AT,)),))
    of_a = Product(factors=(Symbol(name="b"), Symbol(name="x", at=(AT,), padded=True)))
    glossary = Glossary(
        tables=(
            Table(name="h", sizes=(2,), letters=("i",), value=of_h),
            Table(name="a", sizes=(2,), letters=("i",), value=of_a),
            Table(name="x", sizes=(2,)),
            Table(name="b"),
        ),
        functions=(
            Function(
                name="g",
                argument="argument",
                value=Call(function="tanh", arguments=(Symbol(name="argument"),)),
                derivative=constant(1),
            ),
            Function(name="tanh", argument="argument", value=X, derivative=constant(1)),
        ),
        free=(("i", 2),),
    )
    found = equations(glossary, Symbol(name="h", at=(AT,)))
    assert found.given == "[x[1],x[2],b]"
    assert found.follows == "append(makelist(a[i]=b*x[i],i,1,2),makelist(h[i]=g(a[i]),i,1,2))"
    assert found.defined == (
        "[[g,lambda([argument],tanh(argument))],"
        "[x,lambda([at1],x[at1])],[a,lambda([at1],a[at1])],[h,lambda([at1],h[at1])]]"
    )
    assert found.places == "[[i=1],[i=2]]"
    assert found.padded == "[x]"


def test_a_table_of_two_axes_is_one_list_of_equations() -> None:
    value = Sum(terms=(Symbol(name="c"), Symbol(name="i")))
    table = Table(name="h", sizes=(3, 2), letters=("c", "i"), value=value)
    found = equations(Glossary(tables=(table,)), X)
    assert found.follows == "append(flatten(makelist(makelist(h[c,i]=c+i,i,1,2),c,1,3)))"
    assert found.defined == "[[h,lambda([at1,at2],h[at1,at2])]]"
    assert found.places == "[[]]"


def test_a_function_that_maxima_has_of_its_own_is_no_function_of_a_question() -> None:
    own = Function(name="beta", argument="argument", value=X, derivative=constant(1))
    with pytest.raises(Unsaid, match=r"^`beta` is a function of Maxima's own$"):
        equations(Glossary(functions=(own,)), X)
    assert maxima(Symbol(name="beta", at=(AT,))) == "beta[i]"


def test_of_many_components_some_that_lie_far_apart_are_compared() -> None:
    found = equations(Glossary(free=(("j", 30), ("k", 4))), X)
    assert found.places.count("j=") == 8
    assert "[j=1,k=1]" in found.places
    assert "[j=30,k=4]" in found.places


def test_how_one_types_is_shown_in_the_questions_own_symbols() -> None:
    step = Indicator(left=Symbol(name="result"), relation=">", right=constant(0))
    glossary = Glossary(
        tables=(Table(name="w", sizes=(4,)), Table(name="theta")),
        functions=(Function(name="phi", argument="argument", value=X, derivative=step),),
    )
    assert examples(glossary) == (
        ("2*theta^2", r"2\theta^2"),
        ("exp(-theta)", r"e^{-\theta}"),
        ("w[i]", "w_i"),
        ("w[i+1]", "w_{i+1}"),
        ("sum(w[i],i,1,4)", r"\sum_{i=1}^{4} w_i"),
        ("phi(theta)", r"\phi(\theta)"),
        ("charfun(theta > 0)", r"\mathbf{1}\{\theta > 0\}"),
    )
