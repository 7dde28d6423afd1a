"""Transactions are real, and the settings a database needs are really on."""

# ruff: noqa: S603  (what is run is this Python with a script of this file)

import asyncio
import contextlib
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Executable, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from bplan_bot.errors import Refused
from db.engine import Database
from db.plans import plan_keys, save_package
from db.tables import document, observation
from tests.factories import NOW, make_document, make_package, make_plan

ROOT = Path(__file__).parents[2]


def document_row(key: str) -> dict[str, object]:
    made = make_document(key)
    return {"key": key, "title": made.title, "case": "", "date": made.date, "rank": 0}


async def fail_after(database: Database, statement: Executable) -> None:
    async with database.transaction() as session:
        await session.execute(statement)
        raise ZeroDivisionError


async def count(database: Database) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(document)) or 0


async def test_a_transaction_is_committed_at_its_end(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(insert(document), [document_row("a")])

    assert await count(database) == 1


async def test_an_error_rolls_the_whole_transaction_back(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await fail_after(database, insert(document).values(document_row("a")))

    assert await count(database) == 0


async def test_an_error_does_not_tell_what_was_to_be_stored(database: Database) -> None:
    row = document_row("a") | {"case": "hvad nogen har skrevet"}
    with pytest.raises(IntegrityError) as refused:
        async with database.transaction() as session:
            await session.execute(insert(document), [row, row])

    assert "hvad nogen har skrevet" not in str(refused.value)


async def test_a_cancelled_transaction_is_rolled_back_and_frees_the_next_writer(database: Database) -> None:
    written = asyncio.Event()

    async def write_and_hang() -> None:
        async with database.transaction() as session:
            await session.execute(insert(document), [document_row("a")])
            written.set()
            await asyncio.Event().wait()

    hanging = asyncio.create_task(write_and_hang())
    await written.wait()
    hanging.cancel()
    await asyncio.wait([hanging])
    async with database.transaction() as session:
        await session.execute(insert(document), [document_row("b")])

    assert await count(database) == 1


async def test_tables_are_created_and_rolled_back_within_a_transaction(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await fail_after(database, text("CREATE TABLE extra (x INTEGER)"))

    async with database.transaction() as session:
        await session.execute(text("CREATE TABLE extra (x INTEGER)"))


async def test_two_queries_of_one_reading_see_the_same_moment(database: Database) -> None:
    counting = select(func.count()).select_from(document)
    async with database.reading() as reading:
        before = await reading.scalar(counting)
        async with database.transaction() as session:
            await session.execute(insert(document), [document_row("a")])
        after = await reading.scalar(counting)

    assert (before, after) == (0, 0)
    assert await count(database) == 1


async def test_a_glance_gives_the_rows_of_one_query_with_its_values(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(
            insert(document), [document_row("a"), document_row("b"), document_row("' OR 1")]
        )

    query = "SELECT key, rank FROM document WHERE key = :key"
    found = [await database.glance(query, key=key) for key in ("a", "' OR 1", "c")]

    assert [[tuple(row) for row in rows] for rows in found] == [[("a", 0)], [("' OR 1", 0)], []]


async def test_each_glance_sees_what_was_committed_before_it_and_nothing_else(database: Database) -> None:
    counting = "SELECT count(*) FROM document"
    seen = [(await database.glance(counting))[0][0]]
    async with database.transaction() as session:
        await session.execute(insert(document), [document_row("a")])
        seen.append((await database.glance(counting))[0][0])
    seen.append((await database.glance(counting))[0][0])

    assert seen == [0, 0, 1]


async def test_many_glances_at_once_all_get_their_own_rows(database: Database) -> None:
    query = "SELECT CAST(:number AS TEXT)"

    found = await asyncio.gather(*(database.glance(query, number=str(n)) for n in range(40)))

    assert [rows[0][0] for rows in found] == [str(n) for n in range(40)]


async def test_a_database_that_was_closed_can_be_glanced_at_again(database: Database) -> None:
    await database.glance("SELECT 1")
    await database.close()

    assert (await database.glance("SELECT 1"))[0][0] == 1


async def test_a_glance_at_tables_that_are_not_there_says_that_they_must_be_made(
    empty_database_url: str, tmp_path: Path
) -> None:
    (tmp_path / "new").mkdir()
    database = Database(empty_database_url)

    with pytest.raises(Refused) as refused:
        await database.glance("SELECT key FROM plan")

    assert refused.value.said.id == "database.not_prepared"
    await database.close()


async def test_what_is_written_in_a_reading_is_not_kept(database: Database) -> None:
    with contextlib.suppress(Refused):  # PostgreSQL says at once that this is only for reading
        async with database.reading() as session:
            await session.execute(insert(document), [document_row("a")])

    assert await count(database) == 0


async def test_many_writers_at_once_all_get_their_turn(database: Database) -> None:
    async def read_then_write(number: int) -> None:
        async with database.transaction() as session:
            await session.scalar(select(func.count()).select_from(document))
            await asyncio.sleep(0)
            await session.execute(insert(document), [document_row(f"d{number}")])

    await asyncio.gather(*(read_then_write(number) for number in range(40)))

    assert await count(database) == 40


async def test_two_processes_that_save_one_plan_at_once_store_it_once(database_url: str) -> None:
    databases = [Database(database_url), Database(database_url)]

    async def save(database: Database) -> int:
        async with database.transaction() as session:
            loaded = await save_package(session, make_package(), now=NOW)
            return loaded.added + loaded.observations + loaded.statements

    added = await asyncio.gather(*(save(database) for database in databases))

    async with databases[0].reading() as session:
        assert await plan_keys(session) == (make_plan().key,)
        assert await session.scalar(select(func.count()).select_from(observation)) == 1
    assert sorted(added)[0] == 0
    assert sorted(added)[1] > 0
    for database in databases:
        await database.close()


KILLED = """
import asyncio, sys
from sqlalchemy import insert
from db.engine import Database
from db.tables import document
from tests.db.test_engine import document_row

async def main():
    async with Database(sys.argv[1]).transaction() as session:
        await session.execute(insert(document), [document_row("a")])
        print("written", flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_what_a_killed_process_had_not_committed_is_gone_and_locks_nothing(database_url: str) -> None:
    writer = subprocess.Popen([sys.executable, "-c", KILLED, database_url], cwd=ROOT, stdout=subprocess.PIPE)
    assert writer.stdout is not None
    with writer, writer.stdout:
        assert await asyncio.to_thread(writer.stdout.readline) == b"written\n"
        writer.kill()

    database = Database(database_url)
    async with database.transaction() as session:
        await session.execute(insert(document), [document_row("b")])
    assert await count(database) == 1
    await database.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("recursive_triggers", 1), ("busy_timeout", 5000)],
)
async def test_sqlite_has_its_settings_on_every_connection(
    sqlite_database: Database, pragma: str, value: object
) -> None:
    async with sqlite_database.reading() as one, sqlite_database.reading() as another:
        for session in (one, another):
            assert await session.scalar(text(f"PRAGMA {pragma}")) == value


async def test_ping_and_readiness_answer_on_a_migrated_database(database: Database) -> None:
    await database.ping()
    assert await database.migrations_current()


@pytest.mark.parametrize(
    ("url", "message", "args"),
    [
        ("", "database.bad_url", {}),
        ("var/bplan.db", "database.bad_url", {}),
        ("postgresql+asyncpg://bot:hemmelig@host:port/bplan", "database.bad_url", {}),
        ("sqlite:///var/bplan.db", "database.unknown_dialect", {"dialect": "sqlite"}),
        ("mysql://bot:hemmelig@host/bplan", "database.unknown_dialect", {"dialect": "mysql"}),
        ("sqlite+aiosqlite://", "database.no_name", {"dialect": "sqlite+aiosqlite"}),
        ("sqlite+aiosqlite:///:memory:", "database.no_name", {"dialect": "sqlite+aiosqlite"}),
        ("postgresql+asyncpg://bot:hemmelig@host", "database.no_name", {"dialect": "postgresql+asyncpg"}),
    ],
)
def test_an_address_that_names_no_database_of_ours_is_refused(
    url: str, message: str, args: dict[str, object]
) -> None:
    with pytest.raises(Refused) as refused:
        Database(url)

    assert refused.value.said.id == message
    assert dict(refused.value.said.args) == args
    assert "hemmelig" not in repr(refused.value) + str(refused.value)
