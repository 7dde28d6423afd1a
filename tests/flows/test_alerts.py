"""A goal falls: from a new figure in the database to a card in the head's chat, through the real bot."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

import bot as bot_module
from bplan_bot.access import OF_GOALS, Grant, Role
from bplan_bot.alert_answers import ACKNOWLEDGE, OPT_IN, OPT_OUT, PUT_OFF
from bplan_bot.observation import Document, Observation
from bplan_bot.period import Period
from db import people
from db.documents import save_documents
from db.observations import add_observations
from tests.card_structure import elements, texts
from tests.factories import text
from tests.fake_connector import PERSONAL_CHAT, USER_OBJECT_ID, Received, pressed, said

COLLEAGUE_ID = "cccccccc-0000-0000-0000-000000000003"
COLLEAGUE_CHAT = "a:1the-owners-chat"
COLLEAGUE: dict[str, Any] = {
    "from": {"id": "29:1def-user", "aadObjectId": COLLEAGUE_ID},
    "conversation": {"id": COLLEAGUE_CHAT, "conversationType": "personal"},
}
"""What of an activity says that it comes from the owner's chat."""

APRIL = datetime(2025, 4, 1, 12, tzinfo=bot_module.COPENHAGEN)
"""A day on which the benchmark is known and nothing is handled, so that the plan is not closed."""

CORRECTION = Document(
    key="correction", title=text("Rettet opgørelse"), case="", date=date(2025, 4, 1), rank=30
)


@pytest.fixture
async def jobs(running):
    """The jobs of a bot that has spoken with the head and with 1.1's owner, and looked at all goals once."""
    working = bot_module.working(running.parts)
    await running.post(said(running.service_url, "hej"))
    await running.post(said(running.service_url, "hej", **COLLEAGUE))
    async with running.parts.database.transaction() as session:
        await people.grant(session, USER_OBJECT_ID, Grant(Role.HEAD), by="test", now=APRIL)
        await people.grant(session, COLLEAGUE_ID, Grant(Role.OWNER, "1.1"), by="test", now=APRIL)
    await working.jobs.run("watch", at=APRIL)
    running.connector.received.clear()
    yield working.jobs
    await working.endpoint.close()


async def more_than_expected(running, value: int = 2050, *, day: int = 1) -> None:
    figure = Observation(
        indicator="1.1.actual",
        area="707",
        period=Period.year(2024),
        value=Decimal(value),
        document=CORRECTION,
        known_at=date(2025, 4, day),
    )
    async with running.parts.database.transaction() as session:
        await save_documents(session, [CORRECTION])
        await add_observations(session, "norddjurs-2024", [figure], now=APRIL)


async def fewer_than_expected(running) -> None:
    await more_than_expected(running, 1990, day=2)


async def fallen(running, jobs) -> None:
    """Goal 1.1 has fallen, and both have their card."""
    await more_than_expected(running)
    await jobs.run("watch", at=APRIL + timedelta(minutes=1))
    await jobs.run("deliver", at=APRIL + timedelta(minutes=1))


def on_cards(received: list[Received]) -> dict[str, str]:
    """By conversation the words of the last card there."""
    return {one.conversation_id: " ".join(texts(one.body["attachments"][0]["content"])) for one in received}


def button(card: dict[str, Any], does: str) -> dict[str, Any]:
    """What the button of a card carries that does something."""
    (found,) = (e for e in elements(card) if e["type"] == "Action.Execute" and e.get("verb") == does)
    return dict(found["data"])


async def answer(running, does: str, **typed: str) -> dict[str, Any]:
    """The head presses a button of their card: the card that comes in its place."""
    heads = [one for one in running.connector.received if one.conversation_id == PERSONAL_CHAT]
    carried = button(heads[-1].body["attachments"][0]["content"], does)
    response = await running.post(pressed(running.service_url, carried | typed))
    body = await response.json()
    assert body["type"] == "application/vnd.microsoft.card.adaptive", body
    return dict(body["value"])


async def test_a_fall_reaches_the_heads_own_chat_once(running, jobs):
    await more_than_expected(running)
    for minute in range(1, 4):
        at = APRIL + timedelta(minutes=minute)
        assert await jobs.run("watch", at=at)
        assert await jobs.run("deliver", at=at)

    (sent,) = (one for one in running.connector.received if one.conversation_id == PERSONAL_CHAT)
    assert sent.body["summary"] == "Mål 1.1 er faldet: Ikke nået. 2.050 mod 2.030 (20 flere)"
    words = on_cards(running.connector.received)
    assert "20 flere end forventet" in words[PERSONAL_CHAT]
    assert "Du får beskeden, fordi du er leder." in words[PERSONAL_CHAT]
    assert "Du får beskeden, fordi du er målansvarlig for mål 1.1." in words[COLLEAGUE_CHAT]


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


