"""How the documentation is built; first the pages in docs/generated are written from the code."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tools.documents import generate  # noqa: E402

generate(HERE / "generated")

project = "The Container Workbook"
author = "The Container Workbook developers"
copyright = author
release = "0.1.0"

extensions = ["myst_parser"]
exclude_patterns = ["_build", "generated"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
nitpicky = True
suppress_warnings: list[str] = []

html_theme = "pydata_sphinx_theme"
html_title = project
html_sidebars: dict[str, list[str]] = {"**": []}
html_context = {"default_mode": "auto"}
html_favicon = "_static/mark.svg"
html_static_path = ["_static"]
html_css_files = ["workbook.css"]
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "logo": {
        "text": project,
        "image_light": "_static/mark.svg",
        "image_dark": "_static/mark.svg",
        "alt_text": "",
    },
    "header_links_before_dropdown": 6,
    "navbar_align": "left",
    "navbar_end": ["theme-switcher"],
    "secondary_sidebar_items": ["page-toc"],
    "show_prev_next": False,
    "show_toc_level": 2,
    "footer_start": ["copyright"],
    "footer_end": [],
}
