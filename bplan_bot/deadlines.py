"""The dates of a follow-up round, counted back from the committee's meeting, and whether they can be kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bplan_bot.errors import Refused, Unavailable
from bplan_bot.goal import Plan
from bplan_bot.message import Message, message
from bplan_bot.period import Period
from bplan_bot.round import Round
from bplan_bot.working_days import WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How many working days lie between the dates of a round.

    `agenda` before the meeting the papers go out, `figures` before that the figures must be in. Before that
    day come the `first` and `second` reminder, and `missing`: when the planansvarlig hears what is lacking.
    """

    agenda: int = 4
    figures: int = 10
    first: int = 15
    second: int = 5
    missing: int = 2
    working: WorkingDays = field(default_factory=WorkingDays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The round somebody asks to open; without `agenda_on` and `figures_by` they are counted back."""

    half: int
    committee_on: date
    agenda_on: date | None = None
    figures_by: date | None = None


def new_round(plan: Plan, wanted: Wanted, lead: Lead, *, by: str, now: datetime) -> Round:
    """The round with all its dates, opened `now` (aware) by `by`.

    Refused `round.unknown_half`, `round.too_early` (the half year has not begun), `round.half_not_over` (at
    the time of the meeting), `round.committee_passed`, and `round.order` or `round.figures_passed` where the
    other dates cannot be kept.
    """
    _refuse_wrong_half(plan, wanted, now.date())
    back = lead.working.working_days_before
    agenda_on = wanted.agenda_on or back(wanted.committee_on, lead.agenda)
    figures_by = wanted.figures_by or back(agenda_on, lead.figures)
    if not figures_by <= agenda_on <= wanted.committee_on:
        raise Refused(
            "round.order", figures_by=figures_by, agenda_on=agenda_on, committee_on=wanted.committee_on
        )
    if figures_by < now.date():
        raise Refused("round.figures_passed", figures_by=figures_by)
    return Round(
        plan=plan.key,
        half=wanted.half,
        committee_on=wanted.committee_on,
        agenda_on=agenda_on,
        figures_by=figures_by,
        opened_at=now,
        opened_by=by,
    )


def plan_followed_up(plans: Sequence[Plan], wanted: Wanted) -> Plan:
    """The plan that a round follows up: the newest one whose half is over when the committee meets, since
    two plans are alive at once; else the oldest. Unavailable `database.no_plan` where there is none."""
    if not plans:
        raise Unavailable("database.no_plan")
    half = 1 if wanted.half == 1 else 2
    by_age = sorted(plans, key=lambda plan: plan.start)
    over = [plan for plan in by_age if half_of(plan, half).end < wanted.committee_on]
    return (over or by_age[:1])[-1]


def odd_days(opened: Round, lead: Lead) -> tuple[Message, ...]:
    """A word about each date of a round that is no working day: it may be meant, or typed wrongly."""
    return tuple(
        message(name, day=day)
        for name, day in (
            ("round.odd_committee_day", opened.committee_on),
            ("round.odd_agenda_day", opened.agenda_on),
            ("round.odd_figures_day", opened.figures_by),
        )
        if not lead.working.is_working_day(day)
    )


def half_of(plan: Plan, half: int) -> Period:
    """The days of a plan's first or second half; the second ends with the plan."""
    first = Period.of_months(plan.start.year, plan.start.month, 6)
    return first if half == 1 else Period(first.next().start, plan.end)


def _refuse_wrong_half(plan: Plan, wanted: Wanted, today: date) -> None:
    half = wanted.half
    if half not in (1, 2):
        raise Refused("round.unknown_half", half=half)
    days = half_of(plan, half)
    if today < days.start:
        raise Refused("round.too_early", half=half, plan=plan.title, start=days.start)
    if wanted.committee_on < today:
        raise Refused("round.committee_passed", committee_on=wanted.committee_on)
    if wanted.committee_on <= days.end:
        raise Refused("round.half_not_over", half=half, end=days.end, committee_on=wanted.committee_on)
