"""The built documentation, and what no file of the project may hold."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
"""What a browser asks for by itself; a link that somebody follows is another matter."""

POINTERS = ("author", "index", "search", "next", "prev")
"""What a page points to in its head without loading it."""

PUBLIC = ("docker.io", "docker.com", "debian.org", "ubuntu.com", "127.0.0.1", "localhost")


class Loads(HTMLParser):
    """Collects what a page loads."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        place = dict(attrs).get(LOADS.get(tag, ""))
        if place and (tag != "link" or dict(attrs).get("rel") not in POINTERS):
            self.found.append(place)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation, built without a warning."""
    folder = tmp_path_factory.mktemp("site")
    options = ("--fail-on-warning", "--keep-going", "--quiet", "--fresh-env")
    done = subprocess.run(
        (sys.executable, "-m", "sphinx", *options, "docs", str(folder)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_the_documentation_builds_without_a_warning(site: Path) -> None:
    built = {page.stem for page in site.glob("*.html")}
    assert {page.stem for page in (ROOT / "docs").glob("*.md")} <= built


def test_a_page_loads_nothing_from_elsewhere(site: Path) -> None:
    loads = {place for page in site.glob("*.html") for place in Loads(page).found}
    assert "_static/mark.svg" in loads
    assert [place for place in loads if urlsplit(place).netloc] == []


def test_what_the_site_loads_is_in_it(site: Path) -> None:
    loads = {place.partition("?")[0] for page in site.glob("*.html") for place in Loads(page).found}
    assert [place for place in loads if not (site / place).exists()] == []


def test_the_style_sheets_load_nothing_from_elsewhere(site: Path) -> None:
    texts = [sheet.read_text(encoding="utf-8") for sheet in site.rglob("*.css")]
    assert texts
    assert [u for text in texts for u in re.findall(r"url\(['\"]?(https?:[^)]*)", text)] == []


def tracked() -> list[Path]:
    """The files of the project, without pictures; also those that are new."""
    listed = subprocess.run(
        ("git", "ls-files", "--cached", "--others", "--exclude-standard"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.splitlines())
    return [p for p in paths if p.is_file() and p.suffix not in (".png", ".jpg", ".ico")]


def sources_of_this_machine() -> set[str]:
    """The hosts from which this machine gets packages and images, where they are its own."""
    config = subprocess.run(
        (sys.executable, "-m", "pip", "config", "list"), capture_output=True, text=True, check=False
    )
    files = [Path("/etc/apt/sources.list"), *Path("/etc/apt").glob("sources.list.d/*")]
    told = [path.read_text(errors="replace") for path in files if path.is_file()]
    told += [
        value for name, value in os.environ.items() if re.search("(?i)index|proxy|mirror", name)
    ]
    hosts = {
        urlsplit(url).hostname or ""
        for url in re.findall(r"https?://[^\s'\"\],]+", "\n".join([config.stdout, *told]))
    }
    return {host for host in hosts if "." in host and not host.endswith(PUBLIC)}


def test_no_file_names_this_machine_or_where_it_gets_packages() -> None:
    forbidden = sources_of_this_machine() | ({str(ROOT)} if len(ROOT.parts) > 2 else set())
    found = [
        f"{path.relative_to(ROOT)} holds {word}"
        for path in tracked()
        for word in forbidden
        if word in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert found == []


def test_the_locks_say_what_and_not_where_from() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        assert (
            re.findall(
                r"(?m)^\s*(?:--(?:extra-)?index-url|--find-links|.*://).*$", lock.read_text()
            )
            == []
        )


def test_the_hooks_are_local_and_fetch_nothing() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert {hook["language"] for hook in hooks} == {"system"}
    assert [h["entry"] for h in hooks if not h["entry"].startswith(".venv/bin/")] == []
