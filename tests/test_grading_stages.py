"""The files at each step of a replay: an edited file is what it was at that step, not later."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from checker.grading import stages
from checker.grading.stages import Change, changes, files_of, handed_in, lay_out, write
from checker.versions import Versions, place_of

LESSON = "05_dockerfiles"
OUT = {"iris/predict.py": b"out", "plants.csv": b"1,2"}
FILE = "iris/Dockerfile"


def own(source: str) -> Any:
    """A learner's cell."""
    cell: Any = new_code_cell  # nbformat's functions carry no types
    return cell(source)


def check(step: int) -> Any:
    """A check cell."""
    cell = own(f'check("{LESSON}", step={step})')
    about = {"grade": True, "grade_id": f"check-{step}", "points": 1, "locked": True}
    cell.metadata["nbgrader"] = {**about, "solution": False, "schema_version": 3}
    return cell


def notebook(*sources: str) -> Any:
    """One cell for each step, and its check."""
    made: Any = new_notebook
    cells = [(own(source), check(number)) for number, source in enumerate(sources, 1)]
    return made(cells=[one for pair in cells for one in pair])


def kept(*steps: dict[str, str]) -> Versions:
    """What the checks of steps 1, 2, ... kept, each with a point."""
    found = Versions()
    for number, files in enumerate(steps, 1):
        found = found.plus(number, 1, files)
    return found


def states(nb: Any, files: dict[str, bytes], versions: Versions) -> list[dict[str, bytes]]:
    """The files before each step's first cell, as if no cell wrote any."""
    found: list[dict[str, bytes]] = []
    now: dict[str, bytes] = {}
    for _, change in sorted(changes(nb, files, OUT, versions).items()):
        now = {n: d for n, d in {**now, **change.puts}.items() if n not in change.drops}
        found.append(now)
    return found


BUILD = "!docker build iris"
HAND = ({FILE: "FROM a"}, {FILE: "FROM b"}, {FILE: "FROM c"})


def test_a_file_written_in_an_editor_is_at_each_step_what_it_was() -> None:
    nb = notebook(BUILD, BUILD, BUILD)

    found = states(nb, {**OUT, FILE: b"FROM c"}, kept(*HAND))

    assert [one[FILE] for one in found] == [b"FROM a", b"FROM b", b"FROM c"]
    assert all(one["plants.csv"] == b"1,2" for one in found)


def test_without_kept_files_it_is_as_handed_in_from_the_first_cell_on() -> None:
    nb = notebook(BUILD, BUILD)

    found = changes(nb, {**OUT, FILE: b"FROM c"}, OUT, Versions())

    assert found == {0: Change({**OUT, FILE: b"FROM c"})}


def test_a_file_that_its_cell_writes_is_left_to_the_cell() -> None:
    nb = notebook(f"%%writefile {FILE}\nFROM a", f"%%writefile {FILE}\nFROM b")

    assert changes(nb, {**OUT, FILE: b"FROM b"}, OUT, kept(*HAND[:2])) == {0: Change(OUT)}


def test_a_cell_left_as_it_was_handed_out_is_no_writer() -> None:
    stub = f"%%writefile {FILE}\n# Your turn"

    found = states(notebook(stub, stub), {**OUT, FILE: b"FROM b"}, kept(*HAND[:2]))

    assert [one[FILE] for one in found] == [b"FROM a", b"FROM b"]


def test_a_file_that_a_cell_writes_and_then_a_hand_is_changed_after_the_cell() -> None:
    nb = notebook(f"%%writefile {FILE}\nFROM a", BUILD)

    found = changes(nb, {**OUT, FILE: b"FROM b"}, OUT, kept(*HAND[:2]))

    assert found == {0: Change(OUT), 2: Change({FILE: b"FROM b"})}


def test_a_file_that_came_late_is_not_there_before() -> None:
    nb = notebook(BUILD, BUILD)
    ignore = "iris/.dockerignore"

    found = states(nb, {**OUT, ignore: b"x"}, kept({}, {ignore: "x"}))

    assert [ignore in one for one in found] == [False, True]


def test_a_file_that_was_removed_goes_when_it_went() -> None:
    nb = notebook(BUILD, BUILD)
    handed = {"plants.csv": b"1,2"}

    found = states(nb, handed, kept({"iris/predict.py": "out"}, {}))

    assert [sorted(one) for one in found] == [["iris/predict.py", "plants.csv"], ["plants.csv"]]


