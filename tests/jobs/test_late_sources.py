"""A source that does not come is told to the administrator once, and once when it does again: through the
real bot, with its sources and Teams as fakes on loopback."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

import bot as bot_module
from bplan_bot.access import Grant, Role
from bplan_bot.settings import Settings
from db import notices as notice_rows
from db import people
from db.bundled import prepare
from db.sources import load_states
from jobs.schedule import Times
from tests.card_structure import texts
from tests.fake_connector import USER_OBJECT_ID, FakeConnector, said
from tests.fake_jobindsats import FakeJobindsats, Fault, hours_table

JUNE = datetime(2025, 6, 2, 12, tzinfo=bot_module.COPENHAGEN)
LATE = datetime(2025, 7, 2, 12, tzinfo=bot_module.COPENHAGEN)
"""Three working days and one after 26 June, on which the fake's table is to come out anew."""

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NO_JOBS: Times = {}


class Town:
    """A bot with an administrator, whose sources are polled and whose notices are delivered as on a day."""

    def __init__(self, url: str, settings: dict[str, str], connector: FakeConnector) -> None:
        self.connector = connector
        self.settings = Settings.model_validate({"DATABASE_URL": url, **settings})
        self.start()

    def start(self) -> None:
        """Begin, or begin anew as after a restart."""
        self.parts = bot_module.build(self.settings, now=lambda: JUNE)
        self.working = bot_module.working(self.parts)

    async def appoint(self) -> None:
        """Make whoever has opened a chat the administrator."""
        async with self.parts.database.transaction() as session:
            await people.grant(session, USER_OBJECT_ID, Grant(Role.ADMINISTRATOR), by="test", now=JUNE)

    async def polls(self, *moments: datetime) -> None:
        for at in moments:
            assert await self.working.jobs.run("poll", at=at)

    async def hears(self, *moments: datetime) -> list[str]:
        """What the administrator is sent while sources are polled and notices delivered at these times."""
        before = len(self.connector.activities)
        for at in moments:
            await self.polls(at)
            assert await self.working.jobs.run("deliver", at=at + timedelta(minutes=1))
        return [
            " ".join(texts(one["attachments"][0]["content"])) for one in self.connector.activities[before:]
        ]

    async def keys(self) -> list[str]:
        async with self.parts.database.reading() as session:
            return [notice.key for notice in await notice_rows.with_prefix(session, "source_")]


@pytest.fixture
async def empty_town(database_url, jobindsats) -> AsyncIterator[Town]:
    async with FakeConnector() as connector:
        town = Town(database_url, jobindsats.settings, connector)
        await prepare(town.parts.database, now=JUNE)
        client = TestClient[Any, Any](TestServer(bot_module.web_app(town.parts, NO_JOBS)))
        await client.start_server()
        await client.post("/api/messages", json=said(connector.service_url, "hej"))
        yield town
        await town.working.close()
        await client.close()


@pytest.fixture
async def town(empty_town: Town) -> Town:
    """The town with its administrator."""
    await empty_town.appoint()
    return empty_town


def comes_out(jobindsats: FakeJobindsats, last: str, published: str, expected: str) -> None:
    """The table of hours with another month."""
    jobindsats.publish("otij01", periods=hours_table(last).periods, published=published, expected=expected)


def hourly(start: datetime, hours: int) -> Iterable[datetime]:
    return (start + n * HOUR for n in range(hours))


async def test_late_is_told_once_back_once_and_late_again_once(town, jobindsats):
    assert await town.hears(JUNE, LATE - DAY) == []

    (late,) = await town.hears(LATE)
    still = await town.hears(LATE + HOUR, LATE + DAY, LATE + 3 * DAY)
    comes_out(jobindsats, "2025M05", "2025-07-07", "2025-07-26")
    (back,) = await town.hears(LATE + 5 * DAY, LATE + 6 * DAY)
    (again,) = await town.hears(LATE + 30 * DAY, LATE + 31 * DAY)

    assert "Tal fra jobindsats.dk udebliver" in late
    assert "OTIJ01: Kilden ventede selv nye tal 26. juni 2025, og de er ikke kommet." in late
    assert still == []
    assert "jobindsats.dk er i orden igen" in back
    assert "Tal blev sidst hentet 7. juli 2025, og de næste ventes 26. juli 2025." in back
    assert "Kilden ventede selv nye tal 26. juli 2025" in again


