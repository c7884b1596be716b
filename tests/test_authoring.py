"""A lesson's text becomes notebooks: what is refused, what learners get."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checker import authoring, lessons
from checker.authoring import BadSource
from checker.grading.stubs import stub_for
from tests import course_copy as course
from tests.course_copy import cell, check_cell, solution_cell, text

FOLDER = "02_containers"

REFUSED = {
    "no front matter": (
        "# Two\n",
        "02_containers.md: the text must open with front matter that names the kernel",
    ),
    "front matter without a kernel": (
        "---\ntitle: Two\n---\n\n# Two\n",
        "02_containers.md: the text must open with front matter that names the kernel",
    ),
    "no setup": (
        text(setup="import os"),
        "02_containers.md: the first code cell must be locked and hold two lines: "
        'from checker import check and check("02_containers")',
    ),
    "two cells of one name": (
        text(solution_cell(), solution_cell()),
        "02_containers.md, cell own: another cell has the id own too",
    ),
    "an unknown kind": (
        text(cell("1", "own", "test")),
        "02_containers.md, cell own: kind test is unknown; the kinds are locked, solution, check",
    ),
    "a bad name": (
        text(cell("1", "my cell", "locked")),
        "02_containers.md, cell my cell: its nbgrader id must be letters, digits and dashes",
    ),
    "points in the text": (
        text(cell("1", "own", "locked, points: 3")),
        "02_containers.md, cell own: nbgrader takes id and kind alone, not points",
    ),
    "a check with more than its line": (
        text(checks=(cell('x = 1\ncheck("02_containers", step=1)', "check-1", "check"),)),
        '02_containers.md, cell check-1: a check cell is exactly check("02_containers", step=1)',
    ),
    "a check of another lesson": (
        text(checks=(cell('check("01_images", step=1)', "check-1", "check"),)),
        '02_containers.md, cell check-1: a check cell is exactly check("02_containers", step=1)',
    ),
    "a step without a check": (
        text(checks=course.CHECKS[:-1]),
        "02_containers.md: it checks steps 1, 2, 3, 4, 5; "
        "the lesson has steps 1, 2, 3, 4, 5, 6, in that order",
    ),
    "steps out of order": (
        text(checks=(*course.CHECKS[1:], check_cell(1))),
        "02_containers.md: it checks steps 2, 3, 4, 5, 6, 1; "
        "the lesson has steps 1, 2, 3, 4, 5, 6, in that order",
    ),
    "no checks": (
        text(checks=()),
        "02_containers.md: it checks steps none; "
        "the lesson has steps 1, 2, 3, 4, 5, 6, in that order",
    ),
    "a solution that does not end": (
        text(cell("%%bash\n### BEGIN SOLUTION\ndocker ps", "own", "solution")),
        "02_containers.md, cell own: "
        "each ### BEGIN SOLUTION needs its ### END SOLUTION, each on a line of its own",
    ),
    "a solution within a solution": (
        text(solution_cell("### BEGIN SOLUTION\ndocker ps\n### END SOLUTION")),
        "02_containers.md, cell own: "
        "each ### BEGIN SOLUTION needs its ### END SOLUTION, each on a line of its own",
    ),
    "a solution cell without a solution": (
        text(cell("%%bash\ndocker ps", "own", "solution")),
        "02_containers.md, cell own: "
        "each ### BEGIN SOLUTION needs its ### END SOLUTION, each on a line of its own",
    ),
    "a solution in a cell of no kind": (
        text(cell("### BEGIN SOLUTION\n1\n### END SOLUTION")),
        "02_containers.md, cell number 3: it holds a solution, so its kind must be solution",
    ),
    "the magic line in the solution": (
        text(cell("### BEGIN SOLUTION\n%%bash\ndocker ps\n### END SOLUTION", "own", "solution")),
        "02_containers.md, cell own: "
        "the magic line must stand before ### BEGIN SOLUTION, or learners lose it",
    ),
}


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_bad_text_is_refused_in_a_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    md = course.write_text(tmp_path, content)

    with pytest.raises(BadSource) as refusal:
        authoring.build(md)

    assert str(refusal.value) == sentence


def test_front_matter_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    md = course.write_text(tmp_path, "---\nkernelspec: [\n---\n\n# Two\n")

    with pytest.raises(
        BadSource, match=r"^02_containers\.md: its front matter or a cell's options"
    ):
        authoring.build(md)


def test_a_text_without_a_lesson_is_refused(tmp_path: Path) -> None:
    md = tmp_path / "77_nothing.md"
    md.write_text(text(), encoding="utf-8")

    with pytest.raises(
        BadSource, match=r"^77_nothing\.md: No lesson is named 77_nothing; there is"
    ):
        authoring.build(md)


def test_a_notebook_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    md = course.write_text(tmp_path, text(solution_cell()))

    assert authoring.build(md) == authoring.build(md)


def test_checks_get_their_points_from_the_lesson(tmp_path: Path) -> None:
    md = course.write_text(tmp_path, text())

    cells = json.loads(authoring.build(md))["cells"]
    found = [c["metadata"]["nbgrader"]["points"] for c in cells if _grade(c)]
    assert found == [step.points for step in lessons.find(FOLDER).steps]


def test_a_new_cell_changes_no_id_elsewhere(tmp_path: Path) -> None:
    before = authoring.build(course.write_text(tmp_path, text(solution_cell())))
    after = authoring.build(course.write_text(tmp_path, text(cell("1"), solution_cell())))

    ids = [_ids(before), _ids(after)]
    assert [id_ for id_ in ids[1] if id_ not in ids[0]] == ["setup_1"]


STUBBED = {
    "%%bash\n": "# Your turn",
    "%%writefile Dockerfile\n": "# Your turn",
    "%%writefile compose.yaml\n": "# Your turn",
    "%%writefile app.py\n": "# Your turn",
    "%%writefile pages/index.html\n": "<!-- Your turn -->",
    "%%writefile -a README.md\n": "<!-- Your turn -->",
    "%%writefile seed.sql\n": "-- Your turn",
    "%%file devcontainer.json\n": "// Your turn",
    "code = None\n": "# Your turn",
}


@pytest.mark.parametrize(("first", "stub"), STUBBED.items())
def test_a_stub_fits_the_language_of_its_cell(first: str, stub: str) -> None:
    assert stub_for(first) == stub


def test_a_stub_takes_the_place_of_the_solution_alone(tmp_path: Path) -> None:
    source = "%%bash\nset -e\n### BEGIN SOLUTION\ndocker ps\n### END SOLUTION\necho done"
    course.write_text(tmp_path, text(cell(source, "own", "solution")))

    cells = json.loads(authoring.release(FOLDER, tmp_path)[f"{FOLDER}.ipynb"])["cells"]

    (own,) = [c for c in cells if c["id"] == "own"]
    assert "".join(own["source"]) == "%%bash\nset -e\n# Your turn\necho done"


def test_handed_out_files_come_along_and_the_authors_own_do_not(tmp_path: Path) -> None:
    source = course.write_text(tmp_path, text()).parent
    (source / "data").mkdir()
    (source / "data" / "plants.csv").write_text("a,b\n")
    (source / "02_containers.evidence.json").write_text("{}")
    (source / "02_containers.ipynb").write_text("{}")
    (source / ".ipynb_checkpoints").mkdir()
    (source / ".ipynb_checkpoints" / "x.csv").write_text("")

    assert sorted(authoring.release(FOLDER, tmp_path)) == ["02_containers.ipynb", "data/plants.csv"]


def test_a_file_that_a_cell_writes_is_not_handed_out(tmp_path: Path) -> None:
    writes = solution_cell("FROM busybox:1.37", first="%%writefile Dockerfile")
    source = course.write_text(tmp_path, text(writes)).parent
    (source / "Dockerfile").write_text("FROM busybox:1.37\n")

    with pytest.raises(BadSource) as refusal:
        authoring.release(FOLDER, tmp_path)

    assert str(refusal.value) == (
        "solutions/02_containers/Dockerfile is written by a cell of the notebook, "
        "so it must not be handed out; remove it"
    )


def _grade(cell: dict[str, Any]) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get("grade"))


def _ids(notebook: str) -> list[str]:
    return [cell["id"] for cell in json.loads(notebook)["cells"]]
