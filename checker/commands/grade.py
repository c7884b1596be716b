"""`workbook grade`: many submissions at once. The work is done in `checker.grading.many`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import click
from filelock import FileLock, Timeout

from checker import course
from checker.commands import codes, parameters, screen
from checker.lesson import Lesson
from checker.machine.trouble import Trouble

if TYPE_CHECKING:
    from checker.grading.many.course import Course
    from checker.grading.many.values import Graded

MEMORY = 2_500_000_000
"""Bytes of memory for a submission at work, its engine and its containers."""

INTERRUPTED = 130


@click.command()
@parameters.the_lesson
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="How many at once; else what fits."
)
@click.option("--force", is_flag=True, help="Grade those again that have a score.")
@click.option("--student", "students", multiple=True, metavar="ID", help="Only this learner.")
@click.pass_context
def command(
    ctx: click.Context, *, lesson: Lesson, jobs: int | None, force: bool, students: tuple[str, ...]
) -> None:
    """Grade the submissions of LESSON that have no score yet, several at once.

    It does what nbgrader autograde does, with the same rows in the gradebook.
    Ctrl-C stops it: what is graded stays, and the next run goes on with the
    rest. A submission that could not be graded has no score, and the next run
    tries it again.

    \b
    Example:
      workbook grade 04_volumes --jobs 4

    \b
    Exit codes: 0 all are graded, 1 some could not be graded, 2 no such lesson,
    4 something is in the way, 130 stopped by Ctrl-C.
    """
    root = course.root()
    with only_one(root):
        said = graded(root, lesson, jobs, students, force=force)
    ctx.exit(said)


def graded(
    root: Path, lesson: Lesson, jobs: int | None, students: tuple[str, ...], *, force: bool
) -> int:
    """Grade, and say how it went; the exit code."""
    from checker.grading.many.course import Course, NotRegistered

    here = Course(root, lesson.name)
    try:
        missing = here.missing(force=force)
        todo = {one: place for one, place in missing.items() if not students or one in students}
        if not todo:
            screen.put(f"There is nothing to grade: {len(here.submissions())} were handed in.")
            return codes.OK
        make_ready(here)
        return at_work(here, todo, min(jobs or fitting(), here.at_once(), len(todo)))
    except NotRegistered as fault:
        raise Trouble(str(fault)) from None


def at_work(here: Course, todo: dict[str, Path], slots: int) -> int:
    """Grade these submissions; the exit code."""
    from checker.grading.many import leftovers
    from checker.grading.many.driver import drive
    from checker.grading.many.workers import Processes
    from checker.grading.many.writer import Writer

    log = here.root / ".workbook" / f"grade-{here.lesson}.log"
    failed: dict[str, str] = {}
    jobs = here.jobs(todo, run=uuid4().hex[:12])
    with Writer(here.url, here.id, here.autograded()) as writer, shown(len(todo), slots) as show:

        def record(one: Graded) -> None:
            writer.record(one)
            note(log, one)
            if not one.scored:
                failed[one.student] = one.reason
            show(one)

        seals = here.seals()
        leftovers.clear(seals)
        try:
            drive(jobs, Processes(slots, log), record)
        except KeyboardInterrupt:
            return stopped(here.lesson, writer.count, len(todo))
        finally:
            leftovers.clear(seals)
    return ending(here.lesson, len(todo), failed)


def make_ready(here: Course) -> None:
    """Have what seals are made from, before many workers ask for it at once."""
    from checker.grading.seal import SealTrouble, prepare

    if seals := here.seals():
        try:
            prepare(seals)
        except SealTrouble as fault:
            raise Trouble(str(fault)) from None


def stopped(lesson: str, count: int, out_of: int) -> int:
    """What Ctrl-C leaves, in words; the exit code."""
    click.echo(
        f"Stopped. {count} of {out_of} are done; workbook grade {lesson} goes on with the others.",
        err=True,
    )
    return INTERRUPTED


def ending(lesson: str, count: int, failed: dict[str, str]) -> int:
    """The last lines; the exit code."""
    screen.put(f"{count - len(failed)} scored, {len(failed)} could not be graded.")
    for student, reason in sorted(failed.items()):
        click.echo(f"{student}: {reason}", err=True)
    if failed:
        click.echo(
            f"They have no score. The next workbook grade {lesson} tries them again.", err=True
        )
    return codes.NOT_YET if failed else codes.OK


@contextmanager
def only_one(root: Path) -> Iterator[None]:
    """Two graders of one gradebook would get in each other's way."""
    lock = FileLock(root / ".workbook" / "grading.lock")
    Path(lock.lock_file).parent.mkdir(exist_ok=True)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Trouble("Another workbook grade is at work in this course; wait for it.") from None
    try:
        yield
    finally:
        lock.release()


def fitting() -> int:
    """How many submissions this computer has processors and memory for."""
    import psutil

    return max(1, min(os.cpu_count() or 1, psutil.virtual_memory().available // MEMORY))


def note(log: Path, one: Graded) -> None:
    """Keep what nbgrader said of a submission."""
    log.parent.mkdir(exist_ok=True)
    with log.open("a", encoding="utf-8", errors="replace") as file:
        file.write(f"== {one.student}, {one.seconds:.1f} s ==\n{one.log}\n")


@contextmanager
def shown(count: int, slots: int) -> Iterator[Callable[[Graded], None]]:
    """Show how far it is: a bar on a terminal, a line for each submission elsewhere."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    terminal, start, done = screen.console(), time.monotonic(), 0
    terminal.print(f"Grading {count} submissions, {slots} at once.")
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=terminal, disable=not terminal.is_terminal) as bar:
        task = bar.add_task("", total=count)

        def show(one: Graded) -> None:
            nonlocal done
            done += 1
            left = (time.monotonic() - start) / done * (count - done)
            bar.update(task, advance=1, description=remaining(left))
            if not terminal.is_terminal:
                terminal.print(f"{done}/{count}  {line(one)}  {remaining(left)}".rstrip())

        yield show


def line(one: Graded) -> str:
    """A submission in one line."""
    how = f"{one.points:g} points" if one.scored else "could not be graded"
    return f"{one.student}  {how}  {one.seconds:.1f} s"


def remaining(seconds: float) -> str:
    """How long it will take, as far as it is known."""
    if seconds < 1:
        return ""
    if seconds < 90:
        return f"about {seconds:.0f} s left"
    return f"about {seconds / 60:.0f} min left"
