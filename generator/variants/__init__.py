"""Index to parameter values and back: every problem's variants are numbered ``0 .. N-1``.

`domains` numbers the values of one parameter, `tables` enumerates the parameters that constraints
tie together, `space` puts them together; `permutation` deals the numbers in an order of the seed's,
and `codes` names a variant or a form in a way that people can type.
"""
