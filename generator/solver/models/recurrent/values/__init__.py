"""What terms are worth.

`columns` computes them for many cells at once, in floating-point arrays that decide nothing;
`exact` for one cell, over the `polynomial` ring of `normal` forms, whose numbers an `enclosure`
locates.
"""
