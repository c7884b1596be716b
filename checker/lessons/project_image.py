"""Lesson 8: an image with the environment alone, and a project folder that every image can use."""

from checker import container, file, image, lesson, now, step
from checker.claim import Verdict, held_if
from checker.model import Image
from checker.words.text import quoted

PYTHON, R, BUSYBOX = "python:3.13-slim", "r-base:4.5.0", "busybox:1.37"

team = image("weather-env:1", "build")
monthly, mine, twin = container("monthly"), container("mine"), container("twin")
days, from_python = file("project/weather.csv"), file("project/monthly_python.csv")
from_r = file("project/monthly_r.csv")

MONTHS = """month,temperature_c,wind_ms,solar
5,18.64,5.20,181.30
6,26.17,4.59,190.17
7,28.84,4.00,216.48
8,28.87,3.93,171.86
9,24.94,4.55,167.43
"""
"""What exact fractions give, rounded to two digits; no mean is near a half of the last one."""


def begins_from_python(one: Image) -> Verdict:
    """Only pandas needs to be added: Python is that of the base image."""
    there = dict(one.env).get("PYTHON_VERSION", "")
    found = f"its Python is {quoted(there)}" if there else "its base image is not python:3.13-slim"
    return held_if(there.startswith("3.13."), found=found)


OWN_NUMBER = "your user has another number on the computer that grades"

LESSON = lesson(
    "How does a team share one environment and keep its data outside?",
    step(
        "Build the environment alone",
        now(team, "brings Python 3.13", begins_from_python).hinting(
            f"FROM {PYTHON} in the Dockerfile, then build again."
        ),
        team.works_in("/project"),
        team.has_file("/usr/local/lib/python3.13/site-packages/pandas-2.3.3.dist-info").hinting(
            "RUN pip install pandas==2.3.3 in the Dockerfile puts it there."
        ),
        team.has_no_file("/project/weather.csv").hinting(
            "The data stays outside: leave out COPY, and build again."
        ),
        team.has_no_file("/project/monthly.py").hinting(
            "The program stays outside too, so that changing it needs no build."
        ),
        hints=(
            "docker run --rm weather-env:1 ls -a should find an empty folder.",
            "FROM, WORKDIR, ARG and RUN pip; nothing is copied.",
            "RUN pip install --no-cache-dir pandas==2.3.3, then "
            "docker build --build-arg PIP_INDEX_URL -t weather-env:1 environment",
        ),
    ),
    step(
        "Run it over the folder, and leave nothing behind",
        monthly.ran(team.name),
        monthly.was_removed(),
        from_python.holds_table(MONTHS, called="the means of the five months"),
        hints=(
            "The program looks for weather.csv in the folder that it starts in.",
            "The folder project is mounted where the image works; --rm removes the container.",
            'docker run --rm --name monthly -v "$PWD/project":/project weather-env:1 '
            "python monthly.py",
        ),
    ),
    step(
        "Own what you make",
        mine.ran(team.name),
        mine.was_removed(),
        from_python.holds_table(MONTHS, called="the means of the five months"),
        from_python.belongs_to_owner_of(days),
        hints=(
            "ls -ln project shows owners as numbers, id -u and id -g show yours.",
            "Remove the old table first; then docker run takes --user, before the image.",
            "rm -f project/monthly_python.csv, then docker run --rm --name mine "
            '--user "$(id -u):$(id -g)" -v "$PWD/project":/project weather-env:1 '
            "python monthly.py",
        ),
        on_evidence=OWN_NUMBER,
    ),
    step(
        "Do the same step in R",
        twin.ran(R),
        twin.was_removed(),
        from_r.agrees_with(from_python).hinting(
            "FUN = mean, na.rm = TRUE leaves out what is missing: aggregate() hands it on to mean."
        ),
        from_r.belongs_to_owner_of(days),
        hints=(
            "Compare the two tables: R has no number for the months with missing values.",
            "aggregate() hands na.rm = TRUE on to mean; then run Rscript monthly.R in /project.",
            "In project/monthly.R: FUN = mean, na.rm = TRUE. Then docker run --rm --name twin "
            '--user "$(id -u):$(id -g)" -v "$PWD/project":/project --workdir /project '
            "r-base:4.5.0 Rscript monthly.R",
        ),
        on_evidence=OWN_NUMBER,
    ),
    minutes=40,
    packages=True,
    images=(PYTHON, R, BUSYBOX),
    examples=(container("guest"),),
)
