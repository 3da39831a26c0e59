"""The example banks are what a careful author would hand in: many variants, and every key right."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from generator.bank.uses import uses
from generator.model.figure import Polyline
from generator.model.solution import (
    ChoiceKey,
    NumericalKey,
    PartSolution,
    TrueFalseKey,
    Wording,
)
from generator.model.source import Source
from generator.model.value import Record, Value
from generator.model.variant import Variant
from generator.pipeline.assignment import Assignment, Dealer
from tests.commands import ROOT, gen_quiz
from tests.shipped import shipped

SHOWPIECE = ROOT / "banks" / "examples" / "every-part.yaml"
"""A bank of several problems, for which there are tests of its own."""
EXAM = SHOWPIECE.with_name("exam.yaml")
"""Problems of the others on one sheet."""
EXAMPLES = sorted({*SHOWPIECE.parent.glob("*.yaml")} - {SHOWPIECE, EXAM})
SAMPLE = 20
PROBLEMS = [
    *(("calculus", number) for number in range(5)),
    *(("linear-algebra", number) for number in range(3)),
    *(("physics", number) for number in range(2)),
    *(("probability", number) for number in range(2)),
]
"""The problems of these banks: a name, and a place in the bank."""


def assignment(name: str) -> Assignment:
    return shipped(f"examples/{name}")


def dealer(name: str, number: int = 0) -> Dealer:
    return assignment(name).dealers[number]


def sample(
    name: str, count: int = SAMPLE, *, number: int = 0
) -> Iterator[tuple[dict[str, Any], list[PartSolution]]]:
    """Values and solved parts of the first variants dealt of a bank's problem."""
    dealt = dealer(name, number)
    for k in range(count):
        variant = dealt.draw(k)
        yield dict(variant.values), list(dealt.solver.solve(variant).parts)


def number(part: PartSolution) -> NumericalKey:
    assert isinstance(part.key, NumericalKey)
    return part.key


def chosen(part: PartSolution) -> list[bool]:
    """What is right, option by option, in the order of the bank's text."""
    assert isinstance(part.key, ChoiceKey)
    ordered = sorted(part.key.options, key=lambda option: place(option.text))
    return [option.right for option in ordered]


