"""The JSON Schema says what the reader does: editors complete and refuse the same banks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.bank.schema import json_schema
from generator.bank.yaml import compose, decode
from tests.bank.banks import BANKS, EVERYTHING
from tests.bank.json_schema import data, problems

SCHEMA = json_schema()

ABOUT_FIELDS = (
    "unknown-field*",
    "missing-field*",
    "missing-value",
    "part-*",
    "no-parts",
    "numbers-out-of-range",
    "number-traps-elsewhere",
    "number-quoted",
    "boolean-flag",
    "domain-*",
    "range-without-max",
    "range-step",
    "values-empty",
    "choice-of-one",
    "choice-mixed",
    "choice-count-of-one",
    "mistake-with-reason",
    "reason-with-result",
    "essay-number",
    "claims-with-ask",
    "claim-*",
    "model-malformed",
    "model-of-two-kinds",
    "model-without-fields",
    "name-malformed",
    "id-malformed",
    "field-of-another-kind",
    "text-is-*",
    "choose-pool-of-mapping",
    "matrix-of-*",
    "matrix-pattern-unknown",
    "subset-*-count",
    "strata-malformed",
    "shares-of-list",
    "plot-fields",
    "problem-points",
)
"""Bad banks whose error an editor can see."""


def found(path: Path) -> list[str]:
    tree, _ = compose(decode(path.name, path.read_bytes()))
    return problems(data(tree), SCHEMA, SCHEMA)


def test_a_bank_with_every_field_is_valid() -> None:
    assert found(EVERYTHING) == []


@pytest.mark.parametrize("path", sorted((BANKS / "dubious").glob("*.yaml")), ids=lambda p: p.stem)
def test_a_dubious_bank_is_valid(path: Path) -> None:
    assert found(path) == []


@pytest.mark.parametrize(
    "path",
    sorted({p for glob in ABOUT_FIELDS for p in (BANKS / "invalid").glob(f"{glob}.yaml")}),
    ids=lambda path: path.stem,
)
def test_an_editor_sees_what_is_wrong_with_fields(path: Path) -> None:
    assert found(path) != []


def test_every_field_is_described() -> None:
    def fields(schema: Any) -> Iterator[tuple[str, Any]]:
        if isinstance(schema, dict):
            yield from schema.get("properties", {}).items()
            for member in schema.values():
                yield from fields(member)
        if isinstance(schema, list):
            for member in schema:
                yield from fields(member)

    described = dict(fields(SCHEMA))
    assert {"title", "problems", "stem", "numerical", "choose", "because"} <= described.keys()
    assert [name for name, schema in described.items() if not schema.get("description")] == []
