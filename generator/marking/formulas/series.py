r"""Sums, products and maxima over a letter, in all the ways in which they are typed.

``\sum_{i=1}^{4} a``, ``sum_{i=1..4} a``, ``sum_i a``, ``sum(i=1..4, a)``, ``sum(a, i=1..4)``,
``sum(a, i, 1, 4)``, ``sum i=1..4 a``, ``\max_{1 \le i \le 4} a``. Without a range the letter runs
as far as it does in the question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.language.faults import Fault
from generator.marking.formulas.cursor import CLOSED_BY, OPENING
from generator.model.formula import Fold, Series, Symbol, Term, constant

if TYPE_CHECKING:  # each reads what stands in the other
    from generator.marking.formulas.reader import Reader

Range = tuple[str, Term, Term | None]
"""A letter, where it begins, and where it ends if that is said."""

_CURE = "write sum(i=1..4, ...)"


def read(reader: Reader, fold: Fold) -> Term:
    """What stands behind ``sum``, ``prod`` or ``max``."""
    if reader.accept("_"):
        return _before_body(reader, fold, _below(reader))
    if reader.token.kind == "name" and reader.following.text == "=":
        return _before_body(reader, fold, [_range(reader)])
    if not reader.accept("("):
        raise reader.surprise("a sum needs its letter", _CURE)
    return _in_parentheses(reader, fold)


def has_range(reader: Reader) -> bool:
    """Whether ``(i=1..4, ...)`` or ``(..., i=1..4)`` comes next."""
    if not reader.sees("("):
        return False
    reader.index += 1
    found = _letters_inside(reader)
    reader.index -= 1
    return bool(found)


def _letters_inside(reader: Reader) -> list[str]:
    """The letters whose ranges stand in the parentheses that were just opened."""
    return [
        reader.tokens[place].text
        for place, depth in reader.inside()
        if depth == 1
        and reader.tokens[place].kind == "name"
        and reader.tokens[place + 1].text == "="
        and reader.tokens[place - 1].text in ("(", ",")
    ]


# --- the range below, the body behind ----------------------------------------------------------


def _below(reader: Reader) -> list[Range]:
    opened = reader.accept(*OPENING)
    ranges = [_range(reader)]
    while opened and reader.accept(","):
        ranges.append(_range(reader))
    if opened:
        reader.expect(CLOSED_BY[opened.text])
    if reader.accept("^"):
        letter, first, _ = ranges[-1]
        ranges[-1] = (letter, first, _bound(reader))
    return ranges


def _range(reader: Reader) -> Range:
    r"""``i``, ``i=1``, ``i=1..4``, ``i=1 to 4`` or ``1 \le i \le 4``."""
    if reader.token.kind == "number":
        first: Term = _bound(reader)
        reader.expect("<=")
        letter = _letter(reader)
        reader.expect("<=")
        return letter, first, _bound(reader)
    letter = _letter(reader)
    if not reader.accept("="):
        return letter, constant(1), None
    first = _bound(reader)
    if reader.token.text == "to" or reader.sees("..", "...", ":"):
        reader.take()
        return letter, first, _bound(reader)
    return letter, first, None


def _bound(reader: Reader) -> Term:
    """Where a letter begins or ends: a group, or one number or letter with its sign."""
    return reader.signed()


def _letter(reader: Reader) -> str:
    token = reader.take()
    if token.kind == "name" and len(token.text) == 1:
        return token.text
    raise Fault("letter", "a sum runs over a letter", _CURE)


def _before_body(reader: Reader, fold: Fold, ranges: list[Range]) -> Term:
    """The body is the product behind the sum, as far as it goes."""
    with reader.deeper(), reader.binding([letter for letter, _, _ in ranges]):
        reader.accept("*")
        return _nested(fold, ranges, reader.product())


def _nested(fold: Fold, ranges: list[Range], body: Term) -> Term:
    for letter, first, last in reversed(ranges):
        body = Series(fold=fold, letter=letter, first=first, last=last, body=body)
    return body


# --- everything in parentheses -----------------------------------------------------------------


def _in_parentheses(reader: Reader, fold: Fold) -> Term:
    ranges, bodies = list[Range](), list[Term]()
    with reader.deeper(), reader.binding(_letters_inside(reader)):
        while True:
            if reader.token.kind == "name" and reader.following.text == "=":
                ranges.append(_range(reader))
            else:
                bodies.append(reader.sum())
            if not reader.accept(","):
                break
    reader.expect(")")
    match bodies:
        case [body, Symbol(name=letter, at=()), first, last] if not ranges:
            return _nested(fold, [(letter, first, last)], body)
        case [body] if ranges:
            return _nested(fold, ranges, body)
        case [] if ranges:
            return _before_body(reader, fold, ranges)
    raise Fault("letter", "a sum needs its letter and how far it runs", _CURE)
