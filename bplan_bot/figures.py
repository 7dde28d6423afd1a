"""Whether a typed figure can be right: what it is, what is wrong with it, and what should be asked first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bplan_bot.assess.chance import half_as_much_again, within_chance
from bplan_bot.goal import Goal, Indicator, Plan
from bplan_bot.message import Message, message
from bplan_bot.notation.numbers import read_number
from bplan_bot.notation.periods import read_period
from bplan_bot.observation import Observation, Series
from bplan_bot.period import Period
from bplan_bot.quantity import Quantity, Unit

LARGEST = Decimal(10_000_000)
"""More people than there are in Denmark: no count of this plan's reaches it."""

JUMP_OF_A_SHARE = Decimal(10)
"""Percentage points from one figure to the next beyond which it is asked whether it is right."""


class Field(StrEnum):
    """A field of the form."""

    PERIOD = "period"
    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    REASON = "reason"
    COLLEAGUE = "colleague"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which figure is typed: an indicator of a goal, in an area; `due` is the period it is asked for."""

    plan: Plan
    goal: Goal
    indicator: Indicator
    area: str
    due: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody wrote, as they wrote it; empty where they wrote nothing."""

    period: str = ""
    value: str = ""
    numerator: str = ""
    denominator: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether no figure was written."""
        return not (self.value.strip() or self.numerator.strip() or self.denominator.strip())


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, and what to write there."""

    field: Field
    said: Message


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
    parts = _parts(typed, asked.indicator)
    if isinstance(parts, Problem):
        return parts
    value = _value(typed.value, parts, asked.indicator)
    if isinstance(value, Problem):
        return value
    standing = series.at(asked.indicator.key, asked.area, period)
    numerator, denominator = parts or (None, None)
    return Figure(
        period=period,
        value=value,
        numerator=numerator,
        denominator=denominator,
        stored=standing if standing and standing.value is not None else None,
        doubt=_doubt(value, period, asked=asked, series=series),
    )


def read_due_period(written: str, *, asked: Asked, series: Series, today: date) -> Period | Problem:
    """The period a figure is for: over by `today`, of the plan or the year before, and of a usual kind."""
    period = read_period(written)
    if period is None:
        return Problem(Field.PERIOD, message("figures.period.unread", example=asked.due))
    if period.end > today:
        return Problem(Field.PERIOD, message("figures.period.ahead", period=period))
    first, last = window(asked.plan, asked.goal)
    if not first <= period.end <= last:
        return Problem(Field.PERIOD, message("figures.period.outside", first=first, last=last))
    kinds = {known.kind for known in usual_periods(asked, series)}
    if period.kind not in kinds:
        return Problem(Field.PERIOD, message("figures.period.kind", example=asked.due))
    return period


def window(plan: Plan, goal: Goal) -> tuple[date, date]:
    """The first and last day on which a figure's period may end: within the plan, or the year before."""
    return Period.point(plan.start).year_before().start, max(plan.end, goal.assessed_on.end)


def usual_periods(asked: Asked, series: Series) -> tuple[Period, ...]:
    """The period that is due, the one the goal is assessed on, and those that such figures have had."""
    known = (each.period for each in series.of(asked.indicator.key, asked.area))
    return tuple(dict.fromkeys((asked.due, asked.goal.assessed_on, *known)))


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


def _doubt(value: Decimal, period: Period, *, asked: Asked, series: Series) -> Message | None:
    """That the figure lies further from the one before than figures like it do."""
    before = previous(asked, series, period)
    if before is None or before.amount is None:
        return None
    unit, noun = asked.indicator.unit, asked.indicator.noun
    now, then = Quantity(value, unit, noun), Quantity(before.amount, unit, noun)
    if unit is Unit.PERCENT:
        far = abs(value - before.amount) > JUMP_OF_A_SHARE
        said = "figures.doubt.share"
    else:
        low, high = sorted((value, before.amount))
        # By chance alone a few become half as many again; with many that does not happen.
        far = half_as_much_again(low, high) and not (high < 1000 and within_chance(low, high))
        said = "figures.doubt.more" if value > before.amount else "figures.doubt.less"
    if unit is Unit.RANK or not far:
        return None
    return message(said, now=now, before=then, period=before.period, difference=now - then)


