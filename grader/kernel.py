"""Run a learner's cells in a kernel, inside the seal, and tell what they showed.

Requests come as lines of JSON and replies go back as lines of JSON. This program is root of the
namespace and the kernel is not, so that a cell cannot simply end it. What it tells is data that
the other side trusts with nothing.
"""

from __future__ import annotations

import json
import os
import pwd
import queue
import sys
import time
from pathlib import Path
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

OVER = 4
"""A cell that shows this many times what is kept is interrupted."""

GRACE = 5.0
"""Seconds that an interrupted cell may take to end."""

START = 60.0
TELL = """
import json as _json
def _tell(names):
    told = {{}}
    for name in names:
        try:
            told[name] = _json.loads(_json.dumps(get_ipython().user_ns[name]))
        except Exception:
            pass
    return _json.dumps(told)
print(_tell({names!r}))
del _json, _tell
"""


class Learner:
    """One kernel of the learner's, started when it is first needed."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.manager: KernelManager | None = None
        self.client: BlockingKernelClient | None = None

    def start(self) -> BlockingKernelClient:
        """The kernel's client; a new kernel where there is none."""
        if self.client and self.manager and self.manager.is_alive():
            return self.client
        self.stop()
        who = pwd.getpwnam("learner")
        self.manager = KernelManager(transport="ipc", ip=connection(who), kernel_name="python3")
        self.manager.write_connection_file()
        os.chown(self.manager.connection_file, who.pw_uid, who.pw_gid)
        self.manager.start_kernel(
            cwd=self.folder,
            env=environ(who),
            stdin=-3,
            stdout=-3,
            stderr=-3,
            user=who.pw_uid,
            group=who.pw_gid,
            extra_groups=os.getgrouplist(who.pw_name, who.pw_gid),
        )
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=START)
        return self.client

    def stop(self) -> None:
        """End the kernel, whatever it does."""
        if self.client:
            self.client.stop_channels()
        if self.manager and self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)
        self.client = self.manager = None

    def interrupt(self) -> None:
        """Ask the cell to end, as Ctrl-C does."""
        if self.manager:
            self.manager.interrupt_kernel()


def connection(who: pwd.struct_passwd) -> str:
    """Where a new kernel's sockets will be: a folder of the learner's own."""
    folder = Path(f"/run/kernels/{time.monotonic_ns()}")
    folder.mkdir(parents=True)
    os.chown(folder, who.pw_uid, who.pw_gid)
    return f"{folder}/kernel"


def environ(who: pwd.struct_passwd) -> dict[str, str]:
    """What a learner's shell would have."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    own = {"HOME": who.pw_dir, "USER": who.pw_name, "LOGNAME": who.pw_name, "SHELL": who.pw_shell}
    return {**kept, **own}


class Shown:
    """What one cell shows, up to so many bytes."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self.outputs: list[dict[str, Any]] = []
        self.clear_next = False

    def add(self, kind: str, content: dict[str, Any]) -> None:
        """Keep one output, while there is room."""
        if kind == "clear_output":
            self.clear_next = bool(content.get("wait"))
            if not self.clear_next:
                self.outputs.clear()
            return
        if self.clear_next:
            self.outputs.clear()
            self.clear_next = False
        room = self.most - self.size
        if kind == "stream":
            self.size += len(content["text"])
            self.stream(content["name"], content["text"][: max(0, room)])
        elif kind in ("display_data", "execute_result", "error", "update_display_data"):
            self.size += len(json.dumps(content))
            if self.size <= self.most or kind == "error":
                self.show(kind, content)

    def stream(self, name: str, text: str) -> None:
        """Keep text, joined with what came before it on the same stream."""
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        elif text:
            self.outputs.append({"output_type": "stream", "name": name, "text": text})

    def show(self, kind: str, content: dict[str, Any]) -> None:
        """Keep a value, a picture or an error; what a later one replaces is replaced."""
        name = (content.pop("transient", None) or {}).get("display_id")
        if kind == "update_display_data":
            for old in self.outputs:
                if name and old.get("display_id") == name:
                    old.update(data=content["data"], metadata=content["metadata"])
            return
        named = {"display_id": name} if name else {}
        self.outputs.append({"output_type": kind, **content, **named})

    def told(self) -> list[dict[str, Any]]:
        """The outputs in nbformat's terms."""
        return [{k: v for k, v in one.items() if k != "display_id"} for one in self.outputs]


def run(learner: Learner, source: str, seconds: float, most: int) -> dict[str, Any]:
    """Run one cell, and end it when it takes or shows too much."""
    client, shown = learner.start(), Shown(most)
    began = time.monotonic()
    asked = client.execute(source, allow_stdin=False, store_history=True)
    stopped, until = "", began + seconds
    while True:
        try:
            message = client.get_iopub_msg(timeout=min(0.5, max(0.01, until - time.monotonic())))
        except queue.Empty:
            message = None
        if message and message["parent_header"].get("msg_id") == asked:
            kind, content = message["msg_type"], message["content"]
            if kind == "status" and content["execution_state"] == "idle":
                break
            shown.add(kind, content)
        if learner.manager is None or not learner.manager.is_alive():
            stopped = stopped or "died"
            break
        if not stopped and (time.monotonic() > until or shown.size > OVER * most):
            stopped = "output" if shown.size > OVER * most else "time"
            learner.interrupt()
            until = time.monotonic() + GRACE
        elif stopped and time.monotonic() > until:
            learner.stop()
            break
    failed = stopped or any(one["output_type"] == "error" for one in shown.outputs)
    return {
        "outputs": shown.told(),
        "ok": not failed,
        "seconds": time.monotonic() - began,
        "stopped": stopped or ("output" if shown.size > most else ""),
    }


def answers(learner: Learner, names: list[str], most: int) -> dict[str, Any]:
    """Variables of the kernel that JSON can tell."""
    if not learner.client:
        return {}
    told = run(learner, TELL.format(names=names), 10.0, most)
    text = "".join(one.get("text", "") for one in told["outputs"])
    try:
        return dict(json.loads(text))
    except ValueError:
        return {}


def main(folder: str) -> None:
    """Answer requests until there are no more."""
    learner = Learner(folder)
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for line in sys.stdin:
        try:
            reply = answer(learner, json.loads(line))
        except RuntimeError:  # so says jupyter_client of a kernel that does not start
            learner.stop()
            reply = {"ok": False, "stopped": "died"}
        replies.write(f"{json.dumps(reply)}\n")
        replies.flush()
    learner.stop()


def answer(learner: Learner, wanted: dict[str, Any]) -> dict[str, Any]:
    """The reply to one request."""
    match wanted:
        case {"run": str(source), "seconds": seconds, "most": int(most)}:
            return run(learner, source, float(seconds), most)
        case {"answers": list(names), "most": int(most)}:
            return {"answers": answers(learner, names, most)}
        case _:
            return {"started": started(learner)}


def started(learner: Learner) -> bool:
    """Start a kernel before it is needed; where that fails the first cell will tell."""
    try:
        learner.start()
    except RuntimeError:
        learner.stop()
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1])
