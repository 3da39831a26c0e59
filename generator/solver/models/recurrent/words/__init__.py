"""How cells and decisions are written for people.

`latex` and `plain` write terms; `justify` says why a claim is true or false, with the help of
`calculation` (equations with conditions put in) and `example` (a counterexample in numbers), in the
`phrases` that they share.
"""
