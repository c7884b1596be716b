"""What is handed in: step 1 done, then what an attack does, then its check. It grades nothing."""

from __future__ import annotations

from typing import Any

from tests.hostile.attacks import ATTACKS, Attack
from tests.hostile.reaching import REACHING
from tests.live.nbgraded import NB, Course
from tests.live.submissions import named, notebook

EVERY = ATTACKS + REACHING
HONEST = ("a_first_one", "m_one_between", "zz_the_last_one")
LIMITS = (
    "--SealedExecute.cell_seconds=8",
    "--SealedExecute.wall_seconds=60",
    "--SealedExecute.memory=1g",
)
ANSWER = "%%bash\ndocker run --name greeting busybox:1.37 echo hello from a container"


def short(*cells: str, undone: bool = False) -> Any:
    """Step 1 done, or not, then these cells, then its check."""
    whole = notebook("exercises")
    kept = ("setup", "run", "check-1")
    whole.cells = [whole.cells[named(whole.cells, name)] for name in kept]
    whole.cells[1].source = "" if undone else ANSWER
    whole.cells[2:2] = [NB.v4.new_code_cell(source) for source in cells]
    return whole


def handed_in(course: Course, attack: Attack, known: dict[str, str]) -> None:
    """Hand in an attack, with its links and with what is known here in its cells."""

    def told(text: str) -> str:
        for name, value in known.items():
            text = text.replace(name, value)
        return text

    cells = [told(cell) for cell in attack.cells]
    place = course.submit(attack.name, short(*cells, undone=attack.undone), {})
    for name, target in attack.links.items():
        (place / name).symlink_to(told(target))
    for name, target in attack.hard_links.items():
        (place / name).hardlink_to(told(target))


def scored(course: Course, student: str) -> float | None:
    """The points of step 1."""
    return course.scores(student)[0]
