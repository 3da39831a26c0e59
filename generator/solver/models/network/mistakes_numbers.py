"""The mistakes of numbers: values of the forward pass, the loss, one component of a gradient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from generator.solver.contract import KnownMistake
from generator.solver.models.network import exact
from generator.solver.models.network.asked import Asked
from generator.solver.models.network.evaluation import evaluate
from generator.solver.models.network.exact import Real
from generator.solver.models.network.gradient import chain
from generator.solver.models.network.mistakes_gradient import differ, flawed
from generator.solver.models.network.numeric import LOSS, TARGET, Sample
from generator.solver.models.network.proof import in_components
from generator.solver.models.network.slips import slipped
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import Tensor
from generator.solver.models.network.view import View

_HALF = Fraction(1, 2)
MOST_SHOWN = 10
"""Wrong numbers that a marker still looks through; some collide with others once rounded."""

Wrong = tuple[Real, str, Fraction]
"""A wrong number, the words that name the mistake and mend it, and what it still earns."""


def component_mistakes(view: View, sample: Sample, asked: Asked) -> tuple[KnownMistake, ...]:
    """The wrong numbers for one component of a gradient."""
    derived = chain(view.network, asked.target)
    right = in_components(derived, derived.term)(sample.scope, asked.at)
    return different(right, _components(view, sample, asked))


def _components(view: View, sample: Sample, asked: Asked) -> Iterator[Wrong]:
    derived = chain(view.network, asked.target)
    for term, words, worth in flawed(view, asked.target):
        yield in_components(derived, term)(sample.scope, asked.at), words, worth
    right = in_components(derived, derived.term)
    for wrong, words in slipped(view.network, sample.given):
        yield right(wrong, asked.at), words, Fraction(0)
    for other in _neighbours(view.network, asked.target, asked.at):
        words = f"This is ${view.partial(asked.target, other).latex}$: indices count from 1."
        yield right(sample.scope, other), words, Fraction(0)


def _neighbours(network: Network, target: Tensor, at: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The component after the asked one (as if indices counted from 0), else the one before."""
    if not at:
        return []
    *first, last = at
    positions = set(network.positions(target))
    return [other for other in ((*first, last + 1), (*first, last - 1)) if other in positions][:1]


def loss_mistakes(view: View, sample: Sample) -> tuple[KnownMistake, ...]:
    """The wrong numbers for the loss."""
    return different(sample.scope.tensors[LOSS][()], _losses(view.network, sample))


def _losses(network: Network, sample: Sample) -> Iterator[Wrong]:
    scope = sample.scope
    right = scope.tensors[LOSS][()]
    if network.loss == "half_squared":
        words = "The factor $\\frac{1}{2}$ of the loss is missing."
        yield exact.multiply(Fraction(2), right), words, _HALF
    if network.loss == "squared":
        words = "This is half the squared error; the loss has no factor $\\frac{1}{2}$."
        yield exact.divide(right, Fraction(2)), words, _HALF
    if not network.rule.below and network.shape(network.depth).size == 1:
        output = scope.tensors[Tensor(kind="output", layer=network.depth)][()]
        target = scope.tensors[TARGET][()]
        error = exact.add(target, exact.multiply(Fraction(-1), output))
        yield error, "The error is not squared: this is the target minus the output.", Fraction(0)
        summed = exact.add(target, output)
        square = exact.multiply(summed, summed)
        scale = Fraction(1, 2) if network.loss == "half_squared" else Fraction(1)
        words = "The output is subtracted from the target, not added to it."
        yield exact.multiply(scale, square), words, Fraction(0)
        slope = evaluate(network.loss_terms(network.rule.derivative), scope)
        yield slope, "This is the derivative of the loss, not the loss itself.", Fraction(0)
    for wrong, words in slipped(network, sample.given):
        yield wrong.tensors[LOSS][()], words, Fraction(0)


def different(right: Real, found: Iterable[Wrong]) -> tuple[KnownMistake, ...]:
    """The commonest that differ from the right number and from each other."""
    taken, result = [right], []
    for value, because, worth in found:
        if all(differ(value, other) for other in taken):
            taken.append(value)
            result.append(KnownMistake(result=exact.quantity(value), because=because, worth=worth))
    return tuple(result[:MOST_SHOWN])
