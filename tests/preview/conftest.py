"""A preview of a bank of one's own, and a page of a real browser that looks at it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from generator.preview import Preview
from tests.preview.banks import BANK


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank in a folder of its own."""
    path = tmp_path / "bank" / "sums.yaml"
    path.parent.mkdir()
    path.write_text(BANK, "utf-8")
    return path


@pytest.fixture
def serve() -> Iterator[Callable[[Path], Preview]]:
    """Starts the preview of a bank; all are stopped in the end."""
    with ExitStack() as stack:

        def start(path: Path) -> Preview:
            server = stack.enter_context(Preview(path, seed=0))
            thread = threading.Thread(target=server.serve_forever, args=(0.02,))
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            return server

        yield start


@pytest.fixture
def look(browser: Any, serve: Callable[[Path], Preview]) -> Iterator[Callable[..., Any]]:
    """Opens the preview of a bank; what the page complains of in its console fails the test."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_(path: Path, **options: Any) -> Any:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(120_000)  # a deadlock should not hang; speed is not judged
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: complaints.append(said.text) if said.type == "error" else None,
        )
        page.goto(serve(path).address)
        return page

    yield open_
    for context in contexts:
        context.close()
    # That an address answers with findings (422) is told by the browser as an error too.
    assert [one for one in complaints if "422" not in one] == []
