"""Keep all workers busy and record each answer as it comes; it knows no gradebook and no engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import islice

from checker.grading.many.values import Graded, Job
from checker.grading.many.workers import Stopped, Workers


def drive(jobs: Iterable[Job], workers: Workers, record: Callable[[Graded], None]) -> None:
    """Grade all jobs; `record` is called in this thread alone, once for each.

    After Ctrl-C, what is finished is recorded, what is at work is stopped, and the rest is left.
    """
    waiting, live = iter(jobs), set[Future[Graded]]()
    try:
        while True:
            # One more than can be graded waits ready, so that no worker is idle, and no more
            # than that: a job holds a whole submission.
            live |= {workers.submit(job) for job in islice(waiting, workers.slots + 1 - len(live))}
            if not live:
                return
            done, live = wait(live, return_when=FIRST_COMPLETED)
            for future in done:
                record(future.result())
    finally:
        workers.close()
        for graded in finished(live):
            record(graded)


def finished(futures: Iterable[Future[Graded]]) -> Iterator[Graded]:
    """The answers that came before all work was stopped."""
    for future in futures:
        if not future.cancelled() and future.exception() is None:
            yield future.result()
        elif not future.cancelled() and not isinstance(future.exception(), Stopped):
            future.result()
