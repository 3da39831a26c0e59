"""What comes out of layers with windows: the extents, maps, shape and the number of units.

A quantity here is of a chain: the layers with windows from the input to the one asked about, so
that the worked solution can say where the extents that this one slides along come from.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from math import prod

from generator.solver.contract import KnownMistake
from generator.solver.models.conv.extents import extent_steps, maps, noun, reason
from generator.solver.models.conv.layers import Chain, Convolution, Windowed, titles
from generator.solver.models.conv.measure import measure
from generator.solver.models.conv.quantity import Lasting, MistakeRule, Quantity, Result
from generator.solver.models.conv.slips import slips, slips_in_all
from generator.solver.models.conv.wording import axes, by, times

Rule = MistakeRule[Chain]

_HOW = "a NumPy layer that slid over its input"
_LAID_OUT = "a NumPy layer that laid out its filters"


def outputs(count: int) -> dict[str, Quantity[Chain]]:
    """The quantities of the output of a layer with so many axes, by their names."""
    names = axes(count)
    extents = {f"output_{name}": _extent(index, name) for index, name in enumerate(names)}
    return {**extents, "output_channels": _CHANNELS, "output_shape": _SHAPE, "outputs": _UNITS}


def transposed_outputs(count: int) -> dict[str, Quantity[Chain]]:
    """The same of a transposed layer, which does not slide."""
    return {name: replace(found, how=_LAID_OUT) for name, found in outputs(count).items()}


def _last(find: Callable[[Windowed], Result]) -> Callable[[Chain], Result]:
    """What `find` finds in the layer asked about."""
    return lambda chain: find(chain[-1])


def _rule(result: Callable[[Windowed], Result | None], because: Callable[[Windowed], str]) -> Rule:
    return MistakeRule(
        result=lambda chain: result(chain[-1]), because=lambda chain: because(chain[-1])
    )


def _passage(chain: Chain) -> Hashable:
    """What the extents of an output, and the number of its maps, come from."""
    return chain[-1].output_shape[0], *[(type(layer), layer.windows) for layer in chain]


def _seen(chain: Chain) -> int:
    last = chain[-1]
    return last.seen if isinstance(last, Convolution) else 0


def _layer_by_layer(chain: Chain, explain: Callable[[Windowed], tuple[str, ...]]) -> list[str]:
    """The steps of all layers; with several, each says which layer it is about."""
    if len(chain) == 1:
        return list(explain(chain[0]))
    titled = zip(titles(chain), chain, strict=True)
    return [f"*{title}*: {step}" for title, layer in titled for step in explain(layer)]


# --- one extent --------------------------------------------------------------------------------


def _extent(index: int, axis: str) -> Quantity[Chain]:
    def explain(layer: Windowed) -> tuple[str, ...]:
        return (reason(layer.windows[index], axis, noun(layer)),)

    entries: Rule = _rule(
        lambda layer: prod(layer.extents),
        lambda layer: (
            f"This is how many entries a map has, ${by(layer.extents)}$; asked is its {axis}."
        ),
    )
    input_extent: Rule = MistakeRule(
        result=lambda chain: chain[0].windows[index].size,
        because=lambda _: f"This is the {axis} of the input of the whole stack.",
    )
    return Quantity(
        closed=_last(lambda layer: layer.windows[index].count),
        counted=_last(lambda layer: measure(layer).output_shape[index + 1]),
        how=_HOW,
        steps=lambda chain: (*_layer_by_layer(chain, explain), maps(chain[-1])),
        slips=lambda chain: slips(chain[-1].windows[index], axis, noun(chain[-1])),
        shared=_passage,
        mistakes=(Lasting(_first_and_last, (entries, input_extent)),),
    )


def _first_and_last(chain: Chain) -> Hashable:
    return chain[0].windows, chain[-1].windows


# --- the maps ----------------------------------------------------------------------------------


def _map_steps(layer: Windowed) -> tuple[str, ...]:
    if not isinstance(layer, Convolution):
        return ("Every channel is pooled by itself, so their number stays the same.",)
    channels = f"all {layer.seen} channels that it sees" if layer.seen > 1 else "its channel"
    each = "The filter gives one feature map" if layer.filters == 1 else "Each filter gives one map"
    return (f"{each}: it sums over {channels}. So there are as many maps as filters.",)


def _times_channels(layer: Windowed) -> int | None:
    return layer.filters * layer.seen if isinstance(layer, Convolution) else None


def _summed(_: Windowed) -> str:
    return "A filter sums over the channels that it sees: it gives one map, not one for each."


def _went_in(layer: Windowed) -> str:
    what = "filter" if isinstance(layer, Convolution) else "channel"
    return f"This is the number of channels that go in; what comes out has one map for each {what}."


_CHANNELS: Quantity[Chain] = Quantity(
    closed=_last(lambda layer: layer.output_shape[0]),
    counted=_last(lambda layer: measure(layer).output_shape[0]),
    how=_HOW,
    steps=lambda chain: tuple(_layer_by_layer(chain, _map_steps)),
    shared=lambda chain: chain,
    mistakes=(
        _rule(_times_channels, _summed),
        _rule(lambda layer: layer.channels, _went_in),
        _rule(
            lambda layer: prod(layer.kernel),
            lambda layer: f"This is the number of entries of one {noun(layer)}.",
        ),
        _rule(lambda _: 1, lambda _: "The maps are not added up: each is a channel of the output."),
    ),
)

# --- the whole shape ---------------------------------------------------------------------------


def _slips_in_all(
    layer: Windowed, total: Callable[[tuple[int, ...]], Result]
) -> tuple[KnownMistake, ...]:
    """The slips along all axes, in what `total` makes of the extents; the first of equal ones."""
    found: dict[Result, KnownMistake] = {}
    for wrong, because in slips_in_all(layer.windows, noun(layer)):
        found.setdefault(total(wrong), KnownMistake(result=total(wrong), because=because))
    found.pop(total(layer.extents), None)
    return tuple(found.values())


def _shape_slips(chain: Chain) -> tuple[KnownMistake, ...]:
    count = chain[-1].output_shape[0]
    return _slips_in_all(chain[-1], lambda extents: (count, *extents))


def _unit_slips(chain: Chain) -> tuple[KnownMistake, ...]:
    count = chain[-1].output_shape[0]
    return _slips_in_all(chain[-1], lambda extents: count * prod(extents))


def _with_maps(count: int | None, layer: Windowed) -> tuple[int, ...] | None:
    return None if count is None else (count, *layer.extents)


_SHAPE: Quantity[Chain] = Quantity(
    closed=_last(lambda layer: layer.output_shape),
    counted=_last(lambda layer: measure(layer).output_shape),
    how=_HOW,
    steps=lambda chain: (*_layer_by_layer(chain, extent_steps), maps(chain[-1])),
    slips=_shape_slips,
    shared=lambda chain: (_passage(chain), chain[-1].channels, _seen(chain)),
    mistakes=(
        _rule(lambda layer: _with_maps(_times_channels(layer), layer), _summed),
        _rule(lambda layer: _with_maps(layer.channels, layer), _went_in),
    ),
)

# --- the units ---------------------------------------------------------------------------------


def _unit_steps(chain: Chain) -> tuple[str, ...]:
    layer = chain[-1]
    product = f"{times(layer.output_shape[0], by(layer.extents))} = " if layer.outputs > 1 else ""
    return (
        *_layer_by_layer(chain, extent_steps),
        f"{maps(layer)} Together these are ${product}{layer.outputs}$ units.",
    )


_UNITS: Quantity[Chain] = Quantity(
    closed=_last(lambda layer: layer.outputs),
    counted=_last(lambda layer: measure(layer).outputs),
    how=_HOW,
    steps=_unit_steps,
    slips=_unit_slips,
    shared=lambda chain: (_passage(chain), chain[-1].inputs, chain[-1].parameters, _seen(chain)),
    mistakes=(
        _rule(
            lambda layer: prod(layer.extents),
            lambda layer: f"This is one feature map; the output has {layer.output_shape[0]}.",
        ),
        _rule(
            lambda layer: layer.output_shape[0] * layer.extents[-1],
            lambda layer: f"A feature map has ${by(layer.extents)}$ units, not its width alone.",
        ),
        _rule(
            lambda layer: layer.output_shape[0] * prod(layer.input_shape[1:]),
            lambda layer: (
                "The maps are taken to be as large as those that go in, "
                f"${by(layer.input_shape[1:])}$; they are ${by(layer.extents)}$."
            ),
        ),
        _rule(lambda layer: (_times_channels(layer) or 0) * prod(layer.extents), _summed),
        _rule(
            lambda layer: layer.parameters,
            lambda _: "This is the number of parameters, not of the units that come out.",
        ),
        _rule(lambda layer: layer.inputs, lambda _: "This is the number of units that go in."),
    ),
)
