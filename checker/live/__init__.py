"""Live progress: a Jupyter Server extension, and the page and panel that it serves.

It shows what `checker.watch` sees; what it knows nothing about is how a claim is judged.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PANELS = HERE / "labextensions"
"""A folder of JupyterLab's extensions, with the built panel as its only one."""

PAGE = HERE / "page"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """What Jupyter Server loads."""
    return [{"module": "checker.live"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the routes to a Jupyter Server."""
    from checker.live.server import add_to

    add_to(server)
