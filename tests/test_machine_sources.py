"""Where Debian 13's packages are, derived from samples of apt's two formats."""

from pathlib import Path

import pytest

from checker.machine import packages, sources
from checker.machine.sources import Source

KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"

DEB822 = f"""\
# A comment of the administrator.
Types: deb
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: {KEYS}

Types: deb
URIs: http://mirror.example/debian-security/
Suites: bookworm-security
Components: main
Signed-By: {KEYS}

Types: deb
URIs: https://other.example/linux/debian
Suites: bookworm
Components: stable
Signed-By: /etc/apt/keyrings/other.gpg

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
"""

LINES = f"""\
# deb http://commented.example/debian bookworm main
deb http://mirror.example/debian bookworm main contrib  # the usual
deb-src http://mirror.example/debian bookworm main
deb [arch=amd64 signed-by={KEYS}] http://mirror.example/debian-security bookworm-security main
deb [signed-by=/etc/apt/keyrings/other.gpg] https://other.example/debian bookworm main
deb https://tools.example/apt tools-bookworm main
"""


def etc_apt(folder: Path, *, deb822: str = "", lines: str = "") -> Path:
    """Make an /etc/apt with these sources."""
    (folder / "sources.list.d").mkdir(parents=True)
    (folder / "sources.list").write_text(lines)
    (folder / "sources.list.d" / "debian.sources").write_text(deb822)
    return folder


def derived(folder: Path) -> list[str]:
    """Give the lines for Debian 13 that follow from an /etc/apt of Debian 12."""
    return [one.line for one in sources.for_trixie(sources.of_system(folder), "bookworm")]


def test_deb822_sources_lead_to_the_same_place_with_the_same_keys(tmp_path: Path) -> None:
    assert derived(etc_apt(tmp_path / "apt", deb822=DEB822)) == [
        f"deb [signed-by={KEYS}] http://mirror.example/debian trixie main",
        f"deb [signed-by={KEYS}] http://mirror.example/debian-security/ trixie-security main",
    ]


def test_one_line_sources_lead_to_the_same_place_with_the_same_keys(tmp_path: Path) -> None:
    assert derived(etc_apt(tmp_path / "apt", lines=LINES)) == [
        "deb http://mirror.example/debian trixie main",
        f"deb [signed-by={KEYS}] http://mirror.example/debian-security trixie-security main",
    ]


def test_a_source_listed_twice_is_taken_once(tmp_path: Path) -> None:
    line = "deb http://mirror.example/debian bookworm main\n"

    assert derived(etc_apt(tmp_path / "apt", lines=line * 2)) == [
        "deb http://mirror.example/debian trixie main"
    ]


def test_a_system_without_debian_sources_gives_none(tmp_path: Path) -> None:
    assert derived(etc_apt(tmp_path / "apt")) == []


def test_the_written_source_is_read_back_as_it_was() -> None:
    source = Source(uri="http://m.example/debian", suite="trixie", components=("main",))

    assert list(sources.in_deb822(packages.source_file([source]))) == [source]


def test_nothing_comes_from_debian_13_unasked() -> None:
    assert packages.pin_file() == (
        "# Written by the Container Workbook; `make engine-down PURGE=1` removes it.\n"
        "Package: *\nPin: release n=trixie\nPin-Priority: 100\n\n"
        "Package: *\nPin: release n=trixie-security\nPin-Priority: 100\n"
    )


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        (
            {"ID": "debian", "VERSION_CODENAME": "bookworm"},
            (
                "docker.io/trixie",
                "docker-cli/trixie",
                "docker-compose/trixie",
                "docker-buildx/trixie",
                "containerd",
                "runc",
                "iptables",
            ),
        ),
        (
            {"ID": "debian", "VERSION_CODENAME": "trixie"},
            (
                "docker.io",
                "docker-cli",
                "docker-compose",
                "docker-buildx",
                "containerd",
                "runc",
                "iptables",
            ),
        ),
        ({"ID": "ubuntu"}, ("docker.io", "docker-compose-v2", "docker-buildx")),
        (
            {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"},
            ("docker.io", "docker-compose-v2", "docker-buildx"),
        ),
        ({"ID": "debian", "VERSION_CODENAME": "bullseye"}, ()),
        ({"ID": "fedora"}, ()),
        ({}, ()),
    ],
)
def test_each_distribution_has_its_packages(
    release: dict[str, str], expected: tuple[str, ...]
) -> None:
    assert packages.engine_packages(release) == expected
