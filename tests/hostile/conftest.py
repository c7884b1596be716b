"""Attacks need a real engine, which they share with the live tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.conftest import bench

__all__ = ["bench"]

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test below this folder is live."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.live)
