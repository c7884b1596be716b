"""Lesson 7: one image that holds a paper's analysis: data, code, environment, and its chance."""

import re
import sys

from checker import container, file, image, lesson, now, step
from checker.claim import Claim, Failed, Verdict, held_if
from checker.model import Container, File
from checker.words.container import ContainerWord
from checker.words.file import FileWord
from checker.words.text import listed, quoted, shown

PYTHON, BUSYBOX, TOKEN = "python:3.13-slim", "busybox:1.37", "iris-1936"
FILES = "/api/contents/analysis.ipynb"

list_of_packages = file("paper/requirements.txt")
first, final = (image(f"iris-paper:{tag}", "build") for tag in (1, 2))
rerun, referee, desk = container("rerun"), container("referee"), container("desk")
published = file("published/predictions.csv")

EXECUTE = "nbconvert executes the cells with --execute, and alone copies what they showed before."
NEEDS = {
    "jupyterlab": "JupyterLab",
    "matplotlib": "what draws the plots",
    "pyyaml": "what reads YAML",
}
_PINNED = re.compile(r"[A-Za-z0-9][\w.-]*(\[[\w, -]*\])? *== *[\w.!+]+")
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


def asked_for(one: File) -> list[str]:
    """The requirements in the file, without remarks, options, hashes and conditions."""
    whole = (one.text or "").replace("\\\n", " ")
    lines = (re.split(r"\s#|^#|;|\s--", line)[0].strip() for line in whole.splitlines())
    return [line for line in lines if line and not line.startswith("-")]


def named(one: File) -> list[str]:
    """The packages in the file, as the index spells them."""
    names = (_NAME.match(line) for line in asked_for(one))
    return [re.sub(r"[-_.]+", "-", name[0]).lower() for name in names if name]


def is_pinned(one: File) -> Verdict:
    """Every line is a name, two equals signs and one version."""
    lines = asked_for(one)
    if not lines:
        return Failed("it lists no package")
    loose = [quoted(line) for line in lines if not _PINNED.fullmatch(line)]
    return held_if(not loose, found=f"it leaves open {listed(loose[:4])}")


def is_complete(one: File) -> Verdict:
    """The three packages are among the names."""
    absent = [what for name, what in NEEDS.items() if name not in named(one)]
    return held_if(not absent, found=f"it does not list {listed(absent)}")


def is_installable(one: File) -> Verdict:
    """No name is that of a module of Python, or of an import whose package is called otherwise."""
    names = named(one)
    own = [shown(name) for name in names if name in sys.stdlib_module_names]
    if own:
        return Failed(f"it lists {listed(own)}", "Python brings these along; leave them out.")
    wrong = [name for name in names if name == "yaml"]
    return (
        Failed("it lists yaml", "import yaml is the package PyYAML.")
        if wrong
        else (held_if(bool(names), found="it lists no package"))
    )


def offline(box: ContainerWord) -> Claim:
    """The container has no network."""

    def look(there: Container) -> Verdict:
        nets = listed(shown(name) for name in there.networks)
        return held_if(there.networks == ("none",), found=f"its network is {nets}")

    hint = f"docker rm {box.name}, then run it again with --network none, before the image."
    return now(box, "has no network", look, hint=hint)


def alone(box: ContainerWord) -> Claim:
    """Nothing is mounted into the container."""

    def look(there: Container) -> Verdict:
        at = listed(shown(mount.at) for mount in there.mounts)
        return held_if(not there.mounts, found=f"something is mounted at {at}")

    hint = f"docker rm {box.name}, then run it without -v: all it needs is in the image."
    return now(box, "mounts nothing", look, hint=hint)


def tells_accuracy(one: File) -> Verdict:
    """An output of the notebook holds the line that the analysis prints."""
    told = re.search(r'"accuracy \d\.\d\d(\\n)?"', one.text or "")
    return held_if(told is not None, found="no cell has printed one; it may not have been executed")


def shows_figure(one: File) -> Verdict:
    """An output of the notebook is a picture."""
    drawn = re.search(r'"image/(png|svg\+xml)":', one.text or "")
    return held_if(drawn is not None, found="no cell has drawn one; it may not have been executed")


def has_seed(one: File) -> Verdict:
    """The settings' seed is the paper's."""
    line = re.search(r"(?m)^seed\s*:\s*(.*?)\s*(#.*)?$", one.text or "")
    right = line is not None and line[1] == "1936"
    return held_if(right, found=f"its seed is {quoted(line[1])}" if line else "it names no seed")


