"""Learners' answers as data: what stands in `tests/answers`. It knows no engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
ANSWERS = ROOT / "tests" / "answers"


class Lost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line that does not hold: what it found, or what it waits for; `{any}` fits any text."""

    claim: str
    found: str | None = None
    later: str | None = None


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One learner's answer: what they type, and the lines they lose by it."""

    name: str
    bash: str = ""
    python: str = ""
    loses: tuple[Lost, ...] = ()


class StepAnswers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All answers to a step, and how the engine is before each of them."""

    right: tuple[Case, ...]
    wrong: tuple[Case, ...]
    before: tuple[int, ...] = ()
    without: tuple[str, ...] = ()
    setup: str = ""

    def cases(self) -> Iterator[tuple[str, Case]]:
        """Each case with its kind."""
        yield from (("right", case) for case in self.right)
        yield from (("wrong", case) for case in self.wrong)


def file_of(lesson: str, step: int) -> Path:
    """Where the answers to a step stand."""
    return ANSWERS / lesson / f"step_{step}.yaml"


def read(path: Path) -> StepAnswers:
    """The answers in a file; raises `ValueError` with the file's name when they do not fit."""
    try:
        answers = msgspec.convert(yaml.safe_load(path.read_text()), StepAnswers)
    except (yaml.YAMLError, msgspec.ValidationError) as fault:
        raise ValueError(f"{path.relative_to(ROOT)}: {fault}") from fault
    for unfit in faults(answers):
        raise ValueError(f"{path.relative_to(ROOT)}: {unfit}")
    return answers


def faults(answers: StepAnswers) -> Iterator[str]:
    """What makes the answers unfit to be run."""
    names = [case.name for _, case in answers.cases()]
    yield from (f"two cases are named {n}" for n in sorted(set(names)) if names.count(n) > 1)
    for kind, case in answers.cases():
        if bool(case.loses) != (kind == "wrong"):
            yield f"{case.name} is a {kind} answer and loses {len(case.loses)} lines"
        if any((lost.found is None) == (lost.later is None) for lost in case.loses):
            yield f"{case.name}: each line it loses has either found or later"


def every() -> Iterator[tuple[str, int, StepAnswers]]:
    """Lesson, step and answers of every file there is."""
    for path in sorted(ANSWERS.glob("*/step_*.yaml")):
        yield path.parent.name, int(path.stem.removeprefix("step_")), read(path)


def fits(pattern: str, text: str) -> bool:
    """Whether the text is the pattern, in which `{any}` stands for any text."""
    parts = (re.escape(part) for part in pattern.split("{any}"))
    return re.fullmatch("(?s:.*)".join(parts), text) is not None
