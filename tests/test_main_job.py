"""``gen-quiz --seed 42`` turns Assignment 4 into sheets, keys and a Moodle file."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.commands import ASSIGNMENT, contents, gen_quiz, gen_quiz_process

FILES = {
    *(f"student/form-{n:03d}.pdf" for n in range(1, 6)),
    *(f"key/form-{n:03d}.pdf" for n in range(1, 6)),
    "student.pdf",
    "key.pdf",
    "moodle.xml",
    "attendance.pdf",
    "marking.pdf",
    "key.csv",
    "manifest.json",
    "variants.jsonl",
    "bank.yaml",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the main job has run once."""
    folder = tmp_path_factory.mktemp("made")
    run = gen_quiz_process("--seed", "42", cwd=folder, PYTHONHASHSEED="1")
    assert (run.returncode, run.stderr) == (0, "")
    return folder


def records(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "variants.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_it_makes_every_file(made: Path) -> None:
    assert set(contents(made / "out" / "assignment4")) == FILES


def test_it_leaves_nothing_else_behind(made: Path) -> None:
    assert [path.name for path in made.iterdir()] == ["out"]
    assert [path.name for path in (made / "out").iterdir()] == ["assignment4"]


def test_the_same_seed_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    """Also in another folder, with another hash seed, locale and time zone."""
    other = {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    run = gen_quiz_process("--seed", "42", cwd=tmp_path, **other)
    assert run.returncode == 0
    assert contents(tmp_path / "out") == contents(made / "out")


def test_another_seed_gives_other_variants(made: Path, tmp_path: Path) -> None:
    gen_quiz("--seed", "43", "--only", "key", cwd=tmp_path)
    here = {record["code"] for record in records(tmp_path / "out" / "assignment4")}
    there = {record["code"] for record in records(made / "out" / "assignment4") if record["forms"]}
    assert len(here) == len(there) == 15
    assert len(here & there) <= 1


def test_no_variant_is_made_twice(made: Path) -> None:
    codes = [record["code"] for record in records(made / "out" / "assignment4")]
    assert len(codes) == len(set(codes)) == 3 * (5 + 20)


def test_fewer_forms_are_the_first_of_more(made: Path, tmp_path: Path) -> None:
    """A form is the same bytes whether it is made alone or among others."""
    gen_quiz("--seed", "42", "--forms", "2", "--only", "pdf,key", cwd=tmp_path)
    few, many = (contents(folder / "out" / "assignment4") for folder in (tmp_path, made))
    for name in ("student/form-001.pdf", "student/form-002.pdf", "key/form-002.pdf"):
        assert few[name] == many[name]


def test_the_key_table_names_every_part_of_every_form(made: Path) -> None:
    with (made / "out" / "assignment4" / "key.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    parts = [(row["problem"], row["part"]) for row in rows if row["form"] == "form-001"]
    assert parts == [
        *(("backpropagation", part) for part in "abcd"),
        *(("cnn-layer", part) for part in "abc"),
        *(("lstm-claims", part) for part in "ab"),
    ]
    assert len(rows) == 5 * len(parts)


def test_verify_finds_everything_as_derived(made: Path) -> None:
    run = gen_quiz("verify", "out/assignment4", cwd=made)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "out/assignment4: all 18 files and 75 variants as derived\n"


def test_verify_finds_a_changed_key(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made / "out", tmp_path / "out")
    table = tmp_path / "out" / "assignment4" / "key.csv"
    table.write_bytes(table.read_bytes().replace(b"True", b"False"))
    run = gen_quiz("verify", "out/assignment4", cwd=tmp_path)
    assert run.returncode == 1
    assert run.stderr.splitlines()[0] == (
        "error[not-as-derived]: out/assignment4/key.csv was changed after it was made"
    )


def test_verify_misses_the_bank(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made / "out", tmp_path / "out")
    (tmp_path / "out" / "assignment4" / "bank.yaml").unlink()
    run = gen_quiz("verify", "out/assignment4", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.splitlines()[0] == (
        "error[not-as-derived]: out/assignment4/bank.yaml cannot be read"
    )


def test_the_code_of_a_form_gives_its_key(made: Path) -> None:
    manifest = json.loads((made / "out" / "assignment4" / "manifest.json").read_text("utf-8"))
    form = manifest["forms"][2]
    run = gen_quiz_process("key", form["code"].lower().replace("-", " "), cwd=made)
    assert run.returncode == 0
    lines = run.stdout.splitlines()
    assert lines[0] == "form-003 of Assignment 4 (out/assignment4)"
    by_code = {record["code"]: record for record in records(made / "out" / "assignment4")}
    keys = [part["key"] for v in form["variants"] for part in by_code[v["code"]]["parts"]]
    assert len(lines) == 1 + len(keys)
    assert all(key in line for key, line in zip(keys, lines[1:], strict=True))


def test_a_mistyped_code_is_told_from_an_unknown_one(made: Path) -> None:
    manifest = json.loads((made / "out" / "assignment4" / "manifest.json").read_text("utf-8"))
    code = manifest["forms"][0]["code"]
    wrong = ("2" if code[0] != "2" else "3") + code[1:]
    run = gen_quiz("key", wrong, cwd=made)
    assert (run.returncode, run.stdout) == (1, "")
    assert "error[" in run.stderr


def test_a_bank_that_comes_with_the_package_is_used_without_a_banks_folder(made: Path) -> None:
    copy = made / "out" / "assignment4" / "bank.yaml"
    assert copy.read_bytes() == ASSIGNMENT.read_bytes()
