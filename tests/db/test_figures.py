"""Figures that are brought in one go are stored with their document and who brought them, or not at all."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from bplan_bot.batch import Batch, Taken
from bplan_bot.errors import Refused
from bplan_bot.observation import HOME, Observation, Origin, OriginKind
from bplan_bot.period import Period
from db import tables
from db.audit import AuditEntry, entries
from db.engine import Database
from db.figures import take
from db.observations import load_series
from db.plans import save_package
from tests.factories import NOW, make_document, make_observation, make_package

PLAN = "norddjurs-2024"
UPDATE = make_document("jobindsats/y25i01")
ORIGIN = Origin(kind=OriginKind.TABLE, name="y25i01", place="period.M=2025M01", by="job:poll")


def figure(month: int, value: str) -> Observation:
    return make_observation(value=value, period=Period.month(2025, month), document=UPDATE, origin=ORIGIN)


def batch(*figures: Observation, **changes: Any) -> Batch:
    given = Batch(source="jobindsats", document=UPDATE, observations=figures, by="job:poll")
    return replace(given, **changes)


@pytest.fixture
async def with_plan(database: Database) -> Database:
    """A database with a plan and no figures."""
    async with database.transaction() as session:
        await save_package(session, make_package(observations=(), statements=()), now=NOW)
    return database


async def taken(database: Database, given: Batch, *, after: int = 0) -> Taken:
    async with database.transaction() as session:
        return await take(session, PLAN, given, now=NOW + timedelta(days=after))


async def audit(database: Database) -> tuple[AuditEntry, ...]:
    async with database.reading() as session:
        return await entries(session, limit=10)


async def test_a_batch_says_how_many_figures_were_new_corrected_and_known(with_plan):
    await taken(with_plan, batch(figure(1, "80.0"), figure(2, "81.0")))

    found = await taken(with_plan, batch(figure(1, "80.0"), figure(2, "81.5"), figure(3, "82.0")), after=1)

    assert found == Taken(new=1, corrected=1, same=1)


async def test_each_figure_keeps_where_it_came_from(with_plan):
    await taken(with_plan, batch(figure(1, "80.0")))

    async with with_plan.reading() as session:
        stored = (await load_series(session, PLAN)).at("1.1.share", HOME, Period.month(2025, 1))
    assert stored is not None
    assert (stored.value, stored.origin, stored.document) == (Decimal("80.0"), ORIGIN, UPDATE)


async def test_one_row_of_the_audit_tells_who_brought_a_batch(with_plan):
    await taken(with_plan, batch(figure(1, "80.0"), figure(2, "81.0"), detail={"table": "y25i01"}))

    (entry,) = await audit(with_plan)
    assert (entry.actor, entry.action, entry.subject) == ("job:poll", "figures_taken", f"{PLAN}/jobindsats")
    assert entry.detail == {"document": UPDATE.key, "new": 2, "corrected": 0, "same": 0, "table": "y25i01"}


async def test_what_somebody_reported_on_a_goal_is_audited_under_the_goal(with_plan):
    await taken(with_plan, batch(figure(1, "80.0"), goal="1.1", by="anna"))

    (entry,) = await audit(with_plan)
    assert (entry.actor, entry.action, entry.subject) == ("anna", "figure_reported", f"{PLAN}/1.1")


async def test_a_batch_that_is_known_already_leaves_no_trace_in_the_audit(with_plan):
    await taken(with_plan, batch(figure(1, "80.0")))

    found = await taken(with_plan, batch(figure(1, "80.0")), after=1)

    assert found == Taken(same=1)
    assert len(await audit(with_plan)) == 1


async def test_a_batch_with_a_stranger_among_its_figures_stores_nothing(with_plan):
    stranger = replace(figure(2, "81.0"), indicator="9.9.share")

    with pytest.raises(Refused, match=r"database\.unknown_indicator"):
        await taken(with_plan, batch(figure(1, "80.0"), stranger))

    async with with_plan.reading() as session:
        counts = [
            await session.scalar(select(func.count()).select_from(table).where(column == key))
            for table, column, key in (
                (tables.observation, tables.observation.c.document, UPDATE.key),
                (tables.document, tables.document.c.key, UPDATE.key),
            )
        ]
    assert counts == [0, 0]
    assert await audit(with_plan) == ()


def test_a_batch_holds_figures_of_its_own_document_only():
    other = replace(figure(1, "80.0"), document=make_document("another"))

    with pytest.raises(ValueError, match="another"):
        batch(other)
