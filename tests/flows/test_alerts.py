"""A goal falls: from a new figure in the database to a card in the head's chat, through the real bot."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

import bot as bot_module
from bplan_bot.access import Grant, Role
from bplan_bot.observation import Document, Observation
from bplan_bot.period import Period
from db import people
from db.documents import save_documents
from db.observations import add_observations
from tests.card_structure import texts
from tests.factories import text
from tests.fake_connector import PERSONAL_CHAT, USER_OBJECT_ID, said

APRIL = datetime(2025, 4, 1, 12, tzinfo=bot_module.COPENHAGEN)
"""A day on which the benchmark is known and nothing is handled, so that the plan is not closed."""

CORRECTION = Document(
    key="correction", title=text("Rettet opgørelse"), case="", date=date(2025, 4, 1), rank=30
)


@pytest.fixture
async def jobs(running):
    """The jobs of a bot that has spoken with the head, and has looked at all goals once."""
    working = bot_module.working(running.parts)
    await running.post(said(running.service_url, "hej"))
    async with running.parts.database.transaction() as session:
        await people.grant(session, USER_OBJECT_ID, Grant(Role.HEAD), by="test", now=APRIL)
    await working.jobs.run("watch", at=APRIL)
    running.connector.received.clear()
    yield working.jobs
    await working.endpoint.close()


async def more_than_expected(running) -> None:
    figure = Observation(
        indicator="1.1.actual",
        area="707",
        period=Period.year(2024),
        value=Decimal(2050),
        document=CORRECTION,
        known_at=date(2025, 4, 1),
    )
    async with running.parts.database.transaction() as session:
        await save_documents(session, [CORRECTION])
        await add_observations(session, "norddjurs-2024", [figure], now=APRIL)


async def test_a_fall_reaches_the_heads_own_chat_once(running, jobs):
    await more_than_expected(running)
    for minute in range(1, 4):
        at = APRIL + timedelta(minutes=minute)
        assert await jobs.run("watch", at=at)
        assert await jobs.run("deliver", at=at)

    (sent,) = running.connector.received
    assert sent.conversation_id == PERSONAL_CHAT
    assert sent.body["summary"] == "Mål 1.1 er faldet: Ikke nået. 2.050 mod 2.030"
    words = " ".join(texts(running.connector.cards[-1]))
    assert "20 flere end forventet" in words
    assert "Du får beskeden, fordi du er leder" in words


async def test_nothing_is_sent_when_nothing_changed(running, jobs):
    await jobs.run("watch", at=APRIL + timedelta(minutes=1))
    await jobs.run("deliver", at=APRIL + timedelta(minutes=1))

    assert running.connector.received == []


async def test_the_closed_plan_sends_nobody_anything_today(running, jobs):
    await more_than_expected(running)
    today = datetime(2026, 11, 21, 12, tzinfo=bot_module.COPENHAGEN)
    await jobs.run("watch", at=today)
    await jobs.run("deliver", at=today)

    assert running.connector.received == []
