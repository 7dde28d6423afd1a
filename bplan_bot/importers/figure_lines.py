"""Holds the figures of a file against what is stored, line by line: new, known, corrected, doubtful."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from bplan_bot.figure_file import FileFigure
from bplan_bot.figures import doubt
from bplan_bot.importers.figure_rows import Line
from bplan_bot.importers.grid import Trouble
from bplan_bot.message import Message
from bplan_bot.observation import Observation
from bplan_bot.period import Period, PeriodKind

Amount = tuple[Decimal, Period]
Shapes = dict[Period, tuple[PeriodKind, int]]
"""What must be equal of two periods for their figures to be compared."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of the rows of a file; `same` counts those that say nothing new."""

    new: tuple[FileFigure, ...]
    corrections: tuple[FileFigure, ...]
    same: int
    doubts: tuple[Trouble, ...]


def judged(lines: Iterable[Line]) -> Judged:
    """The figures of all lines, each held against the one before it, in the file or stored."""
    new: list[FileFigure] = []
    corrections: list[FileFigure] = []
    doubts: list[Trouble] = []
    same = 0
    shapes: Shapes = {}
    for line in lines:
        stored = {known.period: known for known in line.history}
        for period, said in _doubts(line, stored, shapes).items():
            line.rows[period] = replace(line.rows[period], doubt=said)
        for one in line.rows.values() if stored else ():
            standing = stored.get(one.period)
            if standing and standing.value is not None:
                line.rows[one.period] = replace(one, stored=standing)
        for one in line.rows.values():
            if one.stored and one.figure.is_known:
                same += 1
                continue
            (corrections if one.stored and one.figure.corrects else new).append(one)
            if one.doubt:
                doubts.append(Trouble(one.place, one.doubt))
    return Judged(tuple(new), tuple(corrections), same, tuple(doubts))


def _doubts(line: Line, stored: dict[Period, Observation], shapes: Shapes) -> dict[Period, Message]:
    """What is doubted of the rows, by period: each against the nearest earlier figure of the same length.

    In order of time with the stored figures among them, so that a long line is gone through once.
    """
    indicator, found = line.asked.indicator, {}
    latest: dict[tuple[PeriodKind, int], Amount] = {}
    kept = (known for period, known in stored.items() if period not in line.rows)
    figures: list[FileFigure | Observation] = [*kept, *line.rows.values()]
    for one in sorted(figures, key=lambda one: (one.period.start, one.period.end)):
        period, amount = one.period, one.amount
        if amount is None:
            continue
        shape = shapes.get(period)
        if shape is None:
            shape = shapes[period] = (period.kind, period.months)
        before = latest.get(shape)
        latest[shape] = (amount, period)
        if before and isinstance(one, FileFigure) and not _is_broken(line, before[1], period):
            said = doubt(one.values.value, indicator, before)
            if said:
                found[period] = said
    return found


def _is_broken(line: Line, earlier: Period, later: Period) -> bool:
    if not line.asked.indicator.breaks:
        return False
    spanned = Period(min(earlier.start, later.start), max(earlier.end, later.end))
    return any(spanned.crosses(change.day) for change in line.asked.indicator.breaks)
