"""The command `workbook` without an engine: help, exit codes, plain text, near names, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from checker import lessons
from checker.cli import COMMANDS, main, said
from checker.engine import EngineTrouble
from checker.evidence import from_json, to_json
from checker.model import Evidence
from tests.builders import a_snapshot, an_image

NOWHERE = "unix:///nowhere/docker.sock"


@pytest.fixture(autouse=True)
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of the real lessons in a folder of its own, and no engine."""
    for name in lessons.names():
        (tmp_path / "exercises" / name).mkdir(parents=True)
        (tmp_path / "solutions" / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOCKER_HOST", NOWHERE)
    return tmp_path


def run(*arguments: str, **options: object) -> Result:
    return CliRunner().invoke(main, arguments, **options)  # type: ignore[arg-type]


def every_command() -> Iterator[tuple[str, ...]]:
    context = click.Context(main)
    for name in COMMANDS:
        found = main.get_command(context, name)
        yield (name,)
        if isinstance(found, click.Group):
            yield from ((name, sub) for sub in found.commands)


def with_evidence(course: Path) -> Path:
    """Evidence in which the two images of lesson 1, step 1 were there."""
    shot = a_snapshot(an_image("python:3.13-slim"), an_image("busybox:1.37"))
    path = course / "exercises" / "01_images" / "01_images.evidence.json"
    path.write_bytes(to_json(Evidence(lesson="01_images", snapshots=(shot,))))
    return path


@pytest.mark.parametrize("words", tuple(every_command()), ids=" ".join)
def test_help_tells_the_deed_and_the_exit_codes(words: tuple[str, ...]) -> None:
    result = run(*words, "--help")

    assert result.exit_code == 0
    assert "Usage:" in result.output
    assert "Exit codes:" in result.output or "Commands:" in result.output


@pytest.mark.parametrize("name", ["status", "check", "watch", "hint", "reset", "map", "replay"])
def test_help_has_an_example_that_names_the_command(name: str) -> None:
    assert f"workbook {name}" in run(name, "--help").output.partition("Example:")[2]


def test_the_help_lists_every_command_and_exit_code() -> None:
    output = run("--help").output

    assert [name for name in COMMANDS if f"  {name} " not in output] == []
    assert [code for code in "01234" if f"    {code}  " not in output] == []


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("chekc", "1"), 2, "No command is named chekc; there is check."),
        (("check", "imges"), 2, "No lesson is named imges; there is 01_images"),
        (("hint", "volumse", "1"), 2, "there is 04_volumes."),
        (("check", "1", "--step", "99"), 2, "lesson 01_images has no step 99; its steps are 1 to"),
        (("hint", "1", "99"), 2, "lesson 01_images has no step 99"),
        (("reset", "1", "--step", "99"), 2, "lesson 01_images has no step 99"),
        (("check", "1"), 3, f"No Docker engine answers at {NOWHERE}."),
        (("watch", "1"), 3, f"No Docker engine answers at {NOWHERE}."),
        (("reset", "1", "--yes"), 3, f"No Docker engine answers at {NOWHERE}."),
        (("map",), 3, f"No Docker engine answers at {NOWHERE}."),
        (("replay", "nothing.json"), 2, "nothing.json"),
    ],
)
def test_what_stops_a_command_is_a_sentence_and_a_code(
    arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    result = run(*arguments)

    assert (result.exit_code, "Traceback" in result.output) == (code, False)
    assert sentence in result.output


def test_a_missing_exercise_folder_is_a_sentence(course: Path) -> None:
    (course / "exercises" / "01_images").rmdir()

    result = run("check", "1")

    assert result.exit_code == 3 or result.exit_code == 4
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (
            OSError(28, "No space left on device", "a.json"),
            "The file or folder a.json cannot be used: No space left on device.",
        ),
        (
            FileNotFoundError("the workbook was not found above /tmp"),
            "The workbook was not found above /tmp.",
        ),
        (EngineTrouble("died", "The engine stopped answering."), "The engine stopped answering."),
    ],
)
def test_a_fault_reads_as_a_sentence(fault: BaseException, sentence: str) -> None:
    assert said(fault) == sentence


