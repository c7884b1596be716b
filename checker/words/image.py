"""Words about images: that one is there, its names, and that one was removed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from checker.claim import HELD, Claim, Failed, Verdict, held_if, now, over
from checker.model import Evidence, Image, Snapshot, Wanted
from checker.words.subject import missing, stays
from checker.words.text import canonical, familiar, listed, shown


@dataclass(frozen=True, slots=True)
class ImageWord:
    """An image, by a name with its tag."""

    name: str

    @property
    def key(self) -> str:
        """The image in sentences."""
        return f"image {self.name}"

    @property
    def wants(self) -> Wanted:
        """One inspect of this image."""
        return Wanted(images=(self.name,), near=(self.key,))

    def find(self, snapshot: Snapshot) -> Image | None:
        """The image as the snapshot shows it."""
        return next((one for one in snapshot.images if one.name == self.name), None)

    def absence(self, snapshot: Snapshot) -> Failed:
        """No such image, and other tags of it that are there."""
        hint = f"docker pull {self.name} downloads it. Without a tag, Docker takes the tag latest."
        return missing(snapshot, "image", self.name, hint)

    def is_there(self) -> Claim:
        """The engine holds the image under this name."""
        return now(self, "is there", lambda _: HELD)

    def is_also_named(self, other: str) -> Claim:
        """The same image goes by the name `other` too."""

        def look(evidence: Evidence) -> Verdict:
            this, that = self.find(evidence.now), twin.find(evidence.now)
            if this is None:
                return self.absence(evidence.now)
            if that is None:
                return replace(twin.absence(evidence.now), hint=hint)
            others = [t for t in that.tags if canonical(t) != canonical(other)]
            which = f", {listed(shown(familiar(tag)) for tag in others)}" if others else ""
            return held_if(
                _is(self.name, that) or _is(other, this),
                found=f"{other} names another image{which}",
                hint=hint,
            )

        twin = ImageWord(other)
        hint = f"docker tag {self.name} {other} gives it a second name; the old one comes first."
        return over(self, f"is also named {other}", look, also=(twin,))

    def was_removed(self) -> Claim:
        """The engine held the image under this name at some moment, and no longer does."""

        def look(evidence: Evidence) -> Verdict:
            if self.find(evidence.now) is not None:
                return Failed(
                    "it is still there",
                    f"docker rmi {self.name} removes this name; the image goes with its last name.",
                )
            if any(self.find(shot) for shot in evidence.snapshots) or self._told(evidence):
                return HELD
            return Failed(
                f"no image named {self.name} has been seen",
                "The checker sees what happens while this notebook is open: make it again now.",
                missing=self.key,
            )

        return over(self, "was there and is removed", look)

    def outlives(self, other: ImageWord) -> Claim:
        """The name `other` was there and is removed, and the engine still holds this one."""
        return stays(self, other, other.was_removed())

    def _told(self, evidence: Evidence) -> bool:
        own = canonical(self.name)
        return any(
            e.kind == "image" and e.action in ("tag", "pull", "load") and canonical(e.name) == own
            for e in evidence.events
        )


def image(name: str) -> ImageWord:
    """The image named `name`, tag included."""
    return ImageWord(name)


def _is(name: str, one: Image) -> bool:
    return any(canonical(tag) == canonical(name) for tag in one.tags)
