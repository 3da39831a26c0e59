"""The Moodle side of an assignment: each problem a section, its variants dealt from the far end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

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
        parameters=tuple(_parameters(problem, assignment.styles.moodle.phrase)),
    )


# --- what a teacher reads of a problem's parameters ---------------------------------------------

_LONGEST = 90
"""Values that take more characters than that are counted instead."""

Phrase = Callable[..., str]
"""Gives the words of a name, its blanks filled in."""


def _parameters(problem: Problem, phrase: Phrase) -> Iterator[tuple[str, str]]:
    for parameter in problem.parameters:
        yield parameter.name.text, _range_of(parameter.domain, phrase)


def _range_of(domain: Domain, phrase: Phrase) -> str:
    return _DOMAINS[type(domain)](domain, phrase)


def _range(domain: RangeDomain, phrase: Phrase) -> str:
    ends = {"first": domain.minimum.text, "last": domain.maximum.text}
    if domain.step == 1:
        return phrase("domain_range", **ends)
    return phrase("domain_steps", **ends, step=numbers.plain(domain.step))


def _vector(domain: VectorDomain, phrase: Phrase) -> str:
    item = _range_of(domain.item, phrase)
    return phrase("domain_vector", length=domain.length.text, item=item)


def _matrix(domain: MatrixDomain, phrase: Phrase) -> str:
    matrix = phrase(
        "domain_matrix",
        rows=domain.rows.text,
        columns=domain.columns.text,
        item=_range_of(domain.item, phrase),
    )
    return matrix if domain.pattern == "full" else phrase(f"domain_{domain.pattern}", matrix=matrix)


def _chosen(domain: ChoiceDomain, phrase: Phrase) -> str:
    pool = phrase("domain_claims") if domain.pool == "claims" else _pool(domain.pool, phrase)
    word = "domain_chosen" if domain.ordered else "domain_subset"
    return phrase(word, count=domain.count, pool=pool)


def _except(domain: ExceptDomain, phrase: Phrase) -> str:
    left_out = ", ".join(source.text for source in domain.excluded)
    return phrase("domain_except", domain=_range_of(domain.domain, phrase), excluded=left_out)


def _pool(pool: Pool, phrase: Phrase) -> str:
    if isinstance(pool, Source):
        return pool.text
    listed = ", ".join(map(_word, pool))
    return listed if len(listed) <= _LONGEST else phrase("domain_many", count=len(pool))


def _word(value: Value) -> str:
    if isinstance(value, Record):
        return f"({', '.join(_word(member) for _, member in value.entries)})"
    return numbers.plain(value)


_DOMAINS: dict[type, Callable[[Any, Phrase], str]] = {
    ValuesDomain: lambda domain, phrase: _pool(domain.values, phrase),
    RangeDomain: _range,
    VectorDomain: _vector,
    MatrixDomain: _matrix,
    ChoiceDomain: _chosen,
    ShuffleDomain: lambda domain, phrase: phrase(
        "domain_shuffled", pool=_pool(domain.pool, phrase)
    ),
    ExceptDomain: _except,
}
