"""The banks that the tests of reading share."""

from __future__ import annotations

from pathlib import Path

BANKS = Path(__file__).parent.parent / "banks"
EVERYTHING = BANKS / "valid" / "everything.yaml"


def read_text(path: Path) -> str:
    """The text of a bank, its line ends as they are."""
    return path.read_bytes().decode()
