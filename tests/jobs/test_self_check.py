"""The self-check says in the log, and to administrators, when the bot's secret runs out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bplan_bot.access import Grant, Role
from db import notices, people
from jobs.self_check import SelfCheck

LAST_DAY = date(2027, 11, 20)
WEEK_BEFORE = datetime(2027, 11, 13, 12, tzinfo=UTC)


@pytest.fixture
async def staffed(database):
    async with database.transaction() as session:
        await people.grant(session, "it", Grant(Role.ADMINISTRATOR), by="test", now=WEEK_BEFORE)
        await people.grant(session, "head", Grant(Role.HEAD), by="test", now=WEEK_BEFORE)
    return database


async def waiting(database) -> int:
    async with database.reading() as session:
        return await notices.waiting(session)


async def test_a_secret_that_runs_out_is_logged_once_a_day_and_told_once(staffed):
    check = SelfCheck(staffed, LAST_DAY)
    with capture_logs() as logged:
        did = [await check.look(WEEK_BEFORE + timedelta(minutes=30 * n)) for n in range(3)]
        await check.look(WEEK_BEFORE + timedelta(days=1))

    lines = [(line["event"], line["on"], line["days_left"]) for line in logged]
    assert lines == [("secret_expires", "2027-11-20", 7), ("secret_expires", "2027-11-20", 6)]
    assert [one["notices"] for one in did] == [1, 0, 0]
    assert await waiting(staffed) == 1


async def test_a_process_that_starts_anew_tells_nobody_again(staffed):
    for _ in range(2):
        await SelfCheck(staffed, LAST_DAY).look(WEEK_BEFORE)
    assert await waiting(staffed) == 1


@pytest.mark.parametrize("expires", [None, date(2028, 11, 20)])
async def test_a_secret_that_is_good_for_long_or_unknown_is_not_mentioned(staffed, expires):
    with capture_logs() as logged:
        did = await SelfCheck(staffed, expires).look(WEEK_BEFORE)

    assert (logged, did["notices"], await waiting(staffed)) == ([], 0, 0)


async def test_a_secret_that_has_run_out_is_logged_and_nobody_can_be_told(staffed):
    with capture_logs() as logged:
        did = await SelfCheck(staffed, LAST_DAY).look(WEEK_BEFORE + timedelta(days=8))

    assert [(line["event"], line["days_left"]) for line in logged] == [("secret_expires", -1)]
    assert did["notices"] == 0
