"""Words about what a container mounts, and where."""

from __future__ import annotations

from checker.claim import Claim, Failed, Subject, Verdict, held_if, now
from checker.model import Container
from checker.words import findings
from checker.words.subject import name_of
from checker.words.volume import VolumeWord


class WithMounts:
    """What a container's words say of its mounts."""

    __slots__ = ()

    def mounts(self: Subject[Container], volume: VolumeWord, *, at: str) -> Claim:
        """The named volume is mounted at the path `at`."""

        def look(box: Container) -> Verdict:
            here = findings.mount_at(box, at)
            right = here is not None and (here.kind, here.source) == ("volume", volume.name)
            return held_if(right, found=findings.mount(box, at))

        hint = findings.for_life(name_of(self), "mounts", f"with -v {volume.name}:{at}")
        return now(self, f"mounts {volume.key} at {at}", look, hint=hint, also=(volume,))

    def mounts_folder(self: Subject[Container], folder: str, *, at: str) -> Claim:
        """The folder, written `./part` from the lesson's folder, is bind-mounted at `at`."""

        def look(box: Container) -> Verdict:
            here = findings.mount_at(box, at)
            right = here is not None and (here.kind, here.source) == ("bind", folder)
            return held_if(right, found=findings.mount(box, at))

        part = folder.removeprefix(".")
        hint = findings.for_life(name_of(self), "mounts", f'with -v "$PWD{part}":{at}')
        return now(self, f"mounts the folder {folder} at {at}", look, hint=hint)

    def cannot_write_to(self: Subject[Container], at: str) -> Claim:
        """What is mounted at the path `at` is mounted read-only."""

        def look(box: Container) -> Verdict:
            here = findings.mount_at(box, at)
            if here is None:
                return Failed(f"nothing is mounted at {at}")
            return held_if(not here.writable, found=f"what is mounted at {at} is writable")

        rule = f"Read-only is said where the mount is made: -v …:{at}:ro, or readonly in --mount."
        return now(self, f"cannot write to {at}", look, hint=rule)
