"""How a source is doing is one row for each of its tables, and a figure keeps where it was taken from."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bplan_bot.observation import Origin, OriginKind
from bplan_bot.source_state import Failure, FailureKind, SourceState
from db.engine import Database
from db.observations import add_observations, load_series
from db.plans import save_package
from db.sources import forget_states, load_states, save_state
from tests.factories import NOW, make_observation, make_package

PLAN = "norddjurs-2024"

WELL = SourceState(
    source="jobindsats",
    table="y60j01",
    asked_at=NOW,
    succeeded_at=NOW,
    published=NOW.date(),
    expected=NOW.date() + timedelta(days=30),
)


async def test_each_table_of_a_source_has_a_state_of_its_own(database: Database) -> None:
    async with database.transaction() as session:
        await save_state(session, WELL)
        await save_state(session, replace(WELL, table="y36a02"))

    async with database.reading() as session:
        assert set(await load_states(session)) == {("jobindsats", "y60j01"), ("jobindsats", "y36a02")}


async def test_a_failure_takes_the_place_of_what_was_and_comes_back_whole(database: Database) -> None:
    failing = replace(WELL, failure=Failure(FailureKind.CREDENTIALS, "HTTP 401"), failing_since=NOW)
    async with database.transaction() as session:
        await save_state(session, WELL)
        await save_state(session, failing)

    async with database.reading() as session:
        assert await load_states(session) == {("jobindsats", "y60j01"): failing}


@pytest.mark.parametrize(
    ("kept", "left"),
    [([("jobindsats", "y60j01")], {"y60j01"}), ([("statbank", "y60j01")], set()), ([], set())],
)
async def test_all_states_but_those_of_some_tables_are_forgotten(database: Database, kept, left) -> None:
    async with database.transaction() as session:
        await save_state(session, WELL)
        await save_state(session, replace(WELL, table="y36a02"))
        gone = await forget_states(session, but=kept)

    async with database.reading() as session:
        assert {table for _, table in await load_states(session)} == left
    assert gone == 2 - len(left)


async def test_a_figure_comes_back_with_its_origin(database: Database) -> None:
    origin = Origin(kind=OriginKind.FILE, name="lærlinge.xlsx", place="Ark1!C7", by="command line")
    given = make_observation(origin=origin)
    async with database.transaction() as session:
        await save_package(session, make_package(observations=(), statements=()), now=NOW)
        await add_observations(session, PLAN, [given], now=NOW)

    async with database.reading() as session:
        series = await load_series(session, PLAN)
    found = series.at(given.indicator, given.area, given.period)
    assert found is not None
    assert found.origin == origin
