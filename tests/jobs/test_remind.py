"""Remind on a real database: what is queued for the open rounds, and that looking again adds nothing."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bplan_bot.access import Grant, Role
from bplan_bot.deadlines import Lead
from bplan_bot.notice import NoticeKind
from db import notices, people, rounds
from db.engine import Database
from db.plans import save_package
from jobs.remind import remind
from tests.factories import make_round, make_round_answer
from tests.norddjurs import package

NOON = datetime(2025, 4, 1, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
ROUND = make_round()
LEAD = Lead()


@pytest.fixture
async def opened(database):
    """The bundled plan with an open round, somebody for goal 6.13, and a planansvarlig."""
    async with database.transaction() as session:
        await save_package(session, package(), now=NOON)
        await people.grant(session, "reporter", Grant(Role.REPORTER, "6.13"), by="test", now=NOON)
        await people.grant(session, "planner", Grant(Role.PLANNER), by="test", now=NOON)
        await rounds.open_round(session, ROUND)
    return database


async def queued(database) -> list[tuple[str, NoticeKind]]:
    async with database.reading() as session:
        found = await notices.with_prefix(session, "norddjurs-2024/")
    return [(notice.recipient, notice.kind) for notice in found]


async def test_a_due_reminder_is_queued_once(opened):
    assert await remind(opened, NOON, lead=LEAD) == {"reminders": 1}
    assert await remind(opened, NOON + timedelta(minutes=15), lead=LEAD) == {"reminders": 0}

    assert await queued(opened) == [("reporter", NoticeKind.REMINDER)]


async def test_two_processes_that_look_at_once_queue_one_reminder(opened, database_url):
    other = Database(database_url)
    first, second = await remind(opened, NOON, lead=LEAD), await remind(other, NOON, lead=LEAD)
    await other.close()

    assert (first["reminders"], second["reminders"]) == (1, 0)


async def test_the_second_reminder_and_what_is_missing_follow_by_the_dates(opened, database_url):
    for day in range(60):
        await remind(opened, NOON + timedelta(days=day), lead=LEAD)
        if day == 10:  # a restart in the middle
            await opened.close()
            opened = Database(database_url)

    assert sorted(await queued(opened)) == [
        ("planner", NoticeKind.MISSING),
        ("planner", NoticeKind.MISSING),
        ("reporter", NoticeKind.REMINDER),
        ("reporter", NoticeKind.SECOND_REMINDER),
    ]
    await opened.close()


async def test_nobody_is_reminded_at_night(opened):
    assert await remind(opened, NOON.replace(hour=20), lead=LEAD) == {"reminders": 0}


async def test_a_goal_that_is_settled_is_not_reminded_of(opened):
    async with opened.transaction() as session:
        await rounds.add_answer(session, make_round_answer("6.13"))

    assert await remind(opened, NOON, lead=LEAD) == {"reminders": 0}


async def test_a_closed_round_reminds_nobody(opened):
    async with opened.transaction() as session:
        await rounds.close_round(session, ROUND, by="planner", now=NOON)

    assert await remind(opened, NOON, lead=LEAD) == {"reminders": 0}


async def test_a_round_of_a_plan_that_is_closed_reminds_nobody(opened):
    later = replace(
        ROUND,
        half=1,
        committee_on=date(2026, 5, 13),
        agenda_on=date(2026, 5, 6),
        figures_by=date(2026, 4, 22),
    )
    spring = NOON.replace(year=2026)
    async with opened.transaction() as session:
        await rounds.close_round(session, ROUND, by="planner", now=NOON)
        await rounds.open_round(session, later)

    assert await remind(opened, spring, lead=LEAD) == {"reminders": 0}
