"""The grammar of a bank, declared once: what reads a value also reports on it and describes it.

`shape` and `struct` are the ways in which values are built; `leaves`, `values`, `domains`,
`mistakes`, `choice` and `parts` declare with them what a bank holds.
"""
