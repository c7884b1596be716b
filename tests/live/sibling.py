"""Keep an image's layers while its name comes and goes, so that pulling it again costs little."""

from __future__ import annotations

import io
import json
import tarfile
from hashlib import sha256
from typing import Any

from docker.errors import APIError


def keep_layers(api: Any, name: str) -> str:
    """A second image of the same layers, as `workbook-kept/…`; returns its name.

    It is an image of its own and not a second tag, so that nothing a lesson says about the
    image's names changes. An engine that does not share layers that way gets the second tag.
    """
    kept = f"workbook-kept/{name.replace('/', '-')}"
    layers = api.inspect_image(name)["RootFS"]["Layers"]
    try:
        for line in api.load_image(_archive(kept, layers)):
            if "error" in line:
                raise APIError(line["error"])
        api.inspect_image(kept)
    except APIError:
        repository, _, tag = kept.rpartition(":")
        api.tag(name, repository, tag)
    return kept


def _archive(name: str, layers: list[str]) -> bytes:
    """What `docker load` takes, without the layers: the engine has them."""
    config = json.dumps(
        {
            "architecture": "amd64",
            "os": "linux",
            "config": {"Labels": {"workbook.tests": name}},
            "rootfs": {"type": "layers", "diff_ids": layers},
        }
    ).encode()
    own = f"{sha256(config).hexdigest()}.json"
    paths = [f"{number}/layer.tar" for number in range(len(layers))]
    manifest = [{"Config": own, "RepoTags": [name], "Layers": paths}]
    return _tar({own: config, "manifest.json": json.dumps(manifest).encode()})


def _tar(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for path, data in files.items():
            member = tarfile.TarInfo(path)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def scratch(api: Any, name: str) -> None:
    """An image with nothing in it."""
    answer: Any = api.import_image_from_data(_tar({}), repository=name)
    if "error" in str(answer):
        raise RuntimeError(str(answer))
