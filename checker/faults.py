"""What goes wrong between us and an engine, as sentences. It asks no engine anything."""

from __future__ import annotations

from checker.whereabouts import Engine, EngineTrouble

OVER_SSH = (
    "The checker cannot look at an engine over ssh, as {host} asks. "
    "Use an engine on this machine: unset DOCKER_HOST, or type docker context use default."
)
NO_ADDRESS = (
    "{host} is not the address of a Docker engine, which begins with unix:// or tcp://. "
    "Correct or unset DOCKER_HOST, or type docker context use default."
)


def no_engine_there(engine: Engine) -> EngineTrouble:
    """The sentence for an address that cannot be one of an engine."""
    sentence = OVER_SSH if engine.host.startswith("ssh://") else NO_ADDRESS
    return EngineTrouble("absent", sentence.format(host=engine.host))


def trouble(engine: Engine, fault: BaseException) -> EngineTrouble:
    """The sentence for what a connection raised."""
    said = f"{fault!r} {fault.__cause__!r} {fault.__context__!r}"
    for marks, kind, sentence in _SENTENCES:
        if any(mark in said for mark in marks):
            return EngineTrouble(kind, sentence.format(host=engine.host))
    return EngineTrouble(
        "died",
        f"The Docker engine at {engine.host} stopped answering. Start it again, then check again.",
    )


_SENTENCES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("PermissionError", "Permission denied"),
        "permission",
        "You may not use the Docker engine at {host}. "
        "Join the group that owns its socket, or type make start.",
    ),
    (
        ("Timeout", "timed out"),
        "timeout",
        "The Docker engine at {host} did not answer within 10 seconds. "
        "It may be busy: wait, then check again.",
    ),
    (
        (
            "FileNotFoundError",
            "No such file",
            "ConnectionRefused",
            "Connection refused",
            "NameResolutionError",
        ),
        "absent",
        "No Docker engine answers at {host}. "
        "Start Docker, or type make start in the workbook's folder.",
    ),
)
