"""Thousands of forms are made in chunks: by any number of processes, with the same bytes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from generator.diagnostics import InputError
from generator.model.request import Request
from generator.model.source import SourceFile
from generator.pipeline import chunks, jobs
from generator.pipeline.assignment import Assignment, prepare
from generator.pipeline.joined import unjoined
from generator.pipeline.plan import Chunk, plan
from generator.pipeline.seating import Seat, unnamed
from tests.commands import ROOT, contents, gen_quiz, gen_quiz_process

BANK = """\
title: A small quiz
problems:
  - id: sum
    title: A sum
    parameters:
      a: {min: 1, max: 100}
      b: {min: 1, max: 100}
    stem: Let $a = {{ a }}$ and $b = {{ b }}$.
    parts:
      - ask: What is $a + b$?
        points: 1
        numerical: a + b
      - ask: Why?
        points: 1
        essay: {lines: 3}
"""
COMMAND = ("sums.yaml", "--seed", "1", "--forms", "12", "--variants", "30")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sums.yaml").write_text(BANK, "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process makes of the command."""
    folder = tmp_path_factory.mktemp("expected")
    (folder / "sums.yaml").write_text(BANK, "utf-8")
    run = gen_quiz(*COMMAND, "--jobs", "1", cwd=folder)
    assert (run.returncode, run.stderr) == (0, "")
    return contents(folder / "out")


def assignment() -> Assignment:
    return prepare(SourceFile(name="sums.yaml", text=BANK), id="sums", seed=1)


# --- any number of processes -------------------------------------------------------------------


def test_any_number_of_processes_gives_the_same_bytes(
    folder: Path, expected: dict[str, bytes]
) -> None:
    run = gen_quiz_process(*COMMAND, "--jobs", "3", cwd=folder)
    assert (run.returncode, run.stderr) == (0, "")
    assert contents(folder / "out") == expected


def test_a_fresh_process_gives_the_same_bytes_as_a_forked_one(
    folder: Path, expected: dict[str, bytes]
) -> None:
    """With threads of a library about, processes are not forked but begin anew."""
    run = gen_quiz_process(*COMMAND, "--jobs", "2", cwd=folder, OPENBLAS_NUM_THREADS="2")
    assert (run.returncode, run.stderr) == (0, "")
    assert contents(folder / "out") == expected


def test_chunks_do_not_depend_on_those_before_them() -> None:
    request = Request(seed=1, forms=12, variants=30)
    forwards = chunks.Maker(assignment(), request)
    backwards = chunks.Maker(assignment(), request)
    planned = plan(assignment(), request, unnamed(request.forms).seats).chunks
    made = [forwards.make(chunk) for chunk in planned]
    assert made == [backwards.make(chunk) for chunk in reversed(planned)][::-1]


def test_the_error_of_the_first_chunk_is_told_whoever_fails_first(folder: Path) -> None:
    """Variants from 90 on cannot be solved; which one is named does not depend on chance."""
    bad = BANK.replace("numerical: a + b", "numerical: 1 / (0 if a > 60 else 1)")
    (folder / "sums.yaml").write_text(bad, "utf-8")
    runs = (
        gen_quiz(*COMMAND, "--jobs", "1", cwd=folder),
        gen_quiz_process(*COMMAND, "--jobs", "3", cwd=folder),
    )
    told = {run.stderr for run in runs}
    assert len(told) == 1
    assert "error[" in told.pop()
    assert not list((folder / "out").iterdir())


def test_a_process_that_is_killed_is_an_error_with_its_cure(folder: Path) -> None:
    with killed_worker(folder) as run:
        _, complaint = run.communicate(timeout=60)
    assert run.returncode == 1
    assert complaint.startswith("error[killed]: a process that made sheets was killed\n")
    assert gen_quiz(*COMMAND, "--resume", cwd=folder).returncode == 0


# --- volumes -----------------------------------------------------------------------------------


def test_many_forms_are_merged_into_volumes() -> None:
    request = Request(seed=1, forms=1_203, products=("pdf",))
    volumes = list(plan(assignment(), request, unnamed(request.forms).seats).volumes())
    assert [volume.suffix for volume in volumes] == ["-001-500", "-501-1000", "-1001-1203"]
    assert [sum(map(len, volume.chunks)) for volume in volumes] == [500, 500, 203]


