"""What a check cell showed, in a shape that nbgrader cannot misread; it runs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

REPORT = "application/vnd.workbook.check+json"
"""The kind of data under which a check gives its report."""

Output = dict[str, Any]


def settled(outputs: Sequence[Mapping[str, Any]], points: float) -> list[Output]:
    """The outputs of a check cell, its points first; without them an error, which scores nothing.

    nbgrader gives full marks to a cell that shows no number and none to a cell with a line on
    stderr. Here only the check's own report counts, and stray lines neither give nor cost.
    """
    reports = [out for out in outputs if _points(out) is not None]
    errors = [dict(out) for out in outputs if out["output_type"] == "error"]
    streams = [_as_stdout(out) for out in outputs if out["output_type"] == "stream"]
    if errors:
        return [*streams, *errors]
    number = _points(reports[0]) if len(reports) == 1 else None
    if number is None or not 0 <= number <= points:
        return [*streams, error("NoReport", "The check gave no report that can be scored.")]
    data = {**reports[0]["data"], "text/plain": f"{number:g}"}
    return [{**reports[0], "data": data}, *streams]


def error(name: str, sentence: str) -> Output:
    """An error output that says one sentence and shows no traceback."""
    return {"output_type": "error", "ename": name, "evalue": sentence, "traceback": [sentence]}


def _points(output: Mapping[str, Any]) -> float | None:
    """The points of a check's report, if the output is one."""
    if output["output_type"] != "execute_result":
        return None
    report = output["data"].get(REPORT)
    found = report.get("points") if isinstance(report, Mapping) else None
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None


def _as_stdout(output: Mapping[str, Any]) -> Output:
    return {**output, "name": "stdout"}
