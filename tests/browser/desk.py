"""Somebody who works in one notebook in JupyterLab; it knows nothing about lessons."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
"""Root may use no sandbox; nothing is asked of the network that a page does not ask."""

WINDOW: ViewportSize = {"width": 1400, "height": 900}

SECONDS = 1000

READY = """() => {
  const panel = window.jupyterapp?.shell.currentWidget;
  return panel?.context?.isReady && panel.sessionContext?.session?.kernel?.status === 'idle';
}"""

Theme = Literal["Light", "Dark", "Dark High Contrast"]

NOTEBOOK = "() => window.jupyterapp.shell.currentWidget.content.model.toJSON()"

CELLS = "const cells = window.jupyterapp.shell.currentWidget.content.widgets;"

GO_TO = """async ([number, mode]) => {
  const notebook = window.jupyterapp.shell.currentWidget.content;
  await notebook.scrollToItem(number);
  notebook.activeCellIndex = number;
  notebook.deselectAll();
  notebook.mode = mode;
  notebook.activate();
}"""

SHOW = f"""(number) => {{ {CELLS} cells[number].node.scrollIntoView({{block: 'end'}}); }}"""

COUNT = f"(number) => {{ {CELLS} return cells[number].model.executionCount; }}"

RAN = f"""([number, before]) => {{ {CELLS}
  const model = cells[number].model;
  return model.executionState === 'idle' && ![null, before].includes(model.executionCount);
}}"""

OUTPUTS = f"(number) => {{ {CELLS} return cells[number].model.outputs.toJSON(); }}"

COMMAND = "([name, options]) => window.jupyterapp.commands.execute(name, options).then(() => null)"


@dataclass(frozen=True)
class Desk:
    """One page of a browser with one notebook open."""

    page: Page

    def open(self, address: str, lesson: str = "01_images") -> None:
        """Open a notebook, with nothing left of an earlier visit, and wait for its kernel."""
        self.page.goto(f"{address.replace('01_images', lesson)}&reset")
        self.page.wait_for_function(READY, timeout=60 * SECONDS)

    def close(self) -> None:
        """Leave."""
        self.page.close()

    def reload(self) -> None:
        """Save, load the page anew and wait."""
        self.does("docmanager:save")
        self.page.reload()
        self.page.wait_for_function(READY, timeout=60 * SECONDS)

    def does(self, command: str, **options: object) -> None:
        """Do what stands in a menu."""
        self.page.evaluate(COMMAND, [command, options])

    def notebook(self) -> Any:
        """The notebook as it would be saved."""
        return self.page.evaluate(NOTEBOOK)

    def code(self) -> dict[int, str]:
        """Where the code cells are, each with its name; a worked example has none."""
        told = ((cell.get("metadata", {}), cell) for cell in self.notebook()["cells"])
        named = [(meta.get("nbgrader", {}).get("grade_id", ""), cell) for meta, cell in told]
        return {n: name for n, (name, cell) in enumerate(named) if cell["cell_type"] == "code"}

    def number(self, name: str) -> int:
        """Where the cell of this name is."""
        return {name: number for number, name in self.code().items()}[name]

    def goes_to(self, number: int, mode: Literal["command", "edit"] = "command") -> None:
        """Select a cell, or put the cursor into it."""
        self.page.evaluate(GO_TO, [number, mode])

    def types(self, name: str, source: str) -> None:
        """Replace what stands in a cell."""
        self.goes_to(self.number(name), "edit")
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(source)

    def runs(self, cell: str | int, seconds: float = 60) -> list[Any]:
        """Run a cell with the keyboard and give its outputs."""
        number = self.number(cell) if isinstance(cell, str) else cell
        self.goes_to(number)
        before = self.page.evaluate(COUNT, number)
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_function(RAN, arg=[number, before], timeout=seconds * SECONDS)
        return self.outputs(number)

    def outputs(self, cell: str | int) -> list[Any]:
        """What the cell shows, as the notebook keeps it."""
        number = self.number(cell) if isinstance(cell, str) else cell
        found: list[Any] = self.page.evaluate(OUTPUTS, number)
        return found

    def report(self, name: str) -> Locator:
        """The report that a cell shows, on the page."""
        return self.page.locator(".jp-Cell").nth(self.number(name)).locator("[role=group]")

    def shows(self, name: str) -> None:
        """Scroll until a cell is the last in view."""
        self.page.evaluate(SHOW, self.number(name))

    def wears(self, theme: Theme) -> None:
        """Change JupyterLab's colours."""
        self.does("apputils:change-theme", theme=f"JupyterLab {theme}")
        light = "true" if theme == "Light" else "false"
        body = f'body[data-jp-theme-light="{light}"]'
        self.page.wait_for_selector(body, state="attached")


def server(address: str) -> str:
    """The part of an address that names the server."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of this computer, without a window."""
    expect.set_options(timeout=20 * SECONDS)
    program = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()
