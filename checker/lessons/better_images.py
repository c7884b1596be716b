"""Lesson 6: an image that is small, quick to build again, and safe to give away."""

from checker import answer, container, dockerfile, image, lesson, step

JUPYTER, PYTHON, BUSYBOX = "jupyter/minimal-notebook:2023-10-20", "python:3.13-slim", "busybox:1.37"
TOKEN = "gt-4b1e-7702-herbarium"  # noqa: S105 - made up, and handed out with the lesson
TABLE = "5.88"

jupyter, python = image(JUPYTER), image(PYTHON)
bad, slim, safe = (image(f"report:{tag}", "build") for tag in ("bad", "slim", "safe"))
quick, edited, good = (image(f"report:{tag}", "build") for tag in ("quick", "edited", "good"))
first, lean, after, desk = (container(name) for name in ("first", "lean", "after", "desk"))
recipe = dockerfile("report/Dockerfile")

LESSON = lesson(
    "Why is my image 2 GB and rebuilt each time?",
    step(
        "Look at a bad image",
        bad.is_built_from(jupyter),
        bad.has_file("/work/old/notes.txt"),
        first.runs(bad.name),
        first.logs(TABLE),
        answer("user")
        .is_("root", "0", 0)
        .hinting("docker image inspect shows it under Config.User, docker run … whoami says it."),
        hints=(
            "Nothing is to be changed yet: build what is there, and run it.",
            "docker build with --build-arg PIP_INDEX_URL, -f and -t, docker run with --name.",
            "docker build --build-arg PIP_INDEX_URL -f report/Dockerfile.bad -t report:bad report, "
            'docker run --name first report:bad, and user = "root"',
        ),
    ),
    step(
        "Begin with less",
        slim.is_built_from(python),
        slim.smaller_than(bad, by=0.5),
        slim.labels("org.opencontainers.image.authors", "herbarium@example.org"),
        recipe.keeps_to("DL3006", "DL3007", "DL3013", said="names the version of all it takes"),
        recipe.keeps_to("DL3042", said="keeps no download cache"),
        recipe.keeps_to("DL4000", "DL3020", said="uses LABEL and COPY for MAINTAINER and ADD"),
        lean.runs(slim.name),
        lean.logs(TABLE),
        hints=(
            "Read the bad Dockerfile from the top: what does a table need of its first line?",
            "Another FROM, LABEL, COPY, and pip with a version and --no-cache-dir.",
            'FROM python:3.13-slim, LABEL org.opencontainers.image.authors="herbarium@example.org",'
            " RUN pip install --no-cache-dir tabulate==0.9.0",
        ),
    ),
    step(
        "Keep out what is nobody's business",
        safe.has_file("/work/report.py"),
        safe.has_no_file("/work/old"),
        safe.has_no_file("/work/token.txt"),
        safe.file("/work/stamp.txt").holds("approved by the herbarium"),
        safe.keeps_out(TOKEN, called="the token"),
        hints=(
            "What .dockerignore names, no COPY finds; and stamp.py still needs the token, once.",
            "RUN --mount=type=secret,id=NAME shows /run/secrets/NAME to this one command.",
            "token.txt and old in report/.dockerignore, RUN --mount=type=secret,id=token "
            "python stamp.py /run/secrets/token, docker build --secret id=token,src=…",
        ),
    ),
    step(
        "Install once, and leave the tools behind",
        quick.has_file("/venv/bin/python").hinting(
            "COPY --from=packages /venv /venv in the last stage brings it."
        ),
        quick.has_no_file("/usr/local/bin/uv").hinting(
            "Install uv in the first stage alone; the last one copies /venv from it."
        ),
        quick.smaller_than(bad, by=0.5),
        edited.file("/work/report.py").holds("Petal length of eighteen irises"),
        edited.shares_layers_with(quick, all_but=1),
        after.runs(edited.name),
        after.logs("Petal length of eighteen irises"),
        hints=(
            "What changes often stands last, and what only the build needs stays in its stage.",
            "A stage installs into /venv; the last one takes COPY --from=STAGE /venv /venv.",
            "FROM python:3.13-slim AS packages … uv pip install --python /venv, "
            "FROM python:3.13-slim, COPY --from=packages /venv /venv, and COPY . . as the "
            "last line that changes files",
        ),
    ),
    step(
        "Run as nobody special, and say how you are",
        good.does_not_run_as_root(),
        good.has_healthcheck(),
        good.exposes(8000),
        good.keeps_out(TOKEN, called="the token"),
        recipe.keeps_to(),
        desk.runs(good.name),
        desk.is_healthy(),
        hints=(
            "docker ps shows after a few seconds whether a container is healthy.",
            "RUN useradd, USER, EXPOSE, HEALTHCHECK CMD, and CMD as a list.",
            "RUN useradd --system app, USER app, EXPOSE 8000, HEALTHCHECK --interval=2s CMD "
            '["python", "report.py", "health"], CMD ["python", "report.py", "serve"]',
        ),
    ),
    minutes=70,
    packages=True,
    images=(JUPYTER, PYTHON, BUSYBOX),
    examples=(image("leak:1"), image("leak:2")),
)
