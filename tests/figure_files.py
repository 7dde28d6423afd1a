"""Files of figures as people make them, and what becomes of them in Norddjurs' plan."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import openpyxl

from bplan_bot.figure_file import FileFigures
from bplan_bot.importers.figure_files import read_figures
from bplan_bot.observation import Series
from bplan_bot.texts.speaker import Speaker
from tests.norddjurs import package

TODAY = date(2025, 6, 2)
DANISH = Speaker("da")
HEADINGS = ("Mål", "Periode", "Værdi", "Tæller", "Nævner")


def csv_file(*lines: str, head: str = ";".join(HEADINGS), encoding: str = "utf-8") -> bytes:
    """A file of semicolon separated cells."""
    return "\r\n".join([head, *lines, ""]).encode(encoding)


def workbook(*rows: Sequence[Any], change: Callable[[Any], None] | None = None, title: str = "Ark1") -> bytes:
    """A workbook with these rows on its first sheet; `change` is handed the sheet before it is saved."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_parts(content: bytes, parts: dict[str, bytes | None]) -> bytes:
    """A workbook in which parts of the archive are other ones, or None: gone."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            kept = parts.get(name, old.read(name))
            if kept is not None:
                new.writestr(name, kept)
        for name, added in parts.items():
            if name not in old.namelist() and added is not None:
                new.writestr(name, added)
    return file.getvalue()


def read(
    content: bytes, name: str = "tal.csv", *, series: Series | None = None, **changes: Any
) -> FileFigures:
    """What is made of a file; what is stored is what came with the plan unless given."""
    own = package()
    known = Series(own.observations) if series is None else series
    return read_figures(name, content, **{"plan": own.plan, "series": known, "today": TODAY, **changes})


def said(lines: Iterable[Any]) -> list[str]:
    """The sentences about places in a file."""
    return [DANISH(line.said) for line in lines]


def refused(found: FileFigures) -> list[str]:
    """Why a file is refused; nothing of it is kept then."""
    assert (found.news, found.same) == ((), 0)
    return said(found.troubles)


def figures(found: FileFigures) -> list[tuple[str, str, str, str]]:
    """Indicator, area, period and value of what a file would store."""
    assert found.troubles == (), said(found.troubles)
    return [(o.asked.indicator.key, o.asked.area, o.period.code, str(o.values.value)) for o in found.news]
