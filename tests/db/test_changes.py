"""A change of status is recorded once, together with what is owed for it and who made it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bplan_bot.notice import Notice
from bplan_bot.status import Status
from bplan_bot.status_change import StatusChange
from db.audit import entries
from db.changes import changes, last_changes, last_good, record_change, renew_alerts
from db.engine import Database
from db.notices import by_key, waiting
from db.plans import save_package
from tests.factories import NOW, make_change, make_notice, make_package

PLAN = "norddjurs-2024"
FIRST = make_change(before=None, after=Status.MET)
FELL = make_change(at=NOW + timedelta(days=1))
RECOVERED = make_change(before=Status.NOT_MET, after=Status.MET, at=NOW + timedelta(days=2))


@pytest.fixture
async def with_plan(database: Database) -> Database:
    """A database with a plan whose goals nobody has looked at yet."""
    async with database.transaction() as session:
        await save_package(session, make_package(), now=NOW)
    return database


async def record(database: Database, change: StatusChange, *notices: Notice) -> int:
    async with database.transaction() as session:
        return await record_change(session, change, notices, actor="job:watch")


async def recorded(database: Database, goal: str | None = None, limit: int = 100) -> list[StatusChange]:
    async with database.reading() as session:
        return [replace(one, id=0, number=0) for one in await changes(session, PLAN, goal=goal, limit=limit)]


async def stands(database: Database) -> dict[str, Status]:
    async with database.reading() as session:
        return {goal: change.after for goal, change in (await last_changes(session, PLAN)).items()}


async def queued(database: Database) -> int:
    async with database.reading() as session:
        return await waiting(session)


async def test_a_goal_nobody_has_looked_at_has_no_last_status(with_plan: Database) -> None:
    assert await stands(with_plan) == {}
    assert await recorded(with_plan) == []


async def test_changes_come_back_newest_first_and_the_last_one_stands(with_plan: Database) -> None:
    other = make_change("1.2", before=None, after=Status.NOT_DUE, held=True)
    for change in (FIRST, other, FELL):
        await record(with_plan, change)

    assert await recorded(with_plan) == [FELL, other, FIRST]
    assert await recorded(with_plan, limit=1) == [FELL]
    assert await recorded(with_plan, goal="1.2") == [other]
    assert await stands(with_plan) == {"1.1": Status.NOT_MET, "1.2": Status.NOT_DUE}


async def test_a_goal_may_fall_recover_and_fall_again(with_plan: Database) -> None:
    again = replace(FELL, at=NOW + timedelta(days=3))
    for change in (FIRST, FELL, RECOVERED, again):
        await record(with_plan, change)

    assert await recorded(with_plan) == [again, RECOVERED, FELL, FIRST]


async def test_a_change_brings_its_notices_and_one_audit_row(with_plan: Database) -> None:
    await record(with_plan, FIRST)

    assert await record(with_plan, FELL, make_notice("a"), make_notice("b")) == 2

    async with with_plan.reading() as session:
        newest, first = await entries(session, subject=f"{PLAN}/1.1", limit=9)
    assert (newest.at, newest.actor, newest.action) == (FELL.at, "job:watch", "status_changed")
    assert newest.detail == {
        "before": "met",
        "after": "not_met",
        "figures": FELL.figures,
        "notices": 2,
    }
    assert first.detail["before"] is None
    assert await queued(with_plan) == 2


async def test_a_change_that_is_held_says_so_in_the_audit(with_plan: Database) -> None:
    await record(with_plan, replace(FIRST, held=True))

    async with with_plan.reading() as session:
        assert [entry.action for entry in await entries(session, limit=9)] == ["status_held"]


async def test_a_notice_that_is_there_already_is_not_added_again(with_plan: Database) -> None:
    await record(with_plan, FIRST, make_notice("a"))

    assert await record(with_plan, FELL, make_notice("a"), make_notice("b")) == 1
    assert await queued(with_plan) == 2


@pytest.mark.parametrize(
    "stale",
    [
        FIRST,
        FELL,
        make_change(before=Status.MET, after=Status.UNLIKELY),
        make_change(before=Status.NOT_MET, after=Status.NOT_MET),
    ],
    ids=["first again", "same again", "from where it no longer is", "no change"],
)
async def test_a_change_that_does_not_begin_where_the_last_one_ended_adds_nothing(
    with_plan: Database, stale: StatusChange
) -> None:
    await record(with_plan, FIRST)
    await record(with_plan, FELL)

    assert await record(with_plan, stale, make_notice()) == 0

    assert await recorded(with_plan) == [FELL, FIRST]
    assert await queued(with_plan) == 0
    async with with_plan.reading() as session:
        assert len(await entries(session, limit=9)) == 2


@pytest.mark.parametrize("before", [[], [FIRST]], ids=["first look", "later"])
async def test_two_watchers_that_see_one_change_at_once_record_and_tell_it_once(
    with_plan: Database, database_url: str, before: list[StatusChange]
) -> None:
    for change in before:
        await record(with_plan, change)
    seen = FELL if before else FIRST
    other = Database(database_url)

    async with with_plan.transaction() as session:
        assert await record_change(session, seen, [make_notice("one")], actor="job:watch") == 1
        recording = asyncio.create_task(record(other, seen, make_notice("other")))
        await asyncio.sleep(0.1)

    assert await recording == 0
    assert await recorded(with_plan) == [seen, *before]
    assert await queued(with_plan) == 1
    await other.close()


async def test_a_change_whose_transaction_fails_is_owed_nothing(with_plan: Database) -> None:
    async def record_and_fail() -> None:
        async with with_plan.transaction() as session:
            await record_change(session, FIRST, [make_notice()], actor="job:watch")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await record_and_fail()

    assert await stands(with_plan) == {}
    assert await queued(with_plan) == 0


async def test_what_came_last_is_told_by_the_order_also_where_the_clock_was_set_back(
    with_plan: Database,
) -> None:
    back = replace(RECOVERED, at=NOW - timedelta(days=2))
    again = replace(FELL, at=NOW - timedelta(days=1))
    for change in (FIRST, FELL, back, again):
        await record(with_plan, change)

    async with with_plan.reading() as session:
        found = [await last_good(session, PLAN, "1.1", before=number) for number in (None, 3, 1)]
    assert [one.number if one else None for one in found] == [3, 1, None]


@pytest.mark.parametrize("days", [0, -1], ids=["at one moment", "after the clock was set back"])
async def test_an_answer_renews_the_cards_of_this_fall_and_not_of_the_one_before(
    with_plan: Database, days: int
) -> None:
    at = NOW + timedelta(days=days)
    old, new = (
        make_notice(key, plan=PLAN, facts={"number": number}, created_at=when)
        for key, number, when in (("old", 2, NOW), ("new", 4, at))
    )
    await record(with_plan, replace(FIRST, at=NOW))
    await record(with_plan, replace(FELL, at=NOW), old)
    await record(with_plan, replace(RECOVERED, at=NOW))
    await record(with_plan, replace(FELL, at=at), new)
    before = await renewed(with_plan)
    async with with_plan.transaction() as session:
        await renew_alerts(session, PLAN, "1.1", cause="answered", now=at)

    assert (before, await renewed(with_plan)) == (["old"], ["new", "old"])


async def renewed(database: Database) -> list[str]:
    """The cards that are to be renewed."""
    async with database.reading() as session:
        found = [await by_key(session, f"{key}#renewed/{why}") for key in ("new", "old") for why in WHY]
    return [one.updates for one in found if one]


WHY = ("answered", "change/2", "change/3", "change/4")
