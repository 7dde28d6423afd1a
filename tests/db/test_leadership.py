"""One process leads; when it ends, however it ends, another can."""

# ruff: noqa: S603  (what is run is this Python with a script of this file)

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from bplan_bot.errors import Refused
from db.engine import Database
from db.leadership import leadership

ROOT = Path(__file__).parents[2]
ON_POSTGRESQL = pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)

LEADS = """
import asyncio, sys
from db.engine import Database
from db.leadership import leadership

async def main():
    async with leadership(Database(sys.argv[1])) as leads:
        print(leads, flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


async def leads_now(database: Database) -> bool:
    async with leadership(database) as leads:
        return leads


async def test_a_process_alone_leads_time_after_time(database: Database) -> None:
    assert [await leads_now(database) for _ in range(3)] == [True, True, True]


async def test_an_error_in_the_work_of_a_leader_ends_its_leadership(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with leadership(database):
            raise ZeroDivisionError

    assert await leads_now(database)


@ON_POSTGRESQL
async def test_of_two_processes_one_leads_and_the_other_does_not_wait(
    database: Database, database_url: str
) -> None:
    other = Database(database_url)
    async with leadership(database) as leads, asyncio.timeout(2):
        assert leads
        assert not await leads_now(other)

    assert await leads_now(other)
    await other.close()


@ON_POSTGRESQL
async def test_a_killed_leader_leaves_the_lead_to_the_next(database: Database, database_url: str) -> None:
    leader = subprocess.Popen([sys.executable, "-c", LEADS, database_url], cwd=ROOT, stdout=subprocess.PIPE)
    assert leader.stdout is not None
    with leader, leader.stdout:
        assert await asyncio.to_thread(leader.stdout.readline) == b"True\n"
        assert not await leads_now(database)
        leader.kill()

    async with asyncio.timeout(5):
        while not await leads_now(database):
            await asyncio.sleep(0.02)


@ON_POSTGRESQL
async def test_a_leader_holds_no_transaction_open_while_it_works(database: Database) -> None:
    idle = text("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'")
    async with leadership(database), database.reading() as session:
        assert await session.scalar(idle) == 0


@ON_POSTGRESQL
async def test_a_leader_whose_connection_breaks_finishes_its_work_without_an_error(
    database: Database,
) -> None:
    breaking = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE application_name = 'bplan-bot leader'"
    )
    async with leadership(database) as leads:
        assert leads
        async with database.transaction() as session:
            assert await session.scalar(breaking) == 1

    assert await leads_now(database)


async def test_a_database_that_does_not_answer_is_told() -> None:
    with pytest.raises(Refused) as refused:
        await leads_now(Database("postgresql+asyncpg://bot@127.0.0.1:1/bplan"))

    assert refused.value.said.id == "database.unreachable"
