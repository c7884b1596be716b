"""Where a page of the site is edited, or its source read; it invents no address."""

from __future__ import annotations

import tomllib
from pathlib import Path, PurePosixPath
from typing import Any

from sphinx.application import Sphinx

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
NAMES = ("repository", "source", "source code", "github")
"""What the address of the source is called among a project's addresses."""


def repository(project: Path = PROJECT) -> str:
    """The address of the source, where pyproject.toml tells one."""
    urls = tomllib.loads(project.read_text(encoding="utf-8"))["project"].get("urls", {})
    known = {name.lower(): str(url) for name, url in urls.items()}
    return next((known[name] for name in NAMES if name in known), "")


def source_of(page: str) -> str:
    """The file in the repository that a page is made from."""
    path = PurePosixPath(page)
    if path.parent.name == "lessons":
        return f"solutions/{path.name}/{path.name}.md"
    return "CHANGELOG.md" if page == "changelog" else f"docs/{page}.md"


def edit_address(repository: str, branch: str, page: str) -> str:
    """Where a page is edited; nothing where no repository is known."""
    return f"{repository.rstrip('/')}/edit/{branch}/{source_of(page)}" if repository else ""


def add_link(app: Sphinx, page: str, _: str, context: dict[str, Any], __: object) -> None:
    """Give a page's template the address."""
    if page in app.env.found_docs:
        config = app.config
        context["edit_address"] = edit_address(config.repository, config.repository_branch, page)


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx about it; `-D repository=https://…` names another repository."""
    app.add_config_value("repository", repository(), "html")
    app.add_config_value("repository_branch", "main", "html")
    app.connect("html-page-context", add_link)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
