"""Names and functions are checked before anything is evaluated."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.language.expression import compile_expression
from generator.language.names import check_names
from generator.language.template import compile_template
from tests.language import source

KNOWN = ["filters", "kernel", "model"]


def shown(findings: tuple[Diagnostic, ...]) -> list[tuple[int, int, str, str]]:
    return [(f.column, f.length, f.message, f.help) for f in findings]


def test_every_unknown_name_of_an_expression_is_found() -> None:
    expression = compile_expression(source("filtres * kernel + whatever + model.x + pi"))

    assert shown(check_names(expression, KNOWN)) == [
        (
            1,
            7,
            "`filtres` is not a parameter or a definition of this problem",
            "did you mean `filters`?",
        ),
        (20, 8, "`whatever` is not a parameter or a definition of this problem", ""),
    ]


def test_a_function_that_is_not_called_is_explained() -> None:
    expression = compile_expression(source("sum + 1"))

    assert shown(check_names(expression, KNOWN)) == [
        (
            1,
            3,
            "`sum` is not a parameter or a definition of this problem",
            "`sum` is a function: write `sum(v)`",
        )
    ]


def test_unknown_functions_are_found_too() -> None:
    expression = compile_expression(source("squrt(kernel) + words(kernel)"))

    assert shown(check_names(expression, KNOWN)) == [
        (1, 5, "there is no function `squrt`", "did you mean `sqrt`?"),
        (17, 5, "there is no function `words`", ""),
    ]


def test_a_template_knows_the_names_of_its_loops_within_them_only() -> None:
    template = compile_template(
        source("{% for f in filters %}{{ f + loop.index }}{% endfor %}{{ f }}{{ 5 | words }}")
    )

    assert shown(check_names(template, KNOWN)) == [
        (58, 1, "`f` is not a parameter or a definition of this problem", "")
    ]


def test_an_expression_tells_the_paths_and_functions_it_uses() -> None:
    expression = compile_expression(source("gate(model.a.b) + x[n].c - max(model.a.b, pi)"))

    assert expression.paths == {("model", "a", "b"), ("x",), ("n",)}
    assert expression.names == {"model", "x", "n"}
    assert expression.functions == {"gate", "max"}
