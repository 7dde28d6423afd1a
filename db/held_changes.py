"""Held changes in the database: what an administrator decided, and the notices that are owed after all."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.alerts import notices_of
from bplan_bot.held_changes import HeldAct, HeldChanges, HeldDecision, held_at
from bplan_bot.notice import Notice
from bplan_bot.picture import Picture
from bplan_bot.status_change import StatusChange
from db.alert_states import unwilling
from db.audit import add_entry, entries
from db.changes import changes, renew_alerts
from db.notices import enqueue
from db.people import load_people
from db.tables import plan as plan_table

_ACTIONS = {act.value: act for act in HeldAct}


async def held_changes(session: AsyncSession, notice: Notice, *, now: datetime) -> HeldChanges:
    """What a notice tells of, with what was decided about it by `now` (aware)."""
    found = await entries(session, subject=_subject(notice), limit=1)
    if not found:
        # As it was audited before each set of changes had a subject of its own.
        named = await entries(session, subject=_subject_by_time(notice), limit=10)
        found = tuple(one for one in named if one.detail["goals"] == notice.facts["goals"])
    if not found:
        return HeldChanges(notice, now)
    last = found[0]
    decision = HeldDecision(_ACTIONS[last.action], last.at, last.actor, last.detail["told"])
    return HeldChanges(notice, now, decision)


async def decide(
    session: AsyncSession, notice: Notice, picture: Picture, act: HeldAct, *, by: str, now: datetime
) -> HeldChanges:
    """Release the changes or let them be, with the audit row; what was decided before stands.

    Released, each goal that still stands where it went owes its notices as if it had never been held;
    `picture` is what is known of the plan now.
    """
    # Two administrators who press at once wait for each other here.
    row = select(plan_table.c.key).where(plan_table.c.key == picture.plan.key)
    await session.execute(row.with_for_update(key_share=True))
    before = await held_changes(session, notice, now=now)
    if before.decision:
        return before
    told = await _release(session, notice, picture, now=now) if act is HeldAct.RELEASE else 0
    detail = {"goals": list(notice.facts["goals"]), "told": told}
    await add_entry(session, at=now, actor=by, action=act.value, subject=_subject(notice), detail=detail)
    return HeldChanges(notice, now, HeldDecision(act, now, by, told))


def _subject(notice: Notice) -> str:
    """What the notices of one set of changes have in common: two sets can be held at one stated time."""
    return (notice.repeat_of or notice.key).removesuffix(f"/{notice.recipient}")


def _subject_by_time(notice: Notice) -> str:
    return f"{notice.facts['plan']}/held/{notice.facts['at']}"


async def _release(session: AsyncSession, notice: Notice, picture: Picture, *, now: datetime) -> int:
    people = await load_people(session)
    told = 0
    for change in await _still_true(session, notice, picture.plan.key):
        goal = picture.plan.goal(change.goal)
        if goal is None:
            continue
        cause = f"released/{change.id}"
        await renew_alerts(session, change.plan, change.goal, cause=cause, now=change.at, of=change)
        refusing = await unwilling(session, change.plan, change.goal, on=now.date())
        owed = notices_of(replace(change, held=False), picture.of(goal), people, unwilling=refusing)
        told += await enqueue(session, (replace(one, created_at=now, next_at=now) for one in owed))
    return told


async def _still_true(session: AsyncSession, notice: Notice, plan: str) -> Iterable[StatusChange]:
    """The held changes of the notice's goals that nothing came after."""
    at, goals = held_at(notice), notice.facts["goals"]
    # Notices of before tell of no numbers.
    numbers = notice.facts.get("numbers", [None] * len(goals))
    found = []
    for goal, number in zip(goals, numbers, strict=True):
        (newest, *_) = await changes(session, plan, goal=goal, limit=1)
        if newest.held and newest.at == at and number in (None, newest.number):
            found.append(newest)
    return found
