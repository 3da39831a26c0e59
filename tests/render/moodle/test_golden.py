"""The file as it is, byte by byte: read the diff when it changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from generator.render.svg import svg
from tests.render.moodle import samples
from tests.render.moodle.harness import export

GOLDEN = Path(__file__).parent / "golden"


def test_the_moodle_file_is_the_golden_one(golden: Callable[[Path, str], None]) -> None:
    """Without the contents of its figures, which have a golden file of their own."""
    text = export(*samples.sections()).decode()
    golden(GOLDEN / "assignment.xml", re.sub(r'(encoding="base64">)[^<]+', r"\1…", text))


def test_the_drawing_is_the_golden_one(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "network.svg", svg(samples.network()))
