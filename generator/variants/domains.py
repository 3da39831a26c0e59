"""The domains of a bank as numbered values: `AXES` has a reader for each type of domain."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from generator.diagnostics import InputError, at
from generator.language.columns import pack
from generator.language.expression import compile_expression
from generator.model.bank import Problem
from generator.model.domain import (
    ChoiceDomain,
    Domain,
    ExceptDomain,
    MatrixDomain,
    Pattern,
    Pool,
    RangeDomain,
    ShuffleDomain,
    ValuesDomain,
    VectorDomain,
)
from generator.model.source import Source
from generator.model.value import Value
from generator.variants.arrays import ArrayAxis
from generator.variants.axes import Axis, ListAxis, RangeAxis, identity
from generator.variants.exclusions import ExceptAxis
from generator.variants.pools import PoolAxis, SelectionAxis


def axis(problem: Problem, name: Source, domain: Domain) -> Axis:
    """The axis of the parameter `name`; raises InputError where its domain makes no sense."""
    return AXES[type(domain)](problem, name, domain)


def _listed(name: Source, values: Sequence[Value]) -> ListAxis:
    positions: dict[object, int] = {}
    for position, value in enumerate(values):
        if positions.setdefault(identity(value), position) != position:
            raise _refused(
                name,
                "duplicate-value",
                f"`{name.text}` lists the same value at places {positions[identity(value)] + 1} "
                f"and {position + 1}",
                "each value once: every variant is as likely as any other",
            )
    if not values:
        raise _refused(name, "empty-domain", f"`{name.text}` has no values", "list one at least")
    return ListAxis(values=tuple(values), column=pack(values), positions=positions)


def _range_axis(problem: Problem, name: Source, domain: RangeDomain) -> RangeAxis:
    if domain.step <= 0:
        raise _refused(
            name,
            "wrong-step",
            f"the step of `{name.text}` is {domain.step}, which never reaches its maximum",
            "a step is positive",
        )
    low, high = compile_expression(domain.minimum), compile_expression(domain.maximum)
    step = domain.step.numerator if domain.step.denominator == 1 else domain.step
    return RangeAxis(minimum=low, maximum=high, step=step, names=low.names | high.names)


def _vector_axis(problem: Problem, name: Source, domain: VectorDomain) -> Axis:
    return _array(problem, name, (domain.length,), domain.item, "full")


def _matrix_axis(problem: Problem, name: Source, domain: MatrixDomain) -> Axis:
    dimensions = (domain.rows, domain.columns)
    return _array(problem, name, dimensions, domain.item, domain.pattern)


def _array(
    problem: Problem, name: Source, dimensions: Sequence[Source], of: Domain, pattern: Pattern
) -> ArrayAxis:
    item = axis(problem, name, of)
    if item.names:
        raise _refused(
            name,
            "dependent-entries",
            f"the entries of `{name.text}` depend on {_listing(item.names)}",
            "only the length of a vector may depend on other parameters",
        )
    if item.sizes({}) == 0:
        raise _refused(name, "empty-domain", f"the entries of `{name.text}` have no values")
    compiled = tuple(map(compile_expression, dimensions))
    return ArrayAxis(dimensions=compiled, item=item, pattern=pattern)


def _choice_axis(problem: Problem, name: Source, domain: ChoiceDomain) -> Axis:
    pool: Pool = tuple(range(len(problem.claims))) if domain.pool == "claims" else domain.pool
    if isinstance(pool, tuple) and not 1 <= domain.count <= len(pool):
        what = "claims" if domain.pool == "claims" else "values"
        raise _refused(
            name,
            "wrong-count",
            f"`{name.text}` chooses {domain.count} of {len(pool)} {what}",
            f"choose 1 to {len(pool)}" if pool else f"there are no {what} to choose from",
        )
    return SelectionAxis(pool=_pool(name, pool), count=domain.count, ordered=domain.ordered)


def _shuffle_axis(problem: Problem, name: Source, domain: ShuffleDomain) -> Axis:
    return SelectionAxis(pool=_pool(name, domain.pool), count=None)


def _pool(name: Source, pool: Pool) -> Axis:
    if isinstance(pool, Source):
        return PoolAxis(expression=compile_expression(pool))
    return _listed(name, pool)


def _except_axis(problem: Problem, name: Source, domain: ExceptDomain) -> Axis:
    excluded = tuple(map(compile_expression, domain.excluded))
    return ExceptAxis(inner=axis(problem, name, domain.domain), excluded=excluded)


AXES: Mapping[type, Callable[[Problem, Source, Any], Axis]] = MappingProxyType(
    {
        ValuesDomain: lambda _, name, domain: _pool(name, domain.values),
        RangeDomain: _range_axis,
        VectorDomain: _vector_axis,
        MatrixDomain: _matrix_axis,
        ChoiceDomain: _choice_axis,
        ShuffleDomain: _shuffle_axis,
        ExceptDomain: _except_axis,
    }
)


def _listing(names: frozenset[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _refused(where: Source, code: str, message: str, help_text: str = "") -> InputError:
    return InputError([at(where, code, message, help=help_text)])
