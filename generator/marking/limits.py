"""The bounds on what a student types, and why each is where it is.

A response from a stranger can at worst be called unreadable: whatever is typed costs at most about
a second, counted in steps and never by a clock, so that it is marked the same on every machine.
"""

from __future__ import annotations

RESPONSE_LENGTH = 2_000
"""Characters of a response to a part that is not an essay."""

DEPTH = 40
"""Levels of parentheses, exponents and indices in each other: each costs a few Python frames."""

TERMS = 600
"""Terms in a formula: ten times as many as the longest key has."""

AXES = 4
"""Indices of one symbol."""

EXPONENT = 100
"""The largest whole exponent that is written: degrees beyond make the test of equality weak."""

MONOMIALS = 5_000
"""Monomials that are made on the way to a canonical form; ten characters of text count as one."""

STEPS = 200_000
"""Terms that are evaluated in all to compare two formulas; one of a function counts `CALL`."""

CALL = 20
"""Steps that a transcendental function counts."""

DIGITS = 60
"""Digits of a number, in its exponent at most 3."""

UNBOUNDED = 10**9
"""Steps for a key and its mistakes, whose size the bank answers for."""

POWER_OF_TEN = 300
"""The largest power of ten behind a number."""

SIZE = 10**1000
"""Numerators and denominators up to which coefficients are multiplied out."""
