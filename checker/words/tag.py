"""Words about tags in a registry: which image each points to. Only the observer asks there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from checker.claim import Claim, Failed, Subject, Unknown, Verdict, held_if, over, troubled
from checker.model import Container, Evidence, Image, Question, Reply, Snapshot, Wanted
from checker.words.reply import HEARD
from checker.words.text import listed, shown

ACCEPT = ", ".join(
    f"application/vnd.{kind}+json"
    for kind in (
        "oci.image.index.v1",
        "oci.image.manifest.v1",
        "docker.distribution.manifest.list.v2",
        "docker.distribution.manifest.v2",
    )
)
"""The kinds of image that the registry may name; without this it tells another digest."""


@dataclass(frozen=True, slots=True)
class TagWord:
    """A tag of a repository in a registry that runs in the container `holder`."""

    holder: Subject[Container]
    port: int
    repository: str
    tag: str

    @property
    def name(self) -> str:
        """The image's name within its registry."""
        return f"{self.repository}:{self.tag}"

    @property
    def key(self) -> str:
        """The tag in sentences."""
        return f"tag {self.tag} of {self.repository}"

    @property
    def wants(self) -> Wanted:
        """Where the tag points, and for near names what else the registry has."""
        asked = (self._manifest, self._tags, self._catalog)
        return Wanted(questions=asked).and_(self.holder.wants)

    @property
    def _manifest(self) -> Question:
        path, accept = f"/v2/{self.repository}/manifests/{self.tag}", (("Accept", ACCEPT),)
        return self._question(path, method="HEAD", headers=accept)

    @property
    def _tags(self) -> Question:
        return self._question(f"/v2/{self.repository}/tags/list")

    @property
    def _catalog(self) -> Question:
        return self._question("/v2/_catalog")

    def _question(
        self, path: str, method: str = "GET", headers: tuple[tuple[str, str], ...] = ()
    ) -> Question:
        box = self.holder.wants.containers[0]
        return Question(container=box, port=self.port, path=path, method=method, headers=headers)

    def find(self, snapshot: Snapshot) -> Image | None:
        """The image that the tag points to, as far as the registry tells: its digest."""
        reply = self._heard(snapshot, self._manifest)
        if reply is None or reply.status != 200 or not reply.digest:
            return None
        return Image(name=self.name, id="", digests=(reply.digest,))

    def _heard(self, snapshot: Snapshot, question: Question) -> Reply | None:
        box = self.holder.find(snapshot)
        if box is None or not box.running or not self._is_published(box):
            return None
        return next((one for one in snapshot.replies if one.key == question.key), None)

    def _is_published(self, box: Container) -> bool:
        own = (self.port, "tcp")
        return any((door.inside, door.protocol) == own for door in box.ports)

    def absence(self, snapshot: Snapshot) -> Verdict:
        """Why no such tag was found."""
        box, reply = self.holder.find(snapshot), self._heard(snapshot, self._manifest)
        if box is None:
            return troubled(self.holder, snapshot) or self.holder.absence(snapshot)
        if not box.running:
            return Unknown(f"{self.holder.key} must be running first")
        if not self._is_published(box):
            return Unknown(f"{self.holder.key} must publish port {self.port} first")
        if reply is None:
            return Unknown(f"{self.holder.key} was not asked")
        if reply.failure or reply.status not in (200, 404):
            return Failed(reply.failure or f"it answers {reply.status}", HEARD)
        hint = f"docker tag and docker push take the whole name: HOST:PORT/{self.name}"
        return Failed(self._instead(snapshot), hint, missing=self.key)

    def _instead(self, snapshot: Snapshot) -> str:
        """What the registry has in place of the tag."""
        tags = self._listed(snapshot, self._tags, "tags")
        if tags:
            return f"it has {self.repository} as {listed(map(shown, tags[:6]))} alone"
        others = self._listed(snapshot, self._catalog, "repositories")
        there = f"; there is {listed(map(shown, others[:6]))}" if others else ", nor anything else"
        return f"it has no {self.repository}{there}"

    def _listed(self, snapshot: Snapshot, question: Question, what: str) -> list[str]:
        reply = self._heard(snapshot, question)
        return sorted(_names(reply.body, what)) if reply and reply.status == 200 else []

    def points_where(self, other: TagWord) -> Claim:
        """Both tags point to the same image."""
        return self._compared(other, same=True)

    def points_elsewhere_than(self, other: TagWord) -> Claim:
        """The tags point to two different images."""
        return self._compared(other, same=False)

    def _compared(self, other: TagWord, *, same: bool) -> Claim:
        def look(evidence: Evidence) -> Verdict:
            mine, yours = self.find(evidence.now), other.find(evidence.now)
            if mine is None:
                return self.absence(evidence.now)
            if yours is None:
                return Unknown(f"{other.key} must be there to compare")
            both = "both point to one image" if not same else "they point to two images"
            return held_if((mine.digests == yours.digests) == same, found=both)

        said = "points to the same image as" if same else "points to another image than"
        return over(
            self,
            f"{said} {other.key}",
            look,
            hint="A push moves a tag: what is pushed under a name last is what the name means.",
            also=(other,),
        )


def _names(body: str, what: str) -> Iterator[str]:
    """The names in a registry's list, if it is one."""
    try:
        told = json.loads(body)
    except ValueError:
        return
    names = told.get(what) if isinstance(told, dict) else None
    yield from (name for name in names if isinstance(name, str)) if isinstance(names, list) else ()
