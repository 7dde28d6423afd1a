"""Reads a text file of separated cells: which alphabet, which separator, which rows."""

import csv
import io
from collections.abc import Iterator

from bplan_bot.importers.grid import MOST_COLUMNS, MOST_ROWS, Place, Sheet, Unreadable

_SEPARATORS = ";\t,|"
"""In the order they are believed in: a comma is a decimal mark first."""

_LOOKED_AT = 20_000
"""Characters from which the separator is told."""


def read_csv(content: bytes) -> Sheet:
    """The cells of a CSV file; Unreadable where it is no text."""
    alphabet = _alphabet(content)
    # As a stream: the whole text would take four times the file's size beside it.
    text = io.TextIOWrapper(io.BytesIO(content), encoding=alphabet, newline="")
    separator, is_said = _separator(text.read(_LOOKED_AT))
    text.seek(0)
    if is_said:
        text.readline()
    return Sheet(name="", rows=_rows(text, separator, first=2 if is_said else 1), is_even=True)


def _alphabet(content: bytes) -> str:
    """UTF-8 or else the alphabet of a Danish Excel; Unreadable where it is neither."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _tried(content, "utf-16")
    if b"\x00" in content:
        row = content[: content.index(b"\x00")].count(b"\n") + 1
        raise Unreadable(Place(row=row), "file.no_text")
    try:
        return _tried(content, "utf-8-sig")
    except Unreadable:
        return _tried(content, "cp1252")


def _tried(content: bytes, alphabet: str) -> str:
    try:
        content.decode(alphabet)
    except UnicodeDecodeError as fault:
        row = content[: fault.start].count(b"\n") + 1
        raise Unreadable(Place(row=row), "file.no_text") from fault
    return alphabet


def _separator(start: str) -> tuple[str, bool]:
    """What parts the cells, and whether the first line only says so, as Excel writes and reads it."""
    lines = start.splitlines() or [""]
    said = lines[0].strip().strip('"').lower()
    if said.startswith("sep=") and len(said) == 5:
        return said[4], True
    most = {mark: max(line.count(mark) for line in lines) for mark in _SEPARATORS}
    # A line of a comma separated file has at least two commas; a lone one is a decimal mark.
    chosen = next((mark for mark in _SEPARATORS[:2] if most[mark] >= 2), None)
    return chosen or max(_SEPARATORS, key=lambda mark: most[mark]), False


def _rows(text: io.TextIOWrapper, separator: str, *, first: int) -> Iterator[list[str]]:
    reader = csv.reader(text, delimiter=separator, strict=True)
    row = first - 1
    yield from ([] for _ in range(row))
    try:
        for row, cells in enumerate(reader, start=first):
            if len(cells) > MOST_COLUMNS:
                raise Unreadable(Place(row=row), "file.too_many_columns", most=MOST_COLUMNS)
            if row > MOST_ROWS:
                raise Unreadable(Place(row=row), "file.too_many_rows", most=MOST_ROWS)
            yield cells
    except csv.Error as fault:
        raise Unreadable(Place(row=row + 1), "file.quotes") from fault
