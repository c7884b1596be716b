"""Evidence files: read back as written, never half written, and never in the way of a check."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings

from checker import lessons
from checker.evidence import (
    MOST,
    EvidenceError,
    Memory,
    Store,
    from_json,
    goes_on,
    schema,
    to_json,
    trimmed,
)
from checker.model import Evidence, Snapshot
from tests import strategies
from tests.builders import a_container, a_snapshot, a_volume, an_event, seen

NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return a_store(tmp_path)


def a_store(folder: Path) -> Store:
    return Store(folder / "a_lesson.evidence.json", "a_lesson", clock=lambda: NOON)


def look(number: int) -> Snapshot:
    """A look that differs from all others."""
    return a_snapshot(a_container(f"box{number}"), taken=f"2026-11-20T10:00:{number:02}")


@settings(deadline=None, max_examples=30, derandomize=True)
@given(strategies.evidence(lessons.every()[0], trouble=True))
def test_every_evidence_fits_the_schema(evidence: Evidence) -> None:
    jsonschema.validate(json.loads(to_json(evidence)), schema())


def test_the_schema_refuses_what_is_not_evidence() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": 1, "evidence": {"lesson": 3}}, schema())


def test_nothing_is_there_before_the_first_look(store: Store) -> None:
    assert store.load() == Evidence(lesson="a_lesson")
    assert store.notes == []


def test_what_was_added_is_loaded_by_another(store: Store, tmp_path: Path) -> None:
    store.add(look(1))
    store.add(look(2))

    assert a_store(tmp_path).load() == seen(look(1), look(2))


def test_a_look_that_shows_nothing_new_only_moves_the_time(store: Store) -> None:
    store.add(a_snapshot(a_volume(), taken="1"))
    evidence = store.add(a_snapshot(a_volume(), taken="2"))

    assert [shot.taken for shot in evidence.snapshots] == ["2"]


def test_a_look_that_shows_nothing_new_is_not_written(store: Store) -> None:
    store.add(a_snapshot(a_volume(), taken="1"))
    before = store.path.read_bytes()
    store.add(a_snapshot(a_volume(), taken="2"))

    assert store.path.read_bytes() == before


@pytest.mark.parametrize(
    ("before", "later", "held"),
    [
        ((), (1,), True),
        ((1,), (1, 2), True),
        ((1,), (2,), False),
        ((1, 2), (2,), False),
        ((1,), (), False),
    ],
)
def test_evidence_goes_on_while_its_first_look_stays(
    before: tuple[int, ...], later: tuple[int, ...], *, held: bool
) -> None:
    assert goes_on(seen(*map(look, later)), after=seen(*map(look, before))) is held


def test_evidence_goes_on_when_its_only_look_gives_way_to_the_same_one_later() -> None:
    assert goes_on(seen(a_snapshot(taken="2")), after=seen(a_snapshot(taken="1")))


def test_a_look_from_before_a_reset_is_dropped(store: Store) -> None:
    before = store.add(look(1))
    store.path.write_bytes(to_json(Evidence(lesson="a_lesson")))

    assert store.add(look(2), before) == store.load() == Evidence(lesson="a_lesson")


def test_a_look_goes_after_those_that_others_added_meanwhile(store: Store, tmp_path: Path) -> None:
    before = store.add(look(1))
    a_store(tmp_path).add(look(2))

    assert store.add(look(3), before) == seen(look(1), look(2), look(3))


def test_an_event_is_news_though_all_looks_the_same(store: Store) -> None:
    store.add(a_snapshot(taken="1"))
    evidence = store.add(a_snapshot(an_event("container", "start", "web"), taken="2"))

    assert len(evidence.snapshots) == 2
    assert [event.action for event in evidence.events] == ["start"]


def test_events_stay_when_the_next_look_shows_nothing_new(store: Store) -> None:
    store.add(a_snapshot(an_event("container", "start", "web"), taken="1"))
    evidence = store.add(a_snapshot(taken="2"))

    assert [event.action for event in evidence.events] == ["start"]


def test_two_notebooks_lose_no_look(tmp_path: Path) -> None:
    def write(numbers: range) -> None:
        own = a_store(tmp_path)
        for number in numbers:
            own.add(look(number))

    threads = [threading.Thread(target=write, args=(range(n, 40, 2),)) for n in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    there = {shot.containers[0].name for shot in a_store(tmp_path).load().snapshots}
    assert there == {f"box{number}" for number in range(40)}


PROGRAM = """
import sys
from pathlib import Path
from checker.evidence import Store
from checker.model import Snapshot, Volume
store = Store(Path(sys.argv[1]), "a_lesson")
for number in range(20):
    store.add(Snapshot(taken="now", volumes=(Volume(name=f"{sys.argv[2]}{number}"),)))
