"""Words about images: that one is there, its names, what it declares, and what is in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from checker.claim import HELD, Claim, Failed, Unknown, Verdict, held_if, now, over, troubled
from checker.model import Evidence, Image, Sought, Wanted
from checker.words.declared import By, DeclaredWord
from checker.words.file import FileWord
from checker.words.subject import stays
from checker.words.text import canonical, familiar, listed, shown

NOT_LOOKED = Unknown("the image has not been looked into yet")


@dataclass(frozen=True, slots=True)
class ImageWord(DeclaredWord):
    """An image, by a name with its tag."""

    def file(self, path: str) -> FileWord:
        """A file inside the image, by its absolute path."""
        return FileWord(f"image {self.name} {path}", f"file {path} in {self.key}", holder=self)

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
                "What happened while this notebook was closed is not known: make it now.",
                missing=self.key,
            )

        return over(self, "was there and is removed", look)

    def outlives(self, other: ImageWord) -> Claim:
        """The name `other` was there and is removed, and the engine still holds this one."""
        return stays(self, other, other.was_removed())

    def has_file(self, path: str) -> Claim:
        """The image has a file or folder at the absolute path `path`."""
        inner = self.file(path)

        def look(evidence: Evidence) -> Verdict:
            if self.find(evidence.now) is None:
                return self.absence(evidence.now)
            if inner.at(evidence.now) is None:
                return troubled(inner, evidence.now) or NOT_LOOKED
            return held_if(
                inner.find(evidence.now) is not None, found=f"there is nothing at {path}"
            )

        hint = "COPY in the Dockerfile takes it from the build context: first from where, then to."
        return over(self, f"has {path}", look, hint=hint, also=(inner,))

    def has_no_file(self, path: str) -> Claim:
        """The image has nothing at the absolute path `path`; what a layer hides may be below."""
        inner = self.file(path)

        def look(evidence: Evidence) -> Verdict:
            if self.find(evidence.now) is None:
                return self.absence(evidence.now)
            there = inner.at(evidence.now)
            if there is None:
                return troubled(inner, evidence.now) or NOT_LOOKED
            return held_if(there.kind == "absent", found=f"there is a {there.kind} at {path}")

        hint = "A .dockerignore names what COPY may not take, as it is called in the folder built."
        return over(self, f"has no {path}", look, hint=hint, also=(inner,))

    def keeps_out(self, text: str, *, called: str) -> Claim:
        """No layer and no setting of the image holds `text`, a secret that is `called` so."""
        sought = Sought(image=self.name, text=text, called=called)

        def look(evidence: Evidence) -> Verdict:
            if self.find(evidence.now) is None:
                return self.absence(evidence.now)
            if trouble := next((t for t in evidence.now.troubles if t.key == sought.key), None):
                return Unknown(trouble.why, trouble=True)
            search = next((s for s in evidence.now.searches if s.key == sought.key), None)
            if search is None:
                return NOT_LOOKED
            return held_if(not search.places, found=f"it is in {listed(map(shown, search.places))}")

        rule = "What a layer holds stays, even when a later one deletes it; build without it anew."
        said = f"keeps {called} out of all its layers and settings"
        return replace(over(self, said, look, hint=rule), asks=Wanted(searches=(sought,)))

    def smaller_than(self, other: ImageWord, *, by: float = 1.0) -> Claim:
        """Its size is less than `by` times that of `other`, as this engine counts both."""
        part = "" if by == 1 else f"{by:.0%} of the size of ".replace("50% of", "half")

        def compare(one: Image, that: Image) -> Verdict:
            share = one.size / that.size if that.size else 1.0
            return held_if(share < by, found=f"it has {share:.0%} of its size")

        hint = "docker history shows which instruction made how much of it."
        return self._against(other, f"is smaller than {part}{other.key}", compare, hint)

    def is_built_from(self, base: ImageWord) -> Claim:
        """Its first layers are all those of the image `base`."""

        def compare(one: Image, that: Image) -> Verdict:
            same = one.layer_ids[: that.layers] == that.layer_ids
            return held_if(same and bool(that.layers), found="it has other layers below")

        hint = f"FROM {base.name} is the first line of its Dockerfile."
        return self._against(base, f"is built from {base.key}", compare, hint)

    def shares_layers_with(self, other: ImageWord, *, all_but: int = 0) -> Claim:
        """Both begin with the same layers, of which this image has at most `all_but` more."""

        def compare(one: Image, that: Image) -> Verdict:
            pairs = zip(one.layer_ids, that.layer_ids, strict=False)
            shared = next((n for n, (a, b) in enumerate(pairs) if a != b), None)
            shared = min(one.layers, that.layers) if shared is None else shared
            own = one.layers - shared
            same = f"the first {shared} of its {one.layers} layers are" if shared else "no layer is"
            return held_if(shared > 0 and own <= all_but, found=f"{same} the same")

        hint = (
            "The cache serves an instruction as long as it and all before it have the same input."
        )
        which = f"all but the last {all_but} layers" if all_but > 1 else "all but the last layer"
        said = f"has {which if all_but else 'all layers'} in common with {other.key}"
        return self._against(other, said, compare, hint)

    def built_after(self, other: ImageWord) -> Claim:
        """It was built later than `other`."""
        hint = f"docker build -t {self.name} . makes it anew where an input has changed."

        def compare(one: Image, that: Image) -> Verdict:
            return held_if(one.created > that.created, found=f"it was built at {one.created}")

        return self._against(other, f"was built after {other.key}", compare, hint)

    def _against(
        self,
        other: ImageWord,
        sentence: str,
        compare: Callable[[Image, Image], Verdict],
        hint: str,
    ) -> Claim:
        def look(evidence: Evidence) -> Verdict:
            this, that = self.find(evidence.now), other.find(evidence.now)
            if this is None:
                return self.absence(evidence.now)
            if that is None:
                pull = f": docker pull {other.name}" if other.by == "pull" else ""
                return Unknown(f"{other.key} must be there to compare{pull}")
            return compare(this, that)

        return over(self, sentence, look, hint=hint, also=(other,))

    def _told(self, evidence: Evidence) -> bool:
        own = canonical(self.name)
        return any(
            e.kind == "image" and e.action in ("tag", "pull", "load") and canonical(e.name) == own
            for e in evidence.events
        )


def image(name: str, by: By = "pull") -> ImageWord:
    """The image named `name`, tag included; where it is missing, the hint says how it comes.

    `by` is what learners get it with: "pull", "build", "tag" or "commit".
    """
    return ImageWord(name, by)


def _is(name: str, one: Image) -> bool:
    return any(canonical(tag) == canonical(name) for tag in one.tags)
