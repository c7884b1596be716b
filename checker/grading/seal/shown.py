"""What a seal says that a cell showed, read as data: checked, cut, and never run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from checker.grading.seal.values import CellRun

CUT = "\nThe rest is left out: this cell shows more than {most:,} bytes.\n"
ENDS = frozenset(("", "time", "output", "died"))
MOST_OUTPUTS = 1000


class _Told(msgspec.Struct):
    """A cell's run in the words of the kernel's side."""

    outputs: list[dict[str, Any]] = []
    ok: bool = False
    seconds: float = 0.0
    stopped: str = ""


def cell_run(line: bytes, most: int) -> CellRun | None:
    """The run that a line tells, in nbformat's terms; none where it tells no run."""
    try:
        told = msgspec.json.decode(line, type=_Told)
    except msgspec.MsgspecError:
        return None
    outputs = tuple(_cut(_outputs(told.outputs[:MOST_OUTPUTS]), most))
    stopped = told.stopped if told.stopped in ENDS else "died"
    if stopped == "output":
        said = {"output_type": "stream", "name": "stderr", "text": CUT.format(most=most)}
        outputs = (*outputs, said)
    failed = any(one["output_type"] == "error" for one in outputs)
    return CellRun(
        outputs=outputs,
        ok=told.ok and not failed and stopped in ("", "output"),
        seconds=max(0.0, told.seconds),
        stopped=stopped,
    )


def _outputs(told: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Those outputs that nbformat knows, with nothing else in them."""
    for one in told:
        match one:
            case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text)}:
                yield {"output_type": "stream", "name": name, "text": text}
            case {"output_type": "error", "ename": str(name), "evalue": str(value)}:
                lines = [str(line) for line in one.get("traceback") or ()]
                yield {
                    "output_type": "error",
                    "ename": name,
                    "evalue": value,
                    "traceback": lines,
                }
            case {"output_type": "display_data" | "execute_result" as kind, "data": {**data}}:
                count = one.get("execution_count")
                more = {"execution_count": count if isinstance(count, int) else None}
                yield {
                    "output_type": kind,
                    "data": dict(_bundle(data)),
                    "metadata": {},
                    **(more if kind == "execute_result" else {}),
                }


def _bundle(data: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    """The texts of a value; nbformat has a text for every type but JSON."""
    for name, value in data.items():
        if isinstance(name, str) and (isinstance(value, str) or name.endswith("json")):
            yield name, value


def _cut(outputs: Iterable[dict[str, Any]], most: int) -> Iterator[Mapping[str, Any]]:
    """Outputs up to a number of bytes; an error is told in short where there is no room."""
    left = most
    for one in outputs:
        size = _size(one)
        if size <= left:
            left -= size
            yield one
        elif one["output_type"] == "error":
            yield {
                **one,
                "ename": one["ename"][:100],
                "evalue": one["evalue"][:1000],
                "traceback": [],
            }
        elif one["output_type"] == "stream":
            yield {**one, "text": one["text"].encode()[:left].decode(errors="ignore")}
            left = 0


def _size(output: Mapping[str, Any]) -> int:
    """The bytes of an output: those of its text, and of all that is told of a value."""
    if output["output_type"] == "stream":
        return len(output["text"].encode())
    return len(msgspec.json.encode(output))
