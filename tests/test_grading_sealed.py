"""A submission in a seal: what runs where, what it may show, and what each failure becomes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import nbformat
import pytest

from checker import lessons
from checker.engine import EngineTrouble
from checker.evidence import from_json, to_json
from checker.grading import record, replay, scores, sealed, stages
from checker.grading.outcome import CouldNotGrade
from checker.grading.restore import LACKS, MISSING, NOTES
from checker.grading.seal import CellRun, Limits, SealTrouble, Settings, packages
from checker.grading.sealed import SealedExecute
from checker.model import Evidence
from checker.versions import Versions
from tests.builders import a_snapshot
from tests.fake_engine import answer, fake_engine
from tests.fake_seal import FakeSeal, printed

NB: Any = nbformat.v4
LESSON = lessons.find("01_images")
NAMES = 2
"""The step of lesson 1 that asks for the parts of an image's name."""

RIGHT = {
    "registry": "quay.io",
    "namespace": "jupyter",
    "repository": "scipy-notebook",
    "tag": "2025-03-14",
    "full_name": "docker.io/rocker/tidyverse:latest",
    "official": "postgres",
}


def graded(number: int, **metadata: Any) -> Any:
    """The check of a step."""
    meta = {"grade_id": f"check-{number}", "grade": True, "locked": True, "solution": False}
    points = LESSON.step(number).points
    source = f'check("01_images", step={number})'
    return NB.new_code_cell(source, metadata={"nbgrader": {**meta, "points": points}, **metadata})


def setup() -> Any:
    """The first cell, which is locked."""
    meta = {"grade_id": "setup", "grade": False, "locked": True, "solution": False}
    source = 'from checker import check\ncheck("01_images")'
    return NB.new_code_cell(source, metadata={"nbgrader": meta})


def code(source: str) -> Any:
    """A learner's cell."""
    return NB.new_code_cell(source)


@pytest.fixture
def seal(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSeal]:
    """A seal whose engine holds nothing."""
    with fake_engine() as engine:
        one = FakeSeal(engine)
        monkeypatch.setattr(sealed, "open_seal", one.open)
        monkeypatch.setattr(sealed, "prepare", lambda _: None)
        monkeypatch.setattr("checker.session.BETWEEN", 0.0)
        yield one


def grade(folder: Path, *cells: Any, **metadata: Any) -> Any:
    """The notebook of these cells, graded; `folder` is its place below autograded."""
    notebook = NB.new_notebook(cells=list(cells), metadata=metadata)
    named = {"assignment": "01_images", "student": "ada", "notebook": "01_images"}
    where = {"nbgrader": named, "metadata": {"path": str(folder)}}
    return SealedExecute().preprocess(notebook, where)[0]


