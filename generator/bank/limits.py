"""How large a bank may be: the bounds that keep a stranger's file from costing more than a refusal.

Each is far above what a course needs, and low enough that a file at the bound is still read within
seconds.
"""

from __future__ import annotations

MAX_BYTES = 1 << 19
"""Bytes of a file. A bank of fifty problems has a fifth of it, and PyYAML's scanner needs about
two seconds for so many."""

MAX_DEPTH = 40
"""Collections within collections. A bank's own grammar needs nine, a model's fields a few more;
everything that walks a tree may recurse without a second thought."""

MAX_NODES = 40_000
"""Values and keys after aliases are written out, so that ten lines of aliases of aliases ("a
billion laughs") do not become a billion values."""

MAX_SCALAR = 50_000
"""Characters of one text: some fifteen printed pages, as many as a template may have."""

MAX_FINDINGS = 100
"""Findings that one run reports: more are not read, and a hostile file would have thousands."""

MAX_DIGITS = 30
"""Digits of a number. Larger ones are typing errors, and slow down exact arithmetic."""

MAX_NAME = 40
"""Characters of a parameter's or definition's name."""

MAX_ID = 60
"""Characters of a problem's id, which becomes part of Moodle's category names."""

MAX_PLOTS = 12
"""Plots of a problem: three pages of them."""

MAX_CURVES = 4
"""Curves of a plot: as many as dashes and colours keep apart in print and on a screen."""

MAX_MARKS = 12
"""Points of a plot, sets of data among them, and its lines: more find no room for their labels."""

MAX_CHOSEN = 20
"""Claims or values chosen at once; a form has no room for more."""

MAX_DRAWN = 50
"""Problems drawn from one list: more than a sheet can hold."""

MAX_POINTS = 1000
"""Points of a part."""

MAX_LINES = 60
"""Lines of a written answer: two pages of paper."""

MAX_HINTS = 5
"""Hints of a part, one after each wrong try."""

MAX_DECIMALS = 12
"""Decimal places of a numerical key: NumPy's check of a closed form is no finer."""

MAX_FIGURES = 15
"""Significant figures of a numerical key: as many as a double-precision number has."""

MAX_OPTIONS = 12
"""Options that are shown: their letters go from A to L."""

MAX_POOL = 60
"""Options from which those that are shown are drawn."""

MAX_PAIRS = 12
"""Pairs to match."""

MAX_ITEMS = 12
"""Items to put in order."""

MAX_ANSWERS = 20
"""Texts that are right."""
