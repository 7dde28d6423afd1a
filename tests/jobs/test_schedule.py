"""The clock: it starts every job, also after it was asleep, and remembers nothing."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from apscheduler.triggers.interval import IntervalTrigger

from jobs.schedule import Clock, times

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@pytest.mark.parametrize("name", times(COPENHAGEN))
@pytest.mark.parametrize(
    "moment",
    [
        datetime(2025, 3, 30, 1, 59, 55, tzinfo=COPENHAGEN),  # an hour is left out
        datetime(2025, 10, 26, 2, 59, 55, tzinfo=COPENHAGEN),  # an hour comes twice
        datetime(2025, 10, 26, 2, 59, 55, fold=1, tzinfo=COPENHAGEN),
        datetime(2024, 12, 31, 23, 59, 55, tzinfo=COPENHAGEN),
    ],
)
def test_every_job_goes_on_through_changes_of_the_clock(name, moment):
    trigger = times(COPENHAGEN)[name]
    fired = moment.astimezone(UTC)
    for _ in range(500):
        following = trigger.get_next_fire_time(fired, fired)
        assert following is not None
        assert timedelta(0) < following - fired <= timedelta(hours=25)
        fired = following


@pytest.mark.parametrize("name", times(COPENHAGEN))
def test_every_job_can_be_planned_from_a_time_before_the_process_began(name):
    long_ago = datetime(1970, 1, 2, tzinfo=UTC)

    assert times(COPENHAGEN)[name].get_next_fire_time(None, long_ago) <= long_ago + timedelta(hours=25)


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=400)])
async def test_a_clock_that_is_set_back_holds_up_no_job(back):
    ran: list[str] = []

    async def run(name: str) -> None:
        ran.append(name)

    often = IntervalTrigger(seconds=0.05, start_date=datetime(2024, 1, 1, tzinfo=UTC))
    clock = Clock(run, {"deliver": often}, look_again=0.1)
    with time_machine.travel(datetime(2025, 6, 2, 12, tzinfo=UTC)) as machine:
        clock.start()
        machine.shift(-back)
        async with asyncio.timeout(10):
            while len(ran) < 3:
                await asyncio.sleep(0.01)
        clock.stop()

    assert set(ran) == {"deliver"}


async def test_a_running_clock_starts_jobs_and_a_stopped_one_starts_none():
    ran: list[str] = []

    async def run(name: str) -> None:
        ran.append(name)

    clock = Clock(run, {"deliver": IntervalTrigger(seconds=0.05)})
    clock.start()
    while len(ran) < 3:
        await asyncio.sleep(0.01)
    clock.stop()
    seen = list(ran)
    await asyncio.sleep(0.2)

    assert set(seen) == {"deliver"}
    assert ran == seen


async def test_a_job_that_is_still_running_is_not_started_a_second_time():
    running, most = 0, 0

    async def run(name: str) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.3)
        running -= 1

    clock = Clock(run, {"watch": IntervalTrigger(seconds=0.05)})
    clock.start()
    await asyncio.sleep(1)
    clock.stop()

    assert most == 1
