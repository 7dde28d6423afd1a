"""Figures are only ever added: a correction is a new row, and the old one stays."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from bplan_bot.errors import Refused
from bplan_bot.observation import COUNTRY, HOME, Direction, Observation, ObservationStatus, Series
from bplan_bot.period import Period
from db import tables
from db.documents import save_documents
from db.engine import Database
from db.observations import add_observations, load_series
from db.plans import save_package
from tests.factories import NOW, make_document, make_observation, make_package
from tests.factories import text as local_text

PLAN = "norddjurs-2024"
KEY = ("1.1.share", HOME, Period.year(2024))
LATER = make_document("note", date=date(2025, 6, 1), rank=0)


@pytest.fixture
async def with_plan(database: Database) -> Database:
    """A database with a plan and two documents, without figures."""
    async with database.transaction() as session:
        package = make_package(documents=(make_document(), LATER), observations=(), statements=())
        await save_package(session, package, now=NOW)
    return database


async def add(database: Database, *observations: Observation, after: int = 0) -> int:
    async with database.transaction() as session:
        return await add_observations(session, PLAN, observations, now=NOW + timedelta(days=after))


async def overlapping(
    database: Database, url: str, first: list[Observation], second: list[Observation]
) -> tuple[int, int]:
    """What each added, when the second began before the first had committed."""
    other = Database(url)
    async with database.transaction() as session:
        added = await add_observations(session, PLAN, first, now=NOW)
        adding = asyncio.create_task(add(other, *second, after=1))
        await asyncio.sleep(0.1)
    result = (added, await adding)
    await other.close()
    return result


async def series(database: Database, as_of: date | None = None) -> Series:
    async with database.reading() as session:
        return await load_series(session, PLAN, as_of=as_of)


async def rows(database: Database) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(tables.observation)) or 0


@pytest.mark.parametrize(
    "given",
    [
        make_observation(value="81.30"),
        make_observation(area=COUNTRY, period=Period.rolling_year(2024, 3), value="55"),
        make_observation(value="16.2", numerator=Decimal(342), denominator=Decimal(2111)),
        make_observation(value="12", status=ObservationStatus.PRELIMINARY, note=local_text("foreløbigt")),
        make_observation(value=None, status=ObservationStatus.SUPPRESSED),
        make_observation(value=None, status=ObservationStatus.MISSING),
        make_observation(value=None, direction=Direction.NOT_INCREASED),
    ],
)
async def test_a_figure_comes_back_as_it_was_reported(with_plan: Database, given: Observation) -> None:
    assert await add(with_plan, given) == 1

    found = (await series(with_plan)).at(given.indicator, given.area, given.period)
    assert found == replace(given, recorded_at=NOW)
    assert str(found.value) == str(given.value)


async def test_adding_the_same_figures_twice_adds_nothing(with_plan: Database) -> None:
    given = (make_observation(), make_observation(area=COUNTRY), make_observation("1.2.share"))

    assert await add(with_plan, *given) == 3
    assert await add(with_plan, *given, after=1) == 0
    assert await add(with_plan, given[0], given[0], after=2) == 0
    assert await rows(with_plan) == 3


async def test_a_correction_is_a_new_row_and_the_old_one_stays(with_plan: Database) -> None:
    await add(with_plan, make_observation(value="81.3"))
    await add(with_plan, make_observation(value="80.9", document=LATER))

    known = await series(with_plan)
    standing = known.at(*KEY)
    assert standing is not None
    assert standing.value == Decimal("80.9")
    assert [o.value for o in known.differing(standing)] == [Decimal("81.3")]


async def test_one_report_corrected_is_a_new_row_that_stands_and_may_be_taken_back(
    with_plan: Database,
) -> None:
    for day, value in enumerate(("81.3", "83.1", "83.1", "81.3")):
        await add(with_plan, make_observation(value=value), after=day)

    assert await rows(with_plan) == 3
    standing = (await series(with_plan)).at(*KEY)
    assert standing is not None
    assert (standing.value, standing.recorded_at) == (Decimal("81.3"), NOW + timedelta(days=3))


async def test_a_correction_recorded_in_the_same_moment_stands_too(with_plan: Database) -> None:
    await add(with_plan, make_observation(value="81.3"))
    await add(with_plan, make_observation(value="83.1"))

    standing = (await series(with_plan)).at(*KEY)
    assert standing is not None
    assert standing.value == Decimal("83.1")


async def test_a_zero_at_the_end_is_a_correction_since_figures_are_kept_as_printed(
    with_plan: Database,
) -> None:
    await add(with_plan, make_observation(value="81"))

    assert await add(with_plan, make_observation(value="81.0"), after=1) == 1


async def test_as_of_a_day_only_what_was_known_then_counts(with_plan: Database) -> None:
    early, late = make_observation(value="81.3"), make_observation(value="80.9", document=LATER)
    await add(with_plan, early, late)

    async def value(as_of: date) -> Decimal | None:
        found = (await series(with_plan, as_of)).at(*KEY)
        return found.value if found else None

    assert await value(early.known_at - timedelta(days=1)) is None
    assert await value(early.known_at) == Decimal("81.3")
    assert await value(late.known_at - timedelta(days=1)) == Decimal("81.3")
    assert await value(late.known_at) == Decimal("80.9")


@pytest.mark.parametrize(
    ("strange", "message", "args"),
    [
        (
            make_observation("9.9.share"),
            "database.unknown_indicator",
            {"indicator": "9.9.share", "plan": PLAN},
        ),
        (
            make_observation(document=make_document("nowhere")),
            "database.unknown_document",
            {"document": "nowhere"},
        ),
        (
            make_observation(value="82"),
            "database.figure_twice",
            {
                "indicator": "1.1.share",
                "area": HOME,
                "period": Period.year(2024),
                "document": "follow-up-2024-2",
            },
        ),
    ],
)
async def test_a_report_that_cannot_be_placed_is_refused_and_none_of_them_is_stored(
    with_plan: Database, strange: Observation, message: str, args: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refused:
        await add(with_plan, make_observation(), strange)

    assert (refused.value.said.id, dict(refused.value.said.args)) == (message, args)
    assert await rows(with_plan) == 0


async def test_two_processes_that_add_the_same_figures_at_once_store_them_once(
    with_plan: Database, database_url: str
) -> None:
    given = [make_observation(period=Period.month(2024, month)) for month in range(1, 13)]

    assert await overlapping(with_plan, database_url, given, list(reversed(given))) == (12, 0)
    assert await rows(with_plan) == 12


async def test_two_processes_that_correct_one_report_at_once_are_both_kept(
    with_plan: Database, database_url: str
) -> None:
    await add(with_plan, make_observation())
    one, other = make_observation(value="1"), make_observation(value="2")

    assert await overlapping(with_plan, database_url, [one], [other]) == (1, 1)
    assert await rows(with_plan) == 3


async def test_thousands_of_figures_are_added_and_read_at_once(with_plan: Database) -> None:
    first = date(2010, 1, 1)
    given = [make_observation(period=Period.point(first + timedelta(days=n))) for n in range(5000)]

    assert await add(with_plan, *given) == 5000
    assert await add(with_plan, *given) == 0
    assert len((await series(with_plan)).of("1.1.share", HOME)) == 5000


async def test_nothing_given_is_nothing_added(with_plan: Database) -> None:
    assert await add(with_plan) == 0
    async with with_plan.transaction() as session:
        assert (await save_documents(session, ())).added == 0
