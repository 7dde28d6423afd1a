"""The icons, pixel by pixel: what Teams asks of them, and that the script in manifest/ draws them."""

import struct
import zlib
from pathlib import Path

import pytest

from manifest.draw_icons import BACKGROUND, PADDING, color_icon, outline_icon

FOLDER = Path(__file__).parents[2] / "manifest"
CHANNELS = {2: 3, 6: 4}
ONE_SAMPLE = 4
"""The most that a channel may differ where another machine rounds one of a pixel's 64 points another way."""


def chunks(content):
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    place = 8
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        kind, data = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        (checksum,) = struct.unpack(">I", content[place + 8 + length : place + 12 + length])
        assert checksum == zlib.crc32(kind + data)
        yield kind, data
        place += 12 + length


def pixels(name):
    """The rows of a PNG file of 8 bits a channel that has no filters and is not interlaced."""
    (start, header), (_, packed), end = chunks((FOLDER / name).read_bytes())
    width, height, depth, kind, compression, filtering, interlacing = struct.unpack(">IIBBBBB", header)
    assert (start, end) == (b"IHDR", (b"IEND", b""))
    assert (depth, compression, filtering, interlacing) == (8, 0, 0, 0)
    raw, size = zlib.decompress(packed), CHANNELS[kind]
    length = 1 + width * size
    assert len(raw) == height * length
    assert not any(raw[::length])
    rows = [raw[line * length + 1 : (line + 1) * length] for line in range(height)]
    return [[tuple(row[at : at + size]) for at in range(0, len(row), size)] for row in rows]


def test_the_colour_icon_is_192_pixels_square_and_opaque():
    rows = pixels("color.png")

    assert (len(rows), {len(row) for row in rows}) == (192, {192})
    assert {len(pixel) for row in rows for pixel in row} == {3}


def test_the_colour_icon_keeps_its_symbol_where_no_crop_reaches_it():
    rows = pixels("color.png")
    inside = range(PADDING, 192 - PADDING)
    around = {rows[y][x] for y in range(192) for x in range(192) if x not in inside or y not in inside}

    assert (PADDING, around) == (48, {BACKGROUND})


def test_the_symbol_stands_out_from_its_background():
    rows = pixels("color.png")
    drawn = sum(pixel != BACKGROUND for row in rows for pixel in row)

    assert 0.25 < drawn / 96**2 < 0.75


def test_the_outline_icon_is_32_pixels_square_and_nothing_but_white_and_transparent():
    rows = pixels("outline.png")

    assert (len(rows), {len(row) for row in rows}) == (32, {32})
    assert {pixel[:3] for row in rows for pixel in row} == {(255, 255, 255)}
    assert {0, 255} <= {pixel[3] for row in rows for pixel in row}


def test_the_outline_icon_has_no_padding():
    rows = pixels("outline.png")

    for side in (rows[0], rows[-1], [row[0] for row in rows], [row[-1] for row in rows]):
        assert max(pixel[3] for pixel in side) > 127


@pytest.mark.parametrize(("name", "draw"), [("color.png", color_icon), ("outline.png", outline_icon)])
def test_the_script_draws_the_icon_that_is_kept(name, draw):
    kept, drawn = pixels(name), draw()
    furthest = max(
        abs(one - other)
        for kept_row, drawn_row in zip(kept, drawn, strict=True)
        for kept_pixel, drawn_pixel in zip(kept_row, drawn_row, strict=True)
        for one, other in zip(kept_pixel, drawn_pixel, strict=True)
    )

    assert furthest <= ONE_SAMPLE
