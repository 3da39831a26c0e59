"""The proof of a gradient: the formula in index notation against two derivatives not made from it.

At points drawn by hashing the structure itself, the formula's value, term by term, must equal
SymPy's derivative of the expanded network to 20 digits, and a complex step through the NumPy pass
to 9. The points are rational, and away from kinks, where a derivative is a mere convention.
A structure is proved once, whatever its symbols and data.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import isqrt, prod

from generator.solver.contract import Disagreement
from generator.solver.models.network import exact, numpy_pass
from generator.solver.models.network.evaluation import Scope, Table, evaluate
from generator.solver.models.network.exact import Real
from generator.solver.models.network.gradient import Chain, chain
from generator.solver.models.network.layers import MaxPool
from generator.solver.models.network.numeric import TARGET, Data, Sample, data, forward, needed
from generator.solver.models.network.structure import Network
from generator.solver.models.network.sympy_pass import Expansion, size
from generator.solver.models.network.terms import Tensor, free_letters

POINTS = 2
"""Points at which a formula is compared. Two different analytic functions agree at a random one
with probability 0; the second is for the branches of piecewise functions."""

ATTEMPTS = 400
"""Draws for a point away from kinks; a network of 30 ReLUs needs two or three."""

MARGIN = 1e-4
"""How far points stay from kinks."""

SYMPY_MOST = 500
"""The size up to which an expanded network is differentiated by SymPy: a second or two. The complex
step takes every network and every component."""

SYMPY_FEW = 100
"""The size from which SymPy differentiates by the first component alone, else by the first and the
last: all are one formula, and each costs as much as everything else together."""

SYMPY_TOLERANCE = Fraction(1, 10**20)
NUMPY_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was compared: so many components, and how many of them with SymPy's derivative."""

    components: int
    by_sympy: int


class Stream:
    """Reproducible rational numbers from a key: SHA-256 in counter mode."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._bytes = self._draw()

    def _draw(self) -> Iterator[int]:
        counter = 0
        while True:
            yield from hashlib.sha256(f"{self._key}/{counter}".encode()).digest()
            counter += 1

    def whole(self, size: int) -> int:
        """A whole number from 1 to `size`, at most 256."""
        return next(self._bytes) % size + 1

    def rational(self) -> Fraction:
        """A number of [-2, 2] in steps of 1/64, never 0: its sign and size are generic."""
        size = Fraction(self.whole(128), 64)
        return size if self.whole(2) == 1 else -size


@lru_cache(maxsize=1024)
def prove(network: Network, target: Tensor) -> Proof:
    """Prove the gradient by `target`; Disagreement if any component differs anywhere."""
    formula = chain(network, target)
    _check_letters(formula)
    components = tuple(network.positions(target))
    chosen = _chosen(network, components)
    for sample in samples(network):
        given = numpy_pass.arrays(network, sample.given)
        for at in components:
            value = component(formula, sample.scope, at)
            second = numpy_pass.derivative(network, given, target, at)
            if abs(float(value) - second) > NUMPY_TOLERANCE * max(1.0, abs(second)):
                raise _differ(target, at, value, second, "the complex step")
            if at in chosen:
                third = expansion(network).derivative(target, at, sample.given)
                gap = abs(exact.to_fraction(value) - third)
                if gap > SYMPY_TOLERANCE * max(Fraction(1), abs(third)):
                    raise _differ(target, at, value, third, "SymPy's derivative")
    return Proof(components=len(components), by_sympy=len(chosen))


def _check_letters(formula: Chain) -> None:
    """Every index of a gradient is summed over, but for those of the component."""
    asked = free_letters(formula.target)
    left = sorted(free_letters(formula.term) - asked)
    if left:
        raise Disagreement(
            _name(formula.target.tensor),
            f"the formula leaves {', '.join(left)} open",
            f"only {', '.join(sorted(asked)) or 'no index'} is the component's",
        )


def _chosen(network: Network, components: tuple[tuple[int, ...], ...]) -> set[tuple[int, ...]]:
    """The components that SymPy differentiates by."""
    expanded = size(network)
    if expanded > SYMPY_MOST:
        return set()
    return {components[0]} if expanded > SYMPY_FEW else {components[0], components[-1]}


def component(formula: Chain, scope: Scope, at: tuple[int, ...]) -> Real:
    """The value of one component of a gradient, at its kept index counted from 1."""
    names = (next(iter(index.letters())) for index in formula.target.at)
    return evaluate(formula.term, scope, dict(zip(names, at, strict=True)))


@lru_cache(maxsize=32)
def expansion(network: Network) -> Expansion:
    """The network in SymPy's symbols; its derivatives are kept with it."""
    return Expansion(network, needed(network))


