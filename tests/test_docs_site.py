"""The built documentation, and what no file of the project may hold."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml

from tests.site import page_names

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


def pages_of(site: Path) -> list[Path]:
    """The pages that somebody reads; the theme leaves others."""
    return [site / f"{name}.html" for name in page_names()]


def test_every_page_is_built_and_without_a_warning(site: Path) -> None:
    assert [page for page in pages_of(site) if not page.is_file()] == []


def test_a_page_loads_nothing_from_elsewhere(site: Path) -> None:
    loads = {place for page in pages_of(site) for place in Loads(page).found}
    assert "_static/mark.svg" in loads
    assert [place for place in loads if urlsplit(place).netloc] == []


def test_what_the_site_loads_is_in_it(site: Path) -> None:
    missing = [
        f"{page.relative_to(site)} loads {place}"
        for page in pages_of(site)
        for place in Loads(page).found
        if not (page.parent / place.partition("?")[0]).exists()
    ]
    assert missing == []


def test_the_style_sheets_load_nothing_from_elsewhere(site: Path) -> None:
    texts = [sheet.read_text(encoding="utf-8") for sheet in site.rglob("*.css")]
    assert texts
    assert [u for text in texts for u in re.findall(r"url\(['\"]?(https?:[^)]*)", text)] == []


class Anchors(HTMLParser):
    """Collects where a page's links lead, and what can be linked in it."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a" and (link := found.get("href")):
            self.links.append(link)
        if name := found.get("id"):
            self.ids.append(name)


def test_every_link_within_the_site_leads_to_a_page_and_a_place(site: Path) -> None:
    pages = {page.resolve(): Anchors(page) for page in pages_of(site)}
    dead = [
        f"{page.relative_to(site.resolve())}: {link}"
        for page, found in pages.items()
        for link in found.links
        if not urlsplit(link).scheme and not arrives(page, link, pages)
    ]
    assert sum(len(found.links) for found in pages.values()) > 1000
    assert dead == []


def arrives(page: Path, link: str, pages: dict[Path, Anchors]) -> bool:
    """Whether a link leads to a file of the site, and to a place in it where it names one."""
    name, _, anchor = unquote(link).partition("#")
    target = (page.parent / name.partition("?")[0]).resolve() if name else page
    if target not in pages:
        return target.is_file() and not anchor
    return not anchor or anchor in pages[target].ids


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    for page in pages_of(site):
        ids = Anchors(page).ids
        assert sorted({one for one in ids if ids.count(one) > 1}) == [], page.name


def test_links_out_of_the_site_are_secure(site: Path) -> None:
    links = {link for page in pages_of(site) for link in Anchors(page).links}
    plain = [one for one in links if urlsplit(one).scheme not in ("", "https")]
    assert [one for one in plain if urlsplit(one).hostname != "127.0.0.1"] == []


def test_a_page_has_its_source_and_its_neighbours(site: Path) -> None:
    page = (site / "lessons/02_containers.html").read_text(encoding="utf-8")
    links = Anchors(site / "lessons/02_containers.html").links
    assert {"01_images.html", "03_ports_env.html"} <= set(links)
    assert "prev-next" in page
    assert "../_sources/lessons/02_containers.md" in links


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
