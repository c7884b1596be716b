"""Files inside images, read from a container that is made for it and never started."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from checker.engine import Client, EngineTrouble
from checker.model import File, Image, Trouble
from checker.observe.files import inside

PLACE = "image "
"""How the place of a file inside an image begins: `image name:tag /path`."""

LABEL = "container-workbook.look"
"""Marks the containers that are made for a look, should one ever be left behind."""


@dataclass(slots=True)
class Insides:
    """What files images have; an image never changes, so each is read once."""

    client: Client
    _known: dict[tuple[str, str], File] = field(default_factory=dict)

    def see(
        self, places: Iterable[str], images: Iterable[Image], secrets: Iterable[str]
    ) -> Iterator[File | Trouble]:
        """What is at these places; an image that is not there has no files at all."""
        wanted = [place for place in places if place.startswith(PLACE)]
        for image in images:
            own = [one for one in wanted if one.split(" ", 2)[1] == image.name]
            try:
                self._read(
                    image, [one for one in own if (image.id, one) not in self._known], secrets
                )
            except EngineTrouble as trouble:
                if trouble.kind in ("absent", "permission", "died"):
                    raise
                yield from (Trouble(key=_said(one), why=str(trouble)) for one in own)
                continue
            yield from (self._known[image.id, one] for one in own)

    def _read(self, image: Image, places: list[str], secrets: Iterable[str]) -> None:
        if not places:
            return
        with _container(self.client, image.id) as box:
            for place in places:
                path = place.split(" ", 2)[2]
                self._known[image.id, place] = inside(self.client, box, path, place, secrets)


@contextmanager
def _container(client: Client, image: str) -> Iterator[str]:
    """The id of a container of the image; it is never started, and removed at the end."""
    body = {"Image": image, "Cmd": ["never"], "Labels": {LABEL: "1"}, "NetworkDisabled": True}
    made = client.create_container(body)
    if made is None:
        raise EngineTrouble("refused", "The image went while it was looked into.")
    try:
        yield made
    finally:
        client.delete(f"/containers/{made}", force="true", v="true")


def _said(place: str) -> str:
    """The file in sentences, which is also its subject's key."""
    _, name, path = place.split(" ", 2)
    return f"file {path} in image {name}"
