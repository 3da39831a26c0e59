r"""Numbers as students type them, exactly: ``1.5``, ``1,5``, ``1 234.5``, ``2/3``, ``12 %``,
``1.5e-3``, ``1,5·10⁻³``, with a unit behind; and calculations such as ``20*(5*5+1)``.

``1,234`` can be 1.234 or 1234. Nobody guesses: the Fault asks for another spelling.
"""

from __future__ import annotations

import re
from fractions import Fraction

from generator.language.arithmetic import rational
from generator.language.faults import Fault
from generator.marking import limits
from generator.marking.formulas.check import checked
from generator.marking.formulas.names import Vocabulary
from generator.marking.formulas.points import Exhausted, Point
from generator.marking.formulas.reader import number, read
from generator.marking.formulas.tokens import plain_signs
from generator.model.dataclass import dataclass
from generator.model.formula import Glossary, Term, Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number as typed.

    `rounding` is half a unit of its last digit where it is a decimal, else 0. `unit` is what
    stands behind it.
    """

    value: Fraction
    rounding: Fraction = Fraction(0)
    unit: str = ""


def readings(text: str) -> tuple[Numeral, ...]:
    """The one number that a response says, in each way in which it can be meant.

    ``24 x 24`` is a size, of which each side is 24, or a product. Raises Fault for what is no
    number, for several, and for one that nobody should guess.
    """
    bare = _bare(text)
    if _PRODUCT.fullmatch(bare):
        sides = {number(side) for side in _SIDE.findall(bare)}
        product = _calculated(re.sub("[xX×]|by", "*", bare))
        return (*product, Numeral(value=sides.pop())) if len(sides) == 1 else product
    plain = plain_signs(bare)
    single = _single(plain)
    found = (single,) if single is not None else _calculated(side_by_side(plain))
    if len({one.value for one in found}) > 1:
        raise Fault("several", "one number is asked for, and these are several")
    return found[:1]


def side_by_side(text: str) -> str:
    """``24 x 24``, ``24, 24`` and ``[24 24]`` as ``(24, 24)``; anything else as it is."""
    return f"({', '.join(_SIDE.findall(text))})" if _SIDES.fullmatch(text) else text


_SIDE = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_PRODUCT = re.compile(rf"{_SIDE.pattern}(?:\s*(?:[xX×]|by)\s*{_SIDE.pattern})+")
_SIDES = re.compile(
    rf"\s*[(\[]?\s*{_SIDE.pattern}(?:(?:\s*(?:[xX×]|by)\s*|\s*[,;]\s+|\s+){_SIDE.pattern})+\s*[)\]]?\s*"
)
_NAMED = re.compile(r"\s*(?:(?:[A-Za-z]\w*\s*)?(?:=|\\approx|~)|ca?\.|about|approx\.?)\s*")
_MATHS = re.compile(r"\$|\\[()\[\]]|\\left|\\right")


def _bare(text: str) -> str:
    """Without what says that a number follows: ``n = 5``, ``≈ 5``, ``$5$``."""
    text = _MATHS.sub(" ", text).strip().rstrip(".;").strip()
    named = _NAMED.match(text)
    return text[named.end() :] if named else text


# --- one number, as it is written ------------------------------------------------------------

_DIGITS = r"(?:[0-9](?:[0-9.,'_]|[ ](?=[0-9]{3}(?![0-9])))*|[.,][0-9]+)"
_NUMBER = re.compile(
    rf"""(?P<sign>[+-]?)\s*(?P<digits>{_DIGITS})
    (?:[eE](?P<exponent>[+-]?[0-9]+)
    |\s*(?:\*|x|X|\\cdot|\\times)\s*10\s*(?:\^|\*\*)\s*[({{]?\s*(?P<power>[+-]?[0-9]+)\s*[)}}]?)?
    (?:\s*/\s*(?P<below>{_DIGITS}))?
    \s*(?P<percent>\\?%)?\s*(?P<unit>.*)""",
    re.VERBOSE | re.DOTALL,
)
_UNIT = re.compile(
    r"(?:\\(?:mathrm|text|,|;|:|cdot|circ|degree|Omega|mu)|[A-Za-zµ°$€£\"'{}()^*/\s.\-]|[0-9])*",
)


def _single(text: str) -> Numeral | None:
    """A number with at most a unit behind it; None for anything else."""
    match = _NUMBER.fullmatch(text)
    if match is None or not _is_unit(match["unit"]):
        return None
    value, places = _decimal(match["digits"])
    exponent = _exponent(match["exponent"] or match["power"] or "0")
    scale = Fraction(10) ** exponent / (100 if match["percent"] else 1)
    rounding = Fraction(1, 2 * 10**places) * scale if places or exponent else Fraction(0)
    value *= scale
    if match["below"]:
        below, _ = _decimal(match["below"])
        if not below:
            raise Fault("division-by-zero", "this fraction divides by zero")
        value, rounding = value / below, Fraction(0)
    unit = "%" if match["percent"] and not match["unit"] else match["unit"].strip()
    return Numeral(value=-value if match["sign"] == "-" else value, rounding=rounding, unit=unit)


def _is_unit(text: str) -> bool:
    """Whether what follows a number can be a unit: it begins with a letter or the sign of one."""
    return not text or (_UNIT.fullmatch(text) is not None and not re.match(r"[0-9()*/^{.\-]", text))


def _exponent(text: str) -> int:
    if len(text) > 4 or abs(int(text)) > limits.POWER_OF_TEN:
        raise Fault("number", f"the power of ten {text[:8]} is beyond all bounds")
    return int(text)


def _decimal(text: str) -> tuple[Fraction, int]:
    """The value of digits with separators, and how many of them are decimals."""
    if len(text) > limits.DIGITS:
        raise Fault("number", f"a number of more than {limits.DIGITS} digits is not read")
    whole, decimals = _divided(text)
    digits = re.sub(r"[^0-9]", "", whole) or "0"
    return Fraction(int(digits + decimals), 10 ** len(decimals)), len(decimals)


def _divided(text: str) -> tuple[str, str]:
    """What stands before the decimal point or comma, checked, and the digits behind it."""
    points, commas = text.count("."), text.count(",")
    if points and commas:
        sign = "." if text.rindex(".") > text.rindex(",") else ","
    elif points + commas == 1:
        sign = "." if points else ","
        _ask_if_ambiguous(text, sign)
    else:
        sign = ""
    whole, decimals = text.rsplit(sign, 1) if sign else (text, "")
    if not decimals.isdigit() and decimals:
        raise _not_grouped(text)
    separators = set(re.sub(r"[0-9]", "", whole))
    if separators and (len(separators) > 1 or not _GROUPED.fullmatch(whole)):
        raise _not_grouped(text)
    return whole, decimals


_GROUPED = re.compile(r"[0-9]{1,3}(?:[.,'_ ][0-9]{3})+")


def _ask_if_ambiguous(text: str, sign: str) -> None:
    """A comma before three digits can divide thousands; behind a 0 or grouped digits it cannot."""
    whole, decimals = text.split(sign)
    if sign == "," and len(decimals) == 3 and re.fullmatch("[1-9][0-9]{0,2}", whole):
        raise Fault(
            "ambiguous-number",
            f"`{text}` can be {whole}.{decimals} or {whole}{decimals}",
            f"write {whole}.{decimals} or {whole}{decimals}",
        )


def _not_grouped(text: str) -> Fault:
    return Fault("number", f"`{text}` is not one number", "write it without separators: 1234.5")


# --- calculations ----------------------------------------------------------------------------


def _calculated(text: str) -> tuple[Numeral, ...]:
    """The value of a formula without names, or of several side by side."""
    numbers = Vocabulary()
    try:
        term = checked(read(text, numbers), numbers)
    except Fault as fault:
        if fault.code in ("unknown-name", "unknown-command", "unknown-sign"):
            raise Fault(
                "number", "this is not a number", "write it like 0.5, 1/2 or 5e-1"
            ) from fault
        raise
    items = term.items if isinstance(term, Vector) else (term,)
    return tuple(Numeral(value=_value(item)) for item in items)


def _value(term: Term) -> Fraction:
    point = Point("", Glossary())
    try:
        found, _ = point.evaluate(term, {}, limits.STEPS)
    except Exhausted:
        raise Fault("number", "this calculation takes too long", "write its result") from None
    except Fault as fault:  # its cure is for authors
        raise Fault(fault.code, fault.message) from None
    return rational(found, "a number")
