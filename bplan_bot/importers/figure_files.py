"""Reads the figures of a file and holds them against the plan and what is stored: all of it, or why not."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import chain, islice
from operator import itemgetter

from bplan_bot.figure_file import FileFigures
from bplan_bot.goal import Plan
from bplan_bot.importers.columns import LOOKED_AT, Heading, find_heading, named
from bplan_bot.importers.figure_lines import judged
from bplan_bot.importers.figure_rows import READ, Rows
from bplan_bot.importers.files import read_file
from bplan_bot.importers.grid import LONGEST_CELL, Place, Sheet, Trouble, Unreadable, Workbook
from bplan_bot.importers.personal_cells import CellGuard, may_be_cpr
from bplan_bot.importers.undisturbed import undisturbed
from bplan_bot.message import Message, message
from bplan_bot.observation import Series

MOST_TROUBLES = 1000
"""A file in which everything is wrong has one fault, and is read no further."""


def read_figures(name: str, content: bytes, *, plan: Plan, series: Series, today: date) -> FileFigures:
    """The figures of a CSV file or a workbook; `series` as known `today`.

    Everything that is wrong is told, each with its place; with CPR numbers in the file nothing else is.
    """
    digest = sha256(content).hexdigest()

    def refused(*troubles: Trouble, people: bool = False) -> FileFigures:
        return FileFigures(
            name="" if people else name, digest=digest, plan=plan, troubles=troubles, has_people=people
        )

    if may_be_cpr(name.replace("_", "-")):
        return refused(Trouble(Place(), message("file.cpr.name")), people=True)
    reading = _Reading(Rows(plan, series, today))
    with undisturbed():
        stopped = _read(reading, name, content)
    if reading.people:
        return refused(*reading.people, people=True)
    troubles = (*reading.troubles, *stopped)
    if troubles:
        return refused(*troubles)
    with undisturbed():
        found = judged(reading.rows.lines.values())
    if not (found.new or found.corrections or found.same):
        return refused(Trouble(Place(), message("file.no_figures")))
    return FileFigures(
        name=name,
        digest=digest,
        plan=plan,
        new=found.new,
        corrections=found.corrections,
        same=found.same + reading.rows.twice,
        doubts=found.doubts,
        left_out=tuple(reading.left_out),
        goals=frozenset(line.asked.goal.number for line in reading.rows.lines.values()),
    )


def _read(reading: "_Reading", name: str, content: bytes) -> tuple[Trouble, ...]:
    """Read all there is; what made it impossible to read on."""
    try:
        book = read_file(name, content)
        for sheet in book.hidden:
            reading.look_through(sheet)
        for sheet in book.sheets:
            reading.read(sheet)
        reading.finish(book)
    except Unreadable as fault:
        return (fault.trouble,)
    return ()


class _Reading:
    """What has been read of a file so far."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.people: list[Trouble] = []
        self.troubles: list[Trouble] = []
        self.left_out: list[Message] = []
        self._without_table: list[str] = []
        self._guard = CellGuard()

    def look_through(self, sheet: Sheet) -> None:
        """Look for CPR numbers in a sheet of which nothing is read."""
        self._look_at_name(sheet)
        self._look_at(sheet, sheet.rows)
        self.left_out.append(message("file.left_out.hidden", sheet=sheet.name))

    def read(self, sheet: Sheet) -> None:
        """Read the figures of a sheet."""
        self._look_at_name(sheet)
        rows = iter(sheet.rows)
        head = list(islice(rows, LOOKED_AT))
        heading = find_heading(head, sheet.name)
        if not isinstance(heading, Heading):
            self._look_at(sheet, chain(head, rows))
            if heading is None:
                self._without_table.append(sheet.name)
            else:
                self.troubles.append(heading)
            return
        self._look_at(sheet, head[: heading.row])
        for column in heading.strangers:
            place = Place(sheet.name, heading.row, column).said
            self.left_out.append(message("file.left_out.column", place=place))
        self._figures(sheet, heading, chain(head[heading.row :], rows))

    def finish(self, book: Workbook) -> None:
        """Tell what was not read; with a table on no sheet, that is what is wrong."""
        if len(self._without_table) == len(book.sheets):
            sheet = self._without_table[0] if self._without_table else ""
            self.troubles.append(Trouble(Place(sheet), message("file.heading.none")))
        self.left_out += [message("file.left_out.sheet", sheet=name) for name in self._without_table]
        counted = {"totals": self.rows.totals, "empty": self.rows.empty}
        self.left_out += [message(f"file.left_out.{kind}", n=n) for kind, n in counted.items() if n]

    def _look_at_name(self, sheet: Sheet) -> None:
        if may_be_cpr(sheet.name):
            self.people.append(Trouble(Place(), message("file.cpr.sheet")))

    def _look_at(self, sheet: Sheet, rows: Iterable[Sequence[str]]) -> None:
        for row, cells in enumerate(rows, start=1):
            if self._guard.has_news(cells):
                self._examine(sheet, row, cells, {})

    def _examine(
        self, sheet: Sheet, row: int, cells: Sequence[str], companies: Mapping[int, re.Pattern[str]]
    ) -> None:
        """Note the CPR numbers of a row; Unreadable where a cell has no end."""
        for column, cell in enumerate(cells, start=1):
            if len(cell) > LONGEST_CELL:
                raise Unreadable(Place(sheet.name, row, column), "file.long_cell", most=LONGEST_CELL)
        for column in self._guard.suspicious(cells, companies):
            if len(self.people) < MOST_TROUBLES:
                name = "" if may_be_cpr(sheet.name) else sheet.name
                self.people.append(Trouble(Place(name, row, column), message("file.cpr.cell")))

    def _figures(self, sheet: Sheet, heading: Heading, rows: Iterable[Sequence[str]]) -> None:
        # An absent column is the empty cell that is put behind each row.
        pick = itemgetter(*(heading.columns.get(column, 0) - 1 for column in READ))
        width, companies, last = heading.width, heading.companies, heading.last_read
        has_news, take = self._guard.has_news, self.rows.take
        for row, given in enumerate(rows, start=heading.row + 1):
            if has_news(given):
                self._examine(sheet, row, given, companies)
            if len(given) == width:
                trouble = take(sheet, heading, row, pick([*given, ""]))
            elif sheet.is_even and len(given) > width and any(cell.strip() for cell in given[width:]):
                trouble = Trouble(Place(sheet.name, row, width + 1), message("file.row.long", width=width))
            elif sheet.is_even and 1 < len(given) < last:
                trouble = Trouble(Place(sheet.name, row), message("file.row.short", n=len(given), last=last))
            else:
                padded = [*given[:width], *[""] * (width - len(given)), ""]
                trouble = take(sheet, heading, row, pick(padded))
            if trouble and len(self.troubles) < MOST_TROUBLES:
                self.troubles.append(_repeated(trouble, given, heading))


def _repeated(trouble: Trouble, cells: Sequence[str], heading: Heading) -> Trouble:
    """What is wrong with a row that says the headings again: that, and not that they are no figures."""
    again = {column for cell in cells if (column := named(cell))}
    if len(again) < len(heading.columns):
        return trouble
    return Trouble(Place(trouble.place.sheet, trouble.place.row), message("file.heading.again"))
