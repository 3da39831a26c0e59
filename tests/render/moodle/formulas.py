"""The formulas of the shipped banks, as questions for the STACK plugin."""

from __future__ import annotations

from functools import cache

from generator.model.document import Document
from generator.pipeline.assignment import Dealer
from generator.pipeline.practice import sections
from generator.render.moodle import Export
from tests.render.moodle.importer import Question, import_file
from tests.shipped import shipped

PROBLEMS = (
    ("assignment4", "backpropagation"),
    ("examples/every-part", "small-neuron"),
    ("examples/calculus", "product-rule"),
    ("examples/calculus", "quotient-rule"),
)
"""Problems of the shipped banks that ask for formulas of every kind."""


@cache
def documents(bank: str, problem: str, count: int) -> tuple[Document, ...]:
    """Variants of a problem, as they are dealt to Moodle."""
    dealer = _dealer(bank, problem)
    return tuple(dealer.document(variant) for _, variant in dealer.practice(0, count))


def _dealer(bank: str, problem: str) -> Dealer:
    return next(one for one in shipped(bank).dealers if one.problem.identity == problem)


def file(bank: str, problem: str, count: int, *, stack: bool = True) -> bytes:
    """The Moodle file of some variants."""
    whole = shipped(bank)
    export = Export(whole.heading, sections(whole), whole.styles.moodle, stack=stack)
    number = whole.dealers.index(_dealer(bank, problem))
    found = export.questions(number, documents(bank, problem, count))
    return b"".join(export.file([(number, 0, found)]))


@cache
def imported(count: int) -> tuple[tuple[Document, Question], ...]:
    """So many variants of each problem, each with the question that Moodle makes of it."""
    return tuple(
        pair
        for bank, problem in PROBLEMS
        for pair in zip(
            documents(bank, problem, count),
            import_file(file(bank, problem, count)).questions,
            strict=True,
        )
    )
