"""`workbook watch`: a lesson's claims, ticking live. It shows what `checker.watch` sees."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from checker import engine, work
from checker.commands import codes, parameters, screen
from checker.lesson import Lesson
from checker.watch import Ear, Moment, Redraw, State, Watch

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


@click.command()
@parameters.the_lesson
@click.option("--until-done", is_flag=True, help="End when every step has been done.")
@click.pass_context
def command(ctx: click.Context, *, lesson: Lesson, until_done: bool) -> None:
    """Follow LESSON live: a tick appears as soon as Docker has done it.

    Leave it open in a second terminal. Docker's events wake it, and the step
    you are at is looked at every second besides. A step that was done stays
    done when a later step removes what it made. Ctrl-C ends it.

    Where the output is no terminal, it prints a line for each change: done or lost.

    \b
    Example:
      workbook watch 04_volumes --until-done

    \b
    Exit codes: 0 ended, or all done; 1 ended by Ctrl-C before --until-done was so;
    2 no such lesson; 3 no Docker engine answers at the start.
    """
    client = engine.connect(engine.find())
    watch = Watch(work.session_on(client, lesson), Ear(engine.connect(client.engine)))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    show = draw if screen.console().is_terminal else tell
    with contextlib.suppress(KeyboardInterrupt):
        show(watch, until_done=until_done)
    ctx.exit(codes.NOT_YET if until_done and not watch.complete else codes.OK)


def moments(watch: Watch, *, until_done: bool) -> Iterator[Moment]:
    """The moments to show, and no more once all is done where that was asked for."""
    for moment in watch.moments():
        yield moment
        if until_done and watch.complete:
            return


def tell(watch: Watch, *, until_done: bool) -> None:
    """Print a line for each change."""
    before: Moment | None = None
    for moment in moments(watch, until_done=until_done):
        for line in lines(watch.session.lesson, before, moment):
            click.echo(line)
        before = moment


def lines(lesson: Lesson, before: Moment | None, moment: Moment) -> Iterator[str]:
    """What is new at a moment, as plain lines."""
    if before is None:
        yield f"watching {lesson.name}: {summary(moment.state)}"
        return
    if moment.trouble and moment.trouble != before.trouble:
        yield f"engine: {moment.trouble} Watching goes on when it is back."
    if before.trouble and not moment.trouble:
        yield "engine: it answers again"
    for change in moment.changes:
        yield f"{'done' if change.held else 'lost'}: step {change.step}: {change.sentence}"
    for number in sorted(moment.state.ever - before.state.ever):
        yield f"step {number} is done: {lesson.step(number).title}"
    if moment.state.active is None and before.state.active is not None:
        yield "all steps are done"


def summary(state: State) -> str:
    """How many steps were done, and which is next."""
    done = f"{len(state.ever)} of {len(state.steps)} steps done"
    return done if state.active is None else f"{done}, step {state.active} is next"


def draw(watch: Watch, *, until_done: bool) -> None:
    """Draw on the whole terminal, and leave the last picture behind."""
    from rich.live import Live

    terminal = screen.console(soft_wrap=False)
    if hasattr(signal, "SIGWINCH"):
        signal.signal(signal.SIGWINCH, lambda *_: watch.ear.words.put(Redraw()))
    try:
        with Live(console=terminal, screen=True, auto_refresh=False) as live:
            for moment in moments(watch, until_done=until_done):
                live.update(picture(watch, moment, terminal), refresh=True)
    finally:
        terminal.print(picture(watch, watch.moment, None))


def picture(watch: Watch, moment: Moment, live: Console | None) -> RenderableType:
    """The lesson at a moment: the step at hand in full, the others in a line each."""
    from rich.console import Group
    from rich.text import Text

    lesson, state = watch.session.lesson, moment.state
    got, every = len(state.ever), len(state.steps)
    head = Text(f"{lesson.name}  {screen.bar(got, every)}  {summary(state)}", style="bold")
    steps = [
        screen.drawn_step(step) if step.number == state.active else _brief(state, step.number)
        for step in state.steps
    ]
    below = [Text(moment.trouble, style="red")] if moment.trouble else []
    if live is not None:
        below.append(Text("Ctrl-C ends", style="dim"))
    return Group(head, Text(""), *steps, Text(""), *below)


def _brief(state: State, number: int) -> RenderableType:
    """A step in one line: done, or still to come; what was lost since is said."""
    from rich.text import Text

    step = state.steps[number - 1]
    if number not in state.ever:
        return Text(f"– Step {number}. {step.title}", style="dim")
    lost = "" if step.done else "  (was done; a later step may have changed it)"
    return Text.assemble(("✓", "green"), f" Step {number}. {step.title}{lost}")
