"""The mistakes of numbers: values of the forward pass, the loss, one component of a gradient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from generator.solver.contract import KnownMistake
from generator.solver.models.network import exact
from generator.solver.models.network.asked import Asked, Step
from generator.solver.models.network.evaluation import Table
from generator.solver.models.network.exact import Real
from generator.solver.models.network.gradient import chain
from generator.solver.models.network.mistakes_gradient import differ, flawed
from generator.solver.models.network.mistakes_loss import Wrong, wrong_losses
from generator.solver.models.network.numeric import LOSS, Sample, tabulated
from generator.solver.models.network.proof import component, in_components
from generator.solver.models.network.slips import slipped
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import Tensor
from generator.solver.models.network.updates import UPDATES
from generator.solver.models.network.view import View

MOST_SHOWN = 10
"""Wrong numbers that a marker still looks through; some collide with others once rounded."""


def component_mistakes(view: View, sample: Sample, asked: Asked) -> tuple[KnownMistake, ...]:
    """The wrong numbers for one component of a gradient."""
    return different(_component(view, sample, asked), _components(view, sample, asked))


def _component(view: View, sample: Sample, asked: Asked) -> Real:
    return component(chain(view.network, asked.target), sample.scope, asked.at)


def _components(view: View, sample: Sample, asked: Asked) -> Iterator[Wrong]:
    derived = chain(view.network, asked.target)
    for term, words, worth in flawed(view, asked.target):
        yield in_components(derived, term)(sample.scope, [asked.at])[0], words, worth
    right = in_components(derived, derived.term)
    for wrong, words in slipped(view.network, sample.given):
        yield right(wrong, [asked.at])[0], words, Fraction(0)
    for other in _neighbours(view.network, asked.target, asked.at):
        words = f"This is ${view.partial(asked.target, other).latex}$: indices count from 1."
        yield right(sample.scope, [other])[0], words, Fraction(0)


def _neighbours(network: Network, target: Tensor, at: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The component after the asked one (as if indices counted from 0), else the one before."""
    if not at:
        return []
    *first, last = at
    positions = set(network.positions(target))
    return [other for other in ((*first, last + 1), (*first, last - 1)) if other in positions][:1]


def loss_mistakes(view: View, sample: Sample) -> tuple[KnownMistake, ...]:
    """The wrong numbers for the loss."""
    right = sample.scope.tensors[LOSS][()]
    return different(right, wrong_losses(view.network, sample))


def updated_mistakes(
    view: View, sample: Sample, asked: Asked, step: Step
) -> tuple[KnownMistake, ...]:
    """The wrong numbers for a weight after one step of an optimizer."""
    slope = _component(view, sample, asked)
    weight = sample.scope.tensors[asked.target][asked.at]
    right = UPDATES[step.rule].lines(weight, slope, step.settings)[-1].value
    return different(right, _updates(view, sample, asked, step))


def _updates(view: View, sample: Sample, asked: Asked, step: Step) -> Iterator[Wrong]:
    """The mistakes of the rule, then those of the gradient that it is given."""
    update, settings = UPDATES[step.rule], step.settings
    slope = _component(view, sample, asked)
    weight = sample.scope.tensors[asked.target][asked.at]
    for one in update.wrong(weight, slope, settings):
        yield one.value, one.words, one.worth
    name = f"${view.latex(view.component(asked.target, asked.at))}$"
    yield slope, f"This is the gradient; {name} still has to take its step.", Fraction(0)
    for wrong, words, worth in _components(view, sample, asked):
        value = update.lines(weight, wrong, settings)[-1].value
        yield value, f"The step is right, but not the gradient. {words}", (1 + worth) / 2


def forward_mistakes(view: View, sample: Sample, tensor: Tensor) -> tuple[KnownMistake, ...]:
    """The wrong values of a layer, after its activation or before it."""
    taken, result = [sample.scope.tensors[tensor]], list[KnownMistake]()
    for table, words in _forwards(view, sample, tensor):
        if all(any(differ(table[at], other[at]) for at in other) for other in taken):
            taken.append(table)
            value = tabulated(view.network.kept(tensor), table)
            result.append(KnownMistake(result=value, because=words))
    return tuple(result[:MOST_SHOWN])


def _forwards(view: View, sample: Sample, tensor: Tensor) -> Iterator[tuple[Table, str]]:
    """Other values that the entries of a layer could be thought to have."""
    tables = sample.scope.tensors
    if tensor.kind == "output":
        words = "This is what the activation function is applied to, not its value."
        yield tables[Tensor(kind="pre", layer=tensor.layer)], words
    else:
        words = "This is the value of the activation function, not what it is applied to."
        yield tables[Tensor(kind="output", layer=tensor.layer)], words
    for scope, words in slipped(view.network, sample.given):
        yield scope.tensors[tensor], words


def different(right: Real, found: Iterable[Wrong]) -> tuple[KnownMistake, ...]:
    """The commonest that differ from the right number and from each other."""
    taken, result = [right], list[KnownMistake]()
    for value, because, worth in found:
        if all(differ(value, other) for other in taken):
            taken.append(value)
            result.append(KnownMistake(result=exact.quantity(value), because=because, worth=worth))
        if len(result) == MOST_SHOWN:
            break
    return tuple(result)
