"""Solve variants of the layer of Assignment 4, proofs included: ``python -m tests.solving 10000``.

It prints the microseconds of CPU that one variant took. Draws repeat after all of the problem's
variants; nothing is remembered of a variant as a whole.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from generator.bank.read import read_bank
from generator.model.bank import Problem
from generator.model.source import SourceFile
from generator.model.variant import Variant
from generator.solver.engine import Solver
from generator.variants.space import VariantSpace

BANK = Path(__file__).resolve().parent.parent / "banks" / "assignment4.yaml"
PROBLEM = "cnn-layer"


def layer() -> Problem:
    """The problem."""
    file = SourceFile(name=BANK.name, text=BANK.read_text("utf-8"))
    problems = read_bank(file, id=BANK.stem).bank.problems
    return next(problem for problem in problems if problem.identity == PROBLEM)


def drawn(problem: Problem, count: int) -> list[Variant]:
    """So many of its variants, in an order that jumps about."""
    space = VariantSpace(problem, Solver(problem).filters)
    indices = (k * 7919 % space.size for k in range(count))  # a prime that does not divide the size
    return [
        Variant(problem=PROBLEM, index=index, code="", values=tuple(space.values(index)))
        for index in indices
    ]


def main(count: int) -> None:
    """Time solving alone."""
    problem = layer()
    solver, variants = Solver(problem), drawn(problem, count)
    start = time.process_time()
    for variant in variants:
        solver.solve(variant)
    seconds = time.process_time() - start
    print(f"{count} variants in {seconds:.2f} s of CPU: {1e6 * seconds / count:.0f} µs each")


if __name__ == "__main__":
    main(int(sys.argv[1]))
