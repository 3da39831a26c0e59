"""QR codes as vectors: dark modules as filled rectangles, runs of a row in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import segno

from generator.render.pdf.ink import Ink, number

_MASK = 2


@lru_cache(maxsize=64)
def qr_ink(content: str, side: float) -> Ink:
    """The QR code of `content` (error correction M), `side` points wide, from its lower left."""
    # A scanner reads any of the eight masks; trying them all is four fifths of the work.
    code = segno.make_qr(content, error="m", mask=_MASK)
    rows = [bytes(row) for row in code.matrix]
    scale = number(side / len(rows) * 1000)
    runs = " ".join(f"{x} {y} {width} 1 re" for x, y, width in _runs(rows))
    # A thousandth is undone inside, so that the scale keeps five digits.
    return Ink(f"q {scale} 0 0 {scale} 0 0 cm .001 0 0 .001 0 0 cm {runs} f Q")


def _runs(rows: list[bytes]) -> Iterator[tuple[int, int, int]]:
    """Left end, height above the bottom and length of each run of dark modules."""
    for above, row in enumerate(rows):
        for run in _DARK.finditer(row):
            yield run.start(), len(rows) - 1 - above, run.end() - run.start()


_DARK = re.compile(b"\x01+")
