"""Run commands with one progress line per step; it knows nothing about what the commands do."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from checker.machine.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]
"""The workbook's own folder."""

NOTES = ROOT / os.environ.get("WORKBOOK_NOTES", ".workbook")
"""Where the workbook keeps logs and notes about this checkout; git ignores it."""

console = Console(highlight=False, soft_wrap=True)

Tell = Callable[[str], None]


def has(command: str) -> bool:
    """Tell whether the shell would find this command."""
    return shutil.which(command) is not None


@contextmanager
def step(sentence: str) -> Iterator[Tell]:
    """Show one line while something is done, with its time at the end; `tell` adds a detail."""
    began = time.monotonic()
    with console.status(escape(sentence)) as status:

        def tell(detail: str) -> None:
            detail = detail[: max(20, console.width - len(sentence) - 8)]
            status.update(f"{escape(sentence)} [dim]{escape(detail)}[/dim]")

        try:
            yield tell
        except BaseException:
            console.print(f"✗ {escape(sentence)}")
            raise
    console.print(f"✓ {escape(sentence)} [dim]({time.monotonic() - began:.0f} s)[/dim]")


def note(sentence: str) -> None:
    """Show one line about what is so already."""
    console.print(escape(sentence))


def text(
    command: Sequence[str], environ: Mapping[str, str] | None = None, timeout: float = 60
) -> str:
    """Give what a short command prints; raise Trouble with its last words when it fails."""
    try:
        done = subprocess.run(
            command, env=environ, capture_output=True, text=True, check=False, timeout=timeout
        )
    except FileNotFoundError:
        raise Trouble(f"The command {command[0]} is not installed.") from None
    except subprocess.TimeoutExpired:
        raise Trouble(f"{' '.join(command)} gave no answer in {timeout:.0f} s.") from None
    if done.returncode:
        raise Trouble(f"{' '.join(command)} failed: {last_words(done.stderr or done.stdout)}")
    return done.stdout.strip()


def succeeds(command: Sequence[str], environ: Mapping[str, str] | None = None) -> bool:
    """Run a short command and tell whether it ended well."""
    return (
        has(command[0])
        and not subprocess.run(command, env=environ, capture_output=True, check=False).returncode
    )


def follow(
    command: Sequence[str], tell: Tell, log: Path, environ: Mapping[str, str] | None = None
) -> None:
    """Run a long command, show its newest line, keep all of them in a log."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("a", encoding="utf-8") as kept,
        subprocess.Popen(
            command,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as child,
    ):
        said = ""
        for line in child.stdout or ():
            kept.write(line)
            said = (said + line)[-4000:]
            tell(line.strip())
    if child.returncode:
        raise Trouble(f"{command[0]} failed: {last_words(said)} All it said is in {log}.")


def last_words(said: str) -> str:
    """Give the last line that says something."""
    lines = [line.strip() for line in said.splitlines() if line.strip(" \t-=>")]
    return lines[-1] if lines else "it said nothing."


def with_environ(**more: str) -> dict[str, str]:
    """Give this process's environment with some variables set."""
    return {**os.environ, **more}
