"""The proof of a gradient: the formula in index notation against two derivatives not made from it.

At points drawn by hashing the structure itself, every component of the formula, evaluated term by
term, must equal a complex step through the NumPy pass to 9 digits; and the components together, in
a random direction, SymPy's derivative of the expanded network to 20. The points are rational, and
away from kinks, where a derivative is a mere convention. A structure is proved once, whatever its
symbols and data.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import isqrt, prod

from generator.model.dataclass import dataclass
from generator.solver.contract import Disagreement
from generator.solver.models.network import exact, numpy_pass, sympy_pass
from generator.solver.models.network.evaluation import Column, Rows, Scope, Table, compiled
from generator.solver.models.network.exact import Real
from generator.solver.models.network.gradient import Chain, chain
from generator.solver.models.network.layers import MaxPool
from generator.solver.models.network.numeric import TARGET, Data, Sample, data, forward, needed
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import Tensor, Term, free_letters

POINTS = 2
"""Points at which a formula is compared. Two different analytic functions agree at a random one
with probability 0; the second is for the branches of piecewise functions."""

ATTEMPTS = 400
"""Draws for a point away from kinks; a network of 30 ReLUs needs two or three."""

MARGIN = 1e-4
"""How far points stay from kinks."""

SYMPY_MOST = 2_000
"""The paths through a network up to which SymPy differentiates it: a second or two. The complex
step takes every network."""

DIRECTIONS = 2**32
"""How many numbers a coordinate of a direction is drawn from: the chance that SymPy's derivative
misses a wrong component is one in so many, at each point."""

SYMPY_TOLERANCE = Decimal("1e-20")
NUMPY_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was compared: so many components, and whether with SymPy's derivative too."""

    components: int
    by_sympy: bool


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

    def share(self) -> Fraction:
        """A number of [0, 1) in steps of one part in `DIRECTIONS`."""
        number = int.from_bytes(bytes(next(self._bytes) for _ in range(4)), "big")
        return Fraction(number, DIRECTIONS)


@lru_cache(maxsize=512)
def prove(network: Network, target: Tensor) -> Proof:
    """Prove the gradient by `target`; Disagreement if any component differs anywhere."""
    formula = chain(network, target)
    _check_letters(formula)
    components = tuple(network.positions(target))
    by_sympy = network.paths <= SYMPY_MOST
    evaluated = in_components(formula, formula.term)
    stream = Stream(f"directions {target!r} of {network!r}")
    for sample in samples(network):
        values = dict(zip(components, evaluated(sample.scope, components), strict=True))
        _check_steps(network, target, sample, values)
        if by_sympy:
            direction: Values = {at: exact.inexact(stream.share()) for at in components}
            _check_direction(network, target, sample, values, direction)
    return Proof(components=len(components), by_sympy=by_sympy)


Values = dict[tuple[int, ...], Real]
"""Numbers for the components of a gradient."""


def _check_steps(network: Network, target: Tensor, sample: Sample, values: Values) -> None:
    """Compare every component with a complex step."""
    given = numpy_pass.arrays(network, sample.given)
    steps = numpy_pass.derivatives(network, given, target, [*values])
    for (at, value), step in zip(values.items(), steps, strict=True):
        if abs(float(value) - step) > NUMPY_TOLERANCE * max(1.0, abs(step)):
            raise Disagreement(
                f"{_name(target)}, component {list(at)}",
                f"the formula in index notation gives {float(value):.12g}",
                f"the complex step gives {step:.12g}",
            )


def _check_direction(
    network: Network, target: Tensor, sample: Sample, values: Values, direction: Values
) -> None:
    """Compare all components together with SymPy's derivative in a direction."""
    value = exact.total(exact.multiply(values[at], direction[at]) for at in values)
    other = sympy_pass.derivative(network, target, direction, sample.given)
    if not exact.close(value, other, SYMPY_TOLERANCE):
        raise Disagreement(
            f"{_name(target)}, all components in a random direction",
            f"the formula in index notation gives {float(value):.12g}",
            f"SymPy's derivative gives {float(other):.12g}",
        )


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


Positions = Sequence[tuple[int, ...]]
"""Components of a gradient, by their kept indices counted from 1."""


def in_components(formula: Chain, term: Term) -> Callable[[Scope, Positions], Column]:
    """A term's values in components of the gradient.

    A letter that stands for nothing, because a mistake lost its sum, is 1.
    """
    names = [next(iter(index.letters())) for index in formula.target.at]
    evaluated = compiled(term)

    def values(scope: Scope, positions: Positions) -> Column:
        letters = dict(zip(names, zip(*positions, strict=True), strict=True))
        return evaluated(Rows(scope=scope, count=len(positions), letters=letters, open=True))

    return values


def component(formula: Chain, scope: Scope, at: tuple[int, ...]) -> Real:
    """The value of one component of a gradient, at its kept index counted from 1."""
    return in_components(formula, formula.term)(scope, [at])[0]


@lru_cache(maxsize=64)
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
            found.append(Sample(given=point, scope=scope.rounded()))
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


def _name(target: Tensor) -> str:
    return f"the gradient by the {target.kind} of layer {target.layer}"
