"""What checks keep of a learner's files, so that a replay has them as each step did."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock

from checker import versions
from checker.evidence import Memory, Store
from checker.model import Evidence
from checker.versions import Versions, from_json, note, place_of, texts

LESSON = "05_dockerfiles"
FIRST, THEN = {"iris/Dockerfile": "FROM a\n"}, {"iris/Dockerfile": "FROM b\n", "own.txt": "é\n"}


@pytest.fixture
def evidence(tmp_path: Path) -> Store:
    (tmp_path / "iris").mkdir()
    (tmp_path / "iris" / "Dockerfile").write_text("FROM a\n")
    (tmp_path / f"{LESSON}.ipynb").write_text("{}")
    (tmp_path / f"{LESSON}.evidence.json").write_text("{}")
    return Store(tmp_path / f"{LESSON}.evidence.json", LESSON)


def read(evidence: Store) -> Versions:
    return from_json(place_of(evidence.path.parent, LESSON).read_bytes())


def test_each_step_has_the_files_of_its_check() -> None:
    kept = Versions().plus(1, 2, FIRST).plus(3, 4, THEN)

    assert kept.at(1) == {"iris/Dockerfile": b"FROM a\n"}
    assert kept.at(3) == {"iris/Dockerfile": b"FROM b\n", "own.txt": "é\n".encode()}
    assert kept.names() == {"iris/Dockerfile", "own.txt"}


def test_a_step_without_a_check_has_the_files_of_the_next_and_none_after_the_last() -> None:
    kept = Versions().plus(1, 2, FIRST).plus(3, 4, THEN)

    assert kept.at(2) == kept.at(3)
    assert kept.at(4) is None


def test_a_check_that_gave_nothing_tells_no_files() -> None:
    assert Versions().plus(1, 0, FIRST).at(1) is None


def test_a_check_that_gave_more_counts_and_one_that_gave_as_much_later_does_not() -> None:
    little = Versions().plus(1, 2, FIRST)

    assert little.plus(1, 3, THEN).at(1) == Versions().plus(1, 3, THEN).at(1)
    assert little.plus(1, 2, THEN) == little
    assert little.plus(1, 1, THEN) == little


def test_each_text_is_kept_once_and_no_longer_than_it_is_used() -> None:
    kept = Versions().plus(1, 2, FIRST).plus(2, 2, FIRST)

    assert list(kept.texts.values()) == ["FROM a\n"]
    assert list(Versions().plus(1, 1, FIRST).plus(1, 2, {}).texts) == []


def test_a_check_writes_them_beside_the_evidence(evidence: Store) -> None:
    assert note(evidence, 2, 5) == ()

    assert read(evidence) == Versions().plus(2, 5, FIRST)


def test_evidence_in_memory_keeps_no_files() -> None:
    assert note(Memory(Evidence(lesson=LESSON)), 1, 1) == ()


def test_later_checks_add_to_them(evidence: Store) -> None:
    note(evidence, 2, 5)
    (evidence.path.parent / "iris" / "Dockerfile").write_text("FROM b\n")
    note(evidence, 3, 1)

    assert read(evidence).at(2) == {"iris/Dockerfile": b"FROM a\n"}
    assert read(evidence).at(3) == {"iris/Dockerfile": b"FROM b\n"}


@pytest.mark.parametrize("data", [b"", b"[1]", b'{"version": 9}', b'{"steps": {"1": {}}}'])
def test_a_file_that_cannot_be_read_begins_anew(evidence: Store, data: bytes) -> None:
    place_of(evidence.path.parent, LESSON).write_bytes(data)

    assert note(evidence, 1, 1) == ()
    assert read(evidence) == Versions().plus(1, 1, FIRST)


def test_a_text_that_is_missing_is_told() -> None:
    with pytest.raises(ValueError, match="it lacks the text 'abc'"):
        from_json(b'{"version": 1, "steps": {"1": {"points": 1, "files": {"a": "abc"}}}}')


def test_what_does_not_fit_is_left_out(evidence: Store) -> None:
    folder = evidence.path.parent
    (folder / "table.bin").write_bytes(b"\xff\xfe\x00")
    (folder / "long.txt").write_text("x" * (versions.FILE_BYTES + 1))
    (folder / "id_rsa").write_text("x")
    (folder / "notes.txt").write_text("-----BEGIN PRIVATE KEY-----")
    (folder / "link.txt").symlink_to(folder / "long.txt")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "a.txt").write_text("x")

    assert dict(texts(folder, LESSON)) == FIRST


def test_a_name_that_is_no_text_is_left_out(evidence: Store) -> None:
    (evidence.path.parent / os.fsdecode(b"\xff.txt")).write_text("x")

    assert note(evidence, 2, 5) == ()
    assert read(evidence).names() == {"iris/Dockerfile"}


def test_many_long_texts_are_kept_up_to_a_limit(evidence: Store) -> None:
    for number in range(30):
        (evidence.path.parent / f"{number}.txt").write_text("x" * versions.FILE_BYTES)

    kept = dict(texts(evidence.path.parent, LESSON))
    assert sum(map(len, kept.values())) <= versions.ALL_BYTES
    assert len(kept) >= 9


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(
    evidence: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("checker.evidence.write", full)

    assert note(evidence, 1, 1) == (
        "The files of this step could not be kept for grading: No space left on device. "
        "Have them written by a cell of the notebook, or check again.",
    )


def test_another_program_that_writes_is_told_in_a_sentence(
    evidence: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "PATIENCE", 0.01)
    with FileLock(f"{evidence.path}.lock"):
        (said,) = note(evidence, 1, 1)

    assert "another program holds them" in said
