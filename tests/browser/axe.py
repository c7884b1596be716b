"""axe-core, which finds what keeps people from reading a page; fetched through npm, kept apart."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path

VERSION = "4.14.1"
KEPT = Path(__file__).resolve().parent.parent.parent / ".workbook" / "axe"


def script() -> str:
    """The program, as a page runs it; raises `RuntimeError` with the reason where it cannot."""
    path = KEPT / f"axe-{VERSION}.min.js"
    if not path.is_file():
        KEPT.mkdir(parents=True, exist_ok=True)
        with tarfile.open(packed()) as archive:
            member = archive.extractfile("package/axe.min.js")
            if member is None:
                raise RuntimeError(f"axe-core {VERSION} has no axe.min.js; take another version")
            path.write_bytes(member.read())
    return path.read_text(encoding="utf-8")


def packed() -> Path:
    """The package, whose bytes npm has compared with what its registry promises."""
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("npm is missing, and axe-core comes through it; install npm")
    done = subprocess.run(
        (npm, "pack", f"axe-core@{VERSION}", "--pack-destination", str(KEPT), "--silent"),
        cwd=KEPT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().partition("\n")[0]
        raise RuntimeError(f"npm could not fetch axe-core {VERSION}: {said}")
    return KEPT / f"axe-core-{VERSION}.tgz"
