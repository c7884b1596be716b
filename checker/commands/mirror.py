"""`workbook mirror`: the course's images nearby. The work is done in `checker.mirror`."""

from __future__ import annotations

import click

from checker.commands import codes, parameters
from checker.lesson import Lesson
from checker.machine import start


@click.group()
def command() -> None:
    """Fill, publish or stop the course mirror.

    The mirror is a registry on this computer that holds the course's images
    under the names they have on the hub.
    """


@command.command()
@click.option(
    "--from",
    "source",
    type=click.Choice(["auto", "hub", "stand-ins"]),
    default="auto",
    show_default=True,
    help="Where images come from; auto asks the hub first.",
)
@click.option(
    "--lesson", callback=parameters.lesson_or_none, help="Only the images of this lesson."
)
@click.pass_context
def fill(ctx: click.Context, *, source: str, lesson: Lesson | None) -> None:
    """Start the mirror and add the images that it lacks.

    \b
    Example:
      workbook mirror fill --from stand-ins --lesson 01_images

    \b
    Exit codes: 0 filled, 2 no such lesson, 4 something is in the way.
    """
    done = start.mirror_up(source=source, lesson=lesson.name if lesson else "")
    ctx.exit(codes.after(done))


@command.command()
@click.option(
    "--lan", metavar="ADDRESS", required=True, help="Address and port, as in 192.168.1.5:5001."
)
@click.pass_context
def serve(ctx: click.Context, *, lan: str) -> None:
    """Publish the mirror to a classroom, and show the settings that engines need.

    \b
    Exit codes: 0 published, 4 something is in the way.
    """
    ctx.exit(codes.after(start.mirror_serve(lan)))


@command.command()
@click.option("--purge", is_flag=True, help="Remove the images in it as well.")
@click.pass_context
def down(ctx: click.Context, *, purge: bool) -> None:
    """Stop the mirror; its images stay unless told otherwise.

    \b
    Exit codes: 0 stopped, 4 something is in the way.
    """
    ctx.exit(codes.after(start.mirror_down(purge=purge)))
