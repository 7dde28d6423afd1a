"""Watch on a real database: what is recorded and owed when figures change, and when nothing may be said."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bplan_bot.access import Grant, Role
from bplan_bot.notice import NoticeKind
from bplan_bot.observation import Document, Observation
from bplan_bot.period import Period
from bplan_bot.status import Status
from bplan_bot.status_change import StatusChange
from db import changes, notices, people
from db.audit import entries
from db.documents import save_documents
from db.observations import add_observations
from db.plans import save_package
from jobs.watch import watch
from tests.factories import text
from tests.norddjurs import package

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
"""A day on which the follow-up's figures are known."""

PLAN = "norddjurs-2024"
NEWS = Document(key="news", title=text("Ny opgørelse"), case="", date=date(2025, 5, 9), rank=30)


@pytest.fixture
async def loaded(database):
    """The bundled plan with its figures and two people; nobody handled it yet, so that it is not closed."""
    async with database.transaction() as session:
        await save_package(session, replace(package(), statements=()), now=NOON)
        await people.grant(session, "the head", Grant(Role.HEAD), by="test", now=NOON)
        await people.grant(session, "administrator", Grant(Role.ADMINISTRATOR), by="test", now=NOON)
    return database


async def report(database, indicator: str, value: str, *, area: str = "707", at: datetime) -> None:
    """A newer figure for 2024 than the follow-up's."""
    figure = Observation(
        indicator=indicator,
        area=area,
        period=Period.year(2024),
        value=Decimal(value),
        document=NEWS,
        known_at=at.date(),
    )
    async with database.transaction() as session:
        await save_documents(session, [NEWS])
        await add_observations(session, PLAN, [figure], now=at)


async def told(database) -> list[tuple[NoticeKind, str, str]]:
    async with database.transaction() as session:
        claimed = await notices.claim(session, now=NOON + timedelta(days=400), limit=100, by="test")
    return [(notice.kind, notice.goal, notice.recipient) for notice in claimed]


async def test_the_first_look_records_where_goals_stand_and_tells_nobody(loaded):
    did = await watch(loaded, NOON)

    assert did == {"changes": 22, "held": 0, "notices": 0}
    assert await told(loaded) == []


async def test_looking_again_changes_nothing(loaded):
    await watch(loaded, NOON)

    assert (await watch(loaded, NOON + timedelta(minutes=5)))["changes"] == 0


async def test_a_goal_that_falls_is_told_to_the_head_once_with_its_audit_row(loaded):
    await watch(loaded, NOON)
    await report(loaded, "6.9.share", "10.5", at=NOON)
    did = await watch(loaded, NOON + timedelta(minutes=5))
    again = await watch(loaded, NOON + timedelta(minutes=10))

    assert did == {"changes": 1, "held": 0, "notices": 1}
    assert again["notices"] == 0
    assert await told(loaded) == [(NoticeKind.GOAL_FELL, "6.9", "the head")]
    async with loaded.reading() as session:
        (change, *_) = await changes.changes(session, PLAN, goal="6.9", limit=5)
        audited = await entries(session, limit=50)
    assert (change.before, change.after) == (Status.MET, Status.NOT_MET)
    assert any(entry.actor == "job:watch" for entry in audited)


async def test_a_goal_that_recovers_is_told_too(loaded):
    await report(loaded, "6.9.share", "10.5", at=NOON)
    await watch(loaded, NOON)
    await report(loaded, "6.9.share", "12.9", at=NOON + timedelta(minutes=1))
    await watch(loaded, NOON + timedelta(minutes=5))

    assert await told(loaded) == [(NoticeKind.GOAL_RECOVERED, "6.9", "the head")]


async def test_turns_under_one_stated_time_are_queued_each_for_itself(loaded):
    await watch(loaded, NOON)
    for value in ("10.5", "12.9", "10.4"):
        await report(loaded, "6.9.share", value, at=NOON)
        await watch(loaded, NOON)

    assert [kind for kind, *_ in await told(loaded)] == [
        NoticeKind.GOAL_FELL,
        NoticeKind.CARD_UPDATE,
        NoticeKind.GOAL_RECOVERED,
        NoticeKind.GOAL_FELL,
    ]


async def test_too_many_changes_at_once_are_held_and_put_to_the_administrator(loaded):
    await watch(loaded, NOON)
    for indicator in ("1.2.share", "1.3.share", "6.3.share", "6.5.share", "6.9.share", "6.10.share"):
        await report(loaded, indicator, "1.0", at=NOON)
    did = await watch(loaded, NOON + timedelta(minutes=5))

    assert did == {"changes": 6, "held": 6, "notices": 1}
    assert await told(loaded) == [(NoticeKind.MANY_CHANGES, "", "administrator")]


async def test_the_closed_plan_of_2024_is_not_looked_at_on_todays_date(loaded):
    async with loaded.transaction() as session:
        await save_package(session, package(), now=NOON)
    did = await watch(loaded, datetime(2026, 11, 21, 12, tzinfo=UTC))

    assert did == {"changes": 0, "held": 0, "notices": 0}
    assert await told(loaded) == []


async def test_a_change_whose_transaction_is_lost_is_found_again(loaded):
    await watch(loaded, NOON)
    await report(loaded, "6.9.share", "10.5", at=NOON)
    with pytest.raises(RuntimeError, match="killed"):
        await killed_before_its_commit(loaded)

    assert (await watch(loaded, NOON + timedelta(minutes=5)))["notices"] == 1


async def killed_before_its_commit(database) -> None:
    async with database.transaction() as session:
        await changes.record_change(
            session,
            StatusChange(plan=PLAN, goal="6.9", before=Status.MET, after=Status.NOT_MET, at=NOON),
            [],
            actor="test",
        )
        raise RuntimeError("killed")
