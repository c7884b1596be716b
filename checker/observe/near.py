"""Names on an engine that resemble those that are missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from checker.engine import Client
from checker.model import Near, Snapshot, Wanted
from checker.words.text import coarse_pattern, near_pattern, repository

NEAR_MOST = 100


def look(client: Client, wanted: Wanted, there: Snapshot) -> Iterator[Near]:
    """Names like those that are missing; the engine filters, so that a crowd costs nothing."""
    for kind, names, found in (
        ("container", wanted.containers, there.containers),
        ("image", wanted.images, there.images),
        ("volume", wanted.volumes, there.volumes),
        ("network", wanted.networks, there.networks),
    ):
        known = {one.name for one in found}
        asked = [name for name in names if f"{kind} {name}" in wanted.near]
        missing = [name for name in asked if name not in known]
        for name, like in (_like(client, kind, missing) if missing else {}).items():
            others = tuple(other for other in like if other not in names)[:3]
            if others:
                yield Near(kind=kind, wanted=name, there=others)


def _like(client: Client, kind: str, names: list[str]) -> dict[str, list[str]]:
    """For each name those like it; the engine tries one short pattern on each of a crowd."""
    if kind == "image":
        return {name: _tags(client, name) for name in names}
    patterns = {name: near_pattern(name) for name in names}
    filters = json.dumps({"name": [coarse_pattern(names)]})
    if kind == "volume":
        found = (client.get("/volumes", filters=filters) or {}).get("Volumes") or []
        there = sorted(one["Name"] for one in found)
    elif kind == "network":
        there = sorted(one["Name"] for one in client.get("/networks", filters=filters) or [])
    else:
        seen = client.get("/containers/json", all=1, limit=NEAR_MOST, filters=filters)
        there = [one["Names"][0].lstrip("/") for one in seen or [] if one.get("Names")]
    return {
        name: [other for other in there if re.search(pattern, other)]
        for name, pattern in patterns.items()
    }


def _tags(client: Client, name: str) -> list[str]:
    own = repository(name).removeprefix("docker.io/").removeprefix("library/")
    seen = client.get("/images/json", filters=json.dumps({"reference": [own]}))
    return sorted({tag for one in seen or [] for tag in one.get("RepoTags") or []})
