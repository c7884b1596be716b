"""Work for a second engine: it takes the jobs of a test run from the end, the tests from the start.

So a run that is long has two engines, and asks each of them one thing at a time.
"""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from docker.errors import APIError

from checker import engine
from tests.live.bench import open_bench
from tests.live.harness import Harness
from tests.live.second import Second, missing, second_engine

Job = tuple[Callable[..., Any], tuple[Any, ...]]
"""A function of a module, which gets a harness first, and what else it gets."""

ENOUGH = 100
"""Jobs from which on a second engine pays: it has to start, and to pull its own images."""

_here: list[Harness] = []


@dataclass
class Ahead:
    """What the second engine does and has done; without one there is nothing ahead."""

    begun: dict[Job, Future[tuple[Any, str]]] = field(default_factory=dict)
    end: Callable[[], object] = bool

    def result(self, harness: Harness, job: Job) -> Any:
        """What the job gives: from the second engine if it has begun it, or else from this one."""
        future = self.begun.get(job)
        if future is None or future.cancel():
            work, given = job
            return work(harness, *given)
        try:
            given_back, said = future.result()
        finally:
            if all(one.done() for one in self.begun.values()):
                self.end()
        print(said)
        return given_back


@contextmanager
def working(api: Any, jobs: Sequence[Job]) -> Iterator[Ahead]:
    """The jobs, with a second engine at work on them from the last on, where there can be one."""
    with ExitStack() as until_end:
        begun = _begun(until_end, api, jobs) if len(jobs) >= ENOUGH else {}
        yield Ahead(begun, until_end.close)


def _begun(
    until_end: ExitStack, api: Any, jobs: Sequence[Job]
) -> dict[Job, Future[tuple[Any, str]]]:
    if why := missing():
        print(f"One engine alone: {why}.")
        return {}
    try:
        second = until_end.enter_context(second_engine(api))
    except (RuntimeError, APIError) as fault:
        warnings.warn(f"The tests use one engine alone; the second: {fault}", stacklevel=2)
        return {}
    anew = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(1, mp_context=anew, initializer=_move, initargs=(second,))
    until_end.callback(pool.shutdown, cancel_futures=True)
    return {job: pool.submit(_do, job) for job in reversed(jobs)}


def _move(second: Second) -> None:
    """Have this process work on the second engine, and end with the tests."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    second.enter()
    _here.append(Harness(open_bench(second.host), engine.connect(engine.find())))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os._exit(1)


def _do(job: Job) -> tuple[Any, str]:
    """What the job gives, and what was printed meanwhile."""
    work, given = job
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        try:
            return work(_here[0], *given), said.getvalue()
        except BaseException as fault:
            fault.add_note(said.getvalue())
            raise
