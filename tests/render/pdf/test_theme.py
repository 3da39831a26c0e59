"""A department's own theme, laid over the shipped one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from generator.diagnostics import InputError, show
from generator.model.source import SourceFile
from generator.render.pdf import Style, ThemeFile, load_style, render_key, render_student
from generator.resources import TEMPLATES
from tests.render.pdf.reading import catalog, outline, reader, text, words
from tests.render.pdf.samples import key_sheet, student_sheet

THEME = (TEMPLATES / "sheet.yaml").read_text("utf-8")
WORDS = (TEMPLATES / "words" / "en.yaml").read_text("utf-8")


def themed(own: str, folder: Path = Path("nowhere")) -> Style:
    """The shipped style with this theme over it, as if it stood in `folder`."""
    return load_style(
        THEME, WORDS, ThemeFile(source=SourceFile(name="dept.yaml", text=own), folder=folder)
    )


def complaints(own: str, folder: Path = Path("nowhere")) -> list[str]:
    with pytest.raises(InputError) as caught:
        themed(own, folder)
    return [show(found) for found in caught.value.diagnostics]


def picture(path: Path, mode: str = "RGBA", size: tuple[int, int] = (80, 40)) -> None:
    Image.linear_gradient("L").resize(size).convert(mode).save(path)


def image(content: bytes) -> dict[str, object]:
    """The picture of a file's first page."""
    page = catalog(content)["/Pages"]["/Kids"][0]
    return dict(page["/Resources"]["/XObject"]["/Logo"])


def test_what_a_theme_leaves_out_is_as_shipped() -> None:
    theme = themed("paper: letter\nmargins: {left: 80}\n").theme
    shipped = load_style(THEME, WORDS).theme
    assert (theme.paper, theme.margins.left) == ("letter", 80)
    assert (theme.margins.right, theme.text) == (shipped.margins.right, shipped.text)


def test_a_mistake_points_into_the_file_that_made_it() -> None:
    assert complaints("text: {size: 10}\nmargins:\n  lefd: 80\n") == [
        "dept.yaml:3:9: error[style]: there is no `margins.lefd`\n"
        "  |\n"
        "3 |   lefd: 80\n"
        "  |         ^\n"
        "help: did you mean `left`?"
    ]


def test_a_field_that_is_like_none_is_told_with_all_that_there_are() -> None:
    (found,) = complaints("header: {fields: [{label: Room, value: H1, zzz: 1}]}")
    assert found.startswith("dept.yaml:1:49: error[style]: there is no `header.fields.0.zzz`")
    assert found.endswith("help: there are: label, value")


def test_lines_of_the_header_are_printed_below_the_title() -> None:
    style = themed(
        "header:\n"
        "  left: 'Physics · {course}'\n"
        "  right: ''\n"
        "  below: '{author}, {date}'\n"
        "  fields: [{label: Room, value: H 1012}, {label: Time allowed, value: 90 minutes}]\n"
    )
    shown = text(render_student([student_sheet()], style)).splitlines()
    begin = shown.index("Physics · Introduction to Deep Learning")
    assert shown[begin + 1 : begin + 4] == [
        "Assignment 4",
        "Benny Chen, November 30, 2023",
        "Room H 1012 Time allowed 90 minutes",
    ]


@pytest.mark.parametrize(
    ("below", "message"),
    [
        ("{autor}", "`header.below` names {autor}, which is not known"),
        ("{author", "`header.below` names {{}, which is not known"),
        ("{0}", "`header.below` names {0}, which is not known"),
    ],
)
def test_a_blank_that_nobody_fills_is_told(below: str, message: str) -> None:
    (found,) = complaints(f"header: {{below: '{below}'}}")
    assert found.startswith(f"dept.yaml:1:17: error[style]: {message}")


