"""The engine: what is found at once, what is said of a key that is not proved, what is shared."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from generator.diagnostics import InputError, show
from generator.model.solution import TrueFalseKey
from generator.model.source import Source
from generator.solver import context as context_module
from generator.solver import models
from generator.solver.engine import Solver
from generator.solver.models.conv.layers import Convolution
from generator.variants.space import VariantSpace
from tests.solver import toy
from tests.solver.problems import complaint, problem, solve, variant

CONV = """
- id: p
  title: T
  parameters:
    image: {values: [8, 12, 28]}
    kernel: {values: [3, 5, 9]}
  let:
    wide: image + 2
  model: {conv: {input: [1, wide, wide], filters: 4, kernel: kernel}}
  stem: S ![](figure:stack)
  parts:
    - ask: How many?
      numerical: model.parameters
    - ask: How wide? Not {{ model.output_height }} high.
      numerical: model.output_width + model.output_height
"""

CLAIMS = """
- id: p
  title: T
  parameters:
    n: {values: [1, 5]}
    chosen: {choose: 2, of: claims, true: 1}
  model: {toy: {n: n}}
  stem: S
  parts:
    - claims: chosen
      points: 3
  claims:
    - {text: small, holds: n < 3, because: Look at it.}
    - {text: large, holds: n > 3, mistakes: [{reason: it is odd, because: so what}]}
    - {text: positive, holds: n > 0}
