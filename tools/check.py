"""Run every check of the project, pytest last; it knows nothing about what the tests claim.

A check that fails is shown where it fails and makes the exit code 1, and the others still run.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from checker.machine import run, start

BIN = Path(sys.executable).parent
PYTHON = sys.executable
SKIPPED_IF_FAST = "not live and not browser"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LINT = (
    ("Format", (str(BIN / "ruff"), "format", "--check", "--quiet", ".")),
    ("Lint", (str(BIN / "ruff"), "check", "--quiet", ".")),
    ("Types", (str(BIN / "mypy"), "--no-error-summary")),
)
PANEL = ("Panel", (PYTHON, "-m", "tools.panel", "--check"))
GRADER = (PYTHON, "-m", "checker.grading.seal")
DOCS = ("Documentation", ("make", "--no-print-directory", "docs"))


def holds(name: str, command: Sequence[str]) -> bool:
    """Run one check; show what it says only when it fails."""
    done = subprocess.run(command, cwd=run.ROOT, capture_output=True, text=True, check=False)
    run.note(f"{'✗' if done.returncode else '✓'} {name}")
    if done.returncode:
        sys.stdout.write(done.stdout + done.stderr)
        sys.stdout.flush()
    return not done.returncode


def machine(*arguments: str) -> bool:
    """Have the workbook set something up on this computer; it shows its own progress."""
    command = (PYTHON, "-m", "checker.machine", *arguments)
    return not subprocess.run(command, cwd=run.ROOT, check=False).returncode


def set_up() -> bool:
    """Have an engine, the course's images, a browser, and what looks for barriers in pages."""
    ready = [machine("engine-up"), machine("mirror-up"), machine("need", "npm")]
    if not any(run.has(name) for name in BROWSERS):
        ready.append(machine("need", "chromium"))
    ready.append(not subprocess.run(GRADER, cwd=run.ROOT, env=start.environ()).returncode)
    return all(ready)


def tests(*options: str) -> int:
    """Run pytest with its output passed through."""
    command = (PYTHON, "-m", "pytest", *options)
    return subprocess.run(command, cwd=run.ROOT, env=start.environ(), check=False).returncode


def main(arguments: Sequence[str]) -> int:
    """Run the fast checks, or with no argument all of them."""
    fast = "--fast" in arguments
    held = [holds(*check) for check in LINT]
    if not fast:
        held += [holds(*DOCS), holds(*PANEL), set_up()]
    code = tests(*(["-m", SKIPPED_IF_FAST] if fast else []))
    return code or (0 if all(held) else 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
