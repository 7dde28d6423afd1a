"""Answers from memory are never older than the database: what was written is seen by the next question."""

# ruff: noqa: S603, S608  (what is run is this Python with a script of this file; no value is from outside)

import re
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from bplan_bot.access import Grant, Person, Role
from bplan_bot.observation import HOME
from bplan_bot.period import Period
from db.conversations import remember
from db.engine import Database, Session
from db.kept import Subject
from db.observations import add_observations, load_series
from db.people import grant, recall_person, take
from db.pictures import load_picture
from db.plans import save_package
from db.recall import marks, recall
from db.tables import metadata
from tests.factories import NOW, make_conversation, make_goal, make_observation, make_package, make_plan

ROOT = Path(__file__).parents[2]
TODAY = date(2025, 6, 1)
PLAN = "norddjurs-2024"

NOTED = {
    "plan": ("INSERT INTO plan VALUES ('x', '2020-01-01', '2020-12-31', '{}', NULL)", "key = 'x'"),
    "theme": (f"INSERT INTO theme VALUES ('{PLAN}', 99, NULL, '{{}}')", "number = 99"),
    "source": (f"INSERT INTO source VALUES ('{PLAN}', 'x', NULL, '{{}}')", "key = 'x'"),
    "goal": (f"INSERT INTO goal VALUES ('{PLAN}', '9.9', NULL, 1, NULL, '2024', '{{}}')", "number = '9.9'"),
    "target": (
        f"INSERT INTO target VALUES ('{PLAN}', '1.1', '2030-01-01', NULL, '', '{{}}')",
        "valid_from = '2030-01-01'",
    ),
    "indicator": (f"INSERT INTO indicator VALUES ('{PLAN}', 'x', NULL, '1.1', '{{}}')", "key = 'x'"),
    "document": ("INSERT INTO document VALUES ('x', '{}', '', '2025-01-01', 0)", "key = 'x'"),
    "round": (
        f"INSERT INTO round VALUES ('{PLAN}', 1, '2024-09-25', '2024-09-19', '2024-09-05',"
        " '2024-08-05 08:30:00', 'x', NULL, '')",
        "half = 1",
    ),
    "person": ("INSERT INTO person (id) VALUES ('x')", "id = 'x'"),
    "role_grant": ("INSERT INTO role_grant (person, role) VALUES ('anna', 'head')", "person = 'anna'"),
}
"""For each table that may be changed in place: how a row comes into it, and which row that is."""

APPENDED = {
    "observation": "INSERT INTO observation"
    " (plan, indicator, area, period, known_at, document, revision, value, status, recorded_at)"
    f" VALUES ('{PLAN}', '1.1.share', '707', '2024', '2025-03-10', 'follow-up-2024-2', 7,"
    " '1', 'final', '2025-03-24 12:00:00')",
    "stated_assessment": "INSERT INTO stated_assessment"
    " (plan, goal, axis, day, document, revision, status, wording, recorded_at)"
    f" VALUES ('{PLAN}', '1.1', 'judged', '2025-03-10', 'follow-up-2024-2', 7,"
    ' \'met\', \'{"da": "", "en": ""}\', \'2025-03-24 12:00:00\')',
}
"""For each table of reports, which only grow, how a row comes into it."""

SUBJECTS = {"person": Subject.PEOPLE, "role_grant": Subject.PEOPLE}


@pytest.fixture
async def bot(database: Database) -> Database:
    """The database of a process that answers, with a plan and a person."""
    async with database.transaction() as session:
        await save_package(session, make_package(), now=NOW)
        await session.execute(text("INSERT INTO person (id) VALUES ('anna')"))
    return database


@pytest.fixture
async def elsewhere(database_url: str) -> AsyncIterator[Database]:
    """The same database as another process has it."""
    database = Database(database_url)
    yield database
    await database.close()


async def execute(database: Database, statement: str) -> None:
    async with database.transaction() as session:
        await execute_in(session, statement)


