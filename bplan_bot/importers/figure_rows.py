"""Takes the rows of a file one by one: which figure each is for, what it says, and what is wrong with it."""

from datetime import date

from bplan_bot.figure_file import FileFigure
from bplan_bot.figures import Asked, misfit, usual_kinds
from bplan_bot.form import LONGEST
from bplan_bot.goal import Plan
from bplan_bot.importers.columns import FIGURES, Column, Heading
from bplan_bot.importers.figure_cells import Numbers, is_nothing, wrong_unit
from bplan_bot.importers.figure_names import Names, Unknown, is_total
from bplan_bot.importers.grid import Place, Sheet, Trouble
from bplan_bot.message import Message, message
from bplan_bot.notation.table_periods import read_table_period
from bplan_bot.observation import Observation, Series
from bplan_bot.period import Period, PeriodKind

READ = (
    *(Column.GOAL, Column.FIGURE, Column.AREA, Column.PERIOD),
    *(Column.VALUE, Column.NUMERATOR, Column.DENOMINATOR, Column.UNIT, Column.NOTE),
)
"""The columns a row is read from, in the order `Rows.take` is given their cells."""

_IN_A_FILE = {"figures.period.kind": "file.period.kind"}
"""The sentence of the form that speaks of its list of periods, and what is said of a file instead."""


TOTAL = message("file.left_out.totals")
"""Stands for the period of a row that sums up others over time."""

Fitting = dict[str, Period | Message]
"""By the words of a cell the period they name, or why no figure can be for it."""


class Line:
    """The rows of a file that are for one figure, by period; `history` is what is stored of it."""

    __slots__ = ("asked", "fitting", "history", "rows")

    def __init__(self, asked: Asked, history: tuple[Observation, ...], fitting: Fitting) -> None:
        self.asked = asked
        self.history = history
        self.rows: dict[Period, FileFigure] = {}
        self.fitting = fitting


class Rows:
    """The figures of a file so far, line by line."""

    def __init__(self, plan: Plan, series: Series, today: date) -> None:
        self.lines: dict[tuple[str, str], Line] = {}
        self.totals = 0
        self.empty = 0
        self.twice = 0
        self._names = Names(plan, today)
        self._series = series
        self._today = today
        self._numbers = Numbers()
        self._named: dict[tuple[str, str, str], Line | Unknown | None] = {}
        self._fitting: dict[tuple[Period, Period, frozenset[PeriodKind]], Fitting] = {}

    def take(self, sheet: Sheet, heading: Heading, row: int, cells: tuple[str, ...]) -> Trouble | None:
        """Take the cells of a row (see READ), or say what is wrong with it."""
        goal, figure, area, period, value, numerator, denominator, unit, note = cells
        if sheet.flaws or sheet.spread:
            flaw = _flaw(sheet, heading, row)
            if flaw:
                return flaw
        if is_nothing(value) and is_nothing(numerator) and is_nothing(denominator):
            self.empty += any(cells)
            return None
        line = self._line(goal, figure, area)
        if line is None:
            self.totals += 1
            return None
        if isinstance(line, tuple):
            return _wrong(sheet, heading, row, line)
        if unit and wrong_unit(unit, line.asked.indicator.unit):
            said = message(f"file.unit.{line.asked.indicator.unit.value}")
            return _wrong(sheet, heading, row, (Column.UNIT, said))
        covered = line.fitting.get(period) or self._fit(period, line)
        if covered is TOTAL:
            self.totals += 1
            return None
        if isinstance(covered, Message):
            return _wrong(sheet, heading, row, (Column.PERIOD, covered))
        values = self._numbers.values(value, numerator, denominator, line.asked.indicator.unit)
        if isinstance(values, tuple):
            return _wrong(sheet, heading, row, values)
        place = Place(sheet.name, row, heading.figure_at)
        return self._add(line, FileFigure(line.asked, covered, values, place, note.strip()[:LONGEST]))

    def _line(self, goal: str, figure: str, area: str) -> Line | Unknown | None:
        named = (goal, figure, area)
        if named not in self._named:
            asked = self._names.asked(goal, figure, area)
            self._named[named] = self._line_of(asked) if isinstance(asked, Asked) else asked
        return self._named[named]

    def _line_of(self, asked: Asked) -> Line:
        own = (asked.indicator.key, asked.area)
        if own not in self.lines:
            # The rule of periods asks for these three alone, and most goals of a plan share them.
            alike = (asked.goal.assessed_on, asked.due, usual_kinds(asked, self._series))
            fitting = self._fitting.setdefault(alike, {})
            self.lines[own] = Line(asked, self._series.of(*own), fitting)
        return self.lines[own]

    def _fit(self, cell: str, line: Line) -> Period | Message:
        line.fitting[cell] = found = self._period(cell, line.asked)
        return found

    def _period(self, cell: str, asked: Asked) -> Period | Message:
        covered = read_table_period(cell)
        if is_total(cell):
            return TOTAL
        if covered is None:
            return message("file.period.unread", example=asked.due)
        kinds = usual_kinds(asked, self._series)
        problem = misfit(covered, asked=asked, kinds=kinds, today=self._today)
        if problem is None:
            return covered
        return message(_IN_A_FILE.get(problem.said.id, problem.said.id), **problem.said.args)

    def _add(self, line: Line, one: FileFigure) -> Trouble | None:
        other = line.rows.setdefault(one.period, one)
        if other is one:
            return None
        self.twice += 1
        if other.values == one.values:
            return None
        return Trouble(one.place, message("file.twice", other=other.place.said))


def _wrong(sheet: Sheet, heading: Heading, row: int, wrong: Unknown) -> Trouble:
    column, said = wrong
    at = heading.columns.get(column) or heading.columns.get(Column.GOAL) or heading.columns[Column.FIGURE]
    return Trouble(Place(sheet.name, row, at), said)


def _flaw(sheet: Sheet, heading: Heading, row: int) -> Trouble | None:
    """What keeps a cell of the row from being read."""
    for column in READ:
        at = heading.columns.get(column, 0)
        if (row, at) in sheet.flaws:
            return Trouble(Place(sheet.name, row, at), sheet.flaws[row, at])
        if column in FIGURES and (row, at) in sheet.spread:
            return Trouble(Place(sheet.name, row, at), message("file.cell.merged"))
    return None
