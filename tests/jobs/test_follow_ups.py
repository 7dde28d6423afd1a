"""On the day somebody set they are told once, of a goal they acknowledged or put off."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bplan_bot.access import Grant, Role
from bplan_bot.alert_state import Acknowledgement, Snooze
from bplan_bot.notice import Notice, NoticeKind
from bplan_bot.status import Status
from bplan_bot.status_change import StatusChange
from db import acknowledgements, changes, notices, people, snoozes
from db.plans import save_package
from jobs.follow_ups import LONG_AGO, due_follow_ups
from jobs.letters import Letters
from tests.factories import make_notice
from tests.norddjurs import package

PLAN = "norddjurs-2024"
FELL_AT = datetime(2025, 6, 2, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
DAY = date(2025, 6, 20)
EARLY = datetime(2025, 6, 20, 0, 5, tzinfo=ZoneInfo("Europe/Copenhagen"))
MORNING = EARLY.replace(hour=8, minute=0)


@pytest.fixture
async def fallen(database):
    """Goal 6.2 fell, nobody has handled the plan, and the head has a card of it."""
    async with database.transaction() as session:
        await save_package(session, replace(package(), statements=()), now=FELL_AT)
        await people.grant(session, "head", Grant(Role.HEAD), by="test", now=FELL_AT)
        await changes.record_change(session, change(None, Status.MET, days=-9), [], actor="test")
        card = make_notice("card", plan=PLAN, goal="6.2", recipient="head", created_at=FELL_AT)
        await changes.record_change(session, change(Status.MET, Status.NOT_MET), [card], actor="test")
    return database


def change(before: Status | None, after: Status, *, days: int = 0) -> StatusChange:
    return StatusChange(plan=PLAN, goal="6.2", before=before, after=after, at=FELL_AT + timedelta(days=days))


async def happens(database, *happened: StatusChange) -> None:
    async with database.transaction() as session:
        for one in happened:
            await changes.record_change(session, one, [], actor="test")


async def acknowledge(database, *, note: str = "Vi ser på det", follow_up_on: date | None = DAY) -> None:
    given = Acknowledgement(
        plan=PLAN,
        goal="6.2",
        person="head",
        at=FELL_AT + timedelta(hours=1),
        note=note,
        follow_up_on=follow_up_on,
        notice="card",
    )
    async with database.transaction() as session:
        await acknowledgements.acknowledge(session, given)


async def put_off(database, *, until: date = DAY, hours: int = 1) -> None:
    given = Snooze(
        plan=PLAN,
        goal="6.2",
        person="head",
        until=until,
        reason="Det er ferie",
        at=FELL_AT + timedelta(hours=hours),
    )
    async with database.transaction() as session:
        await snoozes.put_off(session, given)


async def owed(database, at: datetime) -> list[Notice]:
    """What is queued by the job at that time and due by the morning."""
    await due_follow_ups(database, at)
    async with database.transaction() as session:
        claimed = await notices.claim(session, now=max(at, MORNING), limit=99, by="test")
    return [one for one in claimed if one.kind in (NoticeKind.FOLLOW_UP, NoticeKind.PUT_OFF)]


async def card(database, notice: Notice, now: datetime) -> str:
    reply = await Letters(database).of(notice, now)
    return reply.text if reply else ""


async def test_nothing_is_due_before_the_day(fallen):
    await acknowledge(fallen)
    await put_off(fallen)

    assert await owed(fallen, EARLY - timedelta(minutes=10)) == []


async def test_who_acknowledged_is_told_on_the_day_they_set(fallen):
    await acknowledge(fallen)
    (notice,) = await owed(fallen, EARLY)

    assert (notice.kind, notice.recipient) == (NoticeKind.FOLLOW_UP, "head")
    said = await card(fallen, notice, MORNING)
    assert said.startswith("Opfølgning på mål 6.2 i dag · Beskæftigelsesplan 2024\nNu: Ikke nået")
    assert "Vi ser på det" in said


async def test_nobody_is_told_in_the_night(fallen):
    await acknowledge(fallen)
    await due_follow_ups(fallen, EARLY)
    async with fallen.transaction() as session:
        before = await notices.claim(session, now=MORNING - timedelta(seconds=1), limit=99, by="test")

    assert [one for one in before if one.kind is NoticeKind.FOLLOW_UP] == []


@pytest.mark.parametrize(("late", "told"), [(timedelta(0), 2), (timedelta(days=3), 2), (LONG_AGO, 0)])
async def test_each_day_is_told_once_however_often_and_late_the_job_runs_but_not_months_later(
    fallen, late, told
):
    await acknowledge(fallen)
    await put_off(fallen)
    did = [await due_follow_ups(fallen, EARLY + late + timedelta(days=days)) for days in (0, 0, 1)]

    assert [each["notices"] for each in did] == [told, 0, 0]


async def test_an_acknowledgement_without_a_day_is_never_due(fallen):
    await acknowledge(fallen, follow_up_on=None)

    assert await owed(fallen, EARLY) == []


async def test_a_follow_up_comes_though_the_goal_is_back_and_says_so(fallen):
    await acknowledge(fallen)
    await happens(fallen, change(Status.NOT_MET, Status.MET, days=5))
    (notice,) = await owed(fallen, EARLY)

    said = await card(fallen, notice, MORNING)
    assert "Nu: Nået" in said
    assert "Vi ser på det" in said


async def test_a_goal_put_off_that_is_still_down_is_told_on_the_day(fallen):
    await put_off(fallen)
    (notice,) = await owed(fallen, EARLY)

    assert notice.kind is NoticeKind.PUT_OFF
    said = await card(fallen, notice, MORNING)
    assert said.startswith("Mål 6.2 var udsat til i dag · Beskæftigelsesplan 2024\nNu: Ikke nået")
    assert "Det er ferie" in said


@pytest.mark.parametrize(
    "happened",
    [
        pytest.param([change(Status.NOT_MET, Status.MET, days=5)], id="it is back"),
        pytest.param(
            [
                change(Status.NOT_MET, Status.MET, days=5),
                change(Status.MET, Status.NOT_MET, days=18),
            ],
            id="it fell on the day itself, and was told as usual",
        ),
    ],
)
async def test_a_goal_put_off_is_not_told_again_where_there_is_nothing_to_tell(fallen, happened):
    await put_off(fallen)
    await happens(fallen, *happened)

    assert await owed(fallen, EARLY) == []


async def test_a_goal_that_fell_while_it_was_put_off_is_told_on_the_day(fallen):
    await put_off(fallen)
    await happens(
        fallen, change(Status.NOT_MET, Status.MET, days=5), change(Status.MET, Status.UNLIKELY, days=7)
    )
    (notice,) = await owed(fallen, EARLY)

    assert "Nu: Bliver næppe nået" in await card(fallen, notice, MORNING)


async def test_a_goal_put_off_once_more_waits_for_the_later_day(fallen):
    await put_off(fallen)
    await put_off(fallen, until=DAY + timedelta(days=10), hours=2)

    assert await owed(fallen, EARLY) == []


async def test_a_reminder_that_is_no_longer_wanted_when_it_leaves_says_nothing(fallen):
    await put_off(fallen)
    (notice,) = await owed(fallen, EARLY)
    await happens(fallen, change(Status.NOT_MET, Status.MET, days=18))

    assert await card(fallen, notice, MORNING) == ""


async def test_a_closed_plan_reminds_nobody(fallen):
    await acknowledge(fallen)
    await put_off(fallen)
    async with fallen.transaction() as session:
        await save_package(session, package(), now=FELL_AT)

    assert await owed(fallen, EARLY + timedelta(days=500)) == []
