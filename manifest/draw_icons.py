"""Draws the app's two icons, color.png and outline.png: an open ring with a check through the gap.

Run `python manifest/draw_icons.py` to make them anew. Nothing but the standard library is needed.
"""

import math
import struct
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

COLOR_SIZE = 192
OUTLINE_SIZE = 32
PADDING = 48
"""Pixels around the symbol of the colour icon: Teams crops its corners, and for a bot to a hexagon."""

BACKGROUND = (15, 76, 92)
RING = (255, 255, 255)
CHECK = (111, 224, 170)

SAMPLES = 8
"""Points looked at along each side of a pixel; what share of them lies in a shape is how much it covers."""

Point = tuple[float, float]
Colour = tuple[int, int, int]
Shape = Callable[[float, float], bool]
"""Whether a point lies in the shape. A symbol fills the square from -1 to 1; y points down."""


def ring(stroke: float) -> Shape:
    """A circle's line with round ends, open to the upper right where the check passes through."""
    half = stroke / 2
    radius = 1 - half
    first, last = math.radians(2), math.radians(296)
    ends = [(radius * math.cos(angle), radius * math.sin(angle)) for angle in (first, last)]

    def inside(x: float, y: float) -> bool:
        if first <= math.atan2(y, x) % math.tau <= last:
            return abs(math.hypot(x, y) - radius) <= half
        return any(math.hypot(x - end_x, y - end_y) <= half for end_x, end_y in ends)

    return inside


def check(stroke: float) -> Shape:
    """A check mark with round ends, whose long arm reaches the corner that the ring leaves open."""
    half = stroke / 2
    corners = ((-0.40, 0.0), (-0.06, 0.34), (1 - half, -0.72))

    def inside(x: float, y: float) -> bool:
        return any(_distance((x, y), start, end) <= half for start, end in pairwise(corners))

    return inside


def color_icon() -> list[list[Colour]]:
    """192×192: the symbol on a plain square, opaque to the corners."""
    symbol = COLOR_SIZE - 2 * PADDING
    layers = ((ring(0.2), RING), (check(0.25), CHECK))
    return [
        [_blended(x, y, symbol, layers) for x in range(-PADDING, symbol + PADDING)]
        for y in range(-PADDING, symbol + PADDING)
    ]


def outline_icon() -> list[list[tuple[int, int, int, int]]]:
    """32×32 without padding: white only, its opacity the picture."""
    shapes = (ring(0.16), check(0.18))

    def either(x: float, y: float) -> bool:
        return any(shape(x, y) for shape in shapes)

    return [
        [(255, 255, 255, round(255 * _covered(either, x, y, OUTLINE_SIZE))) for x in range(OUTLINE_SIZE)]
        for y in range(OUTLINE_SIZE)
    ]


def png(rows: list[list[Colour]] | list[list[tuple[int, int, int, int]]]) -> bytes:
    """The picture as a PNG file: 8 bits a channel, every row unfiltered."""
    width, height, channels = len(rows[0]), len(rows), len(rows[0][0])
    header = struct.pack(">IIBBBBB", width, height, 8, {3: 2, 4: 6}[channels], 0, 0, 0)
    raw = b"".join(b"\0" + bytes(value for pixel in row for value in pixel) for row in rows)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _blended(x: int, y: int, symbol: int, layers: tuple[tuple[Shape, Colour], ...]) -> Colour:
    """The background with the layers over it, each as far as it covers the pixel."""
    colour = BACKGROUND
    if not (0 <= x < symbol and 0 <= y < symbol):
        return colour
    for shape, over in layers:
        share = _covered(shape, x, y, symbol)
        red, green, blue = (
            round(under + (top - under) * share) for under, top in zip(colour, over, strict=True)
        )
        colour = (red, green, blue)
    return colour


def _covered(shape: Shape, x: int, y: int, size: int) -> float:
    """The share of a pixel that lies in the shape."""
    return sum(shape(*point) for point in _points(x, y, size)) / SAMPLES**2


def _points(x: int, y: int, size: int) -> Iterator[Point]:
    for row in range(SAMPLES):
        for column in range(SAMPLES):
            yield (
                2 * (x + (column + 0.5) / SAMPLES) / size - 1,
                2 * (y + (row + 0.5) / SAMPLES) / size - 1,
            )


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the nearest one of a straight line with two ends."""
    (x, y), (from_x, from_y), (to_x, to_y) = point, start, end
    run, rise = to_x - from_x, to_y - from_y
    along = ((x - from_x) * run + (y - from_y) * rise) / (run**2 + rise**2)
    along = min(1.0, max(0.0, along))
    return math.hypot(x - from_x - along * run, y - from_y - along * rise)


if __name__ == "__main__":
    here = Path(__file__).parent
    (here / "color.png").write_bytes(png(color_icon()))
    (here / "outline.png").write_bytes(png(outline_icon()))
