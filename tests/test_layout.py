"""Which problems stand on which form: drawn fairly, ordered by the form's number alone."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from generator.bank.read import read_bank
from generator.model.bank import Bank
from generator.model.source import SourceFile
from generator.pipeline.layout import appearances, layout

PROBLEM = """\
  - id: {id}
    title: {id}
    parameters: {{n: {{min: 1, max: 9}}}}
    stem: Take ${{{{ n }}}}$.
    parts: [{{ask: Twice that?, numerical: 2*n}}]
"""
IDS = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")


def bank(sections: str) -> Bank:
    problems = "".join(PROBLEM.format(id=id_) for id_ in IDS)
    text = f"title: Exam\n{sections}problems:\n{problems}"
    return read_bank(SourceFile(name="exam.yaml", text=text), id="exam").bank


DRAWN = bank(
    "sections:\n"
    "  - {title: One, problems: [alpha]}\n"
    "  - {title: Two, problems: [{choose: 2, of: [beta, gamma, delta, epsilon, zeta]}]}\n"
)
SHUFFLED = bank(
    "sections:\n"
    "  - {title: One, problems: [alpha, beta]}\n"
    "  - {title: Two, problems: [gamma, delta, epsilon, zeta], shuffle: true}\n"
)


def test_without_sections_a_form_bears_all_problems_as_they_stand() -> None:
    (placed,) = layout(bank(""), 42, 7)
    assert placed.section is None
    assert placed.problems == IDS


def test_all_pairs_are_drawn_before_one_comes_back() -> None:
    drawn = [layout(DRAWN, 42, number)[1].problems for number in range(1, 21)]
    pairs = set(combinations(IDS[1:], 2))
    assert set(drawn[:10]) == set(drawn[10:]) == pairs
    assert len(set(drawn[:10])) == 10


def test_the_seed_decides_which_pair_comes_first() -> None:
    firsts = Counter(layout(DRAWN, seed, 1)[1].problems for seed in range(60))
    assert len(firsts) > 5


def test_a_shuffled_section_keeps_its_problems_and_its_place() -> None:
    orders = set()
    for number in range(1, 30):
        first, second = layout(SHUFFLED, 42, number)
        assert first.problems == ("alpha", "beta")
        assert sorted(second.problems) == sorted(IDS[2:])
        orders.add(second.problems)
    assert len(orders) > 10


def test_every_problem_is_counted_on_the_forms_that_bear_it() -> None:
    assert appearances(DRAWN, 42, range(1, 11)) == {"alpha": 10, **dict.fromkeys(IDS[1:], 4)}
    assert appearances(SHUFFLED, 42, range(1, 4)) == dict.fromkeys(IDS, 3)
