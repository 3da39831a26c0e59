"""What a cell is.

`terms` are the language of its equations and of statements about it, `naming` says what a name
means, `cell` is the equations with the kinds of their names; `activations` is the table of
functions, whose `facts` are all that a proof may use of them; `derivative` adds derivatives.
"""
