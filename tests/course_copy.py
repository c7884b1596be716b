"""A small course in a folder of the test's own: lesson 1 in a few lines, or real lessons copied."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

FRONT = (
    "---\nkernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}\n---"
)
SETUP = 'from checker import check\ncheck("02_containers")'


def cell(source: str, id_: str = "", kind: str = "") -> str:
    """A code cell as MyST text."""
    options = f":nbgrader: {{id: {id_}, kind: {kind}}}\n" if id_ else ""
    return f"```{{code-cell}}\n{options}{source}\n```"


def check_cell(step: int) -> str:
    """A check as lesson 2 has it."""
    return cell(f'check("02_containers", step={step})', f"check-{step}", "check")


CHECKS = tuple(check_cell(step) for step in range(1, 7))


def solution_cell(inner: str = "docker ps", *, first: str = "%%bash", id_: str = "own") -> str:
    """A cell with a solution."""
    source = f"{first}\n### BEGIN SOLUTION\n{inner}\n### END SOLUTION"
    return cell(source, id_, "solution")


def text(*parts: str, setup: str = SETUP, checks: tuple[str, ...] = CHECKS) -> str:
    """The text of lesson 2, with these parts before its checks."""
    return "\n\n".join([FRONT, "# Two", cell(setup, "setup", "locked"), *parts, *checks, ""])


def write_text(root: Path, content: str) -> Path:
    """Put a text of lesson 2 into an empty course."""
    (root / "exercises").mkdir(exist_ok=True)
    place = root / "solutions" / "02_containers"
    place.mkdir(parents=True, exist_ok=True)
    md = place / "02_containers.md"
    md.write_text(content, encoding="utf-8")
    return md


def copy(root: Path, *folders: str) -> None:
    """Copy lessons and the settings of nbgrader from the checkout."""
    shutil.copy(ROOT / "nbgrader_config.py", root)
    for kind in ("solutions", "exercises"):
        for folder in folders:
            shutil.copytree(
                ROOT / kind / folder, root / kind / folder, ignore=shutil.ignore_patterns("*.evid*")
            )