def copied(image_file: FileWord, original: FileWord) -> Claim:
    """The image's file is the one that is handed out."""
    return image_file.is_a_copy_of(original).hinting(
        "COPY in the Dockerfile takes it from the folder paper; then build again."
    )


executed = rerun.file("/paper/results/analysis.ipynb")

LESSON = lesson(
    "Can a reader rerun my paper with one command?",
    step(
        "List what the analysis needs",
        now(list_of_packages, "names one version for each package", is_pinned).hinting(
            "name==version, with two equals signs; >= and * leave open what a reader gets."
        ),
        now(list_of_packages, "lists all that the analysis needs", is_complete).hinting(
            "The cells import two of them, and JupyterLab executes the cells."
        ),
        now(list_of_packages, "lists nothing that pip cannot install", is_installable).hinting(
            "Each line is the name of a package, as the package index spells it."
        ),
        hints=(
            "The imports stand in the first cell of paper/analysis.ipynb.",
            "Leave out what Python brings along; one line for each package, name==version.",
            "jupyterlab==4.6.6, matplotlib==3.10.9 and PyYAML==6.0.3, each in a line of its own.",
        ),
    ),
    step(
        "Build data, code and environment into one image",
        first.works_in("/paper"),
        copied(first.file("/paper/analysis.ipynb"), file("paper/analysis.ipynb")),
        copied(first.file("/paper/iris.csv"), file("paper/iris.csv")),
        first.has_file("/paper/settings.yaml"),
        first.does_not_run_as_root(),
        hints=(
            "docker run --rm iris-paper:1 ls -l shows what has arrived, and whose it is.",
            "FROM, WORKDIR, COPY and RUN pip for the environment, COPY for the rest, USER, CMD.",
            "COPY analysis.ipynb iris.csv settings.yaml ./, RUN useradd --create-home reader "
            "&& chown reader /paper, USER reader, and then "
            "docker build --build-arg PIP_INDEX_URL -t iris-paper:1 paper",
        ),
    ),
    step(
        "Rerun it without network and folder",
        rerun.runs(first.name),
        offline(rerun),
        alone(rerun),
        rerun.exited_with(0).hinting(
            "docker logs rerun tells why; to write there, reader has to own /paper, as in step 2."
        ),
        now(executed, "tells the accuracy", tells_accuracy).hinting(EXECUTE),
        now(executed, "shows the figure", shows_figure).hinting(EXECUTE),
        file("results/analysis.ipynb").is_a_copy_of(executed),
        hints=(
            "docker logs rerun tells what nbconvert did, docker ps -a how it ended.",
            "One docker run with --name and --network none, then docker cp for the results.",
            "docker run --name rerun --network none iris-paper:1, then "
            "docker cp rerun:/paper/results .",
        ),
    ),
    step(
        "Get the published result",
        now(final.file("/paper/settings.yaml"), "has the seed 1936", has_seed).hinting(
            "Change paper/settings.yaml, then build again: an image keeps the files it was built "
            "with."
        ),
        referee.runs(final.name),
        offline(referee),
        alone(referee),
        referee.exited_with(0),
        referee.file("/paper/results/predictions.csv")
        .is_a_copy_of(published)
        .hinting("The lot fell otherwise; only settings.yaml should differ from what you got."),
        hints=(
            "The second cell of the notebook draws the lot; it reads a line of settings.yaml.",
            "Change that line, build under the tag 2, and run the new image as you ran the old.",
            "sed -i.old 's/^seed: .*/seed: 1936/' paper/settings.yaml, then "
            "docker build --build-arg PIP_INDEX_URL -t iris-paper:2 paper, then "
            "docker run --name referee --network none iris-paper:2",
        ),
    ),
    step(
        "Let readers open it",
        desk.is_running(),
        desk.runs(final.name),
        desk.publishes(8888, to=8885, on="127.0.0.1"),
        alone(desk),
        desk.on(8888)
        .get(FILES, token=TOKEN)
        .answers(200)
        .hinting("403 is another token than the one asked for; 404 is another folder."),
        desk.on(8888).get(FILES).is_refused().hinting("Jupyter's token is switched off."),
        hints=(
            "docker logs desk says where JupyterLab listens, or why it ended.",
            "Behind the image stands a command of your own, which takes the place of CMD.",
            "docker run -d --name desk -p 127.0.0.1:8885:8888 -e JUPYTER_TOKEN=iris-1936 "
            "iris-paper:2 jupyter lab --ip=0.0.0.0 --no-browser",
        ),
    ),
    minutes=55,
    packages=True,
    images=(PYTHON, BUSYBOX),
    ports=(8885,),
    examples=(image("trees:1"),),
)
