"""A poll that is killed leaves all or nothing of each source's figures, and the next one completes it."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bplan_bot.feed import FeedSource
from bplan_bot.settings import Settings
from db import tables
from db.engine import Database
from db.plans import save_package
from jobs.poll import Poll
from jobs.running import PollPoint
from jobs.sources.on import sources_on
from tests.fake_jobindsats import FakeJobindsats, benchmark_table, hours_table
from tests.fake_statbank import FakeStatbank
from tests.norddjurs import package

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows kills nobody without a word")

ROOT = Path(__file__).parents[2]
NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
WHOLE = {
    "jobindsats": {"y30r21", "otij01"},
    "statbank": {"HFUDD11"},
}
"""The tables of each source; they come together or not at all."""


@pytest.fixture
async def settings(database_url: str, database: Database) -> AsyncIterator[dict[str, str]]:
    async with database.transaction() as session:
        await save_package(session, package(), now=NOON)
    async with (
        FakeJobindsats(benchmark_table(package()), hours_table()) as jobindsats,
        FakeStatbank() as bank,
    ):
        yield {"DATABASE_URL": database_url, **jobindsats.settings, **bank.settings}


async def killed(settings: dict[str, str], point: str, nth: int) -> int:
    """How a process ended that was to kill itself while it polled."""
    orders = {"settings": settings, "at": NOON.isoformat(), "point": point, "nth": nth}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.killed.polling", json.dumps(orders)), cwd=ROOT
    )
    return await asyncio.wait_for(process.wait(), 60)


async def poll_again(database: Database, settings: dict[str, str]) -> None:
    """What the next look does, in this process."""
    given = Settings.model_validate(settings)
    on = sources_on(given)
    await Poll(database, on.all, given).poll(NOON + timedelta(hours=1))
    await on.close()


async def stored(database: Database) -> dict[str, set[str]]:
    """By source the tables that have figures, and a state, and a row of the audit."""
    async with database.reading() as session:
        documents = {
            key.split("/")[1]
            for key in await session.scalars(select(tables.observation.c.document))
            if "/" in key
        }
        states = set(await session.scalars(select(tables.source_state.c.table)))
        audited = {one["table"] for one in await session.scalars(select(tables.audit_entry.c.detail))}
    assert documents == states == audited
    return {source: whole & documents for source, whole in WHOLE.items()}


def all_or_nothing(found: dict[str, set[str]]) -> bool:
    return all(tables in (set(), WHOLE[source]) for source, tables in found.items())


@pytest.mark.parametrize(
    ("point", "nth", "left"),
    [
        (PollPoint.AFTER_FETCH, 1, []),
        (PollPoint.AFTER_TABLE, 1, []),
        (PollPoint.AFTER_TABLE, 2, []),
        (PollPoint.AFTER_SOURCE, 1, [FeedSource.JOBINDSATS]),
        (PollPoint.AFTER_TABLE, 3, [FeedSource.JOBINDSATS]),
        (PollPoint.AFTER_SOURCE, 2, [FeedSource.JOBINDSATS, FeedSource.STATBANK]),
    ],
)
async def test_a_killed_poll_leaves_each_source_whole_or_untouched_and_the_next_completes_it(
    database, settings, point, nth, left
):
    assert await killed(settings, point, nth) == -signal.SIGKILL
    after_the_kill = await stored(database)

    assert all_or_nothing(after_the_kill)
    assert [source for source, found in after_the_kill.items() if found] == left
    await poll_again(database, settings)
    assert await stored(database) == WHOLE
