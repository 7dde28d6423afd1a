"""Reads the answers of jobindsats' API, version 3, and writes what is asked of it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bplan_bot.catalogue import Insides, Listing
from bplan_bot.fed import Fed, Reading
from bplan_bot.feed import Feed, PeriodForm
from bplan_bot.importers.source_answers import (
    day_of,
    is_number,
    json_of,
    key_of,
    list_of,
    refuse_error,
    text_of,
)
from bplan_bot.observation import COUNTRY
from bplan_bot.period import Period
from bplan_bot.source_state import TOMORROW, changed, later

PERIOD, AREA = "Periode", "Område"

PERIODS, HIERARCHY = "period.", "hierarchy."
"""What the names of a query's fields begin with."""

TOTAL, EVERYTHING = "/", "*"
"""What a hierarchy is asked for: its total; its total and every member."""

_PERIOD = re.compile(r"(\d{4})(M|Q|Y|QMAT)(\d\d)")
_LIMITS = {"M": 12, "Q": 4, "Y": 1, "QMAT": 4}
_TOO_MANY = re.compile(r"only (\d+) periods are available")
_MAKE = {"M": Period.month, "Q": Period.quarter, "QMAT": Period.rolling_year}


@dataclass(frozen=True, slots=True)
class TableShape:
    """What a table can be asked: its period ids by form, oldest first; the ids of each hierarchy's members by
    their label; and the first hierarchy of each dimension."""

    periods: Mapping[str, tuple[str, ...]]
    members: Mapping[str, Mapping[str, str]]
    of_dimension: Mapping[str, str]

    def hierarchy(self, name: str) -> str:
        """The hierarchy of that id, or the first of the dimension of that id."""
        found = name if name in self.members else self.of_dimension.get(name)
        if found is None:
            raise changed(f"no hierarchy {name}")
        return found


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of an answer under their labels, both as they came."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


class TooManyPeriods(Exception):
    """More periods were asked for than there are; `available` says how many there are."""

    def __init__(self, available: int) -> None:
        super().__init__(available)
        self.available = available


def read_catalogue(content: bytes) -> tuple[Listing, ...]:
    """Every table there is. SourceFails where it cannot be read."""
    subjects = json_of(content)
    if not isinstance(subjects, list):
        raise changed("the catalogue is no list")
    return tuple(
        Listing(
            table=text_of(table, "table_id").lower(),
            title=" ".join(text_of(table, "table_name").split()),
            subject=" ".join(text_of(subject, "subject_name").split()),
            published=day_of(table, "update_latest"),
            expected=day_of(table, "update_next"),
        )
        for subject in subjects
        for group in list_of(subject, "table_groups")
        for table in list_of(group, "tables")
    )


def read_table(content: bytes) -> TableShape:
    """What a table can be asked. SourceFails where it cannot be read."""
    table = json_of(content)
    periods = {
        text_of(form, "periodtype_id"): tuple(
            sorted(text_of(value, "period_id") for value in list_of(form, "values"))
        )
        for form in list_of(table, "periods")
    }
    members: dict[str, dict[str, str]] = {}
    of_dimension: dict[str, str] = {}
    for dimension in list_of(table, "dimensions"):
        for hierarchy in list_of(dimension, "hierarchies"):
            name = text_of(hierarchy, "hierarchy_id")
            of_dimension.setdefault(text_of(dimension, "dimension_id"), name)
            own = members.setdefault(name, {})
            for level in list_of(hierarchy, "levels"):
                for value in list_of(level, "values"):
                    own.setdefault(text_of(value, "value_name"), text_of(value, "value_id"))
    return TableShape(periods, members, of_dimension)


def read_rows(content: bytes) -> Rows:
    """The rows of a data answer. SourceFails where they cannot be read."""
    answer = json_of(content)
    columns, rows = list_of(answer, "columns"), list_of(answer, "rows")
    if not all(isinstance(column, str) for column in columns):
        raise changed("a column without a label")
    if not all(isinstance(row, list) and len(row) == len(columns) for row in rows):
        raise changed("a row that does not fit its columns")
    return Rows(tuple(columns), tuple(tuple(row) for row in rows))


def refuse_answer(status: int, content: bytes, *, retry_after: str = "") -> None:
    """Raises SourceFails, or TooManyPeriods, for what is no answer."""
    if status != 422:
        refuse_error(status, retry_after)
        return
    cause = json_of(content)
    said = text_of(cause, "cause")
    many = _TOO_MANY.search(said)
    if many and 0 < int(many[1]) < 10_000:
        raise TooManyPeriods(int(many[1]))
    if "unknown period type" in said.lower():
        # A table loses its periods while it is filled anew, and has them again a day or two later.
        raise later("HTTP 422: unknown period type", wait=TOMORROW)
    if "unknown hierarch" in said.lower():
        raise changed("HTTP 422: unknown hierarchy")
    raise changed("HTTP 422")


