"""The Moodle side of an assignment: each problem a section, its variants dealt from the far end."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.document import Document
from generator.pipeline.assignment import Assignment, Dealer
from generator.pipeline.records import VariantLog
from generator.pipeline.request import Request
from generator.render.moodle import Section


def sections(assignment: Assignment, request: Request, log: VariantLog) -> Iterator[Section]:
    """A section for each problem; its documents are solved only as they are read."""
    for dealer in assignment.dealers:
        problem = dealer.problem
        yield Section(
            problem=problem.identity,
            title=problem.title.text,
            summary=problem.summary,
            capacity=dealer.space.size,
            seed=assignment.seed,
            bank=assignment.bank.id,
            tags=problem.tags,
            difficulty=problem.difficulty,
            documents=_documents(assignment, dealer, request, log),
        )


def _documents(
    assignment: Assignment, dealer: Dealer, request: Request, log: VariantLog
) -> Iterator[Document]:
    """The problem's documents for Moodle; those that no form bears are logged here."""
    count = assignment.practice_count(dealer, request)
    for k, variant in dealer.practice(count):
        document = dealer.document(variant)
        if k >= request.forms:
            log.note(variant, document, forms=(), moodle=True)
        yield document
