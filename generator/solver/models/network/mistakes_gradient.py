r"""The mistakes of gradients: what each gives in a network, in which words, and whether it counts.

Whether two formulas differ is decided by their values at the points of the proof, never by how
they look: a mistake that gives the key, or the same as one before it, is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from generator.model.dataclass import dataclass
from generator.solver.contract import KnownMistake
from generator.solver.models.network import exact, flaws
from generator.solver.models.network.evaluation import Column
from generator.solver.models.network.exact import Real
from generator.solver.models.network.gradient import Chain, Link, chain
from generator.solver.models.network.layers import Conv1d
from generator.solver.models.network.meaning import Comparables
from generator.solver.models.network.numeric import TARGET, Sample
from generator.solver.models.network.proof import Positions, in_components, samples
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import Tensor, Term
from generator.solver.models.network.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """A mistake. `words` names it and mends it; the names in braces are those of `_facts`.

    `worth` is the share of the points that it still earns.
    """

    edit: flaws.Edit
    words: str
    worth: Fraction = Fraction(0)


MOST_SHOWN = 8
"""Wrong formulas that a marker still looks through."""

NEAR = Decimal("1e-20")
"""Numbers of 80 digits that are as near as this, relative to 1 or more, are taken for equal."""

_HALF = Fraction(1, 2)

FLAWS: tuple[Flaw, ...] = (
    Flaw(
        edit=flaws.inner_sign,
        words="The sign is wrong: the inner derivative, of {error} with respect to {output}, is "
        "$-1$.",
        worth=_HALF,
    ),
    Flaw(
        edit=flaws.opposite_sign,
        words="The sign is wrong: the loss and the activation function together have the "
        "derivative {loss}.",
        worth=_HALF,
    ),
    Flaw(
        edit=flaws.no_two,
        words="The factor 2 is missing: the derivative of a square is twice its base, times the "
        "inner derivative.",
        worth=_HALF,
    ),
    Flaw(
        edit=flaws.extra_two,
        words="There is a factor 2 too many: the $\\frac{{1}}{{2}}$ of the loss cancels it.",
        worth=_HALF,
    ),
    Flaw(
        edit=flaws.no_sharing,
        words="The sum is missing: the convolution shares its weights, so {target} acts on all of "
        "{units}, and the contributions of all these paths add up.",
        worth=_HALF,
    ),
    Flaw(
        edit=flaws.no_sum,
        words="The sum is missing: several paths lead from {target} to the loss, and their "
        "contributions add up.",
        worth=_HALF,
    ),
    Flaw(
        edit=flaws.no_slope,
        words="The derivative of the activation function is missing: {after} is {call}, so the "
        "chain rule has the factor {slope}.",
    ),
    Flaw(
        edit=flaws.no_weight,
        words="The factor {weight} is missing: it is the derivative of {above} with respect to "
        "{below}.",
    ),
    Flaw(
        edit=flaws.index_off_by_one,
        words="The index is off by one. Positions count from 1: the first window begins with the "
        "first input, so the factor is {last}.",
        worth=_HALF,
    ),
    Flaw(
        edit=flaws.no_stride,
        words="The stride is missing: from one unit to the next the window moves by {stride}, so "
        "the factor is {last}.",
        worth=_HALF,
    ),
    Flaw(
        edit=flaws.fixed_window,
        words="The window does not stay at the first inputs but moves along with the unit, so the "
        "factor is {last}.",
    ),
    Flaw(
        edit=flaws.network_input,
        words="In {argument}, {target} is not multiplied by an input of the network but by {last}.",
    ),
    Flaw(
        edit=flaws.output_slope,
        words="The output unit is linear: no activation function is applied to get {output}, so "
        "there is none to differentiate.",
    ),
    Flaw(
        edit=flaws.other_slope,
        words="This takes the derivative of another activation function. Here the activation is "
        "the {name} function, whose derivative is {slope}.",
    ),
    Flaw(
        edit=flaws.factor_itself,
        words="The derivative of a product by one factor is the other factor: in {argument}, "
        "{target} is multiplied by {last}.",
    ),
    Flaw(
        edit=flaws.bias_as_weight,
        words="A bias is added, not multiplied by an input: the derivative of {argument} by "
        "{target} is 1.",
    ),
    Flaw(
        edit=flaws.bias_as_constant,
        words="A bias is constant only with respect to the inputs: the derivative of {argument} by "
        "{target} itself is 1, not 0.",
    ),
    Flaw(
        edit=flaws.doubled_slope,
        words="The derivative of the function that gives {output} is taken twice: {loss} is "
        "already the derivative of the loss and of that function together.",
        worth=_HALF,
    ),
    Flaw(
        edit=flaws.no_clip,
        words="This is the derivative of half a square. Huber's loss is one only for small errors; "
        "beyond the threshold its derivative does not grow any more.",
        worth=_HALF,
    ),
    Flaw(
        edit=flaws.no_last_weight,
        words="The factor {last} is missing: in {argument}, {target} is multiplied by it.",
    ),
    Flaw(
        edit=flaws.no_loss,
        words="The loss is not differentiated: its own derivative, {loss}, is the first factor of "
        "the chain rule.",
    ),
)
"""The mistakes, the most common first: of two that give the same result, the first is kept."""


def formula_mistakes(view: View, target: Tensor) -> tuple[KnownMistake, ...]:
    """The commonest wrong formulas for a gradient, no two equal, none equal to the key."""
    formulas = Comparables(view)
    return tuple(
        KnownMistake(result=formulas.of(term), because=words, worth=worth)
        for term, words, worth in flawed(view, target)[:MOST_SHOWN]
    )


@lru_cache(maxsize=8)
def flawed(view: View, target: Tensor) -> tuple[tuple[Term, str, Fraction], ...]:
    """The wrong formulas as terms, each with its words and what it still earns.

    A variant asks for them twice: as formulas, and as numbers.
    """
    facts = _facts(view, chain(view.network, target))
    return tuple(
        (term, flaw.words.format_map(facts), flaw.worth)
        for flaw, term in wrong_terms(view.network, target)
    )


@lru_cache(maxsize=512)
def wrong_terms(network: Network, target: Tensor) -> tuple[tuple[Flaw, Term], ...]:
    """The flaws that make a difference in a network, and what each gives."""
    right = chain(network, target)
    points, at = samples(network), _chosen(network, target)
    taken = [_fingerprint(right, right.term, points, at)]
    result = list[tuple[Flaw, Term]]()
    for flaw in FLAWS:
        wrong = flaw.edit(network, right)
        if wrong is None:
            continue
        values = _fingerprint(right, wrong.term, points, at)
        if not any(_same(values, other, len(points)) for other in taken):
            taken.append(values)
            result.append((flaw, wrong.term))
    return tuple(result)


Fingerprint = Callable[[int], Column]
"""A term's values at a point by its number, computed when they are first asked for."""


