"""Whatever stands in a bank, an expression or a template is either read or refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.diagnostics import Diagnostic, InputError
from generator.language.expression import compile_expression
from generator.language.template import compile_template
from generator.model.value import Record
from tests.language import source

SIGNS = [*"ab[](),.+-*/%@<|{}x\n$é", "//", "**", "==", "!=", "<=", "{{", "}}", "{%", "%}", "{#"]
WORDS = ["in", "not", "and", "or", "if", "else", "true", "sum", "max", "round", "range", "sqrt"]
OTHERS = ["r", "r.n", "1", "0.5", "1e9", '"w"', "words", "decimals", "for", "endif", "\\frac"]
PIECES = st.sampled_from(SIGNS + WORDS + OTHERS)
TEXTS = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=14).map(" ".join))
TAGS = st.lists(
    st.one_of(
        TEXTS.map(lambda text: f"{{{{{text}}}}}"),
        TEXTS.map(lambda text: f"{{% if {text} %}}"),
        TEXTS.map(lambda text: f"{{% for a in {text} %}}"),
        st.sampled_from(["{% else %}", "{% endif %}", "{% endfor %}", "{{{", "}}}", "{#", "{{a}}"]),
        TEXTS,
    ),
    max_size=8,
).map("".join)

ENV = {"a": 2, "b": True, "x": (1, 2), "r": Record(entries=(("n", 1),))}


def findings(read: Callable[[], object]) -> tuple[Diagnostic, ...]:
    """What is wrong with the text that is read; any other error fails the test."""
    try:
        read()
    except InputError as error:
        return error.diagnostics
    return ()


@settings(max_examples=200, deadline=None, derandomize=True)
@given(TEXTS)
def test_any_text_is_an_expression_or_an_input_error(text: str) -> None:
    found = findings(lambda: compile_expression(source(text)).evaluate(ENV))

    assert all(1 <= finding.line <= text.count("\n") + 1 for finding in found)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(TAGS)
def test_any_text_is_a_template_or_an_input_error(text: str) -> None:
    found = findings(lambda: compile_template(source(text)).render(ENV))

    assert all(1 <= finding.line <= text.count("\n") + 1 for finding in found)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(alphabet=st.characters(exclude_characters="{\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5")))
def test_text_without_tags_is_written_as_it_is(text: str) -> None:
    assert compile_template(source(text)).render({}) == text


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(alphabet="ab{}#% \n", max_size=12), st.text(alphabet="ab}#% \n", max_size=12))
@example("{{{a", "")
@example("{{{{%", "}}")
def test_braces_around_a_tag_are_kept(before: str, after: str) -> None:
    """Whatever LaTeX stands around a value, it is the text around the value."""
    before = re.sub(r"\{(?=[{%])", "{ ", before)

    rendered = compile_template(source(f"{before}{{{{ a }}}}{after}")).render(ENV)

    assert rendered == f"{before}2{after}"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["{{ a }}", "{{ a + 1 }}", "\n", "\r", "\r\n", " ", "{ #", "é"])))
def test_a_text_of_values_is_what_jinja_would_make_of_it(pieces: list[str]) -> None:
    template = compile_template(source("".join(pieces)))
    by_jinja = replace(template, compiled=replace(template.compiled, literals=None))
    assert template.render(ENV) == by_jinja.render(ENV)
