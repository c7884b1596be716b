"""Who grades: as many processes on this computer as are wanted, each with one job at a time.

Another kind of `Workers`, on other computers, takes the same jobs and gives the same answers.
"""

from __future__ import annotations

import multiprocessing as mp
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol

from checker.grading.many import leftovers
from checker.grading.many.values import Graded, Job

PATIENCE = 30.0
"""Seconds in which a worker that is stopped takes its seal down."""

DIED = "the process that graded it ended ({how}); nothing of it is kept, so grade it again"


class Stopped(Exception):
    """The job was not finished because all work was stopped."""


class Workers(Protocol):
    """What grades jobs."""

    slots: int

    def submit(self, job: Job) -> Future[Graded]:
        """Grade a job some time."""

    def close(self) -> None:
        """Stop what is at work, and wait until it is gone."""


class Processes:
    """Workers on this computer."""

    def __init__(self, slots: int, log: Path) -> None:
        self.slots = slots
        self._folder = leftovers.folder()
        self._free: SimpleQueue[_Slot] = SimpleQueue()
        self._all = [_Slot(log, self._folder) for _ in range(slots)]
        for slot in self._all:
            self._free.put(slot)
        self._threads = ThreadPoolExecutor(slots)

    def submit(self, job: Job) -> Future[Graded]:
        """Grade a job when a process is free."""
        return self._threads.submit(self._grade, job)

    def close(self) -> None:
        """Stop what is at work, and wait until it is gone."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for slot in self._all:
            slot.interrupt()
        for slot in self._all:
            slot.end()
        self._threads.shutdown()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _grade(self, job: Job) -> Graded:
        slot = self._free.get()
        try:
            return slot.grade(job)
        finally:
            self._free.put(slot)


class _Slot:
    """One process; where it dies, the next job gets a new one."""

    def __init__(self, log: Path, folder: Path) -> None:
        self._given = (log, folder)
        self._turn = threading.Lock()
        self._stopped = False
        self._process, self._line = self._start()

    def _start(self) -> tuple[SpawnProcess, Connection]:
        context = mp.get_context("spawn")
        line, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, *self._given), daemon=False)
        with _held_back():
            process.start()
        theirs.close()
        return process, line

    def grade(self, job: Job) -> Graded:
        """Have one job graded; a process that dies over it costs nothing but this job."""
        with self._turn:
            if self._stopped:
                raise Stopped
            if not self._process.is_alive():
                self._process, self._line = self._start()
        with suppress(OSError, EOFError):
            self._line.send(job)
            if self._line in wait([self._line, self._process.sentinel]):
                answer: Graded = self._line.recv()
                return answer
        self._process.join()
        if self._stopped:
            raise Stopped
        how = f"exit code {self._process.exitcode}"
        return Graded(
            lesson=job.lesson, student=job.student, scored=False, reason=DIED.format(how=how)
        )

    def interrupt(self) -> None:
        """Ask the process to stop."""
        with self._turn:
            self._stopped = True
        if self._process.pid and self._process.is_alive():
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGINT)

    def end(self) -> None:
        """Wait for the process; one that does not stop by itself is stopped."""
        self._process.join(PATIENCE)
        for harder in (self._process.terminate, self._process.kill):
            if self._process.is_alive():
                harder()
                self._process.join(PATIENCE)


def serve(line: Connection, log: Path, folder: Path) -> None:
    """Grade what comes over the line until it ends, in a process of its own."""
    _leave_the_terminal(log)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    from checker.grading.many.worker import grade

    with suppress(EOFError, OSError, KeyboardInterrupt):
        # Who is started in the background minds no Ctrl-C; a worker always does.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        while True:
            line.send(grade(line.recv(), folder))


def _leave_the_terminal(log: Path) -> None:
    """Ctrl-C comes from the driver alone, and stray lines do not disturb its progress bar."""
    if hasattr(os, "setsid"):
        os.setsid()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)


def _end_with_the_parent() -> None:
    """When the driver is killed, stop as after Ctrl-C: the seal is taken down."""
    parent = mp.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGINT)


@contextmanager
def _held_back() -> Iterator[None]:
    """Let a process begin with Ctrl-C held back: one that comes too early waits for it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # it would let go of Ctrl-C when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
