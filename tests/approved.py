"""Texts that were read and approved by a person; `make approve` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

HERE = Path(__file__).parent / "approved"
WRITE = "APPROVE"
"""The environment variable that asks for the files to be written, not compared."""


def approve(name: str, text: str) -> None:
    """The text is the one in `approved/NAME`, letter for letter."""
    kept = HERE / name
    if os.environ.get(WRITE):
        HERE.mkdir(exist_ok=True)
        kept.write_text(text)
    assert text == kept.read_text(), f"{name} differs; read it and run make approve"
