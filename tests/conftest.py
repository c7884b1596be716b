"""What tests in several folders share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import site as course_site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation, built without a warning."""
    folder = tmp_path_factory.mktemp("site")
    course_site.build(folder)
    return folder
