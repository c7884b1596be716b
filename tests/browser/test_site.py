"""The course site in a real Chromium: light, dark, on a phone, on paper, and searched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

from tests import site as course_site
from tests.browser import axe

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}

COLOURS = ["color-contrast", "link-in-text-block"]
LOOKS: tuple[tuple[str, str, ViewportSize, list[str]], ...] = (
    ("light", "light", WIDE, []),
    ("dark", "dark", WIDE, COLOURS),
    ("phone", "light", PHONE, []),
)
"""How each page is looked at; in the dark only colours are others than in the light."""

THEME = """(name) => {
  for (const key of ['theme', 'mode']) document.documentElement.dataset[key] = name;
}"""
STILL = "*, *::before, *::after { transition: none !important; }"
"""Colours that are on their way to others are not looked at."""

OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
AXE = """async (rules) => (await axe.run(document, {
  resultTypes: ['violations'], ...(rules.length ? {runOnly: rules} : {}),
})).violations.map(
  (rule) => rule.id + ': ' + rule.nodes.map((node) => node.target.join(' ')).join(' | '))"""

CONTRAST = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((n) => n / 255);
  const light = (colour) => parts(colour)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const page = getComputedStyle(document.body).backgroundColor;
  const found = [];
  for (const svg of document.querySelectorAll('.diagram svg')) {
    const boxes = [...svg.querySelectorAll('rect')];
    for (const text of svg.querySelectorAll('text')) {
      const at = text.getBBox(), x = at.x + at.width / 2, y = at.y + at.height / 2;
      const under = boxes.filter((box) => {
        const b = box.getBBox();
        return b.x <= x && x <= b.x + b.width && b.y <= y && y <= b.y + b.height;
      }).pop();
      const [a, b] = [getComputedStyle(text).fill, under ? getComputedStyle(under).fill : page]
        .map(light).sort((p, q) => q - p);
      const inside = at.x >= 0 && at.x + at.width <= 360;
      found.push([text.textContent, (a + 0.05) / (b + 0.05), inside]);
    }
  }
  return found;
}"""

TERMS = {
    "port is already allocated": "troubleshoot",
    "permission denied while trying to connect": "troubleshoot",
    "no space left on device": "troubleshoot",
    "toomanyrequests": "troubleshoot",
    "pull access denied": "troubleshoot",
    "WORKBOOK_LAB_AT": "configuration",
    "Sysbox": "jupyterhub",
    "cheat sheet": "cheatsheet",
    "accessibility": "accessibility",
    "sealed grading": "pictures",
    "anonymous volume": "glossary",
    "greenhouse": "lessons/04_volumes",
    "stand-in": "mirror",
}
"""What somebody looks for, and the page that must be among the first three."""


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site, served."""
    with course_site.served(site) as address:
        yield address


@pytest.fixture(scope="module")
def axe_script() -> str:
    """The program that looks for barriers."""
    try:
        return axe.script()
    except RuntimeError as fault:
        pytest.fail(str(fault))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page of a browser, as wide as a laptop."""
    with closing(browser.new_page(viewport=WIDE)) as page:
        yield page


class Watch:
    """What a page asks for and complains about."""

    def __init__(self, page: Page) -> None:
        self.hosts: set[str] = set()
        self.complaints: list[str] = []
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self.complaints.append(request.url))

    def hear(self, message: ConsoleMessage) -> None:
        """Note errors and warnings of the console."""
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


@pytest.mark.parametrize("name", course_site.page_names())
def test_a_page_is_for_everybody(page: Page, address: str, axe_script: str, name: str) -> None:
    watch = Watch(page)
    found: dict[str, object] = {}
    for look, theme, window, rules in LOOKS:
        if page.viewport_size != window or not found:
            page.set_viewport_size(window)
            page.goto(f"{address}/{name}.html")
            page.add_style_tag(content=STILL)
            page.evaluate(axe_script)
        page.evaluate(THEME, theme)
        found[f"{look}: too wide by"] = page.evaluate(OVERFLOW)
        found[f"{look}: barriers"] = page.evaluate(AXE, rules)
    assert {key: value for key, value in found.items() if value} == {}
    assert watch.complaints == []
    assert watch.hosts == {urlsplit(address).netloc}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_word_of_a_drawing_can_be_read(page: Page, address: str, theme: str) -> None:
    page.goto(f"{address}/pictures.html")
    page.evaluate(THEME, theme)
    words = page.evaluate(CONTRAST)
    assert len(words) > 50
    assert [(word, contrast) for word, contrast, _ in words if contrast < 4.5] == []
    assert [word for word, _, inside in words if not inside] == []


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_cheat_sheet_prints_on_one_page(page: Page, address: str, paper: str) -> None:
    page.goto(f"{address}/cheatsheet.html")
    printed = page.pdf(format=paper, prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


@pytest.mark.parametrize("term", TERMS)
def test_search_finds_the_right_page(page: Page, address: str, term: str) -> None:
    watch = Watch(page)
    page.goto(f"{address}/search.html?q={quote(term)}")
    results = page.locator("#search-results ul.search > li > a")
    page.locator("#search-results .search-summary:not(:empty)").wait_for()
    page.wait_for_function("() => /found|did not match/.test(document.body.innerText)")
    first = [results.nth(n).get_attribute("href") or "" for n in range(min(3, results.count()))]
    pages = [urlsplit(link).path.removesuffix(".html").lstrip("/") for link in first]
    assert TERMS[term] in pages
    assert watch.complaints == []
    assert watch.hosts == {urlsplit(address).netloc}


def test_search_works_from_the_disk_without_a_server(page: Page, site: Path) -> None:
    page.goto(f"{(site / 'search.html').as_uri()}?q=toomanyrequests")
    page.locator("#search-results ul.search > li > a").first.wait_for()
    links = page.locator("#search-results ul.search > li > a").all()
    assert "troubleshoot.html" in str(links[0].get_attribute("href"))


def test_the_theme_is_changed_by_its_button(page: Page, address: str) -> None:
    page.goto(f"{address}/index.html")
    for name in ("Light", "Dark"):
        page.get_by_role("button", name="Color mode").click()
        page.get_by_role("button", name=name, exact=True).click()
        assert page.evaluate("() => document.documentElement.dataset.theme") == name.lower()
