"""The ladder of hints: one rung more with each call, remembered for each step."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from checker import hints, lessons
from checker.cli import main
from checker.lesson import step


@pytest.fixture(autouse=True)
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in lessons.names():
        (tmp_path / "exercises" / name).mkdir(parents=True)
        (tmp_path / "solutions" / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def hint(*arguments: str) -> list[str]:
    result = CliRunner().invoke(main, ["hint", *arguments])
    assert result.exit_code == 0, result.output
    return [line.strip() for line in result.output.splitlines()]


def ladder() -> tuple[str, ...]:
    return lessons.find("1").step(1).hints


def test_each_call_climbs_one_rung_and_says_how_many_are_left() -> None:
    first, second, third, again = (hint("1", "1") for _ in range(4))

    assert first == [
        "Step 1. Pull two images",
        f"hint 1 of 3  {ladder()[0]}",
        "2 more: the same command again shows the next.",
    ]
    assert second[1:] == [
        f"hint 2 of 3  {ladder()[1]}",
        "1 more: the same command again shows the next.",
    ]
    assert third[1:] == [f"hint 3 of 3  {ladder()[2]}", "That was the last hint."]
    assert again[1].startswith("hint 3 of 3")
    assert again[2].startswith("That is the last hint again")


def test_steps_and_lessons_are_remembered_apart() -> None:
    hint("1", "1")

    assert hint("1", "2")[1].startswith("hint 1 of")
    assert hint("2", "1")[1].startswith("hint 1 of")
    assert hint("1", "1")[1].startswith("hint 2 of")


def test_a_rung_shown_again_does_not_climb() -> None:
    hint("1", "1")

    assert hint("1", "1", "--rung", "3")[1].startswith("hint 3 of 3")
    assert hint("1", "1")[1].startswith("hint 2 of 3")


def test_a_rung_that_is_not_there_is_misuse() -> None:
    result = CliRunner().invoke(main, ["hint", "1", "1", "--rung", "9"])

    assert result.exit_code == 2
    assert "step 1 has 3 hints." in result.output


def test_what_was_shown_lies_in_the_courses_own_folder(course: Path) -> None:
    hint("1", "1")

    assert hints.recall(course / ".workbook" / "hints.json") == {"01_images/1": 1}


@pytest.mark.parametrize("content", ["{broken", "[]", '{"01_images/1": "two"}', ""])
def test_a_broken_memory_begins_anew(course: Path, content: str) -> None:
    (course / ".workbook").mkdir()
    (course / ".workbook" / "hints.json").write_text(content)

    assert hint("1", "1")[1].startswith("hint 1 of 3")


def test_forgetting_a_step_keeps_the_others() -> None:
    seen = {"01_images/1": 2, "01_images/11": 1, "02_containers/1": 3}

    assert hints.without(seen, "01_images", 1) == {"01_images/11": 1, "02_containers/1": 3}
    assert hints.without(seen, "01_images", None) == {"02_containers/1": 3}


def test_a_step_without_hints_points_to_the_check() -> None:
    with pytest.raises(LookupError, match="has no hints; a check says what is still missing"):
        hints.rung(step("Look around"), 1)


def test_every_step_of_every_lesson_has_three_rungs() -> None:
    counts = {(one.name, s.title): len(s.hints) for one in lessons.every() for s in one.steps}

    assert {step: count for step, count in counts.items() if count != 3} == {}
