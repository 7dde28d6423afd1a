"""Follow up: tells people on the day they set themselves, for a goal they acknowledged or put off."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from bplan_bot.alert_state import Acknowledgement, Snooze
from bplan_bot.alerts import facts_of, fallen_by, plan_is_closed
from bplan_bot.goal_status import GoalStatus
from bplan_bot.notice import Notice, NoticeKind
from bplan_bot.status_change import StatusChange
from db import acknowledgements as acknowledgement_rows
from db import changes as change_rows
from db import notices as notice_rows
from db import snoozes as snooze_rows
from db.alert_states import HISTORY
from db.engine import Database, Session
from db.pictures import every_picture

LONG_AGO = timedelta(days=60)
"""A day that came and went so long ago, while nothing ran, is no news any more."""

MORNING = time(8)
"""Nobody is told of a day before it has begun for them."""


async def due_follow_ups(database: Database, now: datetime) -> Mapping[str, Any]:
    """Queue what the day of `now` (aware) brings, each once however often and late this runs.

    1. Somebody set a day when they acknowledged: they are told, with where the goal stands.
    2. Somebody put a goal off until a day: they are told if the goal fell before that day, and still is down.

    Nothing is due of a closed plan.
    """
    async with database.transaction() as session:
        due: list[Acknowledgement | Snooze] = [
            *await acknowledgement_rows.to_follow_up(session, on=now.date()),
            *await snooze_rows.ended(session, by=now.date()),
        ]
        done = await notice_rows.known(session, [_key(one) for one in due])
        fresh = [one for one in due if _key(one) not in done and _day(one) > now.date() - LONG_AGO]
        if not fresh:
            return {"notices": 0}
        standing = await _standing(session, now)
        owed = [await _notice(session, one, standing, now) for one in fresh]
        return {"notices": await notice_rows.enqueue(session, [one for one in owed if one])}


async def _standing(session: Session, now: datetime) -> Mapping[tuple[str, str], GoalStatus]:
    """Where every goal stands of the plans that are not closed, by plan and number."""
    pictures = [picture.all() for picture in await every_picture(session, today=now.date())]
    goals = [status for goals in pictures if not plan_is_closed(goals) for status in goals]
    return {(status.plan.key, status.goal.number): status for status in goals}


async def _notice(
    session: Session,
    due: Acknowledgement | Snooze,
    standing: Mapping[tuple[str, str], GoalStatus],
    now: datetime,
) -> Notice | None:
    status = standing.get((due.plan, due.goal))
    history = await change_rows.changes(session, due.plan, goal=due.goal, limit=HISTORY)
    told = _told(due, history, now)
    if status is None or told is None:
        return None
    morning = datetime.combine(now.date(), MORNING, tzinfo=now.tzinfo)
    return Notice(
        key=_key(due),
        kind=NoticeKind.PUT_OFF if isinstance(due, Snooze) else NoticeKind.FOLLOW_UP,
        recipient=due.person,
        facts=facts_of(told, status),
        created_at=now,
        next_at=max(now, morning),
        plan=due.plan,
        goal=due.goal,
    )


def _told(
    due: Acknowledgement | Snooze, history: Sequence[StatusChange], now: datetime
) -> StatusChange | None:
    """The change that the card tells, of the goal's (newest first); None where there is nothing to tell."""
    if isinstance(due, Snooze):
        fell = fallen_by(history)
        # What fell on the day itself or later was told as usual.
        return fell if fell and fell.at.astimezone(now.tzinfo).date() < due.until else None
    return next((change for change in history if change.at <= due.at), None)


def _day(due: Acknowledgement | Snooze) -> date:
    return due.until if isinstance(due, Snooze) else due.follow_up_on or date.min


def _key(due: Acknowledgement | Snooze) -> str:
    if isinstance(due, Snooze):
        return f"put-off/{due.plan}/{due.goal}/{due.person}/{due.until}"
    return f"follow-up/{due.notice}/{due.person}"
