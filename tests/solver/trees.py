"""Bank fragments from Python values, for tests that do not need a file."""

from __future__ import annotations

from generator.model.bank import ModelSpec
from generator.model.source import Branch, Source, SourceFile, Tree

FILE = SourceFile(name="test.yaml", text="")


def source(text: str) -> Source:
    """Text as if it stood in a bank."""
    return Source(file=FILE, line=1, column=1, text=text)


def tree(value: object) -> Tree:
    """A dict, a list or a scalar as YAML would be read."""
    if isinstance(value, dict):
        entries = tuple((source(str(key)), tree(item)) for key, item in value.items())
        return Branch(file=FILE, line=1, column=1, entries=entries)
    if isinstance(value, list | tuple):
        listed = tuple((None, tree(item)) for item in value)
        return Branch(file=FILE, line=1, column=1, entries=listed)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return source(text)


def spec(kind: str, fields: dict[str, object]) -> ModelSpec:
    """``model: {kind: fields}``."""
    branch = tree(fields)
    assert isinstance(branch, Branch)
    return ModelSpec(kind=source(kind), fields=branch)
