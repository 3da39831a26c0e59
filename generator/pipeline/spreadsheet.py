"""Tables as spreadsheets write them: bytes of a CSV file into rows of cells, each with its line.

Excel, LibreOffice, Numbers and campus systems write UTF-8 with or without a byte order mark,
UTF-16 and Windows-1252, separated by commas, semicolons or tabs. Which one it is, is seen from the
file alone, never from the machine's locale; what cannot be decoded is told with its line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from generator.diagnostics import Diagnostic, InputError, in_file
from generator.model.dataclass import dataclass
from generator.model.source import SourceFile

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
"""Byte order marks, longer ones before those that they begin with."""
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx and .ods (both are ZIP archives) and .xls files begin."""
_SEPARATORS = (";", "\t", ",", "|")
_LONGEST = 1_000
"""Characters of a cell."""

_SAVE_AS = "in the spreadsheet, choose Save as and the format “CSV UTF-8”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The cells of a row, stripped of white space at their ends; `line` is where it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spreadsheet:
    """A table as read. Rows without any content are left out."""

    file: SourceFile
    rows: tuple[Row, ...]
    warnings: tuple[Diagnostic, ...] = ()

    def at(self, line: int, code: str, message: str, *, cure: str, cell: str = "") -> Diagnostic:
        """A finding in this line, under the cell with this content if the line shows it."""
        column = self.file.line(line).find(cell)
        return Diagnostic(
            code=code,
            message=message,
            help=cure,
            file=self.file,
            line=line,
            column=max(column, 0) + 1,
            length=max(1, len(cell)) if column >= 0 else 1,
        )


def read_spreadsheet(content: bytes, name: str) -> Spreadsheet:
    """Read a CSV file. Raises InputError where it is none, or holds what cannot be decoded."""
    file, warnings = _decoded(content, name)
    text = file.text
    skipped = 0
    if text[:4].casefold() == "sep=":  # Excel's own way to name the separator
        separator, skipped = text[4:5], 1
        text = text.partition("\n")[2]
    else:
        separator = _separator(text)
    rows = tuple(row for row in _rows(file, text, separator, skipped) if any(row.cells))
    return Spreadsheet(file=file, rows=rows, warnings=warnings)


# --- bytes to text -----------------------------------------------------------------------------


def _decoded(content: bytes, name: str) -> tuple[SourceFile, tuple[Diagnostic, ...]]:
    if content.startswith(_WORKBOOKS):
        message = f"{name} is a workbook, not a CSV file"
        raise InputError([Diagnostic(code="not-csv", message=message, help=_SAVE_AS)])
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding, name), ()
    if b"\x00" in content:
        return _strictly(content, _without_mark(content), name), ()
    try:
        return SourceFile(name=name, text=_lines(content.decode("utf-8"))), ()
    except UnicodeDecodeError:
        pass
    if _is_damaged_utf8(content):
        return _strictly(content, "utf-8", name), ()
    file = _strictly(content, "cp1252", name)
    return file, (_guessed(file),)


def _without_mark(content: bytes) -> str:
    """Western letters have a zero byte in UTF-16: the second of a pair if it is little-endian."""
    return "utf-16-le" if content[1::2].count(0) >= content[::2].count(0) else "utf-16-be"


def _is_damaged_utf8(content: bytes) -> bool:
    """Whether some letters are UTF-8 though others are not; Windows-1252 hardly ever looks so."""
    ignored = content.decode("utf-8", "ignore")
    return any(ord(letter) > 127 for letter in ignored)


def _strictly(content: bytes, encoding: str, name: str) -> SourceFile:
    try:
        text = _lines(content.decode(encoding))
    except UnicodeDecodeError as error:
        file = SourceFile(name=name, text=_lines(content.decode(encoding, "replace")))
        index = len(_lines(content[: error.start].decode(encoding, "replace")))
        bad = content[error.start : error.start + 1].hex().upper()
        message = f"the byte {bad} is no letter in {encoding.upper()}"
        raise InputError([in_file(file, index, "undecodable", message, _SAVE_AS)]) from None
    return SourceFile(name=name, text=text)


def _lines(text: str) -> str:
    """The text with line feeds for every kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guessed(file: SourceFile) -> Diagnostic:
    """A warning at the first letter that another encoding would show as another."""
    return in_file(
        file,
        next(index for index, letter in enumerate(file.text) if ord(letter) > 127),
        "guessed-encoding",
        "this is not UTF-8 and was read as Windows-1252; look at the names once",
        f"if they are wrong: {_SAVE_AS}",
        severity="warning",
    )


# --- text to cells -----------------------------------------------------------------------------


def _separator(text: str) -> str:
    """The one that parts the first line with any content into the most cells."""
    first = next((line for line in text.split("\n") if line.strip(" ;,\t|")), "")
    counts = {one: len(next(csv.reader([first], delimiter=one), ())) for one in _SEPARATORS}
    return max(_SEPARATORS, key=lambda one: counts[one])


def _rows(file: SourceFile, text: str, separator: str, skipped: int) -> Iterator[Row]:
    if len(separator) != 1 or separator in '"\n':
        raise InputError([_broken(file, 1, "the line `sep=` names no separator")])
    # skipinitialspace: a quote may stand behind the blank that follows a comma
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True
    )
    line = skipped + 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            message = "the quotes of a cell that begins here do not match"
            raise InputError([_broken(file, line, message)]) from None
        if cells is None:
            return
        if any(len(cell) > _LONGEST for cell in cells):
            message = f"a cell that begins here has more than {_LONGEST:,} characters"
            raise InputError([_broken(file, line, message)])
        yield Row(line=line, cells=tuple(_cell(cell) for cell in cells))
        line = skipped + reader.line_num + 1


def _cell(text: str) -> str:
    """The content of a cell: ``="007"`` is how a spreadsheet is kept from dropping zeros."""
    text = text.strip()
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        text = text[2:-1]
    return text


def _broken(file: SourceFile, line: int, message: str) -> Diagnostic:
    cure = "put a cell into double quotes as a whole, and double the quotes within it"
    return Diagnostic(
        code="not-csv",
        message=message,
        help=cure,
        file=file,
        line=line,
        column=1,
        length=len(file.line(line)) or 1,
    )
