"""Short texts, matching, ordering, pools, "None of these", hints and follow-through."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from generator.model.solution import (
    ChoiceKey,
    FollowThrough,
    MatchingKey,
    OrderingKey,
    TextKey,
)
from generator.solver.engine import Solver
from generator.variants.space import VariantSpace
from tests.solver.problems import complaint, problem, solve, variant
from tests.solver.test_other_parts import choice, filled, part, words

# --- short texts -------------------------------------------------------------------------------

TEXT = """
text: {answers: ["{{ n | words }}", "{{ n }}*"], case: true}
mistakes:
  - {text: "{{ n }} apples", because: covered by the key}
  - {text: "nu*", because: of another language, worth: 1/2}
  - {text: null*, because: covered by the one above}
  - {text: none, because: only for five, when: n == 5}
"""


def test_a_text_is_filled_in_and_its_mistakes_are_those_that_tell_something() -> None:
    solved = part(TEXT, n=3)
    assert solved.key == TextKey(answers=("three", "3*"), case=True)
    assert [(m.text, words(m.result), m.worth) for m in solved.mistakes] == [
        ("nu*", "nu…", Fraction(1, 2))
    ]
    assert [m.text for m in part(TEXT, n=5).mistakes] == ["nu*", "none"]


def test_a_star_in_a_value_is_a_star() -> None:
    text = filled('text: "{{ s }}"').replace("{values: [2, 3, 4, 5, 7]}", "{values: [1]}")
    text = text.replace("    n:", '    s: {values: ["2*3"]}\n    n:')
    assert solve(text, n=1, s="2*3").parts[0].key == TextKey(answers=(r"2\*3",))


def test_a_text_of_which_nothing_is_left_is_refused() -> None:
    found = complaint(filled('text: "{% if n > 3 %}x{% endif %}"'), n=3)
    assert "error[wrong-value]: nothing is left of this text here" in found


# --- matching ----------------------------------------------------------------------------------

PAIRS = """
matching:
  pairs:
    - {left: one, right: odd, because: It is.}
    - {left: two, right: even}
    - {left: "{{ n }} more than two", right: "{{ n + 2 }}"}
    - {left: three, right: odd}
  distractors: [neither]
"""


def test_every_left_side_has_its_right_one_and_shared_ones_are_shown_once() -> None:
    key = part(PAIRS).key
    assert isinstance(key, MatchingKey)
    rights = [words(right) for right in key.rights]
    assert sorted(rights) == ["even", "neither", "odd", "{{ n + 2 }}"]
    assert [rights[place] for place in key.matches] == ["odd", "even", "{{ n + 2 }}", "odd"]
    assert [words(step) for step in part(PAIRS).steps] == ["It is."]


def test_right_sides_stand_in_another_order_in_other_variants() -> None:
    solver = Solver(problem(filled(PAIRS)))
    orders = [solver.solve(variant({"n": 3}, index)).parts[0].key for index in range(30)]
    again = [solver.solve(variant({"n": 3}, index)).parts[0].key for index in range(30)]
    assert orders == again
    assert len({str(order) for order in orders}) > 8


def test_right_sides_that_come_to_read_the_same_are_both_named() -> None:
    fields = 'matching: {pairs: [{left: a, right: "{{ n }}"}, {left: b, right: "{{ 6 - n }}"}]}'
    found = complaint(filled(fields), n=3)
    assert "error[same-texts]: `{{ 6 - n }}` reads the same as the right side in line" in found
    assert "`{{ n }}`: 3" in found


# --- ordering ----------------------------------------------------------------------------------

RANKED = """
ordering:
  - {text: twice, by: 2 * n}
  - {text: square, by: n**2}
  - {text: root, by: sqrt(n)}
"""


def test_ranked_items_are_sorted_by_values_that_are_proved() -> None:
    solved = part(RANKED, n=3)
    key = solved.key
    assert isinstance(key, OrderingKey)
    assert [words(key.items[place]) for place in key.order] == ["root", "twice", "square"]
    assert solved.evidence is not None
    assert solved.evidence.result == "1.73205 < 6 < 9"
    assert solved.steps == ("$1.73205 < 6 < 9$.",)


def test_a_variant_in_which_two_items_tie_is_none() -> None:
    found = problem(filled(RANKED))
    space = VariantSpace(found, Solver(found).filters)
    assert [dict(space.values(index))["n"] for index in range(space.size)] == [3, 4, 5, 7]
    assert "error[tied-items]: `n**2` ties with `2 * n` here" in complaint(filled(RANKED), n=2)


def test_items_are_never_shown_in_their_order_and_in_any_other_equally_often() -> None:
    solver = Solver(problem(filled("ordering: [first, second, third]")))
    seen: Counter[tuple[int, ...]] = Counter()
    for index in range(500):
        key = solver.solve(variant({"n": 3}, index)).parts[0].key
        assert isinstance(key, OrderingKey)
        seen[key.places] += 1
    assert len(seen) == 5
    assert (0, 1, 2) not in seen
    assert all(60 < count < 140 for count in seen.values())


# --- pools, none of these, decimals ------------------------------------------------------------

POOL = """
choice:
  count: 3
  none: %s
  pool:
    - {text: small, right: n < 4}
    - {text: tiny, right: n < 3}
    - {text: large, right: n > 9}
    - {text: huge, right: n > 99}
    - {text: vast, right: n > 999, worth: 1/2}
