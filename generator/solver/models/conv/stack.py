"""A stack of layers with all numbers fixed: an instance of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.diagnostics import InputError, at
from generator.language import numbers
from generator.model.bank import Claim
from generator.model.figure import Figure
from generator.solver import contract
from generator.solver.contract import Derivation, Disagreement, Verdict
from generator.solver.models.conv.drawing import drawings
from generator.solver.models.conv.layers import Layer, TransposedConvolution, Windowed
from generator.solver.models.conv.measure import measure
from generator.solver.models.conv.memory import MEMORY, Stored
from generator.solver.models.conv.once import once
from generator.solver.models.conv.space import FIELDS, OUTPUTS, POOLED, QUANTITIES, Named, Space
from generator.solver.models.conv.totals import TOTALS

Groups = tuple[tuple[Named, object], ...]
"""Named quantities, each with what it is of; later ones stand for earlier ones."""


class Stack:
    """An `Instance`. `short`: the bank wrote one convolution, with or without a pooling layer.

    Then ``model`` speaks of the convolution, and ``model.pooled_...`` of what pooling leaves of
    it; otherwise ``model`` speaks of the whole stack, and of the output of its last layer. A
    number takes `item_size` bytes of memory.
    """

    def __init__(self, layers: tuple[Layer, ...], *, short: bool, item_size: int = 4) -> None:
        self.layers, self.short, self.item_size = layers, short, item_size
        self._sound = False

    def member(self, name: str) -> object:
        """A quantity's value by its closed form, or a layer's space; KeyError if unknown."""
        return self._space.member(name)

    def members(self) -> Iterator[str]:
        """The names that `member` knows."""
        return self._space.members()

    def derive(self, path: tuple[str, ...]) -> Derivation:
        """Derive a quantity twice, once the shapes between all layers are proved."""
        if not self._sound:
            self._check_shapes()
            self._sound = True
        return self._space.derive(path)

    def outcomes(
        self, path: tuple[str, ...]
    ) -> tuple[contract.Quantity, tuple[contract.Quantity, ...]]:
        """A quantity's value by its closed form, and what its mistakes lead to (`Sketch`)."""
        return self._space.outcomes(path)

    def decide(self, claim: Claim) -> Verdict:
        """There are no claims about shapes and counts: a true/false part says it directly."""
        cure = "compare its quantities in a `true_false` part: `model.parameters > 1000`"
        raise InputError(
            [at(claim.text, "no-claims", "a `conv` model decides no claims", help=cure)]
        )

    def figures(self) -> Mapping[str, Figure]:
        """``stack``: the input, the windows and what comes out, without the sizes to be found."""
        return drawings(self.layers)

    def _check_shapes(self) -> None:
        """Every layer builds on the shape before it: each must be what the layer really gives."""
        for layer in self.layers:
            shape = measure(layer).output_shape
            if shape != layer.output_shape:
                raise Disagreement(
                    f"model.{layer.name}.output_shape",
                    f"the closed form gives {numbers.plain(layer.output_shape)}",
                    f"the NumPy layer gave {numbers.plain(shape)}",
                )

    @once
    def _space(self) -> Space:
        return space(self.layers, short=self.short, item_size=self.item_size)


def space(layers: tuple[Layer, ...], *, short: bool, item_size: int) -> Space:
    """All that can be asked of a stack."""
    chains = _chains(layers)
    groups = [
        (*_groups(layer, chain), (MEMORY, Stored(layers=(layer,), item_size=item_size)))
        for layer, chain in zip(layers, chains, strict=True)
    ]
    spaces = {layer.name: Space(groups=found) for layer, found in zip(layers, groups, strict=True)}
    if short:
        pooled = POOLED[len(layers[0].input_shape) - 1]
        after: Groups = ((pooled, chains[-1]),) if len(layers) > 1 else ()
        return Space(groups=(*groups[0], *after), spaces=spaces)
    whole: Groups = ((TOTALS, layers), (MEMORY, Stored(layers=layers, item_size=item_size)))
    return Space(groups=(*groups[-1], *whole), spaces=spaces)


def _chains(layers: tuple[Layer, ...]) -> list[tuple[Windowed, ...]]:
    """For each layer the layers with windows up to it; () where it reads more than windows."""
    chains: list[tuple[Windowed, ...]] = []
    chain: tuple[Windowed, ...] = ()
    local = True
    for layer in layers:
        local = local and len(layer.output_shape) > 1
        if isinstance(layer, Windowed):
            chain = (*chain, layer)
        chains.append(chain if local else ())
    return chains


def _groups(layer: Layer, chain: tuple[Windowed, ...]) -> Groups:
    groups: Groups = ((QUANTITIES[type(layer)], layer),)
    if isinstance(layer, Windowed):
        groups = (*groups, (OUTPUTS[len(layer.windows)], chain))
    if chain and not any(isinstance(one, TransposedConvolution) for one in chain):
        groups = (*groups, (FIELDS[len(chain[0].windows)], chain))
    return groups
