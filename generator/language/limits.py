"""The bounds of the two small languages of a bank, and why each is where it is.

A bank from a stranger can at worst be refused: whatever it writes costs at most milliseconds and
megabytes a variant. Each bound is far beyond what a problem needs, and hitting one is a diagnostic.
"""

from __future__ import annotations

EXPRESSION_LENGTH = 2_000
"""Characters of an expression: some thirty lines; a longer one belongs in ``let``."""

TEMPLATE_LENGTH = 50_000
"""Characters of a template: some fifteen printed pages."""

DEPTH = 60
"""Levels of an expression's tree: each costs a few frames of Python's stack of 1,000."""

NODES = 500
"""Nodes of an expression's tree: each is visited at most once in an evaluation."""

NUMBER_LENGTH = 60
"""Characters of a number as it is written; larger ones are written as powers."""

EXPONENT = 400
"""The largest decimal exponent of a written number (``1e400``), in step with `BITS`."""

BITS = 4_096
"""Binary digits of an exact integer, numerator or denominator: 1,233 decimal digits, which is
past ``450!`` and below the 4,300 that Python itself refuses to print."""

REAL_EXPONENT = 2_000
"""Irrational results lie between 10**-2000 and 10**2000, so that they print below those 4,300."""

FACTORIAL = 400
"""The largest argument of ``factorial``: ``400!`` has 868 decimal digits."""

BINOMIAL = 4_000
"""The largest first argument of ``binomial``: its largest value still fits `BITS`."""

ROUND_PLACES = 50
"""Decimal places that a number is rounded or written to: as many as irrational results have."""

ENTRIES = 1_000
"""Numbers in a vector, or in a matrix in all: a picture of 28 by 28 fits."""

ORDER = 10
"""Rows and columns of a matrix whose determinant, inverse or rank is asked for: each takes some
``ORDER**4`` operations."""

NESTING = 8
"""Levels of vectors in vectors; a matrix has two."""

STEPS = 100_000
"""Steps of one evaluation, or of all those of one rendering: one for each node and each entry of a
vector, more where a step is slow (see `functions`). That is some tenths of a second."""

EFFORT = 200_000_000
"""Values of columns that are computed to number the variants of a problem: a few seconds."""

ONE_BY_ONE = 100
"""Values of `EFFORT` that one counts as which NumPy cannot compute with its whole column."""

BLOCKS = 8
"""Levels of ``{% if %}`` and ``{% for %}`` in each other: Python compiles at most 20."""

BRANCHES = 50
"""``{% elif %}`` of one ``{% if %}``: Python's compiler recurses into each."""

TURN = 10
"""Steps that a turn of a template's loop counts as, beside those of what is in it."""

OUTPUT_LENGTH = 200_000
"""Characters that one rendering of a template may write: some sixty printed pages."""
