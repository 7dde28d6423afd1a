"""How fresh the figures are: of each goal its newest period, since when it is known, and what comes next."""

from bplan_bot.figure_answers.answer import Row, Said
from bplan_bot.goal import Goal
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import Message, message
from bplan_bot.observation import COUNTRY, Document, Observation, ObservationStatus
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.answer import PlanAnswer, PlanTopic, Section, lacking, named, opened
from bplan_bot.plan_answers.rhythm import following, newest_report
from bplan_bot.plan_answers.sources import Fetching, last_fetched, sources_of
from bplan_bot.status import Status

_OF_EACH = 3
"""Of more goals than this each has one line, so that a card stays readable."""


def freshness(
    picture: Picture,
    goals: tuple[Goal, ...],
    *,
    missing: tuple[str, ...] = (),
    fetching: Fetching | None = None,
) -> PlanAnswer:
    """How fresh the figures of these goals are, the oldest first; those without a figure come last. Then how
    their sources are doing, where that is known."""
    told = sorted((picture.of(goal) for goal in goals), key=_age)
    alone = len(told) == 1
    sentences = _of_one(told[0]) if alone else _of_all(picture, told)
    documents = _documents(picture, goals)
    doing = sources_of(picture, goals, fetching) if fetching else ()
    fetched = last_fetched(picture, goals, fetching) if fetching else ()
    few = 1 < len(told) <= _OF_EACH
    told_of = [] if alone or few or not any(map(newest_report, told)) else told
    rows = tuple(Row(named(one.goal), _line(one)) for one in told_of)
    sections = tuple(Section(name=named(one.goal), sentences=_of_one(one)) for one in told) if few else ()
    return PlanAnswer(
        plan=picture.plan,
        topic=PlanTopic.FRESHNESS,
        heading=named(goals[0]) if alone else message("freshness.heading"),
        sentences=(*lacking(missing), *sentences, *fetched),
        rows=rows,
        sections=(*sections, *doing, *documents),
        suggestions=opened(goals if alone or few else ()),
        handled_only=picture.handled_only,
        about=picture.of(goals[0]) if len(goals) == 1 and not missing else None,
    )


def _age(status: GoalStatus) -> tuple[bool, Period, tuple[int, ...]]:
    newest = newest_report(status)
    period = newest.period if newest else status.goal.assessed_on
    oldest_first = Period(period.end, period.end)
    return newest is None, oldest_first, tuple(int(part) for part in status.goal.number.split("."))


def _of_one(status: GoalStatus) -> tuple[Said, ...]:
    """The newest figure of a goal, what is lacking, and what comes next."""
    newest = newest_report(status)
    number = status.goal.number
    if newest is None:
        return (message("freshness.none", number=number), *status.assessment.verdict.reasons)
    document = newest.document
    name = "freshness.one.case" if document.case else "freshness.one"
    told = message(
        name,
        number=number,
        period=newest.period,
        day=newest.known_at,
        document=document.title,
        case=document.case,
    )
    preliminary = newest.status is ObservationStatus.PRELIMINARY
    unsettled = (message("freshness.preliminary"),) if preliminary else ()
    return (told, *unsettled, _source(status), *_to_come(status, newest))


def _source(status: GoalStatus) -> Message:
    key = status.goal.source
    if key is None:
        return message("definition.no_source", number=status.goal.number)
    return message("definition.source", number=status.goal.number, source=status.plan.source(key).name)


def _to_come(status: GoalStatus, newest: Observation) -> tuple[Message, ...]:
    """Whether more figures belong to the plan, and for which period."""
    whole = status.goal.assessed_on
    if newest.period.end >= whole.end:
        return (message("freshness.complete", period=whole),)
    period = following(status, newest)
    return (message("freshness.next", period=period),) if period else ()


def _of_all(picture: Picture, told: list[GoalStatus]) -> tuple[Said, ...]:
    """The span of what is known, and how many goals have nothing."""
    reported = [(one, newest) for one in told if (newest := newest_report(one))]
    none = tuple(one.goal.number for one in told if newest_report(one) is None)
    if not reported:
        if told and all(one.leading.status is Status.NOT_HANDLED for one in told):
            return (message("not_handled.none", committee=picture.plan.committee),)
        return (message("freshness.nothing"),)
    last = max(seen.known_at for _, seen in reported)
    oldest, first = reported[0]
    said: list[Said] = [message("freshness.all", day=last, period=first.period, number=oldest.goal.number)]
    if none:
        said.append(message("freshness.without", numbers=none, n=len(none)))
    return tuple(said)


def _line(status: GoalStatus) -> Message:
    newest = newest_report(status)
    if newest is None:
        shown = status.leading.status is not Status.NOT_HANDLED
        return message("freshness.line.none" if shown else "figures.not_shown")
    name = "freshness.line" if newest.amount is not None else "freshness.line.told"
    key = status.goal.source
    source = status.plan.source(key).name if key else message("definition.source.silent")
    told = message(name, period=newest.period, day=newest.known_at, source=source)
    preliminary = newest.status is ObservationStatus.PRELIMINARY
    return message("said.preliminary", told=told) if preliminary else told


def _documents(picture: Picture, goals: tuple[Goal, ...]) -> tuple[Section, ...]:
    """The documents that the figures were read from, newest first."""
    found: dict[str, Document] = {}
    for goal in goals:
        for indicator in (one for one in goal.indicators if not one.is_check):
            for area in (picture.plan.area, COUNTRY):
                for one in picture.series.of(indicator.key, area):
                    found[one.document.key] = one.document
    if not found:
        return ()
    told = sorted(found.values(), key=lambda one: (one.date, one.key), reverse=True)
    rows = tuple(
        Row(
            one.title, message("document.case" if one.case else "document.dated", day=one.date, case=one.case)
        )
        for one in told
    )
    return (Section(name=message("freshness.documents", plan=picture.plan.title), rows=rows),)
