"""Lesson 12: a model that is trained, put into an image with its API, and asked over HTTP."""

import json
from collections.abc import Callable
from dataclasses import replace

from checker import answer, container, file, image, lesson, now, step
from checker.claim import Unknown, Verdict, held_if, over
from checker.model import Evidence, File, Json
from checker.words.text import listed, quoted, shown

PYTHON, ENV = "python:3.13-slim", "tickets-env:1"
FIRST, SECOND = "tickets-api:1", "tickets-api:2"

trainer, api = container("trainer"), container("api")
strict, fresh = container("strict"), container("fresh")
first, second = image(FIRST, "build"), image(SECOND, "build")
model, about = file("model/tickets.joblib"), file("model/about.json")
newer = file("model-2/tickets.joblib")
accuracy = answer("accuracy")

LOADING = 40.0
"""Seconds until scikit-learn and the model are loaded, on a computer that is busy."""

BILL: Json = {"text": "Why does my bill for August show a higher price?"}
LATE: Json = {"text": "The parcel is late, when will it come?"}
BROKEN: Json = {"text": "The kettle is broken and I want to send it back."}
THANKS: Json = {"text": "Thank you, great service and a wonderful lamp."}


def told(one: File | None, key: str) -> object:
    """What the training program noted under this name."""
    try:
        noted = json.loads((one.text if one else None) or "{}")
    except ValueError:
        return None
    return noted.get(key) if isinstance(noted, dict) else None


def as_noted(evidence: Evidence) -> Verdict:
    """The answer is the number that training noted beside the model."""
    given, noted = accuracy.find(evidence.now), told(about.find(evidence.now), "accuracy")
    if given is None:
        return accuracy.absence(evidence.now)
    if noted is None:
        return Unknown(f"{about.key} must be there to compare")
    return held_if(_number(given.json) == noted, found=f"it is {quoted(given.json)}")


def _number(text: str) -> float | None:
    """The number in an answer, also where a command left it as the only line."""
    value = json.loads(text)
    said = value[0] if isinstance(value, list) and len(value) == 1 else value
    try:
        return float(said)
    except (ValueError, TypeError):
        return None


def knows(*labels: str) -> Callable[[File], Verdict]:
    """A look at the note beside a model: that it knows these labels and no others."""

    def look(one: File) -> Verdict:
        there = told(one, "labels")
        names = [shown(str(name)) for name in there] if isinstance(there, list) else []
        return held_if(sorted(names) == sorted(labels), found=f"it tells of {listed(names)}")

    return look


LESSON = lesson(
    "How do I ship a model as a service?",
    step(
        "Train in a container, keep the model",
        trainer.runs(ENV),
        trainer.exited_with(0),
        model.is_there(),
        now(about, "tells of three labels", knows("delivery", "invoice", "return")).hinting(
            "train.py without further words learns data/tickets.csv, and writes into model."
        ),
        over(
            accuracy, "is the share of test tickets that it got right", as_noted, also=(about,)
        ).hinting("docker logs trainer shows it, and so does model/about.json."),
        hints=(
            "docker logs trainer tells how it went, ls model what is there.",
            'docker run with -v "$PWD":/work, and python /work/train.py as the command.',
            'docker run --name trainer --user "$(id -u):$(id -g)" -v "$PWD":/work '
            "tickets-env:1 python /work/train.py, then accuracy = … from its last line",
        ),
    ),
    step(
        "Put program and model into an image",
        first.is_there(),
        first.has_file("/app/app.py"),
        first.has_file("/app/model/tickets.joblib"),
        first.has_no_file("/app/data").hinting(
            "COPY app.py and the folder model; what is not copied stays out."
        ),
        first.does_not_run_as_root().hinting(
            "USER nobody in the Dockerfile; this user is in the image already."
        ),
        hints=(
            "docker run --rm tickets-api:1 ls -R /app shows what came into the image.",
            "FROM, WORKDIR, COPY for the program and COPY for the folder, USER, CMD.",
            "FROM tickets-env:1, WORKDIR /app, COPY app.py ., COPY model model, USER nobody, "
            'CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "5000"], '
            "each on its own line; then docker build -t tickets-api:1 .",
        ),
    ),
    step(
        "Serve it",
        api.is_running(),
        api.runs(FIRST),
        api.publishes(5000, to=15000),
        replace(api.on(5000).get("/health").answers(200), patience=LOADING),
        api.on(5000).post("/predict", json=BILL).returns_json_with("result", "invoice"),
        api.on(5000).post("/predict", json=LATE).returns_json_with("result", "delivery"),
        hints=(
            "docker logs api tells where the server listens, docker port api what leads there.",
            "docker run -d with -p OUTSIDE:INSIDE; inside it is 5000.",
            "docker run -d --name api -p 15000:5000 tickets-api:1",
        ),
    ),
    step(
        "Refuse what makes no sense, and tell your health",
        second.has_healthcheck(),
        strict.runs(SECOND),
        strict.publishes(5000, to=15001),
        strict.is_healthy(),
        strict.on(5000).post("/predict", json={"text": ""}).refuses(),
        strict.on(5000).post("/predict", json={"text": "   "}).refuses(),
        strict.on(5000).post("/predict", json={"text": ""}).returns_json_with("detail"),
        strict.on(5000).post("/predict", json=BROKEN).returns_json_with("result", "return"),
        hints=(
            "send.py with a text of three blanks shows what a server makes of it.",
            "text.strip() is empty for blanks; raise HTTPException(400, detail=…) answers.",
            "if not ticket.text.strip(): raise HTTPException(400, detail='the text is empty'), "
            'HEALTHCHECK --interval=2s CMD python -c "from urllib.request import urlopen; '
            "urlopen('http://127.0.0.1:5000/health')\", then docker build -t tickets-api:2 . "
            "and docker run -d --name strict -p 15001:5000 tickets-api:2",
        ),
    ),
    step(
        "A newer model in the same image",
        newer.is_there(),
        fresh.runs(SECOND),
        fresh.mounts_folder("./model-2", at="/app/model"),
        fresh.cannot_write_to("/app/model"),
        fresh.publishes(5000, to=15002),
        replace(
            fresh.on(5000).post("/predict", json=THANKS).returns_json_with("result", "praise"),
            patience=LOADING,
        ),
        hints=(
            "What is mounted at a path hides what the image has there.",
            "train.py takes a table and a folder; -v … :ro mounts that folder.",
            'docker run --rm --user "$(id -u):$(id -g)" -v "$PWD":/work tickets-env:1 '
            "python /work/train.py data/more.csv model-2, then docker run -d --name fresh "
            '-p 15002:5000 -v "$PWD/model-2":/app/model:ro tickets-api:2',
        ),
    ),
    minutes=65,
    packages=True,
    images=(PYTHON,),
    ports=(15000, 15001, 15002),
    examples=(image(ENV), image("tickets-look:1")),
)
