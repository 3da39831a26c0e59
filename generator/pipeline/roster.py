"""A roster: the students of a course, read from whatever table a campus system exports.

The columns are found by their names, in several languages and spellings; everything else in the
table is passed over. All that is wrong is told at once, with its line: students without an id or
with another's, ids that cannot name a file, names that no font of the sheets can show.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping

from generator.diagnostics import Diagnostic, InputError, did_you_mean
from generator.model.dataclass import dataclass
from generator.model.student import Student
from generator.pipeline.spreadsheet import Row, Spreadsheet, read_spreadsheet

_ID, _NAME, _FIRST, _FAMILY, _EMAIL = "id", "name", "first name", "family name", "e-mail"
_NAME_OR_FAMILY, _NAME_OR_FIRST = "name or family name", "name or first name"

_SPELLINGS: dict[str, str] = {
    # Of two columns that may hold the id, the one whose spelling stands further up is taken.
    _ID: "student id, student number, student no, Matrikelnummer, Matrikelnr, Matrikel-Nr., "
    "matriculation number, numéro étudiant, numéro d'étudiant, n° étudiant, code étudiant, "
    "número de matrícula, matrícula, número de estudiante, matricola, studentennummer, "
    "studienummer, студенческий билет, αριθμός μητρώου, 学号, 学生编号, 学籍番号, id number, "
    "sis user id, id, sis login id, username, user name, Benutzername, Kennung, login, identifiant",
    _NAME: "full name, student name, student, display name, complete name, vollständiger Name, "
    "nom complet, nom et prénom, nombre completo, nombre y apellidos, apellidos y nombre, "
    "nome completo, ФИО, ονοματεπώνυμο, 姓名, 氏名",
    _NAME_OR_FAMILY: "name, nom, naam",
    _NAME_OR_FIRST: "nombre, nome, имя, όνομα",
    _FIRST: "first name, given name, forename, Vorname, Rufname, prénom, voornaam, fornavn, "
    "förnamn",
    _FAMILY: "last name, family name, surname, Nachname, Familienname, Zuname, nom de famille, "
    "apellido, apellidos, cognome, sobrenome, achternaam, efternavn, efternamn, фамилия, επώνυμο",
    _EMAIL: "e-mail, email, mail, email address, e-mail address, E-Mail-Adresse, adresse e-mail, "
    "courriel, correo, correo electrónico, dirección de correo, posta elettronica, почта, 邮箱",
}

_LONGEST_ID = 100
_BESIDE_LETTERS = frozenset("._-+@ ")
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{i}" for port in ("com", "lpt") for i in range(1, 10)))
)
"""What Windows takes for a device, whatever ending follows."""
_INVISIBLE = ("Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn")
_FIT = "use letters and digits, with . - _ @ + within; the student's files are named by it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Students in the order of the file, the line of each, and what to look at though it works."""

    students: tuple[Student, ...]
    lines: tuple[int, ...]
    table: Spreadsheet
    warnings: tuple[Diagnostic, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The students' ids, in the order of the file."""
        return tuple(student.id for student in self.students)


def read_roster(content: bytes, name: str) -> Roster:
    """The students in a CSV file; `name` is the file as the user typed it.

    Raises InputError with all that is wrong in it.
    """
    table = read_spreadsheet(content, name)
    if not table.rows:
        message = f"the roster {name} is empty"
        cure = "its first row names the columns, such as id, name and e-mail"
        raise InputError([Diagnostic(code="empty-roster", message=message, help=cure)])
    header, *rows = table.rows
    columns = _columns(table, header)
    reader = _Reader(table, columns, len(header.cells))
    students = [(row.line, student) for row in rows for student in reader.students(row)]
    if not rows:
        message = "the roster names its columns, but no student"
        reader.findings.append(
            table.at(header.line, "empty-roster", message, cure="add a row for each student")
        )
    if reader.findings:
        raise InputError(reader.findings)
    return Roster(
        students=tuple(student for _, student in students),
        lines=tuple(line for line, _ in students),
        table=table,
        warnings=table.warnings,
    )


def unprintable(roster: Roster, missing: Callable[[str], str]) -> tuple[Diagnostic, ...]:
    """Findings for names with letters that the sheets cannot show.

    `missing` gives the characters of a text that no font has, as `Proofreader.letters` does.
    """
    findings = []
    for line, student in zip(roster.lines, roster.students, strict=True):
        letters = missing(student.name + student.id)
        if letters:
            named = ", ".join(f"{letter!r} (U+{ord(letter):04X})" for letter in letters)
            message = f"no font of the sheets has {named}, in the name {student.name!r}"
            cure = "name a TrueType font that has it under `fonts: {fallback: [...]}` in the theme"
            findings.append(
                roster.table.at(line, "missing-glyph", message, cure=cure, cell=letters[0])
            )
    return tuple(findings)


# --- columns -----------------------------------------------------------------------------------


def _plain(words: str) -> str:
    """Words without case, accents, blanks and signs, so that spellings can be compared."""
    spread = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in spread if letter.isalnum())


_ROLES = {
    _plain(spelling): (rank, role)
    for role, spellings in _SPELLINGS.items()
    for rank, spelling in enumerate(spellings.split(", "))
}