def _chosen(network: Network, target: Tensor) -> Positions:
    """Up to eight components in which formulas are compared.

    Several, because the components of a unit that is shut are 0 in the key and in most mistakes.
    """
    positions = list(network.positions(target))
    return positions[:: -(-len(positions) // 8)]


def _fingerprint(
    right: Chain, term: Term, points: tuple[Sample, ...], at: Positions
) -> Fingerprint:
    evaluated = in_components(right, term)
    return cache(lambda number: evaluated(points[number].scope, at))


def _same(one: Fingerprint, other: Fingerprint, count: int) -> bool:
    """Whether two terms agree at all points; most differ at the first."""
    return not any(any(map(differ, one(number), other(number))) for number in range(count))


def differ(one: Real, other: Real) -> bool:
    """Whether two numbers are different ones: not in their last digits alone."""
    return not exact.close(one, other, NEAR)


def _facts(view: View, derived: Chain) -> Mapping[str, str]:
    """The formulas that the words are filled in with."""
    network, links = view.network, derived.links
    last, output = links[-1], view.output(network.depth)
    target = view.network.entry(TARGET, network.letters.place(network.depth))
    lowest = max(derived.target.tensor.layer, 1)
    layer = network.layer(lowest)
    facts = {
        "target": derived.target,
        "loss": links[0].factor,
        "output": output,
        "last": last.factor,
        "argument": view.before(last.layer, last.at),
    }
    return {
        **{name: f"${view.latex(term)}$" for name, term in facts.items()},
        "error": f"${view.latex(target)} - {view.latex(output)}$",
        "units": f"${view.units(lowest)}$",
        "stride": str(layer.stride) if isinstance(layer, Conv1d) else "",
        **(_slope_facts(view, slopes[-1]) if (slopes := flaws.slopes(derived)) else {}),
        **(_weight_facts(view, passed[0]) if (passed := flaws.weights_passed(derived)) else {}),
    }


def _slope_facts(view: View, link: Link) -> Mapping[str, str]:
    """The formulas of an activation's derivative."""
    before, after = view.before(link.layer, link.at), view.output(link.layer, link.at)
    return {
        "after": f"${view.latex(after)}$",
        "call": f"${view.function(link.layer)}({view.latex(before)})$",
        "slope": f"${view.latex(link.factor)}$",
        "name": view.activation(link.layer).name,
    }


def _weight_facts(view: View, link: Link) -> Mapping[str, str]:
    """The formulas of a layer's derivative by the layer below."""
    below = view.output(link.layer - 1, link.source)
    return {
        "weight": f"${view.latex(link.factor)}$",
        "above": f"${view.latex(view.before(link.layer, link.at))}$",
        "below": f"${view.latex(below)}$",
    }