"""


@pytest.fixture(autouse=True)
def _toy(monkeypatch: pytest.MonkeyPatch) -> None:
    table = MappingProxyType({**models.MODELS, "toy": "tests.solver.toy"})
    monkeypatch.setattr(models, "MODELS", table)
    monkeypatch.setattr(context_module, "MODELS", table)
    toy.DECIDED.clear()


def refused(text: str) -> str:
    with pytest.raises(InputError) as caught:
        Solver(problem(text))
    return "\n".join(map(show, caught.value.diagnostics))


# --- found at once -----------------------------------------------------------------------------


def test_a_model_that_does_not_exist_is_named_with_the_one_that_is_meant() -> None:
    assert refused(CONV.replace("{conv:", "{cnov:")) == (
        "bank.yaml:10:13: error[unknown-model]: there is no model of the kind `cnov`\n"
        "   |\n"
        "10 |     model: {cnov: {input: [1, wide, wide], filters: 4, kernel: kernel}}\n"
        "   |             ^^^^\n"
        "help: did you mean `conv`?"
    )


def test_a_quantity_that_does_not_exist_is_found_wherever_it_is_used() -> None:
    text = CONV.replace("model.parameters", "model.paramters * 2").replace(
        "{{ model.output_height }}", "{{ model.conv1.output_hight }}"
    )
    assert refused(text) == (
        "bank.yaml:14:20: error[unknown-quantity]: the model has no quantity `paramters`\n"
        "   |\n"
        "14 |         numerical: model.paramters * 2\n"
        "   |                    ^^^^^^^^^^^^^^^\n"
        "help: did you mean `model.parameters`?\n"
        "bank.yaml:15:31: error[unknown-quantity]: the model has no quantity `conv1.output_hight`\n"
        "   |\n"
        "15 |       - ask: How wide? Not {{ model.conv1.output_hight }} high.\n"
        "   |                               ^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "help: did you mean `model.conv1.output_height`?"
    )


def test_a_field_of_the_model_names_parameters_and_definitions() -> None:
    assert refused(CONV.replace("kernel: kernel}", "kernel: kernal + 1}")) == (
        "bank.yaml:10:64: error[unknown-name]: `kernal` is not a parameter or a definition of this "
        "problem\n"
        "   |\n"
        "10 |     model: {conv: {input: [1, wide, wide], filters: 4, kernel: kernal + 1}}\n"
        "   |                                                                ^^^^^^\n"
        "help: did you mean `kernel`?"
    )


# --- a variant ---------------------------------------------------------------------------------


def test_a_variant_is_solved_with_all_that_its_templates_may_show() -> None:
    solution = solve(CONV, image=28, kernel=5)
    assert [name for name, _ in solution.names] == ["image", "kernel", "wide", "model"]
    assert dict(solution.names)["wide"] == 30
    assert [part.steps[-1] for part in solution.parts] == [
        "With 4 filters: $4 \\times (5 \\times 5 + 1) = 104$.",
        "$26 + 26 = 52$.",
    ]
    assert "30 by 30" in solution.figures["stack"].alt


@pytest.mark.parametrize("answer", ["model.conv1", "model.conv1 + 1"])
def test_a_group_of_quantities_is_no_answer(answer: str) -> None:
    text = CONV.replace("numerical: model.parameters", f"numerical: {answer}")
    assert complaint(text, image=28, kernel=5).splitlines()[0] == (
        "bank.yaml:14:20: error[unknown-quantity]: the model has no quantity `conv1`"
    )


@pytest.mark.parametrize("part", ["numerical: model", "choice: {answer: model.conv1}"])
def test_the_model_itself_is_no_answer(part: str) -> None:
    text = CONV.replace("numerical: model.parameters", part)
    (first, *_) = complaint(text, image=28, kernel=5).splitlines()
    assert first.split(": ", 1)[1] in (
        "error[wrong-type]: an answer is a value or a formula, not a record",
        "error[unknown-quantity]: the model has no quantity `conv1`",
    )


def test_an_expression_of_quantities_is_proved_on_proved_quantities() -> None:
    evidence = solve(CONV, image=28, kernel=5).parts[1].evidence
    assert evidence is not None
    assert evidence.second == (
        "a second arithmetic, over pairs of integers, on proved quantities of the model"
    )


def test_a_variant_that_makes_no_sense_is_refused_with_its_values() -> None:
    text = CONV.replace("wide: image + 2", "wide: image - 2")
    assert complaint(text, image=8, kernel=9) == (
        "bank.yaml:10:64: error[window-too-large]: a window of 9 does not fit into 6 entries\n"
        "   |\n"
        "10 |     model: {conv: {input: [1, wide, wide], filters: 4, kernel: kernel}}\n"
        "   |                                                                ^^^^^^\n"
        "help: a constraint can keep such variants out: `kernel <= image + 2*padding`; in variant "
        "0: image = 8, kernel = 9"
    )


def test_a_key_that_is_not_proved_names_the_line_the_variant_and_both_results(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Convolution, "weights", property(lambda layer: 99))
    assert complaint(CONV, image=28, kernel=5) == (
        "bank.yaml:14:20: error[unproved]: model.parameters is not proved: the closed form gives "
        "103, but a NumPy layer that counted its own weights gave 104\n"
        "   |\n"
        "14 |         numerical: model.parameters\n"
        "   |                    ^^^^^^^^^^^^^^^^\n"
        "help: nothing is made of a problem whose key is not proved; in variant 0: image = 28, "
        "kernel = 5"
    )


def test_a_fault_of_the_language_is_found_by_the_second_arithmetic(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = CONV.replace("numerical: model.parameters", "numerical: image * 2")
    monkeypatch.setattr("generator.solver.case.evaluate", lambda tree, env: 57)
    assert "error[unproved]: `image * 2` is not proved: exact arithmetic gives 56, but" in (
        complaint(text, image=28, kernel=5)
    )


def test_what_variants_share_changes_none_of_them() -> None:
    found = problem(CONV)
    solver = Solver(found)
    space = VariantSpace(found, solver.filters)
    variants = [variant(dict(space.values(index)), index) for index in range(space.size)]
    together = [solution.parts for solution in map(solver.solve, variants)]
    assert together == [Solver(found).solve(one).parts for one in variants]


# --- claims ------------------------------------------------------------------------------------


def test_a_claims_part_unfolds_into_one_part_for_each_chosen_claim() -> None:
    first, second = solve(CLAIMS, n=1, chosen=(1, 2)).parts
    assert (first.key, second.key) == (
        TrueFalseKey(value=False, explain=True),
        TrueFalseKey(value=True, explain=True),
    )
    assert isinstance(first.ask, Source)
    assert first.ask.text == "large"
    assert first.points == 3
    assert first.steps == ("For 1, it fails.",)
    assert first.evidence is not None
    assert first.evidence.result == "it fails"
    (mistake,) = first.mistakes
    assert isinstance(mistake.result, Source)
    assert mistake.result.text == "it is odd"


def test_the_authors_wording_stands_before_the_solvers() -> None:
    step, proof = solve(CLAIMS, n=1, chosen=(0, 2)).parts[0].steps
    assert isinstance(step, Source)
    assert (step.text, proof) == ("Look at it.", "For 1, it holds.")


def test_so_many_of_the_chosen_are_true() -> None:
    """n = 1: small and positive are true; n = 5: large and positive."""
    found = problem(CLAIMS)
    space = VariantSpace(found, Solver(found).filters)
    chosen = [space.values(index) for index in range(space.size)]
    assert {(dict(v)["n"], dict(v)["chosen"]) for v in chosen} == {
        (1, (0, 1)),
        (1, (1, 0)),
        (1, (1, 2)),
        (1, (2, 1)),
        (5, (0, 1)),
        (5, (1, 0)),
        (5, (0, 2)),
        (5, (2, 0)),
    }
    assert len(toy.DECIDED) == 6, "each claim is decided once for each n"


def test_a_claim_that_cannot_be_decided_is_an_error_at_the_claim() -> None:
    text = CLAIMS.replace("holds: n > 0", "holds: n > open")
    found = problem(text)
    with pytest.raises(InputError) as caught:
        VariantSpace(found, Solver(found).filters)
    (finding,) = caught.value.diagnostics
    assert (finding.line, finding.code, finding.message, finding.help) == (
        16,
        "unproved",
        "the claim is not proved: it is not proved, but it is not refuted either",
        "nothing is made of a problem whose key is not proved; here n = 1",
    )


def test_a_quantity_whose_derivations_differ_stops_the_variant() -> None:
    text = CLAIMS.replace("- claims: chosen", "- ask: A\n      numerical: model.lost")
    assert "error[unproved]: model.lost is not proved: one says 1, but the other says 2" in (
        complaint(text, n=1, chosen=(0, 1))
    )
