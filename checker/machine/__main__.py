"""The commands behind the Makefile: `python -m checker.machine start`; they only call functions."""

import sys

import click

from checker import lessons
from checker.machine import packages, start, state


def lesson_named(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Give the folder of the lesson named `04_volumes`, `volumes` or `4`."""
    try:
        return lessons.find(value).name if value else ""
    except lessons.UnknownLesson as fault:
        raise click.BadParameter(str(fault), ctx, param) from None


@click.group(help="What the workbook does to this computer.")
def main() -> None:
    """Collect the commands."""


@main.command("start")
@click.option("--instructor", is_flag=True, help="Show the instructor's panels, too.")
@click.option("--no-browser", is_flag=True, help="Print the address only.")
@click.option(
    "--lesson",
    default=start.FIRST_LESSON,
    callback=lesson_named,
    help="The lesson whose images are needed.",
)
def start_(instructor: bool, no_browser: bool, lesson: str) -> None:  # noqa: FBT001
    """Have an engine, images and JupyterLab ready."""
    sys.exit(start.start(instructor=instructor, browser=not no_browser, lesson=lesson))


@main.command()
def stop() -> None:
    """Stop JupyterLab."""
    sys.exit(start.stop())


@main.command("engine-up")
def engine_up() -> None:
    """Have an engine that answers."""
    sys.exit(start.engine_up())


@main.command("engine-down")
@click.option("--purge", is_flag=True, help="Remove data, packages and apt files as well.")
def engine_down(purge: bool) -> None:  # noqa: FBT001
    """Stop the engine that the workbook started."""
    sys.exit(start.engine_down(purge=purge))


@main.command("mirror-up")
@click.option("--from", "source", type=click.Choice(["auto", "hub", "stand-ins"]), default="auto")
@click.option("--lesson", default="", callback=lesson_named, help="Only this lesson's images.")
def mirror_up(source: str, lesson: str) -> None:
    """Fill the course mirror and start it."""
    sys.exit(start.mirror_up(source=source, lesson=lesson))


@main.command("mirror-down")
@click.option("--purge", is_flag=True, help="Remove the images in it as well.")
def mirror_down(purge: bool) -> None:  # noqa: FBT001
    """Stop the course mirror."""
    sys.exit(start.mirror_down(purge=purge))


@main.command("mirror-serve")
@click.option("--lan", "address", required=True, help="Address and port, as in 192.168.1.5:5001.")
def mirror_serve(address: str) -> None:
    """Publish the course mirror to a classroom."""
    sys.exit(start.mirror_serve(address))


@main.command("engine-start", hidden=True)
@click.option("--group", required=True)
@click.option("--install", is_flag=True)
def engine_start(group: str, install: bool) -> None:  # noqa: FBT001
    """Do the part of engine-up that needs root."""
    sys.exit(start.said(lambda: start.engine_start(group=group, install=install)))


@main.command("engine-stop", hidden=True)
@click.option("--purge", is_flag=True)
def engine_stop(purge: bool) -> None:  # noqa: FBT001
    """Do the part of engine-down that needs root."""
    sys.exit(start.said(lambda: start.engine_stop(purge=purge)))


@main.command(hidden=True)
@click.argument("name")
def need(name: str) -> None:
    """Have a command on this computer, from its package."""
    sys.exit(start.said(lambda: packages.need(name)))


@main.command(hidden=True)
@click.argument("name")
def install(name: str) -> None:
    """Install one package as root."""
    sys.exit(start.said(lambda: packages.install(state.place(), [name], f"Installing {name}")))


if __name__ == "__main__":
    main(prog_name="workbook machine")
