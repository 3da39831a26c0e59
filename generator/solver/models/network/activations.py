"""The activation functions: what each is, and its derivative in terms of its own value.

Every function here has the sign or range that makes its derivative a function of its value
``h = s(a)`` alone (``h(1-h)`` for the sigmoid), which is what backpropagation uses. The proofs
compare each with SymPy's derivative of a definition of its own (`sympy_functions`).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from generator.model.dataclass import dataclass
from generator.solver.models.network.terms import (
    ONE,
    ZERO,
    Apply,
    Cases,
    Condition,
    Entry,
    Indicator,
    Power,
    Quotient,
    Relation,
    Tensor,
    Term,
    add,
    constant,
    difference,
    multiply,
    negative,
)

ARGUMENT = Entry(tensor=Tensor(kind="argument"))
VALUE = Entry(tensor=Tensor(kind="value"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """An activation function s.

    `name` reads on in "the … function"; `symbol` is its usual name, as LaTeX and as plain text.
    `definition` is ``s(a)`` in terms of ARGUMENT, `derivative` is ``s'(a)`` in terms of VALUE.
    `stated` are equal forms of the derivative, as an assignment states it, in terms of either.
    `because` says in words, for a value {h} of an argument {a}, why the stated form is
    `derivative`; empty where that is plain from ``h = s(a)``.
    """

    name: str
    symbol: tuple[str, str]
    definition: Term
    derivative: Term
    stated: tuple[Term, ...]
    because: str = ""


def _exp(term: Term) -> Term:
    return Apply(function="exp", arguments=(term,))


def _where(term: Term, relation: Relation) -> Condition:
    return Condition(left=term, relation=relation, right=ZERO)


_LEAK = constant(Fraction(1, 100))
_SIGMOID = Quotient(above=ONE, below=add(ONE, _exp(negative(ARGUMENT))))
_POSITIVE = Indicator(condition=_where(VALUE, ">"))
_REST = Indicator(condition=_where(VALUE, "<="))

LINEAR = Activation(
    name="identity", symbol=("", ""), definition=ARGUMENT, derivative=ONE, stated=(ONE,)
)

ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(
    {
        "linear": LINEAR,
        "sigmoid": Activation(
            name="logistic (sigmoid)",
            symbol=(r"\sigma", "sigma"),
            definition=_SIGMOID,
            derivative=multiply(VALUE, difference(ONE, VALUE)),
            stated=(multiply(VALUE, difference(ONE, VALUE)),),
        ),
        "tanh": Activation(
            name="hyperbolic tangent",
            symbol=(r"\tanh", "tanh"),
            definition=Apply(function="tanh", arguments=(ARGUMENT,)),
            derivative=difference(ONE, Power(base=VALUE, exponent=2)),
            stated=(difference(ONE, Power(base=VALUE, exponent=2)),),
        ),
        "relu": Activation(
            name="rectified linear (ReLU)",
            symbol=(r"\operatorname{ReLU}", "relu"),
            definition=Apply(function="max", arguments=(ZERO, ARGUMENT)),
            derivative=_POSITIVE,
            stated=(Cases(condition=_where(ARGUMENT, ">"), yes=ONE, no=ZERO),),
            because="${h}$ is positive exactly where ${a}$ is",
        ),
        "leaky_relu": Activation(
            name="leaky ReLU",
            symbol=(r"\operatorname{LReLU}", "lrelu"),
            definition=Cases(
                condition=_where(ARGUMENT, ">"), yes=ARGUMENT, no=multiply(_LEAK, ARGUMENT)
            ),
            derivative=add(_POSITIVE, multiply(_LEAK, _REST)),
            stated=(Cases(condition=_where(ARGUMENT, ">"), yes=ONE, no=_LEAK),),
            because="${h}$ is positive exactly where ${a}$ is",
        ),
        "elu": Activation(
            name="exponential linear (ELU)",
            symbol=(r"\operatorname{ELU}", "elu"),
            definition=Cases(
                condition=_where(ARGUMENT, ">"),
                yes=ARGUMENT,
                no=difference(_exp(ARGUMENT), ONE),
            ),
            derivative=add(_POSITIVE, multiply(add(VALUE, ONE), _REST)),
            stated=(Cases(condition=_where(ARGUMENT, ">"), yes=ONE, no=add(VALUE, ONE)),),
            because="${h}$ is positive exactly where ${a}$ is",
        ),
        "softplus": Activation(
            name="softplus",
            symbol=(r"\zeta", "zeta"),
            definition=Apply(function="log", arguments=(add(ONE, _exp(ARGUMENT)),)),
            derivative=difference(ONE, _exp(negative(VALUE))),
            stated=(_SIGMOID, difference(ONE, _exp(negative(VALUE)))),
            because="$e^{{{h}}} = 1 + e^{{{a}}}$",
        ),
    }
)
"""The activation functions by their names in a bank."""
