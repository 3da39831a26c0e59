"""Random claims: no verdict contradicts what random numbers show, and no proof a counterexample.

Set ``GEN_QUIZ_STRUCTURES`` for more of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from generator.diagnostics import InputError
from generator.solver.contract import Disagreement
from generator.solver.models.recurrent import claims
from generator.solver.models.recurrent.decision.grid import CLOSER, QUICK
from generator.solver.models.recurrent.decision.proof import by_calculation, by_facts
from generator.solver.models.recurrent.decision.question import Question
from generator.solver.models.recurrent.decision.search import refute
from generator.solver.models.recurrent.model import RecurrentCell
from generator.solver.models.recurrent.structure.terms import Dependence
from tests.solver.recurrent import plain_numpy
from tests.solver.recurrent.cells import cell, decide, lstm
from tests.solver.recurrent.cells import claim as bank_claim
from tests.solver.recurrent.plain_numpy import GATES
from tests.solver.recurrent.random_cells import RandomClaim, random_cells, random_claims
from tests.structures import structures

Rows = NDArray[np.float64]
Spoken = tuple[str, Callable[[SimpleNamespace], Rows]]
"""Something as a bank says it, and by hand."""

TINY = 1e-9

SIDES: tuple[Spoken, ...] = (
    ("0", lambda v: np.zeros(plain_numpy.ROWS)),
    ("1", lambda v: np.ones(plain_numpy.ROWS)),
    ("1/2", lambda v: np.full(plain_numpy.ROWS, 0.5)),
    ("f", lambda v: v.f),
    ("i + f", lambda v: v.i + v.f),
    ("c_tilde", lambda v: v.c_tilde),
    ("abs(c)", lambda v: np.abs(v.c)),
    ("c_prev", lambda v: v.c_prev),
    ("f * c_prev", lambda v: v.f * v.c_prev),
    ("h", lambda v: v.h),
    ("abs(h)", lambda v: np.abs(v.h)),
    ("c**2", lambda v: v.c**2),
    ("tanh(c)", lambda v: np.tanh(v.c)),
)
RELATIONS: dict[str, Callable[[Rows, Rows], NDArray[np.bool_]]] = {
    "==": lambda a, b: np.abs(a - b) <= TINY,
    "<": lambda a, b: a < b + TINY,
    "<=": lambda a, b: a <= b + TINY,
    ">=": lambda a, b: a >= b - TINY,
}
CONDITIONS: tuple[tuple[str, Callable[[SimpleNamespace], NDArray[np.bool_]]], ...] = (
    ("x == 0", lambda v: v.x == 0),
    ("h_prev == 0", lambda v: v.h_prev == 0),
    ("c_prev >= 0", lambda v: v.c_prev >= 0),
    ("abs(c_prev) <= 1", lambda v: np.abs(v.c_prev) <= 1),
    ("W_f == 0", lambda v: v.W_f == 0),
    ("c_tilde == 0", lambda v: v.c_tilde == 0),
    ("f > 1/2", lambda v: v.f > 0.5),
)


@cache
def rows(gate: str) -> SimpleNamespace:
    return plain_numpy.lstm(gate)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.sampled_from(sorted(GATES)),
    st.lists(st.sampled_from(CONDITIONS), max_size=2, unique=True),
    st.sampled_from(SIDES),
    st.sampled_from(sorted(RELATIONS)),
    st.sampled_from(SIDES),
)
def test_no_verdict_contradicts_random_numbers(
    gate: str,
    conditions: list[tuple[str, Callable[[SimpleNamespace], NDArray[np.bool_]]]],
    left: Spoken,
    relation: str,
    right: Spoken,
) -> None:
    """A claim that is said to be true is broken by no row; one that is broken is false."""
    v = rows(gate)
    where = np.ones(plain_numpy.ROWS, bool)
    for _, condition in conditions:
        where &= condition(v)
    unbroken = bool(RELATIONS[relation](left[1](v), right[1](v))[where].all())
    claim, given_texts = f"{left[0]} {relation} {right[0]}", [text for text, _ in conditions]
    try:
        verdict = decide(lstm(gate), claim, given_texts)
    except InputError as error:
        (code,) = {finding.code for finding in error.diagnostics}
        assert code == "wrong-claim"
        assert left[0][:1] in "01"
        assert right[0][:1] in "01"
    except Disagreement:
        # Left open, never guessed; but what random numbers break is never left open.
        assert unbroken
    else:
        assert unbroken or not verdict.value
        assert verdict.evidence.result == str(verdict.value).lower()


# --- random cells ------------------------------------------------------------------------------


@settings(max_examples=structures(30), deadline=None, derandomize=True)
@given(st.data())
def test_no_proof_and_no_counterexample_contradict_each_other(data: st.DataObject) -> None:
    """Both are sought for every claim, whatever the other found."""
    drawn = data.draw(random_cells())
    claim = data.draw(random_claims(drawn))
    asked = _asked(cell(drawn.texts), claim)
    if asked is None:
        return
    subject, conditions, (goal,) = asked
    assert not isinstance(goal, Dependence)
    question = Question(cell=subject, given=conditions, goal=goal).focus().solved().focus()
    argument = by_calculation(question) or by_facts(question)
    example = refute(question, [QUICK, CLOSER])
    assert argument is None or example is None


@settings(max_examples=structures(30), deadline=None, derandomize=True)
@given(st.data())
def test_no_verdict_about_a_random_cell_contradicts_random_numbers(data: st.DataObject) -> None:
    """No row breaks what is called true, and none meets what is called impossible."""
    drawn = data.draw(random_cells())
    claim = data.draw(random_claims(drawn))
    v = drawn.rows()
    where = np.ones(len(v.x), bool)
    for condition in claim.given:
        where &= condition.holds(v)
    unbroken = bool(claim.holds.holds(v)[where].all())
    try:
        verdict = decide(cell(drawn.texts), claim.holds.text, [c.text for c in claim.given])
    except InputError as error:
        (code,) = {finding.code for finding in error.diagnostics}
        assert code in ("vacuous-claim", "wrong-claim")
        assert code == "wrong-claim" or not where.any()
    except Disagreement:
        assert unbroken
    else:
        assert unbroken or not verdict.value
        assert verdict.evidence.result == str(verdict.value).lower()


def _asked(subject: RecurrentCell, random: RandomClaim) -> claims.Asked | None:
    """The claim as the solver reads it; None if it says nothing about the cell."""
    said = bank_claim(random.holds.text, [condition.text for condition in random.given])
    try:
        return claims._asked(subject.cell, {}, said)
    except InputError:
        return None
