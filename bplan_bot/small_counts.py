"""Hides counts of 1 and 2 from the municipality's own lists, and what they could be worked out from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bplan_bot.goal import Goal, Indicator, Plan
from bplan_bot.observation import Hidden, Observation, ObservationStatus, Series
from bplan_bot.period import Period
from bplan_bot.quantity import Unit

SMALL = frozenset({Decimal(1), Decimal(2)})
"""Counts so small that who reads them may know whom they are about; nought is nobody."""

Key = tuple[str, str, Period]
"""An indicator, an area and a period: all reports of one figure."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A report with the numbers of people or things that it tells."""

    report: Observation
    counts: tuple[Decimal, ...]

    @property
    def is_small(self) -> bool:
        return any(count in SMALL for count in self.counts)


def without_small_counts(plan: Plan, series: Series) -> Series:
    """The series with each small count of an own list suppressed, and each figure that would give it away.

    A figure goes with it where it is a share made of such a count, or of all but such a count; where it is
    another figure of the goal for the same period; and where it lies within a longer period that has such a
    count in it, or whose rest is one. Corrected reports go as those that stand.
    """
    own = {
        indicator.key: (goal.number, indicator.unit)
        for goal in plan.goals
        for indicator in goal.indicators
        if _is_own(goal, indicator, plan)
    }
    groups: dict[tuple[str, str], list[_Counted]] = {}
    for one in series.every():
        if one.indicator in own and one.value is not None:
            counted = _Counted(one, _counts(one, own[one.indicator][1]))
            groups.setdefault((one.indicator, one.area), []).append(counted)
    few = {_key(one.report) for group in groups.values() for one in group if one.is_small}
    hidden = few.union(*(_derivable(group) for group in groups.values()))
    if not hidden:
        return series
    periods = {(own[key][0], area, period) for key, area, period in hidden}

    def told(one: Observation) -> Observation:
        number, unit = own.get(one.indicator, ("", None))
        if (number, one.area, one.period) not in periods:
            return one
        is_few = _key(one) in few and unit is Unit.COUNT
        return _suppressed(one, Hidden.FEW if is_few else Hidden.BESIDE_FEW)

    return Series(map(told, series.every()))


def _is_own(goal: Goal, indicator: Indicator, plan: Plan) -> bool:
    """Whether its figures are the municipality's own; where the plan does not say, they may be."""
    key = indicator.source or goal.source
    return not (key and plan.source(key).published)


def _key(one: Observation) -> Key:
    return one.indicator, one.area, one.period


def _counts(one: Observation, unit: Unit) -> tuple[Decimal, ...]:
    """What a figure counts: itself, its parts, and those who are not in it."""
    told = (one.value,) if unit is Unit.COUNT and one.value is not None else ()
    if one.numerator is None or one.denominator is None:
        return told
    return (*told, one.numerator, one.denominator, one.denominator - one.numerator)


def _derivable(group: Sequence[_Counted]) -> set[Key]:
    """The figures of one indicator for shorter periods that with a longer one would tell a small count."""
    found: set[Key] = set()
    if len({(one.report.period.kind, one.report.period.months) for one in group}) < 2:
        return found  # periods of one length lie in none of each other
    for whole in group:
        inside = [one for one in group if _lies_in(one.report.period, whole.report.period)]
        rests = (rest for row in _rows(inside) for rest in _rests(whole, row))
        if any(one.is_small for one in inside) or any(rest in SMALL for rest in rests):
            found |= {_key(one.report) for one in inside}
    return found


def _lies_in(one: Period, whole: Period) -> bool:
    return one != whole and whole.contains(one)


def _rows(inside: Sequence[_Counted]) -> Iterator[Sequence[_Counted]]:
    """Each figure alone, and as many as can stand beside each other in time."""
    yield from ([one] for one in inside)
    row: list[_Counted] = []
    for one in sorted(inside, key=lambda one: (one.report.period.end, one.report.period.start)):
        if not row or row[-1].report.period.end < one.report.period.start:
            row.append(one)
    yield row


def _rests(whole: _Counted, row: Sequence[_Counted]) -> Iterator[Decimal]:
    """What of the counts of a period is left beside those of parts of it."""
    for first, *others in zip(whole.counts, *(one.counts for one in row), strict=False):
        yield first - sum(others)


def _suppressed(one: Observation, why: Hidden) -> Observation:
    """Without anything of the figure, its note included: that may say it in words."""
    return replace(
        one,
        value=None,
        numerator=None,
        denominator=None,
        direction=None,
        status=ObservationStatus.SUPPRESSED,
        note=None,
        hidden=why,
    )
