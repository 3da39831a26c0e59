"""What a bank says is what its types hold: exact numbers, and texts as they were written."""

from __future__ import annotations

import hashlib
from fractions import Fraction

import pytest

from generator.bank.read import read_bank
from generator.bank.yaml import decode
from generator.diagnostics import InputError
from generator.model.bank import Problem
from generator.model.domain import (
    ChoiceDomain,
    Domain,
    ExceptDomain,
    MatrixDomain,
    RangeDomain,
    ShuffleDomain,
    ValuesDomain,
    VectorDomain,
)
from generator.model.part import (
    ChoiceSpec,
    ClaimsSpec,
    EssaySpec,
    ExpressionSpec,
    MatchingSpec,
    NumericalSpec,
    OrderingSpec,
    Part,
    TextSpec,
    Tolerance,
    TrueFalseSpec,
)
from generator.model.source import Source, SourceFile
from generator.model.value import Record, Value
from tests.bank.banks import EVERYTHING, read_text

READING = read_bank(decode("everything.yaml", EVERYTHING.read_bytes()), id="everything")
PROBLEMS = READING.bank.problems
CNN, AGAIN, LSTM = PROBLEMS


def domain(name: str, problem: Problem = CNN) -> Domain:
    return next(p.domain for p in problem.parameters if p.name.text == name)


def part(mark: str, problem: Problem = CNN) -> Part:
    return next(part for part in problem.parts if part.place.text == mark)


def listed(values: str) -> tuple[Value, ...]:
    """The values of a parameter that is written so."""
    text = f"""\
title: Values
problems:
  - id: values
    title: Values
    parameters:
      a: {{values: {values}}}
    stem: "{{{{ a }}}}"
    parts:
      - {{ask: Why?, essay: {{}}}}
"""
    (problem,) = read_bank(SourceFile(name="b.yaml", text=text), id="b").bank.problems
    found = domain("a", problem)
    assert isinstance(found, ValuesDomain)
    assert isinstance(found.values, tuple)
    return found.values


def test_the_head_of_a_bank_is_plain_text() -> None:
    bank = READING.bank
    assert (bank.title, bank.course, bank.author, bank.date, bank.language) == (
        "Everything that a bank can say",
        "Introduction to Deep Learning",
        "A. Turing",
        "2026-11-22",
        "en",
    )
    assert bank.instructions is not None
    assert bank.instructions.text.endswith("- *Explain* each answer.\n")


def test_a_bank_is_identified_by_its_id_and_the_digest_of_its_text() -> None:
    digest = hashlib.sha256(EVERYTHING.read_bytes()).hexdigest()
    assert (READING.bank.id, READING.bank.digest) == ("everything", digest)


def test_a_sound_bank_has_no_warnings() -> None:
    assert READING.warnings == ()


def test_parameters_keep_their_order() -> None:
    names = " ".join(parameter.name.text for parameter in CNN.parameters)
    assert names == (
        "image filters kernel padding bias share x grid names pair M S extra few order odd"
    )


def test_bounds_are_expressions() -> None:
    found = domain("padding")
    assert isinstance(found, RangeDomain)
    bounds = (found.minimum.text, found.maximum.text, found.step)
    assert bounds == ("0", "(kernel - 1) / 2", Fraction(1))


def test_a_vector_has_a_domain_for_its_entries() -> None:
    grid = domain("grid")
    assert isinstance(grid, VectorDomain)
    assert isinstance(grid.item, VectorDomain)
    assert grid.item.item == ValuesDomain(values=(0, 1))


def test_a_choice_has_a_pool() -> None:
    assert domain("pair") == ChoiceDomain(count=2, pool=("red", "green", "blue"))
    assert domain("chosen", LSTM) == ChoiceDomain(count=2, pool="claims", true=(0, 1))


def test_a_matrix_has_rows_and_columns() -> None:
    found, square = domain("M"), domain("S")
    assert isinstance(found, MatrixDomain)
    assert isinstance(square, MatrixDomain)
    assert (found.rows.text, found.columns.text, found.pattern) == ("2", "kernel", "full")
    assert (square.rows.text, square.columns.text, square.pattern) == ("3", "3", "symmetric")
    assert square.item == ValuesDomain(values=(0, 1))


def test_a_pool_may_be_an_expression() -> None:
    found = domain("extra")
    assert isinstance(found, ValuesDomain)
    assert isinstance(found.values, Source)
    assert found.values.text == "[kernel, 2 * kernel]"


