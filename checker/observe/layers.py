"""All layers and settings of an image, searched for a text in what `docker save` would write."""

from __future__ import annotations

import json
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO, Any

from checker.engine import Client, EngineTrouble
from checker.model import Image, Search, Sought, Trouble

SECONDS = 60.0
"""How long the engine may take to begin with a large image."""

MOST_BYTES = 4_000_000_000
"""An image that is larger is not searched."""

PIECE = 1 << 20
SETTINGS_BYTES = 1 << 20


@dataclass(slots=True)
class Layers:
    """Searches images; an image never changes, so each is searched once for each text."""

    client: Client
    _known: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def see(self, wanted: Iterable[Sought], images: Iterable[Image]) -> Iterator[Search | Trouble]:
        """What each search finds; an image that is not there is not searched."""
        there = {image.name: image for image in images}
        for one in wanted:
            if image := there.get(one.image):
                try:
                    places = self._places(one, image)
                except EngineTrouble as trouble:
                    if trouble.kind in ("absent", "permission", "died"):
                        raise
                    yield Trouble(key=one.key, why=str(trouble))
                    continue
                yield Search(key=one.key, places=places)

    def _places(self, sought: Sought, image: Image) -> tuple[str, ...]:
        key = (image.id, sought.text)
        if key not in self._known:
            if image.size > MOST_BYTES:
                raise EngineTrouble("refused", f"Image {image.name} is too large to be searched.")
            path = f"/images/{image.name}/get"
            with self.client.stream(path, timeout=SECONDS) as packed:
                self._known[key] = () if packed is None else _found(packed, sought.text.encode())
        return self._known[key]


def _found(packed: IO[bytes], text: bytes) -> tuple[str, ...]:
    """The layers that hold the text, named by the instructions that made them, and the settings."""
    hits: list[str] = []
    settings: dict[str, Any] = {}
    try:
        with tarfile.open(fileobj=packed, mode="r|", bufsize=PIECE) as archive:
            for member in archive:
                blob = archive.extractfile(member) if member.isreg() else None
                if blob is None:
                    continue
                if member.size < SETTINGS_BYTES and (told := _settings(data := blob.read())):
                    settings = told
                elif member.size < SETTINGS_BYTES:
                    hits += _in_layer([data], text)
                else:
                    hits += _in_layer(_pieces(blob), text)
    except (tarfile.TarError, zlib.error, EOFError) as fault:
        raise EngineTrouble("refused", f"The image could not be read: {fault}.") from fault
    steps = dict(_steps(settings))
    layers = [steps[digest] for digest in hits if digest in steps]
    return (*layers, *_in_settings(settings, text.decode()))


def _pieces(blob: IO[bytes]) -> Iterator[bytes]:
    while piece := blob.read(PIECE):
        yield piece


def _settings(data: bytes) -> dict[str, Any]:
    """An image's settings, where the bytes are those."""
    try:
        told = json.loads(data)
    except ValueError:
        return {}
    return told if isinstance(told, dict) and "rootfs" in told else {}


def _in_layer(pieces: Iterable[bytes], text: bytes) -> list[str]:
    """The digest of the layer's unpacked bytes, when they hold the text."""
    digest, rest, hit = sha256(), b"", False
    for piece in _unpacked(pieces):
        digest.update(piece)
        hit = hit or text in piece or text in rest + piece[: len(text)]
        rest = (rest + piece[-len(text) :])[-len(text) :]
    return [f"sha256:{digest.hexdigest()}"] if hit else []


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces as they are, or unpacked where they are packed by gzip."""
    unpack: Any = None
    for number, piece in enumerate(pieces):
        if number == 0 and piece[:2] == b"\x1f\x8b":
            unpack = zlib.decompressobj(wbits=31)
        yield unpack.decompress(piece) if unpack else piece


def _steps(settings: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each layer's digest with the instruction that made it."""
    made = [one for one in settings.get("history") or [] if not one.get("empty_layer")]
    layers = (settings.get("rootfs") or {}).get("diff_ids") or []
    said = [_instruction(one.get("created_by", "")) for one in made]
    for number, digest in enumerate(layers):
        known = number < len(said) and said[number]
        yield digest, f"the layer of {known}" if known else "a layer"


def _instruction(said: str) -> str:
    return said.replace("/bin/sh -c #(nop) ", "").removesuffix(" # buildkit").strip()


def _in_settings(settings: dict[str, Any], text: str) -> Iterator[str]:
    config = settings.get("config") or {}
    for where, part in (
        ("its environment", config.get("Env")),
        ("its labels", config.get("Labels")),
        ("its command", [config.get("Cmd"), config.get("Entrypoint"), config.get("Healthcheck")]),
        ("its history", [one.get("created_by") for one in settings.get("history") or []]),
    ):
        if text in json.dumps(part or "", ensure_ascii=False):
            yield where
