"""Small banks to look at."""

from __future__ import annotations

BANK = """\
title: Sums
problems:
  - id: sums
    title: Adding up
    parameters:
      a: {min: 2, max: 9}
      b: {values: [5, 10, 20]}
    stem: Take $a = {{ a }}$ and $b = {{ b }}$.
    parts:
      - ask: What is $a + b$?
        numerical: a + b
        points: 2
        mistakes:
          - {result: a * b, because: This is the product., worth: 0.5}
      - ask: Is $a < b$?
        true_false: a < b
  - id: squares
    title: Squaring
    parameters:
      n: {min: 11, max: 40}
    stem: Take $n = {{ n }}$.
    parts:
      - ask: What is $n^2$?
        numerical: n ** 2
"""
"""Variant 0 of `sums` has a = 2 and b = 5, variant 1 has b = 10."""

BROKEN = BANK.replace("numerical: a + b", "numerical: a + c")
