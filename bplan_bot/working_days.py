"""Which days are working days in a Danish municipality, and how they are counted back from a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

_FRIDAY, _SATURDAY = 4, 5
_LABOUR_DAY = (5, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDays:
    """A municipality's calendar: whether Saturdays count, and the days it keeps closed itself."""

    saturdays: bool = False
    closed: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether people are at work: no weekend, no public holiday, not 5 June, 24 or 31 December, and no
        closing day of their own. 1 May is a working day."""
        last = _SATURDAY if self.saturdays else _FRIDAY
        return day.weekday() <= last and day not in self.closed and day not in _days_off(day.year)

    def working_days_before(self, day: date, n: int) -> date:
        """The `n`th working day before `day`, which need not be one itself; `day` for none."""
        found = day
        for _ in range(n):
            found = self._next(found, -1)
        return found

    def working_day_after(self, day: date) -> date:
        """The first working day after `day`."""
        return self._next(day, 1)

    def _next(self, day: date, step: int) -> date:
        found = day + timedelta(days=step)
        while not self.is_working_day(found):
            found += timedelta(days=step)
        return found


@cache
def _days_off(year: int) -> frozenset[date]:
    """The days on which every Danish municipality is closed."""
    from holidays import OPTIONAL, PUBLIC, country_holidays  # costs 0.2 s, which few questions need to pay

    # The optional ones are 5 June, 24 and 31 December, and 1 May, on which municipalities are open. In some
    # years a public holiday falls on 1 May all the same.
    public = country_holidays("DK", years=year, categories=PUBLIC)
    optional = country_holidays("DK", years=year, categories=OPTIONAL)
    return frozenset(public) | {day for day in optional if (day.month, day.day) != _LABOUR_DAY}
