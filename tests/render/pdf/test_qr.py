"""The QR code of a page, against the code that segno makes of the same text."""

from __future__ import annotations

import re

import pytest
import segno

from generator.render.pdf.qr import qr_ink

_RUN = re.compile(r"(\d+) (\d+) (\d+) 1 re")


def dark(code: str, page: int) -> set[tuple[int, int]]:
    """The dark modules, by column and row from below."""
    runs = (map(int, run.groups()) for run in _RUN.finditer(qr_ink(code, page, 44.0).code))
    return {(x + i, y) for x, y, width in runs for i in range(width)}


@pytest.mark.parametrize("page", [1, 2, 9, 10, 123])
@pytest.mark.parametrize("code", ["K7QX-29MF", "T", "lower-7", "A" * 61, "Übung", "試験"])
def test_a_page_bears_the_code_of_its_text(code: str, page: int) -> None:
    """Also where its modules are found from those of the first page."""
    rows = tuple(segno.make_qr(f"{code}/{page}", error="m", mask=2).matrix)
    assert dark(code, page) == {
        (x, len(rows) - 1 - above)
        for above, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    }
