"""Migrations make exactly the tables of db/tables, once, whoever runs them and from wherever."""

# ruff: noqa: S603  (what is run is this Python)

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text

from bplan_bot.round import RoundAnswerKind
from db import schema
from db.engine import Database
from db.plans import plan_keys, save_package
from db.rounds import add_answer, answers, open_round
from db.tables import document, metadata
from tests.factories import NOW, make_package, make_round, make_round_answer

ROOT = Path(__file__).parents[2]


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def test_the_migrations_make_the_tables_that_the_code_uses(database: Database) -> None:
    async with database.reading() as session:
        assert await (await session.connection()).run_sync(differences) == []


async def test_an_empty_database_is_not_current_until_it_is_migrated(
    empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    (tmp_path / "new").mkdir()
    database = Database(empty_database_url)

    assert not await database.migrations_current()
    await database.migrate()
    assert await database.migrations_current()
    await database.close()


async def test_migrating_makes_the_folder_and_a_second_time_changes_nothing(empty_database_url: str) -> None:
    database = Database(empty_database_url)

    await database.migrate()
    await database.migrate()

    async with database.reading() as session:
        assert (await session.execute(select(document))).all() == []
        assert await session.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    await database.close()


async def test_a_relative_file_is_made_below_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    database = Database("sqlite+aiosqlite:///var/bplan.db")

    await database.migrate()

    assert database.place.name == str(tmp_path / "var" / "bplan.db")
    assert (tmp_path / "var" / "bplan.db").exists()
    await database.close()


def down(connection: Connection, revision: str) -> None:
    config = schema._config()
    config.attributes["connection"] = connection
    command.downgrade(config, revision)


async def test_downgrading_takes_everything_away_and_upgrading_brings_it_back(database: Database) -> None:
    async with database.transaction() as session:
        await (await session.connection()).run_sync(down, "base")
    async with database.reading() as session:
        assert await (await session.connection()).run_sync(tables) == {"alembic_version"}

    await database.migrate()
    async with database.reading() as session:
        assert await (await session.connection()).run_sync(differences) == []


async def test_a_database_of_the_first_version_keeps_its_plan_when_it_is_brought_up(
    database: Database,
) -> None:
    async with database.transaction() as session:
        await save_package(session, make_package(), now=NOW)
    async with database.transaction() as session:
        await (await session.connection()).run_sync(down, "0001")
    assert not await database.migrations_current()

    await database.migrate()

    async with database.reading() as session:
        assert await (await session.connection()).run_sync(differences) == []
        assert await plan_keys(session) == ("norddjurs-2024",)


ANSWER = text(
    "INSERT INTO round_answer (plan, half, goal, kind, person, handed_to, note, at) "
    "VALUES ('norddjurs-2024', 2, :goal, :kind, :person, :handed_to, '', '2025-04-10 12:00:00+00:00')"
)
BEFORE_NUMBERS = [
    {"goal": "1.1", "kind": "handed_on", "person": "anna", "handed_to": "bo"},
    {"goal": "1.2", "kind": "handed_on", "person": "anna", "handed_to": "bo"},
    {"goal": "1.1", "kind": "no_news", "person": "bo", "handed_to": ""},
    {"goal": "1.1", "kind": "no_news", "person": "carl", "handed_to": ""},
    {"goal": "1.1", "kind": "handed_on", "person": "bo", "handed_to": "anna"},
]


async def with_answers_of_before(database: Database) -> None:
    """The database as it was before answers had numbers, with some in it."""
    async with database.transaction() as session:
        await save_package(session, make_package(), now=NOW)
        await open_round(session, make_round(2))
    async with database.transaction() as session:
        await (await session.connection()).run_sync(down, "0006")
    async with database.transaction() as session:
        for row in BEFORE_NUMBERS:
            await session.execute(ANSWER, row)


async def test_handings_on_of_before_get_the_numbers_they_would_have_had(database: Database) -> None:
    await with_answers_of_before(database)

    await database.migrate()

    async with database.reading() as session:
        found = await answers(session, make_round(2))
        assert await (await session.connection()).run_sync(differences) == []
    assert [(one.goal, one.person, one.number) for one in found] == [
        ("1.1", "anna", 1),
        ("1.2", "anna", 1),
        ("1.1", "bo", 1),
        ("1.1", "carl", 1),
        ("1.1", "bo", 2),
    ]


async def test_going_back_keeps_the_first_of_each_colleagues_handings_on(database: Database) -> None:
    await with_answers_of_before(database)
    await database.migrate()
    again = make_round_answer("1.1", kind=RoundAnswerKind.HANDED_ON, handed_to="bo", number=3)
    async with database.transaction() as session:
        assert await add_answer(session, again)

    async with database.transaction() as session:
        await (await session.connection()).run_sync(down, "0006")

    async with database.reading() as session:
        kept = await session.execute(
            text("SELECT goal, kind, person, handed_to FROM round_answer ORDER BY id")
        )
        assert [dict(row) for row in kept.mappings()] == BEFORE_NUMBERS


MIGRATES = """
import asyncio, sys
from db.engine import Database

async def main():
    database = Database(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    await database.migrate()
    assert await database.migrations_current()
    await database.close()

asyncio.run(main())
"""


async def test_processes_that_migrate_at_the_same_moment_all_succeed(empty_database_url: str) -> None:
    command_line = [sys.executable, "-c", MIGRATES, empty_database_url]
    pipe = asyncio.subprocess.PIPE
    processes = [
        await asyncio.create_subprocess_exec(*command_line, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe)
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"

    answers = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))

    assert [process.returncode for process in processes] == [0, 0, 0], answers


async def test_other_work_goes_on_while_a_database_migrates(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    turns = 0

    async def work() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    working = asyncio.create_task(work())
    await database.migrate()
    working.cancel()

    assert turns > 10
    await database.close()


def test_a_developer_can_check_and_write_migrations_from_the_command_line(tmp_path: Path) -> None:
    alembic = [sys.executable, "-m", "alembic", "-c", "db/migrations/alembic.ini"]
    url = ["-x", f"url=sqlite+aiosqlite:///{tmp_path / 'dev.db'}"]

    for arguments in (["upgrade", "head"], ["check"]):
        run = subprocess.run([*alembic, *url, *arguments], cwd=ROOT, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
    assert "No new upgrade operations detected" in run.stdout
