"""What the page on packages in builds tells works, against an index of this computer's own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import runnable
from tests.live import package_index
from tests.live.bench import Bench
from tests.pages import ROOT

BASE = "python:3.13-slim"
BLOCKS = {
    block.caption: block.text
    for block in runnable.blocks(ROOT / "docs" / "packages.md")
    if block.caption
}


@pytest.fixture
def folder(bench: Bench, tmp_path: Path) -> Iterator[Path]:
    """A folder with the page's files, an index and a certificate; images that appear go again."""
    bench.images_ready((BASE,))
    before = bench.things()
    package_index.fill(tmp_path / "index")
    package_index.certificate(tmp_path)
    for name, text in BLOCKS.items():
        (tmp_path / name).write_text(text)
    yield tmp_path
    bench.remove(bench.things().beyond(before))
    bench.images_ready((BASE,))


def typed(folder: Path, name: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Type one of the page's commands; nothing is cached, and loopback is this computer's."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith("PIP_")}
    return subprocess.run(
        (
            "bash",
            "-c",
            BLOCKS[name].replace("docker build", "docker build --no-cache --network host", 1),
        ),
        cwd=folder,
        env={**ours, "HOME": str(folder), "PIP_RETRIES": "0", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def run(*command: str) -> str:
    """What a container of the built image prints."""
    done = subprocess.run(
        ("docker", "run", "--rm", "tidy:1", *command), capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def test_a_build_takes_packages_from_the_index_in_the_environment(folder: Path) -> None:
    with package_index.served(folder / "index") as address:
        done = typed(folder, "build", PIP_INDEX_URL=address)
    assert done.returncode == 0, done.stderr
    assert package_index.MARK in run("python", "-m", "tidy_rows")


def test_a_build_gets_no_address_where_none_is_set(folder: Path) -> None:
    last = 'RUN test -z "${PIP_INDEX_URL+set}"\n'
    (folder / "Dockerfile").write_text(f"FROM {BASE}\nARG PIP_INDEX_URL\n{last}")
    done = typed(folder, "build")
    assert done.returncode == 0, done.stderr


def test_a_secret_address_works_and_is_not_in_the_image(folder: Path) -> None:
    settings = folder / ".config" / "pip" / "pip.conf"
    settings.parent.mkdir(parents=True)
    with package_index.served(folder / "index") as address:
        settings.write_text(f"[global]\nindex-url = {address}\n")
        done = typed(folder, "build-secret")
    assert done.returncode == 0, done.stderr
    assert "No such file" in run("cat", "/etc/pip.conf")
    history = subprocess.run(
        ("docker", "history", "--no-trunc", "tidy:1"), capture_output=True, text=True, check=True
    )
    assert address not in history.stdout
    assert package_index.MARK in run("python", "-m", "tidy_rows")


def test_an_unknown_certificate_is_refused_with_the_message_of_the_page(folder: Path) -> None:
    with package_index.served(folder / "index", folder / "company.crt") as address:
        done = typed(folder, "build", PIP_INDEX_URL=address)
    assert done.returncode != 0
    assert "CERTIFICATE_VERIFY_FAILED" in done.stderr


def test_a_base_with_the_certificate_is_believed_by_the_builds_upon_it(folder: Path) -> None:
    with package_index.served(folder / "index", folder / "company.crt") as address:
        based = typed(folder, "build-base")
        done = typed(folder, "build", PIP_INDEX_URL=address)
    assert (based.returncode, done.returncode) == (0, 0), done.stderr
    assert package_index.MARK in run("python", "-m", "tidy_rows")


def test_a_certificate_passed_as_a_secret_is_believed_and_not_in_the_image(folder: Path) -> None:
    with package_index.served(folder / "index", folder / "company.crt") as address:
        done = typed(folder, "build-certificate", PIP_INDEX_URL=address)
    assert done.returncode == 0, done.stderr
    body = (folder / "company.crt").read_text().splitlines()[5]
    assert body not in run("cat", "/etc/ssl/certs/ca-certificates.crt")
    assert package_index.MARK in run("python", "-m", "tidy_rows")
