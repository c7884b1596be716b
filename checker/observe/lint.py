"""What hadolint, a linter for Dockerfiles, says about a file. It knows no engine and no rules."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from checker.model import Finding, Lint, Trouble
from checker.observe.fairness import is_no_fault
from checker.observe.files import Stored

SECONDS = 10.0
MOST = 50


def look(stored: Stored | None, name: str) -> Lint | Trouble | None:
    """All that the linter says about the file; nothing where there is no such file."""
    if stored is None:
        return None
    text = stored.content
    key = f"file {name}"
    program = find()
    if program is None:
        return Trouble(key=key, why="the linter hadolint is not installed; make start installs it")
    try:
        said = _said(program, text[:100_000])
        return Lint(place=f"./{name}", findings=findings(said, text.decode(errors="replace")))
    except (OSError, subprocess.SubprocessError, ValueError, KeyError) as fault:
        return Trouble(key=key, why=f"the linter hadolint gives no answer ({type(fault).__name__})")


@lru_cache(maxsize=8)
def _said(program: str, text: bytes) -> bytes:
    """The linter's answer, which for the same text is the same."""
    command = [program, "--no-fail", "--format", "json", "--config", "/dev/null", "-"]
    return subprocess.run(
        command, input=text, capture_output=True, timeout=SECONDS, check=True
    ).stdout


def find() -> str | None:
    """The linter: beside this Python, or on the PATH."""
    beside = Path(sys.executable).parent / "hadolint"
    return str(beside) if beside.exists() else shutil.which("hadolint")


def findings(said: bytes, text: str) -> tuple[Finding, ...]:
    """The linter's JSON as values, without what is no fault."""
    return tuple(
        Finding(rule=one["code"], line=one["line"], says=one["message"][:300])
        for one in json.loads(said)[:MOST]
        if not is_no_fault(one["code"], one["line"], text)
    )
