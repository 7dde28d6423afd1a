"""Reads an Excel workbook: each cell as it would be written in Danish, and what has no value to read."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bplan_bot.importers.grid import MOST_COLUMNS, Place, Sheet, Unreadable, Workbook
from bplan_bot.message import Message, message

MOST_UNPACKED = 30_000_000
"""Bytes of a workbook once unpacked: a table of 50.000 figures. A file of some kilobytes can unpack to
gigabytes."""

_MOST_PARTS = 1000
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MOST_ROWS = 100_000
_EXACT = 6
"""Decimals beyond which a number was calculated, so that it is rounded to those that are shown."""


def read_xlsx(content: bytes) -> Workbook:
    """The sheets of a workbook; Unreadable where it is damaged, too large or no workbook at all."""
    has_formulas = _examine(content)
    book = _load(content, data_only=True)
    formulas = _load(content, data_only=False) if has_formulas else None
    seen: list[Sheet] = []
    hidden: list[Sheet] = []
    for sheet in book.worksheets:
        behind = formulas[sheet.title] if formulas else None
        read = _sheet(sheet, behind)
        (seen if sheet.sheet_state == "visible" else hidden).append(read)
    return Workbook(tuple(seen), tuple(hidden))


def _examine(content: bytes) -> bool:
    """Whether there are formulas; Unreadable where the archive should not be handed on."""
    try:
        with closing(zipfile.ZipFile(io.BytesIO(content))) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Unreadable(Place(), "file.xlsx.too_large", most=MOST_UNPACKED // 1_000_000)
            if "xl/workbook.xml" not in archive.namelist():
                raise Unreadable(Place(), "file.xlsx.other")
            if any(part.compress_type not in _PACKINGS for part in parts):
                raise Unreadable(Place(), "file.xlsx.broken")
            # Each part is read to its end: what was cut off is found by its checksum.
            with_formulas = [part for part in parts if _has_formulas(part.filename, archive.read(part))]
            return bool(with_formulas)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError) as fault:
        raise Unreadable(Place(), "file.xlsx.broken") from fault


def _has_formulas(name: str, part: bytes) -> bool:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        # Excel writes none; one that defines itself by itself fills the memory.
        raise Unreadable(Place(), "file.xlsx.broken")
    return name.startswith("xl/worksheets/") and (b"<f>" in part or b"<f " in part or b"<f/>" in part)


def _load(content: bytes, *, data_only: bool) -> Any:
    import openpyxl

    try:
        return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only, keep_links=False)
    except Exception as fault:
        # A damaged workbook makes the library raise whatever its part breaks on: KeyError, TypeError ...
        raise Unreadable(Place(), "file.xlsx.broken") from fault


def _sheet(sheet: Any, behind: Any) -> Sheet:
    if sheet.max_row > _MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        too_long = sheet.max_row > _MOST_ROWS
        most = _MOST_ROWS if too_long else MOST_COLUMNS
        said = "file.too_many_rows" if too_long else "file.too_many_columns"
        raise Unreadable(Place(sheet=sheet.title), said, most=most)
    flaws: dict[tuple[int, int], Message] = {}
    rows = [[_cell(cell, behind, flaws) for cell in row] for row in sheet.iter_rows(max_col=sheet.max_column)]
    spread = frozenset(_spread(sheet, rows))
    return Sheet(name=sheet.title, rows=rows, flaws=flaws, spread=spread)


def _cell(cell: Any, behind: Any, flaws: dict[tuple[int, int], Message]) -> str:
    """What stands in a cell; a flaw is noted beside it."""
    flaw = _flaw(cell, behind)
    if flaw:
        flaws[cell.row, cell.column] = message(flaw)
        return ""
    return _written(cell.value, cell.number_format)


def _flaw(cell: Any, behind: Any) -> str:
    if cell.data_type == "e":
        return "file.cell.error"
    if behind is None:
        return ""
    formula = behind.cell(cell.row, cell.column)
    if formula.data_type != "f":
        return ""
    if "[" in str(getattr(formula.value, "text", formula.value)):
        return "file.cell.elsewhere"
    return "file.cell.not_calculated" if cell.value is None else ""


def _written(value: Any, shown_as: str) -> str:
    """A value as Danes write it: 36,7 %, 2066, 2025-M01."""
    match value:
        case None:
            return ""
        case bool():
            return "SAND" if value else "FALSK"
        case int() | float():
            return _number(value, shown_as)
        case datetime() | date():
            return _day(value, shown_as)
        case _:
            return str(value)


def _number(value: int | float, shown_as: str) -> str:
    # The shortest text that reads as the same number: 0.367 and not 0.36699999999999999.
    number = Decimal(repr(value))
    if not number.is_finite():
        return str(value)
    pattern = shown_as.split(";")[0]
    percent = "%" in pattern
    number = number * 100 if percent else number
    decimals = re.search(r"[0#]\.([0#]+)", pattern)
    shown = max(len(decimals[1]), 1) if decimals else 1 if percent else _EXACT
    if -int(number.as_tuple().exponent) > _EXACT:
        number = number.quantize(Decimal(1).scaleb(-shown), rounding=ROUND_HALF_UP)
    digits = f"{number:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits.replace(".", ",") + (" %" if percent else "")


def _day(value: datetime | date, shown_as: str) -> str:
    """A date as the period its format shows: Excel makes the first of January 2025 of "januar 2025"."""
    pattern = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", shown_as).lower()
    if "d" not in pattern and "y" in pattern and value.day == 1:
        if "m" in pattern:
            return f"{value.year}-M{value.month:02}"
        if value.month == 1:
            return f"{value.year}"
    return f"{value.year:04}-{value.month:02}-{value.day:02}"


def _spread(sheet: Any, rows: list[list[str]]) -> Iterator[tuple[int, int]]:
    """Write what stands in a merged cell beside each of its rows, and tell which cells those are."""
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row + 1, min(area.max_row, len(rows)) + 1):
            if area.min_col <= len(rows[row - 1]):
                rows[row - 1][area.min_col - 1] = rows[area.min_row - 1][area.min_col - 1]
                yield row, area.min_col
