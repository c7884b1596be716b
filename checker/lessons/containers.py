"""Lesson 2: what happens when an image runs."""

from checker import answer, container, lesson, now, step
from checker.claim import Verdict, held_if
from checker.model import Container, Wanted

greeting, worker, failed = container("greeting"), container("worker"), container("failed")
clock, flash, mystery = container("clock"), container("flash"), container("mystery")

READY = "waiting for data"


def ran_twice(box: Container) -> Verdict:
    """The line that the worker writes when it starts stands in its log twice or more."""
    times = (box.log or "").count(READY)
    found = "the line is there only once" if times else "the line is not there"
    return held_if(times > 1, found=found)


LESSON = lesson(
    "What happens when an image runs?",
    step(
        "Run a command in a container",
        greeting.runs("busybox:1.37"),
        greeting.logs("hello from a container"),
        greeting.exited_with(0),
        hints=(
            "The worked example has all you need: a name, an image, and a command after it.",
            "docker run --name NAME IMAGE COMMAND; the command that prints a line is echo.",
            "docker run --name greeting busybox:1.37 echo hello from a container",
        ),
    ),
    step(
        "Let a container work in the background",
        worker.runs("python:3.13-slim"),
        worker.is_running(),
        worker.logs(READY),
        hints=(
            "The clock of the worked example stays alive because its command does not end.",
            "docker run -d gives the cell back at once; all options stand before the image.",
            f"docker run -d --name worker python:3.13-slim sh -c 'echo {READY}; sleep infinity'",
        ),
    ),
    step(
        "Work inside a running container",
        worker.file("/home/version.txt").holds("Python 3.13"),
        worker.file("/home/note.txt").holds("I was here"),
        hints=(
            "The files belong in the container's file system, not in this folder.",
            "docker exec runs one more command; sh -c '…' keeps the > inside the container.",
            "docker exec worker sh -c 'python --version > /home/version.txt; "
            "echo I was here > /home/note.txt'",
        ),
    ),
    step(
        "Stop a container and start it again",
        worker.was_restarted(),
        now(
            worker,
            f"wrote “{READY}” to its log a second time",
            ran_twice,
            hint="docker start runs the command of the container anew, and its log goes on.",
            asks=Wanted(logs=("worker",)),
            patience=1.0,
        ),
        hints=(
            "docker ps -a lists stopped containers too; yours must be there before you start it.",
            "docker stop ends the main process, docker start begins it anew in the same container.",
            "docker stop -t 1 worker, then docker start worker",
        ),
    ),
    step(
        "Read why a container ended",
        failed.runs("python:3.13-slim"),
        failed.exited_with(3),
        answer("code").is_exit_code_of(mystery),
        hints=(
            "A container that ended is still listed, with the code in its status.",
            "Python ends with the number you give to sys.exit; docker ps -a shows both codes.",
            "docker run --name failed python:3.13-slim python -c 'import sys; sys.exit(3)', "
            'then docker inspect --format "{{.State.ExitCode}}" mystery',
        ),
    ),
    step(
        "Remove what you no longer need",
        clock.was_removed(),
        worker.outlives(clock),
        flash.ran("busybox:1.37"),
        flash.was_removed(),
        hints=(
            "One container goes by your hand, the other by an option of docker run.",
            "docker rm refuses a running container, docker rm -f does not; the option is --rm.",
            "docker rm -f clock, then docker run --rm --name flash busybox:1.37 date",
        ),
    ),
    minutes=35,
    images=("busybox:1.37", "python:3.13-slim", "hello-world:latest"),
    examples=(container("first"), container("broken"), container("brief")),
)
