"""What all nouns share: how a missing thing is told. It knows no noun in particular."""

from __future__ import annotations

from checker.claim import Failed
from checker.model import Snapshot
from checker.words.text import listed, shown


def missing(snapshot: Snapshot, kind: str, name: str, hint: str) -> Failed:
    """The thing is not there; a near name is offered when the engine has one."""
    near = next((n.there for n in snapshot.near if (n.kind, n.wanted) == (kind, name)), ())
    there = f" (there is {listed(shown(other) for other in near)})" if near else ""
    return Failed(f"no {kind} is named {name}{there}", hint, missing=f"{kind} {name}")