def test_few_forms_are_merged_into_one_file() -> None:
    request = Request(seed=1, forms=500, products=("pdf",))
    (volume,) = plan(assignment(), request, unnamed(request.forms).seats).volumes()
    assert volume.suffix == ""


def test_each_volume_has_its_attendance_list() -> None:
    request = Request(seed=1, forms=501, products=("pdf",))
    planned = plan(assignment(), request, unnamed(request.forms).seats)
    names = [artifact.name for artifact in unjoined(assignment(), request, planned)]
    assert names == ["attendance-001-500.pdf", "attendance-501-501.pdf", "bank.yaml"]


@pytest.mark.parametrize("count", [1, 4, 5, 16, 31, 99, 160, 499, 501, 777, 1_600])
def test_chunks_share_out_every_form_and_question_once(count: int) -> None:
    request = Request(seed=1, forms=count, variants=count)
    planned = plan(assignment(), request, unnamed(request.forms).seats)
    numbers = [seat.number for chunk in planned.forms for seat in chunk.seats]
    places = [place for chunk in planned.questions for place in range(chunk.first, chunk.stop)]
    assert numbers == list(range(1, count + 1))
    assert places == list(range(count))
    assert len({chunk.name for chunk in planned.chunks}) == len(planned.chunks)


def test_seats_may_leave_numbers_out() -> None:
    sitting = [Seat(number=number) for number in (2, 3, 7)]
    planned = plan(assignment(), Request(seed=1, forms=3), sitting)
    assert [seat.number for chunk in planned.forms for seat in chunk.seats] == [2, 3, 7]


# --- interrupted and taken up ------------------------------------------------------------------


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a killed run has left."""
    folder = tmp_path_factory.mktemp("half")
    (folder / "sums.yaml").write_text(BANK, "utf-8")
    with start(folder) as run:
        until_chunks(run, 2)
        run.send_signal(signal.SIGKILL)
    return folder


@pytest.fixture
def killed(half: Path, folder: Path) -> Path:
    """A folder of one's own in which a run was killed."""
    shutil.copytree(half / "out", folder / "out")
    return folder


def start(folder: Path, *more: str) -> subprocess.Popen[str]:
    """The command, told to say what it does, which hears an interrupt even if we do not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job has none
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "generator", *COMMAND, "--json", "--jobs", "2", *more],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            process_group=0,
        )
    finally:
        signal.signal(signal.SIGINT, before)


def until_chunks(run: subprocess.Popen[str], count: int) -> None:
    assert run.stdout is not None
    while count:
        line = run.stdout.readline()
        assert line, "it ended before so many chunks were made"
        count -= json.loads(line)["event"] == "chunk"


@contextlib.contextmanager
def killed_worker(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A run that has lost a worker half-way."""
    with start(folder) as run:
        until_chunks(run, 2)
        children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
        if not children.exists():
            run.kill()
            pytest.skip("this system does not tell the children of a process")
        os.kill(int(children.read_text().split()[0]), signal.SIGKILL)
        yield run


def test_a_killed_run_is_taken_up_and_gives_the_same_bytes(
    killed: Path, expected: dict[str, bytes]
) -> None:
    assert not (killed / "out" / "sums").exists()
    assert (killed / "out" / ".sums.unfinished").is_dir()
    again = gen_quiz(*COMMAND, "--resume", "--json", cwd=killed)
    assert again.returncode == 0
    begun = json.loads(again.stdout.splitlines()[0])
    assert begun["event"] == "started"
    assert begun["missing"] < begun["items"] == 42
    assert contents(killed / "out") == expected
    assert [path.name for path in (killed / "out").iterdir()] == ["sums"]


def test_a_killed_run_leaves_the_old_output(folder: Path, expected: dict[str, bytes]) -> None:
    assert gen_quiz(*COMMAND, cwd=folder).returncode == 0
    with start(folder, "--duplex") as run:
        until_chunks(run, 2)
        run.send_signal(signal.SIGKILL)
    assert contents(folder / "out" / "sums") == {
        name.removeprefix("sums/"): content for name, content in expected.items()
    }


def test_the_workers_of_a_killed_run_end(folder: Path) -> None:
    with start(folder) as run:
        until_chunks(run, 2)
        children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
        if not children.exists():
            run.kill()
            pytest.skip("this system does not tell the children of a process")
        workers = [Path("/proc") / pid for pid in children.read_text().split()]
        run.send_signal(signal.SIGKILL)
    assert workers
    while any(alive(worker) for worker in workers):
        time.sleep(0.05)


