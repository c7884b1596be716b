"""Words about volumes: that one is there, and outlives a container."""

from __future__ import annotations

from dataclasses import dataclass

from checker.claim import HELD, Claim, Failed, Subject, Verdict, held_if, now, over
from checker.model import Container, Evidence, Snapshot, Volume, Wanted
from checker.words.subject import missing


@dataclass(frozen=True, slots=True)
class VolumeWord:
    """A named volume."""

    name: str

    @property
    def key(self) -> str:
        """The volume in sentences."""
        return f"volume {self.name}"

    @property
    def wants(self) -> Wanted:
        """One inspect of this volume."""
        return Wanted(volumes=(self.name,), near=(self.key,))

    def find(self, snapshot: Snapshot) -> Volume | None:
        """The volume as the snapshot shows it."""
        return next((one for one in snapshot.volumes if one.name == self.name), None)

    def absence(self, snapshot: Snapshot) -> Failed:
        """No such volume, and the near names."""
        hint = (
            f"docker volume create {self.name} makes it; docker run -v {self.name}:/path does too."
        )
        return missing(snapshot, "volume", self.name, hint)

    def is_there(self) -> Claim:
        """The volume exists."""
        return now(self, "is there", lambda _: HELD)

    def was_removed(self) -> Claim:
        """The volume was there at some moment, and is gone."""

        def look(evidence: Evidence) -> Verdict:
            if self.find(evidence.now) is not None:
                return Failed(
                    "it is still there",
                    f"docker volume rm {self.name} removes it, once no container uses it.",
                )
            if any(self.find(shot) for shot in evidence.snapshots) or _told(self.name, evidence):
                return HELD
            return Failed(
                f"no volume named {self.name} has been seen",
                "What happened while this notebook was closed is not known: make it now.",
                missing=self.key,
            )

        return over(self, "was there and is removed", look)

    def outlives(self, box: Subject[Container]) -> Claim:
        """The container used the volume and was removed, and the volume is still the same one."""

        def look(evidence: Evidence) -> Verdict:
            volume, there = self.find(evidence.now), box.find(evidence.now)
            if volume is None:
                return self.absence(evidence.now)
            uses = _uses(self, box, evidence)
            if not uses:
                return Failed(
                    f"{box.key} has not been seen with {self.key}",
                    "Mount the volume when you run the container, while this notebook is open.",
                )
            ended = [then for user, then in uses if there is None or there.id != user.id]
            if there is not None and not ended:
                hint = f"Remove it and see that the volume stays: docker rm -f {there.name}"
                return Failed(f"{box.key} is still there", hint)
            return held_if(
                any(then.created == volume.created for then in ended),
                found=f"{self.key} is a new one, created {volume.created}",
                hint="The old volume was removed, and an empty one took its name.",
            )

        return over(self, f"outlives {box.key}", look, also=(box,))


def _uses(
    word: VolumeWord, box: Subject[Container], evidence: Evidence
) -> list[tuple[Container, Volume]]:
    """Every look at which the container mounted the volume, with both as they were."""
    pairs = [(box.find(shot), word.find(shot)) for shot in evidence.snapshots]
    own = ("volume", word.name)
    return [
        (user, volume)
        for user, volume in pairs
        if user and volume and any((m.kind, m.source) == own for m in user.mounts)
    ]


def _told(name: str, evidence: Evidence) -> bool:
    return any((event.kind, event.name) == ("volume", name) for event in evidence.events)


def volume(name: str) -> VolumeWord:
    """The volume named `name`."""
    return VolumeWord(name)