def _columns(table: Spreadsheet, header: Row) -> Mapping[str, int]:
    """Which column holds what: id, name or first and family name, e-mail."""
    found: dict[str, list[tuple[int, int]]] = {}
    for column, title in enumerate(header.cells):
        known = _ROLES.get(_plain(title))
        if known:
            found.setdefault(known[1], []).append((known[0], column))
    twice = [places for places in found.values() if len({rank for rank, _ in places}) < len(places)]
    if twice:
        title = header.cells[max(column for _, column in twice[0])]
        message = f"two columns are called `{title}`"
        cure = "rename or delete one of them"
        raise InputError([table.at(header.line, "roster-columns", message, cure=cure, cell=title)])
    columns = _resolved({role: min(places)[1] for role, places in found.items()})
    lacking = [role for role in (_ID, _NAME) if role not in columns]
    if _NAME in lacking and columns.keys() & {_FIRST, _FAMILY}:
        lacking.remove(_NAME)
    if lacking:
        raise InputError([_lacking(table, header, role) for role in lacking])
    return columns


def _resolved(columns: dict[str, int]) -> dict[str, int]:
    """``Name`` beside ``Vorname`` is the family name, ``Nombre`` beside ``Apellidos`` the first."""
    for either, alone, beside in (
        (_NAME_OR_FAMILY, _FAMILY, _FIRST),
        (_NAME_OR_FIRST, _FIRST, _FAMILY),
    ):
        column = columns.pop(either, None)
        if column is not None:
            columns.setdefault(alone if beside in columns else _NAME, column)
    return columns


def _lacking(table: Spreadsheet, header: Row, role: str) -> Diagnostic:
    titles = [title for title in header.cells if title]
    known = [role, *(one for one in _SPELLINGS[role].split(", ") if one != role)]
    unknown = [title.casefold() for title in titles if _plain(title) not in _ROLES]
    meant = (did_you_mean(title, known) for title in unknown)
    cure = next(filter(None, meant), "")
    shown = ", ".join(f"`{title}`" for title in titles)
    message = f"no column of the roster is called `{role}`; its first row says {shown}"
    usual = f"call the column `{role}`, or one of: {', '.join(known[1:6])}"
    return table.at(header.line, "roster-columns", message, cure=cure or usual)


# --- students ----------------------------------------------------------------------------------


class _Reader:
    """Reads rows, and keeps what is wrong with them."""

    def __init__(self, table: Spreadsheet, columns: Mapping[str, int], width: int) -> None:
        self._table, self._columns, self._width = table, columns, width
        self._seen: dict[str, int] = {}
        self.findings: list[Diagnostic] = []

    def students(self, row: Row) -> Iterator[Student]:
        """The student of this row, unless something is wrong with it."""
        if any(row.cells[self._width :]):
            message = f"this row has {len(row.cells)} cells, but there are {self._width} columns"
            cure = "put a cell that holds the separator into double quotes"
            self._find(row, "roster-row", message, cure, row.cells[self._width])
            return
        name, listed = self._names(row)
        id_ = self._cell(row, _ID)
        if not id_:
            cure = "give the student's id, or delete the row"
            self._find(row, "missing-id", f"{name or 'this student'} has no id", cure, name)
        elif not name:
            self._find(row, "missing-name", f"student {id_} has no name", "give the name", id_)
        elif self._is_new(row, id_):
            email = self._cell(row, _EMAIL)
            yield Student(id=id_, name=name, email=email, listed=listed)

    def _is_new(self, row: Row, id_: str) -> bool:
        """Whether the id is fit, and no other student's; names of files know no case."""
        trouble = _unfit(id_)
        if trouble:
            self._find(row, "unfit-id", f"the id {id_!r} {trouble}", _FIT, id_)
            return False
        first = self._seen.setdefault(id_.casefold(), row.line)
        if first != row.line:
            message = f"the id {id_} stands in line {first} already"
            self._find(row, "duplicate-id", message, "delete the row, or correct the id", id_)
            return False
        return True

    def _names(self, row: Row) -> tuple[str, str]:
        """The name as a sheet shows it, and as lists do."""
        whole = self._cell(row, _NAME)
        if whole:
            return whole, whole
        first, family = self._cell(row, _FIRST), self._cell(row, _FAMILY)
        name = " ".join(filter(None, (first, family)))
        return name, ", ".join(filter(None, (family, first)))

    def _cell(self, row: Row, role: str) -> str:
        column = self._columns.get(role)
        if column is None or column >= len(row.cells):
            return ""
        return _visible(row.cells[column])

    def _find(self, row: Row, code: str, message: str, cure: str, cell: str) -> None:
        self.findings.append(self._table.at(row.line, code, message, cure=cure, cell=cell))


def _visible(text: str) -> str:
    """Composed letters and single blanks; marks that nobody sees come from copy and paste."""
    seen = (c if c.isspace() or unicodedata.category(c) not in _INVISIBLE else "" for c in text)
    return unicodedata.normalize("NFC", " ".join("".join(seen).split()))


def _unfit(id_: str) -> str:
    """Why an id cannot name a file on every system; empty if it can."""
    strange = [c for c in id_ if not (c.isalnum() or c in _BESIDE_LETTERS)]
    if "E+" in id_ and id_.replace("E+", "").replace(".", "").replace(",", "").isdigit():
        return "was rounded by a spreadsheet; format the column as text and enter the ids again"
    if strange:
        return f"has {strange[0]!r} in it"
    if not id_[0].isalnum() or id_[-1] in ". ":
        return f"begins or ends with {id_[0] if not id_[0].isalnum() else id_[-1]!r}"
    if id_.partition(".")[0].casefold() in _RESERVED:
        return "is reserved by Windows"
    if len(id_.encode()) > _LONGEST_ID:
        return f"is longer than {_LONGEST_ID} bytes"
    return ""
