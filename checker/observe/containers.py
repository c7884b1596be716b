"""Containers and their logs, looked at on an engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checker import reading
from checker.engine import Client, EngineTrouble
from checker.model import Container, Wanted
from checker.redact import is_secret, without_secrets

LOG_LINES = 200
LOG_SECONDS = 2.0
LOG_BYTES = 16_000


def look(
    client: Client, name: str, wanted: Wanted, folder: Path, secrets: list[str]
) -> Container | None:
    """The container of this name; the values of its secret variables join `secrets`."""
    seen = client.get(f"/containers/{name}/json")
    if seen is None or seen.get("Name", "").lstrip("/") != name:  # a prefix of an id finds it too
        return None
    state = seen.get("State") or {}
    secrets += _secrets(seen)
    died = state.get("Status") == "exited" and state.get("ExitCode")
    log = _log(client, name, seen) if name in wanted.logs or died else None
    shown = None if log is None else without_secrets(log, secrets)
    held_back = _throttled(client, name) if name in wanted.counters and _runs(state) else None
    return reading.container(name, seen, wanted.env, folder, shown, throttled=held_back)


def _runs(state: dict[str, Any]) -> bool:
    return state.get("Status") == "running"


def _throttled(client: Client, name: str) -> bool | None:
    """The counters as they stand; one shot, since a second one would take a second."""
    seen = client.get(f"/containers/{name}/stats", **{"stream": "false", "one-shot": "true"})
    return None if seen is None else reading.throttled(seen)


def _log(client: Client, name: str, seen: dict[str, Any]) -> str | None:
    """The end of the log; none where the engine takes too long, as for one endless line."""
    try:
        frames = client.fetch(
            f"/containers/{name}/logs",
            {"stdout": 1, "stderr": 1, "tail": LOG_LINES},
            limit=LOG_BYTES * 4,
            timeout=LOG_SECONDS,
        )
    except EngineTrouble as trouble:
        if trouble.kind == "timeout":
            return None
        raise
    text = reading.log(frames or b"", tty=bool((seen.get("Config") or {}).get("Tty")))
    return text[-LOG_BYTES:]


def _secrets(seen: dict[str, Any]) -> list[str]:
    """The values of a container's secret variables, to be hidden wherever they turn up."""
    lines = (seen.get("Config") or {}).get("Env") or []
    pairs = (line.partition("=")[::2] for line in lines)
    return [value for name, value in pairs if is_secret(name) and value]
