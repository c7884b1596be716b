"""Derive where Debian 13's packages are from the system's own apt sources; it changes nothing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

ETC_APT = Path("/etc/apt")
NEW = "trixie"
ARCHIVE_KEYS = "debian-archive-keyring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place that apt takes packages from."""

    uri: str
    suite: str
    components: tuple[str, ...]
    signed_by: str = ""

    @property
    def line(self) -> str:
        """The source as one line of sources.list."""
        options = f"[signed-by={self.signed_by}] " if self.signed_by else ""
        return f"deb {options}{self.uri} {self.suite} {' '.join(self.components)}"


def in_deb822(text: str) -> Iterator[Source]:
    """Read sources of the format that files named *.sources have."""
    for stanza in re.split(r"\n\s*\n", re.sub(r"(?m)^#.*\n?", "", text)):
        pairs = re.findall(r"(?m)^([\w-]+):[ \t]*(.*(?:\n[ \t]+.*)*)", stanza)
        fields = {name.lower(): " ".join(value.split()) for name, value in pairs}
        if "deb" in fields.get("types", "").split() and is_on(fields):
            for uri in fields.get("uris", "").split():
                for suite in fields.get("suites", "").split():
                    yield Source(
                        uri=uri,
                        suite=suite,
                        components=tuple(fields.get("components", "").split()),
                        signed_by=fields.get("signed-by", ""),
                    )


def is_on(fields: Mapping[str, str]) -> bool:
    """Tell whether a stanza is not switched off."""
    return fields.get("enabled", "yes").lower() not in ("no", "false", "0")


def in_lines(text: str) -> Iterator[Source]:
    """Read sources of the format that sources.list has."""
    pattern = r"(?m)^\s*deb\s+(?:\[([^]]*)\]\s+)?(\S+)\s+(\S+)\s+([^#\n]+)"
    for options, uri, suite, components in re.findall(pattern, text):
        signed_by = re.search(r"signed-by=(\S+)", options)
        yield Source(
            uri=uri,
            suite=suite,
            components=tuple(components.split()),
            signed_by=signed_by.group(1) if signed_by else "",
        )


def of_system(etc_apt: Path = ETC_APT) -> tuple[Source, ...]:
    """List the sources that this system has."""
    found: list[Source] = []
    for path in (etc_apt / "sources.list", *sorted((etc_apt / "sources.list.d").glob("*"))):
        if path.suffix in (".list", ".sources") and path.is_file():
            read = in_deb822 if path.suffix == ".sources" else in_lines
            found += read(path.read_text(encoding="utf-8"))
    return tuple(found)


def for_trixie(sources: tuple[Source, ...], codename: str) -> tuple[Source, ...]:
    """Turn the system's Debian sources into those of Debian 13: same place, same keys."""
    return tuple(
        dict.fromkeys(
            replace(source, suite=source.suite.replace(codename, NEW, 1), components=("main",))
            for source in sources
            if is_debian(source, codename)
        )
    )


def is_debian(source: Source, codename: str) -> bool:
    """Tell a source of Debian itself from other publishers' that use the same suite names."""
    return (
        source.suite in (codename, f"{codename}-security")
        and "main" in source.components
        and (not source.signed_by or ARCHIVE_KEYS in source.signed_by)
        and source.uri.rstrip("/").rpartition("/")[2] in ("debian", "debian-security")
    )
