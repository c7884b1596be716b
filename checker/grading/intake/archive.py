"""Unpack a zip that somebody else made, or refuse all of it; it knows nothing about nbgrader."""

from __future__ import annotations

import shutil
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from struct import unpack_from
from tempfile import mkdtemp
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from checker.grading.intake.names import Limits, Refused, check, shown

BLOCK = 1 << 16
_END = b"PK\x05\x06"
_LARGE = b"PK\x06\x07"
_END_BYTES = 22
_LARGE_BYTES = 20
_LIST_BYTES = 1_000
"""Bytes of a zip's list of files for each file that is allowed."""


def unpack(path: Path, into: Path, limits: Limits) -> None:
    """Write the files of a zip into a new folder; raises `Refused`, and then nothing is written."""
    part = Path(mkdtemp(prefix=".unpacking-", dir=into.parent))
    try:
        _check_file(path, limits)
        with ZipFile(path) as zip_:
            members = _checked(zip_, limits)
            _write_all(zip_, members, part, limits)
    except (BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError):
        shutil.rmtree(part)
        raise Refused("it is damaged, or no zip that can be read") from None
    except BaseException:
        shutil.rmtree(part)
        raise
    part.chmod(0o755)
    part.rename(into)


def _check_file(path: Path, limits: Limits) -> None:
    """Look at the size and at the end of the file, before anything reads its list of files."""
    size = path.lstat().st_size
    if not stat.S_ISREG(path.lstat().st_mode):
        raise Refused("it is a link, or no file")
    if size > limits.archive_bytes:
        raise Refused(f"it has {size:,} bytes, and {limits.archive_bytes:,} are allowed")
    with path.open("rb") as file:
        file.seek(max(0, size - BLOCK - _END_BYTES - _LARGE_BYTES))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise Refused("it is damaged, or no zip that can be read")
    listed: int = unpack_from("<L", tail, at + 12)[0]
    large = at >= _LARGE_BYTES and tail.startswith(_LARGE, at - _LARGE_BYTES)
    if large or listed > limits.files * _LIST_BYTES:
        raise Refused(f"it holds more than {limits.files} files and folders")


def _checked(zip_: ZipFile, limits: Limits) -> list[ZipInfo]:
    members = zip_.infolist()
    check((one.orig_filename for one in members), limits)
    for one in members:
        if fault := _fault_of(one):
            raise Refused(f"{shown(one.orig_filename)} {fault}")
    if (told := sum(one.file_size for one in members)) > limits.bytes:
        raise Refused(_too_much(told, limits))
    return members


def _fault_of(one: ZipInfo) -> str:
    kind = stat.S_IFMT(one.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "is a link; hand in the file itself"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is no file and no folder"
    if one.flag_bits & 1:
        return "is encrypted"
    if one.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "is packed in a way that is not read here"
    return ""


def _write_all(zip_: ZipFile, members: list[ZipInfo], into: Path, limits: Limits) -> None:
    """What a zip says of its sizes may be wrong, so bytes are counted as they come."""
    left = limits.bytes
    for one in members:
        target = into / one.filename
        if one.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as out:
            for block in _blocks(zip_, one):
                if (left := left - len(block)) < 0:
                    raise Refused(_too_much(limits.bytes + 1, limits))
                out.write(block)


def _blocks(zip_: ZipFile, one: ZipInfo) -> Iterator[bytes]:
    with zip_.open(one) as file:
        while block := file.read(BLOCK):
            yield block


def _too_much(found: int, limits: Limits) -> str:
    return f"unpacked it has {found:,} bytes or more, and {limits.bytes:,} are allowed"