def test_a_file_that_grew_too_long_to_be_kept_stays() -> None:
    nb = notebook(BUILD, BUILD)

    found = states(nb, {**OUT, "log.txt": b"long"}, kept({"log.txt": "short"}, {"own.txt": ""}))

    assert found[1]["log.txt"] == b"short"


def test_after_the_last_check_that_kept_files_they_are_as_handed_in() -> None:
    nb = notebook(BUILD, f"!sed -i s/a/b/ {FILE}", BUILD)
    handed = {**OUT, FILE: b"FROM b", "own.txt": b"late"}

    found = changes(nb, handed, OUT, kept({FILE: "FROM a", "own.txt": "early"}))

    assert found[0].puts == {**OUT, FILE: b"FROM a", "own.txt": b"early"}
    assert found[2] == Change({"own.txt": b"late"})
    assert 4 not in found


def test_what_is_no_text_is_there_from_the_start() -> None:
    nb = notebook(BUILD, BUILD)
    handed = {**OUT, "photo.png": b"\xff"}

    assert states(nb, handed, kept({FILE: "a"}))[0]["photo.png"] == b"\xff"


def test_a_notebook_without_checks_begins_as_handed_in() -> None:
    made: Any = new_notebook

    assert changes(made(cells=[]), {"own.txt": b"x"}, {}, kept(*HAND)) == {
        0: Change({"own.txt": b"x"})
    }


def test_nothing_handed_in_is_nothing_kept(tmp_path: Path) -> None:
    assert handed_in(tmp_path, LESSON) == Versions()


def test_what_checks_keep_is_read_again(tmp_path: Path) -> None:
    place_of(tmp_path, LESSON).write_bytes(msgspec.json.encode(kept(*HAND)))

    assert handed_in(tmp_path, LESSON) == kept(*HAND)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is not what checks keep"),
        (b'{"version": 2}', "its version is 2"),
        (b"[" * 5000, "is not what checks keep"),
        (msgspec.json.encode(kept({"../up": "x"})), "../up leads out of the submission"),
        (msgspec.json.encode(kept({"/etc/x": "x"})), "/etc/x is an absolute name"),
        (msgspec.json.encode(kept({"plants.csv/b": "x"})), "plants.csv is a file, and"),
        (msgspec.json.encode(kept({f"{n}": "" for n in range(3000)})), "more than 2000 files"),
        (msgspec.json.encode(kept({"a": "x", "a/b": "x"})), "a is a file, and a/b lies in it"),
        (b" " * (stages.MOST_BYTES + 1), "has more than 8,000,000 bytes"),
    ],
    ids=["empty", "newer", "deep", "up", "absolute", "in a file", "many", "folder", "long"],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, data: bytes, said: str) -> None:
    place_of(tmp_path, LESSON).write_bytes(data)

    with pytest.raises(stages.Unreadable, match=said):
        handed_in(tmp_path, LESSON, OUT)


def test_a_file_that_was_renamed_by_a_capital_letter_is_no_fault(tmp_path: Path) -> None:
    renamed = kept({"iris/dockerfile": "x"}, {"iris/Dockerfile": "x"})
    place_of(tmp_path, LESSON).write_bytes(msgspec.json.encode(renamed))

    assert handed_in(tmp_path, LESSON, OUT) == renamed


def test_a_link_is_nothing_kept(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_bytes(msgspec.json.encode(kept(*HAND)))
    place_of(tmp_path, LESSON).symlink_to(tmp_path / "other.json")

    assert handed_in(tmp_path, LESSON) == Versions()


def test_a_folder_is_laid_out_and_changed_so(tmp_path: Path) -> None:
    (tmp_path / "iris").mkdir()
    (tmp_path / "iris" / "predict.py").write_bytes(b"new")
    (tmp_path / "made.txt").write_bytes(b"by a cell")
    (tmp_path / "own.txt").write_bytes(b"by hand")
    there = files_of(tmp_path, LESSON)

    lay_out(tmp_path, there, Change({"iris/predict.py": b"old", "own.txt": b"by hand"}))
    assert files_of(tmp_path, LESSON) == {"iris/predict.py": b"old", "own.txt": b"by hand"}

    write(tmp_path, Change({"iris/Dockerfile": b"FROM a"}, frozenset({"own.txt", "gone.txt"})))
    assert files_of(tmp_path, LESSON) == {"iris/predict.py": b"old", "iris/Dockerfile": b"FROM a"}


def test_what_cannot_be_written_is_left(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()

    write(tmp_path, Change({"results": b"x", "own.txt": b"y"}))

    assert files_of(tmp_path, LESSON) == {"own.txt": b"y"}
