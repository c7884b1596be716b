"""How the documentation is built; first what the code already knows is written into it."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tools.documents import generate  # noqa: E402

generate(HERE)

project = "The Container Workbook"
author = "The Container Workbook developers"
copyright = author
release = "0.1.0"

extensions = ["myst_parser", "sphinx.ext.autodoc", "tools.diagrams", "tools.edit_links"]
exclude_patterns = ["_build", "generated"]
templates_path = ["_templates"]
myst_enable_extensions = ["deflist", "colon_fence"]
myst_heading_anchors = 3
suppress_warnings: list[str] = []

nitpicky = True
# Types of other projects, which this site does not describe and loads no inventory of.
nitpick_ignore_regex = [
    ("py:.*", r"(collections\.abc|datetime|pathlib|types|docker|msgspec|typing)\..*"),
    ("py:.*", r"Result|Json|tuple\[int|checker\.claim\.T(_co)?"),
]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "undoc-members": False}

html_theme = "pydata_sphinx_theme"
html_title = project
html_sidebars = {"**": ["sidebar-nav-bs"], "index": [], "troubleshoot": [], "search": []}
html_context = {"default_mode": "auto"}
html_favicon = "_static/mark.svg"
html_static_path = ["_static"]
html_css_files = ["workbook.css"]
html_show_sourcelink = True
html_copy_source = True
html_sourcelink_suffix = ""
html_theme_options = {
    "logo": {
        "text": project,
        "image_light": "_static/mark.svg",
        "image_dark": "_static/mark.svg",
        "alt_text": "",
    },
    "header_links_before_dropdown": 6,
    "navbar_align": "left",
    "navbar_persistent": ["search-open"],
    "navbar_end": ["theme-switcher"],
    "secondary_sidebar_items": ["page-toc", "edit"],
    "show_prev_next": True,
    "show_toc_level": 2,
    "footer_start": ["copyright"],
    "footer_end": [],
}
