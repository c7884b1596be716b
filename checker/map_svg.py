"""A map as one SVG file that stands alone, in light and dark. It knows no engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from rich.cells import cell_len

from checker.map import Map, Picture, volume_title
from checker.map_text import lines, tree

ROW, TOP, HEIGHT, WIDTH, LETTER = 32, 92, 24, 270, 7.3
COLUMNS = {"image": 20, "box": 380, "thing": 740}
INDENT = 14

STYLE = """
svg{--paper:#fff;--ink:#1f2328;--soft:#57606a;--line:#8c959f;--image:#ddf4ff;--running:#dafbe1;
--stopped:#f6f8fa;--port:#fff8c5;--network:#fbefff;--volume:#ffebe9;background:var(--paper)}
@media (prefers-color-scheme:dark){svg{--paper:#0d1117;--ink:#e6edf3;--soft:#9198a1;--line:#656d76;
--image:#0c2d6b;--running:#0f3d1f;--stopped:#21262d;--port:#3d2e00;--network:#3c1e70;--volume:#5d1a17}}
text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:var(--ink)}
.title{font-size:15px;font-weight:600}.soft{fill:var(--soft)}.head{font-weight:600}
rect{stroke:var(--line)}path{fill:none;stroke:var(--line);stroke-width:1.3}
.paper{fill:var(--paper);stroke:none}
.image{fill:var(--image)}.running{fill:var(--running)}
.stopped{fill:var(--stopped);stroke-dasharray:4 3}
.port{fill:var(--port)}.network{fill:var(--network)}.volume{fill:var(--volume)}
.built{stroke-dasharray:2 3}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A box of the drawing with its text; `key` is what lines refer to."""

    key: str
    kind: str
    text: str
    x: float
    y: float
    width: float = WIDTH

    @property
    def left(self) -> tuple[float, float]:
        """Where lines arrive."""
        return self.x, self.y + HEIGHT / 2

    @property
    def right(self) -> tuple[float, float]:
        """Where lines begin."""
        return self.x + self.width, self.y + HEIGHT / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """A line between two tiles, and what it means."""

    start: str
    end: str
    meaning: str
    kind: str = "uses"


def svg(map_: Map) -> str:
    """The map as an SVG document."""
    tiles = layout(map_)
    bottom = max((tile.y for tile in tiles.values()), default=TOP) + ROW + 16
    width = COLUMNS["thing"] + WIDTH + 20
    described = safe("\n".join(lines(tree(map_))), keep="\n")
    body = "\n".join((*_heads(map_), *_wires(map_, tiles), *(_tile(t) for t in tiles.values())))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {bottom}" width="{width}" '
        f'height="{bottom}" role="img" aria-labelledby="map-title map-desc">\n'
        f'<title id="map-title">{safe(map_.engine)}: {safe(map_.summary)}</title>\n'
        f'<desc id="map-desc">{described}</desc>\n'
        f"<style>{STYLE}</style>\n"
        f'<rect class="paper" width="{width}" height="{bottom}"/>\n{body}\n</svg>\n'
    )


def layout(map_: Map) -> dict[str, Tile]:
    """Where everything goes: images, containers, and what containers use, each in a column."""
    order = list(_in_order(map_.images, ""))
    places = {image.key: place for place, (image, _) in enumerate(order)}
    boxes = sorted(map_.containers, key=lambda box: (places.get(box.image, len(places)), box.name))
    tiles = {
        f"box {box.name}": Tile(
            key=f"box {box.name}",
            kind="running" if box.running else "stopped",
            text=f"{box.name}  {box.status}",
            x=COLUMNS["box"],
            y=TOP + ROW * place,
        )
        for place, box in enumerate(boxes)
    }
    tiles |= _column(_image_tiles(order), {})
    return tiles | _column(_thing_tiles(map_), _near(map_, tiles), by_height=True)


def _in_order(
    images: Sequence[Picture], base: str, depth: int = 0
) -> Iterator[tuple[Picture, int]]:
    """Images below their base, each with its depth."""
    for image in images:
        if image.base == base:
            yield image, depth
            yield from _in_order(images, image.key, depth + 1)


def _image_tiles(order: Iterable[tuple[Picture, int]]) -> Iterator[Tile]:
    for image, depth in order:
        shift = INDENT * min(depth, 6)
        yield Tile(
            key=f"image {image.key}",
            kind="image",
            text=image.title,
            x=COLUMNS["image"] + shift,
            y=TOP,
            width=WIDTH - shift,
        )


def _thing_tiles(map_: Map) -> Iterator[Tile]:
    """Published ports, networks and volumes."""
    for box in map_.containers:
        for port in box.ports:
            key = f"port {port} {box.name}"
            yield Tile(key=key, kind="port", text=f"host port {port}", x=COLUMNS["thing"], y=TOP)
    for name in map_.networks:
        text = f"network {name}"
        yield Tile(key=text, kind="network", text=text, x=COLUMNS["thing"], y=TOP)
    for name in map_.volumes:
        text = f"volume {volume_title(name)}"
        yield Tile(key=f"volume {name}", kind="volume", text=text, x=COLUMNS["thing"], y=TOP)


def _near(map_: Map, tiles: Mapping[str, Tile]) -> dict[str, float]:
    """For each thing the mean height of the containers it is tied to."""
    heights: dict[str, list[float]] = {}
    for wire in wires(map_):
        for box, other in ((wire.start, wire.end), (wire.end, wire.start)):
            if box in tiles:
                heights.setdefault(other, []).append(tiles[box].y)
    return {key: sum(ys) / len(ys) for key, ys in heights.items()}


def _column(
    tiles: Iterable[Tile], near: Mapping[str, float], *, by_height: bool = False
) -> dict[str, Tile]:
    """Tiles below one another, each as near to its containers as the ones above allow."""
    column = list(tiles)
    if by_height:
        column.sort(key=lambda tile: near.get(tile.key, float("inf")))
    placed: dict[str, Tile] = {}
    free = float(TOP)
    for tile in column:
        y = max(free, near.get(tile.key, free)) if by_height else free
        placed[tile.key] = Tile(
            key=tile.key, kind=tile.kind, text=tile.text, x=tile.x, y=y, width=tile.width
        )
        free = y + ROW
    return placed


def wires(map_: Map) -> Iterator[Wire]:
    """What is tied to what."""
    for image in map_.images:
        if image.base:
            yield Wire(
                start=f"image {image.base}",
                end=f"image {image.key}",
                meaning="is the base of",
                kind="built",
            )
    for box in map_.containers:
        own = f"box {box.name}"
        yield Wire(start=f"image {box.image}", end=own, meaning=f"{box.name} runs this image")
        for port in box.ports:
            yield Wire(
                start=own, end=f"port {port} {box.name}", meaning=f"{box.name} publishes {port}"
            )
        for name in box.networks:
            yield Wire(start=own, end=f"network {name}", meaning=f"{box.name} is on {name}")
        for name, at in box.volumes:
            yield Wire(start=own, end=f"volume {name}", meaning=f"{box.name} mounts it at {at}")


def _wires(map_: Map, tiles: Mapping[str, Tile]) -> Iterator[str]:
    for wire in wires(map_):
        if wire.start in tiles and wire.end in tiles:
            shape = _bend if wire.kind == "built" else _curve
            yield (
                f'<path class="{wire.kind}" d="{shape(tiles[wire.start], tiles[wire.end])}">'
                f"<title>{safe(wire.meaning)}</title></path>"
            )


def _curve(start: Tile, end: Tile) -> str:
    (x1, y1), (x2, y2) = start.right, end.left
    middle = (x1 + x2) / 2
    return f"M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}"


def _bend(base: Tile, image: Tile) -> str:
    """From the foot of a base to the side of the image below it."""
    x, y = base.x + INDENT / 2, base.y + HEIGHT
    return f"M{x:g} {y:g}V{image.left[1]:g}H{image.x:g}"


def _heads(map_: Map) -> Iterator[str]:
    yield f'<text class="title" x="20" y="32">{safe(cut(map_.engine, 900))}</text>'
    yield f'<text class="soft" x="20" y="52">{safe(map_.summary)}</text>'
    heads = {"image": "Images", "box": "Containers", "thing": "Ports, networks, volumes"}
    for column, head in heads.items():
        yield f'<text class="head" x="{COLUMNS[column]}" y="{TOP - 12}">{head}</text>'


def _tile(tile: Tile) -> str:
    text = cut(tile.text, tile.width - 16)
    return (
        f"<g><title>{safe(tile.text)}</title>"
        f'<rect class="{tile.kind}" x="{tile.x:g}" y="{tile.y:g}" width="{tile.width:g}" '
        f'height="{HEIGHT}" rx="5"/>'
        f'<text x="{tile.x + 8:g}" y="{tile.y + 16:g}">{safe(text)}</text></g>'
    )


def cut(text: str, width: float) -> str:
    """The text as far as it fits; a letter may be two cells wide."""
    most = int(width / LETTER)
    if cell_len(text) <= most:
        return text
    while cell_len(text) > most - 1:
        text = text[:-1]
    return f"{text}…"


def safe(text: str, *, keep: str = "") -> str:
    """Text that XML takes as text: escaped, without characters that XML does not know."""
    known = "".join(c for c in text if c in keep or (c.isprintable() and c not in "\ufffe\uffff"))
    return escape(known)