def alive(process: Path) -> bool:
    try:
        return ") Z " not in (process / "stat").read_text()
    except OSError:
        return False


def test_an_interrupt_keeps_what_is_finished(folder: Path, expected: dict[str, bytes]) -> None:
    with start(folder) as run:
        until_chunks(run, 1)
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does: every process hears it
        _, complaint = run.communicate(timeout=60)
    assert run.returncode == 130
    assert complaint == (
        "gen-quiz: interrupted; an earlier output is as it was; add --resume to go on from here\n"
    )
    assert gen_quiz(*COMMAND, "--resume", cwd=folder).returncode == 0
    assert contents(folder / "out") == expected


def test_without_resume_a_run_begins_anew(killed: Path, expected: dict[str, bytes]) -> None:
    again = gen_quiz(*COMMAND, "--json", cwd=killed)
    assert json.loads(again.stdout.splitlines()[0])["missing"] == 42
    assert contents(killed / "out") == expected


def test_another_run_cannot_be_taken_up(killed: Path) -> None:
    other = gen_quiz(*COMMAND[:2], "2", *COMMAND[3:], "--resume", cwd=killed)
    assert other.returncode == 1
    assert other.stderr == (
        "error[other-run]: the unfinished run in out/sums is another one: its seed is 1, not 2\n"
        "help: repeat its command with --resume, or begin anew without --resume\n"
    )
    assert gen_quiz(*COMMAND, "--resume", cwd=killed).returncode == 0


def test_two_runs_do_not_write_one_folder_at_once(folder: Path) -> None:
    with start(folder) as run:
        until_chunks(run, 1)
        run.send_signal(signal.SIGSTOP)
        other = gen_quiz(*COMMAND, cwd=folder)
        run.send_signal(signal.SIGCONT)
        run.communicate(timeout=60)
    assert other.returncode == 1
    assert other.stderr.startswith("error[busy]: another run is writing out/sums at this moment\n")
    assert run.returncode == 0


# --- what a run tells --------------------------------------------------------------------------


def test_events_are_json_objects_on_lines(folder: Path) -> None:
    run = gen_quiz(*COMMAND, "--json", cwd=folder)
    events = [json.loads(line) for line in run.stdout.splitlines()]
    kinds = [event["event"] for event in events]
    assert kinds[0] == "started"
    assert kinds[-1] == "finished"
    assert sum(event["count"] for event in events if event["event"] == "chunk") == 42
    files = {event["name"] for event in events if event["event"] == "file"}
    assert files == {
        *("student.pdf", "key.pdf", "attendance.pdf", "marking.pdf", "key.csv", "moodle.xml"),
        *("variants.jsonl", "bank.yaml"),
    }


def test_findings_are_events_too(folder: Path) -> None:
    run = gen_quiz("sums.yaml", "--seed", "1", "--forms", "10001", "--json", cwd=folder)
    assert run.returncode == 1
    (event,) = [json.loads(line) for line in run.stdout.splitlines()]
    assert (event["event"], event["code"], event["line"]) == ("error", "too-few-variants", 3)


def test_a_pipe_and_quiet_see_no_progress(folder: Path) -> None:
    run = gen_quiz(*COMMAND, "--quiet", cwd=folder)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_no_process_is_no_answer(folder: Path) -> None:
    assert gen_quiz(*COMMAND, "--jobs", "0", cwd=folder).returncode == 2


# --- elsewhere ---------------------------------------------------------------------------------


