"""What a template can pipe a value through: ``{{ n | words }}``, ``{{ p | decimals(2) }}``.

`WRITERS` is the whole of it. A writer gives finished text, which is shown as it is; what
calculates is a function, and is called: ``{{ round(p, 2) }}``.
"""

from __future__ import annotations

from collections.abc import Callable

from generator.language import limits
from generator.language.arithmetic import brief, integer, kind, number, rational
from generator.language.faults import Fault
from generator.language.functions import FUNCTIONS, Function
from generator.language.numbers import decimal, is_matrix, latex, matrix, plain
from generator.language.vectors import vector

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LARGEST_IN_WORDS = 999_999


def _decimals(value: object, places: object) -> str:
    count = integer(places, "`decimals`")
    if not 0 <= count <= limits.ROUND_PLACES:
        raise Fault("wrong-value", f"`decimals` writes 0 to {limits.ROUND_PLACES} places")
    return decimal(number(value, "`decimals`"), count)


def _fraction(value: object) -> str:
    exact = rational(value, "`fraction`")
    if exact.denominator == 1:
        return latex(exact.numerator)
    sign = "-" if exact < 0 else ""
    return rf"{sign}\frac{{{abs(exact.numerator)}}}{{{exact.denominator}}}"


def _signed(value: object) -> str:
    return ("" if number(value, "`signed`") < 0 else "+") + latex(value)


def _enclosed(value: object) -> str:
    return f"({latex(value)})" if number(value, "`enclosed`") < 0 else latex(value)


def _words(value: object) -> str:
    count = integer(value, "`words`")
    if abs(count) > _LARGEST_IN_WORDS:
        raise Fault("wrong-value", f"`words` writes numbers up to {_LARGEST_IN_WORDS:,} only")
    return ("minus " if count < 0 else "") + _in_words(abs(count))


def _in_words(count: int) -> str:
    if count < 20:
        return _UNITS[count]
    if count < 100:
        ten, rest = divmod(count, 10)
        return _TENS[ten] + (f"-{_UNITS[rest]}" if rest else "")
    size, name = (1000, "thousand") if count >= 1000 else (100, "hundred")
    above, rest = divmod(count, size)
    return f"{_in_words(above)} {name}" + (f" {_in_words(rest)}" if rest else "")


def _ordinal(value: object) -> str:
    count = integer(value, "`ordinal`")
    if count < 0:
        raise Fault("wrong-value", f"`ordinal` counts from 0, and this is {brief(count)}")
    teen = 10 < count % 100 < 20
    ending = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def _plural(value: object, one: object, many: object) -> str:
    return plain(one if number(value, "`plural`") == 1 else many)


def _capitalize(value: object) -> str:
    if not isinstance(value, str):
        raise Fault("wrong-type", f"`capitalize` needs a word, not {kind(value)}")
    return value[:1].upper() + value[1:]


def _join(value: object, between: object = ", ") -> str:
    return plain(between).join(latex(entry) for entry in vector(value, "`join`"))


def _matrix(value: object) -> str:
    if not is_matrix(value):
        raise Fault("wrong-type", "`matrix` needs a vector of rows that are equally long")
    return matrix(value)


def _row(value: object) -> str:
    return matrix((vector(value, "`row`"),))


def _column(value: object) -> str:
    return matrix(tuple((entry,) for entry in vector(value, "`column`")))


def _writer(
    usage: str, summary: str, write: Callable[..., str], least: int = 1, most: int = 1
) -> Function:
    return Function(usage=usage, summary=summary, least=least, most=most, apply=write)


WRITERS: dict[str, Function] = {
    "decimals": _writer("x | decimals(2)", "with so many decimal places", _decimals, 2, 2),
    "fraction": _writer("x | fraction", "as a fraction, never as a decimal", _fraction),
    "signed": _writer("x | signed", "with its sign, also +", _signed),
    "enclosed": _writer("x | enclosed", "in parentheses if negative", _enclosed),
    "words": _writer("n | words", "in English words: five", _words),
    "ordinal": _writer("n | ordinal", "as an English ordinal: 5th", _ordinal),
    "plural": _writer(
        'n | plural("filter", "filters")', "the first word for 1, else the second", _plural, 3, 3
    ),
    "capitalize": _writer("x | capitalize", "a word with a capital first letter", _capitalize),
    "join": _writer('v | join(", ")', "the entries with this between them", _join, 1, 2),
    "row": _writer("v | row", "a vector as a LaTeX matrix of one row", _row),
    "column": _writer("v | column", "a vector as a LaTeX matrix of one column", _column),
    "matrix": _writer("m | matrix", "a vector of rows as a LaTeX matrix", _matrix),
    "plain": _writer("x | plain", "in plain text instead of LaTeX", plain),
}

TEMPLATE_FUNCTIONS: dict[str, Function] = {**FUNCTIONS, **WRITERS}
"""All that a template can call or pipe through."""