def _value(written: str, parts: tuple[Decimal, Decimal] | None, indicator: Indicator) -> Decimal | Problem:
    """The value as written, or as its parts give it."""
    if parts and not written.strip():
        return _share(parts, Decimal("0.1"))
    value = _number(written, Field.VALUE, indicator.unit)
    if isinstance(value, Problem) or not parts:
        return value
    # As exact as it is written: 82,7 must be what 48 of 58 rounds to, and 83 too.
    share = _share(parts, Decimal(1).scaleb(int(value.as_tuple().exponent)))
    if share == value:
        return value
    numerator, denominator = (Quantity(part, Unit.COUNT) for part in parts)
    exact = Quantity(_share(parts, Decimal("0.1")), Unit.PERCENT)
    typed = Quantity(value, Unit.PERCENT)
    return Problem(
        Field.VALUE,
        message(
            "figures.parts.differ", numerator=numerator, denominator=denominator, share=exact, typed=typed
        ),
    )


def _share(parts: tuple[Decimal, Decimal], exact: Decimal) -> Decimal:
    numerator, denominator = parts
    return (100 * numerator / denominator).quantize(exact, rounding=ROUND_HALF_UP)


def _parts(typed: Typed, indicator: Indicator) -> tuple[Decimal, Decimal] | Problem | None:
    """Numerator and denominator where they were written; both or none."""
    written = (typed.numerator.strip(), typed.denominator.strip())
    if indicator.unit is not Unit.PERCENT or written == ("", ""):
        return None
    if not all(written):
        lacking = Field.DENOMINATOR if written[0] else Field.NUMERATOR
        return Problem(lacking, message("figures.parts.one_lacking"))
    numerator = _number(typed.numerator, Field.NUMERATOR, Unit.COUNT)
    denominator = _number(typed.denominator, Field.DENOMINATOR, Unit.COUNT)
    if isinstance(numerator, Problem):
        return numerator
    if isinstance(denominator, Problem):
        return denominator
    if denominator == 0:
        return Problem(Field.DENOMINATOR, message("figures.parts.nothing"))
    if numerator > denominator:
        part, whole = Quantity(numerator, Unit.COUNT), Quantity(denominator, Unit.COUNT)
        return Problem(Field.NUMERATOR, message("figures.parts.larger", numerator=part, denominator=whole))
    return numerator, denominator


def _number(written: str, field: Field, unit: Unit) -> Decimal | Problem:
    """The number in a field, of the unit it is for; else the one thing that is wrong with it."""
    share = unit is Unit.PERCENT
    name = message(f"figures.field.{field}")
    example = Quantity(Decimal("36.7"), Unit.PERCENT) if share else Quantity(Decimal(38), Unit.COUNT)
    found = read_number(written)

    def problem(message_id: str) -> Problem:
        return Problem(field, message(message_id, field=name, example=example))

    if not written.strip():
        return problem("figures.blank")
    if found is None:
        return problem("figures.not_a_number")
    if found.unit is Unit.POINTS or (found.unit is Unit.PERCENT and not share):
        return problem("figures.unit.share" if share else "figures.unit.count")
    if found.value < 0 or (unit is Unit.RANK and found.value == 0):
        return problem("figures.negative" if found.value < 0 else "figures.rank")
    if share and found.value > 100:
        return problem("figures.over_100")
    if not share and found.value != found.value.to_integral_value():
        return problem("figures.not_whole")
    if found.value >= LARGEST:
        return problem("figures.too_large")
    return found.value
