"""Writes the Excel file that a source fills in: its figures, what they were last time, and empty cells."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bplan_bot.errors import Refused, WrongUse
from bplan_bot.feed import FeedSource
from bplan_bot.figures import Asked, previous
from bplan_bot.goal import Goal, Indicator, Source
from bplan_bot.importers.figure_names import due_period, reported
from bplan_bot.notation.numbers import write_quantity
from bplan_bot.notation.periods import write_period
from bplan_bot.observation import Observation
from bplan_bot.picture import Picture
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.texts.speaker import Speaker

HEADINGS = (
    *("Mål", "Indikator", "Hvad", "Enhed", "Sidste tal", "Sidste periode"),
    *("Periode", "Værdi", "Tæller", "Nævner", "Bemærkning"),
)
_WIDTHS = (7, 22, 60, 10, 12, 24, 24, 12, 12, 12, 40)
_HEADING_ROW = 3
_VALUE, _NUMERATOR, _DENOMINATOR = (HEADINGS.index(name) + 1 for name in ("Værdi", "Tæller", "Nævner"))
_UNITS = {Unit.PERCENT: "%", Unit.COUNT: "antal", Unit.RANK: "placering", Unit.POINTS: "procentpoint"}
_YELLOW, _GREY = "FFFFF2CC", "FFD9D9D9"
_HELP = 8
"""Lines of help in the catalogue."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A figure to fill in, and the one before it."""

    asked: Asked
    last: Observation | None

    @property
    def in_parts(self) -> bool:
        """Whether it is told by numerator and denominator."""
        return self.asked.indicator.statement_of_parts is not None


def template_for(source: str, picture: Picture) -> bytes:
    """The workbook for a source of the plan, with the figures known on the picture's day.

    WrongUse for a source the plan does not have; Refused where nobody is to fill in any figure of it.
    """
    keys = tuple(one.key for one in picture.plan.sources)
    if source not in keys:
        raise WrongUse("template.no_source", source=source, sources=keys)
    lines = list(_lines(source, picture))
    if not lines:
        raise Refused("template.no_figures", source=source)
    return _written(source, lines, picture)


def filled_in_by(picture: Picture) -> tuple[Source, ...]:
    """The sources of the plan that nothing is fetched from by their own name: those that fill in a file."""
    fetched = list(FeedSource)
    return tuple(
        one for one in picture.plan.sources if one.key not in fetched and any(_lines(one.key, picture))
    )


def _lines(source: str, picture: Picture) -> Iterator[_Line]:
    for goal in picture.plan.goals:
        if goal.withdrawn is not None and goal.withdrawn.day <= picture.today:
            continue
        for indicator in reported(goal):
            if (indicator.source or goal.source) == source and not _has_stopped(indicator, picture.today):
                yield _line(goal, indicator, picture)


def _line(goal: Goal, indicator: Indicator, picture: Picture) -> _Line:
    plan, due = picture.plan, due_period(goal, picture.today)
    asked = Asked(plan=plan, goal=goal, indicator=indicator, area=plan.area, due=due)
    return _Line(asked, previous(asked, picture.series, due))


def _has_stopped(indicator: Indicator, today: date) -> bool:
    return indicator.discontinued is not None and indicator.discontinued.known_at <= today


def _written(source: str, lines: Sequence[_Line], picture: Picture) -> bytes:
    import openpyxl

    say = Speaker("da").say
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = say("template.sheet")
    name = picture.plan.source(source).name
    _write(sheet.cell(1, 1), say("template.title", plan=picture.plan.title, source=name), bold=True)
    for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True), start=1):
        _write(sheet.cell(_HEADING_ROW, column), heading, bold=True)
        sheet.column_dimensions[sheet.cell(_HEADING_ROW, column).column_letter].width = width
    for row, line in enumerate(lines, start=_HEADING_ROW + 1):
        _fill(sheet, row, line)
    sheet.freeze_panes = sheet.cell(_HEADING_ROW + 1, 1)
    guide = book.create_sheet(say("template.help"))
    guide.column_dimensions["A"].width = 110
    for row in range(1, _HELP + 1):
        _write(guide.cell(row, 1), say(f"template.help.{row}"), bold=row == 1)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Any, row: int, line: _Line) -> None:
    """One figure: what it is, what it was, and the yellow cells for what it is now."""
    indicator, last = line.asked.indicator, line.last
    was = Quantity(last.value, indicator.unit) if last and last.value is not None else None
    texts = (
        line.asked.goal.number,
        indicator.key,
        indicator.subject.da,
        _UNITS[indicator.unit],
        write_quantity(was, "da") if was else "",
        write_period(last.period, "da") if last else "",
        write_period(line.asked.due, "da"),
    )
    for column, text in enumerate(texts, start=1):
        _write(sheet.cell(row, column), text)
    for column in (_VALUE, _NUMERATOR, _DENOMINATOR):
        is_open = column == _VALUE or line.in_parts
        _colour(sheet.cell(row, column), _YELLOW if is_open else _GREY)
        if is_open:
            _guard(sheet, row, column, indicator.unit if column == _VALUE else Unit.COUNT)


def _write(cell: Any, text: str, *, bold: bool = False) -> None:
    from openpyxl.styles import Font

    cell.value = text
    cell.data_type = "s"  # a text, whatever it begins with
    cell.number_format = "@"  # so that 6.10 stays 6.10 when somebody writes it anew
    if bold:
        cell.font = Font(bold=True)


def _colour(cell: Any, colour: str) -> None:
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill(fill_type="solid", start_color=colour, end_color=colour)


def _guard(sheet: Any, row: int, column: int, unit: Unit) -> None:
    """Let Excel refuse what the import would refuse."""
    from openpyxl.worksheet.datavalidation import DataValidation

    say = Speaker("da").say
    share = unit in (Unit.PERCENT, Unit.POINTS)
    rule = DataValidation(
        type="decimal" if share else "whole",
        operator="between",
        formula1="0",
        formula2="100" if share else "9999999",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=say("template.error.title"),
        error=say("template.error.share" if share else "template.error.count"),
    )
    rule.add(sheet.cell(row, column))
    sheet.add_data_validation(rule)
