"""Domains: the finite set that a parameter ranges over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from generator.bank.grammar.leaves import EXPRESSION, count, number_above, one_of
from generator.bank.grammar.report import Report
from generator.bank.grammar.shape import (
    Either,
    Later,
    Leaf,
    OneOrMore,
    Schema,
    Shape,
    described,
    expected,
)
from generator.bank.grammar.struct import Field, Marked, Struct, key_of, optional, required
from generator.bank.grammar.values import VALUES
from generator.diagnostics import InputError, did_you_mean
from generator.language.expression import Expression, compile_expression
from generator.language.numbers import plain
from generator.model.bank import (
    ChoiceDomain,
    Domain,
    ExceptDomain,
    MatrixDomain,
    Pool,
    RangeDomain,
    ShuffleDomain,
    ValuesDomain,
    VectorDomain,
    expressions_of,
)
from generator.model.source import Branch, Source, Tree

MAX_CHOSEN = 20
"""Claims or values chosen at once; a form has no room for more."""

_SOME = count(0, MAX_CHOSEN)


def _make_values(_: Branch, fields: Mapping[str, Any], report: Report) -> Domain:
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
    _check_size(length, "a vector has a whole number of entries", report)
    _refuse_dependent(item, "a vector", report)
    return VectorDomain(length=length, item=item)


def _make_matrix(branch: Branch, fields: Mapping[str, Any], report: Report) -> Domain:
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


def _make_choice(branch: Branch, fields: Mapping[str, Any], report: Report) -> Domain:
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


def _make_shuffle(branch: Branch, fields: Mapping[str, Any], report: Report) -> Domain:
    pool = fields["shuffle"]
    if isinstance(pool, tuple) and len(pool) > MAX_CHOSEN:
        message = f"at most {MAX_CHOSEN} values are put in order, not {len(pool)}"
        cure = f"`{{choose: {MAX_CHOSEN}, of: […]}}` puts some of them in order"
        report.refuse(key_of(branch, "shuffle"), "wrong-value", message, cure)
    _check_pool(pool, report)
    return ShuffleDomain(pool=pool)


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


@dataclass(frozen=True)
class _Size(Shape[tuple[Source, Source]]):
    """The rows and columns of a matrix, ``[2, n]``, or one number for both."""

    noun: str = "number of rows, or rows and columns such as [2, 3]"

    def read(self, tree: Tree, report: Report) -> tuple[Source, Source]:
        """Both numbers, as expressions."""
        if isinstance(tree, Source):
            size = EXPRESSION.read(tree, report)
            return size, size
        if len(tree.items) != 2 or not tree.is_list:
            raise expected(self, tree, report)
        rows, columns = (EXPRESSION.read(item, report) for item in tree.items)
        return rows, columns

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """An expression or an array of two."""
        one = EXPRESSION.schema(definitions)
        pair: Schema = {"type": "array", "items": one, "minItems": 2, "maxItems": 2}
        return {"anyOf": [one, pair]}


# --- the shapes -------------------------------------------------------------------------------


def _pool_of_claims(source: Source, report: Report) -> str | Source:
    if source.text == "claims":
        return "claims"
    if cure := did_you_mean(source.text, ("claims",)):
        message = f"expected `claims`, a list of values or an expression, not {described(source)}"
        raise report.unreadable(source, "wrong-value", message, cure)
    return EXPRESSION.parse(source, report)


_POOL: Shape[Pool] = Either(EXPRESSION, VALUES, "list of values, or an expression that gives one")
_CLAIMS_OR_POOL: Shape[Any] = Either(
    Leaf("`claims`, or an expression", _pool_of_claims, EXPRESSION.json), VALUES, "pool"
)
_EXCEPT: Mapping[str, Field] = {
    "except": optional(
        OneOrMore(EXPRESSION, "list of values"),
        "what is left out: a value or a list, as expressions over earlier parameters",
        (),
    )
}


def _domain(
    noun: str,
    about: str,
    fields: Mapping[str, Field],
    make: Callable[[Branch, Mapping[str, Any], Report], Domain],
) -> Struct[Domain]:
    """A kind of domain, of which values can be left out."""

    def made(branch: Branch, fields: Mapping[str, Any], report: Report) -> Domain:
        domain, excluded = make(branch, fields, report), fields["except"]
        if not excluded:
            return domain
        if isinstance(domain, ChoiceDomain) and domain.pool == "claims":
            message = "claims are chosen as they are true or false, and none can be left out"
            report.refuse(key_of(branch, "except"), "wrong-value", message, "delete the claim")
        return ExceptDomain(domain=domain, excluded=excluded)

    return Struct(noun, about, {**fields, **_EXCEPT}, made)


_LISTED = _domain(
    "list of values",
    "The listed values, all different.",
    {
        "values": required(
            _POOL, "the values, such as [28, 32, 64], or an expression that gives a list of them"
        )
    },
    _make_values,
)
_RANGE = _domain(
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
_OF_ENTRIES = required(
    Later("domain of entries", lambda: _ENTRIES),
    "the domain of each entry, such as {min: -2, max: 2}",
)
_VECTOR = _domain(
    "vector",
    "Vectors whose entries range over a domain of their own.",
    {
        "vector": required(EXPRESSION, "how many entries, an expression over earlier parameters"),
        "of": _OF_ENTRIES,
    },
    _make_vector,
)
_MATRIX = _domain(
    "matrix",
    "Matrices whose entries range over a domain of their own.",
    {
        "matrix": required(_Size(), "rows and columns, such as [2, 3], or one number for both"),
        "of": _OF_ENTRIES,
        "pattern": optional(
            one_of("full", "symmetric", "diagonal", "upper", "lower"),
            "which entries are free: all if left out; of a triangular matrix the upper or lower",
            "full",
        ),
    },
    _make_matrix,
)
_OF_POOL = required(
    _CLAIMS_OR_POOL, "`claims`, or a list of values, or an expression that gives one"
)
_TRUE = optional(
    _Bounds(), "how many of the chosen claims are true: a number, or a pair such as [1, 3]"
)
_CHOICE = _domain(
    "choice",
    "Different members of a pool, in every order.",
    {
        "choose": required(count(1, MAX_CHOSEN), "how many are chosen"),
        "of": _OF_POOL,
        "true": _TRUE,
    },
    _make_choice,
)
_SUBSET = _domain(
    "subset",
    "Different members of a pool, in the pool's order.",
    {
        "subset": required(count(1, MAX_CHOSEN), "how many are chosen"),
        "of": _OF_POOL,
        "true": _TRUE,
    },
    _make_choice,
)
_SHUFFLE = _domain(
    "permutation",
    "All members of a list, in every order.",
    {"shuffle": required(_POOL, "the values, or an expression that gives a list of them")},
    _make_shuffle,
)
_ENTRIES: Marked[Domain] = Marked(
    "domain of entries",
    {"values": _LISTED, "min": _RANGE, "max": _RANGE, "vector": _VECTOR},
    name="entries",
    cure="such as {min: -2, max: 2} or {values: [0, 1]}",
)
DOMAIN: Marked[Domain] = Marked(
    "domain",
    {
        "values": _LISTED,
        "min": _RANGE,
        "max": _RANGE,
        "vector": _VECTOR,
        "matrix": _MATRIX,
        "choose": _CHOICE,
        "subset": _SUBSET,
        "shuffle": _SHUFFLE,
    },
    name="domain",
    cure=_HOW,
)