def test_an_output_may_go_to_any_file_system(
    folder: Path, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = pytest.importorskip("fsspec.implementations.memory")
    monkeypatch.chdir(folder)
    main([*COMMAND, "--jobs", "1", "--quiet", "--out", "memory://quizzes"])
    found = memory.MemoryFileSystem().find("/quizzes")
    made = {path.removeprefix("/quizzes/"): memory.MemoryFileSystem().cat(path) for path in found}
    assert made == expected


def test_behind_a_url_the_manifest_comes_last_and_goes_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that fails half-way leaves files, but nothing that calls them complete."""
    memory = pytest.importorskip("fsspec.implementations.memory")
    system = memory.MemoryFileSystem()
    monkeypatch.chdir(folder)
    arguments = [*COMMAND, "--jobs", "1", "--quiet", "--out", "memory://half"]
    main(arguments)
    assert system.exists("/half/sums/manifest.json")
    calls = iter(range(100))
    make = chunks.Maker.make

    def failing(self: chunks.Maker, chunk: Chunk) -> chunks.Made:
        if next(calls) == 4:
            raise KeyboardInterrupt
        return make(self, chunk)

    monkeypatch.setattr(chunks.Maker, "make", failing)
    assert main([*arguments, "--forms", "3"]) == 130
    assert not system.exists("/half/sums/manifest.json")
    assert main([*arguments, "--forms", "3", "--resume"]) == 0
    listed = json.loads(system.cat("/half/sums/manifest.json"))["files"]
    there = {path.removeprefix("/half/sums/") for path in system.find("/half/sums")}
    assert there == {*listed, "manifest.json"}


def test_a_url_of_no_known_kind_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("fsspec")
    bank = str(folder / "sums.yaml")
    assert main([bank, "--seed", "1", "--out", "nowhere://x"]) == 1
    assert capsys.readouterr().err.startswith(
        "error[remote]: nowhere://x/sums cannot be opened: Protocol not known: nowhere"
    )


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(
    folder: Path, expected: dict[str, bytes]
) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            silence_logs=50,
        ) as cluster,
        start(folder, "--dask", cluster.scheduler_address) as run,
    ):
        until_chunks(run, 2)
        victim = next(iter(cluster.workers.values()))
        os.kill(victim.pid, signal.SIGKILL)
        run.communicate(timeout=120)
    assert run.returncode == 0
    assert contents(folder / "out") == expected


def test_a_cluster_that_is_not_there_is_an_error(folder: Path) -> None:
    pytest.importorskip("distributed")
    run = gen_quiz_process(
        *COMMAND,
        "--dask",
        "tcp://127.0.0.1:9",
        cwd=folder,
        DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT="1s",
    )
    assert run.returncode == 1
    assert run.stderr.startswith("error[cluster]: no Dask scheduler answers at tcp://127.0.0.1:9")


def test_a_worker_of_another_version_is_refused() -> None:
    request = Request(seed=1, forms=1)
    job = chunks.Job(
        file=SourceFile(name="sums.yaml", text=BANK), id="sums", request=request, version="0.0.0"
    )
    with pytest.raises(InputError) as refused:
        chunks.make(job, plan(assignment(), request, unnamed(request.forms).seats).chunks[0])
    (finding,) = refused.value.diagnostics
    assert finding.code == "other-version"


@pytest.mark.parametrize(("method", "count", "loaded"), [("fork", 2, 1), ("fork", 1, 0)])
def test_what_a_form_takes_is_loaded_once_before_processes_are_forked(
    monkeypatch: pytest.MonkeyPatch, method: str, count: int, loaded: int
) -> None:
    """They share it; whoever works alone loads it on the way."""
    monkeypatch.setattr(jobs, "_start_method", lambda: method)
    calls: list[None] = []
    with jobs.crew(jobs.Jobs(count=count), 3, lambda: calls.append(None)):
        pass
    assert len(calls) == loaded


def test_what_may_be_done_meanwhile_is_done_once_and_as_soon_as_all_are_busy() -> None:
    done: list[str] = []
    with jobs.crew(jobs.Jobs(count=1), 3) as alone:
        for task, _ in jobs.in_any_order(alone, done.append, "abc", lambda: done.append("here")):
            done.append(f"{task} made")
    assert done == ["a", "here", "a made", "b", "b made", "c", "c made"]


def test_a_rehearsal_composes_the_first_of_a_chunk_and_changes_no_byte(folder: Path) -> None:
    assignment, request = _small(folder)
    chunk = plan(assignment, request, unnamed(request.forms).seats).chunks[0]
    plain, rehearsed = (chunks.Maker(_small(folder)[0], request) for _ in range(2))
    rehearsed.rehearse(chunk)
    assert rehearsed.make(chunk) == plain.make(chunk)


def _small(folder: Path) -> tuple[Assignment, Request]:
    text = (folder / "sums.yaml").read_text("utf-8")
    file = SourceFile(name="sums.yaml", text=text)
    return prepare(file, id="sums", seed=1), Request(seed=1, forms=2, variants=3)
