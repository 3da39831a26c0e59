"""How the derivative of each loss function is explained."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from generator.language import numbers
from generator.model.dataclass import dataclass
from generator.solver.models.network.gradient import Chain
from generator.solver.models.network.numeric import TARGET
from generator.solver.models.network.terms import Entry
from generator.solver.models.network.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The formulas that an explanation needs, in LaTeX.

    `error` is target minus output, `left` the derivative as a fraction, `right` what it is, and
    `limit` is Huber's threshold.
    """

    output: str
    target: str
    error: str
    left: str
    right: str
    limit: str


def top(view: View) -> Entry:
    """What the loss is differentiated by first: the output, or the argument of its activation."""
    network = view.network
    last = network.depth
    if not network.rule.below:
        return view.output(last)
    return view.before(last) if network.layer(last).weights else view.output(last - 1)


def loss_step(view: View, derived: Chain) -> str:
    """The derivative of the loss by what stands at the top of the chain."""
    network = view.network
    output = view.latex(view.output(network.depth))
    target = view.latex(network.entry(TARGET, network.letters.place(network.depth)))
    names = Names(
        output=output,
        target=target,
        error=f"{target} - {output}",
        left=view.fraction(view.loss, top(view)),
        right=view.latex(derived.links[0].factor),
        limit=numbers.latex(network.threshold),
    )
    return WORDS[network.loss](names)


def _squared(names: Names) -> str:
    return (
        f"The outer derivative of the square is $2({names.error})$. The inner derivative, of "
        f"${names.error}$ with respect to ${names.output}$, is $-1$:\n\n"
        f"$$\n{names.left} = 2({names.error}) \\cdot (-1) = {names.right}.\n$$"
    )


def _half_squared(names: Names) -> str:
    return (
        f"The outer derivative of half a square is $\\frac{{1}}{{2}} \\cdot 2({names.error}) = "
        f"{names.error}$. The inner derivative, of ${names.error}$ with respect to "
        f"${names.output}$, is $-1$:\n\n"
        f"$$\n{names.left} = ({names.error}) \\cdot (-1) = {names.right}.\n$$"
    )


def _huber(names: Names) -> str:
    return (
        f"As long as $|{names.error}| \\le {names.limit}$, the loss is half a square with the "
        f"derivative $-({names.error})$. Beyond that it is a straight line, whose derivative stays "
        f"at $-{names.limit}$ or ${names.limit}$. Both together cut ${names.error}$ off at "
        f"$\\pm {names.limit}$:\n\n$$\n{names.left} = {names.right}.\n$$"
    )


def _binary_cross_entropy(names: Names) -> str:
    output, target = names.output, names.target
    slope = f"{output}(1 - {output})"
    quotient = rf"\frac{{{output} - {target}}}{{{slope}}}"
    return (
        f"Take the loss and the sigmoid of the output together. With respect to ${output}$ the "
        f"loss has the derivative $-\\frac{{{target}}}{{{output}}} + "
        f"\\frac{{1 - {target}}}{{1 - {output}}} = {quotient}$. The sigmoid has the derivative "
        f"${slope}$, which cancels the denominator:\n\n"
        f"$$\n{names.left} = {quotient} \\cdot {slope} = {names.right}.\n$$"
    )


def _cross_entropy(names: Names) -> str:
    output, target = names.output, names.target
    return (
        "Take the loss and the softmax together. The logarithm of a share is its exponent minus "
        "the logarithm of the sum of all exponentials. By one exponent, the former has the "
        "derivative 1 for its own share and 0 for the others, the latter has the derivative "
        f"${output}$ for every share. Weighted with the targets, which add up to 1, this leaves "
        f"${output}$ minus the exponent's own target ${target}$:\n\n"
        f"$$\n{names.left} = {names.right}.\n$$"
    )


WORDS: Mapping[str, Callable[[Names], str]] = MappingProxyType(
    {
        "squared": _squared,
        "half_squared": _half_squared,
        "huber": _huber,
        "binary_cross_entropy": _binary_cross_entropy,
        "cross_entropy": _cross_entropy,
    }
)
"""Kind of loss -> the explanation of its derivative."""
