"""What of a step may change without an event, and whether it did. It knows no engine."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model import Snapshot, Wanted


def silent(wanted: Wanted, now: Snapshot) -> Wanted:
    """The part that sends no event: files, logs and replies, and images on engines that are old.

    What hangs on a container that is not there cannot change before that one comes, with an event.
    What is asked inside a container costs a program there, and only silence is worth another try.
    """
    there = {box.name for box in now.containers}
    running = {box.name for box in now.containers if box.running}
    files = tuple(place for place in wanted.files if ":" not in place or _holder(place) in there)
    logs = tuple(name for name in wanted.logs if name in there)
    deaf = {one.key for one in now.replies if one.failure and not one.cut_off}
    questions = tuple(
        one
        for one in wanted.questions
        if one.container in running and (not one.by or (one.by in running and one.key in deaf))
    )
    undone = {one.key for one in now.outputs if one.code or one.failure}
    commands = tuple(one for one in wanted.commands if one.key in undone)
    askers = (one.by for one in questions if one.by)
    asked = (*(one.container for one in questions), *(one.container for one in commands))
    boxes = (*logs, *asked, *askers)
    return Wanted(
        containers=tuple(dict.fromkeys(boxes)),
        images=wanted.images,
        files=files,
        lints=wanted.lints,
        logs=logs,
        questions=questions,
        commands=commands,
        env=wanted.env if boxes else (),
    )


def is_nothing(wanted: Wanted) -> bool:
    """Whether there is nothing to look at."""
    return wanted == Wanted()


def differs(wanted: Wanted, peek: Snapshot, now: Snapshot) -> bool:
    """Whether a peek at these things shows something else than the last look."""
    return set(_parts(wanted, peek)) != set(_parts(wanted, now))


def _parts(wanted: Wanted, seen: Snapshot) -> Iterator[object]:
    yield from (one for one in seen.images if one.name in wanted.images)
    yield from (one for one in seen.files if one.place in wanted.files)
    yield from (one for one in seen.lints if one.place.removeprefix("./") in wanted.lints)
    yield from (one.log for one in seen.containers if one.name in wanted.logs)
    keys = {question.key for question in wanted.questions}
    yield from (one for one in seen.replies if one.key in keys)
    asked = {command.key for command in wanted.commands}
    yield from (one for one in seen.outputs if one.key in asked)


def _holder(place: str) -> str:
    return place.partition(":")[0]
