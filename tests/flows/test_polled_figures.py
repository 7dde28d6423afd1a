"""From the sources to the answer: `run poll` on the command line, then what the chat says of the figures."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bplan_bot.observation import HOME
from db import tables
from db.observations import load_series
from tests.fake_connector import said
from tests.fake_jobindsats import Cell, Fault
from tests.flows.test_command_line import Ran
from tests.flows.test_command_line import run as in_this_process
from tests.norddjurs import package

DAY = "2025-06-02"
CHOSEN = {
    one.key
    for goal in package().plan.goals
    for one in goal.indicators
    if one.feed is not None and one.feed.is_chosen
}

Command = Callable[..., Awaitable[Ran]]


@pytest.fixture
def command(tmp_path, database_url, jobindsats, statbank) -> Command:
    """Runs a command beside the fakes, on the database that the running bot answers from."""
    settings = {**jobindsats.settings, **statbank.settings, "DATABASE_URL": database_url}

    async def command(*arguments: str) -> Ran:
        return await asyncio.to_thread(
            in_this_process, *arguments, database=tmp_path / "bplan.db", BPLAN_LOG_LEVEL="error", **settings
        )

    return command


async def everything(running) -> dict[str, list[Any]]:
    """Every row that a poll may write, but for the runs of jobs."""
    written = (tables.observation, tables.document, tables.audit_entry, tables.source_state, tables.notice)
    async with running.parts.database.reading() as session:
        return {one.name: [tuple(row) for row in await session.execute(select(one))] for one in written}


async def test_a_poll_fills_every_indicator_with_a_table_and_a_second_changes_nothing(
    running, command, jobindsats, statbank
):
    assert (await command("run", "poll", "--now", DAY)).returncode == 0
    first = await everything(running)
    jobindsats.requests.clear()
    statbank.requests.clear()

    assert (await command("run", "poll", "--now", f"{DAY}T15:00")).returncode == 0

    async with running.parts.database.reading() as session:
        series = await load_series(session, "norddjurs-2024")
    filled = {
        key for key in CHOSEN if any(one.origin and one.amount is not None for one in series.of(key, HOME))
    }
    assert filled == CHOSEN
    assert await everything(running) == first
    assert (jobindsats.requests, statbank.requests) == (["/tables"], ["/tables"])


async def test_the_chat_answers_with_the_new_figures_their_period_and_their_freshness(
    running, command, jobindsats
):
    whole = jobindsats.tables["y30r21"].made

    def made(period: str, area: str, own: tuple[str, ...]) -> list[Cell]:
        return [1940 if cell == 1950 else cell for cell in whole(period, area, own)]

    jobindsats.publish("y30r21", made=made)
    before = await running.words_after(said(running.service_url, "status for mål 1.1"))
    await command("run", "poll", "--now", DAY)

    status = await running.words_after(said(running.service_url, "status for mål 1.1"))
    fresh = await running.words_after(said(running.service_url, "hvor friske er tallene på 1.1?"))

    assert ("1.950" in before, "1.940" in before) == (True, False)
    assert "1.940" in status
    assert "Norddjurs, 2024" in status
    assert "jobindsats.dk, Y30R21, opdateret 24.03.2025, kendt siden 24.03.2025" in status
    assert "Det nyeste tal dækker 2024 og er kendt siden 24. marts 2025" in fresh
    assert "Botten hentede sidst selv tal 2. juni 2025, fra jobindsats.dk." in fresh


async def test_who_asks_whether_a_source_works_is_told_why_not_in_the_words_of_the_command_line(
    command, jobindsats
):
    await command("run", "poll", "--now", DAY)
    well = (await command("ask", "hvornår kommer der nye tal fra danmarks statistik?")).stdout
    jobindsats.fault = Fault(403, b"You do not have permission to view this directory or page.")
    jobindsats.publish("otij01", expected="2025-06-27")
    await command("run", "poll", "--now", "2026-06-03")

    terminal = (await command("sources")).stdout
    answer = (await command("ask", "virker jobindsats?")).stdout

    assert "Danmarks Statistik virker. Tal fra Danmarks Statistik blev sidst hentet 2. juni 2025." in well
    why = "kilden lukker ikke botten ind; se efter, om nøglen er rigtig, og om netværket må bruge den"
    assert f"fejler siden 03.06.2026: {why} (HTTP 403)" in terminal
    assert f"har fejlet siden 3. juni 2026: {why} (HTTP 403)." in answer
    assert "Tal fra jobindsats.dk blev sidst hentet 2. juni 2025." in answer
