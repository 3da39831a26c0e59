"""Whatever is typed, a bank is read or refused: never a traceback, never a wait."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.bank.limits import MAX_FINDINGS
from generator.bank.read import read_bank
from generator.bank.yaml import decode
from generator.diagnostics import Diagnostic, InputError, show
from generator.model.source import SourceFile
from tests.bank.banks import BANKS, EVERYTHING, read_text

TEXTS = [read_text(EVERYTHING), *(read_text(p) for p in sorted((BANKS / "dubious").glob("*.yaml")))]
PIECES = st.sampled_from(
    [
        *"\n\t\r ?:-#'\"|>{}[],&*!%@`~<=$\\/.0x",
        *("- ", ": ", " #", "{{", "}}", "{% if", "\n  ", "\n- ", "null", "yes", "1e3", "&a ", "*a"),
        *("\\x41", "\\U00110000", "<<: ", "---\n", "...\n", "model", "claims", "\u2028", "\x00"),
        *("é", "𝒜", "\xa0", "\ue000", "\ufdd0", "1/0", "[" * 50, "9" * 5000, "a.b.c", "**", "()"),
    ]
)
VALUES = st.sampled_from(
    [
        *("1", "-3", "1/2", "50%", "1e3", "x", "image", "model", "model.x", "claims", "chosen"),
        *("true", "yes", "null", "~", '""', '"a"', "'{{ names }}'", "'{{ image }}'", "names.in"),
        *("{}", "[]", "[1, 2]", "[[1], [2]]", "[null]", "[{a: 1}, 2]", "{a: {b: {c: d}}}"),
        *("{values: [1]}", "{min: 2, max: 1}", "{vector: x, of: {min: 0, max: image}}"),
        *("{choose: 3, of: claims}", "{choose: 2, of: [1, 1]}", "{answer: 1}", "{options: []}"),
        *("2**2000", "10**400", "sqrt(2)", "image / 0", "f(x)", "x[0]", "(", "{conv: {}}"),
    ]
)
LIMITS = settings(max_examples=50, deadline=None, derandomize=True)


def findings(text: str) -> tuple[Diagnostic, ...]:
    """What is found in a bank: errors or, if it can be read, warnings."""
    try:
        return read_bank(SourceFile(name="bank.yaml", text=text), id="bank").warnings
    except InputError as refused:
        return refused.diagnostics


def assert_read_or_refused(text: str) -> None:
    for finding in findings(text):
        assert finding.file is None or 0 < finding.line <= text.count("\n") + 1
        assert finding.file is None or finding.column > 0
        assert show(finding)


@LIMITS
@given(st.data())
def test_a_bank_with_a_typing_error_is_read_or_refused(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    for _ in range(data.draw(st.integers(1, 3))):
        begin = data.draw(st.integers(0, len(text)))
        end = begin + data.draw(st.sampled_from([0, 0, 1, 2, 5, 40]))
        text = text[:begin] + data.draw(PIECES | st.just("")) + text[end:]
    assert_read_or_refused(text)


@LIMITS
@given(st.data())
def test_a_bank_with_lines_astray_is_read_or_refused(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(TEXTS)).split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        taken = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
        shifted = " " * data.draw(st.integers(0, 3)) + taken[data.draw(st.integers(0, 3)) :]
        if data.draw(st.booleans()):
            lines.insert(data.draw(st.integers(0, len(lines))), shifted)
    assert_read_or_refused("\n".join(lines))


@LIMITS
@given(st.data())
def test_a_bank_with_other_values_is_read_or_refused(data: st.DataObject) -> None:
    text = TEXTS[0]
    for _ in range(data.draw(st.integers(1, 3))):
        value = data.draw(st.sampled_from(list(re.finditer(r"(?<=: )[^\n,{}]+", text))))
        text = text[: value.start()] + data.draw(VALUES) + text[value.end() :]
    assert_read_or_refused(text)


@LIMITS
@given(st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join))
def test_any_text_at_all_is_read_or_refused(text: str) -> None:
    assert_read_or_refused(text)


@LIMITS
@given(st.binary(max_size=60))
def test_any_bytes_are_decoded_or_refused(content: bytes) -> None:
    try:
        text = decode("bank.yaml", content).text
    except InputError as refused:
        text = "\n".join(map(show, refused.diagnostics))
    assert_read_or_refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "a: &a " * 50_000,
        "a: " + "b\n " * 18_000,
        'a: "' + "\\\n" * 18_000,
        "a: '" + "''" * 18_000,
        "a: |\n" + " x\n" * 30_000,
        "? " * 30_000,
        "a: >\n" + "\n" * 100_000,
        "\n".join(f"a{i}: {i}" for i in range(40_000)),
        "title: x\nproblems: [" + "{id: a}, " * 3_000 + "]",
        "title: x\nproblems: [{parts: [" + "{}, " * 3_000 + "]}]",
        "#" * 400_000,
        "\x00" * 400_000,
        "\xa0\n" * 18_000,
        "x" * 600_000,
    ],
    ids=lambda text: repr(text[:24]),
)
def test_a_hostile_bank_is_refused(text: str) -> None:
    with pytest.raises(InputError) as refused:
        read_bank(SourceFile(name="bank.yaml", text=text), id="bank")
    assert len(refused.value.diagnostics) <= MAX_FINDINGS + 1