@lru_cache(maxsize=256)
def samples(network: Network) -> tuple[Sample, ...]:
    """The points of the proof, with all values that follow."""
    return drawn(network, key=repr(network), count=POINTS)


def drawn(network: Network, *, key: str, count: int) -> tuple[Sample, ...]:
    """Random points of a network by a key, away from its kinks."""
    stream = Stream(key)
    found = list[Sample]()
    for _ in range(ATTEMPTS):
        point = _point(network, stream)
        scope = forward(network, point)
        if _is_generic(network, scope):
            found.append(Sample(given=point, scope=scope))
        if len(found) == count:
            return tuple(found)
    raise Disagreement(
        "the network", "its gradient should be tested at points away from kinks", "none was found"
    )


def _point(network: Network, stream: Stream) -> Data:
    tables: dict[Tensor, Table] = {}
    for tensor in needed(network):
        # Weights shrink with the number of inputs they add up, so that no unit saturates.
        sizes = network.sizes(tensor)
        scale = isqrt(prod(sizes[1:])) if tensor.kind == "weights" else 1
        tables[tensor] = {at: stream.rational() / scale for at in network.positions(tensor)}
    if network.rule.below:
        tables[TARGET] = _shares(network, stream)
    return data(tables)


def _shares(network: Network, stream: Stream) -> Table:
    """Targets of a cross-entropy: a probability, or probabilities that add up to 1."""
    drawn = {at: stream.whole(16) for at in network.positions(TARGET)}
    whole = sum(drawn.values()) if network.rule.below == "softmax" else 17
    return {at: Fraction(number, whole) for at, number in drawn.items()}


def _is_generic(network: Network, scope: Scope) -> bool:
    """Whether every kink is far, and not every path through a ReLU is shut."""
    for number, layer in enumerate(network.layers, start=1):
        before = _values(scope, Tensor(kind="pre", layer=number))
        if layer.activation in {"relu", "leaky_relu", "elu"} and any(map(_is_near, before)):
            return False
        if isinstance(layer, MaxPool) and not _is_clear(network, number, layer, scope):
            return False
        after = _values(scope, Tensor(kind="output", layer=number))
        if layer.activation == "relu" and not any(after):
            return False
    if network.loss != "huber":
        return True
    outputs = _values(scope, Tensor(kind="output", layer=network.depth))
    errors = (abs(y - z) for y, z in zip(_values(scope, TARGET), outputs, strict=True))
    return not any(_is_near(error - float(network.threshold)) for error in errors)


def _values(scope: Scope, tensor: Tensor) -> list[float]:
    return [float(value) for value in scope.tensors[tensor].values()]


def _is_near(gap: float) -> bool:
    """Whether a kink is close.

    At a random point a gap of exactly 0 is one that stays 0: units that see nothing but padding,
    or only units that are shut.
    """
    return 0 < abs(gap) < MARGIN


def _is_clear(network: Network, number: int, layer: MaxPool, scope: Scope) -> bool:
    """Whether each window's largest entry leads the next by the margin."""
    values = _values(scope, Tensor(kind="output", layer=number - 1))
    length = network.shape(number - 1).length
    rows = [values[at : at + length] for at in range(0, len(values), length)]
    windows = (
        sorted(row[start : start + layer.window])
        for row in rows
        for start in range(0, length - layer.window + 1, layer.stride)
    )
    return not any(_is_near(window[-1] - one) for window in windows for one in window)


def _differ(
    target: Tensor, at: tuple[int, ...], value: Real, other: object, method: str
) -> Disagreement:
    return Disagreement(
        f"{_name(target)}, component {list(at)}",
        f"the formula in index notation gives {float(value):.12g}",
        f"{method} gives {float(other):.12g}",  # type: ignore[arg-type]
    )


def _name(target: Tensor) -> str:
    return f"the gradient by the {target.kind} of layer {target.layer}"
