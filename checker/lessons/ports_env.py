"""Lesson 3: reaching a server inside a container, and telling it what it needs to know."""

from checker import container, lesson, step

PYTHON, JUPYTER = "python:3.13-slim", "jupyter/minimal-notebook:2023-10-20"
TOKEN = "orchard-2026"  # noqa: S105 - the text gives it to every learner

site, twin, tuned = container("site"), container("twin"), container("tuned")
api, diary, lab = container("api"), container("diary"), container("lab")
files = "/api/contents"

LESSON = lesson(
    "How do I reach Jupyter inside a container?",
    step(
        "Publish a port",
        site.is_running(),
        site.runs(PYTHON),
        site.publishes(8000, to=8881),
        site.on(8000).get("/").answers(200),
        hints=(
            "docker ps shows in its column PORTS which way leads into a container.",
            "docker run -p OUTSIDE:INSIDE: the server's own number, 8000, comes last.",
            "docker run -d --name site -p 8881:8000 python:3.13-slim python -m http.server 8000",
        ),
    ),
    step(
        "Run a second server beside the first",
        site.is_running(),
        twin.is_running(),
        twin.publishes(8000, to=8882),
        twin.on(8000).get("/").answers(200),
        hints=(
            "docker ps -a also shows a container that could not start, in the state Created.",
            "Both servers use port 8000 inside; only the port outside must be free.",
            "docker run -d --name twin -p 8882:8000 python:3.13-slim python -m http.server 8000",
        ),
    ),
    step(
        "Tell a program its settings",
        tuned.is_running(),
        tuned.runs(PYTHON),
        tuned.has_env("MODEL", "iris-7"),
        tuned.logs("model iris-7"),
        hints=(
            "docker logs tuned shows which model the program took.",
            "docker run -e NAME=value, before the image; what follows the image is the command.",
            "docker run -d --name tuned -e MODEL=iris-7 python:3.13-slim "
            'python -c "$(cat predict.py)"',
        ),
    ),
    step(
        "Listen where the port leads",
        api.is_running(),
        api.publishes(9000, to=8883),
        api.on(9000).get("/").says("setosa").hinting("Another server answers: run predict.py."),
        hints=(
            "docker logs api tells at which address the program listens.",
            "predict.py takes its address from the variable HOST; every address is 0.0.0.0.",
            "docker run -d --name api -p 8883:9000 -e HOST=0.0.0.0 python:3.13-slim "
            'python -c "$(cat predict.py)"',
        ),
    ),
    step(
        "Publish to your own machine alone",
        diary.is_running(),
        diary.publishes(8000, to=8884, on="127.0.0.1"),
        diary.on(8000).get("/").answers(200),
        hints=(
            "docker port diary shows the address at which the port is open.",
            "docker run -p ADDRESS:OUTSIDE:INSIDE, with the address of your own machine.",
            "docker run -d --name diary -p 127.0.0.1:8884:8000 python:3.13-slim "
            "python -m http.server 8000",
        ),
    ),
    step(
        "Jupyter, with a token",
        lab.is_running(),
        lab.runs(JUPYTER),
        lab.publishes(8888, to=8888, on="127.0.0.1"),
        lab.has_env("JUPYTER_TOKEN", TOKEN),
        lab.on(8888)
        .get(files, token=TOKEN)
        .answers(200)
        .hinting("403 means that Jupyter took another token than the one asked for."),
        lab.on(8888)
        .get(files)
        .is_refused()
        .hinting("Jupyter's token is switched off; leave out what follows the image."),
        hints=(
            "The worked example differs in three things: name, port outside, token.",
            "You need -d, --name, -p with an address, and -e for the token.",
            "docker run -d --name lab -p 127.0.0.1:8888:8888 -e JUPYTER_TOKEN=orchard-2026 "
            "jupyter/minimal-notebook:2023-10-20",
        ),
    ),
    minutes=40,
    images=(PYTHON, JUPYTER),
    ports=(8880, 8881, 8882, 8883, 8884, 8888),
    examples=tuple(container(name) for name in ("shop", "clash", "deaf", "demo")),
)
