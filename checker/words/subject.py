"""What all nouns share: how absence is told, and that one outlives another. It knows no noun."""

from __future__ import annotations

from dataclasses import replace

from checker.claim import HELD, Claim, Failed, Subject, Unknown, Verdict, over
from checker.model import Evidence, Snapshot
from checker.words.text import listed, shown


def missing(snapshot: Snapshot, kind: str, name: str, hint: str) -> Failed:
    """The thing is not there; a near name is offered when the engine has one."""
    near = next((n.there for n in snapshot.near if (n.kind, n.wanted) == (kind, name)), ())
    there = f" (there is {listed(shown(other) for other in near)})" if near else ""
    return Failed(f"no {kind} is named {name}{there}", hint, missing=f"{kind} {name}")


def name_of(subject: Subject[object]) -> str:
    """The name of a thing that sentences call `container web`."""
    return subject.key.partition(" ")[2]


WENT_TOO = "It went as well. Make or pull it again, and remove things by their name."


def stays(subject: Subject[object], other: Subject[object], removed: Claim) -> Claim:
    """`subject` is there, and `removed` tells that `other` was there and is gone."""

    def look(evidence: Evidence) -> Verdict:
        if subject.find(evidence.now) is None:
            absent = subject.absence(evidence.now)
            was = any(subject.find(shot) for shot in evidence.snapshots)
            return replace(absent, hint=WENT_TOO) if was and isinstance(absent, Failed) else absent
        gone = removed.judge(evidence) == HELD
        return HELD if gone else Unknown(f"{other.key} must be made and removed first")

    return over(subject, f"outlives {other.key}", look, also=(other,))
