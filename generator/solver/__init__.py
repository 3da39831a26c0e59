"""Values to keys: every answer derived in two independent ways, explained, with its mistakes.

`engine.Solver` compiles a problem and solves its variants; `parts` has a file for each type of
part, `models` for each model that a bank may name, and `contract` says what a model promises.
`second` is the arithmetic that checks the language's own. docs/solver.md tells the story.
"""
