"""Reads sheets back: text in reading order, positions of words, the structure tree."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pypdf
import pytest


def text(content: bytes) -> str:
    """The text of a PDF in the order of its content streams, by poppler."""
    return _poppler("-raw", content)


@dataclass(frozen=True)
class Word:
    """A word of a page; y grows downwards."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


_WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)


def words(content: bytes) -> list[Word]:
    """All words with their places."""
    pages = _poppler("-bbox", content).split("<page ")[1:]
    return [
        _word(page, found)
        for page, body in enumerate(pages, start=1)
        for found in _WORD.finditer(body)
    ]


def _word(page: int, found: re.Match[str]) -> Word:
    left, top, right, bottom = (float(found.group(i)) for i in range(1, 5))
    return Word(page, left, top, right, bottom, unescape(found.group(5)))


def _poppler(option: str, content: bytes) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("poppler-utils is not installed: pdftotext is missing")
    done = subprocess.run(
        [program, option, "-", "-"], input=content, capture_output=True, check=True
    )
    assert done.stderr == b""
    return done.stdout.decode("utf-8")


def reader(content: bytes) -> pypdf.PdfReader:
    """The PDF, strictly read."""
    return pypdf.PdfReader(io.BytesIO(content), strict=True)


def catalog(content: bytes) -> Any:
    """The root of the document."""
    return reader(content).trailer["/Root"].get_object()


def outline(content: bytes) -> list[str]:
    """The structure tree, an element a line, indented; with alternative text."""
    tree = catalog(content)["/StructTreeRoot"]
    return [line for top in tree["/K"] for line in _elements(top.get_object(), 0)]


def _elements(element: Any, depth: int) -> Iterator[str]:
    alt = f" {element['/Alt']!r}" if "/Alt" in element else ""
    yield "  " * depth + str(element["/S"])[1:] + alt
    kids = element["/K"]
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object()
        if isinstance(inner, dict) and inner.get("/Type") == "/StructElem":
            yield from _elements(inner, depth + 1)
