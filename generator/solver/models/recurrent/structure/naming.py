r"""What a name in a cell means, and how it is written.

``x`` is the input; ``h_prev`` the previous value of a quantity ``h``; a name that begins with a
capital letter is a weight matrix, and one that is ``b``, ``p`` or ``w``, alone or with something
after an underscore, a weight vector (a bias ``b_i``, a peephole ``p_i``).

A quantity is written at time t, a previous one at t-1: ``c_tilde`` is ``\tilde{c}_t``, ``h_prev``
is ``h_{t-1}``. Where several time steps are told apart, ``h[2]`` is ``h_{t+2}``, and ``h(2)`` is
``h_2``, with the time steps counted from 1. A weight carries the rest of its name as an exponent:
``W_i`` is ``W^{(i)}``.
"""

from __future__ import annotations

import re

from generator.language.greek import SMALL

INPUT = "x"
PREVIOUS = "_prev"

ACCENTS = ("tilde", "hat", "bar")

_MATRIX = re.compile(r"[A-Z]\w*")
_WEIGHTS = re.compile(r"[bpw](_\w+)?")

_TIMED = re.compile(r"(?P<name>\w+)(?:\[(?P<ahead>\d+)\]|\((?P<number>\d+)\))")

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


def later(name: str, ahead: int) -> str:
    """The name of an input or a quantity so many time steps after t."""
    return f"{name}[{ahead}]" if ahead else name


def numbered(name: str, step: int) -> str:
    """The name of an input or a quantity in the time step with this number."""
    return f"{name}({step})"


def timeless(name: str) -> str:
    """The input or quantity itself, whatever its time."""
    timed = _TIMED.fullmatch(name)
    return timed["name"] if timed else base(name)


def is_given(name: str) -> bool:
    """Whether it is a state from before, which the cell is given."""
    return name != base(name) or name == numbered(timeless(name), 0)


def is_accented(name: str) -> bool:
    """Whether it is written with an accent, as a candidate for a new state is."""
    return any(part in ACCENTS for part in name.split("_")[1:])


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
    return f"{_letter(timeless(plain))}{primes}_{_time(plain)}"


def _time(name: str) -> str:
    timed = _TIMED.fullmatch(name)
    if timed is None:
        return "{t-1}" if name.endswith(PREVIOUS) else "t"
    if timed["number"] is None:
        return f"{{t+{timed['ahead']}}}"
    return timed["number"] if len(timed["number"]) == 1 else f"{{{timed['number']}}}"


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
    if text in SMALL:
        return rf"\{text}"
    return text if len(text) <= 1 else rf"\mathrm{{{text}}}"
