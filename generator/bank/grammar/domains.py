"""Domains: the finite set that a parameter ranges over.

Here is how each kind is written; `domain_making` says what its fields mean together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from generator.bank.grammar.domain_making import (
    make_choice,
    make_matrix,
    make_range,
    make_shuffle,
    make_values,
    make_vector,
)
from generator.bank.grammar.leaves import EXPRESSION, count, number_above, one_of
from generator.bank.grammar.report import Report
from generator.bank.grammar.shape import (
    Either,
    Later,
    Leaf,
    OneOrMore,
    OneOrTwo,
    Shape,
    described,
)
from generator.bank.grammar.struct import Field, Marked, Struct, key_of, optional, required
from generator.bank.grammar.values import VALUES
from generator.bank.limits import MAX_CHOSEN
from generator.diagnostics import did_you_mean
from generator.model.domain import ChoiceDomain, Domain, ExceptDomain, Pool
from generator.model.source import Branch, Source


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
_SIZE = OneOrTwo(EXPRESSION, "number of rows, or rows and columns such as [2, 3]")
"""Of a matrix; one number is both."""
_BOUNDS = OneOrTwo(count(0, MAX_CHOSEN), "number, or a pair such as [1, 3]")
"""The least and the greatest number."""
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
    make_values,
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
    make_range,
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
    make_vector,
)
_MATRIX = _domain(
    "matrix",
    "Matrices whose entries range over a domain of their own.",
    {
        "matrix": required(
            _SIZE,
            "rows and columns, such as [2, 3], or one number for both",
        ),
        "of": _OF_ENTRIES,
        "pattern": optional(
            one_of("full", "symmetric", "diagonal", "upper", "lower"),
            "which entries are free: all if left out; of a triangular matrix the upper or lower",
            "full",
        ),
    },
    make_matrix,
)
_OF_POOL = required(
    _CLAIMS_OR_POOL, "`claims`, or a list of values, or an expression that gives one"
)
_TRUE = optional(
    _BOUNDS,
    "how many of the chosen claims are true: a number, or a pair such as [1, 3]",
)
_CHOICE = _domain(
    "choice",
    "Different members of a pool, in every order.",
    {
        "choose": required(count(1, MAX_CHOSEN), "how many are chosen"),
        "of": _OF_POOL,
        "true": _TRUE,
    },
    make_choice,
)
_SUBSET = _domain(
    "subset",
    "Different members of a pool, in the pool's order.",
    {
        "subset": required(count(1, MAX_CHOSEN), "how many are chosen"),
        "of": _OF_POOL,
        "true": _TRUE,
    },
    make_choice,
)
_SHUFFLE = _domain(
    "permutation",
    "All members of a list, in every order.",
    {"shuffle": required(_POOL, "the values, or an expression that gives a list of them")},
    make_shuffle,
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