async def test_a_source_that_fails_is_told_after_a_day_with_why_and_what_it_is_for(town, jobindsats):
    await town.polls(JUNE)
    jobindsats.fault = Fault(403, b"You do not have permission to view this directory or page.")

    first = await town.hears(*hourly(JUNE + HOUR, 24))
    (late,) = await town.hears(*hourly(JUNE + 26 * HOUR, 5))
    jobindsats.fault = None
    (back,) = await town.hears(*hourly(JUNE + 31 * HOUR, 5))

    assert first == []
    assert "OTIJ01 og Y30R21 har fejlet siden 2. juni 2025: kilden lukker ikke botten ind" in late
    assert "(HTTP 403)" in late
    assert "Tallene bruges til mål 1.1." in late
    assert "Y30R21: Tal blev sidst hentet 3. juni 2025" in back


async def test_a_source_that_fails_for_an_afternoon_is_no_news(town, jobindsats):
    await town.polls(JUNE)
    jobindsats.fault = Fault(503)
    during = await town.hears(*hourly(JUNE + HOUR, 6))
    jobindsats.fault = None

    assert (during, await town.hears(JUNE + 2 * DAY)) == ([], [])


async def test_a_restart_and_a_clock_that_is_set_back_tell_nothing_twice(town):
    (late,) = await town.hears(JUNE, LATE)
    await town.working.close()
    town.start()

    assert late
    assert await town.hears(LATE + HOUR, JUNE, JUNE - DAY, LATE + 2 * HOUR) == []


async def test_what_is_over_before_its_card_was_sent_is_not_told_and_neither_is_its_end(town, jobindsats):
    await town.polls(JUNE, LATE)
    comes_out(jobindsats, "2025M05", "2025-07-02", "2025-07-26")

    assert await town.hears(LATE + HOUR, LATE + DAY) == []
    assert await town.keys() == [f"source_late/jobindsats/otij01/2025-06-26/{USER_OBJECT_ID}"]


async def test_a_table_that_is_back_before_the_card_was_sent_is_left_out_of_it(town, jobindsats):
    jobindsats.publish("y30r21", expected="2025-06-26")
    await town.polls(JUNE, LATE)
    comes_out(jobindsats, "2025M05", "2025-07-02", "2025-07-26")

    (late,) = await town.hears(LATE + HOUR)

    assert "Y30R21: Kilden ventede selv nye tal" in late
    assert "OTIJ01" not in late


async def test_two_processes_that_look_at_once_tell_it_once(town, jobindsats):
    await town.polls(JUNE)
    other = Town(town.settings.database_url, jobindsats.settings, town.connector)

    await asyncio.gather(town.polls(LATE), other.polls(LATE))
    await other.working.close()

    assert len(await town.keys()) == 1


async def test_without_an_administrator_nothing_counts_as_told_until_there_is_one(empty_town):
    assert await empty_town.hears(JUNE, LATE) == []

    await empty_town.appoint()

    assert len(await empty_town.hears(LATE + HOUR, LATE + 2 * HOUR)) == 1


async def test_while_nothing_turns_nothing_is_written_and_the_log_is_told_once(town):
    with capture_logs() as logged:
        await town.polls(JUNE, LATE, LATE + HOUR)

    lines = [(one["source"], one["since"]) for one in logged if one["event"] == "source_late"]
    assert lines == [("jobindsats", {"otij01": "2025-06-26"})]
    async with town.parts.database.reading() as session:
        states = await load_states(session)
    assert [state.told_late is not None for _, state in sorted(states.items())] == [True, False]


async def test_a_source_of_which_it_is_unknown_whether_the_card_arrived_is_told_once_more_and_marked(town):
    await town.polls(JUNE, LATE)
    town.connector.answer_with(status=504)
    await town.working.jobs.run("deliver", at=LATE)
    town.connector.answer_with()

    heard = await town.hears(LATE + 20 * timedelta(minutes=1), LATE + HOUR)

    assert len(heard) == 1
    assert "Gentaget, fordi det er uvist" in heard[0]
