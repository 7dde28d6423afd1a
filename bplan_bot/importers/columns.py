"""Finds the row of headings in a sheet, and which column holds what; their names are forgiving."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bplan_bot.importers.grid import Place, Trouble, letters
from bplan_bot.importers.personal_cells import CVR_NUMBER, P_NUMBER
from bplan_bot.message import message

LOOKED_AT = 40
"""Rows above which the headings must stand: a title, a date, who made it."""


class Column(StrEnum):
    """What a column holds."""

    GOAL = "goal"
    FIGURE = "figure"
    AREA = "area"
    PERIOD = "period"
    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    UNIT = "unit"
    NOTE = "note"
    P_NUMBER = "p_number"
    CVR = "cvr"


_NAMES: Mapping[Column, str] = {
    Column.GOAL: "mål, målnr, mål nr, målnummer, mål nummer, nr, goal, goal number",
    Column.FIGURE: "indikator, nøgletal, figure, indicator",
    Column.AREA: "område, kommune, områdekode, kommunekode, area",
    Column.PERIOD: "periode, tidspunkt, måned, kvartal, år, dato, period",
    Column.VALUE: "værdi, tal, resultat, nyt tal, andel, antal, procent, pct, andel i procent, value",
    Column.NUMERATOR: "tæller, antal med, numerator",
    Column.DENOMINATOR: "nævner, ud af, af i alt, denominator",
    Column.UNIT: "enhed, unit",
    Column.NOTE: "bemærkning, bemærkninger, kommentar, note, noter, remark",
    Column.P_NUMBER: "p-nummer, p-nr, pnummer, pnr, p nummer, p nr, produktionsenhed, produktionsenheder",
    Column.CVR: "cvr, cvr-nummer, cvr-nr, cvrnummer, cvrnr, cvr nummer, cvr nr",
}
FIGURES = (Column.VALUE, Column.NUMERATOR, Column.DENOMINATOR)
"""The columns that hold what is stored."""

_LOOKED_UP = frozenset({"hvad", "sidste tal", "sidste periode"})
"""Columns of our own templates that tell people something, and us nothing."""

_BY_NAME = {name: column for column, names in _NAMES.items() for name in names.split(", ")}


@dataclass(frozen=True, slots=True)
class Heading:
    """The row of headings, and where each column stands, counted from 1.

    `figure_at` is the column that a figure is said to stand in; `strangers` are not read.
    """

    row: int
    columns: Mapping[Column, int]
    width: int
    strangers: tuple[int, ...]
    figure_at: int

    @property
    def last_read(self) -> int:
        """The last column that a figure is read from; a row that ends before it was cut off."""
        read = (Column.GOAL, Column.FIGURE, Column.PERIOD, *FIGURES)
        return max(at for column, at in self.columns.items() if column in read)

    @property
    def companies(self) -> Mapping[int, re.Pattern[str]]:
        """The columns of numbers of companies, and what such a number looks like."""
        shapes = {Column.P_NUMBER: P_NUMBER, Column.CVR: CVR_NUMBER}
        return {self.columns[one]: shape for one, shape in shapes.items() if one in self.columns}


def named(cell: str) -> Column | None:
    """What a heading says its column holds."""
    words = re.sub(r"\([^)]*\)|[.:*%]", " ", cell.lower())
    return _BY_NAME.get(" ".join(words.split()))


def find_heading(rows: Sequence[Sequence[str]], sheet: str) -> Heading | Trouble | None:
    """The headings among the first rows of a sheet; what they lack; None where there are none at all."""
    found = [
        (sum(named(cell) is not None for cell in cells), -row) for row, cells in enumerate(rows, start=1)
    ]
    known, row = max(found, default=(0, 0))
    if known < 2:
        return None
    cells = rows[-row - 1]
    columns: dict[Column, int] = {}
    for at, cell in enumerate(cells, start=1):
        column = named(cell)
        if column in columns:
            first = letters(columns[column])
            return Trouble(Place(sheet, -row, at), message("file.heading.twice", first=first))
        if column:
            columns[column] = at
    lacking = _lacking(columns)
    if lacking:
        return Trouble(Place(sheet, -row), message(f"file.heading.no_{lacking}"))
    named_all = [at for at, cell in enumerate(cells, start=1) if cell.strip()]
    strangers = tuple(
        at
        for at in named_all
        if at not in columns.values() and cells[at - 1].strip().lower() not in _LOOKED_UP
    )
    figure_at = next(columns[one] for one in FIGURES if one in columns)
    return Heading(-row, columns, max(named_all), strangers, figure_at)


def _lacking(columns: Mapping[Column, int]) -> str:
    """Which column there must be and is not; empty where all are there."""
    if Column.GOAL not in columns and Column.FIGURE not in columns:
        return "goal"
    if Column.PERIOD not in columns:
        return "period"
    parts = Column.NUMERATOR in columns and Column.DENOMINATOR in columns
    return "" if Column.VALUE in columns or parts else "value"
