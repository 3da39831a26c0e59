"""Index to parameter values and back: every problem's variants are numbered ``0 .. N-1``.

`axes` numbers the values of one parameter, `arrays` those of vectors and matrices, `pools` what is
taken out of a list, `exclusions` what is left of another domain; `domains` makes an axis of each
domain of a bank. `rules` keep combinations out; `groups` are the parameters that they tie together,
`tables` their combinations, `build` enumerates these. `space` is the whole, `strata` are its parts.

`permutation` deals the numbers in an order of the seed's, `schedule` says from which stratum each
draw comes, and `deal` is both together. `codes` names a variant or a form in a way that people can
type. `rejections`, `conflicts`, `findings` and `advice` tell authors what their constraints do.
"""
