"""The directive that puts one of the project's drawings into a page. It draws nothing itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "diagrams"


class Diagram(SphinxDirective):
    """A drawing as part of the page, so that it has the page's colours, light or dark."""

    required_arguments: ClassVar[int] = 1

    def run(self) -> list[nodes.Node]:
        """Put the drawing in; its title and description stand in the file."""
        path = FOLDER / f"{self.arguments[0]}.svg"
        self.env.note_dependency(str(path))
        drawing = path.read_text(encoding="utf-8")
        return [nodes.raw("", f'<figure class="diagram">{drawing}</figure>', format="html")]


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx about it."""
    app.add_directive("diagram", Diagram)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
