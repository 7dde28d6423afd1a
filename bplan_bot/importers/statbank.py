"""Reads the answers of Statistics Denmark's StatBank, and writes what is asked of it."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bplan_bot.catalogue import Insides, Listing
from bplan_bot.fed import Fed, Reading, share_of
from bplan_bot.feed import Feed
from bplan_bot.importers.source_answers import day_of, field, json_of, list_of, refuse_error, text_of
from bplan_bot.period import Period
from bplan_bot.source_state import changed, later

VALUE = "INDHOLD"
TOTALS = ("TOT", "IALT", "I ALT", "00")
"""How the total of a variable is coded."""

MISSING = ("..", ".", "-", "")
"""What stands in a cell where a figure is hidden, unknown or not there."""

_NUMBER = re.compile(r"-?\d{1,12}([.,]\d{1,6})?", re.ASCII)
_PERIOD = re.compile(r"(\d{4})(?:([KM])(\d{1,2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Variables:
    """A table's variables in order: the ids of their values by the variable's code, and which one is time."""

    values: Mapping[str, tuple[str, ...]]
    time: str

    def code(self, name: str) -> str:
        """The code of a variable as this table spells it."""
        found = [code for code in self.values if code.casefold() == name.casefold()]
        if not found:
            raise changed(f"no variable {name}")
        return found[0]


def read_catalogue(content: bytes) -> tuple[Listing, ...]:
    """Every table there is. SourceFails where it cannot be read."""
    tables = json_of(content)
    if not isinstance(tables, list):
        raise changed("the catalogue is no list")
    return tuple(
        Listing(
            table=text_of(table, "id"),
            title=" ".join(text_of(table, "text").split()),
            published=day_of(table, "updated"),
        )
        for table in tables
    )


def read_variables(content: bytes) -> Variables:
    """What a table can be asked, from its tableinfo. SourceFails where it cannot be read."""
    info = json_of(content)
    values: dict[str, tuple[str, ...]] = {}
    times = []
    for variable in list_of(info, "variables"):
        code = text_of(variable, "id")
        values[code] = tuple(text_of(value, "id") for value in list_of(variable, "values"))
        if field(variable, "time") is True:
            times.append(code)
    if len(times) != 1:
        raise changed("not one variable of time")
    return Variables(values, times[0])


def refuse_answer(status: int, content: bytes, *, retry_after: str = "") -> None:
    """Raises SourceFails for what is no answer; errors go by their code, since their words change."""
    if status != 400:
        refuse_error(status, retry_after)
        return
    code = text_of(json_of(content), "errorTypeCode")
    if not re.fullmatch(r"[A-Z-]{1,40}", code):
        raise changed("HTTP 400")
    raise changed(f"HTTP 400: {code}")


def query_of(feed: Feed, variables: Variables, *, areas: Sequence[str], since: date) -> dict[str, Any]:
    """What is asked of a table for a feed, every variable chosen as BULK demands.

    `areas` are codes. A variable that the feed does not mention is asked for its total. Empty where no
    period is as late as `since`.
    """
    late = [one for one in variables.values[variables.time] if period_of(one).end >= since]
    if not late:
        return {}
    chosen: dict[str, list[str]] = {
        variables.time: late,
        variables.code(feed.area_dimension): list(areas),
        variables.code(feed.column): [*feed.numerator.split("+"), feed.denominator],
    }
    for choice in feed.choices:
        chosen.setdefault(variables.code(choice.dimension), []).append(choice.label)
    for code, values in variables.values.items():
        if code not in chosen:
            chosen[code] = [_total(code, values)]
        for value in chosen[code]:
            if value not in values:
                raise changed(f"no value {value} of {code}")
    wanted = [{"code": code, "values": chosen[code]} for code in variables.values]
    return {
        "table": feed.table,
        "format": "BULK",
        "lang": "da",
        "valuePresentation": "Code",
        "variables": wanted,
    }


def insides_of(variables: Variables) -> Insides:
    """What a table holds, as people choose of it."""
    times = variables.values[variables.time]
    members = {code: own for code, own in variables.values.items() if code != variables.time}
    return Insides({variables.time: (times[0], times[-1])} if times else {}, (), members)


def read_rows(content: bytes) -> tuple[Mapping[str, str], ...]:
    """The rows of a BULK answer, by column in capitals. SourceFails where they cannot be read."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise changed("the answer is not UTF-8") from problem
    try:
        header, *lines = [line for line in csv.reader(io.StringIO(text), delimiter=";", strict=True) if line]
    except (csv.Error, ValueError) as problem:
        raise (
            changed("the answer is no table") if text.strip() else later("the answer is empty")
        ) from problem
    columns = [column.strip().upper() for column in header]
    if columns[-1] != VALUE or len(set(columns)) != len(columns):
        raise changed(f"no last column {VALUE}")
    if lines and len(lines[-1]) < len(columns) and all(len(line) == len(columns) for line in lines[:-1]):
        raise later("the answer was cut off")
    if any(len(line) != len(columns) for line in lines):
        raise changed("a row that does not fit its columns")
    return tuple(dict(zip(columns, line, strict=True)) for line in lines)


def readings_of(rows: Sequence[Mapping[str, str]], fed: Fed, variables: Variables) -> tuple[Reading, ...]:
    """The share that the members named by `numerator` make up of the one named by `denominator`.

    A share of which a part is hidden has no value.
    """
    feed = fed.feed
    area, along, time = (name.upper() for name in (feed.area_dimension, feed.column, variables.time))
    parts: dict[tuple[str, Period], dict[str, Decimal | None]] = {}
    for row in rows:
        for column in (area, along, time):
            if column not in row:
                raise changed(f"no column {column}")
        own = parts.setdefault((row[area], period_of(row[time])), {})
        if row[along] in own:
            raise changed(f"two rows for {row[area]} {row[time]} {row[along]}")
        own[row[along]] = _figure(row[VALUE])
    return tuple(
        _share(where, when, own, feed)
        for (where, when), own in sorted(parts.items(), key=lambda item: item[0])
    )


def period_of(written: str) -> Period:
    """The period of an id (2024, 2024K1, 2024M01); SourceFails where it is none."""
    match = _PERIOD.fullmatch(written)
    if match is None or not 1900 <= int(match[1]) <= 2200:
        raise changed("an unknown form of period")
    year, kind, number = int(match[1]), match[2], int(match[3] or 0)
    if kind is None:
        return Period.year(year)
    if not 1 <= number <= (4 if kind == "K" else 12):
        raise changed("an unknown form of period")
    return Period.quarter(year, number) if kind == "K" else Period.month(year, number)


def _share(area: str, period: Period, own: Mapping[str, Decimal | None], feed: Feed) -> Reading:
    members = feed.numerator.split("+")
    lacking = [name for name in (*members, feed.denominator) if name not in own]
    if lacking:
        raise changed(f"no row for {area} {period.code} {lacking[0]}")
    told = [figure for name in members if (figure := own[name]) is not None]
    whole = own[feed.denominator]
    if not whole or len(told) < len(members):
        return Reading(area=area, period=period, value=None)
    there = sum(told, Decimal(0))
    value = share_of(there, whole)
    return Reading(area=area, period=period, value=value, numerator=there, denominator=whole)


def _total(code: str, values: Sequence[str]) -> str:
    for total in TOTALS:
        if total in values:
            return total
    raise changed(f"no total of {code}: choose one of its values")


def _figure(written: str) -> Decimal | None:
    cell = written.strip()
    if cell in MISSING:
        return None
    if not _NUMBER.fullmatch(cell):
        raise changed("a cell that is no number")
    return Decimal(cell.replace(",", "."))