def query_of(feed: Feed, shape: TableShape, *, areas: Mapping[str, str], since: date) -> dict[str, str]:
    """What is asked of a table for a feed: the areas (codes by name) and no more periods than there are.

    Empty where no period is as late as `since`.
    """
    form = feed.period.value
    if form not in shape.periods:
        raise later(f"no periods of the form {form}", wait=TOMORROW)
    late = [one for one in shape.periods[form] if period_of(one).end >= since]
    if not late:
        return {}
    own = shape.hierarchy(feed.area_dimension)
    asked = [_area_id(name, code, shape.members[own], own) for name, code in areas.items()]
    dimensions = dict.fromkeys(shape.hierarchy(choice.dimension) for choice in feed.choices)
    return {
        "mgroup.*": "*",
        PERIODS + form: latest(len(late)),
        HIERARCHY + own: ",".join(asked),
        **{HIERARCHY + dimension: EVERYTHING for dimension in dimensions},
        "format": "json",
    }


def query_for_columns(shape: TableShape) -> dict[str, str]:
    """The smallest question whose answer has a column for each measure."""
    forms = [form for form, ids in shape.periods.items() if ids]
    if not forms or "_omrade" not in shape.of_dimension:
        raise changed("no periods, or no areas")
    own = shape.of_dimension["_omrade"]
    return {"mgroup.*": "*", PERIODS + forms[0]: latest(1), HIERARCHY + own: TOTAL, "format": "json"}


def insides_of(shape: TableShape, rows: Rows) -> Insides:
    """What a table holds, as people choose of it."""
    return Insides(
        periods={form: (ids[0], ids[-1]) for form, ids in shape.periods.items() if ids},
        columns=tuple(label for label in rows.columns if label not in (PERIOD, AREA)),
        members={hierarchy: tuple(own) for hierarchy, own in shape.members.items()},
    )


def latest(count: int) -> str:
    """The newest so many periods."""
    return f"latest:{count}"


def readings_of(rows: Rows, fed: Fed, *, areas: Mapping[str, str]) -> tuple[Reading, ...]:
    """What the rows say of an indicator in these areas (codes by name), rows of other members left out."""
    feed = fed.feed
    places = {name: _place(rows.columns, label) for name, label in _labels(feed).items() if label}
    wanted = sorted(key_of(choice.label) for choice in feed.choices)
    codes = {_area_key(name): code for name, code in areas.items()}
    found: dict[tuple[str, Period], Reading] = {}
    for row in rows.rows:
        area = codes.get(_area_key(_text(row[places[AREA]])))
        period = period_of(_text(row[places[PERIOD]]))
        said = sorted(key_of(cell) for cell in _others(row, places) if isinstance(cell, str))
        if area is None or said != wanted or period.end < fed.since:
            continue
        if (area, period) in found:
            raise changed(f"two rows for {area} {period.code}")
        figures = {name: _figure(row[places[name]]) for name in places if name not in (AREA, PERIOD)}
        found[area, period] = Reading(area=area, period=period, **figures)
    return tuple(found.values())


def period_of(written: str) -> Period:
    """The period of an id (2026M06, 2024Q04, 2024Y01, 2024QMAT04); SourceFails where it is none.

    A rolling year is named after the quarter that ends it.
    """
    match = _PERIOD.fullmatch(written)
    if match is None or not match[1].isascii() or not 1 <= int(match[3]) <= _LIMITS[match[2]]:
        raise changed("an unknown form of period")
    year, number = int(match[1]), int(match[3])
    if not 1900 <= year <= 2200:
        raise changed("a period out of this world")
    return Period.year(year) if match[2] == PeriodForm.YEAR else _MAKE[match[2]](year, number)


def _labels(feed: Feed) -> dict[str, str]:
    return {
        PERIOD: PERIOD,
        AREA: AREA,
        "value": feed.column,
        "numerator": feed.numerator,
        "denominator": feed.denominator,
    }


def _place(columns: Sequence[str], label: str) -> int:
    wanted = key_of(label)
    found = [
        place
        for place, column in enumerate(columns)
        if key_of(column) == wanted or (wanted.startswith(":") and key_of(column).endswith(wanted))
    ]
    if len(found) != 1:
        raise changed(f"{'no' if not found else 'more than one'} column {label}")
    return found[0]


def _others(row: Sequence[Any], places: Mapping[str, int]) -> Iterable[Any]:
    return (cell for place, cell in enumerate(row) if place not in places.values())


def _text(cell: Any) -> str:
    if not isinstance(cell, str):
        raise changed("a row without a period or an area")
    return cell


def _figure(cell: Any) -> Decimal | None:
    """A number, or None for a cell that is hidden or not filled yet; it is never zero."""
    if cell is None:
        return None
    if not is_number(cell):
        raise changed("a cell that is no number")
    figure: Decimal = cell
    return figure


def _area_id(name: str, code: str, members: Mapping[str, str], hierarchy: str) -> str:
    if code == COUNTRY:
        return TOTAL
    for label, member in members.items():
        if _area_key(label) == _area_key(name):
            return member
    raise changed(f"no area {name} in {hierarchy}")


def _area_key(name: str) -> str:
    """A municipality's name as it is compared: Nordfyns is Nordfyn too."""
    return key_of(name).rstrip("s")
