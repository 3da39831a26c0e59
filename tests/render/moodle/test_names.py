"""Names, idnumbers, tags and categories stay within Moodle's bounds, and tell things apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render.moodle.names import Categories, idnumber, letters, question_name, tags

QUICK = settings(max_examples=100, deadline=None, derandomize=True)


def test_a_short_name_stays_as_it_is() -> None:
    assert question_name("CNN · 28×28 · #7", " (a)") == "CNN · 28×28 · #7 (a)"


def test_what_looks_like_a_tag_keeps_its_words() -> None:
    assert question_name("if x<y then <b>") == "if x‹y then ‹b>"


def test_a_long_name_keeps_its_end() -> None:
    name = question_name("word " * 80 + "#731", " (written)")
    assert len(name) <= 255
    assert name.endswith("word #731 (written)")
    assert "…" in name


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("a", "a"),
        ("ab", "a, b"),
        ("abc", "a–c"),
        ("abdefh", "a, b, d–f, h"),
        ("acegh", "a, c, e, g, h"),
    ],
)
def test_three_letters_in_a_row_are_a_range(asked: str, shown: str) -> None:
    assert letters("abcdefgh", asked) == shown


def test_an_idnumber_says_problem_and_variant() -> None:
    assert idnumber("cnn-layer", 731, "-written") == "cnn-layer-731-written"


def test_long_or_strange_problem_ids_still_differ() -> None:
    one, two = idnumber("p" * 150, 7), idnumber("p" * 151, 7)
    assert one != two
    assert len(one) <= 100
    assert idnumber("ä b", 1) != idnumber("ö b", 1)


@QUICK
@given(st.text(min_size=1), st.integers(0, 10**12), st.sampled_from(["", "-written-abc"]))
def test_every_idnumber_is_plain_and_short(problem: str, index: int, suffix: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._-]{1,100}", idnumber(problem, index, suffix))


def test_a_tag_counts_once_whatever_its_case() -> None:
    assert tags("cnn", "CNN", "", "a<b>,c", "t" * 60) == ("cnn", "a b c", "t" * 50)


def test_slashes_in_titles_are_no_levels() -> None:
    categories = Categories("A/B")
    assert categories.root == "$course$/top/A//B"
    assert categories.of("/x/y/", "p", "!") == (
        "$course$/top/A//B/ //x//y// ",
        "$course$/top/A//B/ //x//y//!",
    )


def test_a_category_without_a_title_is_named_all_the_same() -> None:
    assert Categories(" ").of("\n", "cnn", "!")[0] == "$course$/top/gen-quiz/cnn"


def test_equal_titles_get_categories_of_their_own() -> None:
    categories = Categories("A")
    first = categories.of("Title", "one", " (written)")
    second = categories.of("TITLE", "two", " (written)")
    third = categories.of("Title (written)", "three", " (written)")
    assert first == ("$course$/top/A/Title", "$course$/top/A/Title (written)")
    assert second == ("$course$/top/A/TITLE (two)", "$course$/top/A/TITLE (two) (written)")
    assert third[0] == "$course$/top/A/Title (written) (three)"


def test_moodles_own_category_is_left_alone() -> None:
    assert Categories("top").root == "$course$/top/Top"


@QUICK
@given(st.text(min_size=1, max_size=400), st.text(min_size=1, max_size=400))
def test_every_category_is_short_enough(assignment: str, title: str) -> None:
    for path in Categories(assignment).of(title, "p", " (written)"):
        names = [name.replace("//", "/") for name in re.split(r"(?<!/)/(?!/)", path)]
        assert len(names) == 4
        assert all(len(name.strip()) <= 255 for name in names)
