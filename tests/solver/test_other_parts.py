"""Choice, true/false, expression and essay parts."""

from __future__ import annotations

from collections import Counter

from generator.model.solution import (
    ChoiceKey,
    EssayKey,
    ExpressionKey,
    PartSolution,
    TrueFalseKey,
)
from generator.model.source import Source
from generator.model.value import Value
from generator.solver.engine import Solver
from generator.variants.space import VariantSpace
from tests.solver.problems import complaint, problem, solve, variant

PROBLEM = """
- id: p
  title: T
  parameters:
    n: {values: [2, 3, 4, 5, 7]}
  stem: S
  parts:
    - ask: A
      %s
"""

MADE = """
choice: {answer: n * n, count: 3}
mistakes:
  - {result: 2 * n, because: doubled, worth: 1/4}
  - {result: n, because: forgotten}
  - {result: n + 4, because: four more}
"""


def filled(fields: str) -> str:
    return PROBLEM % fields.strip().replace("\n", "\n      ")


def part(fields: str, **values: Value) -> PartSolution:
    return solve(filled(fields), **{"n": 3, **values}).parts[0]


def choice(fields: str, **values: Value) -> ChoiceKey:
    key = part(fields, **values).key
    assert isinstance(key, ChoiceKey)
    return key


def words(wording: object) -> str:
    return wording.text if isinstance(wording, Source) else str(wording)


# --- choice ------------------------------------------------------------------------------------


def test_options_are_made_of_the_answer_and_the_first_mistakes_that_apply() -> None:
    options = {words(o.text): (o.right, words(o.because)) for o in choice(MADE, n=3).options}
    assert options == {"$9$": (True, ""), "$6$": (False, "doubled"), "$3$": (False, "forgotten")}


def test_an_option_keeps_what_its_mistake_is_worth() -> None:
    (doubled,) = (o for o in choice(MADE, n=3).options if words(o.text) == "$6$")
    assert str(doubled.worth) == "1/4"


def test_a_distractor_equal_to_the_key_is_dropped() -> None:
    """2 * 2 is 2 doubled, so `four more` takes its place."""
    options = {words(o.text) for o in choice(MADE, n=2).options}
    assert options == {"$4$", "$2$", "$6$"}


def test_without_a_count_all_options_are_shown() -> None:
    assert len(choice(MADE.replace(", count: 3", ""), n=3).options) == 4


def test_the_order_depends_on_the_variant_alone() -> None:
    text = filled(MADE)
    solver, again = Solver(problem(text)), Solver(problem(text))
    orders = [solver.solve(variant({"n": 7}, index)).parts[0].key for index in range(40)]
    assert orders == [again.solve(variant({"n": 7}, index)).parts[0].key for index in range(40)]
    assert len({str(order) for order in orders}) > 3


def test_the_right_option_is_equally_often_at_each_place() -> None:
    solver = Solver(problem(filled(MADE)))
    places: Counter[int] = Counter()
    for index in range(600):
        key = solver.solve(variant({"n": 7}, index)).parts[0].key
        assert isinstance(key, ChoiceKey)
        places[[option.right for option in key.options].index(True)] += 1
    assert sorted(places) == [0, 1, 2]
    assert all(150 < count < 250 for count in places.values())


def test_variants_with_too_few_options_are_none() -> None:
    fields = """
choice: {answer: n * n, count: 3}
mistakes: [{result: 2 * n, because: a}, {result: n + 4, because: b}]
"""
    found = problem(filled(fields))
    space = VariantSpace(found, Solver(found).filters)
    assert [dict(space.values(index))["n"] for index in range(space.size)] == [3, 5, 7]
    assert "error[too-few-options]: only 2 of 3 options differ" in complaint(filled(fields), n=4)


