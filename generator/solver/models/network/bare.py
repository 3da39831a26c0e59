"""What of a network does not depend on its functions: it is counted and drawn without them.

Networks that differ in activations or losses alone have the same weights, units and edges. So the
counts and the drawing are made for a `bare` view, which all of them share.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from generator.solver.models.network.layers import Elementwise, Layer
from generator.solver.models.network.notation import Notation, Symbol
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import Tensor
from generator.solver.models.network.view import View

KEPT = 128
"""Bare views that are kept with what was made of them: some 10 kB each."""


def bare(view: View) -> View:
    """The view without functions; equal ones are the same object.

    An activation that is a layer of its own stays: it is drawn, and named.
    """
    layers = tuple(
        layer if isinstance(layer, Elementwise) else replace(layer, activation="linear")
        for layer in view.network.layers
    )
    notation = view.notation
    symbols, letters = tuple(notation.symbols.items()), tuple(sorted(notation.letters.items()))
    return _shared(layers, symbols, letters, view.names)


@lru_cache(maxsize=KEPT)
def _shared(
    layers: tuple[Layer, ...],
    symbols: tuple[tuple[Tensor, Symbol], ...],
    letters: tuple[tuple[str, str], ...],
    names: tuple[str, ...],
) -> View:
    notation = Notation(symbols=dict(symbols), functions={}, letters=dict(letters), picks={})
    return View(network=Network(layers=layers, loss="squared"), notation=notation, names=names)
