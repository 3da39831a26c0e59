"""Each bad bank of tests/banks/invalid stands beside the exact message that its author gets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.bank.read import read_bank
from generator.bank.yaml import decode
from generator.diagnostics import InputError, show
from tests.bank.banks import BANKS

INVALID = sorted((BANKS / "invalid").glob("*.yaml"))
DUBIOUS = sorted((BANKS / "dubious").glob("*.yaml"))


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_a_bad_bank_is_refused_with_its_message(
    path: Path, golden: Callable[[Path, str], None]
) -> None:
    with pytest.raises(InputError) as refused:
        read_bank(decode(path.name, path.read_bytes()), id=path.stem)
    message = "\n".join(map(show, refused.value.diagnostics)) + "\n"
    golden(path.with_suffix(".txt"), message)


@pytest.mark.parametrize("path", DUBIOUS, ids=lambda path: path.stem)
def test_a_dubious_bank_is_read_with_its_warnings(
    path: Path, golden: Callable[[Path, str], None]
) -> None:
    reading = read_bank(decode(path.name, path.read_bytes()), id=path.stem)
    assert {finding.severity for finding in reading.warnings} == {"warning"}
    golden(path.with_suffix(".txt"), "\n".join(map(show, reading.warnings)) + "\n")


def test_there_is_a_bad_bank_for_every_kind_of_error() -> None:
    assert len(INVALID) >= 60
