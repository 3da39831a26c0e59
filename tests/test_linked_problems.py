"""Problems that share their parameters have the same values on the same form, and in Moodle too."""

from __future__ import annotations

from functools import cache

from generator import pipeline
from generator.bank.read import read_bank
from generator.model.source import SourceFile

BANK = """\
title: Data
problems:
  - id: mean
    title: Mean
    parameters:
      n: {min: 2, max: 9}
      x: {vector: 4, of: {min: 0, max: 4}}
    let:
      average: mean(x)
    constraints: whole(average)
    stem: "Take the numbers {{ x | join }} and {{ n }}."
    parts:
      - {ask: What is the mean of the first four?, numerical: average}
  - id: other
    title: Other
    parameters:
      n: {min: 2, max: 9}
    stem: "{{ n }}"
    parts:
      - {ask: What is it?, numerical: n}
  - id: variance
    title: Variance
    shares: mean
    let:
      spread: sum((x - average)**2)
    constraints: spread > n
    stem: "Take {{ x | join }} again; their mean is {{ average }}."
    parts:
      - {ask: What is the sum of the squared distances?, numerical: spread}
      - ask: Which is it, times {{ n }}?
        choice: {answer: n * spread}
        mistakes:
          - {result: n + spread, because: That is the sum.}
"""


@cache
def prepared(text: str, seed: int = 5) -> pipeline.Assignment:
    return pipeline.prepare(SourceFile(name="data.yaml", text=text), id="data", seed=seed)


def test_linked_problems_have_the_same_values_on_each_form() -> None:
    mean, _, variance = prepared(BANK).dealers

    size = mean.space.size
    assert size == variance.space.size
    for k in (*range(20), *range(size - 20, size)):
        assert mean.draw(k).index == variance.draw(k).index
        assert mean.draw(k).values == variance.draw(k).values
        assert mean.draw(k).code != variance.draw(k).code


def test_what_one_of_them_cannot_ask_the_others_do_not_ask_either() -> None:
    """The mean alone could be asked where the sum of squares is too small or is a mistake's."""
    mean, *_ = prepared(BANK).dealers
    for k in range(200):
        values = dict(mean.draw(k).values)
        n, x = values["n"], values["x"]
        assert isinstance(n, int)
        assert isinstance(x, tuple)
        numbers = [entry for entry in x if isinstance(entry, int)]
        spread = sum((entry - sum(numbers) // 4) ** 2 for entry in numbers)
        assert spread > n
        assert n * spread != n + spread


def test_linked_problems_do_not_depend_on_the_others_or_on_their_order() -> None:
    mean, other, variance = prepared(BANK).dealers
    head, first, second, third = BANK.partition("  - id: mean")[0], *_problems(BANK)
    turned = prepared(head + third + first).dealers

    assert [dealer.problem.identity for dealer in turned] == ["variance", "mean"]
    for k in range(20):
        assert turned[0].draw(k) == variance.draw(k)
        assert turned[1].draw(k) == mean.draw(k)
    (alone,) = prepared(head + second).dealers
    assert [alone.draw(k) for k in range(8)] == [other.draw(k) for k in range(8)]


def _problems(text: str) -> list[str]:
    return ["  - id: " + piece for piece in text.split("  - id: ")[1:]]


def test_their_documents_show_the_same_numbers() -> None:
    mean, _, variance = prepared(BANK).dealers
    first, second = mean.document(mean.draw(3)), variance.document(variance.draw(3))
    x = dict(mean.draw(3).values)["x"]
    assert isinstance(x, tuple)

    shown = ", ".join(map(str, x))
    assert shown in repr(first.question)
    assert shown in repr(second.question)


def test_nothing_is_said_to_be_unused_that_a_linked_problem_uses() -> None:
    """`mean` does not use `spread`, and `variance` shows no `n` in its stem but in a part."""
    assert read_bank(SourceFile(name="data.yaml", text=BANK), id="data").warnings == ()
    assert prepared(BANK).warnings == ()


def test_a_linked_problem_draws_the_same_where_its_partner_is_not_used() -> None:
    """Its variants are those of the pair, whichever of the two a sheet bears."""
    sections = "sections:\n  - {title: Only one, problems: [variance]}\n"
    (alone,) = prepared(BANK + sections).dealers
    *_, variance = prepared(BANK).dealers

    assert [alone.draw(k) for k in range(20)] == [variance.draw(k) for k in range(20)]
