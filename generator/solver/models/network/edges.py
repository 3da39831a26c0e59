"""The edges of a network's drawing: which unit reads which, and through which weight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Literal

from generator.model.dataclass import dataclass
from generator.solver.models.network.layers import (
    AveragePool,
    Conv1d,
    Dense,
    Elementwise,
    Layer,
    MaxPool,
    Softmax,
)
from generator.solver.models.network.structure import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What an edge looks like: all uses of one shared weight look the same.

    `filter`, `channel` and `tap` say which weight of a convolution of `filters` filters.
    """

    kind: Literal["plain", "shared", "bias"]
    filter: int = 0
    channel: int = 0
    tap: int = 0
    filters: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """An edge into unit `unit` of layer `layer`, from unit `source` of the layer below.

    Units are numbered from 0 through all channels; `source` is None for the constant 1 of a bias.
    `weight` is the full index of a dense layer's weight.
    """

    layer: int
    source: int | None
    unit: int
    key: Key
    weight: tuple[int, ...] = ()


_PLAIN = Key(kind="plain")


def edges(network: Network) -> list[Edge]:
    """All edges, layer by layer, those of the biases last."""
    result = list[Edge]()
    for number, layer in enumerate(network.layers, start=1):
        result += _EDGES[type(layer)](number, layer)
        if layer.bias:
            units = range(layer.output.size)
            result += [
                Edge(layer=number, source=None, unit=unit, key=Key(kind="bias")) for unit in units
            ]
    return result


def _conv1d(number: int, layer: Conv1d) -> list[Edge]:
    result = list[Edge]()
    length = layer.inputs.length
    for own in range(layer.filters):
        for position in range(layer.output.length):
            for channel in range(layer.inputs.channels):
                for tap in range(layer.kernel):
                    at = position * layer.stride + tap - layer.padding
                    if 0 <= at < length:
                        result.append(
                            Edge(
                                layer=number,
                                source=channel * length + at,
                                unit=own * layer.output.length + position,
                                key=Key(
                                    kind="shared",
                                    filter=own,
                                    channel=channel,
                                    tap=tap,
                                    filters=layer.filters,
                                ),
                            )
                        )
    return result


def _dense(number: int, layer: Dense | Softmax) -> list[Edge]:
    length = layer.inputs.length
    return [
        Edge(
            layer=number,
            source=source,
            unit=unit,
            key=_PLAIN,
            weight=(unit + 1, source // length + 1, source % length + 1),
        )
        for unit in range(layer.output.size)
        for source in range(layer.inputs.size)
    ]


def _pool(number: int, layer: AveragePool | MaxPool) -> list[Edge]:
    length, positions = layer.inputs.length, layer.output.length
    return [
        Edge(
            layer=number,
            source=channel * length + position * layer.stride + inside,
            unit=channel * positions + position,
            key=_PLAIN,
        )
        for channel in range(layer.inputs.channels)
        for position in range(positions)
        for inside in range(layer.window)
    ]


def _elementwise(number: int, layer: Elementwise) -> list[Edge]:
    return [
        Edge(layer=number, source=unit, unit=unit, key=_PLAIN) for unit in range(layer.inputs.size)
    ]


_EDGES: Mapping[type[Layer], Callable[[int, Any], list[Edge]]] = MappingProxyType(
    {
        Conv1d: _conv1d,
        Dense: _dense,
        Elementwise: _elementwise,
        AveragePool: _pool,
        MaxPool: _pool,
        Softmax: _dense,
    }
)
"""Class of layer -> its edges."""
