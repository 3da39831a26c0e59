"""Rosters as spreadsheets and campus systems write them."""

from __future__ import annotations

import pytest

from generator.diagnostics import InputError, show
from generator.model.student import Student
from generator.pipeline.roster import Roster, read_roster, unprintable
from generator.render.pdf import Proofreader
from tests.render.pdf.samples import style

ADA = Student(id="1815", name="Ada Lovelace", email="ada@example.org")
TABLE = "id,name,e-mail\n1815,Ada Lovelace,ada@example.org\n"


def read(text: str, encoding: str = "utf-8") -> Roster:
    return read_roster(text.encode(encoding), "students.csv")


def complaints(content: str | bytes) -> list[str]:
    """What is wrong, as ``line:column: message``."""
    data = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(InputError) as caught:
        read_roster(data, "students.csv")
    return [f"{found.line}:{found.column}: {found.message}" for found in caught.value.diagnostics]


# --- what is understood ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_every_encoding_of_a_spreadsheet_is_understood(encoding: str) -> None:
    table = "Matrikelnummer;Nachname;Vorname\n1;Müller;Zoë\n"
    (student,) = read(table, encoding).students
    assert student == Student(id="1", name="Zoë Müller", listed="Müller, Zoë")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_names_may_be_greek_and_cyrillic(encoding: str) -> None:
    table = "ФИО\tid\nСофья Ковалевская\t1850\nΥπατία\t350\n"
    assert [s.name for s in read(table, encoding).students] == ["Софья Ковалевская", "Υπατία"]


def test_windows_1252_is_a_guess_and_said_to_be_one() -> None:
    (warning,) = read("id,name\n1,Zoë\n", "cp1252").warnings
    assert show(warning) == (
        "students.csv:2:5: warning[guessed-encoding]: this is not UTF-8 and was read as "
        "Windows-1252; look at the names once\n"
        "  |\n"
        "2 | 1,Zoë\n"
        "  |     ^\n"
        "help: if they are wrong: in the spreadsheet, choose Save as and the format “CSV UTF-8”"
    )
    assert read(TABLE).warnings == ()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_of_every_system_are_understood(separator: str, end: str) -> None:
    assert read(TABLE.replace(",", separator).replace("\n", end)).students == (ADA,)


def test_the_separator_that_excel_names_is_used() -> None:
    assert read("sep=;\nid;name\n1;A, b, c\n").students == (Student(id="1", name="A, b, c"),)


def test_quotes_blank_lines_and_trailing_separators_are_no_trouble() -> None:
    table = '\n;;;\n"id"; "name";;\n\n"1";"Lovelace; ""Ada""";;;;\n ;\n2;Bo\n'
    roster = read(table)
    assert [(s.id, s.name) for s in roster.students] == [("1", 'Lovelace; "Ada"'), ("2", "Bo")]
    assert roster.lines == (5, 7)


@pytest.mark.parametrize(
    ("header", "row", "listed"),
    [
        ("ID Number;First name;Last name", "7;Ada;King", "King, Ada"),
        ("Matrikel-Nr.;Name;Vorname", "7;King;Ada", "King, Ada"),
        ("N° étudiant;NOM;Prénom", "7;King;Ada", "King, Ada"),
        ("Nombre;Apellidos;Número de matrícula", "Ada;King;7", "King, Ada"),
        ("Student;ID;SIS User ID;SIS Login ID", "King, Ada;99;7;ada", "King, Ada"),
        ("Kennung;Name", "7;Ada King", "Ada King"),
        ("Group;Surname;e_mail;USERNAME", "B;King;a@b;7", "King"),
        ("姓名,学号", "King,7", "King"),
    ],
)
def test_columns_are_known_in_many_spellings(header: str, row: str, listed: str) -> None:
    (student,) = read(f"{header}\n{row}\n").students
    assert (student.id, student.listed) == ("7", listed)


def test_zeros_that_a_spreadsheet_was_made_to_keep_are_kept() -> None:
    assert read('id,name\n"=""007""",Bond\n').ids == ("007",)


def test_names_are_composed_and_rid_of_what_nobody_sees() -> None:
    table = 'id,name\n1,Zoe\u0308 \u200b  Mu\u0308ller\u202c\n2,"Ada\nKing"\n'
    assert [student.name for student in read(table).students] == ["Zoë Müller", "Ada King"]


def test_lists_are_sorted_without_case_and_accents() -> None:
    names = ["Østby", "zeta", "Ångström", "Łukasz", "alpha", "Öz", "Ærø"]
    students = [Student(id=str(i), name=name) for i, name in enumerate(names)]
    expected = ["Ærø", "alpha", "Ångström", "Łukasz", "Østby", "Öz", "zeta"]
    assert [one.name for one in sorted(students, key=lambda one: one.order)] == expected