def test_subsets_permutations_and_exclusions_wrap_a_pool() -> None:
    assert domain("few") == ChoiceDomain(count=2, pool=(2, 3, 5), ordered=False)
    assert domain("order") == ShuffleDomain(pool=("a", "b", "c"))
    odd = domain("odd")
    assert isinstance(odd, ExceptDomain)
    assert isinstance(odd.domain, RangeDomain)
    assert [source.text for source in odd.excluded] == ["0", "padding"]


def test_strata_have_conditions_and_shares() -> None:
    assert [(stratum.when.text, stratum.share) for stratum in CNN.strata] == [
        ("padding > 0", Fraction(1, 3)),
        ("bias and hidden > 28", Fraction(1, 4)),
    ]


def test_a_problem_that_shares_parameters_has_all_that_the_other_has() -> None:
    assert AGAIN.parameters == CNN.parameters
    assert [entry.name.text for entry in AGAIN.definitions] == ["hidden", "area", "pixels"]
    assert (AGAIN.constraints, AGAIN.definitions) == (CNN.constraints, CNN.definitions)
    assert [(problem.identity, problem.key) for problem in PROBLEMS] == [
        ("cnn-layer", "cnn-layer"),
        ("cnn-layer-again", "cnn-layer"),
        ("lstm-claims", "lstm-claims"),
    ]
    assert [[one.identity for one in problem.partners] for problem in PROBLEMS] == [
        ["cnn-layer-again"],
        ["cnn-layer"],
        [],
    ]


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("[28, -3, +5, 0]", (28, -3, 5, 0)),
        ("[0.25, 1/3, -1/2, .5, 2.0]", tuple(map(Fraction, ("1/4", "1/3", "-1/2", "1/2", "2")))),
        ("[true, False]", (True, False)),
        (
            "[sigmoid, y, n, '28', \"yes\", 2026-11-22]",
            ("sigmoid", "y", "n", "28", "yes", "2026-11-22"),
        ),
        ("[[1, 2], [3, [4, a]]]", ((1, 2), (3, (4, "a")))),
        ("[{in: x, of: 2}]", (Record(entries=(("in", "x"), ("of", 2))),)),
        ("[0.1]", (Fraction(1, 10),)),
        ("[1, true]", (1, True)),
    ],
)
def test_values_are_exact(written: str, values: tuple[Value, ...]) -> None:
    found = listed(written)
    assert found == values
    assert [isinstance(value, bool) for value in found] == [isinstance(v, bool) for v in values]


def test_a_whole_number_is_an_integer_however_it_is_written() -> None:
    assert [type(value) for value in listed("[2.0, 6/2]")] == [int, int]


def test_definitions_and_constraints_are_expressions() -> None:
    assert [d.expression.text for d in CNN.definitions] == [
        "image + 2 * padding - kernel + 1",
        "hidden**2",
        "image**2",
    ]
    assert [c.text for c in CNN.constraints] == [
        "padding <= (kernel - 1) / 2",
        "image > kernel",
        "pixels > 100",
    ]


def test_a_model_keeps_its_fields_as_they_stand() -> None:
    assert CNN.model is not None
    assert CNN.model.kind.text == "conv"
    assert list(CNN.model.fields.fields) == ["input", "filters", "kernel", "padding", "bias"]


def test_a_numerical_part_has_mistakes_a_solution_and_a_rubric() -> None:
    first = CNN.parts[0]
    assert isinstance(first.spec, NumericalSpec)
    assert (first.points, first.lines, first.model_mistakes) == (Fraction(2), 6, True)
    assert [(m.result.text, m.worth) for m in first.mistakes] == [
        ("filters * kernel**2", Fraction(1, 2)),
        ("filters", Fraction(1, 2)),
    ]
    assert [m.when.text if m.when else None for m in first.mistakes] == ["bias", None]
    assert [text.text for text in first.solution] == [
        "First {{ kernel }}.",
        'Then "{{ filters }}" \\times.',
    ]
    assert [line.points for line in first.rubric] == [Fraction(1), Fraction(1)]


def test_a_tolerance_is_absolute_or_relative() -> None:
    numerical = [p.spec for p in CNN.parts if isinstance(p.spec, NumericalSpec)]
    assert [spec.tolerance for spec in numerical] == [
        Tolerance(amount=Fraction(0)),
        Tolerance(amount=Fraction(1, 100), relative=True),
        Tolerance(amount=Fraction(1, 100)),
        Tolerance(amount=Fraction(0)),
    ]
    assert [(spec.decimals, spec.unit) for spec in numerical] == [
        (None, ""),
        (3, "px"),
        (None, ""),
        (None, ""),
    ]


def test_an_expression_part_names_a_derivation() -> None:
    spec = part("expression").spec
    assert isinstance(spec, ExpressionSpec)
    assert spec.answer.text == "model.gradient.w"


