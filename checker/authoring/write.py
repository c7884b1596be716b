"""Which generated files are stale, and writing them; nobody's work is replaced or removed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from pathlib import Path

from checker.authoring.release import ignored, release
from checker.authoring.source import build

RELEASED = "exercises/.released.json"
"""Remembers what was written last: a file that differs from it is somebody's work."""


class State(Enum):
    """How a file on the disk stands to what it should be."""

    CURRENT = "current"
    STALE = "stale"
    EDITED = "edited"
    STRAY = "stray"


@dataclass(frozen=True, slots=True)
class Generated:
    """One generated file: its name below the course's root, what it should hold, how it stands."""

    name: str
    content: bytes
    state: State

    def sentence(self, *, checking: bool = False) -> str:
        """What to tell about the file, or nothing."""
        match self.state:
            case State.STALE if checking:
                return f"✗ {self.name} is not current; run make exercises"
            case State.STALE:
                return f"✓ {self.name} is written"
            case State.EDITED:
                return (
                    f"– {self.name} holds work and is left alone; move it away to have it made anew"
                )
            case State.STRAY:
                return f"– {self.name} is not part of the lesson and is left alone"
        return ""


def plan(folder: str, root: Path) -> tuple[Generated, ...]:
    """The generated files of a lesson, and the stray ones in its exercise folder."""
    solution = f"solutions/{folder}/{folder}.ipynb"
    wanted = {solution: build(root / "solutions" / folder / f"{folder}.md").encode()}
    wanted |= {f"exercises/{folder}/{n}": c for n, c in release(folder, root).items()}
    last = _last(root)
    known = [Generated(n, c, _state(root / n, c, last.get(n, ""))) for n, c in wanted.items()]
    return (*known, *_strays(folder, root, wanted))


def write(files: tuple[Generated, ...], root: Path) -> None:
    """Write what is stale, each file beside its place and then renamed, and remember it."""
    for one in files:
        if one.state is State.STALE:
            _put(root / one.name, one.content)
    _put(root / RELEASED, _memory(files, root))


def remembered(files: tuple[Generated, ...], root: Path) -> bool:
    """Whether the memory of the last release holds these files as they are."""
    path = root / RELEASED
    return path.exists() and path.read_bytes() == _memory(files, root)


def _memory(files: tuple[Generated, ...], root: Path) -> bytes:
    """What is to be remembered once these files are written."""
    kept = [one for one in files if one.state in (State.CURRENT, State.STALE)]
    now = {**_last(root), **{one.name: _digest(one.name, one.content) for one in kept}}
    return f"{json.dumps(now, indent=1, sort_keys=True)}\n".encode()


def work_in(folder: str, root: Path) -> tuple[str, ...]:
    """The files of an exercise folder that are neither current nor as released last."""
    lost = (State.EDITED, State.STRAY)
    there = [one for one in plan(folder, root) if one.name.startswith("exercises/")]
    evidence = (root / "exercises" / folder).glob("*.evidence*.json")
    names = [one.name for one in there if one.state in lost]
    return (*names, *(str(path.relative_to(root)) for path in sorted(evidence)))


def _state(path: Path, content: bytes, last: str) -> State:
    if not path.exists():
        return State.STALE
    there = path.read_bytes()
    if there == content:
        return State.CURRENT
    generated = (last, _digest(path.name, content))
    return State.STALE if _digest(path.name, there) in generated else State.EDITED


def _strays(folder: str, root: Path, wanted: Mapping[str, bytes]) -> Iterator[Generated]:
    here = root / "exercises" / folder
    for path in sorted(here.rglob("*")):
        name = path.relative_to(root).as_posix()
        parts = path.relative_to(here).parts
        if path.is_file() and name not in wanted and not any(map(ignored, parts)):
            yield Generated(name, b"", State.STRAY)


def _digest(name: str, content: bytes) -> str:
    """A file's fingerprint; of a notebook only what a person may have put in counts."""
    return sha256(_substance(content) if name.endswith(".ipynb") else content).hexdigest()


def _substance(content: bytes) -> bytes:
    """A notebook's cells and outputs: opening and saving it changes neither."""
    try:
        cells = json.loads(content)["cells"]
        kept = [[c["cell_type"], "".join(c["source"]), c.get("outputs", [])] for c in cells]
    except (ValueError, KeyError, TypeError):
        return content
    return json.dumps(kept, sort_keys=True).encode()


def _last(root: Path) -> dict[str, str]:
    """What was written last, by name; nothing when that is not known."""
    try:
        found = json.loads((root / RELEASED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _put(path: Path, content: bytes) -> None:
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)
