"""Words about containers: how one runs, what it publishes, mounts and says."""

from __future__ import annotations

from dataclasses import dataclass

from checker.claim import HELD, Claim, Failed, Subject, Unknown, Verdict, held_if, now, over
from checker.model import Command, Container, Evidence, Wanted
from checker.redact import is_secret, masked
from checker.words import findings
from checker.words.command import CommandWord
from checker.words.file import FileWord
from checker.words.findings import ENDED, SETTLED
from checker.words.health import WithHealth
from checker.words.image import image as image_word
from checker.words.limits import Limited
from checker.words.mounts import WithMounts
from checker.words.network import OnNetworks
from checker.words.reply import Door
from checker.words.subject import stays
from checker.words.tag import TagWord
from checker.words.text import canonical, familiar, quoted, shown

SOON = 3.0
"""Seconds in which a short command in the background writes its line, and ends."""


@dataclass(frozen=True, slots=True)
class ContainerWord(WithMounts, OnNetworks, WithHealth, Limited):
    """A container, by its name."""

    def on(self, port: int, *, by: Subject[Container] | None = None) -> Door:
        """The container's port `port`, counted inside, as a door to send requests to.

        The request comes through the published port; with `by` it comes from inside that
        container, by name, and with the container itself from within.
        """
        return Door(self, port, by)

    def inside(self, *command: str) -> CommandWord:
        """A command that runs inside the container and changes nothing there."""
        return CommandWord(self, Command(container=self.name, argv=command))

    def file(self, path: str) -> FileWord:
        """A file inside the container, by its absolute path."""
        return FileWord(f"{self.name}:{path}", f"file {path} in container {self.name}", holder=self)

    def is_running(self) -> Claim:
        """The container runs now."""
        return now(
            self,
            "is running",
            lambda box: held_if(box.running, found=findings.state(box), hint=findings.revive(box)),
        )

    def has_stopped(self) -> Claim:
        """The container is still there, and its main process has ended."""
        return now(
            self,
            "has stopped and is kept",
            lambda box: held_if(box.status in ENDED, found=findings.state(box)),
            hint=f"docker stop {self.name} ends its main process and keeps the container.",
        )

    def exited_with(self, code: int) -> Claim:
        """The container's main process ended with exit code `code`, and the container is kept."""

        def look(box: Container) -> Verdict:
            ended = box.status in ENDED
            hint = findings.revive(box) if box.status == "created" else ""
            right = ended and box.exit_code == code
            return (
                HELD if right else Failed(findings.state(box), hint, settled=box.status in SETTLED)
            )

        rule = "A container ends with the exit code of its main process; docker ps -a shows it."
        return now(self, f"exited with code {code}", look, hint=rule, patience=SOON)

    def runs(self, image: str) -> Claim:
        """The container was created from `image`, under this or another name of the same image."""

        def look(evidence: Evidence) -> Verdict:
            box = self.find(evidence.now)
            if box is None:
                return self.absence(evidence.now)
            twins = [one for one in evidence.now.images if one.name == image]
            same = any(one.id == box.image_id for one in twins)
            right = same or canonical(box.image) == canonical(image)
            return held_if(right, found=f"it runs {shown(familiar(box.image))}")

        return over(
            self,
            f"runs image {image}",
            look,
            hint=findings.for_life(self.name, "image", f"from {image}"),
            also=(image_word(image),),
        )

    def is_pinned_to(self, tag: TagWord) -> Claim:
        """The container was made from a digest, the one that `tag` points to in its registry."""

        def look(evidence: Evidence) -> Verdict:
            box, there = self.find(evidence.now), tag.find(evidence.now)
            if box is None:
                return self.absence(evidence.now)
            if there is None:
                return Unknown(f"{tag.key} must be there to compare")
            right = box.image.partition("@")[2] in there.digests
            return held_if(right, found=findings.reference(box))

        return over(
            self,
            f"is pinned to the digest of {tag.key}",
            look,
            hint=findings.for_life(self.name, "image", "from NAME@sha256:…, without a tag"),
            also=(tag,),
        )

    def ran(self, image: str) -> Claim:
        """At some moment a container of this name ran from `image`; it may be gone by now."""

        def look(evidence: Evidence) -> Verdict:
            seen = findings.images_run(self.name, evidence)
            if not seen:
                return findings.never_seen(self.name)
            right = any(canonical(one) == canonical(image) for one in seen)
            return held_if(right, found=f"it ran {shown(familiar(seen[-1]))}")

        hint = f"The image comes after the options: docker run --name {self.name} {image} …"
        return over(self, f"ran from image {image}", look, hint=hint)

    def was_restarted(self) -> Claim:
        """The container was stopped, and the same container was started again."""

        def look(box: Container) -> Verdict:
            again = bool(box.finished) and box.started > box.finished
            once = "it has run only once, without a stop"
            return held_if(again, found=once if box.running else findings.state(box))

        hint = (
            f"docker stop {self.name}, then docker start {self.name}: "
            "start wakes the same container, run would make a new one."
        )
        return now(self, "was stopped and started again", look, hint=hint)

    def was_removed(self) -> Claim:
        """The container was there at some moment, and is gone."""

        def look(evidence: Evidence) -> Verdict:
            box = self.find(evidence.now)
            if box is not None:
                hint = f"docker rm {self.name} removes it; docker rm -f even while it runs."
                return Failed(f"it is still there: {findings.state(box)}", hint)
            seen = findings.was_there(self.name, evidence)
            return HELD if seen else findings.never_seen(self.name)

        return over(self, "was there and is removed", look)

    def outlives(self, other: ContainerWord) -> Claim:
        """The container `other` was there and is removed, and this one is still there."""
        return stays(self, other, other.was_removed())

    def publishes(self, inside: int, *, to: int, on: str = "") -> Claim:
        """Port `inside` is published on the host's port `to`, at the address `on` only if given."""
        where = f"{on}:{to}" if on else f"{to}"

        def look(box: Container) -> Verdict:
            doors = [
                p for p in box.ports if (p.inside, p.outside, p.protocol) == (inside, to, "tcp")
            ]
            at = {door.address for door in doors}
            # ::1 is what IPv6 calls the machine itself: beside 127.0.0.1 it opens nothing more.
            right = bool(doors) and (not on or {on} <= at <= {on, "::1"})
            hint = findings.publish_hint(self.name, inside, where)
            return held_if(right, found=findings.published(box), hint=hint)

        return now(self, f"publishes port {inside} on host port {where}", look)

    def has_env(self, variable: str, value: str) -> Claim:
        """The environment variable has this value; a secret is compared and never shown."""
        secret = is_secret(variable)

        def look(box: Container) -> Verdict:
            there = dict(box.env).get(variable)
            if there is None:
                return Failed(f"{variable} is not set in it")
            other = f"{variable} has another value" if secret else f"{variable} is {quoted(there)}"
            return held_if(there == masked(variable, value, asked=value), found=other)

        return now(
            self,
            f"has {variable} set to {'the value asked for' if secret else quoted(value)}",
            look,
            hint=findings.for_life(self.name, "environment", f"with -e {variable}=…"),
            asks=Wanted(containers=(self.name,), env=((variable, value),)),
        )

    def logs(self, text: str) -> Claim:
        """The last lines that the container wrote contain `text`."""

        def look(box: Container) -> Verdict:
            if box.log is None:
                return Unknown(f"the log of container {self.name} could not be read in time")
            last = findings.last_line(box.log)
            found = f"its log ends with {quoted(last)}" if last else "its log is empty"
            return HELD if text in box.log else Failed(found, settled=box.status in SETTLED)

        return now(
            self,
            f"wrote {quoted(text)} to its log",
            look,
            hint=f"docker logs {self.name} shows what its main process printed.",
            asks=Wanted(logs=(self.name,)),
            patience=SOON,
        )


def container(name: str) -> ContainerWord:
    """The container named `name`."""
    return ContainerWord(name)