def test_options_are_made_of_mistakes_or_written_out() -> None:
    made, written, *_ = (p.spec for p in CNN.parts if isinstance(p.spec, ChoiceSpec))
    assert made.answer is not None
    assert (made.answer.text, made.count, made.options) == ("model.output_width", 4, ())
    assert (written.multiple, written.answer) == (True, None)
    assert [(o.text.text, o.right.text) for o in written.options] == [
        ("With a bias, {{ kernel }} taps", "bias"),
        ("Without", "not bias"),
        ("No", "false"),
    ]


def test_options_are_drawn_from_a_pool_or_rounded() -> None:
    *_, drawn, rounded = (p.spec for p in CNN.parts if isinstance(p.spec, ChoiceSpec))
    assert (drawn.pool, drawn.count, drawn.none, len(drawn.options)) == (True, 2, True, 3)
    assert [option.worth for option in drawn.options] == [0, Fraction(1, 2), 0]
    assert (rounded.decimals, rounded.count, rounded.none) == (1, 2, False)


def test_a_text_part_has_answers_that_are_as_good_and_hints() -> None:
    found = part("text")
    assert isinstance(found.spec, TextSpec)
    answers = [answer.text for answer in found.spec.answers]
    assert (answers, found.spec.case) == (["convolutional", "a {{ kernel }} by * layer"], True)
    assert [(m.result.text, m.worth) for m in found.mistakes] == [("dense*", Fraction(1, 4))]
    assert [hint.text for hint in found.hints] == ["It slides.", "By {{ kernel }}."]


def test_a_matching_part_has_pairs_and_distractors() -> None:
    spec = part("matching").spec
    assert isinstance(spec, MatchingSpec)
    assert [(p.left.text, p.right.text, p.because and p.because.text) for p in spec.pairs] == [
        ("filters", "{{ filters }}", "So it says."),
        ("size", "{{ kernel }}", None),
    ]
    assert [distractor.text for distractor in spec.distractors] == ["none"]


def test_items_stand_in_order_or_are_ranked() -> None:
    written, ranked = (p.spec for p in CNN.parts if isinstance(p.spec, OrderingSpec))
    assert [(item.text.text, item.by) for item in written.items] == [
        ("input", None),
        ("layer", None),
        ("output", None),
    ]
    assert [item.by.text for item in ranked.items if item.by] == ["kernel", "image", "image**2"]


def test_a_part_names_the_one_that_it_follows() -> None:
    assert [[letter.text for letter in p.follows] for p in CNN.parts if p.follows] == [["b"]]


def test_a_true_false_part_takes_wrong_justifications() -> None:
    found = part("true_false")
    assert isinstance(found.spec, TrueFalseSpec)
    assert found.spec.explain
    assert [mistake.result.text for mistake in found.mistakes] == ["It is odd."]


def test_an_essay_leaves_space() -> None:
    assert part("essay").spec == EssaySpec(lines=8)


def test_claims_have_conditions_and_no_truth() -> None:
    found = part("claims", LSTM)
    assert isinstance(found.spec, ClaimsSpec)
    assert (found.spec.chosen.text, found.ask, found.points) == ("chosen", None, Fraction(3))
    first, second = LSTM.claims
    assert [text.text for text in (*first.given, *first.holds)] == ["x == 0", "h == h_prev"]
    assert [text.text for text in second.holds] == ["f >= 0", "f <= 1"]
    assert first.mistakes[0].result.text == "$\\sigma(0) = 0$"


def test_windows_line_ends_mean_the_same() -> None:
    text = read_text(EVERYTHING).replace("\n", "\r\n")
    other = read_bank(SourceFile(name="everything.yaml", text=text), id="everything").bank
    assert other.problems == READING.bank.problems
    assert other.instructions == READING.bank.instructions


def test_a_byte_order_mark_is_dropped() -> None:
    content = EVERYTHING.read_bytes()
    assert decode("b.yaml", b"\xef\xbb\xbf" + content) == decode("b.yaml", content)


def test_an_alias_stands_for_what_it_marks() -> None:
    assert listed("[&one [1, 2], [*one, *one]]") == ((1, 2), ((1, 2), (1, 2)))


def test_of_very_many_errors_the_first_hundred_are_told() -> None:
    lines = "".join(f"unknown{number}: 1\n" for number in range(150))
    with pytest.raises(InputError) as refused:
        read_bank(SourceFile(name="b.yaml", text="title: x\nproblems: []\n" + lines), id="b")
    assert len(refused.value.diagnostics) == 101
    assert refused.value.diagnostics[0].message == (
        "this bank has 151 errors; the first 100 follow"
    )
