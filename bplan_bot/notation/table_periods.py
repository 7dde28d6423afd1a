"""Reads a period as tables write it: 2024Q04, 2024K4, 2025M06, jan-25, 06-2025, K1 2025, 2024QMAT04."""

import re

from bplan_bot.notation.periods import MONTHS, read_period
from bplan_bot.period import Period

_CODE = re.compile(r"(\d{4})\s*-?\s*(QMAT|[MQKSHY])\s*0?(\d{1,2})", re.IGNORECASE)
_PART_FIRST = re.compile(r"([QKSH])\s*(\d)[\s\-/]*(\d{4})", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"(\d{4})[\-/.](\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[\-/.](\d{4})")
_SHORT_YEAR = re.compile(r"([a-zæøå]{3,9})\.?[\s\-/.]*(\d{2})", re.IGNORECASE)


def read_table_period(text: str) -> Period | None:
    """The period that a cell names, in Danish words, a stored code or a table's own; None for anything else.

    A year of two figures is taken only after the name of a month, and is one of this century.
    """
    written = " ".join(text.split())
    found = read_period(written)
    if found:
        return found
    try:
        return _coded(written)
    except ValueError:
        return None


def _coded(written: str) -> Period | None:
    if match := _CODE.fullmatch(written):
        return _part(int(match[1]), match[2].upper(), int(match[3]))
    if match := _PART_FIRST.fullmatch(written):
        return _part(int(match[3]), match[1].upper(), int(match[2]))
    if match := _YEAR_MONTH.fullmatch(written):
        return Period.month(int(match[1]), int(match[2]))
    if match := _MONTH_YEAR.fullmatch(written):
        return Period.month(int(match[2]), int(match[1]))
    if match := _SHORT_YEAR.fullmatch(written):
        name = match[1].lower()
        fitting = [n for n, month in enumerate(MONTHS["da"], start=1) if name in (month, month[:3])]
        return Period.month(2000 + int(match[2]), fitting[0]) if fitting else None
    return None


def _part(year: int, kind: str, number: int) -> Period | None:
    match kind:
        case "M":
            return Period.month(year, number)
        case "S" | "H":
            return Period.half_year(year, number) if number in (1, 2) else None
        case "Y":
            return Period.year(year) if number == 1 else None
        case _ if number not in (1, 2, 3, 4):
            return None
        case "QMAT":
            return Period.rolling_year(year, number)
        case _:
            return Period.quarter(year, number)
