r"""What a name in a cell means, and how it is written.

``x`` is the input; ``h_prev`` the previous value of a quantity ``h``; a name that begins with a
capital letter is a weight matrix, and one that is ``b``, ``p`` or ``w``, alone or with something
after an underscore, a weight vector (a bias ``b_i``, a peephole ``p_i``).

A quantity is written at time t, a previous one at t-1: ``c_tilde`` is ``\tilde{c}_t``, ``h_prev``
is ``h_{t-1}``. A weight carries the rest of its name as an exponent: ``W_i`` is ``W^{(i)}``.
"""

from __future__ import annotations

import re

INPUT = "x"
PREVIOUS = "_prev"

ACCENTS = ("tilde", "hat", "bar")
GREEK = frozenset(
    (
        *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda"),
        *("mu", "nu", "xi", "rho", "sigma", "tau", "phi", "chi", "psi", "omega"),
    )
)

_MATRIX = re.compile(r"[A-Z]\w*")
_WEIGHTS = re.compile(r"[bpw](_\w+)?")

PRIME = "'"
"""Marks the second of two cells that differ in one thing."""

PER = "/"
"""Stands between the names of a derivative: ``c/c_prev``."""


def is_matrix(name: str) -> bool:
    """Whether the name is that of a weight matrix."""
    return _MATRIX.fullmatch(name) is not None


def is_weight(name: str) -> bool:
    """Whether the name is that of a weight matrix or a weight vector."""
    return is_matrix(name) or _WEIGHTS.fullmatch(name) is not None


def base(name: str) -> str:
    """The quantity whose previous value this is; the name itself if it is none."""
    return name.removesuffix(PREVIOUS)


def primed(name: str) -> str:
    """The name of the same thing in the second of two cells."""
    return name + PRIME


def latex(name: str) -> str:
    """The name in LaTeX."""
    if PER in name:
        above, _, below = name.partition(PER)
        return rf"\frac{{\partial {latex(above)}}}{{\partial {latex(below)}}}"
    plain = name.rstrip(PRIME)
    primes = name[len(plain) :]
    if is_weight(plain):
        head, _, rest = plain.partition("_")
        return f"{_word(head)}{primes}^{{({_letter(rest)})}}" if rest else _word(head) + primes
    time = "{t-1}" if plain.endswith(PREVIOUS) else "t"
    return f"{_letter(base(plain))}{primes}_{time}"


def _letter(name: str) -> str:
    """A name without its time: accents on top, further words as an exponent."""
    head, *rest = name.split("_")
    text = _word(head)
    for part in rest:
        if part in ACCENTS:
            text = rf"\{part}{{{text}}}"
    more = ", ".join(_word(part) for part in rest if part not in ACCENTS)
    return f"{text}^{{({more})}}" if more else text


def _word(text: str) -> str:
    if text in GREEK:
        return rf"\{text}"
    return text if len(text) <= 1 else rf"\mathrm{{{text}}}"
