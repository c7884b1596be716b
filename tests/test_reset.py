"""A reset's plan: what is shown is what is removed, and nothing that the lesson does not name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker import (
    container,
    file,
    image,
    lesson,
    lessons,
    network,
    removal,
    reset,
    step,
    volume,
)
from checker.evidence import from_json, to_json
from checker.lesson import Lesson
from checker.model import Evidence, Wanted
from checker.reset import Plan, Restore
from tests.builders import a_container, a_network, a_snapshot, a_volume, an_image

WEB, DB, DATA, MADE = container("web"), container("db"), volume("data"), image("paper/app:1")

NET = network("reviews")

LESSON = lesson(
    "What stays?",
    step("First", WEB.is_running(), WEB.runs("python:3.13-slim"), MADE.is_there()),
    step("Second", DB.is_on(NET), DB.mounts(DATA, at="/data"), file("app.py").holds("port")),
    minutes=1,
    images=("python:3.13-slim",),
)

CROWD = a_snapshot(
    a_container("web", id="111"),
    a_container("db", id="222", status="exited"),
    a_container("web2"),
    a_container("other"),
    a_network("reviews", id="333"),
    a_network("bridge"),
    a_volume("data"),
    a_volume("data-of-others"),
    an_image("paper/app:1", tags=("paper/app:1",)),
    an_image("python:3.13-slim", tags=("python:3.13-slim",)),
)

HANDED_OUT = {"02_x.ipynb": b"notebook", "app.py": b"port = 1"}


def planned(
    on_disk: Mapping[str, bytes] = HANDED_OUT, *, number: int | None = None, one: Lesson = LESSON
) -> Plan:
    return reset.plan(one, CROWD, HANDED_OUT, on_disk.get, "20261120T090000", step=number)


def names(plan: Plan) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(x.name for x in part)
        for part in (plan.containers, plan.volumes, plan.networks, plan.images)
    )


class Engine:
    """Notes what it is asked to remove, and refuses what `refuses` says."""

    def __init__(self, refuses: Mapping[str, str] | None = None, users: object = None) -> None:
        self.refuses = refuses or {}
        self.users = users
        self.asked: list[tuple[str, dict[str, object]]] = []

    def delete(self, path: str, /, **params: object) -> str:
        self.asked.append((path, params))
        return self.refuses.get(path, "")

    def get(self, path: str, /, **params: object) -> object:
        return self.users


def test_only_what_the_lesson_names_is_removed_and_its_own_images_stay() -> None:
    assert names(planned()) == (("web", "db"), ("data",), ("reviews",), ("paper/app:1",))


def test_a_step_removes_only_what_it_makes_first() -> None:
    assert names(planned(number=1)) == (("web",), (), (), ("paper/app:1",))
    assert names(planned(number=2)) == (("db",), ("data",), ("reviews",), ())


def test_an_image_found_by_the_start_of_its_id_is_not_removed() -> None:
    there = a_snapshot(an_image("paper/app:1", tags=("somebody/else:2",)))

    plan = reset.plan(LESSON, there, {}, lambda _: None, "now")

    assert plan.images == ()


def test_the_plan_says_all_that_it_does() -> None:
    mine = {"02_x.ipynb": b"mine", "app.py": b"port = 1", ".evidence.json": b"{}"}

    assert reset.sentences(planned(mine)) == (
        "remove container web (running, from python:3.13-slim)",
        "remove container db (exited, from python:3.13-slim)",
        "remove volume data and the data in it",
        "remove network reviews",
        "remove image paper/app:1",
        "restore 02_x.ipynb; yours is kept as 02_x.ipynb.backup-20261120T090000",
        "begin new evidence; what is recorded is kept as .evidence.json.backup-20261120T090000",
        "keep the images the lesson works with: python:3.13-slim",
    )


def test_what_is_shown_is_what_is_asked_of_the_engine(tmp_path: Path) -> None:
    engine = Engine()

    done = list(removal.carry_out(planned(), engine, tmp_path))

    assert engine.asked == [
        ("/containers/111", {"force": "true"}),
        ("/containers/222", {"force": "true"}),
        ("/volumes/data", {}),
        ("/networks/333", {}),
        ("/images/paper/app:1", {"noprune": "true"}),
    ]
    assert [one.sentence for one in done] == [
        "removed container web",
        "removed container db",
        "removed volume data",
        "removed network reviews",
        "removed image paper/app:1",
    ]


def test_a_volume_that_others_use_is_kept_and_they_are_named(tmp_path: Path) -> None:
    refuses = {"/volumes/data": "remove data: volume is in use - [abc]"}
    engine = Engine(refuses, users=[{"Names": ["/other"]}])

    told = [one for one in removal.carry_out(planned(), engine, tmp_path) if not one.well]

    assert [one.sentence for one in told] == ["kept volume data: other uses it."]


def test_a_network_that_others_are_on_is_kept_and_they_are_named(tmp_path: Path) -> None:
    refuses = {"/networks/333": "network reviews has active endpoints"}
    users = {"Containers": {"b": {"Name": "other"}, "a": {"Name": "guest"}}}

    told = list(removal.carry_out(planned(), Engine(refuses, users), tmp_path))

    assert [one.sentence for one in told if not one.well] == [
        "kept network reviews: guest, other are on it."
    ]


def test_a_network_that_every_engine_has_is_never_removed() -> None:
    one = lesson("?", step("First", WEB.is_on(network("bridge"))), minutes=1)

    assert reset.plan(one, CROWD, {}, lambda _: None, "now").networks == ()


def test_what_the_engine_refuses_is_said_in_its_words(tmp_path: Path) -> None:
    engine = Engine({"/images/paper/app:1": "conflict: unable to remove repository reference"})

    told = [one for one in removal.carry_out(planned(), engine, tmp_path) if not one.well]

    assert [one.sentence for one in told] == [
        "kept image paper/app:1: conflict: unable to remove repository reference."
    ]


def test_changed_and_missing_files_are_restored_and_others_stay() -> None:
    plan = planned({"app.py": b"changed", "mine.csv": b"1"})

    assert plan.files == (
        Restore(name="02_x.ipynb", content=b"notebook"),
        Restore(name="app.py", content=b"port = 1", backup="app.py.backup-20261120T090000"),
    )


def test_a_step_restores_only_the_files_that_its_claims_name() -> None:
    changed = {"02_x.ipynb": b"changed", "app.py": b"changed", ".evidence.json": b"{}"}

    plan = planned(changed, number=2)

    assert [one.name for one in plan.files] == ["app.py"]
    assert plan.evidence == ""
    assert reset.sentences(plan)[-1] == "keep the evidence: points that were earned stay"


def test_nothing_there_and_nothing_changed_is_an_empty_plan() -> None:
    plan = reset.plan(LESSON, a_snapshot(), HANDED_OUT, HANDED_OUT.get, "now")

    assert plan.empty


def test_evidence_that_has_just_begun_is_no_reason_to_reset() -> None:
    files = {**HANDED_OUT, ".evidence.json": to_json(Evidence(lesson=""))}

    assert reset.plan(LESSON, a_snapshot(), HANDED_OUT, files.get, "now").empty


def test_restoring_keeps_the_learners_file_beside(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_bytes(b"mine")

    removal.restore(
        Restore(name="data/a.csv", content=b"ours", backup="data/a.csv.backup-1"), tmp_path
    )
    removal.restore(Restore(name="new/b.csv", content=b"ours"), tmp_path)

    assert (tmp_path / "data" / "a.csv").read_bytes() == b"ours"
    assert (tmp_path / "data" / "a.csv.backup-1").read_bytes() == b"mine"
    assert (tmp_path / "new" / "b.csv").read_bytes() == b"ours"


def test_new_evidence_begins_and_the_old_is_kept(tmp_path: Path) -> None:
    old = Evidence(lesson="02_x", snapshots=(a_snapshot(a_container()),))
    (tmp_path / "02_x.evidence.json").write_bytes(to_json(old))

    (tmp_path / "02_x.evidence.files.json").write_text("{}")

    removal.begin_evidence(Plan(lesson="02_x", evidence="02_x.evidence.json.backup-1"), tmp_path)

    assert from_json((tmp_path / "02_x.evidence.json").read_bytes()) == Evidence(lesson="02_x")
    assert from_json((tmp_path / "02_x.evidence.json.backup-1").read_bytes()) == old
    assert not (tmp_path / "02_x.evidence.files.json").exists()
    assert (tmp_path / "02_x.evidence.files.json.backup-1").read_text() == "{}"


@pytest.mark.parametrize("one", lessons.every(), ids=lambda one: one.name)
@settings(max_examples=25)
@given(st.data())
def test_no_lesson_ever_removes_what_it_does_not_name(one: Lesson, data: st.DataObject) -> None:
    makes, everything = one.makes(), one.wanted()
    made = (*makes.containers, *makes.networks, *makes.images)
    pool = ("web", "bridge", "postgres", "python:3.13-slim", "mine:1", *made)
    some = data.draw(st.lists(st.sampled_from(sorted({*pool, *everything.images})), unique=True))
    there = a_snapshot(
        *(a_container(name) for name in some),
        *(a_volume(name) for name in some),
        *(a_network(name) for name in some),
        *(an_image(name, tags=(name,)) for name in some),
    )

    plan = reset.plan(one, there, {}, lambda _: None, "now")

    assert names(plan) == tuple(
        tuple(name for name in some if name in part)
        for part in (makes.containers, makes.volumes, makes.networks, makes.images)
    )
    assert not {x.name for x in plan.images} & set(one.images)


@pytest.mark.parametrize("one", lessons.every(), ids=lambda one: one.name)
def test_the_steps_of_a_lesson_remove_no_more_than_the_lesson(one: Lesson) -> None:
    parts = Wanted().and_(*(one.makes(number) for number in range(1, len(one.steps) + 1)))

    for slot in ("containers", "volumes", "networks", "images"):
        assert set(getattr(parts, slot)) <= set(getattr(one.makes(), slot))
