"""Codes are short, and a mistyped one is noticed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import InputError
from generator.variants.codes import ALPHABET, form_code, normalize, variant_code

CODES = [variant_code("cnn", index) for index in range(40)] + [form_code(42, "ab", 1)]
HELP = "a code has eight digits and letters, as in 7KQ4-M2X1; compare it with the sheet"


def complaint(text: str) -> str:
    with pytest.raises(InputError) as caught:
        normalize(text)
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.help) == ("wrong-code", HELP)
    return finding.message


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=20), st.integers(min_value=0))
def test_a_code_is_two_groups_of_four_and_normal(problem: str, index: int) -> None:
    code = variant_code(problem, index)

    assert re.fullmatch(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", code)
    assert normalize(code) == code


@pytest.mark.parametrize("code", CODES[:8])
def test_any_single_wrong_character_is_noticed(code: str) -> None:
    for place, right in enumerate(code):
        for wrong in ALPHABET.replace(right, ""):
            if right != "-":
                with pytest.raises(InputError):
                    normalize(code[:place] + wrong + code[place + 1 :])


@pytest.mark.parametrize("code", CODES)
def test_any_two_swapped_characters_are_noticed(code: str) -> None:
    """Neighbours, and also any others."""
    symbols = code.replace("-", "")
    for first in range(8):
        for second in range(first):
            swapped = list(symbols)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            if "".join(swapped) != symbols:
                with pytest.raises(InputError):
                    normalize("".join(swapped))


def test_the_check_is_linear_so_that_these_tests_hold_for_every_code() -> None:
    """What one change does to the check depends on the change alone, not on the code."""
    changes = {
        place: {ALPHABET[0] * place + symbol + ALPHABET[0] * (7 - place) for symbol in ALPHABET[1:]}
        for place in range(8)
    }
    for variants in changes.values():
        for text in variants:
            assert complaint(text).endswith("is mistyped: its check character is wrong")


@pytest.mark.parametrize("code", CODES[:10])
def test_a_code_may_be_typed_as_it_is_read(code: str) -> None:
    plain = code.replace("-", "")

    for typed in (
        code.lower(),
        plain,
        f"  {plain[:2]} {plain[2:]} ",
        f"{plain[:4]}\u2013{plain[4:]}",
        code.replace("0", "O"),
        code.replace("0", "o"),
        code.replace("1", "I"),
        code.replace("1", "l"),
    ):
        assert normalize(typed) == code


def test_the_code_that_is_shown_as_an_example_is_one() -> None:
    (example,) = re.findall("[0-9A-Z]{4}-[0-9A-Z]{4}", HELP)
    assert normalize(example) == example


def test_what_is_no_code_is_explained() -> None:
    good = CODES[0]

    assert complaint("") == "`` is no code: it has 0 characters, not 8"
    assert complaint("7") == "`7` is no code: it has 1 character, not 8"
    assert complaint(good[:-1]) == f"`{good[:-1]}` is no code: it has 7 characters, not 8"
    assert complaint("7KQ4-M2U!") == "`7KQ4-M2U!` is no code: no code has `!`, `U`"
    assert complaint("x" * 100) == f"`{'x' * 40}…` is no code: it has 100 characters, not 8"
    assert complaint("ß" * 4) == "`ßßßß` is no code: no code has `ß`"


def test_codes_of_forms_and_variants_are_told_apart() -> None:
    codes = {
        *(variant_code(name, index) for name in ("a", "b", "a1") for index in range(200)),
        *(form_code(seed, bank, n) for seed in (-1, 0, 1) for bank in "ab" for n in range(50)),
    }

    assert len(codes) == 900


def test_a_code_never_changes() -> None:
    """It is printed on paper: these are a promise."""
    assert (variant_code("cnn-layer", 131), form_code(42, "digest", 7)) == PROMISED


PROMISED = ("MX36-N0GD", "7YVP-DM6T")
