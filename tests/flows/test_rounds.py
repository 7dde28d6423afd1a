"""A round in the chat and on the command line: opened, shown and closed, by those who may."""

from datetime import datetime
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

import bot as bot_module
from bplan_bot.access import Grant, Role
from bplan_bot.settings import Settings
from db import people, rounds
from db.audit import entries
from db.bundled import prepare
from dialogs.incoming import Event, Incoming
from tests.fake_connector import FakeConnector
from tests.fake_connector import said as said_in_teams
from tests.flows.conftest import RunningBot
from tests.flows.reporters import NO_JOBS

MARCH = datetime(2025, 3, 24, 12, tzinfo=bot_module.COPENHAGEN)
OPEN = "åbn runden for 2. halvår med udvalg 14.05.2025"
CLOSE = {"do": "close_round", "plan": "norddjurs-2024", "half": 2}


@pytest.fixture
async def bot(database_url):
    """A bot in Teams, as it is answered on 24 March 2025, with a planansvarlig and an indberetter."""
    settings = Settings.model_validate({"DATABASE_URL": database_url, "MicrosoftAppId": "an-app"})
    parts = bot_module.build(settings, now=lambda: MARCH)
    await prepare(parts.database, now=MARCH)
    async with parts.database.transaction() as session:
        await people.grant(session, "planner", Grant(Role.PLANNER), by="test", now=MARCH)
        await people.grant(session, "reporter", Grant(Role.REPORTER, "6.13"), by="test", now=MARCH)
    yield parts
    await parts.close()


async def said(bot, text: str, *, by: str = "planner") -> Any:
    reply = await bot.router.answer(Incoming(event=Event.MESSAGE, text=text, user_id=by))
    assert reply
    return reply


async def pressed(bot, value: dict[str, Any], *, by: str = "planner") -> Any:
    reply = await bot.router.answer(Incoming(event=Event.BUTTON, value=value, user_id=by))
    assert reply
    return reply


async def held(bot) -> list[tuple[int, bool]]:
    async with bot.database.reading() as session:
        return [(one.half, one.is_open) for one in await rounds.rounds(session, "norddjurs-2024")]


async def test_the_planner_opens_a_round_and_reads_its_dates(bot):
    reply = await said(bot, OPEN)

    for words in (
        "Runden for 2. halvår er åben.",
        "24.04.2025",
        "08.05.2025",
        "14.05.2025",
        "Svar på 1 af 22 mål",
    ):
        assert words in reply.text
    assert await held(bot) == [(2, True)]
    async with bot.database.reading() as session:
        (opened, *_) = await entries(session, limit=1)
    assert (opened.action, opened.actor) == ("round_opened", "planner")


async def test_the_planner_hears_which_goals_nobody_reports(bot):
    reply = await said(bot, OPEN)

    assert "20 mål har ingen indberetter" in reply.text
    assert "Mangler fra indberetter: 6.13" in reply.text


async def test_a_date_that_is_given_overrules_the_count(bot):
    reply = await said(bot, f"{OPEN}, dagsorden 07.05.2025 og tal senest 15.04.2025")

    assert "Frist for tal: 15.04.2025" in reply.text
    assert "Dagsorden: 07.05.2025" in reply.text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("åbn runden", "Skriv, hvilket halvår det er"),
        ("åbn runden for 2. halvår", "Skriv, hvornår udvalget mødes"),
        ("åbn runden for 3. halvår med udvalg 14.05.2025", "Der er 1. og 2. halvår, ikke 3."),
        ("åbn runden for 2. halvår med udvalg 12.03.2025", "Udvalgsmødet 12.03.2025 har været."),
        ("åbn runden for 2. halvår med udvalg 31.02.2025", "31.02.2025"),
        ("luk runden", "Der er ingen åben runde at lukke."),
        ("vis runden", "Der har ikke været nogen runde endnu."),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_sentence(bot, text, says):
    assert says in (await said(bot, text)).text
    assert await held(bot) == []


async def test_a_second_round_is_not_opened_beside_an_open_one(bot):
    await said(bot, OPEN)

    assert "er allerede åben" in (await said(bot, OPEN)).text


@pytest.mark.parametrize(
    ("by", "opens"), [("planner", True), ("reporter", False), ("stranger", False)], ids=lambda v: str(v)
)
async def test_only_who_runs_the_plan_opens_a_round(bot, by, opens):
    reply = await said(bot, OPEN, by=by)

    assert ("Kun den planansvarlige" in reply.text) is not opens
    assert await held(bot) == ([(2, True)] if opens else [])


@pytest.mark.parametrize(
    ("by", "sees", "closes"), [("planner", True, True), ("reporter", True, False), ("stranger", False, False)]
)
async def test_everybody_with_a_role_sees_the_round_and_only_some_may_close_it(bot, by, sees, closes):
    await said(bot, OPEN)

    reply = await said(bot, "hvordan går det med runden", by=by)

    assert ("Frist for tal: 24.04.2025" in reply.text) is sees
    assert ("Luk runden" in str(reply.card)) is closes


async def test_closing_asks_first_and_the_button_closes(bot):
    await said(bot, OPEN)

    asked = await said(bot, "luk runden")
    assert "Skal runden for 2. halvår lukkes?" in asked.text
    assert await held(bot) == [(2, True)]

    closed = await pressed(bot, CLOSE)
    assert "Runden for 2. halvår er lukket." in closed.text
    assert await held(bot) == [(2, False)]


async def test_a_button_pressed_twice_closes_once_and_says_so(bot):
    await said(bot, OPEN)
    await pressed(bot, CLOSE)

    assert "var allerede lukket" in (await pressed(bot, CLOSE)).text


async def test_the_button_closes_for_nobody_else(bot):
    await said(bot, OPEN)

    assert "Kun den planansvarlige" in (await pressed(bot, CLOSE, by="reporter")).text
    assert await held(bot) == [(2, True)]


@pytest.mark.parametrize(
    "value",
    [{"do": "close_round"}, {**CLOSE, "half": "2"}, {**CLOSE, "plan": "another"}, {**CLOSE, "half": True}],
)
async def test_a_button_that_names_no_round_closes_none(bot, value):
    await said(bot, OPEN)

    await pressed(bot, value)

    assert await held(bot) == [(2, True)]


async def test_a_closed_round_can_be_opened_again(bot):
    await said(bot, OPEN)
    await pressed(bot, CLOSE)

    assert "er åbnet igen" in (await said(bot, OPEN)).text
    assert await held(bot) == [(2, True)]


async def test_a_round_is_shown_over_http(database_url):
    parts = bot_module.build(Settings.model_validate({"DATABASE_URL": database_url}), now=lambda: MARCH)
    await prepare(parts.database, now=MARCH)
    async with FakeConnector() as connector:
        client = TestClient(TestServer(bot_module.web_app(parts, NO_JOBS)))
        await client.start_server()
        running = RunningBot(client, connector, parts)
        await running.post(said_in_teams(running.service_url, OPEN))
        words = await running.words_after(said_in_teams(running.service_url, "vis runden"))
        await client.close()

    assert "Opfølgning på 2. halvår" in words
    assert "24.04.2025" in words