def place(wording: Wording) -> tuple[int, int]:
    """Where an author's text stands in the bank; before all of them for what is not one."""
    return (wording.line, wording.column) if isinstance(wording, Source) else (0, 0)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_check_finds_nothing_wrong(path: Path, tmp_path: Path) -> None:
    run = gen_quiz("check", path, cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")


def test_these_are_all_problems() -> None:
    found = [(p.stem, n) for p in EXAMPLES for n in range(len(assignment(p.stem).dealers))]
    assert found == PROBLEMS


@pytest.mark.parametrize(("name", "number"), PROBLEMS)
def test_there_are_variants_for_a_large_course(name: str, number: int) -> None:
    assert dealer(name, number).space.size >= 200


@pytest.mark.parametrize(("name", "number"), PROBLEMS)
def test_a_sample_of_variants_is_solved_and_composed(name: str, number: int) -> None:
    dealt = dealer(name, number)
    documents = [dealt.document(dealt.draw(k)) for k in range(SAMPLE)]
    assert len({document.question for document in documents}) == SAMPLE


@pytest.mark.parametrize(("name", "number"), PROBLEMS)
def test_every_part_has_a_worked_solution(name: str, number: int) -> None:
    dealt = dealer(name, number)
    for part in dealt.document(dealt.draw(0)).answer.parts:
        assert part.steps, part.label


@pytest.mark.parametrize(("name", "number"), PROBLEMS)
def test_every_mistake_applies_in_some_variant(name: str, number: int) -> None:
    problem = assignment(name).bank.problems[number]
    stated = {place(m.because) for part in problem.parts for m in part.mistakes}
    met: set[tuple[int, int]] = set()
    for _, parts in sample(name, 60, number=number):
        for part in parts:
            met |= {place(mistake.because) for mistake in part.mistakes}
            if isinstance(part.key, ChoiceKey):
                met |= {place(option.because) for option in part.key.options}
    assert stated <= met


@pytest.mark.parametrize(("name", "number"), PROBLEMS)
def test_both_verdicts_of_a_true_false_part_occur(name: str, number: int) -> None:
    verdicts: dict[int, set[bool]] = {}
    for _, parts in sample(name, number=number):
        for index, part in enumerate(parts):
            if isinstance(part.key, TrueFalseKey):
                verdicts.setdefault(index, set()).add(part.key.value)
    assert all(found == {True, False} for found in verdicts.values())


# --- the keys, by another route ----------------------------------------------------------------


def test_the_derivatives_are_those_of_complex_steps() -> None:
    for values, (_, slope, flat, _) in sample("calculus"):
        a, n, b, p = (values[name] for name in "anbp")
        at_point = complex(float(p), 1e-30)
        step = (a * at_point**n * np.exp(b * at_point)).imag / 1e-30
        assert float(number(slope).value) == pytest.approx(step, abs=0.0051)
        assert float(number(flat).value) == pytest.approx(-n / b, abs=0.0051)


def test_the_tangent_meets_the_axis_where_newton_goes() -> None:
    for values, (_, _, meets) in sample("calculus", number=1):
        a, b, c, p = (float(values[name]) for name in "abcp")
        at_point = complex(p, 1e-30)
        height = (a * at_point + b) / (at_point**2 + c)
        newton = p - height.real / (height.imag / 1e-30)
        assert float(number(meets).value) == pytest.approx(newton, abs=0.0051)


def test_the_velocities_are_those_of_complex_steps() -> None:
    for values, (_, start, later, acceleration) in sample("calculus", number=2):
        size, damping, frequency, moment = (
            float(values[name]) for name in ("amplitude", "damping", "frequency", "moment")
        )
        pole = complex(-damping, frequency)
        velocity = [(size * pole * np.exp(pole * t)).real for t in (0, moment)]
        assert float(number(start).value) == pytest.approx(velocity[0])
        assert float(number(later).value) == pytest.approx(velocity[1], abs=0.0051)
        assert float(number(acceleration).value) == pytest.approx((size * pole**2).real, abs=0.0051)


def test_the_linear_algebra_keys_are_those_of_numpy() -> None:
    for values, parts in sample("linear-algebra"):
        matrix = _matrix(values)
        determinant, polynomial, eigenvalue, eigenvector, _ = parts
        assert number(determinant).value == round(np.linalg.det(matrix))
        assert chosen(polynomial) == [True, False, False, False]
        assert number(eigenvalue).value == round(max(np.linalg.eigvals(matrix).real))
        assert isinstance(eigenvector.key, TrueFalseKey)
        assert eigenvector.key.value == _is_eigenvector(matrix, values)


def test_the_products_of_matrices_are_those_of_numpy() -> None:
    for values, (entry, determinant, shape) in sample("linear-algebra", number=1):
        a, b = np.array(values["A"]), np.array(values["B"])
        assert number(entry).value == (a @ b)[values["row"] - 1, values["column"] - 1]
        assert number(determinant).value == round(np.linalg.det(a @ b))
        assert chosen(shape) == [(b @ a).size == size for size in (9, 4, 6, 0)]


def test_the_quadratic_forms_are_what_their_eigenvalues_say_and_a_third_of_each_kind() -> None:
    kinds = []
    for values, (kind, value) in sample("linear-algebra", 60, number=2):
        matrix = np.array(values["S"])
        low, high = np.linalg.eigvalsh(matrix)
        kinds.append(chosen(kind))
        assert kinds[-1] == [low > 0, high < 0, low < 0 < high]
        assert number(value).value == np.array([1, -1]) @ matrix @ np.array([1, -1])
    assert [sum(column) for column in zip(*kinds, strict=True)] == [20, 20, 20]


def test_the_right_polynomial_is_the_characteristic_one() -> None:
    dealt = dealer("linear-algebra")
    for k in range(SAMPLE):
        variant = dealt.draw(k)
        shown = dealt.document(variant).answer.parts[1].plain
        _, trace, determinant = (round(c) for c in np.poly(_matrix(dict(variant.values))))
        assert shown.split(": ")[1] == rf"\lambda^2 {trace:+}\lambda {determinant:+}"


def _matrix(values: dict[str, Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Built of the eigenvalues as the characteristic equation demands, not as the bank does."""
    low, high, a, b = (values[name] for name in ("low", "high", "a", "b"))
    return np.array([[a, b], [-(a - low) * (a - high) / b, low + high - a]], dtype=float)


def _is_eigenvector(matrix: Any, values: dict[str, Any]) -> bool:
    first, second = values["b"], values["high"] - values["a"]
    candidates = {
        "eigenvector": (first, second),
        "swapped": (second, first),
        "mirrored": (first, -second),
    }
    vector = np.array(candidates[values["candidate"]], dtype=float)
    return bool(np.linalg.matrix_rank(np.stack([vector, matrix @ vector])) == 1)


def test_the_probability_keys_are_those_of_counting_outcomes() -> None:
    for values, (alarm, posterior, false_alarms, twice, statements) in sample("probability"):
        joint = _outcomes(values)
        chance = {
            (bad, one): joint[bad, one, True] + joint[bad, one, False]
            for bad, one in product((True, False), repeat=2)
        }
        heard = chance[True, True] + chance[False, True]
        after = chance[True, True] / heard
        assert abs(number(alarm).value - heard) <= Fraction(1, 20_000)
        assert abs(number(posterior).value - after) <= Fraction(1, 2_000)
        assert number(false_alarms).value == values["tested"] * chance[False, True]
        both = joint[True, True, True] / (joint[True, True, True] + joint[False, True, True])
        assert abs(_right_number(twice) - both) <= Fraction(1, 2_000)
        silent = chance[True, False] / (chance[True, False] + chance[False, False])
        likelier = after > Fraction(1, 2)
        speaks_against = silent < chance[True, True] + chance[True, False]
        assert chosen(statements) == [likelier, False, speaks_against, False]


def _outcomes(values: dict[str, Any]) -> dict[tuple[bool, bool, bool], Fraction]:
    """The probability of each state with the results of two examinations."""
    share = Fraction(values["percent"]) / 100
    rate = {True: Fraction(values["sensitivity"]), False: Fraction(values["false_alarm"])}
    return {
        (bad, one, two): (share if bad else 1 - share)
        * (rate[bad] if one else 1 - rate[bad])
        * (rate[bad] if two else 1 - rate[bad])
        for bad, one, two in product((True, False), repeat=3)
    }


def _right_number(part: PartSolution) -> Fraction:
    assert isinstance(part.key, ChoiceKey)
    (right,) = (option.text for option in part.key.options if option.right)
    assert isinstance(right, str)
    return Fraction(right.strip("$"))


def test_the_physics_keys_are_those_of_vectors_and_energy() -> None:
    """The normal force by projecting the weight, the speed by the balance of energies."""
    for values, (normal, slides, acceleration, speed, mass) in sample("physics"):
        weight = np.array([0.0, -9.81 * float(values["mass"])])
        rise = math.radians(values["angle"])
        down = np.array([-math.cos(rise), -math.sin(rise)])
        force = abs(weight @ np.array([-down[1], down[0]]))
        assert abs(float(number(normal).value) - force) <= 0.0501
        kinetic, excess = float(values["kinetic"]), float(values["excess"])
        assert isinstance(slides.key, TrueFalseKey)
        assert slides.key.value == (weight @ down > (kinetic + excess) * force)
        work = (weight @ down - kinetic * force) * float(values["length"])
        reached = math.sqrt(2 * work / float(values["mass"]))
        assert abs(float(number(speed).value) - reached) <= 0.00501
        gained = reached**2 / (2 * float(values["length"]))
        assert abs(float(_right_number(acceleration)) - gained) <= 0.00501
        assert chosen(mass) == [False, True, False, False]


def test_the_velocity_graph_is_read_off_its_own_picture() -> None:
    """The distance as the area below the line that is drawn, in the units of its frame."""
    dealt = dealer("physics", 1)
    for k in range(SAMPLE):
        variant = dealt.draw(k)
        solution = dealt.solver.solve(variant)
        values: dict[str, Any] = dict(variant.values)
        figure = solution.figures["velocity"]
        (chain,) = [s.points for s in figure.shapes if isinstance(s, Polyline)]
        halt = sum(values[name] for name in ("speeding", "steady", "braking"))
        seconds = halt / (chain[-1][0] - chain[0][0])
        metres = values["top"] / (chain[0][1] - min(y for _, y in chain))
        area = sum(
            (bx - ax) * seconds * (2 * chain[0][1] - ay - by) / 2 * metres
            for (ax, ay), (bx, by) in pairwise(chain)
        )
        acceleration, distance, mean = (float(number(part).value) for part in solution.parts)
        assert distance == pytest.approx(area, rel=0.002)
        assert mean == pytest.approx(area / halt, abs=0.06)
        assert acceleration == pytest.approx(values["top"] / values["speeding"], abs=0.005)


def test_the_waiting_times_are_those_of_adding_up_the_density() -> None:
    for values, (chance, mean, later) in sample("probability", number=1):
        rate, a, width = (float(values[name]) for name in ("rate", "a", "width"))
        t = (np.arange(200_000) + 0.5) / 1_000
        density = rate * np.exp(-rate * t) / 1_000
        within = density[(a < t) & (t < a + width)].sum()
        assert float(number(chance).value) == pytest.approx(within, abs=0.0006)
        assert float(number(mean).value) == pytest.approx((t * density).sum(), rel=1e-4)
        rest = density[t > a + width].sum() / density[t > a].sum()
        assert float(_right_number(later)) == pytest.approx(rest, abs=0.0006)


# --- the English -------------------------------------------------------------------------------


def test_the_stories_read_well_in_every_place() -> None:
    """People are `who`, things are `that`; no story lacks a word that another has."""
    stories = _stories()
    assert [(story.member("one"), story.member("who")) for story in stories] == [
        ("patient", "who"),
        ("message", "that"),
        ("chip", "that"),
    ]
    problem, *_ = assignment("probability").bank.problems
    used = {path[1] for use in uses(problem) for path in use.text.paths if path[0] == "story"}
    assert used == set(stories[0].members())


def _stories() -> list[Record]:
    dealt = dealer("probability")
    found: dict[str, Value] = {}
    for k in range(dealt.space.size):
        variant: Variant = dealt.draw(k)
        story = dict(variant.values)["story"]
        assert isinstance(story, Record)
        found[str(story.member("one"))] = story
    order = ("patient", "message", "chip")
    return [story for name in order if isinstance(story := found[name], Record)]
