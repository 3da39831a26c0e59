"""A stack of layers with all numbers fixed: an instance of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.diagnostics import InputError, at
from generator.language import numbers
from generator.model.bank import Claim
from generator.model.dataclass import dataclass
from generator.model.figure import Figure
from generator.solver import contract
from generator.solver.contract import Derivation, Disagreement, Verdict
from generator.solver.models.conv.drawing import drawings
from generator.solver.models.conv.layers import Layer
from generator.solver.models.conv.measure import measure
from generator.solver.models.conv.once import once
from generator.solver.models.conv.quantity import Quantity
from generator.solver.models.conv.space import Asked, Path, directory


class Stack:
    """An `Instance`. `short`: the bank wrote one convolution, with or without a pooling layer.

    Then ``model`` speaks of the convolution, and ``model.pooled_...`` of what pooling leaves of
    it; otherwise ``model`` speaks of the whole stack, and of the output of its last layer. A
    number takes `item_size` bytes of memory.
    """

    def __init__(self, layers: tuple[Layer, ...], *, short: bool, item_size: int = 4) -> None:
        self.layers, self.short, self.item_size = layers, short, item_size
        self._derived: dict[Path, Derivation] = {}

    def member(self, name: str) -> object:
        """A quantity's value by its closed form, or a layer's quantities; KeyError if unknown."""
        if any(layer.name == name for layer in self.layers):
            return Within(self, name)
        return self.value((name,))

    def members(self) -> Iterator[str]:
        """The names that `member` knows."""
        yield from (layer.name for layer in self.layers)
        yield from (path[0] for path in self._directory if len(path) == 1)

    def value(self, path: Path) -> object:
        """A quantity's value by its closed form; KeyError if there is none at this path."""
        quantity, subject = self._find(path)
        return quantity.closed(subject)

    def paths(self) -> Iterator[Path]:
        """The paths of all quantities."""
        return iter(self._directory)

    def derive(self, path: Path) -> Derivation:
        """Derive a quantity twice, once the shapes between all layers are proved."""
        known = self._derived.get(path)
        if known is not None:
            return known
        if not self._derived:
            self._check_shapes()
        quantity, subject = self._find(path)
        self._derived[path] = quantity.derive(subject, path)
        return self._derived[path]

    def outcomes(self, path: Path) -> tuple[contract.Quantity, tuple[contract.Quantity, ...]]:
        """A quantity's value by its closed form, and what its mistakes lead to (`Sketch`)."""
        quantity, subject = self._find(path)
        return quantity.outcomes(subject)

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

    def _find(self, path: Path) -> tuple[Quantity[Any], Any]:
        asked = self._directory[path]
        return asked.quantity, asked.subject(self.layers, self.item_size)

    @once
    def _directory(self) -> Mapping[Path, Asked]:
        form = tuple([(layer.name, type(layer)) for layer in self.layers])
        return directory(form, axes=len(self.layers[0].input_shape) - 1, short=self.short)


@dataclass(frozen=True, slots=True)
class Within:
    """The quantities of one layer of a stack. It is a `Namespace`."""

    stack: Stack
    layer: str

    def member(self, name: str) -> object:
        """A quantity's value by its closed form; KeyError if unknown."""
        return self.stack.value((self.layer, name))

    def members(self) -> Iterator[str]:
        """The names that `member` knows."""
        return (path[1] for path in self.stack.paths() if path[0] == self.layer and path[1:])
