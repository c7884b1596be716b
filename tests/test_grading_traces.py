"""What is cleared after a run, and what is refused before it: no engine needed."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest

from checker import lesson, lessons, network, step
from checker.grading import traces
from checker.grading.execute import refuse_crowded
from checker.grading.outcome import CouldNotGrade, refuse_old_points

NB: Any = nbformat.v4
LESSON = lessons.find("02_containers")


class Engine:
    """An engine of the test's own."""

    def __init__(self, *containers: dict[str, Any], volumes: tuple[str, ...] = ()) -> None:
        self.containers = list(containers)
        self.volumes = list(volumes)
        self.images: list[str] = []
        self.networks: list[str] = ["bridge"]
        self.removed: list[str] = []
        self.refuses = ""

    def get(self, path: str, **_: object) -> Any:
        """What docker's interface would say."""
        if path == "/containers/json":
            return list(self.containers)
        if path == "/volumes":
            return {"Volumes": [{"Name": name} for name in self.volumes] or None}
        if path == "/networks":
            return [{"Id": f"id-{name}", "Name": name} for name in self.networks]
        name = path.removeprefix("/images/").removesuffix("/json")
        return {"Id": name} if name in self.images else None

    def delete(self, path: str, **_: object) -> str:
        """Note what is to go."""
        self.removed.append(path)
        return self.refuses


def box(name: str, image: str = "busybox:1.37", *mounts: str) -> dict[str, Any]:
    """A container as docker lists it."""
    named = [{"Type": "volume", "Name": one} for one in mounts]
    return {"Id": f"id-{name}", "Names": [f"/{name}"], "Image": image, "Mounts": named}


def cleared(engine: Any, lesson: Any, before: traces.There) -> list[str]:
    """Clear the engine, and tell what stays."""
    return traces.clear(engine, lesson, before)


def test_what_was_there_before_is_never_removed() -> None:
    engine: Any = Engine(box("other"), box("clock-2"), volumes=("data",))
    before = traces.look(engine, LESSON)

    assert cleared(engine, LESSON, before) == []
    assert engine.removed == []


def test_what_the_run_made_goes_containers_before_volumes() -> None:
    engine: Any = Engine(box("other"), volumes=("data",))
    before = traces.look(engine, LESSON)
    engine.containers += [box("worker"), box("wbe"), box("quirky_rosalind", "ubuntu", "box")]
    engine.containers += [box("mine", "busybox:1.37", "box")]
    engine.volumes += ["box", "elsewhere"]

    told = cleared(engine, LESSON, before)

    assert engine.removed == [
        "/containers/id-worker",
        "/containers/id-wbe",
        "/containers/id-mine",
        "/volumes/box",
    ]
    assert told == ["container quirky_rosalind (ubuntu) appeared during the run; it stays"]


def test_networks_that_the_lesson_makes_go_when_they_are_new() -> None:
    net = network("reviews")
    one = lesson("?", step("First", net.is_there()), minutes=1)
    engine: Any = Engine()
    before = traces.look(engine, one)
    engine.networks += ["reviews", "somebodys"]

    assert traces.in_the_way(traces.look(engine, one), one) == ["network reviews"]
    assert cleared(engine, one, before) == []
    assert engine.removed == ["/networks/id-reviews"]


def test_images_that_the_lesson_judges_or_makes_go_when_they_are_new() -> None:
    lesson = lessons.find("01_images")
    engine: Any = Engine()
    engine.images = ["busybox:1.37"]
    before = traces.look(engine, lesson)
    engine.images += ["python:3.13-slim", "paper/python:submitted", "postgres:17"]

    cleared(engine, lesson, before)

    assert engine.removed == ["/images/paper/python:submitted", "/images/python:3.13-slim"]


def test_what_cannot_be_removed_is_told() -> None:
    engine: Any = Engine()
    before = traces.look(engine, LESSON)
    engine.containers.append(box("worker"))
    engine.refuses = "removal is in progress"

    assert cleared(engine, LESSON, before) == [
        "container worker (busybox:1.37) could not be removed: removal is in progress"
    ]


def test_an_engine_with_the_lessons_objects_is_refused() -> None:
    engine: Any = Engine(box("worker"), box("other"))

    with pytest.raises(CouldNotGrade) as refusal:
        refuse_crowded(traces.look(engine, LESSON), LESSON)

    assert str(refusal.value) == (
        "container worker must not be there before the run; "
        "see workbook reset 02_containers, then grade again."
    )


def test_a_gradebook_with_other_points_is_refused() -> None:
    meta = {"grade_id": "check-1", "grade": True, "locked": True, "points": 99}
    cell = NB.new_code_cell('check("02_containers", step=1)', metadata={"nbgrader": meta})

    with pytest.raises(CouldNotGrade) as refusal:
        refuse_old_points(NB.new_notebook(cells=[cell]), LESSON)

    assert str(refusal.value) == (
        "check-1 gives 99 points in the gradebook and not in the lesson; "
        "type nbgrader generate_assignment 02_containers --force, then grade again."
    )