async def execute_in(session: Session, statement: str) -> None:
    await session.execute(text(statement.replace(":", r"\:")))


async def execute_and_fail(database: Database, statement: str) -> None:
    async with database.transaction() as session:
        await execute_in(session, statement)
        raise ZeroDivisionError


async def report(database: Database, value: str, *, day: date = date(2025, 3, 10), after: int = 1) -> None:
    async with database.transaction() as session:
        given = make_observation(value=value, known_at=day)
        await add_observations(session, PLAN, [given], now=NOW + timedelta(days=after))


async def figure(database: Database, today: date = TODAY) -> Decimal | None:
    picture = await load_picture(database, today=today)
    found = picture.series.at("1.1.share", HOME, Period.year(2024))
    return found.value if found else None


@pytest.mark.parametrize("table", NOTED)
@pytest.mark.parametrize(
    "change",
    ["", "UPDATE {table} SET {column} = {column} WHERE {row}", "DELETE FROM {table} WHERE {row}"],
    ids=["insert", "update", "delete"],
)
async def test_every_change_of_a_row_leaves_another_mark(bot: Database, table: str, change: str) -> None:
    insert, row = NOTED[table]
    if change:
        await execute(bot, insert)
    before = await marks(bot)

    await execute(bot, change.format(table=table, column=row.split()[0], row=row) if change else insert)

    subject = SUBJECTS.get(table, Subject.PLANS)
    after = await marks(bot)
    assert {name for name in after if after[name] != before[name]} == {subject}


@pytest.mark.parametrize("table", APPENDED)
async def test_every_report_leaves_another_mark(bot: Database, table: str) -> None:
    before = await marks(bot)

    await execute(bot, APPENDED[table])

    assert (await marks(bot))[Subject.PLANS] != before[Subject.PLANS]


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", ["role_grant", "target"])
async def test_emptying_a_table_at_once_leaves_another_mark(bot: Database, table: str) -> None:
    before = await marks(bot)

    await execute(bot, f"TRUNCATE {table}")

    assert await marks(bot) != before


async def test_what_no_answer_is_read_from_leaves_the_marks_alone(bot: Database) -> None:
    before = await marks(bot)

    async with bot.transaction() as session:
        await remember(session, make_conversation(), now=NOW)

    assert await marks(bot) == before


async def test_a_write_that_is_rolled_back_leaves_the_marks_alone(bot: Database) -> None:
    before = await marks(bot)

    with pytest.raises(ZeroDivisionError):
        await execute_and_fail(bot, NOTED["document"][0])

    assert await marks(bot) == before


async def test_a_plan_is_read_from_no_table_whose_changes_go_unnoticed(bot: Database) -> None:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    await load_picture(bot, today=TODAY)
    event.remove(Engine, "before_cursor_execute", note)

    read = {name for query in asked for name in re.findall(r"(?:FROM|JOIN) \"?(\w+)", query)}
    plans = {*NOTED, *APPENDED} - set(SUBJECTS)
    assert read & set(metadata.tables) == plans | {"last_change"}


async def test_a_plan_is_not_read_again_while_nothing_was_written(bot: Database) -> None:
    assert await load_picture(bot, today=TODAY) is await load_picture(bot, today=TODAY)


async def test_a_figure_stored_elsewhere_is_in_the_very_next_answer(
    bot: Database, elsewhere: Database
) -> None:
    before = await figure(bot)

    await report(elsewhere, "83.0")

    assert (before, await figure(bot)) == (Decimal("81.3"), Decimal("83.0"))


async def test_a_target_changed_elsewhere_is_in_the_very_next_answer(
    bot: Database, elsewhere: Database
) -> None:
    await load_picture(bot, today=TODAY)
    plan = make_plan(goals=(make_goal("1.1"),))

    async with elsewhere.transaction() as session:
        await save_package(session, make_package(plan=plan), now=NOW)

    assert (await load_picture(bot, today=TODAY)).plan.goals == plan.goals


