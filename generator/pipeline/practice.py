"""The Moodle side of an assignment: each problem a section, its variants dealt from the far end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.language import numbers
from generator.model.bank import Problem
from generator.model.domain import (
    ChoiceDomain,
    Domain,
    ExceptDomain,
    MatrixDomain,
    Pool,
    RangeDomain,
    ShuffleDomain,
    ValuesDomain,
    VectorDomain,
)
from generator.model.source import Source
from generator.model.value import Record, Value
from generator.pipeline.assignment import Assignment, Dealer
from generator.render.moodle import Section


def sections(assignment: Assignment) -> tuple[Section, ...]:
    """A section for each problem, without its documents: these are made in chunks."""
    return tuple(_section(assignment, dealer) for dealer in assignment.dealers)


def _section(assignment: Assignment, dealer: Dealer) -> Section:
    problem = dealer.problem
    return Section(
        problem=problem.identity,
        title=problem.title.text,
        summary=problem.summary,
        capacity=dealer.space.size,
        seed=assignment.seed,
        bank=assignment.bank.id,
        tags=problem.tags,
        difficulty=problem.difficulty,
        parameters=tuple(_parameters(problem)),
    )


# --- what a teacher reads of a problem's parameters ---------------------------------------------


def _parameters(problem: Problem) -> Iterator[tuple[str, str]]:
    for parameter in problem.parameters:
        yield parameter.name.text, _DOMAINS[type(parameter.domain)](parameter.domain)


def _range(domain: RangeDomain) -> str:
    steps = "" if domain.step == 1 else f" in steps of {numbers.plain(domain.step)}"
    return f"{domain.minimum.text} to {domain.maximum.text}{steps}"


def _vector(domain: VectorDomain) -> str:
    return f"{domain.length.text} entries, each {_range_of(domain.item)}"


def _matrix(domain: MatrixDomain) -> str:
    pattern = "" if domain.pattern == "full" else f"{domain.pattern}, "
    size = f"{domain.rows.text} by {domain.columns.text} entries"
    return f"{pattern}{size}, each {_range_of(domain.item)}"


def _chosen(domain: ChoiceDomain) -> str:
    pool = "the claims" if domain.pool == "claims" else _pool(domain.pool)
    return f"{domain.count} of {pool}{'' if domain.ordered else ', in this order'}"


def _except(domain: ExceptDomain) -> str:
    left_out = ", ".join(source.text for source in domain.excluded)
    return f"{_range_of(domain.domain)} except {left_out}"


def _pool(pool: Pool) -> str:
    return pool.text if isinstance(pool, Source) else ", ".join(map(_word, pool))


def _word(value: Value) -> str:
    if isinstance(value, Record):
        return " ".join(_word(member) for _, member in value.entries)
    return numbers.plain(value)


def _range_of(domain: Domain) -> str:
    return _DOMAINS[type(domain)](domain)


_DOMAINS: dict[type, Callable[..., str]] = {
    ValuesDomain: lambda domain: _pool(domain.values),
    RangeDomain: _range,
    VectorDomain: _vector,
    MatrixDomain: _matrix,
    ChoiceDomain: _chosen,
    ShuffleDomain: lambda domain: f"{_pool(domain.pool)}, in any order",
    ExceptDomain: _except,
}
