"""`nbgrader zip_collect` with a guarded door: a bad archive is refused whole, and by its name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from traitlets import Int, Unicode
from traitlets import List as ListOf

from checker.grading.intake import archive
from checker.grading.intake.names import Limits, Refused, shown

PATTERNS = (
    r"[^/]*_(?P<id>\d+)_assignsubmission_file_?",
    r"[^/_]+_(?:LATE_|late_)?(?P<id>\d+)_\d+_.*",
    r"(?P<id>[^/]+?)[-_]{lesson}(-\d+)?",
)
"""Where an archive's name, or the folder around it, says whose it is: Moodle's, Canvas's, ours."""

IN_THE_WAY = ("__MACOSX", ".DS_Store", "timestamp.txt", ".ipynb_checkpoints")
"""What is left out: the clutter of computers, and a time that a learner tells."""

_ID = re.compile(r"\w[\w@.+ -]{0,98}\w|\w")


class Unpack(ExtractorPlugin):
    """Unpacks each archive into a folder named after its learner, or refuses all of it."""

    most_archive_bytes = Int(Limits().archive_bytes, help="bytes of an archive").tag(config=True)
    most_bytes = Int(Limits().bytes, help="bytes of an unpacked submission").tag(config=True)
    most_files = Int(Limits().files, help="files and folders of a submission").tag(config=True)
    most_depth = Int(Limits().depth, help="folders within folders").tag(config=True)
    patterns = ListOf(Unicode(), list(PATTERNS), help="how names say whose they are").tag(
        config=True
    )

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack all archives that may be; name the others, each with its reason."""
        took = refused = 0
        for path in sorted(Path(archive_path).rglob("*"), key=newest_first):
            if path.is_dir() and not path.is_symlink():
                continue
            called = path.relative_to(archive_path).as_posix()
            try:
                student = owner(called, self._lesson, self.patterns)
                self._take(path, Path(extracted_path) / student)
                took += 1
            except Refused as fault:
                refused += 1
                self.log.error("%s is refused: %s.", shown(called), fault)
        say = self.log.error if refused else self.log.info
        say("%d archives are taken in, %d are refused.", took, refused)

    @property
    def _lesson(self) -> str:
        app: Any = self.parent
        return str(app.coursedir.assignment_id)

    def _take(self, path: Path, into: Path) -> None:
        if into.exists():
            raise Refused(f"a newer archive of {into.name} is taken in")
        if path.suffix.lower() != ".zip":
            raise Refused("it is no .zip; workbook submit makes one")
        limits = Limits(
            archive_bytes=self.most_archive_bytes,
            bytes=self.most_bytes,
            files=self.most_files,
            depth=self.most_depth,
        )
        archive.unpack(path, into, limits)
        try:
            base_of(into, self._lesson)
        except Refused:
            shutil.rmtree(into)
            raise


class Collect(FileNameCollectorPlugin):
    """Takes each unpacked file to its learner's folder, whatever its name ends in."""

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Whose file it is, and what it is called in the submission."""
        app: Any = self.parent
        root: Path = Path(app._format_collect_path(app.extracted_directory))
        path = Path(submitted_file)
        student = path.relative_to(root).parts[0]
        base = base_of(root / student, str(app.coursedir.assignment_id))
        if not path.is_relative_to(base) or is_clutter(path.relative_to(base)):
            return None
        return {"student_id": student, "file_id": path.relative_to(base).as_posix()}


def owner(called: str, lesson: str, patterns: list[str]) -> str:
    """The learner whose archive it is, told by its name or by the folder it lies in."""
    parts = called.removesuffix(".zip").removesuffix(".ZIP").split("/")
    for pattern in patterns:
        ready = re.compile(pattern.replace("{lesson}", re.escape(lesson)))
        for part in reversed(parts):
            if (found := ready.fullmatch(part)) and _ID.fullmatch(found["id"]):
                return found["id"]
    if parts[-1] != lesson and len(parts) == 1 and _ID.fullmatch(parts[-1]):
        return parts[-1]
    raise Refused(f"its name does not say whose it is; name it STUDENT-{lesson}.zip")


def newest_first(path: Path) -> tuple[int, float, str]:
    """What to sort archives by; a platform numbers those that are handed in again."""
    number = re.search(r"-(\d{1,4})$", path.stem)
    return (-int(number[1]) if number else 0, -path.lstat().st_mtime, path.name)


def base_of(folder: Path, lesson: str) -> Path:
    """The folder that holds the lesson's notebook: the top, or the only folder in it."""
    inner = [one for one in folder.iterdir() if one.is_dir() and one.name not in IN_THE_WAY]
    places = [folder, *inner] if len(inner) == 1 else [folder]
    for place in places:
        if (place / f"{lesson}.ipynb").is_file():
            return place
    raise Refused(f"it holds no {lesson}.ipynb")


def is_clutter(name: Path) -> bool:
    """Whether a file does not belong to a submission."""
    return any(part in IN_THE_WAY for part in name.parts)
