r"""The mistakes of losses: each is another definition of the loss, for the same outputs.

`MISREADINGS` are stated by kind of loss, as one output's share in terms of VALUE (the output) and
TARGET, the likelier first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

from generator.model.dataclass import dataclass
from generator.solver.models.network import exact
from generator.solver.models.network.activations import VALUE
from generator.solver.models.network.evaluation import evaluate
from generator.solver.models.network.exact import Real
from generator.solver.models.network.losses import LOSSES, TARGET
from generator.solver.models.network.numeric import LOSS, Sample
from generator.solver.models.network.slips import slipped
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import (
    ONE,
    Apply,
    Power,
    Quotient,
    Term,
    add,
    constant,
    difference,
    multiply,
    negative,
    total,
)

Wrong = tuple[Real, str, Fraction]
"""A wrong number, the words that name the mistake and mend it, and what it still earns."""

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Misreading:
    """A wrong definition, given Huber's threshold, the words that mend it, and what it earns."""

    share: Callable[[Fraction], Term]
    words: str
    worth: Fraction = Fraction(0)


def wrong_losses(network: Network, sample: Sample) -> Iterator[Wrong]:
    """The wrong numbers for the loss, the commonest mistake first."""
    right = sample.scope.tensors[LOSS][()]
    for one in MISREADINGS[network.loss]:
        yield _added(network, sample, one.share(network.threshold)), one.words, one.worth
    outputs = network.shape(network.depth).size
    if not network.rule.below and outputs == 1:
        slope = _added(network, sample, network.rule.derivative)
        yield slope, "This is the derivative of the loss, not the loss itself.", Fraction(0)
    for wrong, words in slipped(network, sample.given):
        yield wrong.tensors[LOSS][()], words, Fraction(0)
    if outputs > 1:
        words = "The loss is the sum over the outputs, not their mean."
        yield exact.divide(right, Fraction(outputs)), words, _HALF


def _added(network: Network, sample: Sample, share: Term) -> Real:
    """A share of the loss, added up over the outputs."""
    return evaluate(total(network.output_sums(), network.loss_terms(share)), sample.scope)


# --- definitions -------------------------------------------------------------------------------

_ERROR = difference(TARGET, VALUE)


def _square(term: Term) -> Term:
    return Power(base=term, exponent=2)


def _half(term: Term) -> Term:
    return multiply(constant(_HALF), term)


def _log(term: Term) -> Term:
    return Apply(function="log", arguments=(term,))


def _size(term: Term) -> Term:
    return Apply(function="abs", arguments=(term,))


def _always(share: Term) -> Callable[[Fraction], Term]:
    return lambda _: share


_NOT_SQUARED = Misreading(
    share=_always(_ERROR),
    words="The error is not squared: this is the target minus the output.",
)
_ADDED = "The output is subtracted from the target, not added to it."

_CROSS_ENTROPY = LOSSES["cross_entropy"](ONE.value).definition
_BINARY = LOSSES["binary_cross_entropy"](ONE.value).definition


def _logarithms(share: Term) -> tuple[Misreading, ...]:
    """What goes wrong with any cross-entropy."""
    return (
        Misreading(
            share=_always(negative(share)),
            words="The minus sign is missing: the logarithm of a probability is negative, and the "
            "loss is not.",
            worth=_HALF,
        ),
        *(
            Misreading(
                share=_always(Quotient(above=share, below=_log(constant(base)))),
                words=f"This is the logarithm to base {base}; the loss has the natural one.",
                worth=_HALF,
            )
            for base in (2, 10)
        ),
    )


MISREADINGS: Mapping[str, tuple[Misreading, ...]] = MappingProxyType(
    {
        "squared": (
            Misreading(
                share=_always(_half(_square(_ERROR))),
                words=r"This is half the squared error; the loss has no factor $\frac{1}{2}$.",
                worth=_HALF,
            ),
            _NOT_SQUARED,
            Misreading(share=_always(_square(add(TARGET, VALUE))), words=_ADDED),
        ),
        "half_squared": (
            Misreading(
                share=_always(_square(_ERROR)),
                words=r"The factor $\frac{1}{2}$ of the loss is missing.",
                worth=_HALF,
            ),
            _NOT_SQUARED,
            Misreading(share=_always(_half(_square(add(TARGET, VALUE)))), words=_ADDED),
        ),
        "huber": (
            Misreading(
                share=_always(_half(_square(_ERROR))),
                words="This is half the square of the error. That holds for small errors only; "
                "beyond the threshold the loss is a straight line.",
                worth=_HALF,
            ),
            Misreading(
                share=lambda limit: multiply(
                    constant(limit), difference(_size(_ERROR), constant(limit / 2))
                ),
                words="This is the straight line. It holds for large errors only; up to the "
                "threshold the loss is half a square.",
                worth=_HALF,
            ),
            Misreading(
                share=lambda limit: multiply(constant(limit), _size(_ERROR)),
                words="The straight line does not go through 0: it continues the half square, so "
                "half the threshold is subtracted from the error.",
                worth=_HALF,
            ),
            Misreading(
                share=_always(_square(_ERROR)),
                words="This is the square of the error: Huber's loss is half of it for small "
                "errors, and a straight line beyond the threshold.",
            ),
            _NOT_SQUARED,
        ),
        "binary_cross_entropy": (
            *_logarithms(_BINARY),
            Misreading(
                share=_always(
                    negative(
                        add(
                            multiply(TARGET, _log(difference(ONE, VALUE))),
                            multiply(difference(ONE, TARGET), _log(VALUE)),
                        )
                    )
                ),
                words="The two logarithms are exchanged: the target stands before that of the "
                "output, 1 minus the target before that of 1 minus the output.",
            ),
            Misreading(
                share=_always(_square(_ERROR)),
                words="This is the squared error, not the cross-entropy.",
            ),
            Misreading(
                share=_always(_ERROR),
                words="The logarithm is missing: this is the target minus the output.",
            ),
        ),
        "cross_entropy": (
            *_logarithms(_CROSS_ENTROPY),
            Misreading(
                share=_always(multiply(TARGET, VALUE)),
                words="The logarithm is missing: this is the probability itself.",
            ),
            Misreading(
                share=_always(_square(_ERROR)),
                words="This is the squared error, not the cross-entropy.",
            ),
        ),
    }
)
"""What each loss is mistaken for."""
