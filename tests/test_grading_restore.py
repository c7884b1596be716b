"""What learners do to locked cells is undone before a submission is run."""

from __future__ import annotations

from typing import Any

import nbformat

from checker.grading.restore import restored

NB: Any = nbformat.v4


def named(name: str, source: str, **flags: Any) -> Any:
    """A cell with nbgrader's metadata."""
    meta = {"grade_id": name, "grade": False, "locked": False, "solution": False, **flags}
    return NB.new_code_cell(source, metadata={"nbgrader": meta})


def original() -> list[Any]:
    """A lesson of two steps."""
    return [
        named("setup", "SETUP", locked=True),
        NB.new_markdown_cell("text"),
        named("one", "", solution=True),
        named("check-1", "CHECK 1", grade=True, locked=True, points=2),
        named("two", "", solution=True),
        named("check-2", "CHECK 2", grade=True, locked=True, points=3),
    ]


def sources(cells: list[Any]) -> list[str]:
    """The text of each code cell."""
    return [cell.source for cell in cells if cell.cell_type == "code"]


def graded(cells: list[Any]) -> list[tuple[str, int]]:
    """The graded cells' text and points."""
    return [
        (cell.source, cell.metadata["nbgrader"]["points"])
        for cell in cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    ]


WHOLE = [("CHECK 1", 2), ("CHECK 2", 3)]


def test_a_submission_that_keeps_the_checks_stays_as_it_is() -> None:
    cells = original()
    cells[2].source = "docker run"

    kept, notes = restored(cells, original())

    assert sources(kept) == ["SETUP", "docker run", "CHECK 1", "", "CHECK 2"]
    assert notes == []


def test_an_edited_check_is_put_back() -> None:
    cells = original()
    cells[3].source = "3"
    cells[3].metadata["nbgrader"]["points"] = 500

    kept, notes = restored(cells, original())

    assert graded(kept) == WHOLE
    assert notes == ["cell check-1 was edited and is put back"]


def test_a_check_that_says_it_is_a_solution_is_put_back() -> None:
    cells = original()
    cells[3].metadata["nbgrader"] |= {"grade": False, "locked": False, "solution": True}

    kept, _ = restored(cells, original())

    assert graded(kept) == WHOLE


def test_a_removed_check_is_put_back_before_the_next_step() -> None:
    cells = original()
    del cells[3]
    cells.insert(3, NB.new_code_cell("MORE OF STEP 1"))

    kept, notes = restored(cells, original())

    assert sources(kept) == ["SETUP", "", "MORE OF STEP 1", "CHECK 1", "", "CHECK 2"]
    assert notes == ["cell check-1 was removed and is put back"]


def test_all_locked_cells_removed_come_back_in_order() -> None:
    cells = [cell for cell in original() if not cell.metadata.get("nbgrader", {}).get("locked")]

    kept, _ = restored(cells, original())

    assert sources(kept) == ["SETUP", "", "CHECK 1", "", "CHECK 2"]


def test_an_empty_notebook_gets_all_its_checks() -> None:
    assert sources(restored([], original())[0]) == ["SETUP", "CHECK 1", "CHECK 2"]


def test_of_a_doubled_check_the_last_counts() -> None:
    cells = [*original(), original()[3]]

    kept, _ = restored(cells, original())

    assert graded(kept) == [WHOLE[1], WHOLE[0]]
    assert sources(kept).count("CHECK 1") == 2


def test_reordered_checks_all_count() -> None:
    cells = original()
    cells[3], cells[5] = cells[5], cells[3]

    assert sorted(graded(restored(cells, original())[0])) == WHOLE


def test_a_check_turned_into_text_is_put_back() -> None:
    cells = original()
    cells[3] = NB.new_markdown_cell("3", metadata=cells[3].metadata)

    assert graded(restored(cells, original())[0]) == WHOLE


def test_an_answer_turned_into_text_is_code_again() -> None:
    cells = original()
    cells[2] = NB.new_markdown_cell("docker run", metadata=cells[2].metadata)

    kept, _ = restored(cells, original())

    assert (kept[2].cell_type, kept[2].source) == ("code", "docker run")


def test_a_cell_that_says_it_is_graded_is_not() -> None:
    mine = named("mine", "100", grade=True, locked=True, points=100)

    assert graded(restored([*original(), mine], original())[0]) == WHOLE
