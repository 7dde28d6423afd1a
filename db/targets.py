"""The versions of each goal's target: which rule was valid from when to when, by which decision."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.goal import Plan
from bplan_bot.target import Target
from db.definitions import Changes, Row, write
from db.tables import target

Versions = dict[date, Target]
"""A goal's targets by the day they are valid from."""


async def save_targets(session: AsyncSession, plan: Plan) -> Changes:
    """Store each goal's target: in place of the one valid from the same day, else as a new version.

    A target without `valid_from` is valid from the plan's first day; a version ends where the next begins.
    """
    stored = await _versions(session, plan.key)
    rows: list[Row] = []
    for goal in plan.goals:
        first = goal.target.valid_from or plan.start
        rows += _rows(plan.key, goal.number, {**stored.get(goal.number, {}), first: goal.target})
    return await write(session, target, rows) if rows else Changes()


async def load_targets(session: AsyncSession, plan_key: str, *, on: date | None = None) -> dict[str, Target]:
    """By goal number the target valid `on` a day, else the newest; before the first one, the first."""
    chosen: dict[str, Target] = {}
    for number, versions in (await _versions(session, plan_key)).items():
        started = [day for day in versions if on is None or day <= on]
        chosen[number] = versions[max(started) if started else min(versions)]
    return chosen


async def _versions(session: AsyncSession, plan_key: str) -> dict[str, Versions]:
    found: dict[str, Versions] = {}
    for row in await session.execute(select(target).where(target.c.plan == plan_key)):
        versions = found.setdefault(row.goal, {})
        versions[row.valid_from] = replace(row.rule, valid_to=row.valid_to)
    return found


def _rows(plan_key: str, number: str, versions: Versions) -> list[Row]:
    rows: list[Row] = []
    days = sorted(versions)
    for day, next_day in zip(days, [*days[1:], None], strict=True):
        version = versions[day]
        ends = [d for d in (version.valid_to, next_day and next_day - timedelta(days=1)) if d is not None]
        rows.append(
            {
                "plan": plan_key,
                "goal": number,
                "valid_from": day,
                "valid_to": min(ends, default=None),
                "decision": version.decision,
                "rule": replace(version, valid_to=min(ends, default=None)),
            }
        )
    return rows
