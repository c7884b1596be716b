"""`workbook reset`: a lesson as it was before you began. It does exactly what it shows first."""

from __future__ import annotations

import click

from checker import engine, removal, reset, work
from checker.commands import codes, parameters, screen
from checker.lesson import Lesson
from checker.removal import Done


@click.command()
@parameters.the_lesson
@parameters.maybe_step
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def command(ctx: click.Context, *, lesson: Lesson, step: int | None, yes: bool) -> None:
    """Begin LESSON, or one step of it, anew.

    It shows what it would do and asks. Then it removes the containers,
    volumes and image names that the lesson has you make, and nothing else of
    yours; restores the notebook and the files handed out, keeping yours beside
    them as backups; and begins new evidence. The images that the lesson works
    with stay. With --step, the notebook and the evidence stay as well.

    \b
    Example:
      workbook reset 04_volumes --step 2

    \b
    Exit codes: 0 done, or nothing to do; 1 not wanted, or something was kept;
    2 no such lesson or step; 3 the Docker engine could not be asked;
    4 a file could not be written.
    """
    if step is not None:
        parameters.step_of(lesson, step)
    folder = work.folder_of(lesson)
    client = engine.connect(engine.find())
    with screen.console().status("Looking at what is there"):
        planned = work.plan_for(lesson, step, client, folder)
    if planned.empty:
        screen.put("There is nothing to reset.")
        ctx.exit(codes.OK)
    screen.put(f"Resetting {lesson.name}{f' step {step}' if step else ''} would:")
    for sentence in reset.sentences(planned):
        screen.put(f"  {sentence}")
    if not yes and not wanted():
        screen.put("Nothing is changed.")
        ctx.exit(codes.NOT_YET)
    results = [shown(done) for done in removal.carry_out(planned, client, folder)]
    work.forget_hints(lesson, step)
    if any(file.name.endswith(".ipynb") for file in planned.files):
        screen.put("Is the notebook open? Reload it from disk and restart its kernel.")
    ctx.exit(codes.OK if all(done.well for done in results) else codes.NOT_YET)


def wanted() -> bool:
    """Whether the learner says yes; silence is no."""
    try:
        return click.confirm("Go on?")
    except click.Abort:
        click.echo()
        return False


def shown(done: Done) -> Done:
    """Write a result, and give it on."""
    mark, style = ("✓", "green") if done.well else ("✗", "red")
    screen.put(f"{mark} {done.sentence}", style=style)
    return done
