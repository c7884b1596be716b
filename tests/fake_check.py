"""Make check() in a kernel look at nothing and report what a test wants; for tests of notebooks."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Callable

from checker import notebook
from checker.claim import HELD, Failed, Unknown
from checker.engine import EngineTrouble
from checker.judge import Line, Report, StepReport


class FakeSession:
    """A session whose report is known before."""

    def __init__(self, held: int, out_of: int, deed: Callable[[], object]) -> None:
        self.held, self.out_of, self.deed = held, out_of, deed

    def check(self, step: int | None, _: object) -> Report:
        """The report, after the deed."""
        self.deed()
        lines = [Line("it holds", HELD)] * self.held
        lines += [Line("it fails", Failed("nothing"))] * (self.out_of - self.held)
        return Report("01_images", "?", (StepReport(step or 1, "Pull", tuple(lines)),))


class Troubled(FakeSession):
    """A session that could not look at one thing."""

    def check(self, step: int | None, answers: object) -> Report:
        """A report with trouble in it."""
        line = Line("it holds", Unknown("the engine is busy", trouble=True))
        return Report("01_images", "?", (StepReport(1, "Pull", (Line("a", HELD), line)),))


def install(held: int, *, out_of: int = 2, deed: Callable[[], object] = lambda: None) -> None:
    """From now on, check() reports that `held` lines hold."""
    session = FakeSession(held, out_of, deed)
    notebook.session_of = lambda _: session  # type: ignore[assignment,return-value]


def install_trouble() -> None:
    """From now on, check() meets trouble with one thing."""
    notebook.session_of = lambda _: Troubled(0, 2, int)  # type: ignore[assignment,return-value]


def no_engine() -> None:
    """What happens without an engine."""
    raise EngineTrouble("absent", "No Docker engine answers.")


def noise() -> None:
    """Everything that libraries do to stderr."""
    print("progress 10 %", file=sys.stderr)
    warnings.warn("old thing", DeprecationWarning, stacklevel=1)
    logging.getLogger("urllib3").warning("Retrying")
    logging.getLogger("urllib3").debug("GET /info")
