"""Whether a statement about a cell is true.

A `question` is answered (`decide`) by a counterexample that the `search` finds among the simple
numbers of `grid` or the random ones of `sample`, or by a `proof`: by arithmetic, or from `premises`
that z3 is told in `smt`. An `audit` takes a second look at what a proof rests on.
"""
