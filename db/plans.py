"""Plans in the database: saving one with all that came with it, and reading it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Table, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.goal import Goal, Indicator, Plan, Source, Theme
from bplan_bot.local_text import LocalText
from bplan_bot.plan_choice import PlanSketch
from bplan_bot.plan_package import PlanPackage
from db import documents, observations, statements, tables, targets
from db.audit import add_entry
from db.definitions import Changes, Row, Shape, write
from db.dialect import insert_new

_PLAN = Shape(Plan, columns=("key", "start", "end"), apart=("themes", "goals", "sources"))
_THEME = Shape(Theme, columns=("number",))
_SOURCE = Shape(Source, columns=("key",))
_GOAL = Shape(Goal, columns=("number", "theme", "source", "assessed_on"), apart=("target", "indicators"))
_INDICATOR = Shape(Indicator, columns=("key", "goal"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What saving a package did: rows of definitions added and changed, reports added."""

    plan: str
    added: int = 0
    changed: int = 0
    observations: int = 0
    statements: int = 0

    @property
    def nothing_new(self) -> bool:
        """Whether everything was there already."""
        return not (self.added or self.changed or self.observations or self.statements)


async def save_package(session: AsyncSession, package: PlanPackage, *, now: datetime) -> Loaded:
    """Make the stored plan equal the package's, and add its new reports; the second time nothing changes.

    Nothing is deleted: a goal that the plan no longer has stays without being part of it. `now` is aware.
    Refused what `add_observations` and `add_statements` refuse.
    """
    plan = package.plan
    changes = await _save_plan_row(session, plan)
    changes += await documents.save_documents(session, package.documents)
    changes += await _save_parts(session, plan)
    changes += await targets.save_targets(session, plan)
    return Loaded(
        plan=plan.key,
        added=changes.added,
        changed=changes.changed,
        observations=await observations.add_observations(session, plan.key, package.observations, now=now),
        statements=await statements.add_statements(session, plan.key, package.statements, now=now),
    )


async def import_package(session: AsyncSession, package: PlanPackage, *, by: str, now: datetime) -> Loaded:
    """`save_package` with its audit row; without one where everything was there already."""
    loaded = await save_package(session, package, now=now)
    if not loaded.nothing_new:
        counts = {name: getattr(loaded, name) for name in ("added", "changed", "observations", "statements")}
        await add_entry(
            session, at=now, actor=by, action="plan_imported", subject=package.plan.key, detail=counts
        )
    return loaded


async def load_plan(session: AsyncSession, key: str, *, on: date | None = None) -> Plan | None:
    """The plan with that key and the targets valid `on` a day (else the newest), or None."""
    row = (await session.execute(select(tables.plan).where(tables.plan.c.key == key))).mappings().first()
    if row is None:
        return None
    themes = await _parts(session, tables.theme, key)
    sources = await _parts(session, tables.source, key)
    return _PLAN.value(
        row,
        themes=tuple(_THEME.value(theme) for theme in themes),
        sources=tuple(_SOURCE.value(source) for source in sources),
        goals=await _load_goals(session, key, on),
    )


async def plan_sketches(session: AsyncSession) -> tuple[PlanSketch, ...]:
    """What tells the plans there are from each other, oldest first."""
    plan, goal, round_ = tables.plan, tables.goal, tables.round_
    in_plan = select(goal.c.plan, goal.c.number).where(goal.c.position.is_not(None))
    numbers: dict[str, set[str]] = {}
    for row in await session.execute(in_plan):
        numbers.setdefault(row.plan, set()).add(row.number)
    is_open = select(round_.c.plan).where(round_.c.closed_at.is_(None))
    followed_up = set((await session.scalars(is_open)).all())
    rows = await session.execute(
        select(plan.c.key, plan.c.definition, plan.c.start, plan.c.end).order_by(plan.c.start, plan.c.key)
    )
    return tuple(
        PlanSketch(
            key=row.key,
            title=LocalText(**row.definition["title"]),
            start=row.start,
            end=row.end,
            goals=frozenset(numbers.get(row.key, ())),
            round_open=row.key in followed_up,
        )
        for row in rows
    )


async def plan_keys(session: AsyncSession) -> tuple[str, ...]:
    """The keys of all plans, oldest first."""
    order = (tables.plan.c.start, tables.plan.c.key)
    return tuple((await session.scalars(select(tables.plan.c.key).order_by(*order))).all())


async def load_plans(session: AsyncSession, *, on: date) -> tuple[Plan, ...]:
    """Every plan with the targets valid on a day, oldest first."""
    found = [await load_plan(session, key, on=on) for key in await plan_keys(session)]
    return tuple(plan for plan in found if plan)


async def bundles(session: AsyncSession) -> dict[str, str | None]:
    """For each plan the digest of the bundled files it was last loaded from, None where it was not."""
    found = await session.execute(select(tables.plan.c.key, tables.plan.c.bundle))
    return {row.key: row.bundle for row in found}


async def note_bundle(session: AsyncSession, key: str, digest: str) -> None:
    """Remember which bundled files a plan was loaded from."""
    await session.execute(update(tables.plan).where(tables.plan.c.key == key).values(bundle=digest))


async def _save_plan_row(session: AsyncSession, plan: Plan) -> Changes:
    row = _PLAN.row(plan)
    if await insert_new(session, tables.plan, [row]):
        return Changes(added=1)
    # The lock makes a second process that saves the same plan wait for the first.
    same = tables.plan.c.key == plan.key
    await session.execute(select(tables.plan.c.key).where(same).with_for_update(key_share=True))
    return await write(session, tables.plan, [row])


async def _save_parts(session: AsyncSession, plan: Plan) -> Changes:
    indicators = [indicator for goal in plan.goals for indicator in goal.indicators]
    parts: tuple[tuple[Table, list[Row]], ...] = (
        (tables.theme, [_THEME.row(theme) for theme in plan.themes]),
        (tables.source, [_SOURCE.row(source) for source in plan.sources]),
        (tables.goal, [_GOAL.row(goal) for goal in plan.goals]),
        (tables.indicator, [_INDICATOR.row(indicator) for indicator in indicators]),
    )
    changes = Changes()
    for table, rows in parts:
        placed = [row | {"plan": plan.key, "position": i} for i, row in enumerate(rows)]
        changes += await write(session, table, placed, within=table.c.plan == plan.key)
    return changes


async def _parts(session: AsyncSession, table: Table, plan_key: str) -> Sequence[Any]:
    query = select(table).where(table.c.plan == plan_key, table.c.position.is_not(None))
    return (await session.execute(query.order_by(table.c.position))).mappings().all()


async def _load_goals(session: AsyncSession, plan_key: str, on: date | None) -> tuple[Goal, ...]:
    rules = await targets.load_targets(session, plan_key, on=on)
    indicators = [_INDICATOR.value(row) for row in await _parts(session, tables.indicator, plan_key)]
    indicators.sort(key=lambda indicator: indicator.goal)  # stable: within a goal the plan's order stays
    of = {number: tuple(own) for number, own in groupby(indicators, lambda indicator: indicator.goal)}
    return tuple(
        _GOAL.value(row, target=rules[row["number"]], indicators=of.get(row["number"], ()))
        for row in await _parts(session, tables.goal, plan_key)
    )
