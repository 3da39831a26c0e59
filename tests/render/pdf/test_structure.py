"""Sheets are tagged: their structure says what everything is, in reading order."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from generator.render.pdf import render_key, render_student
from tests.render.pdf.named import ADA, attendance, marking, sheet
from tests.render.pdf.reading import catalog, outline
from tests.render.pdf.samples import key_sheet, student_sheet, style
from tests.render.pdf.stress import stress_sheet

GOLDEN = Path(__file__).with_name("golden")
STYLE = style()


@cache
def made(name: str) -> bytes:
    """The sheets that are looked at."""
    several = [student_sheet(1), student_sheet(2)]
    makers: dict[str, Callable[[], bytes]] = {
        "student": lambda: render_student([student_sheet()], STYLE),
        "several": lambda: render_student(several, STYLE, duplex=True),
        "key": lambda: render_key([key_sheet()], STYLE),
        "stress": lambda: render_student([stress_sheet()], STYLE),
        "attendance": attendance,
        "marking": marking,
        "named": lambda: sheet(ADA),
    }
    return makers[name]()


def test_the_structure_of_a_student_sheet(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "structure.txt", "\n".join(outline(made("student"))) + "\n")


def test_a_formula_is_spoken_and_a_figure_described() -> None:
    elements = [element.strip() for element in outline(made("student"))]
    assert "Formula '28 times 28'" in elements
    assert any(e.startswith("Figure 'A network of 6 inputs, a convolution") for e in elements)


def test_the_file_says_its_language_and_shows_its_title() -> None:
    root = catalog(made("student"))
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 - a PDF object
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_every_font_is_embedded_and_says_what_its_glyphs_mean() -> None:
    fonts = catalog(made("key"))["/Pages"]["/Kids"][0]["/Resources"]["/Font"]
    assert len(fonts) >= 4
    for font in fonts.values():
        (descendant,) = font["/DescendantFonts"]
        assert "/FontFile2" in descendant.get_object()["/FontDescriptor"]
        assert b"beginbfchar" in font["/ToUnicode"].get_data()


def test_outloud_finds_no_error(tmp_path: Path) -> None:
    """The only warning allowed is ORD-001, which takes an element's own text before its children.

    Formulas stand between words, as children of the paragraph, in the order of the content.
    """
    if importlib.util.find_spec("outloud") is None:
        pytest.skip("the accessibility checker outloud is not installed")
    files = [tmp_path / f"{name}.pdf" for name in ("student", "key", "attendance", "marking")]
    for file in files:
        file.write_bytes(made(file.stem))
    report = _run("outloud", "--json", "-", "--fail-on", "never", *map(str, files))
    results = json.loads(report)["results"]
    assert {Path(entry["path"]).name for entry in results} == {file.name for file in files}
    for entry in results:
        wrong = [f for f in entry["findings"] if f["severity"] in ("error", "warning")]
        assert {f["rule"] for f in wrong} <= {"ORD-001"}, (entry["path"], wrong)


@pytest.mark.parametrize(
    "name", ["student", "several", "key", "stress", "attendance", "marking", "named"]
)
def test_pdfua_finds_nothing(name: str, tmp_path: Path) -> None:
    if importlib.util.find_spec("pdfua") is None:
        pytest.skip("the accessibility checker pdfua is not installed")
    file = tmp_path / "sheet.pdf"
    file.write_bytes(made(name))
    assert "PASS (no findings)" in _run("pdfua", "check", str(file))


def _run(module: str, *arguments: str) -> str:
    program = str(Path(sys.executable).with_name(module))
    done = subprocess.run([program, *arguments], capture_output=True, check=False, text=True)
    return done.stdout
