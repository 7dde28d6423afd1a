"""What people said of a goal is kept; the newest of each axis stands."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bplan_bot.errors import Refused
from bplan_bot.goal import Axis, StatedAssessment
from db import tables
from db.engine import Database
from db.plans import save_package
from db.statements import add_statements, load_statements
from tests.factories import NOW, make_document, make_package, make_statement, text

PLAN = "norddjurs-2024"
LATER = make_document("minutes", date=date(2025, 4, 1), rank=5)
SAME_DAY = make_document("letter", rank=9)


@pytest.fixture
async def with_plan(database: Database) -> Database:
    """A database with a plan and three documents, without statements."""
    async with database.transaction() as session:
        documents = (make_document(), LATER, SAME_DAY)
        await save_package(
            session, make_package(documents=documents, observations=(), statements=()), now=NOW
        )
    return database


async def add(database: Database, *statements: StatedAssessment, after: int = 0) -> int:
    async with database.transaction() as session:
        return await add_statements(session, PLAN, statements, now=NOW + timedelta(days=after))


async def load(database: Database, as_of: date | None = None) -> tuple[StatedAssessment, ...]:
    async with database.reading() as session:
        return await load_statements(session, PLAN, as_of=as_of)


async def test_a_statement_comes_back_as_it_was_made(with_plan: Database) -> None:
    made = make_statement(
        axis=Axis.HANDLED,
        status="not_met",
        due=2030,
        decision=text("Taget til efterretning"),
        reason=text("x"),
    )

    assert await add(with_plan, made) == 1
    assert await load(with_plan) == (made,)


async def test_adding_the_same_twice_adds_nothing(with_plan: Database) -> None:
    assert await add(with_plan, make_statement(), make_statement("1.2")) == 2
    assert await add(with_plan, make_statement(), make_statement("1.2"), after=1) == 0


async def test_the_newest_by_day_stands_for_each_goal_and_axis(with_plan: Database) -> None:
    newest = make_statement(status="not_met", document=LATER)
    handled = make_statement(axis=Axis.HANDLED)
    other = make_statement("1.2")

    await add(with_plan, newest, handled, other)
    await add(with_plan, make_statement(), after=1)  # recorded later, said earlier

    assert await load(with_plan) == (handled, newest, other)


async def test_as_of_a_day_only_what_had_been_said_counts(with_plan: Database) -> None:
    early, late = make_statement(), make_statement(status="not_met", document=LATER)
    await add(with_plan, early, late)

    assert await load(with_plan, early.day - timedelta(days=1)) == ()
    assert await load(with_plan, late.day - timedelta(days=1)) == (early,)
    assert await load(with_plan, late.day) == (late,)


async def test_of_two_of_one_day_the_higher_document_stands(with_plan: Database) -> None:
    high = make_statement(status="not_met", document=SAME_DAY)

    await add(with_plan, high)
    await add(with_plan, make_statement(), after=1)

    assert await load(with_plan) == (high,)


async def test_what_is_said_again_otherwise_is_a_new_row_that_stands(with_plan: Database) -> None:
    reworded = make_statement(wording=text("Målet er indfriet"))
    await add(with_plan, make_statement())

    assert await add(with_plan, reworded) == 1
    assert await add(with_plan, reworded) == 0
    assert await load(with_plan) == (reworded,)
    async with with_plan.reading() as session:
        assert await session.scalar(select(func.count()).select_from(tables.stated_assessment)) == 2


@pytest.mark.parametrize(
    ("strange", "message", "args"),
    [
        (make_statement("9.9"), "database.unknown_goal", {"goal": "9.9", "plan": PLAN}),
        (
            make_statement(document=make_document("nowhere")),
            "database.unknown_document",
            {"document": "nowhere"},
        ),
        (
            make_statement(status="not_met"),
            "database.statement_twice",
            {"goal": "1.1", "axis": "judged", "document": "follow-up-2024-2"},
        ),
    ],
)
async def test_a_statement_that_cannot_be_placed_is_refused_and_none_is_stored(
    with_plan: Database, strange: StatedAssessment, message: str, args: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refused:
        await add(with_plan, make_statement(), strange)

    assert (refused.value.said.id, dict(refused.value.said.args)) == (message, args)
    assert await load(with_plan) == ()


async def test_a_plan_without_statements_has_none(with_plan: Database) -> None:
    assert await add(with_plan) == 0
    assert await load(with_plan) == ()