def test_the_filter_tells_why_nothing_is_left() -> None:
    fields = "choice: {answer: n}\nmistakes: [{result: n + 0, because: a}]"
    found = problem(filled(fields))
    (sieve,) = Solver(found).filters
    assert sieve.names == {"n"}
    assert sieve.reason == "fewer than 2 options differ"


WRITTEN = """
choice:
  multiple: %s
  options:
    - {text: small, right: n < 4, because: "less than four"}
    - {text: even, right: n %% 2 == 0}
    - {text: large, right: n > 4}
"""


def test_written_options_are_decided_by_their_expressions() -> None:
    options = {words(o.text): o.right for o in choice(WRITTEN % "false", n=3).options}
    assert options == {"small": True, "even": False, "large": False}
    assert [words(step) for step in part(WRITTEN % "false", n=3).steps] == ["less than four"]


def test_the_evidence_of_written_options_is_in_the_order_in_which_they_are_shown() -> None:
    for n in (2, 3, 4, 5, 7):
        found = part(WRITTEN % "true" if n == 2 else WRITTEN % "false", n=n)
        assert isinstance(found.key, ChoiceKey)
        assert found.evidence is not None
        verdicts = ["right" if option.right else "wrong" for option in found.key.options]
        assert found.evidence.result.split(", ") == verdicts


def test_several_right_options_need_multiple() -> None:
    assert "error[wrong-options]: 2 options are right here" in complaint(
        filled(WRITTEN % "false"), n=2
    )
    assert sum(option.right for option in choice(WRITTEN % "true", n=2).options) == 2


def test_some_option_is_right() -> None:
    text = filled(WRITTEN % "true").replace("n > 4", "n > 9").replace("n < 4", "n < 1")
    assert "error[wrong-options]: no option is right here" in complaint(text, n=3)


def test_vectors_and_words_can_be_options() -> None:
    fields = """
choice: {answer: "[n, 1]"}
mistakes: [{result: "[1, n]", because: a}, {result: "'none'", because: b}]
"""
    assert {words(o.text) for o in choice(fields).options} == {"$(3, 1)$", "$(1, 3)$", "none"}


# --- the others --------------------------------------------------------------------------------


def test_a_statement_is_decided_by_its_expression() -> None:
    solved = part("true_false: n > 3", n=3)
    assert solved.key == TrueFalseKey(value=False, explain=False)
    assert solved.steps == ("$3 > 3$ is false.",)


def test_a_statement_is_no_number() -> None:
    message = "the answer of a true/false part must be true or false, not 3"
    assert f"error[wrong-type]: {message}" in complaint(filled("true_false: n"), n=3)


def test_wrong_reasons_are_looked_for() -> None:
    fields = """
true_false: n > 3
explain: true
mistakes:
  - {reason: It is odd., because: That says nothing of its size., worth: 1/2}
  - {reason: It is even., because: That says nothing of its size., when: n % 2 == 0}
"""
    (mistake,) = part(fields, n=3).mistakes
    assert words(mistake.result) == "It is odd."
    assert mistake.value is None
    assert part(fields, n=3).key == TrueFalseKey(value=False, explain=True)


def test_a_value_of_the_model_may_answer_an_expression_part() -> None:
    text = filled("expression: model.output_shape").replace(
        "  stem: S\n", "  model: {conv: {input: [1, 8, 8], filters: 2, kernel: n}}\n  stem: S\n"
    )
    solved = solve(text, n=3).parts[0]
    assert solved.key == ExpressionKey(latex="(2, 6, 6)", text="(2, 6, 6)")
    assert words(solved.mistakes[0].result) == "$(2, 5, 5)$"


def test_an_essay_has_lines_and_a_rubric() -> None:
    fields = "essay: {lines: 9}\nrubric: [{points: 1, text: names the gate}]"
    solved = part(fields)
    assert solved.key == EssayKey(lines=9)
    assert [(str(line.points), words(line.text)) for line in solved.rubric] == [
        ("1", "names the gate")
    ]
    assert solved.evidence is None
