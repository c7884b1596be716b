"""Lesson 5: an environment, written down as a Dockerfile."""

from checker import answer, container, image, lesson, now, step
from checker.claim import Verdict, held_if
from checker.model import Image
from checker.words import kept

PYTHON, BUSYBOX = "python:3.13-slim", "busybox:1.37"

python, busybox = image(PYTHON), image(BUSYBOX)
hello, greeter = image("hello-python:1", "build"), container("greeter")
first, second, third, fourth = (image(f"iris:{number}", "build") for number in (1, 2, 3, 4))
train, usual, other, edited = (container(name) for name in ("trained", "usual", "other", "edited"))
hands, frozen, written = (
    container("hands"),
    image("notes:frozen", "commit"),
    image("notes:written", "build"),
)
MODEL, PREDICT, NOTES = "/iris/model.json", "/iris/predict.py", "/notes.txt"
MEASURED = "measured by hand"
ABOVE = "What RUN needs stands above it: ENV UNIT=mm, and COPY. Then build again."


def starts_hello(one: Image) -> Verdict:
    """What runs without a further word is hello.py, however that is written."""
    words = " ".join((*one.entrypoint, *one.command))
    return held_if("hello.py" in words, found=kept.command(one))


LESSON = lesson(
    "How do I write down an environment?",
    step(
        "Write a Dockerfile and build it",
        hello.is_built_from(python),
        now(hello, "starts hello.py", starts_hello).hinting(
            'CMD ["python", "hello.py"] is the last line; the path is the one inside the image.'
        ),
        greeter.runs(hello.name),
        greeter.logs("Hello from Python"),
        hints=(
            "The worked example has one file and three kinds of lines; only the names are others.",
            "FROM an image, COPY a file into it, CMD as a list; then docker build -t NAME FOLDER.",
            'FROM python:3.13-slim, COPY hello.py /, CMD ["python", "/hello.py"], then '
            "docker build -t hello-python:1 hello, docker run --name greeter hello-python:1",
        ),
    ),
    step(
        "Say where, with what, and whose",
        first.works_in("/iris"),
        first.has_file("/iris/plants.csv"),
        first.has_file("/iris/train.py"),
        first.has_env("UNIT", "mm"),
        first.labels("org.opencontainers.image.title", "Iris species by petal length"),
        train.runs(first.name),
        train.logs("in mm"),
        hints=(
            "docker image inspect iris:1 shows under Config what the image declares.",
            "Below WORKDIR, ./ means that folder; ENV and LABEL take name=value.",
            "FROM python:3.13-slim, WORKDIR /iris, ENV UNIT=mm, "
            'LABEL org.opencontainers.image.title="Iris species by petal length", '
            'COPY plants.csv train.py ./, CMD ["python", "train.py"]',
        ),
    ),
    step(
        "Do work while building",
        second.has_file("/iris/train.py"),
        second.file(MODEL).holds("mm").hinting(ABOVE),
        second.file(MODEL).holds("14.0").hinting(ABOVE),
        hints=(
            "Where is model.json made: in the build, or each time a container starts?",
            "RUN is done while building, and its files stay; what it needs stands above it.",
            "ENV UNIT=mm, COPY plants.csv train.py ./, RUN python train.py, then "
            "docker build -t iris:2 iris",
        ),
    ),
    step(
        "Make an image that takes arguments",
        third.has_entrypoint("python", "predict.py"),
        third.has_command("14"),
        usual.runs(third.name),
        usual.logs("14 mm is setosa"),
        other.runs(third.name),
        other.logs("58 mm is virginica"),
        hints=(
            "What follows the image's name in docker run replaces CMD, and leaves ENTRYPOINT.",
            "The part that never changes is the ENTRYPOINT, the part that may change is the CMD.",
            'ENTRYPOINT ["python", "predict.py"], CMD ["14"], then docker run --name usual iris:3, '
            "docker run --name other iris:3 58",
        ),
    ),
    step(
        "Edit, and build again",
        fourth.file(PREDICT).holds("Iris {species}"),
        third.file(PREDICT).holds("} is {species}"),
        fourth.built_after(third).hinting(
            "docker build -t iris:4 iris makes it, after predict.py was changed."
        ),
        fourth.shares_layers_with(third, all_but=1),
        edited.runs(fourth.name),
        edited.logs("Iris virginica"),
        hints=(
            "Each line of the build that says CACHED was not done again.",
            "COPY predict.py is the last line that changes files: what changes often stands last.",
            'sed -i.old "s/is {species}/is Iris {species}/" iris/predict.py, '
            "docker build -t iris:4 iris, docker run --name edited iris:4 58",
        ),
    ),
    step(
        "Freeze a container, and do better",
        hands.file(NOTES).holds(MEASURED),
        frozen.is_built_from(busybox).hinting(
            "Run hands from busybox:1.37, then docker commit hands notes:frozen."
        ),
        frozen.file(NOTES)
        .is_a_copy_of(hands.file(NOTES))
        .hinting("docker commit hands notes:frozen, after the file was written."),
        written.is_built_from(busybox),
        written.file(NOTES)
        .is_a_copy_of(hands.file(NOTES))
        .hinting("RUN echo writes the same words into it, with one line end."),
        answer("tells_how")
        .is_("notes:written")
        .hinting("docker history --no-trunc shows of each image how its layers were made."),
        hints=(
            "docker diff hands shows what docker commit would keep.",
            "docker commit CONTAINER IMAGE freezes; RUN in a Dockerfile does it for all to see.",
            "docker run -d --name hands busybox:1.37 sleep 3600, "
            "docker exec hands sh -c 'echo measured by hand > /notes.txt', "
            "docker commit hands notes:frozen, then a Dockerfile with FROM busybox:1.37 and "
            'RUN echo measured by hand > /notes.txt, and tells_how = "notes:written"',
        ),
    ),
    minutes=55,
    images=(PYTHON, BUSYBOX),
    examples=(
        *(image(name) for name in ("rose:1", "rose:2", "rose:3", "tulip:1", "tulip:frozen")),
        container("potting"),
    ),
)