assert store.notes == [], store.notes
"""


def test_two_processes_lose_no_look(tmp_path: Path) -> None:
    path = tmp_path / "a_lesson.evidence.json"
    started = [
        subprocess.Popen([sys.executable, "-c", PROGRAM, str(path), name]) for name in ("a", "b")
    ]
    assert [process.wait(30) for process in started] == [0, 0]

    there = {shot.volumes[0].name for shot in from_json(path.read_bytes()).snapshots}
    assert there == {f"{name}{number}" for name in "ab" for number in range(20)}


KEPT = "a_lesson.evidence.20261120T120000.kept.json"
BROKEN = [
    ("not JSON", b'{"version": 1, "evid', "it is not JSON of ours"),
    ("no text", b"\xff\xfe\x00", "it is not JSON of ours"),
    ("empty", b"", "it is not JSON of ours"),
    ("a list", b"[1]", "it is not JSON of ours"),
    ("no version", b'{"evidence": {}}', "its version is None, and this program reads version 1"),
    ("newer", b'{"version": 2, "x": 1}', "its version is 2, and this program reads version 1"),
    ("other fields", b'{"version": 1, "evidence": {"lesson": 3}}', "it does not fit the schema"),
    ("more fields", b'{"version": 1, "evidence": {"lesson": "a"}, "x": 1}', "it does not fit"),
]


@pytest.mark.parametrize(("data", "why"), [pytest.param(*r[1:], id=r[0]) for r in BROKEN])
def test_a_file_that_cannot_be_read_is_kept_aside(store: Store, data: bytes, why: str) -> None:
    store.path.write_bytes(data)

    evidence = store.add(look(1))

    assert evidence == seen(look(1))
    assert (store.path.parent / KEPT).read_bytes() == data
    assert from_json(store.path.read_bytes()) == evidence
    (note,) = store.notes
    assert note.startswith(f"The evidence file a_lesson.evidence.json could not be read: {why}")
    assert note.endswith(f"It is kept as {KEPT}, and a new one begins.")


def test_a_file_that_another_notebook_put_aside_first_is_no_trouble(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.path.write_bytes(b"{")
    read = Path.read_bytes

    def read_and_lose(path: Path) -> bytes:
        data = read(path)
        path.unlink()
        return data

    monkeypatch.setattr(Path, "read_bytes", read_and_lose)

    assert store.load() == Evidence(lesson="a_lesson")


@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.replace"])
def test_a_full_disk_leaves_what_was_written(
    store: Store, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    store.add(look(1))
    before = store.path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(call, full)
    evidence = store.add(look(2))

    assert evidence == seen(look(1), look(2)), "the look is judged all the same"
    assert store.path.read_bytes() == before
    assert store.notes == [
        "This look could not be written to a_lesson.evidence.json: No space left on device. "
        "What was written before is intact."
    ]
    assert [path.name for path in store.path.parent.glob(".*.part")] == []


def test_looks_that_could_not_be_written_are_written_with_the_next(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
        store.add(look(1))
        assert len(store.notes) == 1
    store.add(look(2))

    assert from_json(store.path.read_bytes()) == seen(look(1), look(2))
    assert store.notes == [], "what is over is no longer told"


def test_a_folder_in_the_files_place_is_told(store: Store) -> None:
    store.path.mkdir()

    assert store.add(look(1)) == seen(look(1))
    assert "The evidence file a_lesson.evidence.json cannot be read: Is a directory." in store.notes


def test_too_many_looks_lose_their_middle() -> None:
    many = seen(*(a_snapshot(taken=str(number)) for number in range(MOST + 50)))

    kept = [int(shot.taken) for shot in trimmed(many).snapshots]
    assert kept == [*range(100), *range(150, MOST + 50)]
    assert len(kept) == MOST


def test_memory_remembers_like_a_file() -> None:
    memory = Memory(Evidence(lesson="a_lesson"))
    memory.add(look(1))
    memory.add(look(2))

    assert memory.load() == seen(look(1), look(2))


def test_a_broken_file_is_told_by_reading_it() -> None:
    with pytest.raises(EvidenceError, match="its version is 7, and this program reads version 1"):
        from_json(b'{"version": 7}')


def test_moments_are_cut_without_what_came_later() -> None:
    evidence = seen(look(1), look(2), look(3))

    assert evidence.until(2) == seen(look(1), look(2))
    assert evidence.now == look(3)
    assert Evidence(lesson="a_lesson").now == Snapshot(taken="")
