"""A follow-up round: one half of a plan's year, what it asks for, what is still lacking, and from whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bplan_bot.access import Person, Role
from bplan_bot.goal import Goal, Indicator
from bplan_bot.goal_status import own_targets
from bplan_bot.observation import COUNTRY, ObservationStatus, Series
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.target import Target

_ON_CHANGE = frozenset({"decrease", "follows_reference", "increase", "maintain"})
"""The rules that hold a figure against that of the year before, so that they need both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The first (`half` 1) or second (2) follow-up of a plan, as it goes to the committee.

    `committee_on` is the day of the meeting, `agenda_on` the day its papers go out, `figures_by` the last day
    for reporting figures. It is open until `closed_at`.
    """

    plan: str
    half: int
    committee_on: date
    agenda_on: date
    figures_by: date
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None = None
    closed_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether figures are still asked for."""
        return self.closed_at is None


class RoundAnswerKind(StrEnum):
    """What somebody answered instead of a figure."""

    NO_NEWS = "no_news"
    HANDED_ON = "handed_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundAnswer:
    """That `person` has no new figures for a goal of a round, or handed the goal on to a colleague.

    `number` counts the goal's handings-on in the round, from 1: it may go to the same colleague again.
    """

    plan: str
    half: int
    goal: str
    kind: RoundAnswerKind
    person: str
    at: datetime
    handed_to: str = ""
    note: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True)
class DueFigure:
    """A figure that a round asks for: an indicator, the area's code, and the period it is to cover."""

    indicator: Indicator
    area: str
    period: Period


@dataclass(frozen=True, slots=True)
class GoalDue:
    """The figures of one goal that a round asks for."""

    goal: Goal
    figures: tuple[DueFigure, ...]


def asked_for(picture: Picture, round_: Round) -> tuple[GoalDue, ...]:
    """Every goal that reports in a round with its figures, whether they are in or not, in the plan's order.

    The goal's own figures, the reference's where the target compares with one, and for a rule that judges
    the change those of the year before too. Figures that come once a year are asked for in the second half;
    discontinued ones, those that were never reported and those of a withdrawn goal never.
    """
    goals = (goal for goal in picture.plan.goals if not _is_withdrawn(goal, picture.today))
    found = (GoalDue(goal, _figures(goal, picture, round_)) for goal in goals)
    return tuple(due for due in found if due.figures)


def figures_read(goal: Goal, picture: Picture, period: Period) -> tuple[DueFigure, ...]:
    """The figures of a period that the goal's rules read, own ones first, whether a round asks for them or
    not; none that have stopped or were never reported by anybody."""
    targets = own_targets(goal.target)
    found = [
        DueFigure(one, area, period)
        for target in targets
        for one, area in _read_by(target, goal, picture.plan.area)
        if not (one.never_reported or _has_stopped(one, picture.today))
    ]
    own = [due for due in found if due.area == picture.plan.area]
    return tuple(dict.fromkeys((*own, *found)))


def outstanding(picture: Picture, round_: Round, answers: Sequence[RoundAnswer]) -> tuple[GoalDue, ...]:
    """What is still to be reported: a goal that had "no news" is settled, and so is each figure that is in.

    `answers` are those of this round. A goal with nothing left is not in it.
    """
    settled = {answer.goal for answer in answers if answer.kind is RoundAnswerKind.NO_NEWS}
    open_ = (due for due in asked_for(picture, round_) if due.goal.number not in settled)
    left = (
        GoalDue(due.goal, tuple(one for one in due.figures if not _is_in(one, picture.series, round_)))
        for due in open_
    )
    return tuple(due for due in left if due.figures)


def reporters(
    goal_number: str, people: Iterable[Person], answers: Sequence[RoundAnswer]
) -> tuple[Person, ...]:
    """Who is asked for a goal's figures in a round: its indberettere, else its målansvarlige, else the
    stand-ins. Where somebody handed the goal on, the colleague is asked instead of them.

    `answers` are those of the round. Empty where the goal has nobody.
    """
    known = {person.id: person for person in people}
    asked = dict.fromkeys(_by_role(goal_number, known.values()))
    for answer in sorted(handings_on(goal_number, answers), key=lambda one: (one.number, one.at)):
        asked.pop(answer.person, None)
        asked[answer.handed_to] = None
    return tuple(known.get(id_, Person(id_)) for id_ in asked)


