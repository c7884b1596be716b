"""Words about a container's health, as its image's own check tells it."""

from __future__ import annotations

from checker.claim import Claim, Failed, Subject, Verdict, held_if, now
from checker.model import Container
from checker.words import findings

CHECKED = 30.0
"""Seconds the first checks of health may take."""


class WithHealth:
    """What a container's words say of its health."""

    __slots__ = ()

    def is_healthy(self: Subject[Container]) -> Claim:
        """The container runs, and the last health check of its image went well."""
        return now(
            self,
            "is healthy",
            _look,
            hint="HEALTHCHECK in the Dockerfile says how health is asked for; "
            "docker inspect shows under State.Health what came back.",
            patience=CHECKED,
        )


def _look(box: Container) -> Verdict:
    if not box.running:
        return Failed(findings.state(box), findings.revive(box), settled=True)
    if not box.health:
        return Failed("its image has no health check", settled=True)
    told = {"starting": "its first health check is still to come"}
    found = told.get(box.health, f"its health check says that it is {box.health}")
    return held_if(box.health == "healthy", found=found)
