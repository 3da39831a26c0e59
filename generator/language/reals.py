"""Irrational numbers: known to 50 significant decimal digits, the same on every machine.

``sqrt(2)``, ``exp(1)`` or ``pi`` have no exact value to carry on with. A `Real` holds the decimal
number of 50 significant digits that is nearest to the true result. Sums, products and quotients of
reals are computed exactly and rounded again; the transcendental functions are mpmath's, which
computes with integers, never the C library's, whose last digits differ between machines.

Two numbers of which one is a `Real` are held equal if they agree in the first 40 digits, so that
``sqrt(2)**2 == 2``. A result that is rational after all (``sqrt(9/4)``, ``exp(0)``) is never a
`Real`; see `generator.language.functions`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from generator.language import limits
from generator.language.digits import magnitude, scientific, significant
from generator.language.faults import Fault
from generator.model.dataclass import dataclass

DIGITS = 50
"""Significant decimal digits that a `Real` carries."""

AGREEING = 40
"""Digits that decide a comparison; the last ten absorb the rounding of some 10**9 operations."""


@dataclass(frozen=True, slots=True, eq=False)
class Real:
    """An irrational number, by the rational number `fraction` of 50 digits next to it."""

    fraction: Fraction

    def __add__(self, other: object) -> Real:
        return _combine(self, other, lambda a, b: a + b)

    def __sub__(self, other: object) -> Real:
        return _combine(self, other, lambda a, b: a - b)

    def __rsub__(self, other: object) -> Real:
        return _combine(self, other, lambda a, b: b - a)

    def __mul__(self, other: object) -> Real:
        return _combine(self, other, lambda a, b: a * b)

    def __truediv__(self, other: object) -> Real:
        return _combine(self, other, lambda a, b: a / b)

    def __rtruediv__(self, other: object) -> Real:
        return _combine(self, other, lambda a, b: b / a)

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self) -> Real:
        return Real(-self.fraction)

    def __abs__(self) -> Real:
        return Real(abs(self.fraction))

    def __eq__(self, other: object) -> bool:
        exact = _fraction(other)
        return exact is not None and significant(exact, AGREEING) == self._decisive

    def __hash__(self) -> int:
        return hash(self._decisive)

    def __lt__(self, other: object) -> bool:
        return self != other and self.fraction < _comparable(other)

    def __gt__(self, other: object) -> bool:
        return self != other and self.fraction > _comparable(other)

    def __le__(self, other: object) -> bool:
        return self == other or self.fraction < _comparable(other)

    def __ge__(self, other: object) -> bool:
        return self == other or self.fraction > _comparable(other)

    def __str__(self) -> str:
        """Its first digits: ``1.41421``, ``2.06115e-9``."""
        digits, exponent = scientific(self.fraction)
        return f"{digits}e{exponent}" if exponent else digits

    def __float__(self) -> float:
        return float(self.fraction)

    @property
    def _decisive(self) -> Fraction:
        return significant(self.fraction, AGREEING)


def real(value: Fraction) -> Real:
    """The `Real` next to `value`; raises Fault where it is too large or too small to be one."""
    if value and abs(magnitude(value)) > limits.REAL_EXPONENT:
        raise Fault(
            "number-too-large",
            f"an irrational result must lie between 10^-{limits.REAL_EXPONENT} and "
            f"10^{limits.REAL_EXPONENT}",
        )
    return Real(significant(value, DIGITS))


@lru_cache(maxsize=10_000)
def transcendental(name: str, *arguments: Fraction) -> Real:
    """The function `name` of `FUNCTIONS` at exact arguments, where the result is not rational.

    It is computed with more and more digits until two results agree in the 50 that are kept
    (A. Ziv, "Fast evaluation of elementary mathematical functions", 1991). Zero is no agreement:
    it only says that the digits did not suffice.
    """
    before = None
    for digits in (DIGITS + 15, *(DIGITS * 2**step for step in range(1, 8))):
        result = _computed(name, arguments, digits)
        if result and before is not None and significant(result, DIGITS) == before:
            break
        before = significant(result, DIGITS)
    return real(result)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "pi": lambda m: +m.pi,
    "exp": lambda m, x: m.exp(x),
    "log": lambda m, x: m.log(x),
    "power": lambda m, x, y: m.power(x, y),
    "sqrt": lambda m, x: m.sqrt(x),
    "sin": lambda m, x: m.sin(x),
    "cos": lambda m, x: m.cos(x),
    "tan": lambda m, x: m.tan(x),
    "tanh": lambda m, x: m.tanh(x),
    "sigmoid": lambda m, x: 1 / (1 + m.exp(-x)),
    "softplus": lambda m, x: m.log1p(m.exp(x)),
}
"""How mpmath, the context `m`, computes each."""


def _computed(name: str, arguments: tuple[Fraction, ...], digits: int) -> Fraction:
    context, to_rational = _mpmath()
    with context.workdps(digits):
        points = (context.mpf(one.numerator) / one.denominator for one in arguments)
        return Fraction(*to_rational(FUNCTIONS[name](context, *points)._mpf_))


@cache
def _mpmath() -> tuple[Any, Callable[[Any], tuple[int, int]]]:
    """A context of our own, whose precision nobody else changes; loaded when first needed."""
    import mpmath  # type: ignore[import-untyped]  # noqa: PLC0415 - few banks need it; no types

    return mpmath.MPContext(), mpmath.libmp.to_rational


def _combine(one: Real, other: object, operation: Callable[[Fraction, Fraction], Fraction]) -> Real:
    exact = _fraction(other)
    return NotImplemented if exact is None else real(operation(one.fraction, exact))


def _fraction(value: object) -> Fraction | None:
    if isinstance(value, Real):
        return value.fraction
    return Fraction(value) if isinstance(value, int | Fraction) else None


def _comparable(value: object) -> Fraction:
    exact = _fraction(value)
    if exact is None:
        raise TypeError(f"a real number cannot be compared with {type(value).__name__}")
    return exact
