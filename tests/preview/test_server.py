"""Who may ask the server for what."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest

from generator.preview import Preview
from tests.commands import contents, gen_quiz
from tests.preview.banks import BANK, BROKEN

Serve = Callable[[Path], Preview]


def ask(
    server: Preview, path: str, method: str = "GET", body: str = "", **headers: str
) -> tuple[int, str, http.client.HTTPMessage]:
    """The status, the text and the headers of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace"), answer.headers
    finally:
        connection.close()


def own(server: Preview, name: str, **fields: object) -> str:
    return f"/{server.token}/{name}?{urlencode(fields)}"


def test_it_listens_to_this_machine_alone(serve: Serve, bank: Path) -> None:
    assert serve(bank).server_address[0] == "127.0.0.1"


@pytest.mark.parametrize("path", ["/", "/overview", "/wrong/", "/wrong/overview", "//overview"])
def test_nothing_is_told_without_the_token(serve: Serve, bank: Path, path: str) -> None:
    status, text, _ = ask(serve(bank), path)
    assert (status, text) == (404, "not found\n")


def test_a_name_that_was_made_to_point_here_is_refused(serve: Serve, bank: Path) -> None:
    server = serve(bank)
    assert ask(server, own(server, "overview"), Host="evil.example")[0] == 404
    assert ask(server, own(server, "overview"), Host="127.0.0.1")[0] == 404
    assert ask(server, own(server, "overview"))[0] == 200


def test_each_preview_has_a_token_of_its_own(serve: Serve, bank: Path) -> None:
    assert serve(bank).token != serve(bank).token


def test_the_page_may_run_its_own_script_only(serve: Serve, bank: Path) -> None:
    server = serve(bank)
    _, page, headers = ask(server, own(server, ""))
    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "<script>" not in page
    assert page.count("<script src=") == 1


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("nothing", {}),
        ("../banks/assignment4.yaml", {}),
        ("variant", {}),
        ("variant", {"problem": "sums"}),
        ("variant", {"problem": "sums", "index": 24}),
        ("variant", {"problem": "sums", "index": -1}),
        ("variant", {"problem": "sums", "index": "9" * 5000}),
        ("variant", {"problem": "sum", "index": 0}),
        ("glance", {"problem": "sums", "first": "x"}),
        ("student.pdf", {"problem": "sums", "index": 99}),
        ("statistics", {"problem": "sum"}),
    ],
)
def test_what_there_is_not_is_not_found(
    serve: Serve, bank: Path, name: str, fields: dict[str, object]
) -> None:
    server = serve(bank)
    assert ask(server, own(server, name, **fields))[0] == 404


def test_a_response_that_is_too_large_is_not_read(serve: Serve, bank: Path) -> None:
    server = serve(bank)
    path = own(server, "mark", problem="sums", index=0)
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
    connection.putrequest("POST", path)
    connection.putheader("Content-Length", "99999999999")
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_the_address_wins_over_what_a_form_sends(serve: Serve, bank: Path) -> None:
    server = serve(bank)
    path = own(server, "mark", problem="sums", index=0)
    status, text, _ = ask(server, path, "POST", "problem=squares&problem-1a=7")
    assert status == 200
    assert "2 of 2 points" in text


def test_no_own_failure_is_told_with_a_traceback(
    serve: Serve, bank: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("somewhere")

    server = serve(bank)
    monkeypatch.setattr("generator.preview.views.moodle_html", fail)
    status, text, _ = ask(server, own(server, "moodle", problem="sums", index=0))
    assert status == 422
    assert "gen-quiz failed (ZeroDivisionError)" in text
    assert "Traceback" not in text
    assert "Traceback" in capsys.readouterr().err


def test_nothing_is_written(serve: Serve, bank: Path) -> None:
    before = contents(bank.parent)
    server = serve(bank)
    for name in ("overview", "glance", "student.pdf", "key.pdf", "moodle", "variant", "statistics"):
        ask(server, own(server, name, problem="sums", index=3, first=0))
    assert contents(bank.parent) == before


def test_a_save_is_told_at_once_to_who_listens(serve: Serve, bank: Path) -> None:
    server = serve(bank)
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
    connection.request("GET", own(server, "events"))
    stream = connection.getresponse()
    assert stream.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert stream.readline().startswith(b'data: {"number": 1')
    bank.write_text(BROKEN, "utf-8")
    while not (line := stream.readline()).startswith(b'data: {"number": 2'):
        assert line.startswith((b"data: ", b": ", b"\n"))
    bank.write_text(BANK, "utf-8")
    while not stream.readline().startswith(b'data: {"number": 3'):
        pass
    stream.close()
    connection.close()


# --- the command -------------------------------------------------------------------------------


def test_a_bank_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    run = gen_quiz("preview", "none.yaml", cwd=tmp_path)
    assert run.returncode == 1
    assert "none.yaml cannot be read: No such file or directory" in run.stderr


def test_a_port_that_is_taken_is_a_finding(serve: Serve, bank: Path) -> None:
    taken = serve(bank).server_port
    run = gen_quiz("preview", bank, "--port", str(taken), cwd=bank.parent)
    assert run.returncode == 1
    assert f"error[no-port]: port {taken} cannot be listened on" in run.stderr
    assert "help: leave out --port, and any free one is taken" in run.stderr
