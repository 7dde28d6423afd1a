"""Which status changes are told to whom: a goal that falls, a goal that recovers, too many at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from bplan_bot.access import Person, Role, alerted_about
from bplan_bot.cards import goal_words as words
from bplan_bot.goal import Plan
from bplan_bot.goal_status import GoalStatus
from bplan_bot.notice import Notice, NoticeKind
from bplan_bot.picture import Picture
from bplan_bot.status import Status
from bplan_bot.status_change import StatusChange
from bplan_bot.texts.speaker import Speaker

GOOD = frozenset({Status.MET, Status.ON_TRACK})
BAD = frozenset({Status.NOT_MET, Status.UNLIKELY})

MOST_AT_ONCE = 4
"""A change on more than one in this many goals is more likely a fault in the figures than news."""


class Turn(StrEnum):
    """What a change means to those who follow the goal."""

    FELL = "fell"
    RECOVERED = "recovered"
    NEITHER = "neither"


def turn(before: Status | None, after: Status) -> Turn:
    """Fell: from met, or from figures that did not yet point to failure, to not met or unlikely. Recovered:
    from not met or unlikely to met or on track. The first look at a goal is neither."""
    if before in BAD and after in GOOD:
        return Turn.RECOVERED
    if after in BAD and before in GOOD | {Status.AT_RISK, Status.PARTLY_MET}:
        return Turn.FELL
    return Turn.NEITHER


def plan_is_closed(goals: Iterable[GoalStatus]) -> bool:
    """Whether the committee has handled every goal after the plan was over: its last round is done."""
    return all(
        status.handled is not None and status.handled.day > status.plan.end
        for status in goals
        if status.assessment.status is not Status.WITHDRAWN
    )


def changes(picture: Picture, last: Mapping[str, StatusChange], *, now: datetime) -> tuple[StatusChange, ...]:
    """Every goal whose computed status is another than it was; `last` has by goal number its last change,
    lacking the goals never looked at. When more than a quarter of the known goals change at once, all are
    held back."""
    before = {goal: change.after for goal, change in last.items()}
    found = [
        status for status in picture.all() if before.get(status.goal.number) is not status.assessment.status
    ]
    known = [status for status in found if status.goal.number in before]
    held = len(known) * MOST_AT_ONCE > len(picture.plan.goals)
    return tuple(
        StatusChange(
            plan=picture.plan.key,
            goal=status.goal.number,
            before=before.get(status.goal.number),
            after=status.assessment.status,
            at=now,
            figures=_figures(status),
            held=held and status.goal.number in before,
            number=last[status.goal.number].number + 1 if status.goal.number in last else 1,
        )
        for status in found
    )


def fallen_by(history: Sequence[StatusChange]) -> StatusChange | None:
    """The change that began the time a goal is down, of its changes (newest first); None where it is not."""
    began = None
    for change in history:
        if change.after not in BAD:
            break
        began = change
    return began


def notices_of(
    change: StatusChange, status: GoalStatus, people: Iterable[Person], *, unwilling: Collection[str] = ()
) -> tuple[Notice, ...]:
    """The notices a change owes: to the head and the goal's own people, each once, without the `unwilling`:
    the ids of those who opted out or put the goal off."""
    meaning = turn(change.before, change.after)
    if change.held or meaning is Turn.NEITHER:
        return ()
    kind = NoticeKind.GOAL_FELL if meaning is Turn.FELL else NoticeKind.GOAL_RECOVERED
    return tuple(
        Notice(
            key=f"{change.plan}/{change.goal}/{change.number}/{person.id}",
            kind=kind,
            recipient=person.id,
            facts=facts_of(change, status),
            created_at=change.at,
            next_at=change.at,
            plan=change.plan,
            goal=change.goal,
        )
        for person in alerted_about(change.goal, people)
        if person.id not in unwilling
    )


def notice_of_many(held: Sequence[StatusChange], people: Iterable[Person], plan: Plan) -> tuple[Notice, ...]:
    """What administrators are told when changes of a plan are held back."""
    if not held:
        return ()
    at = held[0].at
    goals, numbers = [change.goal for change in held], [change.number for change in held]
    facts = {
        "plan": plan.key,
        "title": {speaker.language: speaker(plan.title) for speaker in (Speaker("da"), Speaker("en"))},
        "goals": goals,
        "numbers": numbers,
        "at": at.isoformat(),
    }
    return tuple(
        Notice(
            key=f"{held[0].plan}/held/{held[0].goal}/{held[0].number}/{person.id}",
            kind=NoticeKind.MANY_CHANGES,
            recipient=person.id,
            facts=facts,
            created_at=at,
            next_at=at,
        )
        for person in people
        if person.has(Role.ADMINISTRATOR)
    )


def facts_of(change: StatusChange, status: GoalStatus) -> dict[str, Any]:
    """What an alert is rendered from, in both languages: the change, and the figures as `status` has them."""
    speakers = {"da": Speaker("da"), "en": Speaker("en")}
    reasons = words.reasons(status)
    return {
        "plan": {language: say(status.plan.title) for language, say in speakers.items()},
        "goal": change.goal,
        "title": {language: say(status.goal.title) for language, say in speakers.items()},
        "before": change.before,
        "after": change.after,
        "at": change.at.isoformat(),
        "number": change.number,
        "figures": {language: words.key_figures(status, say) for language, say in speakers.items()},
        "why": {language: " ".join(map(say, reasons)) for language, say in speakers.items()},
    }


def _figures(status: GoalStatus) -> str:
    """The figures a status rests on: indicator, period and value of each."""
    verdicts = [part.verdict for part in status.assessment.verdict.parts] or [status.assessment.verdict]
    seen = [fact.observation for verdict in verdicts for fact in verdict.facts if fact.observation]
    return "; ".join(f"{o.indicator} {o.area} {o.period.code} = {o.value}" for o in seen)
