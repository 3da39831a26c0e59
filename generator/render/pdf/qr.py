"""QR codes as vectors: dark modules as filled rectangles, runs of a row in one.

All pages of a sheet bear its code and their number. A QR code is an affine function of its data's
bits: the check words of Reed and Solomon are linear, and a mask is added to every module. So what
another number changes is the same for all codes of a length, and is found once; what is left to do
for each sheet is its first page.
"""

from __future__ import annotations

import re
from functools import lru_cache

import segno

from generator.model.dataclass import dataclass
from generator.render.pdf.ink import Ink, number

_MASK = 2
_DARK = re.compile(b"\x01+")
_DIGITS = 9
"""The last page whose number is as long as the first's."""
_LIKE = {"alphanumeric": "A", "byte": "a"}
"""A letter for each mode in which ASCII with a stroke in it is encoded."""


@dataclass(frozen=True, slots=True)
class _Code:
    """A QR code: its modules as bytes of one number, row by row, dark ones 1."""

    side: int
    modules: int
    mode: str


@lru_cache(maxsize=64)
def qr_ink(code: str, page: int, side: float) -> Ink:
    """The QR code of ``code/page`` (error correction M), `side` points wide, from below left."""
    if page > _DIGITS or not code.isascii():  # other letters may take any number of bytes
        found = _code(f"{code}/{page}")
        modules = found.modules
    else:
        found = _code(f"{code}/1")
        modules = found.modules ^ _change(len(code), found.mode, page)
    count = found.side
    content = modules.to_bytes(count * count, "big")
    runs = " ".join(
        f"{run.start()} {count - 1 - row} {run.end() - run.start()} 1 re"
        for row in range(count)
        for run in _DARK.finditer(content[row * count : (row + 1) * count])
    )
    scale = number(side / count * 1000)
    # A thousandth is undone inside, so that the scale keeps five digits.
    return Ink(f"q {scale} 0 0 {scale} 0 0 cm .001 0 0 .001 0 0 cm {runs} f Q")


@lru_cache(maxsize=64)
def _code(content: str) -> _Code:
    # A scanner reads any of the eight masks; trying them all is four fifths of the work.
    code = segno.make_qr(content, error="m", mask=_MASK)
    rows = [bytes(row) for row in code.matrix]
    return _Code(len(rows), int.from_bytes(b"".join(rows), "big"), code.mode or "")


@lru_cache(maxsize=64)
def _change(length: int, mode: str, page: int) -> int:
    """The modules in which a page differs from the first, for codes of so many letters."""
    like = _LIKE[mode] * length
    return _code(f"{like}/1").modules ^ _code(f"{like}/{page}").modules
