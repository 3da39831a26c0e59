"""A calculation in words: equations with the conditions put in, down to what they come to."""

from __future__ import annotations

from collections.abc import Iterable

from generator.solver.models.recurrent.decision.question import Question
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.cell import Cell, replace
from generator.solver.models.recurrent.structure.terms import (
    Apply,
    Name,
    Number,
    Operation,
    Product,
    Term,
    number,
)
from generator.solver.models.recurrent.values.normal import polynomial
from generator.solver.models.recurrent.words.latex import Writer
from generator.solver.models.recurrent.words.phrases import listing, math

WRITER = Writer()
ZERO, ONE = number(0), number(1)


def calculation(question: Question, equations: Iterable[str]) -> list[str]:
    """The lines of a display: each quantity, its equation, and what becomes of it.

    A quantity that comes to a number or to another vector is put into the later equations as that.
    """
    known: dict[str, Term] = {}
    for name, term in question.cell.equations:
        if name in question.fixed:
            known[name] = replace(term, known)
    lines = []
    for name in equations:
        if name in question.fixed or naming.PER in name:
            continue
        equation = question.cell.terms[name]
        inserted = replace(equation, known)
        stages = (equation, _tidy_below(inserted), _tidy(inserted))
        texts = dict.fromkeys(WRITER.term(stage) for stage in stages)
        lines.append(f"{naming.latex(name)} &= {' = '.join(texts)}")
        if isinstance(stages[-1], Number | Name):
            known[name] = stages[-1]
    return lines


def derivatives(cell: Cell, equations: Iterable[str]) -> list[str]:
    """For each derivative among these equations, from which equation it follows."""
    steps = []
    for name in equations:
        if naming.PER in name and naming.PRIME not in name:
            quantity, _, on = name.partition(naming.PER)
            source = math(f"{naming.latex(quantity)} = {WRITER.term(cell.terms[quantity])}")
            result = math(f"{naming.latex(name)} = {WRITER.term(cell.terms[name])}")
            steps.append(f"From {source}{_apart(cell, quantity, on)} follows {result}.")
    return steps


def _apart(cell: Cell, quantity: str, on: str) -> str:
    """Which quantities in an equation do not depend on a name."""
    used = cell.uses[quantity]
    apart = [name for name in used if name in cell.terms and on not in cell.reach([name])]
    if not apart:
        return ""
    does = "does" if len(apart) == 1 else "do"
    listed = listing(math(naming.latex(name)) for name in apart)
    return f", where {listed} {does} not depend on {math(naming.latex(on))},"


def _tidy_below(term: Term) -> Term:
    """The term with what a function is applied to made as simple as it can be."""
    if isinstance(term, Apply):
        return Apply(function=term.function, argument=_tidy(term.argument))
    return _tidy(term)


def _tidy(term: Term) -> Term:
    """The term without what is 0 or 1, in the author's order; a number if it is one."""
    value = polynomial(term).constant
    if value is not None:
        return number(value)
    match term:
        case Apply():
            return _tidy_below(term)
        case Product():
            return Product(matrix=term.matrix, vector=_tidy(term.vector))
        case Operation():
            return _without_neutral(term.operator, [_tidy(operand) for operand in term.operands])
        case _:
            return term


def _without_neutral(operator: str, operands: list[Term]) -> Term:
    neutral = {"+": ZERO, "-": ZERO, "*": ONE, "/": ONE, "**": ONE}.get(operator)
    if len(operands) == 2 and operands[1] == neutral:
        return operands[0]
    if len(operands) == 2 and operands[0] == neutral and operator in "+*":
        return operands[1]
    return Operation(operator=operator, operands=tuple(operands))
