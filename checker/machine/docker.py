"""Speak to one engine through the `docker` command; it knows nothing about where that engine is."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.machine import run
from checker.machine.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Docker:
    """The `docker` command, aimed at one engine."""

    host: str

    @property
    def environ(self) -> Mapping[str, str]:
        """This process's environment with the engine's address in it, and no other context."""
        kept = {name: value for name, value in os.environ.items() if name != "DOCKER_CONTEXT"}
        return {**kept, "DOCKER_HOST": self.host}

    def text(self, *arguments: str, timeout: float = 60) -> str:
        """Give what a short docker command prints."""
        need_cli()
        return run.text(("docker", *arguments), self.environ, timeout)

    def succeeds(self, *arguments: str) -> bool:
        """Run a short docker command and tell whether it ended well."""
        need_cli()
        return run.succeeds(("docker", *arguments), self.environ)

    def follow(self, tell: run.Tell, log: Path, *arguments: str) -> None:
        """Run a long docker command and show its newest line."""
        need_cli()
        run.follow(("docker", *arguments), tell, log, self.environ)


def need_cli() -> None:
    """Stop when this machine has an engine but no `docker` command."""
    if not run.has("docker"):
        raise Trouble(
            "There is no docker command on the PATH; install the package docker-cli "
            "(or Docker Desktop), then run this again."
        )
