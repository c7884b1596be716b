"""The image that seals are made from, built on first use. It starts no seal."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checker.grading.seal.outside import Outside
from checker.grading.seal.values import SealTrouble
from checker.machine import run
from checker.machine.run import ROOT
from checker.machine.trouble import Trouble

NAME = "container-workbook/grader"
MADE_FROM = ("Dockerfile.course", "requirements.lock", "grader", "checker")
LOG = run.NOTES / "grader.log"
PIP = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_TRUSTED_HOST", "PIP_DEFAULT_TIMEOUT")
PIP_FILES = ("~/.config/pip/pip.conf", "~/.pip/pip.conf", "/etc/pip.conf")
NOT_BUILT = "The image that seals are made from was not built: {why}"


def ensure(outside: Outside) -> str:
    """The image's name, after a build where the engine does not have it."""
    name = f"{NAME}:{fingerprint(MADE_FROM)}"
    if not outside.succeeds("image", "inspect", name):
        build(outside, name)
        forget_others(outside, name)
    return name


def fingerprint(made_from: tuple[str, ...], root: Path = ROOT) -> str:
    """Name what the image is made from: a change in any file of it changes the name."""
    seen = hashlib.sha256()
    for path in sorted(file for part in made_from for file in files(root / part)):
        seen.update(f"\0{path.relative_to(root)}\0".encode() + path.read_bytes())
    return seen.hexdigest()[:16]


def files(part: Path) -> Iterator[Path]:
    """A file, or the files of a folder that the build sees."""
    for path in part.rglob("*") if part.is_dir() else (part,):
        if path.is_file() and path.suffix != ".pyc":
            yield path


def build(outside: Outside, name: str) -> None:
    """Build the image; it takes a minute or two, and a second where only the checker changed."""
    if not outside.succeeds("buildx", "version"):
        raise SealTrouble(
            "engine",
            "Docker has no buildx here, which builds the grader; install the package "
            "docker-buildx (or docker-buildx-plugin), then grade again.",
        )
    command = ("buildx", "--builder", "default", "build", "--load", "--progress", "plain")
    target = ("--file", str(ROOT / "Dockerfile.course"), "--target", "grader", "--tag", name)
    try:
        with secrets() as given, run.step("Building the image for sealed grading") as tell:
            outside.docker.follow(tell, LOG, *command, *target, *given, str(ROOT))
    except Trouble as trouble:
        raise SealTrouble("engine", NOT_BUILT.format(why=trouble)) from trouble


@contextmanager
def secrets() -> Iterator[list[str]]:
    """This machine's own pip settings, as secrets that no layer keeps."""
    with tempfile.NamedTemporaryFile("w", suffix=".env") as settings:
        settings.writelines(f"{name}={os.environ[name]}\n" for name in PIP if name in os.environ)
        settings.flush()
        named = (os.environ.get("PIP_CONFIG_FILE", ""), *PIP_FILES)
        found = [str(path) for path in map(Path.expanduser, map(Path, named)) if path.is_file()]
        given = [("pipenv", settings.name), *(("pipconf", path) for path in found[:1])]
        if cert := os.environ.get("PIP_CERT"):
            given.append(("pipcert", cert))
        yield [word for key, path in given for word in ("--secret", f"id={key},src={path}")]


def forget_others(outside: Outside, name: str) -> None:
    """Remove what earlier versions of the workbook left; an image that is in use stays."""
    for other in outside.text("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", NAME).split():
        if other != name:
            outside.succeeds("image", "rm", other)
