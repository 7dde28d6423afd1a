"""Status changes in the database: queue, history and lock at once; rows are only added."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.alerts import GOOD
from bplan_bot.notice import Notice
from bplan_bot.status import Status
from bplan_bot.status_change import StatusChange
from db.audit import add_entry
from db.dialect import insert_new
from db.notices import enqueue, renew_cards
from db.tables import status_change


async def last_changes(session: AsyncSession, plan_key: str) -> dict[str, StatusChange]:
    """By goal number its last change, lacking the goals that were never looked at."""
    last = (
        select(status_change.c.goal, func.max(status_change.c.number).label("number"))
        .where(status_change.c.plan == plan_key)
        .group_by(status_change.c.goal)
        .subquery()
    )
    same = (status_change.c.goal == last.c.goal) & (status_change.c.number == last.c.number)
    query = select(status_change).join(last, same).where(status_change.c.plan == plan_key)
    return {row["goal"]: _change(row) for row in (await session.execute(query)).mappings()}


async def last_recorded(session: AsyncSession) -> datetime | None:
    """When the newest change was recorded, None where there is none."""
    found: datetime | None = await session.scalar(select(func.max(status_change.c.at)))
    return found


async def record_change(
    session: AsyncSession, change: StatusChange, notices: Iterable[Notice], *, actor: str
) -> int:
    """Store a change with the notices it owes and its audit row, and say how many notices that added.

    The cards that told of the goal's fall are renewed too, unless the change is held. A change that does not
    begin where the goal's last one ended adds nothing at all: another watcher was faster, or it is no change.
    """
    number = await _next_number(session, change)
    if number is None or not await insert_new(session, status_change, [_row(change, number)]):
        return 0
    if not change.held:
        # Before the new notices are queued: their own cards will be up to date.
        recorded = replace(change, number=number)
        await renew_alerts(
            session, change.plan, change.goal, cause=f"change/{number}", now=change.at, of=recorded
        )
    added = await enqueue(session, notices)
    await add_entry(
        session,
        at=change.at,
        actor=actor,
        action="status_held" if change.held else "status_changed",
        subject=f"{change.plan}/{change.goal}",
        detail={
            "before": change.before,
            "after": change.after,
            "figures": change.figures,
            "notices": added,
        },
    )
    return added


async def changes(
    session: AsyncSession, plan_key: str, *, goal: str | None = None, limit: int
) -> tuple[StatusChange, ...]:
    """The newest changes of a plan's goals, or of one goal, newest first."""
    query = select(status_change).where(status_change.c.plan == plan_key)
    if goal is not None:
        query = query.where(status_change.c.goal == goal)
    query = query.order_by(status_change.c.id.desc()).limit(limit)
    return tuple(_change(row) for row in (await session.execute(query)).mappings())


async def renew_alerts(
    session: AsyncSession, plan: str, goal: str, *, cause: str, now: datetime, of: StatusChange | None = None
) -> int:
    """Have the cards renewed that tell how a goal fell, as far as it has not recovered since; how many.

    `of` is the change that is the cause, where it is one: a recovery does not count as one before itself.
    """
    after = await last_good(session, plan, goal, before=of.number if of else None)
    return await renew_cards(session, plan, goal, after=after, cause=cause, now=now)


async def last_good(
    session: AsyncSession, plan: str, goal: str, *, before: int | None = None
) -> StatusChange | None:
    """The last change by which a goal came to stand well, of those `before` a number of its history; None
    where there is none. By number, since a clock that was set back makes the newest the earliest."""
    query = select(status_change).where(status_change.c.plan == plan, status_change.c.goal == goal)
    query = query.where(status_change.c.after.in_(GOOD)).order_by(status_change.c.number.desc()).limit(1)
    if before is not None:
        query = query.where(status_change.c.number < before)
    row = (await session.execute(query)).mappings().first()
    return _change(row) if row else None


async def _next_number(session: AsyncSession, change: StatusChange) -> int | None:
    """The number of this change in the history of its goal; None when it does not go on from there."""
    last = (
        select(status_change.c.number, status_change.c.after)
        .where(status_change.c.plan == change.plan, status_change.c.goal == change.goal)
        .order_by(status_change.c.number.desc())
        .limit(1)
    )
    row = (await session.execute(last)).first()
    number, stands = (row.number, Status(row.after)) if row else (0, None)
    return number + 1 if stands is change.before and stands is not change.after else None


def _row(change: StatusChange, number: int) -> dict[str, Any]:
    return {
        "plan": change.plan,
        "goal": change.goal,
        "number": number,
        "before": change.before.value if change.before else None,
        "after": change.after.value,
        "at": change.at,
        "figures": change.figures,
        "held": change.held,
    }


def _change(row: Mapping[Any, Any]) -> StatusChange:
    return StatusChange(
        plan=row["plan"],
        goal=row["goal"],
        before=Status(row["before"]) if row["before"] else None,
        after=Status(row["after"]),
        at=row["at"],
        figures=row["figures"],
        held=row["held"],
        number=row["number"],
        id=row["id"],
    )
