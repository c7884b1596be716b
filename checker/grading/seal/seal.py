"""One seal: started, filled, used and removed. It judges nothing and knows no gradebook."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from checker.engine import Client, Engine, connect
from checker.grading.seal import files
from checker.grading.seal.doorway import Doorway
from checker.grading.seal.learner import Learner
from checker.grading.seal.lines import Lines, NoLine
from checker.grading.seal.outside import Outside, piped
from checker.grading.seal.values import CellRun, SealTrouble, Settings
from checker.model import Json
from checker.observe.files import Stored

START = 120.0
"""Seconds that a seal may take to be ready on a busy machine; a free one takes about one."""

HOME = "/home/learner"
PYTHON = ("/opt/workbook/bin/python", "-I", "-B")
FILES = ("--user", "1000:1000", "inside", *PYTHON, "/opt/seal/files.py")
MOVE = 120.0
"""Seconds that the files may take to go in or out."""

ENDED = {
    "time": "The {wall:.0f} seconds of the seal are over; raise wall_seconds, or look by hand.",
    "memory": "The seal ran out of its {memory} of memory; raise memory, or look by hand.",
    "died": "The seal's engine ended in the middle of the run; grade again, or look by hand.",
}
REFUSED = (
    "The engine at {host} cannot make a seal: {why} "
    "See workbook doctor --grading for what it lacks and what there is instead."
)


class Seal:
    """A private engine with a learner's kernel; every failure of ours is a `SealTrouble`."""

    def __init__(self, settings: Settings, outer: Outside, name: str, command: list[str]) -> None:
        self.name = name
        self.folder = f"{HOME}/{settings.folder}"
        self._limits, self._outside = settings.limits, outer
        self._end = time.monotonic() + settings.limits.wall_seconds
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the seal)
        self._child = outer.start(
            *command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said
        )
        self._lines = Lines(piped(self._child.stdout).fileno(), 100_000)
        self._learner = Learner(outer, name, self.folder, settings.limits.output_bytes)
        self._doorway: Doorway | None = None
        self._client: Client | None = None
        self._why = ""

    def wait_until_ready(self) -> None:
        """Wait until the engine inside answers; have the learner's kernel start meanwhile."""
        try:
            told = json.loads(self._lines.next(START))
        except (NoLine, ValueError):
            told = {"failed": self._last_words(), "kind": "refused"}
        if "ready" not in told:
            why = REFUSED.format(host=self._outside.docker.host, why=_sentence(told["failed"]))
            raise SealTrouble(told["kind"], why)
        self._learner.warm()

    def client(self) -> Client:
        """A client of the seal's engine, for the trusted side alone; raises `EngineTrouble`.

        Its `dial` reaches the ports that the learner's containers publish.
        """
        if self._client is None:
            self._doorway = self._doorway or Doorway(self._outside, self.name)
            self._client = connect(Engine(f"unix://{self._doorway.place}", "the seal"))
            self._client.dial = self._doorway.dial
        return self._client

    def put(self, contents: Mapping[str, bytes]) -> None:
        """Write files, by their relative names, into the learner's working folder."""
        self._move(files.packed(contents), "put", self.folder)

    def change(self, puts: Mapping[str, bytes], drops: Iterable[str] = ()) -> None:
        """Write and remove files in the midst of a run, as far as the learner could."""
        gone = tuple(drops)
        for name in gone:
            files.need_plain(name)
        self._move(files.packed(puts), "change", self.folder, *gone)

    def take(self, most_bytes: int) -> Mapping[str, Stored]:
        """The folder's regular files, the smallest first, until there are too many bytes."""
        with self._inside("take", self.folder, str(most_bytes)) as child:
            found = dict(files.unpacked(piped(child.stdout), most_bytes))
            child.kill()
        return found

    def run(self, source: str, seconds: float | None = None) -> CellRun:
        """Run one cell in the learner's kernel."""
        left = self._end - time.monotonic()
        self._need_alive()
        told = self._learner.run(source, min(seconds or self._limits.cell_seconds, left))
        if told.stopped:
            self._need_alive()
        return told

    def answers(self, names: Iterable[str]) -> Mapping[str, Json]:
        """Variables of the learner's kernel that JSON can tell."""
        self._need_alive()
        return self._learner.answers(list(names))

    def noticed(self) -> tuple[str, ...]:
        """Signs that somebody inside tampered with the engine, in sentences for the instructor."""
        if self._ended():
            return ()
        with suppress(SealTrouble):
            told = self._outside.text("exec", self.name, "tail", "-n20", "/run/seal/noticed")
            return tuple(dict.fromkeys(told.splitlines()))
        return ()

    def close(self) -> None:
        """Remove the seal and all that was in it; a second call does nothing."""
        for part in (self._client, self._doorway, self._learner):
            with suppress(Exception):
                if part:
                    part.close()
        self._client = self._doorway = None
        with suppress(Exception):
            self._remove()
        self._said.close()

    def _remove(self) -> None:
        """Let the first program end, and the container with it; else have the engine end it."""
        if self._child.stdin:
            self._child.stdin.close()
        try:
            self._child.wait(15)
        except subprocess.TimeoutExpired:
            self._outside.succeeds("rm", "--force", "--volumes", self.name)
            self._child.kill()
            self._child.wait()
        if self._child.stdout:
            self._child.stdout.close()

    def _move(self, archive: bytes, *words: str) -> None:
        with self._inside(*words) as child:
            try:
                _, said = child.communicate(archive, timeout=MOVE)
            except subprocess.TimeoutExpired:
                child.kill()
                said = b"it took too long"
            if child.returncode:
                self._need_alive()
                why = said.decode(errors="replace").strip().splitlines() or ["it said nothing"]
                raise SealTrouble("refused", f"The files did not go into the seal: {why[-1]}")

    def _inside(self, *words: str) -> subprocess.Popen[bytes]:
        """The program that moves files, run inside as the learner."""
        command = ("exec", "--interactive", self.name, "runc", "exec", *FILES, *words)
        pipe = subprocess.PIPE
        return self._outside.start(*command, stdin=pipe, stdout=pipe, stderr=pipe)

    def _need_alive(self) -> None:
        """Raise where the seal has ended, and say why."""
        why = self._ended()
        if not why and time.monotonic() > self._end:
            why = "time"
        if why:
            sentence = ENDED.get(why, ENDED["died"])
            wall, memory = self._limits.wall_seconds, self._limits.memory
            raise SealTrouble(why, sentence.format(wall=wall, memory=memory))

    def _ended(self) -> str:
        """Why the seal has ended; nothing while it runs."""
        if not self._why:
            try:
                self._why = str(json.loads(self._lines.next(0)).get("ended", "died"))
            except NoLine:
                self._why = "died" if self._child.poll() is not None else ""
            except ValueError:
                self._why = "died"
        return self._why

    def _last_words(self) -> str:
        """What `docker run` said last."""
        self._said.seek(0)
        lines = self._said.read(100_000).decode(errors="replace").strip().splitlines()
        told = [line for line in lines if line and "--help" not in line] or ["it gave no answer."]
        return told[-1].removeprefix("docker: ").removeprefix("Error response from daemon: ")


def _sentence(said: Any) -> str:
    return f"{str(said).rstrip('.')}."
