"""What has to be known beside a goal's figures: what it demands, what they really count, a break between
them, and which of them are preliminary."""

from collections.abc import Iterable, Iterator

from bplan_bot.fact import Fact
from bplan_bot.figure_answers.answer import Row
from bplan_bot.figure_answers.beside import Criterion, points_of
from bplan_bot.goal import Break, Goal
from bplan_bot.message import message
from bplan_bot.observation import ObservationStatus
from bplan_bot.period import Period
from bplan_bot.picture import Picture


def remarks(picture: Picture, goal: Goal, judged: Iterable[Criterion]) -> tuple[Row, ...]:
    """A row for the demand, and for each of the others where the figures are not what they seem."""
    criteria = tuple(judged)
    rows = [Row(message("row.target"), goal.target_text)]
    rows += [Row(message("row.measured_by"), goal.measured_by)] if goal.measured_by else []
    broken = dict.fromkeys(each for one in criteria for each in breaks_between(picture, one))
    rows += [Row(message("row.break"), message("break.told", day=one.day, why=one.reason)) for one in broken]
    unsettled = dict.fromkeys(one.period for one in _preliminary(criteria))
    rows += [Row(message("row.preliminary"), message("preliminary.told", period=one)) for one in unsettled]
    return tuple(rows)


def breaks_between(picture: Picture, criterion: Criterion) -> Iterator[Break]:
    """The breaks of a series that has figures on both sides of them."""
    spans = [one.when for one in points_of(picture, criterion.indicator)]
    if not spans:
        return
    whole = Period(min(one.start for one in spans), max(one.end for one in spans))
    yield from (one for one in criterion.indicator.breaks if whole.crosses(one.day))


def is_preliminary(judged: Iterable[Criterion]) -> bool:
    """Whether one of the newest figures is."""
    return any(True for _ in _preliminary(judged))


def _preliminary(judged: Iterable[Criterion]) -> Iterator[Fact]:
    for criterion in judged:
        for fact in (criterion.now, criterion.reference):
            if fact and fact.observation and fact.observation.status is ObservationStatus.PRELIMINARY:
                yield fact
