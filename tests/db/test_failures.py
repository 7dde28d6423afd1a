"""What is wrong with a database is said in one refusal, at the start and later, and never with a password."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from bplan_bot.errors import Refused
from db.engine import Database
from db.tables import document, plan, theme
from tests.db.postgres_server import administer, postgres_url
from tests.db.test_engine import document_row, fail_after

Step = Callable[[Database], Awaitable[object]]


async def write(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(insert(document), [document_row("a")])


async def read(database: Database) -> None:
    async with database.reading() as session:
        (await session.execute(select(document))).all()


async def refused(url: str, step: Step, *, busy_seconds: float = 5) -> Refused:
    """What a step on that database is refused with; the connections are given back."""
    database = Database(url, busy_seconds=busy_seconds)
    try:
        with pytest.raises(Refused) as raised:
            await step(database)
    finally:
        await database.close()
    return raised.value


def sqlite_url(path: Path | str) -> str:
    return f"sqlite+aiosqlite:///{path}"


STEPS = pytest.mark.parametrize("step", [Database.migrate, Database.ping, read, write])


@pytest.mark.parametrize("step", [Database.migrate, Database.migrations_current, read, write])
async def test_a_file_that_is_no_database_is_corrupt(tmp_path: Path, step: Step) -> None:
    path = tmp_path / "bplan.db"
    path.write_bytes(b"Her er tallene. " * 300)

    error = await refused(sqlite_url(path), step)

    assert (error.said.id, dict(error.said.args)) == ("database.corrupt", {"where": str(path)})
    assert path.read_bytes().startswith(b"Her"), "what is there is left alone"


async def test_a_file_that_is_damaged_while_the_bot_runs_is_corrupt(sqlite_path: Path) -> None:
    database = Database(sqlite_url(sqlite_path))
    await database.ping()
    with sqlite_path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (sqlite_path.stat().st_size - 4096))

    with pytest.raises(Refused) as raised:
        await write(database)

    assert raised.value.said.id == "database.corrupt"
    await database.close()


@STEPS
async def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path, step: Step) -> None:
    error = await refused(sqlite_url(tmp_path), step)

    assert (error.said.id, dict(error.said.args)) == ("database.is_folder", {"where": str(tmp_path)})


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")

    error = await refused(sqlite_url(tmp_path / "var" / "db" / "bplan.db"), Database.migrate)

    assert (error.said.id, dict(error.said.args)) == (
        "database.no_folder",
        {"where": str(tmp_path / "var" / "db")},
    )


async def test_a_folder_that_takes_no_file_is_told(tmp_path: Path) -> None:
    """A missing folder stands in for one without permission, which does not bind root."""
    error = await refused(sqlite_url(tmp_path / "missing" / "bplan.db"), Database.ping)

    assert error.said.id == "database.cannot_open"


async def test_a_file_that_may_only_be_read_can_be_read_and_refuses_writing(sqlite_path: Path) -> None:
    """`mode=ro` stands in for a missing permission, which does not bind root."""
    url = f"sqlite+aiosqlite:///file:{sqlite_path}?mode=ro&uri=true"
    database = Database(url)
    await read(database)
    await database.close()

    error = await refused(url, write)

    assert (error.said.id, dict(error.said.args)) == ("database.read_only", {"where": str(sqlite_path)})


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind root; see mode=ro")
async def test_a_file_without_permission_to_write_refuses_writing(sqlite_path: Path) -> None:
    sqlite_path.chmod(0o444)

    error = await refused(sqlite_url(sqlite_path), write)

    assert error.said.id == "database.read_only"


async def test_a_file_that_another_program_keeps_locked_is_told(sqlite_path: Path) -> None:
    other = sqlite3.connect(sqlite_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    error = await refused(sqlite_url(sqlite_path), write, busy_seconds=0)

    assert (error.said.id, dict(error.said.args)) == ("database.locked", {"where": str(sqlite_path)})
    other.close()


async def test_a_writer_of_the_same_process_that_never_ends_locks_the_others_out(sqlite_path: Path) -> None:
    database = Database(sqlite_url(sqlite_path), busy_seconds=0.05)

    async with database.transaction():
        with pytest.raises(Refused) as raised:
            await write(database)

    assert raised.value.said.id == "database.locked"
    await database.close()


async def test_a_full_disk_is_told_and_nothing_half_written_stays(sqlite_database: Database) -> None:
    async def fill() -> None:
        async with sqlite_database.transaction() as session:
            await session.execute(text("PRAGMA max_page_count = 1"))  # SQLite's own way to be full
            rows = [document_row(f"d{number}" + "x" * 1000) for number in range(200)]
            await session.execute(insert(document), rows)

    with pytest.raises(Refused) as raised:
        await fill()

    assert raised.value.said.id == "database.full"
    async with sqlite_database.reading() as session:
        assert (await session.execute(select(document))).all() == []


async def test_tables_that_were_never_made_are_told(empty_database_url: str, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()

    error = await refused(empty_database_url, read)

    assert error.said.id == "database.not_prepared"


@pytest.mark.parametrize("step", [Database.migrate, Database.migrations_current])
async def test_a_database_of_a_newer_version_is_left_alone(database_url: str, step: Step) -> None:
    database = Database(database_url)
    async with database.transaction() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()

    error = await refused(database_url, step)

    assert (error.said.id, error.said.args["revision"]) == ("database.newer", "9999")


async def test_a_database_of_another_program_is_left_alone(empty_database_url: str, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    database = Database(empty_database_url)
    async with database.transaction() as session:
        await session.execute(text("CREATE TABLE plan (seats INTEGER)"))
    await database.close()

    error = await refused(empty_database_url, Database.migrate)

    assert (error.said.id, error.said.args["table"]) == ("database.foreign", "plan")


async def test_a_file_of_another_program_gets_no_tables_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "customers.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE customers (name TEXT)")

    error = await refused(f"sqlite+aiosqlite:///{path}", Database.migrate)

    assert (error.said.id, error.said.args["table"]) == ("database.foreign", "customers")


async def test_a_mistake_of_ours_stays_what_it_is(database: Database) -> None:
    stray = {"plan": "nowhere", "number": 1, "position": 0, "definition": {}}

    with pytest.raises(IntegrityError):
        async with database.transaction() as session:
            await session.execute(insert(theme), [stray])
    with pytest.raises(ZeroDivisionError):
        await fail_after(database, select(plan))


async def test_an_error_of_the_caller_is_not_taken_for_one_of_the_database(database: Database) -> None:
    async def fail() -> None:
        async with database.transaction():
            raise ConnectionRefusedError("of another server")

    with pytest.raises(ConnectionRefusedError):
        await fail()


@STEPS
async def test_a_server_that_does_not_answer_is_told(step: Step, tmp_path: Path) -> None:
    error = await refused(f"postgresql+asyncpg://bot:hemmelig@/bplan?host={tmp_path}", step)

    assert (error.said.id, dict(error.said.args)) == (
        "database.unreachable",
        {"where": f"{tmp_path}:5432/bplan"},
    )


async def test_a_closed_port_is_told(unused_tcp_port: int) -> None:
    url = f"postgresql+asyncpg://bot:hemmelig@127.0.0.1:{unused_tcp_port}/bplan"

    error = await refused(url, Database.migrate)

    assert error.said.id == "database.unreachable"
    assert error.said.args["where"] == f"127.0.0.1:{unused_tcp_port}/bplan"


async def test_a_wrong_password_is_told_without_it(postgres: Path) -> None:
    await administer(
        postgres, "DROP ROLE IF EXISTS locked_out", "CREATE ROLE locked_out LOGIN PASSWORD 'ret'"
    )
    url = postgres_url(postgres, "postgres", user="locked_out", password="hemmelig")

    error = await refused(url, Database.ping)

    assert error.said.id == "database.wrong_password"
    assert dict(error.said.args) == {"where": f"{postgres}:5432/postgres", "user": "locked_out"}
    assert "hemmelig" not in str(error) + repr(error) + str(error.__cause__)


async def test_a_database_that_is_not_there_is_told(postgres: Path) -> None:
    error = await refused(postgres_url(postgres, "nowhere"), Database.migrate)

    assert error.said.id == "database.unknown_database"


async def test_an_option_the_driver_does_not_know_is_told(postgres: Path) -> None:
    error = await refused(f"{postgres_url(postgres, 'postgres')}&sslmode=prefer", Database.ping)

    assert error.said.id == "database.bad_url"


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_a_server_that_goes_away_in_a_transaction_is_told_and_the_next_one_works(
    database: Database,
) -> None:
    async def lose() -> None:
        async with database.transaction() as session:
            pid = await session.scalar(text("SELECT pg_backend_pid()"))
            async with database.transaction() as other:
                await other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
            await session.execute(insert(document), [document_row("a")])

    with pytest.raises(Refused) as raised:
        await lose()

    assert raised.value.said.id == "database.unreachable"
    await write(database)


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_a_role_without_rights_is_told(database: Database, postgres: Path) -> None:
    await administer(postgres, "DROP ROLE IF EXISTS guest", "CREATE ROLE guest LOGIN")
    name = database.place.url.database or ""

    error = await refused(postgres_url(postgres, name, user="guest"), write)

    assert error.said.id == "database.not_allowed"


async def test_a_full_pool_is_told(database_url: str) -> None:
    small = Database(database_url, busy_seconds=0.5)
    open_enough = asyncio.Event()
    held = asyncio.Semaphore(0)

    async def hold() -> None:
        async with small.reading():
            held.release()
            await open_enough.wait()

    holding = []
    for _ in range(15):
        holding.append(asyncio.create_task(hold()))
        await held.acquire()
    with pytest.raises(Refused) as raised:
        await small.ping()
    open_enough.set()
    await asyncio.gather(*holding)

    assert raised.value.said.id == "database.overloaded"
    await small.close()


async def test_a_copied_file_is_a_whole_database(sqlite_database: Database, tmp_path: Path) -> None:
    await write(sqlite_database)
    await sqlite_database.close()
    assert sqlite_database.place.path is not None
    copied = Database(sqlite_url(shutil.copy(sqlite_database.place.path, tmp_path / "copy.db")))

    async with copied.reading() as session:
        assert len((await session.execute(select(document))).all()) == 1
    await copied.close()
