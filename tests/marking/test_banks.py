"""The key of every variant is right as it is written, and every mistake is recognized as itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import given, settings

from generator.marking import mark
from generator.model.document import Inlines, Math, PartAnswer, PartQuestion, Text
from generator.model.solution import ExpressionKey, MatchingKey, NumericalKey, OrderingKey, TextKey
from generator.pipeline.assignment import Dealer
from generator.solver.models.network.gradient import chain
from generator.solver.models.network.meaning import comparable
from generator.solver.models.network.mistakes_gradient import flawed
from generator.solver.models.network.structure import Network
from tests.marking.parts import QUESTION, answer, expression_key, note
from tests.shipped import BANKS, shipped
from tests.solver.network.networks import random_networks, targets
from tests.solver.network.test_steps import view

READ = NumericalKey | ExpressionKey | MatchingKey | OrderingKey | TextKey
"""Keys whose plain form is also how a student would type them."""
VARIANTS, SLOW, AGAIN = 30, 5, 2
EXAM = "examples/exam"
"""Problems of the other banks, which are tried there."""


def parts(dealer: Dealer, count: int) -> Iterator[tuple[PartQuestion, PartAnswer]]:
    for k in range(min(count, dealer.space.size)):
        document = dealer.document(dealer.draw(k))
        yield from zip(document.question.parts, document.answer.parts, strict=True)


def written(content: Inlines) -> str:
    return "".join(
        item.latex if isinstance(item, Math) else item.text
        for item in content
        if isinstance(item, Math | Text)
    )


@pytest.mark.parametrize("bank", BANKS)
def test_keys_and_mistakes_are_what_they_are(bank: str) -> None:
    for dealer in shipped(bank).dealers:
        found = {type(answer.key) for _, answer in parts(dealer, 1)}
        if found & {*get_args(READ)}:
            count = SLOW if ExpressionKey in found else VARIANTS
            _check(parts(dealer, AGAIN if bank == EXAM else count))


def _check(answered: Iterator[tuple[PartQuestion, PartAnswer]]) -> None:
    for question, found in answered:
        key = found.key
        if not isinstance(key, READ):
            continue
        forms = [key.text, key.latex] if isinstance(key, ExpressionKey) else [found.plain]
        for form in forms:
            assert mark(question, found, form).verdict == "right", form
        for mistake in found.mistakes if isinstance(key, NumericalKey | ExpressionKey) else ():
            marked = mark(question, found, written(mistake.result))
            assert marked.mistake is mistake, written(mistake.result)
            assert marked.share == mistake.worth


@settings(max_examples=3, deadline=None, derandomize=True)
@given(random_networks(most_paths=100))
def test_so_are_those_of_any_network(network: Network) -> None:
    """Text and LaTeX of a formula are read, and mean what the model says."""
    shown = view(network)
    for target in targets(network):
        key = expression_key(comparable(shown, chain(network, target).term, target))
        wrong = [comparable(shown, term) for term, _, _ in flawed(shown, target)]
        found = answer(key, *(note(one.text, term=one.term) for one in wrong))
        for form in (key.text, key.latex):
            assert mark(QUESTION, found, form).verdict == "right", form
        for one, mistake in zip(wrong, found.mistakes, strict=True):
            for form in (one.text, one.latex):
                assert mark(QUESTION, found, form).mistake is mistake, form
