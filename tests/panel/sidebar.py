"""The panel as somebody reads it, wherever it is shown; it knows nothing about lessons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser import axe

RULES = """async () => {
  const found = await axe.run('.cwp', {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',
                                                'wcag22aa', 'best-practice']});
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((n) => n.html).join(' ')}`);
}"""

WIDE = "(node) => node.scrollWidth - node.clientWidth"


@dataclass(frozen=True)
class Sidebar:
    """One panel on one page."""

    page: Page

    @property
    def node(self) -> Locator:
        """The panel itself."""
        return self.page.get_by_role("region", name="Workbook")

    @property
    def status(self) -> Locator:
        """What is read aloud."""
        return self.node.get_by_role("status")

    def claim(self, sentence: str) -> Locator:
        """The line of a claim."""
        return self.node.locator("details ul > li").filter(has_text=sentence)

    def step(self, number: int) -> Locator:
        """All of a step."""
        return self.node.locator("details").filter(has_text=f"Step {number}.")

    def shows(self, question: str) -> None:
        """Wait for a lesson."""
        expect(self.node.get_by_role("heading", level=2)).to_have_text(question)

    def ticks(self, sentence: str) -> None:
        """Wait for a tick."""
        expect(self.claim(sentence)).to_contain_text("✓ Done")

    def press(self, name: str) -> None:
        """Press a button of the panel, or of a dialog."""
        self.node.get_by_role("button", name=name, exact=True).click()

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.node.get_by_role("dialog")

    def faults(self) -> list[str]:
        """What axe-core has against it."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(axe.script())
        found: list[str] = self.page.evaluate(RULES)
        return found

    def too_wide(self) -> Any:
        """By how much its content is wider than itself."""
        return self.node.evaluate(WIDE)
