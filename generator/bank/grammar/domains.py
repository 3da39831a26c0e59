"""Domains: the finite set that a parameter ranges over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from generator.bank.grammar.leaves import EXPRESSION, count, number_above, one_of
from generator.bank.grammar.report import Report
from generator.bank.grammar.shape import Either, Later, Schema, Shape, described, expected
from generator.bank.grammar.struct import Marked, Struct, key_of, optional, required
from generator.bank.grammar.values import VALUES
from generator.diagnostics import InputError
from generator.language.expression import Expression, compile_expression
from generator.language.numbers import plain
from generator.model.bank import ChoiceDomain, Domain, RangeDomain, ValuesDomain, VectorDomain
from generator.model.source import Branch, Source, Tree

MAX_CHOSEN = 20
"""Claims or values chosen at once; a form has no room for more."""

_SOME = count(0, MAX_CHOSEN)


def _make_values(_: Branch, fields: Mapping[str, Any], __: Report) -> Domain:
    return ValuesDomain(values=fields["values"])


def _make_range(_: Branch, fields: Mapping[str, Any], report: Report) -> Domain:
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


def _make_vector(branch: Branch, fields: Mapping[str, Any], report: Report) -> Domain:
    length, item = fields["vector"], fields["of"]
    number = _constant(length, report)
    if number is not None and (number < 1 or number != int(number)):
        message = f"a vector has a whole number of entries, at least 1, not {plain(number)}"
        report.refuse(length, "wrong-value", message)
    _refuse_dependent(item, report)
    return VectorDomain(length=length, item=item)


def _refuse_dependent(item: Domain, report: Report) -> None:
    for bound in _bounds(item):
        expression = _compiled(bound)
        for name in sorted(expression.names) if expression else ():
            report.refuse(
                bound,
                "dependent-entries",
                f"the entries of a vector cannot depend on `{name}`",
                "write fixed numbers here; a constraint can tie the entries to a parameter",
            )


def _bounds(domain: Domain) -> tuple[Source, ...]:
    """The expressions of a domain."""
    match domain:
        case RangeDomain():
            return (domain.minimum, domain.maximum)
        case VectorDomain():
            return (domain.length,)
        case _:
            return ()


def _make_choice(branch: Branch, fields: Mapping[str, Any], report: Report) -> Domain:
    number, pool, true = fields["choose"], fields["of"], fields["true"]
    if pool == "claims":
        if true is not None and not 0 <= true[0] <= true[1] <= number:
            report.refuse(
                key_of(branch, "true"),
                "wrong-value",
                f"of {number} chosen claims, from {true[0]} to {true[1]} cannot be true",
                f"give a number from 0 to {number}, or a pair such as `[1, {number}]`",
            )
        return ChoiceDomain(count=number, pool="claims", true=true)
    if true is not None:
        message = "`true` counts true claims, and these are no claims"
        report.refuse(key_of(branch, "true"), "wrong-value", message, "delete it")
    if number > len(pool):
        message = f"{number} cannot be chosen of {len(pool)}"
        report.refuse(key_of(branch, "choose"), "wrong-value", message, "choose fewer")
    return ChoiceDomain(count=number, pool=pool)


@dataclass(frozen=True)
class _Bounds(Shape[tuple[int, int]]):
    """A number ``1``, or the least and the greatest, ``[1, 3]``."""

    noun: str = "number, or a pair such as [1, 3]"

    def read(self, tree: Tree, report: Report) -> tuple[int, int]:
        """The closed interval."""
        if isinstance(tree, Source):
            number = _SOME.read(tree, report)
            return number, number
        if len(tree.items) != 2 or not tree.is_list:
            raise expected(self, tree, report)
        low, high = (_SOME.read(item, report) for item in tree.items)
        return low, high

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """A number or an array of two."""
        number = _SOME.schema(definitions)
        pair: Schema = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
        return {"anyOf": [number, pair]}


# --- the shapes -------------------------------------------------------------------------------

_LISTED = Struct(
    "list of values",
    "The listed values, all different.",
    {"values": required(VALUES, "the values, such as [28, 32, 64]")},
    _make_values,
)
_RANGE = Struct(
    "range",
    "The numbers from min to max.",
    {
        "min": required(EXPRESSION, "the least value, an expression over earlier parameters"),
        "max": required(EXPRESSION, "the bound above, an expression over earlier parameters"),
        "step": optional(
            number_above(0, 10**9, "positive number"),
            "the distance from a value to the next (1 if left out)",
            Fraction(1),
        ),
    },
    _make_range,
)
_HOW = (
    "such as {values: [3, 5, 7]}, {min: 1, max: 9}, {vector: 3, of: …} or {choose: 2, of: claims}"
)


_VECTOR = Struct(
    "vector",
    "Vectors whose entries range over a domain of their own.",
    {
        "vector": required(EXPRESSION, "how many entries, an expression over earlier parameters"),
        "of": required(
            Later("domain of entries", lambda: _ENTRIES),
            "the domain of each entry, such as {min: -2, max: 2}",
        ),
    },
    _make_vector,
)
_CHOICE = Struct(
    "choice",
    "Different members of a pool, in every order.",
    {
        "choose": required(count(1, MAX_CHOSEN), "how many are chosen"),
        "of": required(
            Either(one_of("claims", also="a list of values"), VALUES, "pool"),
            "`claims`, or a list of values",
        ),
        "true": optional(
            _Bounds(), "how many of the chosen claims are true: a number, or a pair such as [1, 3]"
        ),
    },
    _make_choice,
)
_ENTRIES: Marked[Domain] = Marked(
    "domain of entries",
    {"values": _LISTED, "min": _RANGE, "max": _RANGE, "vector": _VECTOR},
    name="entries",
    cure="such as {min: -2, max: 2} or {values: [0, 1]}",
)
DOMAIN: Marked[Domain] = Marked(
    "domain",
    {"values": _LISTED, "min": _RANGE, "max": _RANGE, "vector": _VECTOR, "choose": _CHOICE},
    name="domain",
    cure=_HOW,
)
