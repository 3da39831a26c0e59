"""How these tests write down problems."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from generator.model.bank import Claim, Definition, Parameter, Problem, StratumSpec
from generator.model.domain import (
    ChoiceDomain,
    Domain,
    ExceptDomain,
    MatrixDomain,
    Pattern,
    RangeDomain,
    ShuffleDomain,
    ValuesDomain,
    VectorDomain,
)
from generator.model.source import Source, SourceFile
from generator.model.value import Value


def source(text: str) -> Source:
    """A text that is a bank's first line."""
    return Source(file=SourceFile(name="bank.yaml", text=text), line=1, column=1, text=text)


def listed(*values: Value) -> ValuesDomain:
    """``{values: [...]}``."""
    return ValuesDomain(values=values)


def steps(minimum: object, maximum: object, step: Fraction | int = 1) -> RangeDomain:
    """``{min: ..., max: ..., step: ...}``."""
    return RangeDomain(
        minimum=source(str(minimum)), maximum=source(str(maximum)), step=Fraction(step)
    )


def vectors(length: object, item: Domain) -> VectorDomain:
    """``{vector: ..., of: ...}``."""
    return VectorDomain(length=source(str(length)), item=item)


def chosen(count: int, *pool: Value) -> ChoiceDomain:
    """``{choose: ..., of: [...]}``; of the claims if there is no pool."""
    return ChoiceDomain(count=count, pool=pool or "claims")


def subsets(count: int, *pool: Value) -> ChoiceDomain:
    """``{subset: ..., of: [...]}``; of the claims if there is no pool."""
    return ChoiceDomain(count=count, pool=pool or "claims", ordered=False)


def shuffled(*pool: Value) -> ShuffleDomain:
    """``{shuffle: [...]}``."""
    return ShuffleDomain(pool=pool)


def matrices(rows: object, columns: object, item: Domain, pattern: Pattern = "full") -> Domain:
    """``{matrix: [..., ...], of: ..., pattern: ...}``."""
    return MatrixDomain(
        rows=source(str(rows)), columns=source(str(columns)), item=item, pattern=pattern
    )


def pool_of(text: str) -> ValuesDomain:
    """``{values: EXPRESSION}``."""
    return ValuesDomain(values=source(text))


def without(domain: Domain, *excluded: str) -> ExceptDomain:
    """A domain with ``except: [...]``."""
    return ExceptDomain(domain=domain, excluded=tuple(map(source, excluded)))


def problem(
    parameters: dict[str, Domain],
    *constraints: str,
    let: dict[str, str] | None = None,
    claims: int = 0,
    name: str = "p",
    strata: dict[str, str] | None = None,
) -> Problem:
    """A problem with these parameters, and nothing to ask."""
    claim = Claim(text=source("c"), given=(), holds=(source("true"),))
    return Problem(
        id=source(name),
        title=source("P"),
        parameters=tuple(
            Parameter(name=source(name), domain=domain) for name, domain in parameters.items()
        ),
        definitions=tuple(
            Definition(name=source(name), expression=source(text))
            for name, text in (let or {}).items()
        ),
        constraints=tuple(map(source, constraints)),
        model=None,
        stem=source(""),
        parts=(),
        claims=(claim,) * claims,
        strata=tuple(
            StratumSpec(when=source(when), share=Fraction(share))
            for when, share in (strata or {}).items()
        ),
    )


def conv(*constraints: str) -> Problem:
    """The convolution of Assignment 4."""
    default: Sequence[str] = (
        "padding <= (kernel - 1) / 2",
        "(image + 2*padding - kernel) % stride == 0",
    )
    return problem(
        {
            "image": listed(28, 32, 64),
            "filters": listed(6, 8, 16, 20, 32),
            "kernel": steps(3, 7, 2),
            "stride": listed(1, 2),
            "padding": steps(0, 3),
        },
        *(constraints or default),
    )