# --- what is wrong -----------------------------------------------------------------------------


def test_all_that_is_wrong_is_told_at_once_with_its_line() -> None:
    table = (
        "id,name\n1,Ada\n,Bo\n2,\n1,Cy\nx/y,Di\ncon,Ed\n.ab,Flo\n9,Gil, Jr\n"
        f"{'5' * 101},Hal\n1.23E+11,Ida\nAB,Jo\nab,Ken\n"
    )
    assert complaints(table) == [
        "3:2: Bo has no id",
        "4:1: student 2 has no name",
        "5:1: the id 1 stands in line 2 already",
        "6:1: the id 'x/y' has '/' in it",
        "7:1: the id 'con' is reserved by Windows",
        "8:1: the id '.ab' begins or ends with '.'",
        "9:8: this row has 3 cells, but there are 2 columns",
        f"10:1: the id '{'5' * 101}' is longer than 100 bytes",
        "11:1: the id '1.23E+11' was rounded by a spreadsheet; format the column as text and enter "
        "the ids again",
        "13:1: the id ab stands in line 12 already",
    ]


def test_a_finding_shows_the_line_and_the_cure() -> None:
    with pytest.raises(InputError) as caught:
        read("id,name\nx/y,Ada\n")
    assert show(caught.value.diagnostics[0]) == (
        "students.csv:2:1: error[unfit-id]: the id 'x/y' has '/' in it\n"
        "  |\n"
        "2 | x/y,Ada\n"
        "  | ^^^\n"
        "help: use letters and digits, with . - _ @ + within; the student's files are named by it"
    )


def test_a_missing_column_is_told_with_what_there_is() -> None:
    with pytest.raises(InputError) as caught:
        read("Nmae,Studnet ID\nAda,1\n")
    assert [(found.message, found.help) for found in caught.value.diagnostics] == [
        (
            "no column of the roster is called `id`; its first row says `Nmae`, `Studnet ID`",
            "did you mean `student id`?",
        ),
        (
            "no column of the roster is called `name`; its first row says `Nmae`, `Studnet ID`",
            "did you mean `name`?",
        ),
    ]


def test_the_usual_names_of_a_missing_column_are_told() -> None:
    with pytest.raises(InputError) as caught:
        read("name,group\nAda,1\n")
    assert caught.value.diagnostics[0].help == (
        "call the column `id`, or one of: student id, student number, student no, Matrikelnummer, "
        "Matrikelnr"
    )


def test_two_columns_of_one_name_are_told() -> None:
    assert complaints("id,name,Name\n1,a,b\n") == ["1:9: two columns are called `Name`"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"id,name\n1,Zo\xc3\xab\n2,Zo\xeb\n", "3:5: the byte EB is no letter in UTF-8"),
        (b"id,name\n1,Zo\x81\n", "2:5: the byte 81 is no letter in CP1252"),
        ("id,name\n1,Zoë".encode("utf-16") + b"x", "2:6: the byte 78 is no letter in UTF-16-LE"),
    ],
)
def test_bytes_that_are_no_letters_are_told_where_they_stand(content: bytes, message: str) -> None:
    assert complaints(content) == [message]


@pytest.mark.parametrize("begin", [b"PK\x03\x04\x14", b"\xd0\xcf\x11\xe0\xa1"])
def test_a_workbook_is_told_apart(begin: bytes) -> None:
    assert complaints(begin) == ["0:0: students.csv is a workbook, not a CSV file"]


@pytest.mark.parametrize("content", ["", "\n\n", ";;;\n"])
def test_an_empty_roster_is_told(content: str) -> None:
    assert complaints(content) == ["0:0: the roster students.csv is empty"]


def test_a_roster_of_nobody_is_told() -> None:
    assert complaints("id,name\n") == ["1:1: the roster names its columns, but no student"]


def test_a_quote_that_is_never_closed_is_told_where_it_opens() -> None:
    message = "3:1: the quotes of a cell that begins here do not match"
    assert complaints('id,name\n1,Ada\n"2,Bo\n3,Cy\n') == [message]


def test_a_cell_without_end_is_told() -> None:
    message = "2:1: a cell that begins here has more than 1,000 characters"
    assert complaints(f"id,name\n1,{'a' * 1001}\n") == [message]


def test_names_that_no_font_can_show_are_told_with_their_line() -> None:
    roster = read("id,name\n1,Ada\n2,漢 Ada\n3,Софья Υπατία Łódź Nguyễn\n")
    (found,) = unprintable(roster, Proofreader(style(), "en").letters)
    assert (found.line, found.column) == (3, 3)
    assert found.message == "no font of the sheets has '漢' (U+6F22), in the name '漢 Ada'"
