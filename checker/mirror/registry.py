"""Look into a registry over plain HTTP; it knows nothing about engines and recipes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any

from checker.mirror import manifest

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
OCI_INDEX = "application/vnd.oci.image.index.v1+json"
ACCEPT = ", ".join((MANIFEST, LIST, OCI_MANIFEST, OCI_INDEX))
STAND_IN = "org.container-workbook.stand-in"
RECIPE = "org.container-workbook.recipe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An image as a registry holds it."""

    name: str
    digest: str
    size: int
    labels: Mapping[str, str]

    @property
    def is_stand_in(self) -> bool:
        """Whether it was built under a hub image's name."""
        return self.labels.get(STAND_IN) == "true"


def ask(address: str, method: str, path: str, timeout: float) -> tuple[int, str, bytes]:
    """Give status, digest and body of one request; status 0 when nobody answers."""
    connection = HTTPConnection(address, timeout=timeout)
    try:
        connection.request(method, path, headers={"Accept": ACCEPT})
        reply = connection.getresponse()
        return reply.status, reply.getheader("Docker-Content-Digest", ""), reply.read()
    except (OSError, HTTPException):
        return 0, "", b""
    finally:
        connection.close()


def answers(address: str, timeout: float = 1.0) -> bool:
    """Tell whether a registry answers at this address."""
    return ask(address, "GET", "/v2/", timeout)[0] == 200


def look(address: str, name: str, timeout: float = 5.0) -> Held | None:
    """Look at one image by its hub name."""
    where = f"/v2/{manifest.repository(name)}"
    status, digest, body = ask(address, "GET", f"{where}/manifests/{manifest.tag(name)}", timeout)
    if status != 200:
        return None
    found = json.loads(body)
    if "manifests" in found:
        first = found["manifests"][0]["digest"]
        found = json.loads(ask(address, "GET", f"{where}/manifests/{first}", timeout)[2])
    _, _, config = ask(address, "GET", f"{where}/blobs/{found['config']['digest']}", timeout)
    return Held(name=name, digest=digest, size=size(found), labels=labels(json.loads(config)))


def size(found: dict[str, Any]) -> int:
    """Add up what a pull transfers."""
    return int(found["config"]["size"]) + sum(int(layer["size"]) for layer in found["layers"])


def labels(config: dict[str, Any]) -> dict[str, str]:
    """Give an image's labels; an image without any has null there."""
    return dict(config.get("config", {}).get("Labels") or {})


def forget(address: str, held: Held, timeout: float = 5.0) -> None:
    """Remove an image from the registry, so that a pull by its name passes through to the hub."""
    where = f"/v2/{manifest.repository(held.name)}"
    ask(address, "DELETE", f"{where}/manifests/{held.digest}", timeout)
