"""How a model reads its fields."""

from __future__ import annotations

import pytest

from generator.diagnostics import InputError
from generator.language.tree import expression, expressions, fields
from generator.model.source import Branch, Source, Tree
from tests.language import source

FILE = source("").file


def mapping(**entries: Tree) -> Branch:
    pairs = tuple((source(key), value) for key, value in entries.items())
    return Branch(file=FILE, line=3, column=5, entries=pairs)


def listing(*items: Tree) -> Branch:
    return Branch(file=FILE, line=4, column=7, entries=tuple((None, item) for item in items))


def findings(error: pytest.ExceptionInfo[InputError]) -> list[tuple[str, str, str]]:
    return [(f.code, f.message, f.help) for f in error.value.diagnostics]


def test_fields_are_given_by_name() -> None:
    kernel = source("3")

    assert fields(mapping(kernel=kernel), required=["kernel"], optional=["bias"]) == {
        "kernel": kernel
    }


def test_unknown_and_missing_fields_are_all_found() -> None:
    with pytest.raises(InputError) as caught:
        fields(mapping(kernal=source("3"), zzz=source("1")), required=["kernel"], optional=["bias"])

    assert sorted(findings(caught)) == [
        ("missing-field", "the field `kernel` is missing", "add `kernel:`"),
        ("unknown-field", "there is no field `kernal` here", "did you mean `kernel`?"),
        ("unknown-field", "there is no field `zzz` here", "known here: kernel, bias"),
    ]


@pytest.mark.parametrize(
    ("tree", "found"), [(listing(source("1")), "a list"), (source("1"), "a single value")]
)
def test_fields_need_a_mapping(tree: Tree, found: str) -> None:
    with pytest.raises(InputError) as caught:
        fields(tree, required=["kernel"])

    assert findings(caught) == [
        ("wrong-type", f"fields are expected here, not {found}", "from `kernel`")
    ]


def test_one_expression_stands_for_a_list_of_one() -> None:
    assert [e.evaluate({"n": 2}) for e in expressions(source("n + 1"))] == [3]
    assert [e.evaluate({"n": 2}) for e in expressions(listing(source("1"), source("n")))] == [1, 2]
    assert expressions(Branch(file=FILE, line=1, column=1, entries=())) == ()


def test_all_wrong_expressions_of_a_list_are_found() -> None:
    with pytest.raises(InputError) as caught:
        expressions(listing(source("1 +"), source("n"), source("2 n"), listing()))

    assert [code for code, _, _ in findings(caught)] == ["syntax", "syntax", "wrong-type"]


@pytest.mark.parametrize("read", [expression, expressions])
def test_fields_are_no_expression(read: object) -> None:
    assert callable(read)
    with pytest.raises(InputError):
        read(mapping(a=source("1")))


def test_an_expression_keeps_its_source() -> None:
    text: Source = source("n")

    assert expression(text).source is text
