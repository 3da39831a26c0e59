"""A second arithmetic: the values of an author's expressions, found in another way.

`generator.language` evaluates with Python's fractions, with int64 columns where they fit, and with
mpmath's functions to 50 digits. Here the same trees are read by another interpreter, over pairs of
integers that are never put in lowest terms, and, where no pair exists, over 150 decimal digits
with the functions of Python's `decimal` (libmpdec) and series of our own. The two share nothing
but the tree, so that a key which both find does not hang on either.
"""

from generator.solver.second.columns import agreement
from generator.solver.second.evaluate import agree, evaluate

__all__ = ["agree", "agreement", "evaluate"]