async def test_an_acknowledgement_shows_on_the_pressed_card_and_on_the_colleagues(running, jobs):
    await fallen(running, jobs)
    tomorrow = bot_module.now().date() + timedelta(days=1)
    card = await answer(running, ACKNOWLEDGE, note="Vi **ringer** rundt", follow_up_on=tomorrow.isoformat())
    running.connector.received.clear()
    await jobs.run("deliver")

    own = " ".join(texts(card))
    assert "af dig. Følges op" in own
    assert "Vi **ringer** rundt" in own
    assert not [e for e in elements(card) if e.get("verb") == ACKNOWLEDGE]
    updates = {one.conversation_id: one for one in running.connector.received}
    assert {one.method for one in updates.values()} == {"PUT"}
    assert updates[COLLEAGUE_CHAT].activity_id.startswith("sent-")
    assert "channelData" not in updates[COLLEAGUE_CHAT].body
    assert "Kvitteret" in on_cards(running.connector.received)[COLLEAGUE_CHAT]
    assert "af leder. Følges op" in on_cards(running.connector.received)[COLLEAGUE_CHAT]


async def test_a_press_that_teams_delivers_twice_is_one_answer(running, jobs):
    await fallen(running, jobs)
    first = await answer(running, ACKNOWLEDGE, note="Set")
    again = await answer(running, ACKNOWLEDGE, note="Set")
    running.connector.received.clear()
    await jobs.run("deliver")

    assert again == first
    assert len(running.connector.received) == 2


async def test_a_mistake_brings_the_form_back_with_what_was_typed(running, jobs):
    await fallen(running, jobs)
    card = await answer(running, PUT_OFF, until="2020-01-01", reason="Det er kendt")
    running.connector.received.clear()
    await jobs.run("deliver")

    fields = {e["id"]: e.get("value") for e in elements(card) if e["type"].startswith("Input.")}
    assert fields == {"until": "2020-01-01", "reason": "Det er kendt"}
    assert "Datoen skal ligge efter i dag" in " ".join(texts(card))
    assert running.connector.received == []


async def test_a_recovery_is_told_and_makes_history_of_the_cards_of_the_fall(running, jobs):
    await fallen(running, jobs)
    running.connector.received.clear()
    await fewer_than_expected(running)
    later = APRIL + timedelta(days=1)
    await jobs.run("watch", at=later)
    await jobs.run("deliver", at=later)

    updates = [one for one in running.connector.received if one.method == "PUT"]
    news = [one for one in running.connector.received if one.method == "POST"]
    assert {one.conversation_id for one in updates} == {PERSONAL_CHAT, COLLEAGUE_CHAT}
    assert {one.conversation_id for one in news} == {PERSONAL_CHAT, COLLEAGUE_CHAT}
    assert "Mål 1.1 faldt, men er tilbage" in on_cards(updates)[COLLEAGUE_CHAT]
    card = updates[0].body["attachments"][0]["content"]
    assert not [e for e in elements(card) if e["type"].startswith("Action.")]
    assert "Mål 1.1 er tilbage på normalt niveau" in on_cards(news)[COLLEAGUE_CHAT]


async def test_a_fall_that_is_over_before_it_was_told_is_not_told_and_neither_is_its_end(running, jobs):
    await more_than_expected(running)
    await jobs.run("watch", at=APRIL + timedelta(minutes=1))
    await fewer_than_expected(running)
    later = APRIL + timedelta(days=1)
    await jobs.run("watch", at=later)
    await jobs.run("deliver", at=later)
    await jobs.run("deliver", at=later + timedelta(minutes=5))

    assert running.connector.received == []


async def test_whoever_opts_out_is_told_no_more_until_they_opt_in(running, jobs):
    await fallen(running, jobs)
    card = await answer(running, OPT_OUT)
    running.connector.received.clear()
    await fewer_than_expected(running)
    later = APRIL + timedelta(days=1)
    await jobs.run("watch", at=later)
    await jobs.run("deliver", at=later)

    assert "Du har sagt nej" in " ".join(texts(card))
    assert button(card, OPT_IN)
    posted = [one.conversation_id for one in running.connector.received if one.method == "POST"]
    assert posted == [COLLEAGUE_CHAT]


async def test_no_job_sends_anybody_anything_of_the_closed_plan_whatever_they_are_to_it(running, jobs):
    async with running.parts.database.transaction() as session:
        for role in Role:
            goal = "1.1" if role in OF_GOALS else None
            await people.grant(session, f"somebody, {role}", Grant(role, goal), by="test", now=APRIL)
    await more_than_expected(running)
    today = datetime(2026, 11, 21, 12, tzinfo=bot_module.COPENHAGEN)
    for minutes in (0, 20, 40):
        for name in jobs.names:
            assert await jobs.run(name, at=today + timedelta(minutes=minutes))

    assert running.connector.received == []
