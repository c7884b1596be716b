"""`workbook submit`: what a learner hands in, what stays at home, and that the way in takes it."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from checker import handing_in
from checker.cli import main
from checker.grading.intake.archive import unpack
from checker.grading.intake.collect import PATTERNS, owner
from checker.grading.intake.names import Limits
from checker.handing_in import NothingToHandIn, gather
from tests import course_copy

LESSON = "04_volumes"
KEY = "-----BEGIN RSA PRIVATE KEY-----"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The learner's folder of lesson 4, in a course of its own."""
    course_copy.copy(tmp_path, LESSON)
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "exercises" / LESSON
    (place / f"{LESSON}.evidence.json").write_text("{}")
    return place


def submit(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["submit", *arguments])


def in_zip(path: Path) -> list[str]:
    with ZipFile(path) as zip_:
        return zip_.namelist()


def test_the_zip_holds_notebook_evidence_and_files(folder: Path) -> None:
    (folder / "notes.txt").write_text("mine")

    result = submit("4", "--as", "anna")

    assert result.exit_code == 0, result.output
    assert in_zip(folder.parents[1] / f"anna-{LESSON}.zip") == [
        f"{LESSON}.evidence.json",
        f"{LESSON}.ipynb",
        "data/mean.py",
        "data/plants.csv",
        "notes.txt",
    ]
    assert "  notes.txt  4 B\n" in result.output
    assert result.output.endswith("is written; upload it where your course collects.\n")


@pytest.mark.parametrize(
    ("name", "holds", "reason"),
    [
        (".env", "A=1", "its name is that of a secret"),
        ("server.key", "x", "its name is that of a secret"),
        ("my-credentials.json", "{}", "its name is that of a secret"),
        ("notes.txt", KEY, "it holds a key or a token"),
        ("notes.py", f"TOKEN = 'ghp_{'a' * 36}'", "it holds a key or a token"),
        ("model.bin", "x" * 5_000_001, "more than 5 MB"),
        ("04_volumes.backup-20261120", "x", "no part of an answer"),
        ("timestamp.txt", "2020-01-01", "no part of an answer"),
    ],
)
def test_what_stays_at_home_is_named_with_its_reason(
    folder: Path, name: str, holds: str, reason: str
) -> None:
    (folder / name).write_text(holds)

    result = submit("4")

    assert f"  {name}  ({reason})\n" in result.output
    assert name not in in_zip(folder.parents[1] / f"{LESSON}.zip")


def test_a_name_that_is_no_text_stays_at_home(folder: Path) -> None:
    (folder / os.fsdecode(b"\xff.txt")).write_text("x")

    result = submit("4")

    assert result.exit_code == 0
    assert "  ?.txt  (its name is no text)\n" in result.output


def test_links_stay_at_home(folder: Path) -> None:
    (folder / "passwd").symlink_to("/etc/passwd")
    (folder / "etc").symlink_to("/etc")

    result = submit("4")

    assert "  etc/  (a link)\n  passwd  (a link)\n" in result.output


def test_a_folder_of_packages_is_named_once(folder: Path) -> None:
    (folder / ".venv" / "lib").mkdir(parents=True)
    (folder / ".venv" / "lib" / "x.py").write_text("")

    assert gather(folder, LESSON).leaves == ((".venv/", "no part of an answer"),)


def test_a_file_that_the_lesson_asks_for_belongs_to_it(folder: Path) -> None:
    (folder / "secrets").mkdir()
    (folder / "secrets" / "password.txt").write_text("x")
    wanted = frozenset({"secrets/password.txt"})

    assert ("secrets/", "its name is that of a secret") in gather(folder, LESSON).leaves
    assert ("secrets/password.txt", 1) in gather(folder, LESSON, wanted).takes


def test_a_token_in_the_notebook_is_warned_of(folder: Path) -> None:
    (folder / f"{LESSON}.ipynb").write_text(KEY)

    assert (
        "04_volumes.ipynb holds what looks like a key or a token; "
        "take it out before you hand it in."
    ) in submit("4").output


def test_a_folder_without_its_notebook_is_not_handed_in(folder: Path) -> None:
    (folder / f"{LESSON}.ipynb").unlink()

    result = submit("4")

    assert result.exit_code == 4
    assert result.output == (
        f"Exercises/{LESSON} holds no {LESSON}.ipynb, so there is no answer.\n"
    )
    assert list(folder.parents[1].glob("*.zip")) == []


def test_too_much_is_refused_by_the_largest_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_in, "ALL_BYTES", 1000)

    with pytest.raises(NothingToHandIn, match=r"the largest is 04_volumes[.]ipynb with"):
        gather(folder, LESSON)


def test_too_many_files_are_refused(folder: Path) -> None:
    for number in range(handing_in.MOST_FILES):
        (folder / f"f{number}").touch()

    with pytest.raises(NothingToHandIn, match=r"files, and 400 are allowed"):
        gather(folder, LESSON)


@pytest.mark.parametrize("name", ["../x", "a/b", "a\nb", "*"])
def test_a_name_that_is_no_name_is_refused(folder: Path, name: str) -> None:
    assert submit("4", "--as", name).exit_code == 2


def test_what_is_handed_in_is_taken_in(folder: Path, tmp_path: Path) -> None:
    submit("4", "--as", "anna@example.org")
    (path,) = folder.parents[1].glob("*.zip")

    assert owner(path.name, LESSON, list(PATTERNS)) == "anna@example.org"
    unpack(path, tmp_path / "in", Limits())
    assert (tmp_path / "in" / "data" / "plants.csv").is_file()


def test_the_limits_at_home_are_within_those_of_the_way_in() -> None:
    assert Limits().bytes >= handing_in.ALL_BYTES
    assert Limits().files >= handing_in.MOST_FILES
