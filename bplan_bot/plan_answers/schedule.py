"""When the committee is told and was told, the dates of open rounds, and what the yearly wheel brings."""

from collections.abc import Sequence
from datetime import date

from bplan_bot.deadlines import Lead
from bplan_bot.figure_answers.answer import Row, Said
from bplan_bot.goal import Axis, Goal, StatedAssessment
from bplan_bot.local_text import LocalText
from bplan_bot.message import Message, message
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.answer import PlanAnswer, PlanTopic, Section, opened
from bplan_bot.round import Round
from bplan_bot.yearly_wheel import WheelEntry


def schedule(
    picture: Picture, *, lead: Lead, rounds: Sequence[Round] = (), asked: tuple[WheelEntry, ...] = ()
) -> PlanAnswer:
    """What is due when; entries of the wheel that were `asked` about come first.

    `rounds` are those of the picture's plan. Their inner deadlines are not shown where others read along.
    """
    open_ = tuple(sorted((one for one in rounds if one.is_open), key=lambda one: one.committee_on))
    entries = tuple(message("schedule.entry", what=one.what, when=one.when) for one in asked)
    from_year = _wheel_year(picture) if asked else ()
    return PlanAnswer(
        plan=picture.plan,
        topic=PlanTopic.SCHEDULE,
        heading=message("schedule.heading", committee=picture.plan.committee),
        sentences=(
            *entries,
            *from_year,
            *_meetings(picture, open_),
            *_rhythms(picture.plan.goals),
            message("schedule.agenda", days=lead.agenda, n=lead.agenda),
        ),
        sections=(*(_round(one, picture, lead) for one in open_), *_wheel(picture)),
        suggestions=opened(()),
        handled_only=picture.handled_only,
    )


def last_handled(picture: Picture) -> StatedAssessment | None:
    """What the committee handled last, or None."""
    handled = [one for one in picture.said if one.axis is Axis.HANDLED]
    return max(handled, key=lambda one: one.day, default=None)


def _meetings(picture: Picture, open_: tuple[Round, ...]) -> tuple[Said, ...]:
    """The next meeting that takes a follow-up, and the last one; the one there is comes first."""
    coming = [one for one in open_ if one.committee_on >= picture.today]
    handled = _handled(picture)
    if not coming:
        return (*handled, message("schedule.no_round"))
    committee, first = picture.plan.committee, coming[0]
    return (message("schedule.next", committee=committee, half=first.half, day=first.committee_on), *handled)


def _handled(picture: Picture) -> tuple[Said, ...]:
    last = last_handled(picture)
    if last is None:
        return (message("not_handled.none", committee=picture.plan.committee),)
    told = message(
        "schedule.handled",
        committee=picture.plan.committee,
        document=last.document.title,
        day=last.day,
        case=last.document.case,
    )
    return (told, message("schedule.decision", decision=last.decision)) if last.decision else (told,)


def _rhythms(goals: tuple[Goal, ...]) -> tuple[Message, ...]:
    """How often most goals are followed up, and which are followed up otherwise."""
    known = [goal for goal in goals if goal.times_a_year]
    by_rhythm: dict[LocalText, list[Goal]] = {}
    for goal in known:
        by_rhythm.setdefault(goal.rhythm, []).append(goal)
    if not by_rhythm:
        return ()
    usual = max(by_rhythm.values(), key=len)
    times = usual[0].times_a_year
    others = tuple(
        message("schedule.rhythm.other", numbers=tuple(goal.number for goal in group), rhythm=rhythm)
        for rhythm, group in by_rhythm.items()
        if group[0].times_a_year != times
    )
    name = "schedule.rhythm.but" if others else "schedule.rhythm"
    return (message(name, rhythm=usual[0].rhythm, others=others),)


def _round(round_: Round, picture: Picture, lead: Lead) -> Section:
    """The dates of an open round, the earliest first."""
    back = lead.working.working_days_before
    inner: tuple[tuple[str, date], ...] = (
        ("schedule.row.first", back(round_.figures_by, lead.first)),
        ("schedule.row.second", back(round_.figures_by, lead.second)),
        ("schedule.row.missing", back(round_.figures_by, lead.missing)),
        ("round.row.figures_by", round_.figures_by),
    )
    outer = (("round.row.agenda_on", round_.agenda_on), ("round.row.committee_on", round_.committee_on))
    dates = sorted((*(() if picture.handled_only else inner), *outer), key=lambda named: named[1])
    rows = tuple(Row(message(name), message("round.day", day=day)) for name, day in dates)
    return Section(name=message("round.where", half=round_.half, plan=picture.plan.title), rows=rows)


def _wheel_year(picture: Picture) -> tuple[Message, ...]:
    """Which year the wheel was drawn for, since the months of another year may be others."""
    wheel = picture.plan.wheel
    return (message("schedule.wheel_of", year=wheel.year),) if wheel else ()


def _wheel(picture: Picture) -> tuple[Section, ...]:
    wheel = picture.plan.wheel
    if wheel is None:
        return ()
    now = wheel.in_months(picture.today.month)
    rows = tuple(Row(entry.what, entry.when) for entry in wheel.entries)
    sentences: tuple[Message, ...] = ()
    if now:
        what = tuple(message("schedule.this_month.entry", what=entry.what) for entry in now)
        sentences = (message("schedule.this_month", year=wheel.year, entries=what),)
    return (Section(name=message("schedule.wheel", year=wheel.year), sentences=sentences, rows=rows),)
