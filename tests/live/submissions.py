"""What learners hand in of lesson 2: done, not done, meddled with."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import nbformat

from checker import lessons
from tests import course_copy

LESSON = lessons.find("02_containers")
NAME = LESSON.name
POINTS = [float(step.points) for step in LESSON.steps]
NONE = [0.0] * len(POINTS)
NB: Any = nbformat

SCRIPT = "<script>document.title = 'taken'</script>"


def notebook(kind: str) -> Any:
    """The solution, or the exercise."""
    return NB.read(course_copy.ROOT / kind / NAME / f"{NAME}.ipynb", as_version=4)


def named(cells: list[Any], name: str) -> int:
    """Where the cell of that name is."""
    return next(i for i, cell in enumerate(cells) if cell["id"] == name)


def half() -> Any:
    """Three steps done, the others untouched; and things that would run in a browser."""
    done, todo = notebook("solutions"), notebook("exercises")
    there = named(done.cells, "check-3") + 1
    done.cells = done.cells[:there] + todo.cells[there:]
    done.cells.append(NB.v4.new_markdown_cell(SCRIPT))
    shows = f"from IPython.display import HTML\nHTML({SCRIPT!r})"
    done.cells.append(NB.v4.new_code_cell(shows))
    return done


def meddled() -> Any:
    """All steps done, and each check changed, removed, doubled or shadowed."""
    whole = notebook("solutions")
    cells = whole.cells
    cells[named(cells, "check-1")].source = "99"
    cells[named(cells, "check-2")].metadata["nbgrader"] |= {"points": 500, "locked": False}
    cells.append(deepcopy(cells[named(cells, "check-3")]))
    cells[-1]["id"] = "doubled"
    cells[named(cells, "check-4")].metadata["nbgrader"] |= {"grade": False, "solution": True}
    del cells[named(cells, "check-5")]
    cells.insert(1 + named(cells, "setup"), NB.v4.new_code_cell("check = lambda *_, **__: None"))
    cells.insert(1 + named(cells, "setup"), NB.v4.new_code_cell(NOISE))
    return whole


NOISE = """
import sys, threading, time
def chatter():
    while True:
        print("still here", file=sys.stderr)
        time.sleep(0.05)
threading.Thread(target=chatter, daemon=True).start()
"""


def forged() -> Any:
    """Nothing done, and each check replaced by a number."""
    blank = notebook("exercises")
    for cell in blank.cells:
        if cell["id"].startswith("check-") and cell.cell_type == "code":
            cell.source = str(cell.metadata.get("nbgrader", {}).get("points", 1))
    return blank


def dying() -> Any:
    """Two steps done, then the kernel is killed."""
    whole = notebook("solutions")
    kills = NB.v4.new_code_cell("import os\nos.kill(os.getpid(), 9)")
    whole.cells.insert(1 + named(whole.cells, "check-2"), kills)
    return whole


SUBMISSIONS: dict[str, Callable[[], Any]] = {
    "perfect": lambda: notebook("solutions"),
    "empty": lambda: notebook("exercises"),
    "half": half,
    "meddled": meddled,
    "forged": forged,
    "dying": dying,
}

SCORES: dict[str, list[float]] = {
    "perfect": POINTS,
    "empty": NONE,
    "half": POINTS[:3] + NONE[3:],
    "meddled": [*POINTS[:4], 0.0, *POINTS[5:]],
    "forged": NONE,
    "dying": POINTS[:2] + NONE[2:],
}
