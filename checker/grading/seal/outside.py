"""The engine that seals are made on, spoken to through the `docker` command."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import IO, Any

from checker import engine
from checker.engine import EngineTrouble
from checker.grading.seal.values import SealTrouble
from checker.machine.docker import Docker
from checker.machine.trouble import Trouble

PART = "org.container-workbook.part"
RUN = "org.container-workbook.run"
OWNER = "org.container-workbook.owner"

Pipe = int | IO[Any]

NO_ENGINE = (
    "Sealed grading needs a Docker engine of this machine, and none answers: {why} "
    "On Linux make engine starts the course's own."
)


@dataclass(frozen=True, slots=True)
class Outside:
    """The outer engine; every failure of it is a `SealTrouble`."""

    docker: Docker

    def text(self, *words: str, timeout: float = 60) -> str:
        """What a short docker command prints."""
        try:
            return self.docker.text(*words, timeout=timeout)
        except Trouble as trouble:
            raise SealTrouble("engine", str(trouble)) from trouble

    def succeeds(self, *words: str) -> bool:
        """Whether a short docker command ends well."""
        return self.docker.succeeds(*words)

    def start(
        self, *words: str, stdin: Pipe, stdout: Pipe, stderr: Pipe = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        """A docker command that runs beside us; Ctrl-C in the terminal does not reach it."""
        return subprocess.Popen(
            ("docker", *words),
            env=self.docker.environ,
            start_new_session=True,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
        )


def piped(end: IO[bytes] | None) -> IO[bytes]:
    """The end of a pipe that was asked for."""
    if end is None:
        raise ValueError("this command was started without that pipe")
    return end


def at(host: str) -> Outside:
    """The engine at an address, or the engine at hand."""
    try:
        return Outside(Docker(host or engine.find().host))
    except EngineTrouble as trouble:
        raise SealTrouble("engine", NO_ENGINE.format(why=trouble)) from trouble