@pytest.mark.parametrize(
    ("name", "mode", "space", "packing"),
    [
        ("seal.png", "RGBA", "/DeviceGray", "/FlateDecode"),
        ("seal.png", "P", "/DeviceGray", "/FlateDecode"),
        ("seal.jpg", "L", "/DeviceGray", "/DCTDecode"),
        ("seal.jpg", "RGB", "/DeviceRGB", "/DCTDecode"),
        ("seal.jpg", "CMYK", "/DeviceGray", "/FlateDecode"),
    ],
)
def test_a_logo_stands_beside_the_title_with_its_text(
    tmp_path: Path, name: str, mode: str, space: str, packing: str
) -> None:
    picture(tmp_path / name, mode)
    style = themed(f"header: {{logo: {{file: {name}, height: 30, alt: Our seal}}}}", tmp_path)
    content = render_student([student_sheet()], style)
    found = image(content)
    assert (found["/Width"], found["/Height"]) == (80, 40)
    assert (found["/ColorSpace"], found["/Filter"]) == (space, packing)
    assert "Figure 'Our seal'" in [element.strip() for element in outline(content)]
    reader(content).pages[0].images[0].image  # noqa: B018 - it can be decoded


def test_colours_of_a_logo_stay(tmp_path: Path) -> None:
    Image.new("RGBA", (9, 9), (200, 30, 30, 255)).save(tmp_path / "red.png")
    style = themed("header: {logo: {file: red.png, alt: Red}}", tmp_path)
    assert image(render_key([key_sheet()], style))["/ColorSpace"] == "/DeviceRGB"


def test_nothing_stands_on_the_logo(tmp_path: Path) -> None:
    """It is as high as the title block at least; what follows begins below it."""
    picture(tmp_path / "seal.png", size=(60, 60))
    style = themed("header: {logo: {file: seal.png, height: 100, alt: Seal}}", tmp_path)
    found = words(render_student([student_sheet()], style))
    top, left = style.theme.margins.top, 595.28 - style.theme.margins.right - 100
    inside = [
        word.text
        for word in found
        if word.page == 1 and top < word.bottom and word.top < top + 99 and word.right > left
    ]
    assert [word for word in inside if word != "K7F3-Q001"] == []


def test_a_file_of_many_sheets_holds_the_logo_once(tmp_path: Path) -> None:
    picture(tmp_path / "seal.png")
    style = themed("header: {logo: {file: seal.png, alt: Seal}}", tmp_path)
    content = render_student([student_sheet(n) for n in range(1, 4)], style)
    assert content.count(b"/Subtype/Image") == 1


def test_files_are_looked_up_beside_the_theme_and_then_in_the_shipped_fonts(tmp_path: Path) -> None:
    shipped = TEMPLATES / "fonts" / "STIXTwoText-Bold.ttf"
    (tmp_path / "Ours.ttf").write_bytes(shipped.read_bytes())
    fonts = themed("fonts: {bold: Ours.ttf, mono: STIXTwoText-Regular.ttf}", tmp_path).fonts
    assert (fonts.bold, fonts.mono.name) == (tmp_path / "Ours.ttf", "STIXTwoText-Regular.ttf")


def test_files_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    (tmp_path / "seal.svg").write_text("<svg/>")
    (tmp_path / "torn.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    assert complaints("fonts: {bold: STIXTwoText-Blod.ttf}", tmp_path)[0].endswith(
        f"the font 'STIXTwoText-Blod.ttf' cannot be used: there is no such file in {tmp_path} or "
        "templates/fonts\n"
        "  |\n"
        "1 | fonts: {bold: STIXTwoText-Blod.ttf}\n"
        "  |               ^\n"
        "help: did you mean `STIXTwoText-Bold.ttf`?"
    )
    (found,) = complaints("header: {logo: {file: seal.svg, alt: Seal}}", tmp_path)
    assert "the logo 'seal.svg' cannot be used: it is no PNG or JPEG file" in found
    (found,) = complaints("header: {logo: {file: torn.png, alt: Seal}}", tmp_path)
    assert found.startswith(f"error[style]: the logo {tmp_path / 'torn.png'} cannot be read: ")
    (found,) = complaints(f"header: {{logo: {{file: {'x' * 300}, alt: Seal}}}}", tmp_path)
    assert "there is no such file" in found


