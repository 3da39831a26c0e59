"""Every text of a bank knows where in the file each of its characters stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.bank.yaml import compose
from generator.model.source import Branch, Source, SourceFile, Tree
from tests.bank.banks import EVERYTHING, read_text

BLANKS = " \t\n"


def sources(tree: Tree) -> Iterator[Source]:
    """All scalars of a tree, keys too."""
    if isinstance(tree, Source):
        yield tree
        return
    for key, value in tree.entries:
        if key is not None:
            yield key
        yield from sources(value)


def only(text: str) -> Source:
    """The one value of a bank ``a: ...``."""
    tree, findings = compose(SourceFile(name="bank.yaml", text=text))
    assert not findings
    assert isinstance(tree, Branch)
    value = tree.fields["a"]
    assert isinstance(value, Source)
    return value


def standing_at(source: Source, offset: int) -> str:
    """The character of the file where the one at `offset` is said to stand."""
    position = source.position(offset)
    return source.file.line(position.line)[position.column - 1 :][:1]


def assert_every_visible_character_is_found(source: Source) -> None:
    for offset, character in enumerate(source.text):
        if character not in BLANKS:
            found = standing_at(source, offset)
            escaped = source.quoted and (found == "\\" or character == "'")
            assert found == character or escaped, (source, offset)


def test_every_visible_character_of_a_bank_is_found_in_the_file() -> None:
    tree, _ = compose(SourceFile(name="bank.yaml", text=read_text(EVERYTHING)))
    texts = list(sources(tree))
    assert len(texts) > 250
    for source in texts:
        assert_every_visible_character_is_found(source)


def test_windows_line_ends_move_nothing() -> None:
    text = read_text(EVERYTHING)
    unix, _ = compose(SourceFile(name="bank.yaml", text=text))
    windows, _ = compose(SourceFile(name="bank.yaml", text=text.replace("\n", "\r\n")))
    for one, other in zip(sources(unix), sources(windows), strict=True):
        assert one == other
        assert [one.position(i) for i in range(len(one.text))] == [
            other.position(i) for i in range(len(other.text))
        ]


@pytest.mark.parametrize(
    ("text", "word", "line", "column"),
    [
        ("a: one two\n", "two", 1, 8),
        ("a: 'one two'\n", "two", 1, 9),
        ("a: 'it''s two'\n", "two", 1, 11),
        ('a: "\\"one\\" two"\n', "two", 1, 13),
        ('a: "\\u0041\\x42 two"\n', "two", 1, 16),
        ('a: "one \\\n  two"\n', "two", 2, 3),
        ('a: "one\\n two"\n', "two", 1, 11),
        ("a: |\n  one\n  two\n", "two", 3, 3),
        ("a: |\n  one\n    two\n", "  two", 3, 3),
        ("a: |4\n      one\n    two\n", "  one", 2, 5),
        ("a: |  # comment\n\n  one\n\n\n  two\n", "two", 6, 3),
        ("a: >\n  one\n  two\n", "two", 3, 3),
        ("a: >-\n\n  one\n\n\n  two\n", "two", 6, 3),
        ("a: one\n  two\n", "two", 2, 3),
        ("a: &mark one two\n", "two", 1, 14),
        ("a: &mark\n  one two\n", "two", 2, 7),
        ("a: &mark |\n  one\n  two\n", "two", 3, 3),
        ("a: 'one\n\n  two'\n", "two", 3, 3),
        ("a: how many? two\n", "two", 1, 14),
        ("a: 𝒜é two\n", "two", 1, 7),
    ],
)
def test_a_word_is_found_in_every_way_of_writing_a_text(
    text: str, word: str, line: int, column: int
) -> None:
    source = only(text)
    position = source.position(source.text.index(word))
    assert (position.line, position.column) == (line, column)


def test_a_piece_of_a_text_keeps_its_place() -> None:
    source = only("a: >\n  one\n  two three\n  four\n")
    begin = source.text.index("two")
    piece = source.cut(begin, len(source.text))
    assert piece.text == "two three four\n"
    for offset in range(len(piece.text)):
        assert piece.position(offset) == source.position(begin + offset)


words = st.text(alphabet="ab é𝒜:#-", min_size=1, max_size=8).filter(
    lambda word: (
        word.strip() == word
        and word[0] not in ":#- "
        and ": " not in word
        and " #" not in word
        and word[-1] != ":"
    )
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(words, min_size=1, max_size=6), st.sampled_from(["|", ">", "'", '"', ""]))
def test_any_text_is_found_however_it_is_written(lines: list[str], style: str) -> None:
    written = "\n   ".join(lines)
    if style in ("'", '"'):
        written = f"{style}{written}{style}"
    elif style:
        written = f"{style}\n   {written}"
    assert_every_visible_character_is_found(only(f"a: {written}\n"))
