"""Short codes that people type from paper: ``7KQ4-M2X1``.

A code is seven symbols of a keyed hash, 35 bits, and a check symbol, in Crockford's base 32: digits
and capital letters without I, L, O and U, which are taken for others or spell words.

The check symbol makes the weighted sum of the eight symbols zero in the field of 32 elements, with
the weights 1, a, a^2, ... of a primitive element a. The weights differ and none is zero, so any
one wrong symbol, and any two symbols swapped, change the sum: both are always noticed (a shortened
Reed-Solomon code of distance 2; I. Reed and G. Solomon, 1960).

Two of n codes are the same with a chance of about n**2 / 2**36: one in a million for 300 forms.
Whoever makes many must look for equal ones, and can: a code does not depend on the others.
"""

from __future__ import annotations

from hashlib import blake2b

from generator.diagnostics import Diagnostic, InputError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
"""Symbols of a code, the check symbol included."""

_PAYLOAD_BITS = 5 * (LENGTH - 1)
_MEANT = {"O": "0", "I": "1", "L": "1"}
"""Symbols of no code, and those that they are taken for."""

_SEPARATORS = frozenset(" -\t\u00a0\u2010\u2011\u2012\u2013\u2014\u2212")
_MODULUS = 0b100101
"""x^5 + x^2 + 1, whose root 2 (that is, x) is primitive: its powers are all 31 other elements."""


def variant_code(problem_id: str, index: int) -> str:
    """The code of a problem's variant; it is the same in every assignment."""
    return _code("variant", problem_id, str(index))


def form_code(seed: int, bank_digest: str, number: int) -> str:
    """The code of the form with this number in the assignment of a bank and a seed."""
    return _code("form", f"{seed:x}", bank_digest, str(number))


def normalize(text: str) -> str:
    """The code that someone meant by typing `text`: lower case, O for 0, no dash.

    Raises InputError if it cannot be a code, and if a symbol is wrong or two are swapped.
    """
    symbols = [_MEANT.get(c, c) for c in _upper(text) if c not in _SEPARATORS]
    shown = text.strip() if len(text.strip()) <= 40 else f"{text.strip()[:40]}…"
    alien = sorted({symbol for symbol in symbols if symbol not in ALPHABET})
    if alien:
        listed = ", ".join(f"`{symbol}`" for symbol in alien)
        raise _mistyped(f"`{shown}` is no code: no code has {listed}")
    if len(symbols) != LENGTH:
        number = f"{len(symbols)} character{'' if len(symbols) == 1 else 's'}"
        raise _mistyped(f"`{shown}` is no code: it has {number}, not {LENGTH}")
    values = [ALPHABET.index(symbol) for symbol in symbols]
    if _weighted_sum(values):
        raise _mistyped(f"the code {_grouped(values)} is mistyped: its check character is wrong")
    return _grouped(values)


def _code(*key: str) -> str:
    """The code of a hash of these texts, which are told apart whatever they contain."""
    parts = [part.encode() for part in key]
    text = b"".join([len(part).to_bytes(8, "big") + part for part in parts])
    digest = blake2b(text, digest_size=16, person=b"gen-quiz code").digest()
    payload = int.from_bytes(digest, "big") >> (128 - _PAYLOAD_BITS)
    values = [payload >> shift & 31 for shift in range(_PAYLOAD_BITS - 5, -1, -5)]
    return _grouped([*values, _check(values)])


def _grouped(values: list[int]) -> str:
    symbols = "".join([ALPHABET[value] for value in values])
    return f"{symbols[: LENGTH // 2]}-{symbols[LENGTH // 2 :]}"


def _check(payload: list[int]) -> int:
    """The last symbol, whose weight is 1: the sum of the others (in this field, -x is x)."""
    return _weighted_sum([*payload, 0])


def _weighted_sum(values: list[int]) -> int:
    """The sum of a^7 v_0 + a^6 v_1 + ... + v_7, by Horner's rule: to multiply by a is a shift."""
    total = 0
    for value in values:
        total <<= 1
        if total & 32:
            total ^= _MODULUS
        total ^= value
    return total


def _upper(text: str) -> str:
    """ASCII letters in upper case, everything else as it is."""
    return "".join(c.upper() if c.isascii() else c for c in text)


def _mistyped(message: str) -> InputError:
    return InputError(
        [
            Diagnostic(
                code="wrong-code",
                message=message,
                help="a code has eight digits and letters, as in 7KQ4-M2X1; compare it with the "
                "sheet",
            )
        ]
    )
