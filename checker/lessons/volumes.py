"""Lesson 4: files in containers, in volumes and in folders, and which of them stay."""

from checker import container, file, lesson, now, once, step, volume
from checker.claim import Failed, Verdict, held_if
from checker.model import File
from checker.words.text import quoted

BUSYBOX, PYTHON = "busybox:1.37", "python:3.13-slim"

run1, run2, desk = container("run1"), container("run2"), container("desk")
writer, reader = container("writer"), container("reader")
sensor, monitor = container("sensor"), container("monitor")
study, sketch = container("study"), container("sketch")
results, feed, drafts = volume("iris-results"), volume("sensor-feed"), volume("iris-drafts")
plants, brought = file("data/plants.csv"), file("virginica.csv")
inside, picked = desk.file("/plants.csv"), desk.file("/virginica.csv")


def only_virginica(one: File) -> Verdict:
    """The six rows of that species, and nothing else."""
    rows = (one.text or "").split()
    if not rows:
        return Failed("it is empty")
    right = len(rows) == 6 and all(row.endswith(",virginica") for row in rows)
    return held_if(right, found=f"it has {len(rows)} rows, {quoted(' '.join(rows))}")


LESSON = lesson(
    "Where did my file go, and how do I keep it?",
    step(
        "See whose file it is",
        run1.runs(BUSYBOX),
        run1.file("/result.txt").holds("accuracy 0.97"),
        run2.runs(BUSYBOX),
        run2.exited_with(1),
        run2.logs("No such file or directory"),
        hints=(
            "docker ps -a shows both containers, docker diff run1 what the first one wrote.",
            "Two times docker run, each with its --name and without --rm, from one image.",
            "docker run --name run1 busybox:1.37 sh -c 'echo \"accuracy 0.97\" > /result.txt', "
            "then docker run --name run2 busybox:1.37 cat /result.txt",
        ),
    ),
    step(
        "Copy files in and out",
        inside.is_a_copy_of(plants),
        now(picked, "holds the six rows of virginica and no others", only_virginica).hinting(
            "docker exec desk sh -c 'grep virginica /plants.csv > /virginica.csv' writes it."
        ),
        brought.is_a_copy_of(picked),
        hints=(
            "docker exec desk ls / shows what has arrived in the container.",
            "docker cp FROM TO, where a path inside a container is written desk:/path.",
            "docker cp data/plants.csv desk:/plants.csv, then docker exec desk sh -c "
            "'grep virginica /plants.csv > /virginica.csv', then docker cp desk:/virginica.csv .",
        ),
    ),
    step(
        "Keep data in a named volume",
        once(writer.mounts(results, at="/results")),
        results.outlives(writer),
        reader.mounts(results, at="/results"),
        reader.logs("iris,0.97"),
        hints=(
            "docker volume ls shows which volumes have a name, docker logs reader what it read.",
            "docker run -v NAME:/path for both; docker rm between the two.",
            "docker run --name writer -v iris-results:/results busybox:1.37 "
            "sh -c 'echo iris,0.97 > /results/scores.csv', docker rm writer, "
            "docker run --name reader -v iris-results:/results busybox:1.37 "
            "cat /results/scores.csv",
        ),
    ),
    step(
        "Share a volume while both run",
        sensor.is_running(),
        sensor.mounts(feed, at="/feed"),
        monitor.is_running(),
        monitor.mounts(feed, at="/incoming"),
        monitor.logs("greenhouse,21.5"),
        hints=(
            "docker logs monitor shows what arrives; docker inspect shows what is mounted where.",
            "The same volume name on the left of both -v, another path on the right.",
            "docker run -d --name sensor -v sensor-feed:/feed busybox:1.37 sh -c 'while true; "
            "do echo greenhouse,21.5 >> /feed/readings.csv; sleep 1; done', "
            "docker run -d --name monitor -v sensor-feed:/incoming busybox:1.37 "
            "tail -F /incoming/readings.csv",
        ),
    ),
    step(
        "Lend a folder, read-only",
        study.runs(PYTHON),
        study.mounts_folder("./data", at="/data"),
        study.cannot_write_to("/data"),
        study.logs("mean petal length 3.92"),
        hints=(
            "docker inspect study lists under Mounts where /data comes from.",
            'A source that begins with a slash is a folder: "$PWD/data"; :ro comes last.',
            'docker run --name study -v "$PWD/data":/data:ro python:3.13-slim python /data/mean.py',
        ),
    ),
    step(
        "Remove what you no longer need",
        once(sketch.mounts(drafts, at="/drafts")),
        sketch.was_removed(),
        drafts.was_removed(),
        results.is_there(),
        hints=(
            "docker ps -a --filter volume=iris-drafts shows who still uses the volume.",
            "First docker rm for the container, then docker volume rm for the volume.",
            "docker run --name sketch -v iris-drafts:/drafts busybox:1.37 touch /drafts/a, "
            "docker rm sketch, docker volume rm iris-drafts",
        ),
    ),
    minutes=40,
    images=(BUSYBOX, PYTHON),
    examples=(
        *(container(name) for name in ("oak", "tray", "baker", "pendulum", "holder")),
        *(volume(name) for name in ("pantry", "minutes", "spare")),
    ),
)
