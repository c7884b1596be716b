"""What a doctor knows and what it says, as frozen values. It asks nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mark = Literal["✓", "✗", "–"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PortFact:
    """A port that a lesson publishes; `free` is none where it could not be told."""

    number: int
    free: bool | None = True
    holder: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was found on this computer; none stands for what could not be told.

    `trouble` is why the engine could not be asked, as `EngineTrouble.kind` has it. The version
    of a command is empty where the command is missing.
    """

    system: str = "debian"
    host: str = ""
    found: str = ""
    trouble: str = ""
    why: str = ""
    version: str | None = None
    product: str = "Docker Engine"
    oldest_api: str | None = None
    cli: str | None = None
    compose: str | None = None
    buildx: str | None = None
    free: int | None = None
    free_at: str = ""
    memory: int | None = None
    ports: tuple[PortFact, ...] = ()
    hub: bool | None = None
    mirror: bool | None = None
    missing: tuple[str, ...] | None = None
    stand_ins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line: ✓ fine, ✗ a lesson could not run, – could not tell or worth knowing."""

    about: str
    mark: Mark
    found: str
    remedy: str = ""

    @property
    def page(self) -> str:
        """Where to read on; nothing where nothing is to be done."""
        if self.about.startswith("seal"):
            return "docs/sealed.md" if self.remedy else ""
        return f"docs/troubleshoot.md#doctor-{self.about}" if self.remedy else ""
