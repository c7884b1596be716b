"""Build stand-ins from recipes and push them to the mirror; it knows nothing about the hub."""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from checker.machine import packages, root, run
from checker.machine.docker import Docker
from checker.machine.trouble import Trouble
from checker.mirror import manifest, registry
from checker.mirror.manifest import CourseImage

WORK = run.NOTES / "mirror"
LOG = run.NOTES / "mirror.log"
BASE = "debian.tar"
CA_BUNDLE = Path("/etc/ssl/certs/ca-certificates.crt")
DESCRIPTION = "Built from distribution packages for machines without a hub; not the hub's image."
LEFT_OUT = ("doc", "info", "linda", "lintian", "locale", "groff", "man")


def build(docker: Docker, address: str, wanted: Sequence[CourseImage]) -> None:
    """Build images and push them; what they build from comes from the mirror where it is there."""
    targets = {image.recipe: target(address, image, wanted) for image in wanted}
    sentence = "Building " + ", ".join(image.name for image in wanted)
    with forgotten(docker, targets.values()):
        bake(docker, targets, sentence, "--push")


def build_mirror(docker: Docker, tag: str) -> None:
    """Build the program of the mirror itself, which no mirror can hand out yet."""
    program = next(image for image in manifest.images() if image.name == "registry:2")
    family = manifest.with_parents((program,))
    targets = {image.recipe: target("container-workbook", image, family) for image in family}
    with forgotten(docker, targets.values()):
        bake(docker, targets, "Building the mirror itself", program.recipe)
        docker.text("tag", targets[program.recipe]["tags"][0], tag)


@contextmanager
def forgotten(docker: Docker, targets: Iterable[dict[str, Any]]) -> Iterator[None]:
    """Remove the names that builds leave in the engine, also those that are pushed."""
    try:
        yield
    finally:
        docker.succeeds("image", "rm", *(name for made in targets for name in made["tags"]))


def target(address: str, image: CourseImage, wanted: Sequence[CourseImage]) -> dict[str, Any]:
    """Describe one image to `docker buildx bake`."""
    return {
        "context": str(WORK / image.recipe),
        "contexts": {
            name: f"target:{parent.recipe}"
            if parent in wanted
            else f"docker-image://{manifest.at(address, name)}"
            for parent in manifest.parents(image)
            for name in parent.names
        },
        "tags": [manifest.at(address, name) for name in image.names],
        "labels": labels(image),
    }


def labels(image: CourseImage) -> dict[str, str]:
    """Say on the image itself what it is."""
    return {
        "org.opencontainers.image.title": f"{image.title} (stand-in for {image.name})",
        "org.opencontainers.image.description": DESCRIPTION,
        registry.STAND_IN: "true",
        registry.RECIPE: manifest.fingerprint(image),
    }


def bake(docker: Docker, targets: dict[str, Any], sentence: str, *options: str) -> None:
    """Build all targets in one run, then drop the build cache that it made."""
    need_buildx(docker)
    for image in manifest.images():
        if image.recipe in targets:
            prepare(image)
    file = WORK / "bake.json"
    group = {"default": {"targets": list(targets)}}
    file.write_text(json.dumps({"group": group, "target": targets}, indent=2))
    before = cache_records(docker)
    # Without "default" a builder that the user made would be asked, which cannot reach the mirror.
    command = ("buildx", "--builder", "default", "bake", "--file", str(file))
    try:
        with run.step(sentence) as tell:
            docker.follow(tell, LOG, *command, "--provenance=false", "--progress=plain", *options)
    finally:
        drop_cache(docker, before)


def need_buildx(docker: Docker) -> None:
    """Stop where Docker cannot build with BuildKit."""
    if not docker.succeeds("buildx", "version"):
        raise Trouble(
            "Docker has no buildx here, which builds the stand-ins; install the package "
            "docker-buildx (or docker-buildx-plugin), then run this again."
        )


def prepare(image: CourseImage) -> None:
    """Copy a recipe to where it is built, and make the Debian base for the one that adds it."""
    shutil.copytree(image.folder, WORK / image.recipe, dirs_exist_ok=True)
    adds_base = f"ADD {BASE}" in (image.folder / "Dockerfile").read_text(encoding="utf-8")
    if adds_base and not (WORK / image.recipe / BASE).exists():
        make_base(WORK / image.recipe)


def make_base(folder: Path) -> None:
    """Make the file system of a small Debian 13 from this machine's own package source."""
    packages.need("mmdebstrap")
    unfinished = folder / f"{BASE}.part.tar"
    with run.step("Making a small Debian") as tell:
        run.follow(base_command(folder, unfinished), tell, LOG)
    unfinished.rename(folder / BASE)


def base_command(folder: Path, tar: Path) -> list[str]:
    """Give the mmdebstrap command; sources and certificates are those of this machine."""
    uploads = [f"upload {folder / 'docker-clean'} /etc/apt/apt.conf.d/docker-clean"]
    if CA_BUNDLE.exists():
        uploads.append(f"upload {CA_BUNDLE} {CA_BUNDLE}")
    return [
        *root.as_root("mmdebstrap", "--variant=minbase", "--include=ca-certificates"),
        '--aptopt=Acquire::Languages "none"',
        *(f"--dpkgopt=path-exclude=/usr/share/{name}/*" for name in LEFT_OUT),
        "--dpkgopt=path-include=/usr/share/doc/*/copyright",
        # The settings in docker-clean hide these files from apt's own cleaning.
        '--customize-hook=rm -f "$1"/var/cache/apt/*.bin',
        *(f"--customize-hook={upload}" for upload in uploads),
        "trixie",
        str(tar),
        *(source.line for source in packages.trixie_sources()),
    ]


def cache_records(docker: Docker) -> frozenset[str]:
    """List the build cache's records."""
    found = docker.text("buildx", "--builder", "default", "du", "--verbose")
    rows = (line.partition(":") for line in found.splitlines())
    return frozenset(value.strip() for key, _, value in rows if key == "ID")


def drop_cache(docker: Docker, kept: frozenset[str]) -> None:
    """Remove the records that came after `kept`; the user's own stay."""
    if not kept:
        docker.succeeds("buildx", "--builder", "default", "prune", "--all", "--force")
        return
    for _ in range(20):
        new = cache_records(docker) - kept
        removed = [remove_record(docker, record) for record in new]
        if not any(removed):
            return


def remove_record(docker: Docker, record: str) -> bool:
    """Remove one record, unless another is built upon it."""
    prune = ("buildx", "--builder", "default", "prune", "--all", "--force")
    return record in docker.text(*prune, "--filter", f"id={record}")


def forget_base() -> None:
    """Remove the folder that stand-ins were built in."""
    try:
        shutil.rmtree(WORK, ignore_errors=False)
    except FileNotFoundError:
        return
    except OSError as reason:
        raise Trouble(f"{WORK} stays: {reason}; remove it by hand.") from None
