"""Reads an alert as things stand: its goal's history, who answered it, and what its reader wants."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.access import Person
from bplan_bot.alert_state import AlertState, told_at, told_number
from bplan_bot.notice import Notice, NoticeKind, OptOut
from db.acknowledgements import acknowledgements
from db.changes import changes, last_good
from db.notices import left_of_falls
from db.opt_outs import opted_out
from db.people import load_people
from db.snoozes import asleep, snoozes

HISTORY = 50
"""Changes of a goal that are looked at; what came before them is no news to anybody."""


async def alert_state(session: AsyncSession, notice: Notice, reader: Person, *, now: datetime) -> AlertState:
    """The notice of a goal, as `reader` sees it at `now` (aware, in the zone that days are counted in)."""
    since = told_at(notice)
    plan, goal = notice.plan, notice.goal
    put_off = await snoozes(session, plan, goal)
    answered = await acknowledgements(session, plan, goal, since=since)
    return AlertState(
        notice=notice,
        reader=reader,
        now=now,
        history=tuple(reversed(await changes(session, plan, goal=goal, limit=HISTORY))),
        acknowledgements=answered,
        snoozes=tuple(one for one in put_off if one.at >= since or one.person == reader.id),
        people={person.id: person for person in await load_people(session)},
        opted_out=reader.id in await opted_out(session, OptOut.ALERTS),
        fall_untold=await _fall_untold(session, notice),
    )


async def unwilling(session: AsyncSession, plan: str, goal: str, *, on: date) -> frozenset[str]:
    """The ids of those who are not to be told of a goal on a day: they opted out or put it off."""
    return await opted_out(session, OptOut.ALERTS) | await asleep(session, plan, goal, on=on)


async def _fall_untold(session: AsyncSession, notice: Notice) -> bool:
    """Whether somebody was to be told of the fall that this recovery ends, and was not."""
    if notice.kind is not NoticeKind.GOAL_RECOVERED:
        return False
    began = await last_good(session, notice.plan, notice.goal, before=told_number(notice) or None)
    left = await left_of_falls(session, notice.plan, notice.goal, notice.recipient, after=began)
    return bool(left) and not any(left)
