"""Where chunks are made: in this process, in several on this machine, or on a Dask cluster.

All are a `concurrent.futures.Executor`, so the pipeline knows no difference, and neither does the
output: `in_any_order` hands results over as they come, and who joins them does so by their place.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from typing import Any, TypeVar

from generator.diagnostics import Diagnostic, InputError
from generator.model.dataclass import dataclass
from generator.output import Unfinished

Task = TypeVar("Task")
Result = TypeVar("Result")

_PAYS = {"fork": 2, "forkserver": 16, "spawn": 16}
"""So many chunks must wait for a pool of processes to pay: a forked one has everything at once, a
fresh one takes a second or two to import and prepare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobs:
    """Who works: `count` processes (None: one for each usable core), or the cluster at `dask`."""

    count: int | None = None
    dask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """An executor, and how many tasks keep it busy."""

    executor: Executor
    tasks: int


@contextlib.contextmanager
def crew(jobs: Jobs, waiting: int, rehearse: Callable[[], object] | None = None) -> Iterator[Crew]:
    """Who makes `waiting` chunks. Tasks that have not begun are dropped if the block fails.

    What `rehearse` loads is shared by processes that are forked from this one.
    """
    if jobs.dask:
        with _cluster(jobs.dask) as found:
            yield found
        return
    count = min(jobs.count or usable_cores(), waiting)
    method = _start_method()
    alone = count <= 1 or (jobs.count is None and waiting < _PAYS[method])
    others = set(multiprocessing.active_children())
    if method == "fork" and not alone and rehearse is not None:
        rehearse()
    executor = _Here() if alone else _pool(count, method)
    try:
        yield Crew(executor=executor, tasks=1 if alone else 2 * count)
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()  # whoever interrupts does not want to wait for half-made chunks
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def usable_cores() -> int:
    """How many cores this process may use, which containers and batch systems limit."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_any_order(
    crew: Crew,
    function: Callable[[Task], Result],
    tasks: Iterable[Task],
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[tuple[Task, Result]]:
    """The tasks with their results as they come; not more are under way than keep the crew busy.

    `meanwhile` is done here as soon as the crew is busy.
    If tasks fail, the error of the first of them is raised, whatever the order of events. Raises
    Unfinished where a process was killed.
    """
    todo = iter(tasks)
    under_way: dict[Future[Result], tuple[int, Task]] = {}
    submitted = 0
    failed: tuple[int, BaseException] | None = None
    busy = False
    while True:
        while failed is None and len(under_way) < crew.tasks:
            task = next(todo, None)
            if task is None:
                break
            under_way[_submit(crew.executor, function, task)] = (submitted, task)
            submitted += 1
        if not busy:
            busy = True
            meanwhile()
        earlier = [one for one, (n, _) in under_way.items() if failed is None or n < failed[0]]
        if not earlier:
            break
        for future in wait(earlier, return_when=FIRST_COMPLETED).done:
            number, task = under_way.pop(future)
            error = future.exception()
            if error is None:
                yield task, future.result()
            elif failed is None or number < failed[0]:
                failed = (number, error)
    if failed is not None:
        raise _explained(failed[1])


def _submit(executor: Executor, function: Callable[[Task], Result], task: Task) -> Future[Result]:
    try:
        return executor.submit(function, task)
    except BrokenProcessPool as error:
        raise _explained(error) from error


def _explained(error: BaseException) -> BaseException:
    if not isinstance(error, BrokenProcessPool):
        return error
    cure = "add --resume to go on; if the memory was too small, with fewer --jobs"
    message = "a process that made sheets was killed"
    return Unfinished([Diagnostic(code="killed", message=message, help=cure)])


# --- in this process ---------------------------------------------------------------------------


class _Here(Executor):
    """Makes everything at once, here."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


# --- on this machine ---------------------------------------------------------------------------


def _start_method() -> str:
    """How processes begin.

    A forked process has what this one has prepared, at once and in shared memory. That is safe as
    long as this process has a single thread, of Python's or of a library's: another might hold a
    lock that nobody in the child would ever release. Where that cannot be known, a fresh one.
    """
    if sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1:
        return "fork"
    return "forkserver" if sys.platform == "linux" else "spawn"


def _pool(count: int, method: str) -> Executor:
    if method == "fork":
        gc.collect()
        gc.freeze()  # so that no search for garbage writes to, and so copies, shared memory
    return ProcessPoolExecutor(
        count,
        mp_context=multiprocessing.get_context(method),
        initializer=_settle,
        initargs=(gc.get_threshold(),),
    )


def _settle(threshold: tuple[int, int, int]) -> None:
    """Begin a worker: an interrupt is the parent's to handle, and its end is the worker's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*threshold)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)


# --- on a cluster ------------------------------------------------------------------------------


@contextlib.contextmanager
def _cluster(address: str) -> Iterator[Crew]:
    """The workers of a Dask cluster. One that is lost is replaced by others."""
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and for --dask alone
    except ImportError as error:
        message = "--dask needs the package `distributed`, which is not installed"
        cure = "pip install 'gen-quiz[cluster]'"
        raise InputError([Diagnostic(code="cluster", message=message, help=cure)]) from error
    connect: Callable[..., Any] = Client
    try:
        client = connect(address, set_as_default=False)
    except (OSError, ValueError) as error:
        message = f"no Dask scheduler answers at {address}: {error}"
        cure = "start one with `dask scheduler`, and `dask worker` on each machine"
        raise InputError([Diagnostic(code="cluster", message=message, help=cure)]) from error
    with client:
        cores = sum(client.ncores().values())
        executor = client.get_executor(pure=False)
        try:
            yield Crew(executor=executor, tasks=2 * max(1, cores))
        finally:
            executor.shutdown(wait=False)
