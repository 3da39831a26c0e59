r"""The worked solution of a gradient: the chain of `gradient` in a textbook's words.

Name what the activation functions are applied to, write down the chain rule and say why it has
the sums it has, take each factor in turn, and multiply. Every formula shown is made of the links
that the proof evaluates.
"""

from __future__ import annotations

from generator.model.dataclass import dataclass
from generator.solver.models.network.gradient import Chain, Link, chain
from generator.solver.models.network.layers import AveragePool, Conv1d, Elementwise, MaxPool
from generator.solver.models.network.numeric import INPUT
from generator.solver.models.network.steps_loss import loss_step, top
from generator.solver.models.network.terms import ONE, Entry, Tensor, multiply
from generator.solver.models.network.view import View, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One derivative of the chain rule, of `above` by `below`, with the sums before it.

    It belongs to layer `layer`: that of its `activation`, if it has one, times that of what the
    activation is applied to (`local`).
    """

    above: Entry
    below: Entry
    sums: tuple[tuple[str, int], ...]
    layer: int
    activation: Link | None
    local: Link


def gradient_steps(view: View, target: Tensor) -> tuple[str, ...]:
    """The steps to the gradient by a tensor of weights or biases, or by the input."""
    derived = chain(view.network, target)
    found = stages(view, derived)
    return (
        *_naming(view, found),
        _rule(view, derived, found),
        loss_step(view, derived),
        *(_factor(view, derived, stage) for stage in found),
        _product(view, derived),
    )


def stages(view: View, derived: Chain) -> list[Stage]:
    """The derivatives that the chain rule multiplies after that of the loss, from the top down."""
    above, activation = top(view), None
    result = list[Stage]()
    for link in derived.links[1:]:
        if link.role == "activation":
            activation = link
            continue
        below = derived.target
        if link.source is not None:
            below = view.output(link.layer - 1, link.source)
        result.append(
            Stage(
                above=above,
                below=below,
                sums=link.sums,
                layer=link.layer,
                activation=activation,
                local=link,
            )
        )
        above, activation = below, None
    return result


def _naming(view: View, found: list[Stage]) -> list[str]:
    """Names for the arguments of the activation functions on the way, if there are any."""
    named = [
        stage.layer
        for stage in reversed(found)
        if view.is_active(stage.layer) and view.network.layer(stage.layer).weights
    ]
    if not named:
        return []
    every = listed(f"${view.latex(view.before(layer))}$" for layer in named)
    one = len(named) == 1
    functions = "activation function is" if one else "activation functions are"
    lines = ", \\\\\n".join(_named(view, layer) for layer in named)
    return [
        f"Write {every} for what the {functions} applied to (the pre-activation{'s' * (not one)}):"
        f"\n\n$$\n\\begin{{aligned}}\n{lines}.\n\\end{{aligned}}\n$$"
    ]


def _named(view: View, layer: int) -> str:
    before, after = view.latex(view.before(layer)), view.latex(view.output(layer))
    inside = view.latex(view.network.before_activation(layer))
    return rf"{before} &= {inside}, & {after} &= {view.function(layer)}({before})"


# --- the chain rule ----------------------------------------------------------------------------


def _rule(view: View, derived: Chain, found: list[Stage]) -> str:
    """The chain rule for this target, and why it has the sums it has."""
    right = _sums(view, derived.links[0].sums) + view.fraction(view.loss, top(view))
    for stage in found:
        right += _sums(view, stage.sums) or r"\, "
        right += view.fraction(stage.above, stage.below)
    left = view.fraction(view.loss, derived.target)
    return f"{_why(view, derived)}:\n\n$$\n{left} = {right}.\n$$"


def _sums(view: View, sums: tuple[tuple[str, int], ...]) -> str:
    letters = view.notation.letters
    return "".join(rf"\sum_{{{letters[name]}=1}}^{{{size}}} " for name, size in sums)


def _why(view: View, derived: Chain) -> str:
    """Which paths lead from the target to the loss, and that their contributions add up."""
    target = f"${view.latex(derived.target)}$"
    letters = [view.notation.letters[name] for link in derived.links for name, _ in link.sums]
    acts = _acts(view, derived, target)
    if not letters:
        path = f"a single path from {target} to ${view.loss}$"
        return f"{acts}, so there is {path}, and the chain rule has no sum"
    over = listed(f"${letter}$" for letter in letters)
    sums, which = ("a sum", "is") if len(letters) == 1 else ("sums", "are")
    return (
        f"{acts}. The contributions of all these paths to ${view.loss}$ add up, so the chain rule "
        f"has {sums} over {over}, which {which} easily forgotten"
    )


def _acts(view: View, derived: Chain, target: str) -> str:
    """What the target acts on; a sentence without its full stop."""
    network, tensor = view.network, derived.target.tensor
    lowest = max(tensor.layer, 1)
    layer = network.layer(lowest)
    unit = f"${view.latex(view.output(lowest))}$"
    if tensor == INPUT:
        covered = " whose window covers it" if isinstance(layer, Conv1d) else ""
        one = layer.output.size == 1
        return f"{target} acts on {unit}" if one else f"{target} acts on every unit {unit}{covered}"
    if isinstance(layer, Conv1d) and layer.output.length > 1:
        return (
            f"The convolution shares its weights: {target} is used at all {layer.output.length} "
            f"positions, so it acts on each of ${view.units(lowest)}$"
        )
    if any(link.sums for link in derived.links[1:]):
        return f"{target} acts on {unit} alone, but {unit} acts on every unit above it"
    return f"{target} acts on {unit} alone"


# --- the factors -------------------------------------------------------------------------------


def _factor(view: View, derived: Chain, stage: Stage) -> str:
    """One stage: inside a unit, the derivative of the activation times that of its argument."""
    left = view.fraction(stage.above, stage.below)
    local = stage.local.factor
    reason = _local_reason(view, derived, stage)
    if stage.activation is None:
        return f"{reason}:\n\n$$\n{left} = {view.latex(local)}.\n$$"
    slope, known = _slope(view, stage)
    alone = isinstance(view.network.layer(stage.layer), Elementwise)
    before = view.before(stage.layer, stage.local.at)
    inner = "" if alone else rf"\, {view.fraction(before, stage.below)}"
    product = view.latex(multiply(stage.activation.factor, local))
    start = "The" if alone else f"{reason}. The"
    return (
        f"{start} derivative of the activation function is {known}:\n\n"
        f"$$\n{left} = {slope}{inner} = {product}.\n$$"
    )


def _slope(view: View, stage: Stage) -> tuple[str, str]:
    """The derivative of a stage's activation as a symbol, and the sentence that says what it is."""
    assert stage.activation is not None  # noqa: S101 - asked only of stages that have one
    activation = view.activation(stage.layer)
    before = view.latex(view.before(stage.layer, stage.local.at))
    after = view.latex(view.output(stage.layer, stage.local.at))
    slope = f"{view.function(stage.layer)}'({before})"
    own = view.latex(stage.activation.factor)
    reason = activation.because.format(h=after, a=before)
    because = f", because {reason}" if reason else ""
    stated = view.stated(stage.layer, before)
    middle = f"{stated} = " if stated else ""
    return slope, f"${slope} = {middle}{own}${because}"


