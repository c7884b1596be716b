"""Who may import whom: the arrows of docs/design.md, kept by reading the imports."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "checker"
CORE = {"model", "claim", "words", "lesson", "judge", "report", "evidence", "redact"}
LOOK = {"asking", "engine", "faults", "whereabouts", "wire", "reading", "observe", "session"}

MAY: dict[str, set[str]] = {
    "model": set(),
    "redact": {"model"},
    "claim": {"model"},
    "words": {"words", "claim", "model", "redact"},
    "lesson": {"words", "claim", "model"},
    "judge": {"lesson", "claim", "model"},
    "report": {"judge", "claim", "model"},
    "evidence": {"model"},
    "whereabouts": set(),
    "faults": {"whereabouts"},
    "wire": set(),
    "engine": {"faults", "whereabouts", "wire"},
    "reading": {"model", "redact"},
    "asking": {"model"},
    "observe": {"asking", "model", "engine", "reading", "redact", "words"},
    "handing_in": set(),
    "versions": {"evidence", "handing_in"},
    "session": {"observe", "judge", "evidence", "engine", "reading", "lesson", "model", "versions"},
    "course": set(),
    "lessons": {"lesson", "words", "claim", "model", "course", "checker"},
    "notebook": CORE | LOOK | {"lessons", "course"},
}
"""What each module of the core may import of the package; `checker` is the public words."""

ROOMS = {"machine", "mirror", "grading", "authoring", "live", "map", "commands", "cli", "doctor"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    """The part of the package that a module belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Every module that a file imports, wherever the import stands, but for type checking."""
    tree = ast.parse(path.read_text())
    typing = [
        n for n in ast.walk(tree) if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.dump(n.test)
    ]
    skipped = {id(inner) for node in typing for inner in ast.walk(node)}
    names: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def own(path: Path) -> set[str]:
    """The parts of the package that a module imports."""
    ours = {n.split(".")[1] for n in imported(path) if n.startswith("checker.")}
    known = {part(module) for module in MODULES}
    return {name if name in known else "checker" for name in ours} - {part(path)}


def outside(path: Path) -> set[str]:
    """The packages of others that a module imports."""
    return {name.split(".")[0] for name in imported(path)} - {"checker", "__future__"}


@pytest.mark.parametrize("name", MAY)
def test_a_module_imports_only_what_it_may(name: str) -> None:
    for path in (module for module in MODULES if part(module) == name):
        assert own(path) <= MAY[name], path.name


@pytest.mark.parametrize("path", MODULES, ids=[str(p.relative_to(PACKAGE)) for p in MODULES])
def test_nothing_in_the_core_imports_a_room(path: Path) -> None:
    if part(path) in MAY:
        assert own(path).isdisjoint(ROOMS)


@pytest.mark.parametrize("path", MODULES, ids=[str(p.relative_to(PACKAGE)) for p in MODULES])
def test_only_the_engine_imports_docker_and_only_the_notebook_ipython(path: Path) -> None:
    allowed = {"docker": {"engine"}, "IPython": {"notebook"}}
    for package, parts in allowed.items():
        assert package not in outside(path) or part(path) in parts


@pytest.mark.parametrize("path", MODULES, ids=[str(p.relative_to(PACKAGE)) for p in MODULES])
def test_nobody_imports_the_notebook_or_the_command(path: Path) -> None:
    free = {"__init__", "__main__", "cli", "commands"}
    assert part(path) in free or own(path).isdisjoint({"notebook", "cli", "commands"})


@pytest.mark.parametrize("name", ["model", "claim", "words", "lesson", "judge", "report", "redact"])
def test_what_judges_needs_the_standard_library_alone(name: str) -> None:
    import sys

    for path in (module for module in MODULES if part(module) == name):
        assert outside(path) <= sys.stdlib_module_names, path.name


@pytest.mark.parametrize("name", ["model", "claim", "words", "lesson", "judge", "report"])
def test_what_judges_knows_no_clock(name: str) -> None:
    for path in (module for module in MODULES if part(module) == name):
        assert outside(path).isdisjoint({"time", "datetime", "threading", "asyncio"}), path.name