def handings_on(goal_number: str, answers: Iterable[RoundAnswer]) -> tuple[RoundAnswer, ...]:
    """Each time a goal was handed on in the round of these answers."""
    kind = RoundAnswerKind.HANDED_ON
    return tuple(one for one in answers if (one.goal, one.kind) == (goal_number, kind))


def _by_role(goal_number: str, people: Iterable[Person]) -> tuple[str, ...]:
    """The ids of those with the goal, of the first role that anybody has."""
    everybody = tuple(people)
    for role in (Role.REPORTER, Role.OWNER, Role.STAND_IN):
        found = tuple(person.id for person in everybody if person.has_for(goal_number, role))
        if found:
            return found
    return ()


def period_asked(assessed_on: Period, half: int) -> Period:
    """What a half asks about a goal: in the second the period it is assessed on, in the first the half year
    before that, or the first half of a longer one."""
    if half == 2:
        return assessed_on
    if assessed_on.months > 6:
        return Period.of_months(assessed_on.start.year, assessed_on.start.month, 6)
    return assessed_on.shifted(-6)


def _figures(goal: Goal, picture: Picture, round_: Round) -> tuple[DueFigure, ...]:
    """The figures that the goal's rules read in this half, own ones before those they are held against."""
    period = period_asked(goal.assessed_on, round_.half)
    found: dict[DueFigure, None] = {}
    for target in own_targets(goal.target):
        read = _read_by(target, goal, picture.plan.area)
        if target.reference and any(_has_stopped(one, picture.today) for one, _ in read):
            continue  # what it is held against has stopped, so that no figure would decide it
        when = (period, period.year_before()) if _needs_both(target, picture, period) else (period,)
        asked = (DueFigure(one, area, each) for each in when for one, area in read)
        found |= dict.fromkeys(due for due in asked if _is_asked(due, period, picture.today, round_))
    return tuple(found)


def _needs_both(target: Target, picture: Picture, period: Period) -> bool:
    """Whether the year before is read too; a movement that was reported in words needs no figure of it."""
    reported = picture.series.at(target.indicator, picture.plan.area, period)
    in_words = reported is not None and reported.direction is not None
    return target.type in _ON_CHANGE and not in_words


def _read_by(target: Target, goal: Goal, area: str) -> tuple[tuple[Indicator, str], ...]:
    own = goal.indicator(target.indicator)
    reference = target.reference
    if reference is None:
        return ((own, area),)
    if reference.indicator:
        return ((own, area), (goal.indicator(reference.indicator), reference.area or area))
    return ((own, area), (own, reference.area or COUNTRY))


def _is_asked(due: DueFigure, period: Period, today: date, round_: Round) -> bool:
    indicator = due.indicator
    compared = Period(due.period.start, period.end)
    return not (
        indicator.never_reported
        or _has_stopped(indicator, today)
        or (indicator.yearly and round_.half == 1)
        or any(compared.crosses(change.day) for change in indicator.breaks)
    )


def _has_stopped(indicator: Indicator, today: date) -> bool:
    return indicator.discontinued is not None and indicator.discontinued.known_at <= today


def _is_withdrawn(goal: Goal, today: date) -> bool:
    return goal.withdrawn is not None and goal.withdrawn.day <= today


def _is_in(due: DueFigure, series: Series, round_: Round) -> bool:
    """Whether the figure was reported, or since the round was opened one for a part of its period: somebody
    who has no later figures than mid-June has answered with those."""
    key, area = due.indicator.key, due.area
    exact = series.at(key, area, due.period)
    if exact is not None and exact.status is not ObservationStatus.MISSING:
        return True
    return any(
        due.period.start <= one.period.end <= due.period.end
        and one.status is not ObservationStatus.MISSING
        and one.recorded_at is not None
        and one.recorded_at >= round_.opened_at
        for one in series.of(key, area)
    )
