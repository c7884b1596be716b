"""What learners hand in comes in whole or not at all: each bad archive is refused by its name."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from checker.grading.intake import collect
from checker.grading.intake.archive import unpack
from checker.grading.intake.collect import PATTERNS, owner
from checker.grading.intake.names import Limits, Refused
from tests import course_copy

LESSON = "04_volumes"
NOTEBOOK = f"{LESSON}.ipynb"
SMALL = Limits(bytes=1_000_000, files=20, archive_bytes=100_000)


def zipped(path: Path, *names: str, inside: bytes = b"{}") -> Path:
    """A zip with files of these names."""
    with ZipFile(path, "w", ZIP_DEFLATED) as zip_:
        for name in names:
            zip_.writestr(name, inside)
    return path


def refusal(path: Path, limits: Limits = SMALL) -> str:
    """Why an archive is not taken; nothing of it is there afterwards."""
    with pytest.raises(Refused) as refused:
        unpack(path, path.parent / "out", limits)
    assert sorted(path.parent.iterdir()) == [path]
    return str(refused.value)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["../x"], "../x leads out of the submission"),
        (["a/../../x"], "a/../../x leads out of the submission"),
        (["/etc/x"], "/etc/x is an absolute name; names begin inside the submission"),
        (["C:/x"], "C:/x is an absolute name; names begin inside the submission"),
        (["a\\b"], "a\\b holds a backslash; folders are divided by /"),
        (["Data.csv", "data.csv"], "Data.csv and data.csv are one name on some computers"),
        (["e\u0301", "\u00e9"], "e\u0301 and \u00e9 are one name on some computers"),
        (["a", "a/b"], "a is a file, and a/b lies in it"),
        (["a//b"], "a//b has an empty part"),
        (["./a"], "./a has an empty part"),
        (["a\nb"], "a?b holds a letter that does not show"),
        (["a\u202eb"], "a?b holds a letter that does not show"),
        (["a" * 201], f"{'a' * 117}... is longer than 200 bytes"),
        (["/".join("abcdefghij")], "a/b/c/d/e/f/g/h/i/j lies deeper than 8 folders"),
        ([f"f{n}" for n in range(21)], "it holds more than 20 files and folders"),
    ],
    ids=lambda value: value[0][:12] if isinstance(value, list) else "",
)
def test_a_bad_name_refuses_the_archive(tmp_path: Path, names: list[str], said: str) -> None:
    assert refusal(zipped(tmp_path / "x.zip", *names)) == said


def link(path: Path) -> None:
    one = ZipInfo("g.db")
    one.external_attr = 0o120777 << 16
    with ZipFile(path, "w") as zip_:
        zip_.writestr(one, "../../../gradebook.db")


def device(path: Path) -> None:
    one = ZipInfo("disk")
    one.external_attr = 0o060666 << 16
    with ZipFile(path, "w") as zip_:
        zip_.writestr(one, "")


def encrypted(path: Path) -> None:
    data = bytearray(zipped(path, "a").read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)


def other_packing(path: Path) -> None:
    with ZipFile(path, "w", ZIP_BZIP2) as zip_:
        zip_.writestr("a", "a")


def bomb(path: Path) -> None:
    zipped(path, "zeros", inside=bytes(5_000_000))


def lying_bomb(path: Path) -> None:
    """A zip that tells 10 bytes where millions come."""
    data = bytearray(zipped(path, "zeros", inside=bytes(5_000_000)).read_bytes())
    struct.pack_into("<L", data, 22, 10)
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, 10)
    path.write_bytes(data)


def many(path: Path) -> None:
    zipped(path, *(f"f{number:05}" for number in range(500)), inside=b"")


def large_list(path: Path) -> None:
    """The mark of a zip with more than 65,535 files, before the end of a small one."""
    data = zipped(path, "a").read_bytes()
    at = data.rindex(b"PK\x05\x06")
    path.write_bytes(data[:at] + b"PK\x06\x07" + bytes(16) + data[at:])


def too_large(path: Path) -> None:
    zipped(path, "random", inside=os.urandom(200_000))


def cut(path: Path) -> None:
    path.write_bytes(zipped(path, "a", inside=b"a" * 500).read_bytes()[:60])


def hollow(path: Path) -> None:
    """A zip whose only file has other bytes than its checksum says."""
    data = bytearray(zipped(path, "a", inside=os.urandom(500)).read_bytes())
    data[100] ^= 0xFF
    path.write_bytes(data)


def text(path: Path) -> None:
    path.write_text("no zip")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (link, "g.db is a link; hand in the file itself"),
        (device, "disk is no file and no folder"),
        (encrypted, "a is encrypted"),
        (other_packing, "a is packed in a way that is not read here"),
        (bomb, "unpacked it has 5,000,000 bytes or more, and 1,000,000 are allowed"),
        (many, "it holds more than 20 files and folders"),
        (large_list, "it holds more than 20 files and folders"),
        (too_large, "it has 200,"),
        (cut, "it is damaged, or no zip that can be read"),
        (hollow, "it is damaged, or no zip that can be read"),
        (text, "it is damaged, or no zip that can be read"),
    ],
)
def test_a_bad_archive_is_refused(tmp_path: Path, make: Callable[[Path], None], said: str) -> None:
    make(tmp_path / "x.zip")

    assert refusal(tmp_path / "x.zip").startswith(said)


def test_a_zip_that_lies_about_its_size_never_writes_more_than_it_tells(tmp_path: Path) -> None:
    lying_bomb(tmp_path / "x.zip")

    assert refusal(tmp_path / "x.zip") == "it is damaged, or no zip that can be read"


def test_an_archive_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "x.zip").symlink_to(zipped(tmp_path.parent / "whole.zip", "a"))

    assert refusal(tmp_path / "x.zip") == "it is a link, or no file"


def test_a_zip_within_a_zip_stays_a_file(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "in.zip", "a").read_bytes()
    unpack(zipped(tmp_path / "x.zip", "in.zip", inside=inner), tmp_path / "out", SMALL)

    assert (tmp_path / "out" / "in.zip").read_bytes() == inner


def test_a_good_archive_is_unpacked_with_its_folders(tmp_path: Path) -> None:
    unpack(zipped(tmp_path / "x.zip", "a", "b/c/d", inside=b"x"), tmp_path / "out", SMALL)

    assert (tmp_path / "out" / "b" / "c" / "d").read_bytes() == b"x"
    assert (tmp_path / "out" / "a").stat().st_mode & 0o111 == 0


@pytest.mark.parametrize(
    ("called", "student"),
    [
        ("anna-04_volumes.zip", "anna"),
        ("anna_b_04_volumes.zip", "anna_b"),
        ("anna@example.org-04_volumes-2.zip", "anna@example.org"),
        ("leeanna_4711_99_04_volumes.zip", "4711"),
        ("leeanna_LATE_4711_99_04_volumes-1.zip", "4711"),
        ("Anna Lee_815_assignsubmission_file_/04_volumes.zip", "815"),
        ("Anna Lee_815_assignsubmission_file/work.zip", "815"),
        ("anna.zip", "anna"),
    ],
)
def test_an_archives_name_says_whose_it_is(called: str, student: str) -> None:
    assert owner(called, LESSON, list(PATTERNS)) == student


@pytest.mark.parametrize(
    "called", ["04_volumes.zip", "...zip", "*.zip", "some/thing.zip", ".a.zip"]
)
def test_an_archive_of_nobody_is_refused(called: str) -> None:
    with pytest.raises(Refused) as refused:
        owner(called, LESSON, list(PATTERNS))

    assert str(refused.value) == (
        "its name does not say whose it is; name it STUDENT-04_volumes.zip"
    )


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A course into which nbgrader collected good and bad archives, and what it said."""
    root = tmp_path_factory.mktemp("course")
    course_copy.copy(root, LESSON)
    place = root / "downloaded" / LESSON / "archive"
    place.mkdir(parents=True)
    zipped(place / f"anna-{LESSON}-1.zip", NOTEBOOK, "data/x.csv", "Dockerfile", "timestamp.txt")
    zipped(place / f"bert-{LESSON}.zip", f"my work/{NOTEBOOK}", "__MACOSX/._x", "my work/.env.txt")
    zipped(place / f"carl-{LESSON}.zip", "other.ipynb")
    zipped(place / f"dora-{LESSON}.zip", NOTEBOOK, "../../../anna/x")
    link(place / f"emil-{LESSON}.zip")
    zipped(place / f"fritz-{LESSON}.zip", NOTEBOOK, "zeros", inside=bytes(60_000_000))
    zipped(place / f"anna-{LESSON}.zip", NOTEBOOK)
    (place / f"gerd-{LESSON}.tar.gz").write_bytes(b"")
    done = subprocess.run(
        (str(Path(sys.executable).with_name("nbgrader")), "zip_collect", LESSON),
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return root, done.stdout + done.stderr


def test_good_archives_become_submissions(collected: tuple[Path, str]) -> None:
    submitted = collected[0] / "submitted"
    found = {p.relative_to(submitted).as_posix() for p in submitted.rglob("*") if p.is_file()}

    assert found == {
        f"anna/{LESSON}/{NOTEBOOK}",
        f"anna/{LESSON}/data/x.csv",
        f"anna/{LESSON}/Dockerfile",
        f"bert/{LESSON}/{NOTEBOOK}",
        f"bert/{LESSON}/.env.txt",
    }, collected[1]


@pytest.mark.parametrize(
    "sentence",
    [
        f"carl-{LESSON}.zip is refused: it holds no {NOTEBOOK}.",
        f"dora-{LESSON}.zip is refused: ../../../anna/x leads out of the submission.",
        f"emil-{LESSON}.zip is refused: g.db is a link; hand in the file itself.",
        f"fritz-{LESSON}.zip is refused: unpacked it has 120,000,000 bytes or more, and "
        "100,000,000 are allowed.",
        f"gerd-{LESSON}.tar.gz is refused: it is no .zip; workbook submit makes one.",
        "2 archives are taken in, 6 are refused.",
        f"anna-{LESSON}.zip is refused: a newer archive of anna is taken in.",
    ],
)
def test_bad_archives_are_refused_by_name(collected: tuple[Path, str], sentence: str) -> None:
    assert sentence in collected[1]


def test_a_learners_own_time_of_handing_in_is_left_out() -> None:
    assert collect.is_clutter(Path("timestamp.txt"))
    assert not collect.is_clutter(Path("data/times.txt"))


def test_reading_a_zip_needs_no_more_memory_than_its_list(tmp_path: Path) -> None:
    """A list of files that is told to be long is not read at all."""
    data = bytearray(zipped(tmp_path / "x.zip", "a").read_bytes())
    at = data.rindex(b"PK\x05\x06")
    struct.pack_into("<L", data, at + 12, 60_000)
    (tmp_path / "x.zip").write_bytes(data)

    assert refusal(tmp_path / "x.zip") == "it holds more than 20 files and folders"


def test_an_empty_file_is_no_zip(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(io.BytesIO().getvalue())

    assert refusal(tmp_path / "x.zip") == "it is damaged, or no zip that can be read"
