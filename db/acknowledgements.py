"""Acknowledgements in the database: who has seen to a goal that fell, with what note, to come back when."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.alert_state import Acknowledgement
from db.audit import add_entry
from db.changes import renew_alerts
from db.dialect import insert_new
from db.tables import acknowledgement as table


async def acknowledge(session: AsyncSession, given: Acknowledgement) -> bool:
    """Store an acknowledgement with its audit row, and have every open card of the goal renewed.

    False, and nothing is changed, where this person has answered this card already.
    """
    if not await insert_new(session, table, [_row(given)]):
        return False
    await add_entry(
        session,
        at=given.at,
        actor=given.person,
        action="acknowledged",
        subject=f"{given.plan}/{given.goal}",
        detail={"notice": given.notice, "follow_up_on": _iso(given.follow_up_on)},
    )
    cause = f"acknowledged/{given.notice}/{given.person}"
    await renew_alerts(session, given.plan, given.goal, cause=cause, now=given.at)
    return True


async def acknowledgements(
    session: AsyncSession, plan: str, goal: str, *, since: datetime
) -> tuple[Acknowledgement, ...]:
    """What was answered about a goal from `since` (aware) on, oldest first."""
    query = select(table).where(table.c.plan == plan, table.c.goal == goal, table.c.at >= since)
    found = await session.execute(query.order_by(table.c.at, table.c.id))
    return tuple(map(_acknowledgement, found.mappings()))


async def to_follow_up(session: AsyncSession, *, on: date) -> tuple[Acknowledgement, ...]:
    """Those whose day has come by `on`, whether or not somebody was told."""
    query = select(table).where(table.c.follow_up_on <= on).order_by(table.c.id)
    return tuple(map(_acknowledgement, (await session.execute(query)).mappings()))


async def acknowledgement(session: AsyncSession, notice: str, person: str) -> Acknowledgement | None:
    """What somebody answered on one card; or None."""
    query = select(table).where(table.c.notice == notice, table.c.person == person)
    row = (await session.execute(query)).mappings().first()
    return _acknowledgement(row) if row else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _row(given: Acknowledgement) -> dict[str, Any]:
    return {
        "notice": given.notice or None,
        "plan": given.plan,
        "goal": given.goal,
        "person": given.person,
        "at": given.at,
        "note": given.note,
        "follow_up_on": given.follow_up_on,
    }


def _acknowledgement(row: Mapping[Any, Any]) -> Acknowledgement:
    return Acknowledgement(
        plan=row["plan"],
        goal=row["goal"],
        person=row["person"],
        at=row["at"],
        note=row["note"],
        follow_up_on=row["follow_up_on"],
        notice=row["notice"] or "",
        id=row["id"],
    )
