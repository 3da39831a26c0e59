"""Index to parameter values and back: every problem's variants are numbered ``0 .. N-1``.

`axes` numbers the values of one parameter, and `domains` makes an axis of each domain of a bank.
`rules` keep combinations out; `groups` are the parameters that they tie together, `tables` their
combinations, `build` enumerates these. `space` is the whole. `permutation` deals the numbers in an
order of the seed's, and `codes` names a variant or a form in a way that people can type.
"""
