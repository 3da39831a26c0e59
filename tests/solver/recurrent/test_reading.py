"""What is wrong with a cell or a claim is said at its place, with a cure."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from generator.diagnostics import InputError
from generator.model.value import Value
from generator.solver.models.recurrent import read
from tests.solver.recurrent.cells import LSTM, Texts, cell, decide, lstm
from tests.solver.trees import spec

Finding = tuple[str, str, str]


def findings(error: InputError) -> list[Finding]:
    return [(found.code, found.message, found.help) for found in error.diagnostics]


def refused(fields: Mapping[str, object], **values: Value) -> list[Finding]:
    with pytest.raises(InputError) as caught:
        cell(fields, **values)
    return findings(caught.value)


CELLS: list[tuple[dict[str, object], Finding]] = [
    (
        {"h": "tanh(W @ x + U @ h_pre)"},
        (
            "unknown-name",
            "`h_pre` is neither a name of this cell nor a parameter",
            "did you mean `h_prev`?",
        ),
    ),
    (
        {"h": "tahn(W @ x)"},
        ("unknown-function", "there is no activation or parameter `tahn`", "did you mean `tanh`?"),
    ),
    (
        {"h": "W * h_prev"},
        ("wrong-type", "the matrix `W` stands alone", "write `W @ x`"),
    ),
    (
        {"h": "tanh(W @ x + W @ h_prev)"},
        (
            "wrong-type",
            "`W` is a d x m matrix elsewhere, so it cannot multiply a vector of d entries",
            "use another matrix",
        ),
    ),
    (
        {"h": "x * h_prev"},
        (
            "wrong-type",
            "a vector of d entries and a vector of m entries do not fit together, entry by entry",
            "only a matrix turns the one into the other: `W @ x`",
        ),
    ),
    (
        {"h": "x"},
        (
            "wrong-type",
            "the right-hand side of `h` is a vector of m entries, not a vector of d entries",
            "multiply it by a matrix: `W @ x`",
        ),
    ),
    (
        {"h": "h_prev @ x"},
        (
            "wrong-type",
            "left of `@` a weight matrix must stand: a name that begins with a capital letter",
            "",
        ),
    ),
    ({"h": "W @ 2"}, ("wrong-type", "right of `@` stands a number, not a vector", "")),
    ({"h": "h_prev / (2 - 2)"}, ("division-by-zero", "the divisor is 0", "")),
    ({"h": "2 / h_prev"}, ("wrong-type", "after `/` a number must stand", "")),
    ({"h": "h_prev ** 9"}, ("wrong-value", "an exponent is a whole number up to 8", "")),
    ({"h": "h_prev // 2"}, ("wrong-type", "`//` is not for the vectors of a cell", "")),
    (
        {"h": "tanh(h_prev, x)"},
        ("wrong-arguments", "`tanh` does not take 2 arguments", "write `tanh(x)`"),
    ),
    ({"h": "softsign(h_prev, x)"}, ("wrong-arguments", "`softsign` takes one argument", "")),
    ({"h": "not h_prev"}, ("wrong-type", "`not` belongs to statements, not to numbers", "")),
    ({"h": "[1, 2]"}, ("wrong-type", "a number or a vector is expected here", "")),
    (
        {"h": "derivative(h, h_prev)"},
        ("wrong-type", "derivatives belong to claims, not to equations", ""),
    ),
    (
        {"h": "tanh(a)", "a": "W @ h + U @ h_prev"},
        (
            "cycle",
            "these equations need each other in a circle: `h` -> `a` -> `h`",
            "the value of the time step before is `h_prev`",
        ),
    ),
    (
        {"x": "h_prev"},
        ("wrong-name", "`x` is the input, which has no equation", "choose another name"),
    ),
    (
        {"h_prev": "x"},
        (
            "wrong-name",
            "`h_prev` is what `h` was before, which has no equation",
            "choose another name",
        ),
    ),
    ({"b_i": "x"}, ("wrong-name", "`b_i` is the name of a weight", "choose another name")),
    ({"tanh": "x"}, ("wrong-name", "`tanh` is the name of a function", "choose another name")),
    (
        {"H": "x"},
        (
            "wrong-name",
            "a quantity is named by a small letter, and further letters, digits or `_`",
            "choose another name",
        ),
    ),
    (
        {"equations": ["tanh(x)"]},
        (
            "wrong-type",
            "the equations are names with expressions",
            "write `h: tanh(W @ x + U @ h_prev)`, an equation a line",
        ),
    ),
    (
        {"cell": "gru", "inputs": 3},
        ("unknown-field", "there is no field `inputs` here", "did you mean `input`?"),
    ),
    (
        {"cell": "gru", "hidden": "1/2"},
        ("wrong-value", "the number of units must be a whole number from 1 to 5,000", ""),
    ),
]


@pytest.mark.parametrize(("fields", "finding"), CELLS, ids=lambda value: str(value)[:60])
def test_a_cell_that_makes_no_sense(fields: dict[str, object], finding: Finding) -> None:
    assert refused(fields) == [finding]


def test_all_equations_are_read_before_the_findings_are_told() -> None:
    found = refused({"h": "tanh(W @ y)", "c": "h_prev // 2"})
    assert [code for code, _, _ in found] == ["wrong-type", "unknown-name"]


def test_a_finding_points_at_the_very_word() -> None:
    with pytest.raises(InputError) as caught:
        cell({"h": "tanh(W @ x + U @ h_pre)"})
    (finding,) = caught.value.diagnostics
    assert (finding.column, finding.length) == (18, 5)


def test_a_parameter_that_is_no_activation() -> None:
    assert refused(LSTM, gate="softmax")[0] == (
        "unknown-function",
        "`gate` is 'softmax', which is no activation",
        "activations are sigmoid, hard_sigmoid, tanh, hard_tanh, relu, leaky_relu, softplus, "
        "softsign, linear",
    )


def test_a_parameter_must_not_have_a_name_of_the_cell() -> None:
    assert refused({"h": "tanh(W @ x)"}, x=1) == [
        (
            "ambiguous-name",
            "`x` is a name of this cell and a parameter of the problem",
            "rename one of the two",
        )
    ]


def test_a_parameter_that_names_no_cell() -> None:
    assert refused({"cell": "kind"}, kind="gur") == [
        ("unknown-cell", "there is no cell named `gur`", "did you mean `gru`?")
    ]


def test_a_parameter_chooses_a_term_a_number_and_a_function() -> None:
    fields: dict[str, object] = {
        "f": "gate(U @ h_prev)",
        "i": "1 - f if coupled else gate(W @ x)",
        "h": "scale[1] * i",
    }
    values: dict[str, Value] = {"gate": "tanh", "coupled": True, "scale": (1, 3)}
    assert read(spec("recurrent", fields)).names == {"gate", "coupled", "scale"}
    equations = cell(fields, **values).member("equations")
    assert getattr(equations, "text", "") == "f = tanh(U @ h_prev); i = 1 - f; h = 3 * i"


def test_equations_may_come_in_any_order_and_are_shown_in_it() -> None:
    subject = cell({"h": "tanh(a)", "a": "W @ x"})
    assert getattr(subject.member("equations"), "text", "") == "h = tanh(a); a = W @ x"
    assert decide(subject, "abs(h) < 1").value is True


CLAIMS: list[tuple[Texts, Texts, Finding]] = [
    (
        "g >= 0",
        (),
        (
            "unknown-name",
            "`g` is neither a name of this cell nor a parameter",
            "the cell's names are U_c, U_f, U_i, U_o, W_c, W_f, W_i, W_o, c, c_prev, c_tilde, f, "
            "gate, h, h_prev, i, o, x",
        ),
    ),
    ("h", (), ("wrong-type", "a comparison is expected here, such as `h == 0`", "")),
    (
        "x == h",
        (),
        (
            "wrong-type",
            "a vector of d entries and a vector of m entries do not fit together, entry by entry",
            "only a matrix turns the one into the other: `W @ x`",
        ),
    ),
    (
        "W_i == U_i",
        (),
        (
            "wrong-type",
            "a d x d matrix and a d x m matrix do not fit together, entry by entry",
            "only a matrix turns the one into the other: `W @ x`",
        ),
    ),
    ("1 < 2", (), ("wrong-claim", "this says nothing about the cell", "name its quantities")),
    ("h in [0, 1]", (), ("wrong-type", "a number or a vector is expected here", "")),
    (
        "h == 0 or depends(h, x)",
        (),
        (
            "wrong-type",
            "`depends` stands alone in `holds`: it is about two cells, not about one",
            "",
        ),
    ),
    (
        "depends(h, o)",
        (),
        (
            "wrong-type",
            "`o` follows from other names",
            "name an input, a previous state or a weight",
        ),
    ),
    ("depends(x, h_prev)", (), ("wrong-type", "`x` has no equation", "")),
    ("depends(h)", (), ("wrong-arguments", "two names must stand here: `depends(h, c_prev)`", "")),
    (
        "derivative(h, h_prev) > 0",
        (),
        (
            "no-derivative",
            "`h` has no such derivative: the matrices mix the entries, so it is no vector",
            "",
        ),
    ),
    ("h == 0", "tanh(W_i) == 0", ("wrong-type", "an activation takes a vector, not a matrix", "")),
]


@pytest.mark.parametrize(("holds", "given", "finding"), CLAIMS, ids=lambda value: str(value)[:40])
def test_a_claim_that_makes_no_sense(holds: Texts, given: Texts, finding: Finding) -> None:
    with pytest.raises(InputError) as caught:
        decide(lstm(), holds, given)
    assert findings(caught.value) == [finding]


def test_a_derivative_through_a_corner_is_refused() -> None:
    subject = cell({"h": "relu(p * h_prev)"})
    with pytest.raises(InputError) as caught:
        decide(subject, "derivative(h, h_prev) >= 0")
    assert findings(caught.value)[0][1] == (
        "`h` has no such derivative: `relu` has corners, where there is none"
    )


def test_a_parameter_may_stand_in_a_claim() -> None:
    subject = cell(LSTM, gate="sigmoid", bound=2)
    assert decide(subject, "abs(h) < bound").value is True
    assert decide(subject, "abs(c) < bound").value is False
