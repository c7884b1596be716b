"""The rooms of the house, from the sentence that opens each module. It imports none of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

CHECKER = Path(__file__).resolve().parent.parent / "checker"


def rooms() -> tuple[Path, ...]:
    """The modules and packages of the checker, by name."""
    modules = (p for p in CHECKER.glob("*.py") if not p.name.startswith("__"))
    packages = (p.parent for p in CHECKER.glob("*/__init__.py"))
    return tuple(sorted([*modules, *packages]))


def page() -> str:
    """Each room with what it is for and whom it imports."""
    return "\n".join(entry(room) for room in rooms())


def entry(room: Path) -> str:
    """A room as an entry of a list."""
    parts = [room] if room.is_file() else sorted(room.rglob("*.py"))
    trees = {part: ast.parse(part.read_text(encoding="utf-8")) for part in parts}
    front = trees[room if room.is_file() else room / "__init__.py"]
    said = (ast.get_docstring(front) or "").partition("\n")[0]
    known = sorted({name for tree in trees.values() for name in imported(tree)} - {room.stem})
    imports = f"\n  Imports {', '.join(known)}." if known else ""
    return f"`checker/{room.name}`\n: {said}{imports}\n"


def imported(tree: ast.Module) -> Iterator[str]:
    """The rooms that a module imports from."""
    names = {room.stem for room in rooms()}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("checker"):
            _, _, below = (node.module or "").partition(".")
            found = [below.partition(".")[0]] if below else [alias.name for alias in node.names]
            yield from (name for name in found if name in names)
