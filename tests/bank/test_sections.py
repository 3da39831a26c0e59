"""Sections: problems of several banks on one sheet, each with its points and place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from generator.bank.read import Reading, read_bank
from generator.diagnostics import Diagnostic, InputError, show
from generator.model.bank import Slot
from generator.model.source import SourceFile

ALGEBRA = """\
title: Algebra
problems:
  - id: sum
    title: Sum
    parameters: {n: {min: 1, max: 9}}
    stem: Take ${{ n }}$.
    parts:
      - {ask: What is twice that?, numerical: 2*n, points: 2}
      - {ask: And thrice?, numerical: 3*n}
  - id: square
    title: Square
    parameters: {n: {min: 1, max: 9}}
    stem: Take ${{ n }}$.
    parts:
      - {ask: What is its square?, numerical: n**2}
"""
EXAM = """\
title: Exam
sections:
  - title: Short questions
    instructions: Answer in one line.
    problems:
      - {bank: algebra.yaml, problem: sum, points: 6}
      - choose: 1
        of:
          - {bank: algebra.yaml, problem: square}
          - own
    shuffle: true
problems:
  - id: own
    title: Own
    parameters: {n: {min: 1, max: 9}}
    stem: Take ${{ n }}$.
    parts: [{ask: What is its cube?, numerical: n**3}]
"""


def load(name: str) -> SourceFile:
    if name != "algebra.yaml":
        raise InputError([Diagnostic(code="unreadable-bank", message=f"{name} is not there")])
    return SourceFile(name=name, text=ALGEBRA)


def read(text: str) -> Reading:
    return read_bank(SourceFile(name="exam.yaml", text=text), id="exam", load=load)


def findings(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(text)
    return [show(finding) for finding in caught.value.diagnostics]


def test_a_form_is_made_of_the_problems_that_sections_name() -> None:
    bank = read(EXAM).bank
    assert [problem.identity for problem in bank.problems] == ["sum", "square", "own"]
    (section,) = bank.sections
    assert (section.title, section.shuffle) == ("Short questions", True)
    assert section.slots == (
        Slot(problems=("sum",), count=1),
        Slot(problems=("square", "own"), count=1),
    )
    assert [name for name, _ in bank.others] == ["algebra.yaml"]


def test_points_asked_for_are_shared_out_as_the_problem_shares_them() -> None:
    problem = read(EXAM).bank.problems[0]
    assert [part.points for part in problem.parts] == [Fraction(4), Fraction(2)]


def test_a_problem_taken_twice_needs_an_id_of_its_own() -> None:
    twice = EXAM.replace("          - own", "          - {bank: algebra.yaml, problem: sum}")
    assert findings(twice) == [
        "exam.yaml:10:43: error[duplicate-id]: `sum` is the id of the problem in line 6 already\n"
        "   |\n"
        "10 |           - {bank: algebra.yaml, problem: sum}\n"
        "   |                                           ^^^\n"
        "help: give one of them another id by `as: …`; an id keys the draw of variants"
    ]
    named = twice.replace("problem: sum}", "problem: sum, as: sum-2}")
    assert [p.identity for p in read(named).bank.problems] == ["sum", "square", "sum-2"]


def test_a_linked_problem_keeps_its_id() -> None:
    """With another id its draws would be others, and its values not those of its partner."""
    linked = ALGEBRA.replace("    title: Square\n    parameters: {n: {min: 1, max: 9}}\n", LINKED)
    renamed = EXAM.replace("problem: square}", "problem: square, as: squares}")

    def load(_: str) -> SourceFile:
        return SourceFile(name="algebra.yaml", text=linked)

    read_bank(SourceFile(name="exam.yaml", text=EXAM), id="exam", load=load)
    with pytest.raises(InputError) as caught:
        read_bank(SourceFile(name="exam.yaml", text=renamed), id="exam", load=load)
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.message) == (
        "conflicting-fields",
        "`square` is linked with `sum`, and both are drawn by one id",
    )


LINKED = "    title: Square\n    shares: sum\n"


def test_a_problem_that_no_section_has_is_told_of() -> None:
    (warning,) = read(EXAM.replace("          - own\n", "")).warnings
    assert (warning.code, warning.line) == ("unused-problem", 12)


def test_what_is_wrong_in_another_bank_is_shown_there() -> None:
    wrong = ALGEBRA.replace("numerical: 2*n", "numerical: 2*m")
    with pytest.raises(InputError) as caught:
        read_bank(
            SourceFile(name="exam.yaml", text=EXAM),
            id="exam",
            load=lambda name: SourceFile(name=name, text=wrong),
        )
    assert [(found.file and found.file.name, found.code) for found in caught.value.diagnostics] == [
        ("algebra.yaml", "unknown-name")
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("problem: square", "problem: squares", "algebra.yaml has no such problem"),
        ("          - own", "          - onw", "this bank has no such problem"),
        ("bank: algebra.yaml, problem: square", "bank: x.yaml, problem: s", "x.yaml is not there"),
        (
            "bank: algebra.yaml, problem: square",
            "bank: ../algebra.yaml, problem: square",
            "`../algebra.yaml` is no path to a bank below this file's folder",
        ),
        (
            "bank: algebra.yaml, problem: square",
            "bank: /etc/passwd, problem: square",
            "`/etc/passwd` is no path to a bank below this file's folder",
        ),
        ("choose: 1", "choose: 3", "3 problems are to be drawn, and there are 2 to draw from"),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(old: str, new: str, message: str) -> None:
    assert old in EXAM
    (finding,) = findings(EXAM.replace(old, new))
    assert message in finding.splitlines()[0]


def test_other_banks_take_part_in_the_digest() -> None:
    first = read(EXAM).bank.digest
    changed = SourceFile(name="algebra.yaml", text=ALGEBRA + "# a remark\n")
    second = read_bank(
        SourceFile(name="exam.yaml", text=EXAM), id="exam", load=lambda _: changed
    ).bank.digest
    assert first != second


def test_a_bank_needs_problems_or_sections() -> None:
    assert findings("title: Nothing\n") == [
        "exam.yaml:1:1: error[missing-field]: this bank needs `problems`\n"
        "  |\n"
        "1 | title: Nothing\n"
        "  | ^\n"
        "help: `problems`: the problems, or `sections`: problems of other banks"
    ]
