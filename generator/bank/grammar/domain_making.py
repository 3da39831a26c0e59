"""What the fields of a domain say together: each kind of domain is made here, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from generator.bank.grammar.report import Report
from generator.bank.grammar.shape import described
from generator.bank.grammar.struct import key_of
from generator.bank.limits import MAX_CHOSEN
from generator.diagnostics import InputError
from generator.language.expression import Expression, compile_expression
from generator.language.numbers import plain
from generator.model.domain import (
    ChoiceDomain,
    Domain,
    MatrixDomain,
    Pool,
    RangeDomain,
    ShuffleDomain,
    ValuesDomain,
    VectorDomain,
    expressions_of,
)
from generator.model.source import Branch, Source


def make_values(_: Branch, fields: Mapping[str, Any], report: Report) -> Domain:
    """Listed values, or an expression that gives them."""
    _check_pool(fields["values"], report)
    return ValuesDomain(values=fields["values"])


def _check_pool(pool: Pool, report: Report) -> None:
    """Refuse an expression that gives no list, as far as it depends on nothing."""
    expression = _compiled(pool) if isinstance(pool, Source) else None
    if expression is None or expression.names:
        return
    try:
        value = expression.evaluate({})
    except InputError as error:
        report.take(error)
        return
    if not isinstance(value, tuple) or not value:
        message = f"expected a list of values, not {described(expression.source)}"
        cure = "a list is `[…]`, or lines that begin with `- `"
        report.refuse(expression.source, "wrong-type", message, cure)


def make_range(_: Branch, fields: Mapping[str, Any], report: Report) -> Domain:
    """A range whose bounds, as far as they are known, leave a value."""
    low, high = fields["min"], fields["max"]
    least, most = _constant(low, report), _constant(high, report)
    if least is not None and most is not None and least > most:
        report.refuse(
            high,
            "empty-domain",
            f"no value is at least {plain(least)} and at most {plain(most)}",
            "swap `min` and `max`",
        )
    return RangeDomain(minimum=low, maximum=high, step=fields["step"])


def _constant(source: Source, report: Report) -> Fraction | int | None:
    """The number that a bound is, if it depends on nothing."""
    expression = _compiled(source)
    if expression is None or expression.names:
        return None
    try:
        value = expression.evaluate({})
    except InputError as error:
        report.take(error)
        return None
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        message = f"expected a number, not {described(source)}"
        report.refuse(source, "wrong-type", message)
        return None
    return value


def _compiled(source: Source) -> Expression | None:
    """The expression, unless its syntax is wrong, which has been reported where it was read."""
    try:
        return compile_expression(source)
    except InputError:
        return None


def make_vector(branch: Branch, fields: Mapping[str, Any], report: Report) -> Domain:
    """Vectors of a size, with entries that depend on nothing."""
    length, item = fields["vector"], fields["of"]
    _check_size(length, "a vector has a whole number of entries", report)
    _refuse_dependent(item, "a vector", report)
    return VectorDomain(length=length, item=item)


def make_matrix(branch: Branch, fields: Mapping[str, Any], report: Report) -> Domain:
    """Matrices of a size that fits their pattern, with entries that depend on nothing."""
    rows, columns = fields["matrix"]
    item, pattern = fields["of"], fields["pattern"]
    sizes = [
        _check_size(size, f"a matrix has a whole number of {what}", report)
        for size, what in ((rows, "rows"), (columns, "columns"))
    ]
    if pattern != "full" and None not in sizes and sizes[0] != sizes[1]:
        shape = f"{plain(sizes[0])} by {plain(sizes[1])}"
        message = f"only a square matrix has this pattern, and this one is {shape}"
        report.refuse(key_of(branch, "pattern"), "wrong-value", message, "such as `matrix: 3`")
    _refuse_dependent(item, "a matrix", report)
    return MatrixDomain(rows=rows, columns=columns, item=item, pattern=pattern)


def _check_size(source: Source, rule: str, report: Report) -> Fraction | int | None:
    """The size of a vector or matrix, if it depends on nothing; refuses one that is no size."""
    number = _constant(source, report)
    if number is not None and (number < 1 or number != int(number)):
        report.refuse(source, "wrong-value", f"{rule}, at least 1, not {plain(number)}")
    return number


def _refuse_dependent(item: Domain, noun: str, report: Report) -> None:
    for source in expressions_of(item):
        expression = _compiled(source)
        for name in sorted(expression.names) if expression else ():
            report.refuse(
                source,
                "dependent-entries",
                f"the entries of {noun} cannot depend on `{name}`",
                "write fixed values here; a constraint can tie the entries to a parameter",
            )


def make_choice(branch: Branch, fields: Mapping[str, Any], report: Report) -> Domain:
    """Not more chosen than there are; only claims are counted by their truth."""
    mark = "choose" if "choose" in fields else "subset"
    number, pool, true = fields[mark], fields["of"], fields["true"]
    if pool != "claims":
        if true is not None:
            message = "`true` counts true claims, and these are no claims"
            report.refuse(key_of(branch, "true"), "wrong-value", message, "delete it")
        if isinstance(pool, tuple) and number > len(pool):
            message = f"{number} cannot be chosen of {len(pool)}"
            report.refuse(key_of(branch, mark), "wrong-value", message, "choose fewer")
        _check_pool(pool, report)
        true = None
    elif true is not None and not 0 <= true[0] <= true[1] <= number:
        report.refuse(
            key_of(branch, "true"),
            "wrong-value",
            f"of {number} chosen claims, from {true[0]} to {true[1]} cannot be true",
            f"give a number from 0 to {number}, or a pair such as `[1, {number}]`",
        )
    return ChoiceDomain(count=number, pool=pool, true=true, ordered=mark == "choose")


def make_shuffle(branch: Branch, fields: Mapping[str, Any], report: Report) -> Domain:
    """Not more values than can be put in every order."""
    pool = fields["shuffle"]
    if isinstance(pool, tuple) and len(pool) > MAX_CHOSEN:
        message = f"at most {MAX_CHOSEN} values are put in order, not {len(pool)}"
        cure = f"`{{choose: {MAX_CHOSEN}, of: […]}}` puts some of them in order"
        report.refuse(key_of(branch, "shuffle"), "wrong-value", message, cure)
    _check_pool(pool, report)
    return ShuffleDomain(pool=pool)