def test_status_is_one_plain_line_for_each_lesson(course: Path) -> None:
    with_evidence(course)

    result = run("status")

    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0].startswith("01_images  2/")
    assert "begun  next: step 2, " in lines[0]
    assert lines[1].startswith("02_containers  0/")
    assert lines[-1] == "Next: workbook open 01_images"
    assert "\x1b" not in result.output


def test_status_tells_evidence_that_it_cannot_read_and_leaves_it(course: Path) -> None:
    path = with_evidence(course)
    path.write_text("{broken")

    result = run("status")

    assert result.exit_code == 0
    assert "01_images.evidence.json cannot be read" in result.output
    assert path.read_text() == "{broken"


def test_status_as_json_has_a_value_for_each_step(course: Path) -> None:
    with_evidence(course)

    first = json.loads(run("status", "--json").output)[0]

    assert first["lesson"] == "01_images"
    assert (first["points"], first["state"], first["next_step"]) == (2, "begun", 2)
    assert first["steps"][0] == {"step": 1, "title": "Pull two images", "points": 2, "out_of": 2}
    assert sum(step["out_of"] for step in first["steps"]) == first["out_of"]


def test_replay_judges_a_file_without_an_engine(course: Path) -> None:
    path = with_evidence(course)

    whole, one = run("replay", str(path)), run("replay", str(path), "--step", "1")

    assert (whole.exit_code, one.exit_code) == (1, 0)
    assert "✓ image busybox:1.37 is there" in one.output
    assert "1 look, the last at " in one.output
    assert "; 2 of 2 points" in one.output


def test_replay_tells_each_step_when_it_earned_most(course: Path) -> None:
    path = with_evidence(course)
    gone = from_json(path.read_bytes()).plus(a_snapshot())
    path.write_bytes(to_json(gone))

    found = run("replay", str(path), "--step", "1")

    assert "✓ image busybox:1.37 is there" in found.output
    assert found.exit_code == 0


def test_replay_as_json_is_the_report_and_the_looks(course: Path) -> None:
    data = json.loads(run("replay", str(with_evidence(course)), "--step", "1", "--json").output)

    assert (data["lesson"], data["points"], data["out_of"], data["looks"]) == ("01_images", 2, 2, 1)
    assert data["steps"][0]["claims"][0]["verdict"] == "held"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{broken", "it is not JSON of ours"),
        ('{"version": 99}', "its version is 99, and this program reads version 1"),
    ],
)
def test_replay_names_a_file_that_is_no_evidence(course: Path, content: str, why: str) -> None:
    path = course / "other.json"
    path.write_text(content)

    result = run("replay", str(path))

    assert result.exit_code == 4
    assert f"{path} cannot be judged: {why}" in result.output


def test_open_without_jupyterlab_names_what_starts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.machine.lab.noted", lambda: None)

    result = run("open", "2")

    assert result.exit_code == 1
    assert result.output == "JupyterLab does not run; make start LESSON=02_containers starts it.\n"


@pytest.mark.parametrize(("given", "code"), [(0, 0), (1, 4), (130, 130)])
def test_what_the_machine_gives_becomes_an_exit_code(
    given: int, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, object] = {}

    def start(**options: object) -> int:
        asked.update(options)
        return given

    monkeypatch.setattr("checker.machine.start.start", start)

    assert run("start", "4", "--no-browser").exit_code == code
    assert asked == {"instructor": False, "browser": False, "lesson": "04_volumes"}


def test_a_terminal_gets_colours_and_no_color_takes_them(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_evidence(course)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = run("status", color=True).output
    monkeypatch.setenv("NO_COLOR", "1")
    plain = run("status", color=True).output

    assert "\x1b[33m" in coloured
    assert "\x1b[33m" not in plain
    assert "01_images" in plain