STORES = """
import asyncio, sys
from db.engine import Database
from tests.db.test_recall import report

asyncio.run(report(Database(sys.argv[1]), "84.5"))
"""


async def test_a_figure_stored_by_a_second_process_is_in_the_very_next_answer(
    bot: Database, database_url: str
) -> None:
    before = await figure(bot)

    subprocess.run([sys.executable, "-c", STORES, database_url], cwd=ROOT, check=True, timeout=60)

    assert (before, await figure(bot)) == (Decimal("81.3"), Decimal("84.5"))


async def test_a_figure_is_in_no_answer_before_it_is_committed(bot: Database, elsewhere: Database) -> None:
    async with elsewhere.transaction() as session:
        await add_observations(session, PLAN, [make_observation(value="83.0")], now=NOW + timedelta(days=1))
        during = await figure(bot)

    assert (during, await figure(bot)) == (Decimal("81.3"), Decimal("83.0"))


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_of_two_transactions_that_overlap_each_is_noticed_when_it_commits(
    bot: Database, elsewhere: Database
) -> None:
    seen = []
    async with elsewhere.transaction() as session:
        await execute_in(session, APPENDED["observation"].replace("'707'", "'000'"))
        await report(bot, "83.0")
        seen.append((await figure(bot), await country(bot)))
    seen.append((await figure(bot), await country(bot)))

    assert seen == [(Decimal("83.0"), None), (Decimal("83.0"), Decimal(1))]


async def country(database: Database) -> Decimal | None:
    picture = await load_picture(database, today=TODAY)
    found = picture.series.at("1.1.share", "000", Period.year(2024))
    return found.value if found else None


async def test_what_is_written_while_it_is_read_is_not_taken_for_read(
    bot: Database, elsewhere: Database
) -> None:
    reports = iter(["83.0"])

    async def read(session: Session) -> tuple[Decimal | None, ...]:
        for value in reports:
            await report(elsewhere, value)
        series = await load_series(session, PLAN)
        return tuple(one.value for one in series.of("1.1.share", HOME))

    seen = [await recall(bot, Subject.PLANS, "all", read) for _ in range(2)]

    assert seen == [(Decimal("81.3"),), (Decimal("83.0"),)]


async def test_each_day_has_a_picture_of_its_own(bot: Database) -> None:
    await report(bot, "83.0", day=date(2025, 4, 1))

    days = [date(2025, 3, 31), date(2025, 4, 1), date(2025, 3, 31)]
    assert [await figure(bot, day) for day in days] == [Decimal("81.3"), Decimal("83.0"), Decimal("81.3")]


async def test_a_role_given_or_taken_elsewhere_holds_from_the_next_message(
    bot: Database, elsewhere: Database
) -> None:
    head = Grant(Role.HEAD)
    seen = [await recall_person(bot, "bo")]

    async with elsewhere.transaction() as session:
        await grant(session, "bo", head, by="boss", now=NOW)
    seen.append(await recall_person(bot, "bo"))
    async with elsewhere.transaction() as session:
        await take(session, "bo", head, by="boss", now=NOW)
    seen.append(await recall_person(bot, "bo"))

    assert seen == [Person("bo"), Person("bo", frozenset({head})), Person("bo")]


async def test_marks_asked_for_once_serve_all_that_is_recalled(bot: Database, elsewhere: Database) -> None:
    before = await marks(bot)
    await load_picture(bot, today=TODAY, at=before)
    await report(elsewhere, "83.0")

    picture = await load_picture(bot, today=TODAY, at=before)

    assert picture is not await load_picture(bot, today=TODAY, at=await marks(bot))


async def test_two_databases_never_have_the_same_marks_for_different_figures(
    sqlite_database: Database, bot: Database
) -> None:
    async with sqlite_database.transaction() as session:
        await save_package(session, make_package(observations=()), now=NOW)

    assert (await marks(sqlite_database))[Subject.PLANS] != (await marks(bot))[Subject.PLANS]
