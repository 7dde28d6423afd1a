"""Reads the figures of a row, and tells a cell that says there is none."""

from decimal import Decimal

from bplan_bot.figure_values import Field, Problem, Values, read_field, read_written
from bplan_bot.importers.columns import Column
from bplan_bot.importers.figure_names import UNITS, Unknown
from bplan_bot.message import message
from bplan_bot.notation.numbers import read_number
from bplan_bot.quantity import Unit

NOTHING = frozenset({"", "-", "–", "—", "..", "...", "*", "i.o."})
"""What stands in a cell that has no figure."""

_MOST_KEPT = 20_000

_COLUMNS = {
    Field.PERIOD: Column.PERIOD,
    Field.VALUE: Column.VALUE,
    Field.NUMERATOR: Column.NUMERATOR,
    Field.DENOMINATOR: Column.DENOMINATOR,
}

Kept = dict[str, Decimal | Problem]


class Numbers:
    """Reads the cells of figures, each way of writing one once: a file repeats its numbers, and what is
    remembered takes the place of a copy for each row."""

    def __init__(self) -> None:
        self._shares: Kept = {}
        self._others: dict[Unit, Kept] = {}
        self._numerators: Kept = {}
        self._denominators: Kept = {}

    def values(self, value: str, numerator: str, denominator: str, unit: Unit) -> Values | Unknown:
        """The figure with its parts, or the column that is wrong and why."""
        read = read_written(
            "" if value in NOTHING else value,
            "" if numerator in NOTHING else numerator,
            "" if denominator in NOTHING else denominator,
            unit,
            number=self._number,
        )
        if isinstance(read, Problem):
            return _COLUMNS.get(read.field, Column.VALUE), read.said
        if unit is Unit.PERCENT and read.numerator is None and 0 < read.value < 1 and _is_bare(value):
            return Column.VALUE, message("file.value.share")
        return read

    def _number(self, written: str, field: Field, unit: Unit) -> Decimal | Problem:
        # Not by a key of both: to ask an enumeration for its hash takes as long as to read the number.
        if field is Field.NUMERATOR:
            kept = self._numerators
        elif field is Field.DENOMINATOR:
            kept = self._denominators
        else:
            kept = self._shares if unit is Unit.PERCENT else self._others.setdefault(unit, {})
        found = kept.get(written)
        if found is None:
            if len(kept) >= _MOST_KEPT:
                kept.clear()
            found = kept[written] = read_field(written, field, unit)
        return found


def is_nothing(cell: str) -> bool:
    """Whether a cell says that there is no figure."""
    return cell in NOTHING or cell.strip() in NOTHING


def wrong_unit(cell: str, unit: Unit) -> bool:
    """Whether a cell of the column of units says another one."""
    said = UNITS.get(" ".join(cell.lower().split()))
    return bool(cell.strip()) and said != unit.value


def _is_bare(value: str) -> bool:
    """Whether a number has no sign of its unit: 0,367 may then be 36,7 %."""
    found = read_number(value)
    return found is not None and found.unit is Unit.COUNT
