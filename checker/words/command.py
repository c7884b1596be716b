"""Words about what a command says that runs inside a container. Only the observer runs it."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass

from checker.claim import HELD, Claim, Failed, Subject, Unknown, Verdict, now, troubled
from checker.model import Command, Container, Output, Snapshot, Wanted
from checker.words.subject import name_of
from checker.words.text import quoted, shown

STARTING = 15.0
"""Seconds what is asked for may take to become ready, as a database does."""


@dataclass(frozen=True, slots=True)
class CommandWord:
    """What one command says inside a container."""

    holder: Subject[Container]
    command: Command

    @property
    def key(self) -> str:
        """The command in sentences."""
        return f"{shown(shlex.join(self.command.argv))} inside {self.holder.key}"

    @property
    def wants(self) -> Wanted:
        """The command, and the container it runs in."""
        return Wanted(commands=(self.command,)).and_(self.holder.wants)

    def find(self, snapshot: Snapshot) -> Output | None:
        """What came back; none while the container does not run."""
        box = self.holder.find(snapshot)
        if box is None or not box.running:
            return None
        return next((one for one in snapshot.outputs if one.key == self.command.key), None)

    def absence(self, snapshot: Snapshot) -> Verdict:
        """Why nothing came back."""
        box = self.holder.find(snapshot)
        if box is None:
            return troubled(self.holder, snapshot) or self.holder.absence(snapshot)
        if not box.running:
            return Unknown(f"{self.holder.key} must be running first")
        return Unknown(f"nobody asked inside {self.holder.key}")

    def prints(self, text: str) -> Claim:
        """The command prints `text`, among what else it prints."""
        return self._claim(f"prints {quoted(text)}", lambda one: text in one.text)

    def succeeds(self) -> Claim:
        """The command ends with exit code 0."""
        return self._claim("succeeds", lambda one: one.code == 0)

    def _claim(self, sentence: str, right: Callable[[Output], bool]) -> Claim:
        def look(one: Output) -> Verdict:
            if one.failure:
                return Failed(one.failure)
            return HELD if right(one) else Failed(_instead(one))

        hint = f"docker exec {name_of(self.holder)} …, typed by you, shows it."
        return now(self, sentence, look, hint=hint, patience=STARTING)


def _instead(one: Output) -> str:
    how = "" if one.code == 0 else f"it ends with exit code {one.code} and "
    if not one.text.strip():
        return f"{how or 'it '}prints nothing"
    return f"{how or 'it '}prints {quoted(one.text)}"
