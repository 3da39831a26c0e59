"""The one thread in which banks are read, solved, rendered and marked, one task after another.

SMT solver and number contexts are not to be shared between threads, so nothing else may touch a
bank. Whatever goes wrong in a task reaches who asked for it as findings, never as a traceback.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

from generator.diagnostics import Diagnostic, InputError

_STACK = 64 * 2**20
"""Bytes: some systems give a thread far less than a program, and deep formulas need it."""

Result = TypeVar("Result")


class Workbench:
    """Runs tasks in the order in which they come."""

    def __init__(self) -> None:
        self._tasks: SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = SimpleQueue()
        before = threading.stack_size(_STACK)
        threading.Thread(target=self._work, name="workbench", daemon=True).start()
        threading.stack_size(before)

    def run(self, task: Callable[[], Result]) -> Result:
        """What the task gives, once its turn has come. Raises InputError for all that went wrong.

        A failure of our own is told as such; its traceback is for the terminal.
        """
        future: Future[Result] = Future()
        self._tasks.put((task, future))
        try:
            return future.result()
        except InputError:
            raise
        except Exception as error:
            traceback.print_exception(error, file=sys.stderr)
            raise InputError([_own_failure(error)]) from None

    def _work(self) -> None:
        while True:
            task, future = self._tasks.get()
            try:
                future.set_result(task())
            except BaseException as error:  # it is raised where it was asked for
                future.set_exception(error)


def _own_failure(error: Exception) -> Diagnostic:
    return Diagnostic(
        code="own-failure",
        message=f"gen-quiz failed ({type(error).__name__}); what it was about is on the terminal",
        help="this is a defect of gen-quiz, not of the bank: please report it with the bank",
    )
