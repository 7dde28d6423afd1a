"""Periods of time as figures state them: what they cover, how they are ordered, and their stored code."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class PeriodKind(StrEnum):
    """How a period is spoken of; it follows from its two dates."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    ROLLING_YEAR = "rolling_year"
    SCHOOL_YEAR = "school_year"
    POINT = "point"
    SPAN = "span"


_WHOLE_MONTH_KINDS = {
    **{(month, 1): PeriodKind.MONTH for month in range(1, 13)},
    **{(month, 3): PeriodKind.QUARTER for month in (1, 4, 7, 10)},
    **{(month, 6): PeriodKind.HALF_YEAR for month in (1, 7)},
    **{(month, 12): PeriodKind.ROLLING_YEAR for month in (4, 7, 10)},
    (1, 12): PeriodKind.YEAR,
    (8, 12): PeriodKind.SCHOOL_YEAR,
}
"""(first month, number of months) of whole-month periods; a Danish school year runs August to July."""


# Kept, since every comparison with the year before goes through here, over the same few dates.
@lru_cache(maxsize=1000)
def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


@lru_cache(maxsize=1000)
def _months_later(day: date, months: int) -> date:
    """The same day of the month `months` later; the last day of a month stays the last day."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = _last_day(year, month0 + 1)
    is_last = day.day == _last_day(day.year, day.month)
    return date(year, month0 + 1, last if is_last else min(day.day, last))


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` to `end`, both included. Ordered by start, then end."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"period ends {self.end} before it starts {self.start}")

    @classmethod
    def of_months(cls, year: int, month: int, months: int) -> Period:
        """The `months` whole months that begin with `month` of `year`."""
        start = date(year, month, 1)
        return cls(start, _months_later(start, months) - timedelta(days=1))

    @classmethod
    def year(cls, year: int) -> Period:
        """The calendar year."""
        return cls.of_months(year, 1, 12)

    @classmethod
    def half_year(cls, year: int, half: int) -> Period:
        """The first or second half of `year`."""
        return cls.of_months(year, 6 * half - 5, 6)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """One of the four quarters of `year`."""
        return cls.of_months(year, 3 * quarter - 2, 3)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """One calendar month."""
        return cls.of_months(year, month, 1)

    @classmethod
    def rolling_year(cls, year: int, quarter: int) -> Period:
        """The four quarters that end with `quarter` of `year` (quarter 4 gives the calendar year)."""
        last = cls.quarter(year, quarter)
        return cls(_months_later(last.start, -9), last.end)

    @classmethod
    def school_year(cls, year: int) -> Period:
        """August of `year` to July of the next."""
        return cls.of_months(year, 8, 12)

    @classmethod
    def point(cls, day: date) -> Period:
        """A point in time."""
        return cls(day, day)

    @classmethod
    def from_code(cls, code: str) -> Period:
        """The period of a stored code (see `code`); ValueError when it is none."""
        if "/" in code:
            first, last = code.split("/")
            return cls(date.fromisoformat(first), date.fromisoformat(last))
        match code.split("-"):
            case [year] if len(year) == 4:
                return cls.year(int(year))
            case [year, part] if len(year) == 4 and part[:1] in ("S", "Q", "M"):
                make = {"S": cls.half_year, "Q": cls.quarter, "M": cls.month}[part[0]]
                return make(int(year), int(part[1:]))
            case _:
                return cls.point(date.fromisoformat(code))

    @property
    def kind(self) -> PeriodKind:
        """What sort of period this is."""
        if self.start == self.end:
            return PeriodKind.POINT
        if not self.is_whole_months:
            return PeriodKind.SPAN
        return _WHOLE_MONTH_KINDS.get((self.start.month, self.months), PeriodKind.SPAN)

    @property
    def code(self) -> str:
        """How it is stored: SDMX codes (2024, 2024-S1, 2024-Q4, 2024-M12), else ISO dates, `start/end`."""
        return _code(self)

    @property
    def is_whole_months(self) -> bool:
        """Whether it starts on the first day of a month and ends on the last of one."""
        return self.start.day == 1 and self.end.day == _last_day(self.end.year, self.end.month)

    @property
    def months(self) -> int:
        """How many calendar months it touches."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    def contains(self, other: Period) -> bool:
        """Whether every day of `other` lies within this period."""
        return self.start <= other.start and other.end <= self.end

    def crosses(self, day: date) -> bool:
        """Whether `day` is the first day of something new inside this period."""
        return self.start < day <= self.end

    def shifted(self, months: int) -> Period:
        """The period of the same shape `months` later."""
        return Period(_months_later(self.start, months), _months_later(self.end, months))

    def year_before(self) -> Period:
        """The same months of the year before."""
        return self.shifted(-12)

    def next(self) -> Period:
        """The one after it. Points and odd spans recur yearly in a plan, so theirs is a year later."""
        yearly = self.kind in (PeriodKind.POINT, PeriodKind.SPAN)
        return self.shifted(12 if yearly else self.months)

    def rest_of(self, whole: Period) -> Period | None:
        """What of `whole` lies after this period, or None."""
        first = max(self.end + timedelta(days=1), whole.start)
        return Period(first, whole.end) if first <= whole.end else None


# Kept, since each stored figure is asked for it twice, and a line of figures has a few periods.
@lru_cache(maxsize=1000)
def _code(period: Period) -> str:
    start, year = period.start, period.start.year
    match period.kind:
        case PeriodKind.YEAR:
            return f"{year}"
        case PeriodKind.HALF_YEAR:
            return f"{year}-S{start.month // 6 + 1}"
        case PeriodKind.QUARTER:
            return f"{year}-Q{start.month // 3 + 1}"
        case PeriodKind.MONTH:
            return f"{year}-M{start.month:02}"
        case PeriodKind.POINT:
            return start.isoformat()
        case _:
            return f"{start.isoformat()}/{period.end.isoformat()}"
