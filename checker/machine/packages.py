"""Install distribution packages and remember which; it knows nothing about running an engine."""

import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from checker.machine import root, run, sources, state
from checker.machine.state import Place
from checker.machine.trouble import Trouble

SOURCE = Path("/etc/apt/sources.list.d/container-workbook.sources")
PIN = Path("/etc/apt/preferences.d/container-workbook")
POLICY = Path("/usr/sbin/policy-rc.d")
LOG = "packages.log"
WRITTEN_BY = "# Written by the Container Workbook; `make engine-down PURGE=1` removes it.\n"
UNITS = ("docker.socket", "docker.service", "containerd.service")


def release() -> Mapping[str, str]:
    """Read what this distribution calls itself; nothing where it does not say."""
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def engine_packages(release: Mapping[str, str]) -> tuple[str, ...]:
    """List the packages that make an engine on this distribution; none where it is not known."""
    family = (release.get("ID", ""), *release.get("ID_LIKE", "").split())
    if "ubuntu" in family:
        return ("docker.io", "docker-compose-v2", "docker-buildx")
    if release.get("ID") != "debian" or release.get("VERSION_CODENAME") == "bullseye":
        return ()
    suite = f"/{sources.NEW}" if is_bookworm(release) else ""
    own = ("docker.io", "docker-cli", "docker-compose", "docker-buildx")
    return (*(name + suite for name in own), "containerd", "runc", "iptables")


def is_bookworm(release: Mapping[str, str]) -> bool:
    """Tell Debian 12, whose own Compose is too old, from the others."""
    return release.get("VERSION_CODENAME") == "bookworm"


def trixie_sources() -> tuple[sources.Source, ...]:
    """List where this system finds Debian 13's packages; none says that apt's tools must know."""
    codename = release().get("VERSION_CODENAME", "")
    return sources.for_trixie(sources.of_system(), codename)


def source_file(found: Sequence[sources.Source]) -> str:
    """Write the sources down as apt reads them."""
    stanzas = (
        f"Types: deb\nURIs: {source.uri}\nSuites: {source.suite}\nComponents: main\n"
        + (f"Signed-By: {source.signed_by}\n" if source.signed_by else "")
        for source in found
    )
    return WRITTEN_BY + "\n".join(stanzas)


def pin_file() -> str:
    """Say that nothing comes from Debian 13 unless it is asked for by name."""
    pins = (
        f"Package: *\nPin: release n={suite}\nPin-Priority: 100\n"
        for suite in (sources.NEW, f"{sources.NEW}-security")
    )
    return WRITTEN_BY + "\n".join(pins)


def add_trixie(place: Place) -> None:
    """Let apt see Debian 13, in files of our own and at a low priority."""
    found = trixie_sources()
    if not found:
        raise Trouble(
            "No source of Debian itself is in /etc/apt; install Docker with your own tools, "
            "then run this again."
        )
    for path, content in ((SOURCE, source_file(found)), (PIN, pin_file())):
        path.write_text(content, encoding="utf-8")
    written = (*state.load(place).files, str(SOURCE), str(PIN))
    state.change(place, files=tuple(dict.fromkeys(written)))


def installed() -> frozenset[str]:
    """List the packages that are installed."""
    listed = run.text(("dpkg-query", "--show", "--showformat", "${db:Status-Abbrev} ${Package}\n"))
    return frozenset(line.split()[1] for line in listed.splitlines() if line.startswith("ii"))


@contextmanager
def no_services() -> Iterator[None]:
    """Keep packages from starting their services, unless the system has a rule of its own."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()


def install(place: Place, names: Sequence[str], sentence: str) -> None:
    """Install packages as root and remember all that came with them."""
    environ = run.with_environ(DEBIAN_FRONTEND="noninteractive")
    before = installed()
    log = place.home / LOG
    with run.step(sentence) as tell, no_services():
        run.follow(("apt-get", "update"), tell, log, environ)
        run.follow(
            ("apt-get", "install", "--yes", "--no-install-recommends", *names), tell, log, environ
        )
    came = sorted(installed() - before)
    state.change(place, packages=tuple(dict.fromkeys((*state.load(place).packages, *came))))


def install_engine(place: Place) -> None:
    """Install an engine as root, and leave its services switched off."""
    names = engine_packages(release())
    if is_bookworm(release()):
        add_trixie(place)
    place.home.mkdir(parents=True, exist_ok=True)
    install(place, names, "Installing an engine from this system's packages")
    if Path("/run/systemd/system").is_dir():
        run.succeeds(("systemctl", "disable", "--now", *UNITS))


def need(name: str) -> None:
    """Install one package whose command is missing."""
    if run.has(name):
        return
    if not (run.has("apt-get") and root.may_become()):
        raise Trouble(f"The command {name} is missing; install its package, then run this again.")
    root.do("install", name)


def purge(place: Place) -> None:
    """Remove, as root, the packages and files that were added."""
    done = state.load(place)
    environ = run.with_environ(DEBIAN_FRONTEND="noninteractive")
    if done.packages:
        with run.step("Removing the packages that were installed") as tell:
            command = ("apt-get", "purge", "--yes", *done.packages)
            run.follow(command, tell, place.home / LOG, environ)
    for path in map(Path, done.files):
        path.unlink(missing_ok=True)
    if done.files:
        run.succeeds(("apt-get", "update"))