"""


def test_of_a_pool_one_right_option_is_drawn_and_others_in_other_variants() -> None:
    solver = Solver(problem(filled(POOL % "false")))
    shown = set()
    for index in range(40):
        key = solver.solve(variant({"n": 2}, index)).parts[0].key
        assert isinstance(key, ChoiceKey)
        assert (len(key.options), sum(option.right for option in key.options)) == (3, 1)
        shown |= {words(option.text) for option in key.options}
    assert shown == {"small", "tiny", "large", "huge", "vast"}


def test_a_variant_with_too_little_to_draw_is_none() -> None:
    found = problem(filled(POOL % "false"))
    space = VariantSpace(found, Solver(found).filters)
    assert [dict(space.values(index))["n"] for index in range(space.size)] == [2, 3]
    assert "error[too-few-options]: 0 options of this pool are right here, 5 are wrong" in (
        complaint(filled(POOL % "false"), n=5)
    )


def test_none_of_these_is_the_last_and_right_where_no_other_is() -> None:
    solver = Solver(problem(filled(POOL % "true")))
    right = 0
    for index in range(300):
        key = solver.solve(variant({"n": 3}, index)).parts[0].key
        assert isinstance(key, ChoiceKey)
        assert [option.none for option in key.options] == [False, False, True]
        right += key.options[-1].right
    assert 70 < right < 130
    last = choice(POOL % "true", n=7).options[-1]
    assert (last.none, last.right) == (True, True)


def test_an_answer_is_left_out_in_as_many_variants_as_an_option_is_right() -> None:
    fields = """
choice: {answer: n, count: 4, none: true}
mistakes: [{result: 2 * n, because: a}, {result: 3 * n, because: b}, {result: 0, because: c}]
"""
    solver = Solver(problem(filled(fields)))
    keys = [solver.solve(variant({"n": 3}, index)).parts[0].key for index in range(400)]
    left_out = sum(isinstance(key, ChoiceKey) and key.options[-1].right for key in keys)
    assert 70 < left_out < 130


def test_options_are_rounded_and_collide_as_they_are_shown() -> None:
    fields = """
choice: {answer: n / 7, decimals: 2}
mistakes: [{result: n / 7 + 0.001, because: a}, {result: n / 8, because: b}]
"""
    assert {words(option.text) for option in choice(fields).options} == {"$0.43$", "$0.38$"}
    assert part(fields).steps[-1] == "Rounded to 2 decimal places: $0.43$."


def test_options_that_come_to_read_the_same_are_both_named() -> None:
    fields = """
choice:
  options: [{text: "{{ n }}", right: true}, {text: "{{ 6 - n }}"}]
"""
    assert "error[same-texts]: `{{ 6 - n }}` reads the same as the option" in (
        complaint(filled(fields), n=3)
    )
    assert len(choice(fields, n=5).options) == 2


def test_the_shares_of_several_right_options_and_of_wrong_ones() -> None:
    fields = """
choice:
  multiple: true
  options:
    - {text: a, right: true}
    - {text: b, right: true}
    - {text: c, worth: 1/2}
    - {text: d}
"""
    key = choice(fields)
    shares = {words(option.text): key.share(option) for option in key.options}
    half = Fraction(1, 2)
    assert shares == {"a": half, "b": half, "c": Fraction(-1, 4), "d": -half}


# --- follow-through ----------------------------------------------------------------------------

TWO = """
- id: p
  title: T
  parameters:
    n: {values: [2, 3]}
  let: {total: 4 * n, twice: total + total, far: twice + 1}
  stem: S
  parts:
    - {ask: A, numerical: %s}
    - {ask: B, %s, follows: a}
"""


def follows(first: str, second: str) -> tuple[FollowThrough, ...]:
    return solve(TWO % (first, second), n=3).parts[1].follows


def test_the_key_is_a_formula_of_the_students_own_result() -> None:
    assert follows("n", "numerical: 5 * n") == (
        FollowThrough(label="a", symbol="n", formula=r"5 \times n"),
    )
    assert follows("total", "numerical: total**2 - n") == (
        FollowThrough(label="a", symbol="A", formula="A^{2} - 3"),
    )


def test_definitions_are_written_out_as_far_as_the_earlier_answer_stands_in_them() -> None:
    (found,) = follows("4 * n", "numerical: far")
    assert found.formula == "A + A + 1"


def test_a_verdict_follows_too_and_an_essay_without_a_formula() -> None:
    assert follows("total", "true_false: total > 10")[0].formula == "A > 10"
    assert follows("total", "essay: {}") == (FollowThrough(label="a"),)


def test_an_answer_that_does_not_go_on_with_the_earlier_one_is_refused() -> None:
    found = complaint(TWO % ("n + 7", "numerical: n + 8"), n=3)
    assert "error[unrelated-part]: `n + 8` does not go on with the answer of (a), `n + 7`" in found


def test_hints_are_handed_on() -> None:
    solved = part('numerical: n\nhints: [Look., "Think of {{ n }}."]')
    assert [words(hint) for hint in solved.hints] == ["Look.", "Think of {{ n }}."]
