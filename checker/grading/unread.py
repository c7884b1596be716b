"""What stands in for running a submission while the course's settings are not read."""

from __future__ import annotations

from typing import Any

from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor

WHY = (
    "The settings of this course were not read, and without them submissions would run unsealed, "
    "as you: nothing is graded. Start nbgrader in the folder of the course; if it shows an error "
    "in nbgrader_config.py above, mend that first."
)


class Refuse(NbGraderPreprocessor):
    """Refuse to run a submission, and say why."""

    def preprocess(self, nb: Any, resources: Any) -> Any:  # noqa: ARG002 - nbgrader calls it so
        """Raise `NbGraderException`, before any cell runs."""
        raise NbGraderException(WHY)
