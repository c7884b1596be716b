"""What a seal is asked for and what it gives back, as values. It starts nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Network = Literal["mirror", "none", "packages"]
"""What a seal may reach: the course mirror, nothing, or the mirror and the package index."""

Kind = Literal["userns", "userns-privileged"]
"""How tight a seal is: `userns-privileged` trusts its outer part with more, and is opted into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one submission may use."""

    memory: str = "2g"
    cpus: float = 1.5
    processes: int = 512
    disk: str = "4G"
    output_bytes: int = 1_000_000
    cell_seconds: float = 120.0
    wall_seconds: float = 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How seals are made: on which engine, how tight, with what within reach.

    `host` is the outer engine's address, the engine at hand where it is empty. `mirror` is the
    course mirror's address as containers reach it; where it is empty the seal looks for it.
    `folder` is the name of the learner's working folder. `packages` are the hosts that builds
    may reach in the network "packages".
    """

    host: str = ""
    kind: Kind = "userns"
    network: Network = "mirror"
    mirror: str = ""
    folder: str = "work"
    packages: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)


class SealTrouble(Exception):
    """A submission could not be replayed; the message is for the instructor, with the remedy.

    `kind` is `refused`, `engine`, `mirror`, `time`, `memory` or `died`.
    """

    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRun:
    """What one cell showed, in nbformat's terms, and how it ended.

    `stopped` is empty for a cell that ended by itself; `time` and `output` say which limit it
    met, and `died` that the learner's kernel is gone: a new one starts with the next cell.
    """

    outputs: tuple[Mapping[str, Any], ...] = ()
    ok: bool = True
    seconds: float = 0.0
    stopped: str = ""
