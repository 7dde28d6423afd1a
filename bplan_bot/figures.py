"""Whether a typed figure can be right: what it is, what is wrong with it, and what should be asked first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bplan_bot.assess.chance import half_as_much_again, within_chance
from bplan_bot.figure_values import Field, Problem, Typed, read_values
from bplan_bot.goal import Goal, Indicator, Plan
from bplan_bot.message import Message, message
from bplan_bot.notation.periods import read_period
from bplan_bot.observation import Observation, Series
from bplan_bot.period import Period, PeriodKind
from bplan_bot.quantity import Quantity, Unit

JUMP_OF_A_SHARE = Decimal(10)
"""Percentage points from one figure to the next beyond which it is asked whether it is right."""


_OF_RHYTHM: dict[int | None, set[PeriodKind]] = {
    2: {PeriodKind.HALF_YEAR},
    4: {PeriodKind.HALF_YEAR, PeriodKind.QUARTER},
}
"""By how often a year a goal is followed up the kinds of period its figures may cover."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which figure is typed: an indicator of a goal, in an area; `due` is the period it is asked for."""

    plan: Plan
    goal: Goal
    indicator: Indicator
    area: str
    due: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure that can be stored.

    `stored` is what stands for its period already, with a value of its own. `doubt` is what makes the figure
    look wrong though it may be right, to be confirmed before it is stored.
    """

    period: Period
    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    stored: Observation | None = None
    doubt: Message | None = None

    @property
    def is_known(self) -> bool:
        """Whether it says nothing that is not stored."""
        if self.stored is None or self.stored.value != self.value:
            return False
        parts = (self.numerator, self.denominator)
        return parts in ((None, None), (self.stored.numerator, self.stored.denominator))

    @property
    def corrects(self) -> Observation | None:
        """The stored figure that it puts another in place of."""
        return self.stored if self.stored and self.stored.value != self.value else None


def check(typed: Typed, *, asked: Asked, series: Series, today: date) -> Figure | Problem:
    """The figure that was typed, or the first thing that is wrong with it; `series` as known `today`."""
    period = read_due_period(typed.period, asked=asked, series=series, today=today)
    if isinstance(period, Problem):
        return period
    read = read_values(typed, asked.indicator.unit)
    if isinstance(read, Problem):
        return read
    standing = series.at(asked.indicator.key, asked.area, period)
    before = previous(asked, series, period)
    return Figure(
        period=period,
        value=read.value,
        numerator=read.numerator,
        denominator=read.denominator,
        stored=standing if standing and standing.value is not None else None,
        doubt=doubt(read.value, asked.indicator, (before.amount, before.period))
        if before and before.amount is not None
        else None,
    )


def read_due_period(written: str, *, asked: Asked, series: Series, today: date) -> Period | Problem:
    """The period a figure is for: over by `today`, of the plan or the year before, and of a usual kind."""
    period = read_period(written)
    if period is None:
        return Problem(Field.PERIOD, message("figures.period.unread", example=asked.due))
    return misfit(period, asked=asked, kinds=usual_kinds(asked, series), today=today) or period


def misfit(period: Period, *, asked: Asked, kinds: Collection[PeriodKind], today: date) -> Problem | None:
    """Why no figure can be for a period; None where one can. `kinds` are the usual ones."""
    if period.end > today:
        return Problem(Field.PERIOD, message("figures.period.ahead", period=period))
    first, last = window(asked.plan, asked.goal)
    if not first <= period.end <= last:
        return Problem(Field.PERIOD, message("figures.period.outside", first=first, last=last))
    if period.kind not in kinds:
        return Problem(Field.PERIOD, message("figures.period.kind", example=asked.due))
    return None


def window(plan: Plan, goal: Goal) -> tuple[date, date]:
    """The first and last day on which a figure's period may end: within the plan, or the year before."""
    return Period.point(plan.start).year_before().start, max(plan.end, goal.assessed_on.end)


def usual_periods(asked: Asked, series: Series) -> tuple[Period, ...]:
    """The period that is due, the one the goal is assessed on, and those that such figures have had."""
    known = (each.period for each in series.of(asked.indicator.key, asked.area))
    return tuple(dict.fromkeys((asked.due, asked.goal.assessed_on, *known)))


def usual_kinds(asked: Asked, series: Series) -> frozenset[PeriodKind]:
    """The kinds of period that a figure is counted for: the usual ones, and those of the goal's rhythm."""
    kinds = {known.kind for known in usual_periods(asked, series)}
    return frozenset(kinds | _OF_RHYTHM.get(asked.goal.times_a_year, set()))


def previous(asked: Asked, series: Series, period: Period) -> Observation | None:
    """The figure before that of `period`: of the same length, nearest in time, counting the same."""
    earlier = [known for known in _comparable(asked, series, period) if known.period < period]
    return max(earlier, key=lambda known: known.period, default=None)


def _comparable(asked: Asked, series: Series, period: Period) -> Iterable[Observation]:
    for known in series.of(asked.indicator.key, asked.area):
        spanned = Period(min(known.period.start, period.start), max(known.period.end, period.end))
        broken = any(spanned.crosses(change.day) for change in asked.indicator.breaks)
        same_length = (known.period.kind, known.period.months) == (period.kind, period.months)
        if known.amount is not None and same_length and not broken:
            yield known


def doubt(value: Decimal, indicator: Indicator, before: tuple[Decimal, Period]) -> Message | None:
    """That the figure lies further from the one before, its amount and period, than figures like it do."""
    amount, period = before
    if not _is_far(value, amount, indicator.unit):
        return None
    now, then = (Quantity(figure, indicator.unit, indicator.noun) for figure in (value, amount))
    if indicator.unit is Unit.PERCENT:
        said = "figures.doubt.share"
    else:
        said = "figures.doubt.more" if value > amount else "figures.doubt.less"
    return message(said, now=now, before=then, period=period, difference=now - then)


def _is_far(value: Decimal, before: Decimal, unit: Unit) -> bool:
    if unit is Unit.RANK:
        return False
    if unit is Unit.PERCENT:
        return abs(value - before) > JUMP_OF_A_SHARE
    low, high = (before, value) if before < value else (value, before)
    # By chance alone a few become half as many again; with many that does not happen.
    return half_as_much_again(low, high) and not (high < 1000 and within_chance(low, high))
