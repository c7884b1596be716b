"""What tests in several folders share."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests import site as course_site

# Tests that run in the background would hand on to all they start that Ctrl-C is ignored.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation, built without a warning."""
    folder = tmp_path_factory.mktemp("site")
    course_site.build(folder)
    return folder
