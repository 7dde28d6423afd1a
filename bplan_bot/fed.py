"""What of a source's answer becomes a figure of a plan, and what keeps it from being one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bplan_bot.feed import Feed, FeedSource
from bplan_bot.goal import Indicator, Plan
from bplan_bot.observation import Document, Observation, ObservationStatus, Origin, OriginKind, Series
from bplan_bot.period import Period, PeriodKind
from bplan_bot.quantity import Unit
from bplan_bot.source_state import changed

NEAR_SHARE = Decimal("0.1")
"""Percentage points by which a share may miss its parts: sources round, some down."""

FAR_SHARE = Decimal(2)
FAR_COUNT = Decimal("0.05")
FAR_RANK = Decimal(5)
"""How far a register that lives on may move a figure that a document gave. What lies further off is another
quantity: percentage points, part of the count (never under ten), places."""


@dataclass(frozen=True, slots=True)
class Fed:
    """An indicator of a plan that a source feeds."""

    plan: str
    indicator: Indicator
    feed: Feed
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a source says of one area and period; `value` None where the cell was empty."""

    area: str
    period: Period
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What was read for an indicator; `place` is what was asked, as people can ask it again."""

    fed: Fed
    place: str
    readings: tuple[Reading, ...]


def fed_by(source: FeedSource, plans: Iterable[Plan]) -> tuple[Fed, ...]:
    """The indicators of the plans that a source feeds, from a known table; since the year before the plan."""
    return tuple(
        Fed(plan.key, indicator, indicator.feed, date(plan.start.year - 1, 1, 1))
        for plan in plans
        for goal in plan.goals
        for indicator in goal.indicators
        if indicator.feed and indicator.feed.source is source and indicator.feed.is_chosen
    )


def share_of(numerator: Decimal, denominator: Decimal) -> Decimal:
    """A share in per cent with one decimal."""
    return (100 * numerator / denominator).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def observations_of(read: Read, document: Document, *, known_at: date, by: str) -> tuple[Observation, ...]:
    """The readings as figures. SourceFails where one cannot be a figure of its unit.

    The newest month is preliminary, since registrations come late. An empty cell with a figure after it is
    `SUPPRESSED`; one without may only not be out yet, and is `MISSING`. It is never zero.
    """
    feed = read.fed.feed
    origin = Origin(kind=OriginKind.TABLE, name=feed.table, place=read.place, by=by)
    newest = {one.area: one.period for one in sorted(_valued(read), key=lambda one: one.period.end)}
    last = max((period.end for period in newest.values()), default=None)
    return tuple(
        Observation(
            indicator=read.fed.indicator.key,
            area=one.area,
            period=one.period,
            value=one.value,
            numerator=None if one.value is None else one.numerator,
            denominator=None if one.value is None else one.denominator,
            status=_status(one, newest.get(one.area), last),
            document=document,
            known_at=known_at,
            origin=origin,
        )
        for one in (_checked(each, read.fed.indicator.unit) for each in read.readings)
    )


def news(observations: Iterable[Observation], series: Series, *, prefix: str) -> tuple[Observation, ...]:
    """Those that say something else than what stands, and than the source said last; `prefix` begins the keys
    of its documents.

    So what is put out again unchanged does not win over what people have corrected since, and an empty cell
    says something only where there was a figure.
    """
    return tuple(one for one in observations if _is_news(one, _known(one, series), prefix))


def refuse_contradiction(read: Read, observations: Iterable[Observation], series: Series) -> None:
    """Raises SourceFails where a figure lies so far from what people or documents say of the same period that
    it must be another quantity."""
    prefix, unit = f"{read.fed.feed.source}/", read.fed.indicator.unit
    for one in observations:
        told = [
            o.value
            for o in _known(one, series)
            if o.value is not None and not o.document.key.startswith(prefix)
        ]
        if one.value is not None and told and all(_is_far(one.value, known, unit) for known in told):
            where = f"{one.indicator} {one.area} {one.period.code}"
            raise changed(f"{where}: {one.value}, known as {told[0]}")


def _valued(read: Read) -> list[Reading]:
    return [one for one in read.readings if one.value is not None]


def _status(one: Reading, newest: Period | None, last: date | None) -> ObservationStatus:
    if one.value is None:
        follows = newest is not None and newest.end > one.period.end
        return ObservationStatus.SUPPRESSED if follows else ObservationStatus.MISSING
    is_newest = one.period.kind is PeriodKind.MONTH and one.period.end == last
    return ObservationStatus.PRELIMINARY if is_newest else ObservationStatus.FINAL


def _checked(one: Reading, unit: Unit) -> Reading:
    """A reading that can be a figure of its unit and agrees with its parts."""
    where = f"{one.area} {one.period.code}"
    if one.value is None:
        return one
    if one.value < 0 or (unit is Unit.PERCENT and one.value > 100):
        raise changed(f"{one.value} is no {unit} ({where})")
    if unit in (Unit.COUNT, Unit.RANK) and one.value != one.value.to_integral_value():
        raise changed(f"{one.value} is no {unit} ({where})")
    if unit is Unit.RANK and one.value == 0:
        raise changed(f"0 is no {unit} ({where})")
    if one.numerator is None or one.denominator is None:
        return one
    if not 0 <= one.numerator <= one.denominator or one.denominator == 0:
        raise changed(f"{one.numerator} of {one.denominator} ({where})")
    if abs(100 * one.numerator / one.denominator - one.value) > NEAR_SHARE:
        raise changed(f"{one.value} is not {one.numerator} of {one.denominator} ({where})")
    return one


def _known(one: Observation, series: Series) -> Sequence[Observation]:
    standing = series.at(one.indicator, one.area, one.period)
    return (standing, *series.beaten(standing)) if standing else ()


def _is_news(one: Observation, known: Sequence[Observation], prefix: str) -> bool:
    own = next((o for o in known if o.document.key.startswith(prefix)), None)
    if one.value is None and (own is None or own.value is None):
        return one.status is ObservationStatus.SUPPRESSED and not known
    return not any(_content(other) == _content(one) for other in (own, *known[:1]) if other)


def _content(one: Observation) -> tuple[object, ...]:
    return (one.value, one.numerator, one.denominator, one.status)


def _is_far(value: Decimal, known: Decimal, unit: Unit) -> bool:
    if unit is Unit.RANK:
        return abs(value - known) > FAR_RANK
    if unit is Unit.COUNT:
        return abs(value - known) > max(FAR_COUNT * known, Decimal(10))
    return abs(value - known) > FAR_SHARE
