"""Column types give back exactly what was stored, on both databases."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select, text
from sqlalchemy.exc import StatementError

from bplan_bot.period import Period
from bplan_bot.target import Part, Target
from db.columns import DecimalText, PeriodCode, Typed, UtcDateTime
from db.engine import Database
from tests.factories import text as local_text


@dataclass(frozen=True)
class Made:
    figure: Decimal


sample = Table(
    "sample",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("figure", DecimalText),
    Column("period", PeriodCode),
    Column("moment", UtcDateTime),
    Column("made", Typed(Made)),
    Column("rule", Typed(Target)),
)

RULE = Target(
    type="all_of",
    parts=(Part(local_text("antal", "number"), Target(type="at_least", value=Decimal("80.00"))),),
    inner=Target(type="follow", due=2030),
)


async def through(database: Database, **values: Any) -> dict[str, Any]:
    """The values as the database gives them back."""
    async with database.transaction() as session:
        connection = await session.connection()
        await connection.run_sync(sample.create)
        await session.execute(insert(sample), [{"id": 1, **values}])
        row = (await session.execute(select(sample))).mappings().one()
        return {name: row[name] for name in values}


@pytest.mark.parametrize(
    "figure", ["80", "80.0", "0.10", "-4.7", "0", "1E+3", "12345678901234567890.123456789"]
)
async def test_a_decimal_keeps_every_digit_it_was_written_with(database: Database, figure: str) -> None:
    stored = await through(database, figure=Decimal(figure))

    assert str(stored["figure"]) == figure


@pytest.mark.parametrize("figure", ["NaN", "Infinity"])
async def test_what_is_no_figure_is_not_stored(database: Database, figure: str) -> None:
    with pytest.raises(StatementError, match="not a figure"):
        await through(database, figure=Decimal(figure))


@pytest.mark.parametrize(
    "period",
    [Period.year(2024), Period.half_year(2024, 2), Period.quarter(2024, 4), Period.rolling_year(2024, 3)],
)
async def test_a_period_comes_back_the_same(database: Database, period: Period) -> None:
    assert await through(database, period=period) == {"period": period}


@pytest.mark.parametrize("zone", [UTC, ZoneInfo("Europe/Copenhagen"), timezone(timedelta(hours=-5))])
async def test_a_moment_comes_back_the_same_and_in_utc(database: Database, zone: Any) -> None:
    moment = datetime(2024, 10, 27, 2, 30, 0, 123456, tzinfo=zone, fold=1)

    stored = (await through(database, moment=moment))["moment"]

    assert stored == moment.astimezone(UTC)
    assert stored.tzinfo is UTC


async def test_a_moment_without_its_time_zone_is_not_stored(database: Database) -> None:
    with pytest.raises(StatementError, match="time zone"):
        await through(database, moment=datetime(2024, 1, 1))  # noqa: DTZ001


async def test_a_dataclass_comes_back_equal(database: Database) -> None:
    values = {"made": Made(Decimal("80.00")), "rule": RULE}

    stored = await through(database, **values)

    assert stored == values
    assert str(stored["made"].figure) == "80.00"


async def test_nothing_is_stored_as_null_in_every_type(database: Database) -> None:
    async with database.transaction() as session:
        await (await session.connection()).run_sync(sample.create)
        await session.execute(insert(sample), [{"id": 1, "figure": None, "made": None}])
        nulls = text("SELECT count(*) FROM sample WHERE figure IS NULL AND made IS NULL AND rule IS NULL")
        assert await session.scalar(nulls) == 1
        assert list((await session.execute(select(sample))).one()) == [1, None, None, None, None, None]
