"""The plan that comes with the bot is there after the first start, and a second start leaves it alone."""

from typing import Any

from sqlalchemy import update

from bplan_bot.observation import Series
from db import tables
from db.bundled import load_bundled, prepare, read_bundled
from db.engine import Database
from db.observations import load_series
from db.plans import load_plan, note_bundle, plan_keys, save_package
from db.statements import load_statements
from tests.factories import NOW, make_package, make_plan, text


async def test_the_first_start_makes_the_tables_and_loads_the_whole_bundle(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    package = read_bundled()

    loaded = await prepare(database, now=NOW)

    assert loaded is not None
    assert (loaded.observations, loaded.statements) == (len(package.observations), len(package.statements))
    async with database.reading() as session:
        series = await load_series(session, package.plan.key)
        statements = await load_statements(session, package.plan.key)
        assert await load_plan(session, package.plan.key) == package.plan
    expected = Series(package.observations)
    for given in package.observations:
        key = (given.indicator, given.area, given.period)
        found, wanted = series.at(*key), expected.at(*key)
        assert found is not None
        assert wanted is not None
        assert (str(found.value), found.document) == (str(wanted.value), wanted.document)
    assert {(s.goal, s.axis) for s in statements} == {(s.goal, s.axis) for s in package.statements}
    await database.close()


async def test_the_second_start_loads_nothing(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    await prepare(database, now=NOW)

    assert await prepare(database, now=NOW) is None
    await database.close()


async def test_loading_the_bundle_twice_changes_nothing(database: Database) -> None:
    async with database.transaction() as session:
        assert not (await load_bundled(session, now=NOW)).nothing_new
    async with database.transaction() as session:
        assert (await load_bundled(session, now=NOW)).nothing_new


async def test_a_bundle_with_new_content_updates_the_plan(database: Database) -> None:
    package = read_bundled()
    async with database.transaction() as session:
        await load_bundled(session, now=NOW)
        theme = package.plan.themes[0].number
        older: dict[str, Any] = {"title": {"da": "Gammel", "en": "Old"}, "minister_goal": None, "aliases": []}
        await session.execute(
            update(tables.theme).where(tables.theme.c.number == theme).values(definition=older)
        )
        await note_bundle(session, package.plan.key, "the digest of an older bundle")

    loaded = await prepare(database, now=NOW)

    assert loaded is not None
    assert (loaded.added, loaded.changed, loaded.observations) == (0, 1, 0)
    async with database.reading() as session:
        assert await load_plan(session, package.plan.key) == package.plan


async def test_a_plan_that_was_imported_over_the_bundled_one_survives_the_next_start(
    database: Database,
) -> None:
    key = read_bundled().plan.key
    imported = make_plan(key, title=text("Vores egen"))
    async with database.transaction() as session:
        await load_bundled(session, now=NOW)
        await save_package(session, make_package(plan=imported), now=NOW)

    assert await prepare(database, now=NOW) is None
    async with database.reading() as session:
        assert await load_plan(session, key) == imported


async def test_a_municipality_with_a_plan_of_its_own_is_not_given_the_bundled_one(database: Database) -> None:
    async with database.transaction() as session:
        await save_package(session, make_package(plan=make_plan("randers-2026")), now=NOW)

    assert await prepare(database, now=NOW) is None
    async with database.reading() as session:
        assert await plan_keys(session) == ("randers-2026",)
