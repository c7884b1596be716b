"""Whether sealed grading can run on the engine at hand: it asks, tries once, and tells."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from checker.doctor.findings import Finding
from checker.grading.seal import Limits, SealTrouble, Settings, open_seal
from checker.grading.seal import outside as outer
from checker.grading.seal.grader import MADE_FROM, NAME, fingerprint
from checker.grading.seal.outside import Outside
from checker.grading.seal.reach import mirror

GB = 1024**3
WEAKER = (
    'To trust the outer part of a seal with more, set c.SealedExecute.kind = "userns-privileged" '
    "in nbgrader_config.py"
)
UNTRIED = {
    "apparmor": "it uses AppArmor, with which seals are untried",
    "selinux": "it uses SELinux, with which seals are untried",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What was found about the engine that seals would be made on."""

    why: str = ""
    info: Mapping[str, Any] = field(default_factory=dict)
    mirror: str = ""
    no_mirror: str = ""
    has_image: bool = False
    tried: str = ""
    refused: str = ""
    seconds: float = 0.0


def gather(settings: Settings) -> Grounds:
    """Ask the engine, and make one seal there to see whether it can."""
    try:
        found = outer.at(settings.host)
        info = json.loads(found.text("info", "--format", "{{json .}}"))
    except SealTrouble as trouble:
        return Grounds(why=str(trouble))
    near, lacking = _mirror(found, settings)
    image = found.succeeds("image", "inspect", f"{NAME}:{fingerprint(MADE_FROM)}")
    began = time.monotonic()
    refused = try_one(found) if image else ""
    return Grounds(
        info=info,
        mirror=near,
        no_mirror=lacking,
        has_image=image,
        tried="yes" if image else "",
        refused=refused,
        seconds=time.monotonic() - began,
    )


def _mirror(found: Outside, settings: Settings) -> tuple[str, str]:
    try:
        return mirror(found, settings), ""
    except SealTrouble as trouble:
        return "", str(trouble)


def try_one(found: Outside) -> str:
    """Make a seal and ask its engine; why it could not be made, or nothing."""
    little = Settings(
        host=found.docker.host, network="none", limits=Limits(memory="512m", wall_seconds=60)
    )
    try:
        with open_seal(little, run="doctor"):
            return ""
    except SealTrouble as trouble:
        return str(trouble)


def findings(grounds: Grounds) -> tuple[Finding, ...]:
    """All lines about sealed grading."""
    if grounds.why:
        return (Finding(about="seal", mark="✗", found=grounds.why),)
    return (engine(grounds), reachable(grounds), room(grounds), seal(grounds))


def engine(grounds: Grounds) -> Finding:
    """The engine is one on which seals were tried."""
    said = f"{grounds.info.get('OperatingSystem')} with Docker {grounds.info.get('ServerVersion')}"
    options = " ".join(grounds.info.get("SecurityOptions") or ())
    if "rootless" in options:
        return Finding(
            about="seal engine",
            mark="✗",
            found=f"{said} is rootless, so that limits inside a seal would not hold",
            remedy="Use an engine that runs as root, in a virtual machine where you have none.",
        )
    doubts = [*_doubts(str(grounds.info.get("OperatingSystem")), options)]
    if doubts:
        return Finding(about="seal engine", mark="–", found=f"{said}: {' and '.join(doubts)}")
    return Finding(about="seal engine", mark="✓", found=said)


def _doubts(system: str, options: str) -> Iterator[str]:
    if "Desktop" in system:
        yield "seals are untried on Docker Desktop"
    yield from (told for name, told in UNTRIED.items() if f"name={name}" in options)


def reachable(grounds: Grounds) -> Finding:
    """The course mirror is within a seal's reach."""
    if grounds.mirror:
        found = f"a seal reads the course mirror at {grounds.mirror}"
        return Finding(about="seal mirror", mark="✓", found=found)
    found, _, remedy = grounds.no_mirror.partition(". ")
    return Finding(about="seal mirror", mark="✗", found=found, remedy=remedy)


def room(grounds: Grounds) -> Finding:
    """How many seals fit at once."""
    memory, cores = int(grounds.info.get("MemTotal") or 0), int(grounds.info.get("NCPU") or 0)
    most = max(0, min(memory // (2 * GB), cores))
    found = f"{memory / GB:.0f} GB of memory and {cores} cores have room for {most} at once"
    if most:
        return Finding(about="seal room", mark="✓", found=found)
    remedy = "Set less memory for a seal in nbgrader_config.py."
    return Finding(about="seal room", mark="–", found=found, remedy=remedy)


def seal(grounds: Grounds) -> Finding:
    """A seal can be made; tried, not supposed."""
    if not grounds.has_image:
        found = "the image for seals is not built yet, so that none was tried"
        return Finding(about="seal", mark="–", found=found, remedy="Type make grader (1 GB).")
    if grounds.refused:
        return Finding(about="seal", mark="✗", found=grounds.refused.rstrip("."), remedy=WEAKER)
    found = f"a seal was made and removed in {grounds.seconds:.1f} s"
    return Finding(about="seal", mark="✓", found=found)
