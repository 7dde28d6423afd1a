"""Snoozes in the database: who put which goal off until which day, and why; the newest counts."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.alert_state import Snooze
from db.audit import add_entry
from db.changes import renew_alerts
from db.dialect import insert_new
from db.tables import snooze as table


async def put_off(session: AsyncSession, given: Snooze) -> bool:
    """Store a snooze with its audit row, and have every open card of the goal renewed.

    False, and nothing is changed, where it is what this person's newest one says already.
    """
    earlier = [one for one in await snoozes(session, given.plan, given.goal) if one.person == given.person]
    if earlier and earlier[0].until == given.until:
        return False
    if not await insert_new(session, table, [_row(given)]):
        if not earlier:
            return False  # the same press, delivered twice at the same moment
        # They go back to a day they chose before.
        again = update(table).values(at=given.at, reason=given.reason)
        await session.execute(again.where(*(table.c[name] == _row(given)[name] for name in _UNIQUE)))
    await add_entry(
        session,
        at=given.at,
        actor=given.person,
        action="put_off",
        subject=f"{given.plan}/{given.goal}",
        detail={"until": given.until.isoformat(), "reason": given.reason},
    )
    cause = f"put_off/{given.until}/{given.person}/{given.at.isoformat()}"
    await renew_alerts(session, given.plan, given.goal, cause=cause, now=given.at)
    return True


async def snoozes(session: AsyncSession, plan: str, goal: str) -> tuple[Snooze, ...]:
    """The newest snooze of each person for a goal, newest first, whether or not it still holds."""
    return _newest(await _read(session, select(table).where(table.c.plan == plan, table.c.goal == goal)))


async def asleep(session: AsyncSession, plan: str, goal: str, *, on: date) -> frozenset[str]:
    """Those who want no alert of a goal on that day yet."""
    return frozenset(one.person for one in await snoozes(session, plan, goal) if one.until > on)


async def ended(session: AsyncSession, *, by: date) -> tuple[Snooze, ...]:
    """The newest snooze of each person and goal, where its day has come by `by`."""
    return tuple(one for one in _newest(await _read(session, select(table))) if one.until <= by)


_UNIQUE = ("plan", "goal", "person", "until")


async def _read(session: AsyncSession, query: Select[Any]) -> Iterable[Snooze]:
    found = await session.execute(query.order_by(table.c.at.desc(), table.c.id.desc()))
    return map(_snooze, found.mappings())


def _newest(newest_first: Iterable[Snooze]) -> tuple[Snooze, ...]:
    kept: dict[tuple[str, str, str], Snooze] = {}
    for one in newest_first:
        kept.setdefault((one.plan, one.goal, one.person), one)
    return tuple(kept.values())


def _row(given: Snooze) -> dict[str, Any]:
    return {
        "plan": given.plan,
        "goal": given.goal,
        "person": given.person,
        "until": given.until,
        "reason": given.reason,
        "at": given.at,
    }


def _snooze(row: Mapping[Any, Any]) -> Snooze:
    return Snooze(**row)
