"""Formulas for the STACK plugin, whose computer algebra system, Maxima, marks what is typed.

`maxima` writes a formula, `equations` what its names stand for, `examples` how one types them;
`box` is what students type into, `trials` are the tests that a question brings along.
"""
