"""`workbook map`: what is on the engine, as a tree or a picture. It judges nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import click

from checker import engine
from checker import map as maps
from checker.commands import screen
from checker.map_text import Node, lines, tree

if TYPE_CHECKING:
    from rich.tree import Tree

STYLES = {
    "engine": "bold",
    "heading": "bold",
    "image": "cyan",
    "running": "green",
    "stopped": "dim",
}


@click.command()
@click.option(
    "--svg",
    type=click.File("w", encoding="utf-8", lazy=False, atomic=True),
    metavar="FILE",
    help="Write a picture, for a browser; - for the standard output.",
)
def command(*, svg: TextIO | None) -> None:
    """Draw what is on your engine, as a tree or as a picture.

    An image stands below the one whose layers it begins with, a container
    below its image, with its ports, networks and volumes. The picture is one
    file with nothing from elsewhere in it.

    \b
    Example:
      workbook map --svg map.svg

    \b
    Exit codes: 0 drawn, 2 the file cannot be written,
    3 the Docker engine could not be asked.
    """
    found = maps.look(engine.connect(engine.find()))
    if svg is not None:
        from checker.map_svg import svg as picture

        svg.write(picture(found))
        if svg.name != "<stdout>":
            screen.put(f"The map is in {svg.name}: {found.summary}.")
        return
    terminal = screen.console()
    if terminal.is_terminal:
        terminal.print(grown(tree(found)), soft_wrap=False)
    else:
        click.echo("\n".join(lines(tree(found))))


def grown(node: Node, above: Tree | None = None) -> Tree:
    """The tree as rich draws it."""
    from rich.text import Text
    from rich.tree import Tree

    label = Text(node.label, style=STYLES.get(node.kind, ""))
    own = Tree(label) if above is None else above.add(label)
    for child in node.below:
        grown(child, own)
    return own
