"""Build the panel of `panel/` into the package, so that learners need no Node.

`make panel` runs it; with `--check` it changes nothing and says whether what is built is what the
sources give. A sum of the sources stands beside what is built: a test that needs no Node reads it.
"""

from __future__ import annotations

import filecmp
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "panel"
PANEL = Path("labextensions/container-workbook")
PAGE = Path("page")
LIVE = ROOT / "checker" / "live"
SUM = "sources.sha256"
MODULES = ("page", "panel", "dialog", "dom", "messages", "view", "wire")
"""What the plain page loads; the rest is for JupyterLab alone."""

TOP = (
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "eslint.config.js",
    "rspack.config.cjs",
)


def sources() -> Iterator[Path]:
    """Every file that the panel is built from, in order."""
    yield from (SOURCES / name for name in TOP)
    for folder in ("src", "style"):
        yield from sorted(path for path in (SOURCES / folder).rglob("*") if path.is_file())


def sum_of_sources() -> str:
    """A sum that changes with any source."""
    seen = hashlib.sha256()
    for path in sources():
        seen.update(f"{path.relative_to(SOURCES).as_posix()}\n".encode() + path.read_bytes())
    return seen.hexdigest()


def do(*command: str) -> None:
    """Run a command in the panel's folder; it is quiet while all goes well."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        command,
        cwd=SOURCES,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\n✗ {' '.join(command)} stopped; see above.")


def install() -> None:
    """Have the packages of the lock file, unless they are those already."""
    lock, stamp = SOURCES / "package-lock.json", SOURCES / "node_modules" / ".made-from"
    if not stamp.is_file() or stamp.read_bytes() != lock.read_bytes():
        do("npm", "ci", "--no-audit", "--no-fund")
        stamp.write_bytes(lock.read_bytes())


def build(target: Path) -> None:
    """Lint, compile and bundle into a folder."""
    shutil.rmtree(SOURCES / "lib", ignore_errors=True)
    do("npm", "run", "--silent", "lint")
    do("npm", "run", "--silent", "compile")
    do("npm", "run", "--silent", "build")
    made = SOURCES / "lib" / "made"
    shutil.copytree(made, target / PANEL)
    (target / PAGE).mkdir()
    for name in MODULES:
        shutil.copy(SOURCES / "lib" / f"{name}.js", target / PAGE)
    shutil.copy(SOURCES / "style" / "panel.css", target / PAGE)
    (target / SUM).write_text(f"{sum_of_sources()}\n")


def files(folder: Path) -> dict[str, Path]:
    """The files that a build makes, by name."""
    made = (p for part in (PANEL, PAGE) for p in (folder / part).rglob("*") if p.is_file())
    every = (*made, folder / SUM)
    return {p.relative_to(folder).as_posix(): p for p in every if p.name != "index.html"}


def differences(built: Path, there: Path) -> list[str]:
    """The files that are not the same in two builds."""
    ours, theirs = files(built), files(there)
    both = sorted(set(ours) & set(theirs))
    _, unequal, broken = filecmp.cmpfiles(built, there, both, shallow=False)
    return sorted({*(set(ours) ^ set(theirs)), *unequal, *broken})


def take(built: Path) -> None:
    """Put what was built into the package."""
    for old in files(LIVE).values():
        old.unlink(missing_ok=True)
    shutil.copytree(built, LIVE, dirs_exist_ok=True)


def main(arguments: Sequence[str]) -> int:
    """Build, and take or compare what was built."""
    install()
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder)
        build(built)
        if "--check" not in arguments:
            take(built)
        elif stale := differences(built, LIVE):
            print(f"✗ The built panel is not what its sources give: {', '.join(stale)}.")
            print("  make panel builds it anew.")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
