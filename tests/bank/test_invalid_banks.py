"""Each bad bank of tests/banks/invalid stands beside the exact message that its author gets."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import generator.bank
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


def test_every_kind_of_finding_is_shown_by_a_bank() -> None:
    package = Path(generator.bank.__file__).parent
    code = "".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    kinds = set(
        re.findall(r'^ *"([a-z]+(?:-[a-z0-9]+)+)",$|, "([a-z]+(?:-[a-z0-9]+)+)", ', code, re.M)
    )
    golden = "".join(path.read_text("utf-8") for path in BANKS.rglob("*.txt"))
    shown = set(re.findall(r"(?:error|warning)\[([a-z0-9-]+)\]", golden))
    told = {kind for pair in kinds for kind in pair if kind}
    assert len(told) > 40
    assert told - shown == set()
