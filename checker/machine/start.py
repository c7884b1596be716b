"""What `make start` and `make stop` do, from an empty computer to an open lesson."""

import os
import platform
import shutil
from collections.abc import Callable
from pathlib import Path

from checker import engine, mirror
from checker.machine import choice, daemon, lab, packages, root, run, state
from checker.machine.choice import Deed, Found
from checker.machine.trouble import Trouble

FIRST_LESSON = "01_images"
HAS_SYSTEMD = Path("/run/systemd/system")


def said(deed: Callable[[], None]) -> int:
    """Do something; show what stops it as one sentence. Give the exit code."""
    try:
        deed()
    except (Trouble, engine.EngineTrouble) as stopped:
        run.console.print(f"✗ {stopped}", markup=False)
        return 1
    except KeyboardInterrupt:
        run.console.print("– stopped by you; the same command goes on from here.")
        return 130
    return 0


def start(*, instructor: bool = False, browser: bool = True, lesson: str = FIRST_LESSON) -> int:
    """Have an engine, images and JupyterLab ready; print where the first lesson is."""

    def deed() -> None:
        host = ready_engine()
        ready_images(host, lesson)
        usual = host == "unix:///var/run/docker.sock"
        running = lab.start("" if usual else host, instructor=instructor)
        lab.show(running, lesson, browser=browser)

    return said(deed)


def stop() -> int:
    """Stop JupyterLab; the engine stays, since other work may use it."""

    def deed() -> None:
        if not lab.stop():
            run.note("JupyterLab does not run.")
        if daemon.ours(state.place()):
            run.note("The course's engine still runs; stop it with: make engine-down")

    return said(deed)


def engine_up() -> int:
    """Have an engine that answers; install and start one where there is none."""
    return said(lambda: run.note(f"The engine is at {ready_engine()}"))


def engine_down(*, purge: bool = False) -> int:
    """Stop the engine that was started here; with `purge` remove all that was added."""

    def deed() -> None:
        if not state.place().state.exists():
            run.note("The workbook started no engine on this computer; nothing was changed.")
            return
        root.do("engine-stop", *(["--purge"] if purge else []))

    return said(deed)


def look() -> Found:
    """Look at what this computer has."""
    place = state.place()
    answers, trouble, named = ask_engine()
    return Found(
        system=platform.system(),
        answers=answers,
        trouble=trouble,
        named=named,
        has_dockerd=shutil.which("dockerd", path=f"{os.environ['PATH']}:/usr/sbin") is not None,
        dockerd_is_ours="docker.io" in state.load(place).packages,
        has_systemd=HAS_SYSTEMD.is_dir(),
        may_become_root=root.may_become(),
        has_packages=run.has("apt-get") and bool(packages.engine_packages(packages.release())),
    )


def ask_engine() -> tuple[bool, str, str]:
    """Tell whether an engine answers, what kept it from answering, and the name it was given."""
    try:
        found = engine.find(environ())
    except engine.EngineTrouble:
        return False, "absent", ""
    try:
        engine.connect(found).close()
    except engine.EngineTrouble as stopped:
        named = found.found in ("DOCKER_HOST", "the current Docker context")
        by_name = named and found.host != state.place().host
        shown = found.host if by_name or stopped.kind != "absent" else ""
        return False, stopped.kind, shown
    return True, "", ""


def environ() -> dict[str, str]:
    """Give the environment in which an engine is looked for: the course's own at another place."""
    place = state.place()
    elsewhere = "WORKBOOK_ENGINE_SOCKET" in os.environ and "DOCKER_HOST" not in os.environ
    return run.with_environ(DOCKER_HOST=place.host) if elsewhere else dict(os.environ)


def ready_engine() -> str:
    """Give the address of an engine that answers."""
    found = look()
    match choice.choose(found):
        case Deed.USE:
            pass
        case Deed.START:
            begin(install=False)
        case Deed.INSTALL:
            begin(install=True)
        case str() as sentence:
            raise Trouble(sentence)
    return engine.find(environ()).host


def begin(*, install: bool) -> None:
    """Start an engine of the course's own, and say how to undo it."""
    if not root.am_root():
        run.note("No engine is here; installing and starting one needs your password for sudo.")
    group = str(os.getgid())
    root.do("engine-start", "--group", group, *(["--install"] if install else []))
    run.note("This engine is the workbook's own; stop it with: make engine-down")


def engine_start(*, group: str, install: bool) -> None:
    """Install, where asked, and start an engine; runs as root."""
    place = state.place()
    if install:
        packages.install_engine(place)
    daemon.start(place, group)


def engine_stop(*, purge: bool) -> None:
    """Stop the course's engine and undo what was done; runs as root."""
    place = state.place()
    daemon.stop(place)
    if purge:
        packages.purge(place)
        daemon.forget(place)
        run.note("The course's engine, its data and its packages are gone.")
    else:
        run.note(daemon.summary(state.load(place), place))


def ready_images(host: str, lesson: str) -> None:
    """See that the images of a lesson can be pulled; on an engine of our own, from the mirror."""
    ours = daemon.ours(state.place()) is not None and host == state.place().host
    if (ours and mirror.is_complete(lesson)) or mirror.hub_reachable(host):
        return
    if ours:
        fill_for(host, lesson)
    elif mirror.reachable():
        mirror.lend(host, lesson)
    elif not mirror.holds(host, lesson):
        run.note(
            "The hub does not answer from here. Fill the course mirror instead: make mirror "
            f"LESSON={lesson}"
        )


def fill_for(host: str, lesson: str) -> None:
    """Fill the mirror with the images of one lesson, and say how the others' come."""
    run.note("The hub does not answer from here; images come from the course mirror.")
    mirror.fill(host, lesson=lesson)
    if not mirror.is_complete():
        run.note("The images of the other lessons come with: make mirror")


def open_engine() -> str:
    """Give the address of the engine at hand, or stop."""
    found = engine.find(environ())
    engine.connect(found).close()
    return found.host


def mirror_up(*, source: str = "auto", lesson: str = "") -> int:
    """Fill the course mirror; lend a lesson's images to an engine that does not ask it."""

    def deed() -> None:
        host = open_engine()
        mirror.fill(host, source, lesson=lesson)
        if not mirror.is_asked(host):
            run.note(mirror.settings(mirror.ADDRESS, mirror.how_to_set(host)))
            if not mirror.hub_reachable(host):
                mirror.lend(host, lesson)

    return said(deed)


def mirror_down(*, purge: bool = False) -> int:
    """Stop the course mirror."""
    return said(lambda: mirror.down(open_engine(), with_images=purge))


def mirror_serve(address: str) -> int:
    """Publish the course mirror to a classroom."""
    return said(lambda: mirror.serve(open_engine(), address))
