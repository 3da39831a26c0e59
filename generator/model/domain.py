"""Domains: the finite set that a parameter ranges over, as a bank says it."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from generator.model.dataclass import dataclass
from generator.model.source import Source
from generator.model.value import Value

Pool = tuple[Value, ...] | Source
"""Listed values, all different, or an expression over earlier parameters that gives a vector of
them (``values: story.prices``); a value that comes up twice there counts once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuesDomain:
    """``{values: [28, 32, 64]}``: the listed values."""

    values: Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeDomain:
    """``{min: 3, max: 7, step: 2}``: an arithmetic progression, `maximum` included if it is hit.

    The bounds are expressions: a bound that names an earlier parameter makes this one depend on it.
    """

    minimum: Source
    maximum: Source
    step: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorDomain:
    """``{vector: n, of: {min: -2, max: 2}}``: tuples of `length` members of `item`.

    `length` is an expression, and may depend on an earlier parameter. The item's domain may not.
    """

    length: Source
    item: Domain


Pattern = Literal["full", "symmetric", "diagonal", "upper", "lower"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixDomain:
    """``{matrix: [2, n], of: {values: [0, 1]}}``: `rows` tuples of `columns` members of `item`.

    Both numbers are expressions, as the length of a vector is. `pattern` says which entries are
    free: of a symmetric matrix those on and above the diagonal, of a diagonal or triangular one
    those that need not be 0. Such a matrix is square.
    """

    rows: Source
    columns: Source
    item: Domain
    pattern: Pattern = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceDomain:
    """``{choose: 2, of: claims}``, ``{subset: 2, of: [3, 5, 7]}``: `count` members of a pool.

    The pool is the problem's claims, or values. A value of this domain is the tuple of the chosen
    positions (for claims) or of the chosen values: in every order if it is `ordered`, else in the
    pool's. `true` asks that the number of true claims among the chosen lies in the closed interval
    given.
    """

    count: int
    pool: Literal["claims"] | Pool
    true: tuple[int, int] | None = None
    ordered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ShuffleDomain:
    """``{shuffle: [1, 2, 3]}``: all members of a pool, in every order."""

    pool: Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptDomain:
    """``{min: -3, max: 3, except: 0}``: the values of `domain` without those `excluded`.

    An excluded expression stands for its value and, if that is a vector, for its entries too.
    """

    domain: Domain
    excluded: tuple[Source, ...]


Domain = (
    ValuesDomain
    | RangeDomain
    | VectorDomain
    | MatrixDomain
    | ChoiceDomain
    | ShuffleDomain
    | ExceptDomain
)


def expressions_of(domain: Domain) -> tuple[Source, ...]:  # noqa: PLR0911 - a table by type
    """The expressions that decide what is in a domain: bounds, lengths, pools, exclusions."""
    match domain:
        case RangeDomain():
            return (domain.minimum, domain.maximum)
        case VectorDomain():
            return (domain.length, *expressions_of(domain.item))
        case MatrixDomain():
            return (domain.rows, domain.columns, *expressions_of(domain.item))
        case ValuesDomain(values=Source() as pool) | ShuffleDomain(pool=Source() as pool):
            return (pool,)
        case ChoiceDomain(pool=Source() as pool):
            return (pool,)
        case ExceptDomain():
            return (*expressions_of(domain.domain), *domain.excluded)
        case _:
            return ()