def test_a_picture_that_no_logo_is_as_large_as_is_refused(tmp_path: Path) -> None:
    Image.new("1", (3000, 3000)).save(tmp_path / "huge.png")
    (found,) = complaints("header: {logo: {file: huge.png, alt: Huge}}", tmp_path)
    assert "it has more than 4,000,000 pixels" in found


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("- a list", "dept.yaml:1:1: error[style]: a mapping is expected here"),
        ("paper: [a4", "dept.yaml:2:1: error[style]: this is no YAML: "),
        ("paper: !!python/name:os.system x", "dept.yaml:1:8: error[style]: this is no YAML: "),
        ("paper: \x00", "dept.yaml:1:1: error[style]: this is no YAML: "),
        ("header: {logo: {file: a.png}}", "dept.yaml:1:16: error[style]: `header.logo.alt`: "),
        ("header: none", "dept.yaml:1:9: error[style]: `header`: "),
        ("header: {logo: {file: a.png, alt: ''}}", "dept.yaml:1:35: error[style]: `header.logo."),
        ("paper: 2024-13-45", "dept.yaml:1:1: error[style]: this is no YAML: month must be "),
        ("text: {size: no}", "dept.yaml:1:14: error[style]: `text.size`: a number from 5 to 30 "),
        (f"text: {{size: 1{'0' * 400}}}", "dept.yaml:1:14: error[style]: `text.size`: a number "),
        ("fonts: {fallback: a.ttf}", "dept.yaml:1:19: error[style]: `fonts.fallback`: a list is "),
        ("colors: {1: red}", "dept.yaml:1:13: error[style]: there is no `colors.1`"),
    ],
)
def test_whatever_is_wrong_is_told_where(own: str, message: str) -> None:
    found = complaints(own + "\n")
    assert found[0].startswith(message)


@pytest.mark.parametrize(
    ("before", "after", "message", "cure"),
    [
        (
            "{title}: answer key",
            "{titel}: Loesung",
            "`sheet.key_title` names {titel}, which is not known",
            "did you mean `title`?",
        ),
        (
            "{points} points",
            "{points",
            "`sheet.point_count` names {{}, which is not known",
            "it may name {points}",
        ),
    ],
)
def test_a_blank_in_a_word_that_nobody_fills_is_told(
    before: str, after: str, message: str, cure: str
) -> None:
    with pytest.raises(InputError) as caught:
        load_style(THEME, WORDS.replace(before, after))
    (found,) = caught.value.diagnostics
    assert (found.message, found.help) == (message, cure)


def test_words_in_a_script_that_no_font_has_are_told_before_any_sheet() -> None:
    with pytest.raises(InputError) as caught:
        load_style(THEME, WORDS.replace("name: Name", "name: 姓名"))
    (found,) = caught.value.diagnostics
    line = WORDS[: WORDS.index("name: Name")].count("\n") + 1
    assert (found.line, found.message) == (
        line,
        "no font of the theme has 2 letters of these words: 姓 名",
    )
    assert found.help == (
        "name a TrueType font that has them under `fonts: {fallback: [...]}` in a theme"
    )


def test_the_theme_that_the_documentation_shows_is_one(tmp_path: Path) -> None:
    page = (TEMPLATES.parent / "docs" / "sheets.md").read_text("utf-8")
    own = page.partition("```yaml\n")[2].partition("```")[0]
    picture(tmp_path / "seal.png")
    shutil.copy(
        TEMPLATES / "fonts" / "SourceCodePro-Regular.ttf",
        tmp_path / "NotoSansDevanagari-Regular.ttf",
    )
    style = themed(own, tmp_path)
    assert (style.theme.paper, style.theme.answers.ruling) == ("letter", "ruled")
    assert "Time allowed" in text(render_student([student_sheet()], style))