def _local_reason(view: View, derived: Chain, stage: Stage) -> str:
    """Why the argument of a unit has this derivative; a sentence without its full stop."""
    layer = view.network.layer(stage.layer)
    inside = f"${view.latex(view.before(stage.layer, stage.local.at))}$"
    below = f"${view.latex(stage.below)}$"
    factor = f"${view.latex(stage.local.factor)}$"
    tensor = derived.target.tensor
    if isinstance(layer, AveragePool):
        return f"{inside} is a mean of {layer.window} values, and {below} is one of them"
    if isinstance(layer, MaxPool) and stage.local.source is not None:
        position = f"${view.notation.index(stage.local.source[1])}$"
        return (
            f"A maximum passes on only the largest value of its window. Call its position "
            f"{position}: by that value the derivative is 1, by the others 0"
        )
    if stage.local.role == "end" and tensor.kind == "bias":
        return f"In {inside} the bias {below} is added once, so the derivative by it is 1"
    if stage.local.role == "end" and tensor == INPUT and isinstance(layer, Conv1d):
        return (
            f"In {inside} the input {below} has the factor {factor} where the window covers it, "
            "and 0 elsewhere: read a weight whose index is outside the kernel as 0"
        )
    if stage.local.factor == ONE:
        return f"{below} enters {inside} unchanged"
    return f"{inside} is a sum in which {below} has the factor {factor}"


def _product(view: View, derived: Chain) -> str:
    """The result."""
    left = view.fraction(view.loss, derived.target)
    outside = (
        "; what does not depend on the index of a sum stands before it"
        if any(link.sums for link in derived.links)
        else ""
    )
    return f"Multiply all factors{outside}:\n\n$$\n{left} = {view.latex(derived.term)}.\n$$"