def kept(folder: Path) -> record.Record:
    """What is kept of the graded submission."""
    (found,) = record.every("01_images", folder.parent.parent.parent)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where nbgrader puts the submission that is graded."""
    place = tmp_path / "autograded" / "ada" / "01_images"
    place.mkdir(parents=True)
    return place


def shown(cell: Any) -> str:
    """All that a cell shows, as text."""
    return json.dumps(cell.outputs)


def test_a_learners_cells_run_in_the_seal_and_checks_do_not(seal: FakeSeal, folder: Path) -> None:
    grade(folder, setup(), code("docker pull busybox"), graded(1), NB.new_markdown_cell("text"))

    assert seal.ran == ["from checker import check\n", "docker pull busybox"]


def test_a_check_judges_the_answers_that_cross_as_json(seal: FakeSeal, folder: Path) -> None:
    seal.variables.update(RIGHT)

    cell = grade(folder, graded(NAMES)).cells[0]

    assert cell.outputs[0]["data"]["text/plain"] == str(LESSON.step(NAMES).points)


def test_a_check_earns_nothing_where_nothing_was_done(seal: FakeSeal, folder: Path) -> None:
    cell = grade(folder, graded(NAMES)).cells[0]

    assert cell.outputs[0]["data"]["text/plain"] == "0"


def test_the_first_cell_shows_the_overview_of_the_trusted_side(
    seal: FakeSeal, folder: Path
) -> None:
    seal.does["from checker import check\n"] = CellRun(outputs=(printed("hello"),))

    cell = grade(folder, setup()).cells[0]

    assert cell.outputs[0]["text"] == "hello"
    assert "0 of" in cell.outputs[1]["data"]["text/html"]


def test_a_printed_report_is_no_report(seal: FakeSeal, folder: Path) -> None:
    forged = {
        "output_type": "execute_result",
        "execution_count": 1,
        "metadata": {},
        "data": {"text/plain": "5", scores.REPORT: {"points": 5}},
    }
    seal.does["forge"] = CellRun(outputs=(forged,))

    cell = grade(folder, code("forge")).cells[0]

    assert scores.REPORT not in shown(cell)


def test_what_is_no_output_is_left_out(seal: FakeSeal, folder: Path) -> None:
    bad = ({"output_type": "evil"}, {"no": "type"}, printed("good"))
    seal.does["x"] = CellRun(outputs=bad)

    assert [one["text"] for one in grade(folder, code("x")).cells[0].outputs] == ["good"]


def test_more_output_than_is_kept_is_cut(seal: FakeSeal, folder: Path) -> None:
    many = tuple(printed("x" * 100_000) for _ in range(50))
    seal.does["x"] = CellRun(outputs=many, stopped="output")

    cell = grade(folder, code("x")).cells[0]

    assert len(shown(cell)) < 1_100_000
    assert "This cell showed more than 1,000,000 bytes; the rest is left out." in shown(cell)


def test_a_cell_that_takes_too_long_says_so_and_the_next_one_runs(
    seal: FakeSeal, folder: Path
) -> None:
    seal.does["loop"] = CellRun(ok=False, stopped="time")

    cells = grade(folder, code("loop"), code("next")).cells

    assert "This cell took more than 120 seconds and was stopped." in shown(cells[0])
    assert seal.ran == ["loop", "next"]


def test_a_kernel_that_dies_is_told_and_the_check_still_judges(
    seal: FakeSeal, folder: Path
) -> None:
    seal.does["die"] = CellRun(ok=False, stopped="died")
    seal.variables.update(RIGHT)

    cells = grade(folder, code("die"), graded(NAMES)).cells

    assert "The notebook's kernel stopped in this cell" in shown(cells[0])
    assert cells[1].outputs[0]["data"]["text/plain"] == "6"


def test_a_notebook_that_has_used_up_its_time_runs_no_further_cell(seal: FakeSeal) -> None:
    ticks = iter([0.0, 901.0])
    limits = Limits()
    one: Any = object()
    at_work = replay.Replay(LESSON, seal, one, limits, clock=lambda: next(ticks))

    at_work.run("slow")
    said = at_work.run("late")

    assert seal.ran == ["slow"]
    assert said[0]["evalue"] == "This cell was not run: the notebook has used up its 900 seconds."


def test_a_removed_check_earns_nothing_and_says_why(seal: FakeSeal, folder: Path) -> None:
    seal.variables.update(RIGHT)

    cell = grade(folder, graded(NAMES, **{MISSING: True})).cells[0]

    assert cell.outputs[0]["output_type"] == "error"
    assert cell.outputs[0]["evalue"] == LACKS


def test_what_was_put_back_is_kept_for_the_instructor_alone(seal: FakeSeal, folder: Path) -> None:
    note = "cell check-2 was edited and is put back"

    notebook = grade(folder, graded(NAMES), **{NOTES: [note]})

    assert kept(folder).notes == (note,)
    assert note not in json.dumps(notebook)


def test_the_notebook_says_at_its_end_how_it_was_graded(seal: FakeSeal, folder: Path) -> None:
    last = grade(folder, code("one"), code("two")).cells[-1]

    assert last.source.startswith("**How this was graded.** 2 cells were run anew")
    assert str(folder) not in last.source


@pytest.mark.parametrize("kind", ["refused", "engine", "mirror", "time", "memory", "died"])
def test_trouble_with_the_seal_is_no_score(seal: FakeSeal, folder: Path, kind: str) -> None:
    seal.does["x"] = SealTrouble(kind, "the seal is broken; mend it")

    with pytest.raises(CouldNotGrade, match="stopped at cell 2: the seal is broken; mend it"):
        grade(folder, code("fine"), code("x"), graded(NAMES))
    assert seal.closed


def test_an_engine_that_stops_is_no_score(seal: FakeSeal, folder: Path) -> None:
    seal.does["x"] = EngineTrouble("died", "The engine stopped answering.")

    with pytest.raises(CouldNotGrade, match="stopped at cell 1: The engine stopped answering"):
        grade(folder, code("x"))


def test_a_claim_that_could_not_be_judged_is_no_score(seal: FakeSeal, folder: Path) -> None:
    path = "/images/python:3.13-slim/json"
    seal.engine.said[path] = answer({"message": "out of order"}, 500)

    with pytest.raises(CouldNotGrade, match=r"step 1 cannot be judged: .*out of order"):
        grade(folder, graded(1))


def test_signs_of_tampering_with_the_engine_are_kept(seal: FakeSeal, folder: Path) -> None:
    seal.signs = ("the engine was started anew",)

    grade(folder, code("x"))

    assert kept(folder).notes == seal.signs


def test_a_gradebook_with_other_points_is_refused(seal: FakeSeal, folder: Path) -> None:
    cell = graded(NAMES)
    cell.metadata["nbgrader"]["points"] = 99

    with pytest.raises(CouldNotGrade, match="check-2 gives 99 points in the gradebook"):
        grade(folder, cell)
    assert not seal.asked


def test_files_go_in_without_evidence_and_without_links(seal: FakeSeal, folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "a.csv").write_text("1")
    (folder / "01_images.evidence.json").write_text("{}")
    (folder / "link").symlink_to("/etc/passwd")
    (folder / "away").symlink_to("/etc")

    grade(folder, code("x"))

    assert seal.files == {"data/a.csv": b"1"}


def test_a_file_edited_by_hand_is_at_each_step_what_its_check_found(
    seal: FakeSeal, folder: Path
) -> None:
    then = Versions().plus(1, 2, {"app.py": "one"}).plus(2, 6, {"app.py": "two"})
    (folder / "01_images.evidence.files.json").write_bytes(msgspec.json.encode(then))
    (folder / "app.py").write_text("three")

    grade(folder, code("a"), graded(1), code("b"), graded(2), code("c"), graded(3), code("d"))

    hand = "files ['app.py'] []"
    assert seal.ran == ["a", hand, "b", hand, "c", "d"]
    assert seal.files == {"app.py": b"three"}
    assert seal.first == {"app.py": b"one"}


def test_a_cell_that_would_write_comments_alone_is_not_run(seal: FakeSeal, folder: Path) -> None:
    grade(folder, code("%%writefile app.py\n# Your turn"), code("a"), graded(1))

    assert seal.ran == ["a"]


def test_a_step_whose_cells_are_empty_is_told_why_it_earns_nothing(
    seal: FakeSeal, folder: Path
) -> None:
    own = {"grade_id": "own", "grade": False, "locked": False, "solution": True}
    empty = NB.new_code_cell("%%bash\n# Your turn", metadata={"nbgrader": own})
    filled = NB.new_code_cell("%%bash\ndocker ps", metadata={"nbgrader": own})

    cells = grade(folder, empty, graded(1), filled, graded(2)).cells

    assert "The cells of this step are empty" in shown(cells[1])
    assert "are empty" not in shown(cells[3])


def test_kept_files_that_are_none_are_told_to_the_instructor(seal: FakeSeal, folder: Path) -> None:
    bad = Versions().plus(1, 2, {"../app.py": "one"})
    (folder / "01_images.evidence.files.json").write_bytes(msgspec.json.encode(bad))

    grade(folder, code("a"), graded(1))

    assert "../app.py leads out of the submission" in kept(folder).notes[0]
    assert seal.ran == ["a"]


def test_too_many_bytes_of_files_are_refused(
    seal: FakeSeal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stages, "ALL_BYTES", 3)
    (folder / "big").write_bytes(b"1234")

    with pytest.raises(CouldNotGrade, match="4 bytes together, and at most 3 are graded"):
        grade(folder, code("x"))


def test_evidence_that_is_none_is_told_to_the_instructor(seal: FakeSeal, folder: Path) -> None:
    (folder / "01_images.evidence.json").write_text("{}")

    grade(folder, graded(NAMES))

    assert "01_images.evidence.json is no evidence" in kept(folder).notes[0]


def test_evidence_and_replay_that_differ_are_both_kept(seal: FakeSeal, folder: Path) -> None:
    seal.variables.update(RIGHT)
    evidence = Evidence(lesson="01_images", snapshots=(a_snapshot(),))
    (folder / "01_images.evidence.json").write_bytes(to_json(evidence))

    grade(folder, graded(NAMES))

    (two,) = kept(folder).disagreements
    assert (two.step, two.replay["points"], two.evidence["points"]) == (NAMES, 6, 0)


def test_the_record_replaces_whatever_lies_in_its_place(seal: FakeSeal, folder: Path) -> None:
    outside = folder.parent / "outside"
    outside.write_text("mine")
    (folder / "01_images.grading.json").symlink_to(outside)

    grade(folder, code("x"))

    assert outside.read_text() == "mine"
    assert kept(folder).student == "ada"


def test_what_the_replay_saw_is_kept_as_evidence(seal: FakeSeal, folder: Path) -> None:
    grade(folder, graded(NAMES))

    data = (folder / "01_images.replay.grading.json").read_bytes()
    assert from_json(data).lesson == "01_images"


def test_settings_come_from_nbgraders_configuration() -> None:
    from traitlets.config import Config

    one = SealedExecute(config=Config({"SealedExecute": {"memory": "512m", "network": "none"}}))

    assert one.settings(LESSON).limits.memory == "512m"
    assert one.settings(LESSON).network == "none"


def test_a_seal_reaches_the_package_index_where_the_lesson_builds_with_packages() -> None:
    builds = SealedExecute().settings(replace(LESSON, packages=True))
    named = SealedExecute(packages=["index.example"]).settings(replace(LESSON, packages=True))

    assert (builds.network, bool(builds.packages)) == ("packages", True)
    assert named.packages == ("index.example",)
    assert SealedExecute().settings(LESSON).packages == ()


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("global.index-url='https://index.example/simple'", ["index.example"]),
        ("global.extra-index-url='file:///opt/simple http://b.example/c'", ["b.example", "*", "*"]),
        (":env:.index-url='http://me:word@a.example:8080/'", ["a.example"]),
        ("", ["*", "*"]),
    ],
)
def test_the_hosts_of_packages_are_those_that_pip_asks(told: str, found: list[str]) -> None:
    own = set(packages.of_pip(""))

    assert ["*" if host in own else host for host in packages.of_pip(told)] == found


def test_what_a_seal_is_made_with_by_default_is_what_seals_say() -> None:
    usual, made = Settings(), SealedExecute().settings(LESSON)

    assert SealedExecute().limits() == usual.limits
    lives = replace(usual.limits, wall_seconds=usual.limits.wall_seconds + replay.GRACE)
    assert made == replace(usual, folder="01_images", limits=lives)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (3, 3),
        ("text", "text"),
        ([1, "a", None], [1, "a", None]),
        ({"a": 1}, "a value of type dict"),
        ([[[[[1]]]]], [[[["a value of type list"]]]]),
        (list(range(200)), list(range(100))),
    ],
)
def test_an_answer_crosses_as_plain_data(given: Any, taken: Any) -> None:
    assert replay.plain(given) == taken
