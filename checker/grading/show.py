"""Show a submission to people without running what it holds; it knows nothing about scores."""

from __future__ import annotations

import re
from typing import Any

from nbconvert.filters import markdown2html
from nbconvert.preprocessors.sanitize import SanitizeHTML

from checker import report

TAGS = (
    *("a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt"),
    *("em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li", "ol", "p", "pre", "s", "small"),
    *("span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead"),
    *("tr", "ul"),
)
ATTRIBUTES = {"*": ["class", "role", "aria-label", "aria-hidden"], "a": ["href", "title"]}

_UNTYPED: Any = SanitizeHTML
_CLEANER = _UNTYPED(tags=list(TAGS), attributes=ATTRIBUTES)
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_BY_SCREEN = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}")
_LIGHT = _BY_SCREEN.sub("", report.STYLE)
"""The report's looks on a page that is always light."""


def clean(html: object) -> str:
    """HTML without anything that could run or load; a check's report keeps its looks."""
    text = html.decode(errors="replace") if isinstance(html, bytes) else str(html)
    cleaned = str(_CLEANER.sanitize_html_tags(_STYLE.sub("", text)))
    return f"<style>{_LIGHT}</style>{cleaned}" if 'class="cw' in cleaned else cleaned


def markdown(source: object) -> str:
    """Markdown as HTML, cleaned."""
    return clean(markdown2html(str(source)))


def number_of(output: Any, key: str, mimetype: str = "") -> int | None:
    """A picture's width or height; anything but a number stays out of the page."""
    meta = output.get("metadata") or {}
    found = (meta.get(mimetype) or {}).get(key) if mimetype else meta.get(key)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


FILTERS = {"clean_html": clean, "markdown2html": markdown, "get_metadata": number_of}
"""What nbconvert's templates use in the place of their own."""
