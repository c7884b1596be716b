"""A true piece of a lesson, to show how one is written. It runs nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "checker/lessons/volumes.py"
STEP = 3


def excerpt() -> str:
    """One step of a lesson without its hints, and all that it needs to be a lesson by itself."""
    return "\n".join(_lines(SOURCE.read_text(encoding="utf-8"))) + "\n"


def _lines(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    whole = next(node.value for node in tree.body if "LESSON" in _defined(node))  # type: ignore[attr-defined]
    shown = whole.args[STEP]
    yield from (line for line in source.splitlines() if line.startswith("from checker import"))
    yield ""
    yield from (_text(source, node) for node in tree.body if _defined(node) & _used(shown))
    yield ""
    yield "LESSON = lesson("
    yield f"    {_text(source, whole.args[0])},"
    yield "    step("
    yield from (f"        {_text(source, one)}," for one in shown.args)
    yield "    ),"
    yield from (
        f"    minutes={_text(source, k.value)}," for k in whole.keywords if k.arg == "minutes"
    )
    yield ")"


def _text(source: str, node: ast.AST) -> str:
    return ast.get_source_segment(source, node) or ""


def _used(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _defined(node: ast.stmt) -> set[str]:
    """The names that an assignment gives."""
    targets = node.targets if isinstance(node, ast.Assign) else []
    return {name for target in targets for name in _used(target)}
