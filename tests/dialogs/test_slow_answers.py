"""An answer that takes long is announced in time and comes by itself, once."""

import asyncio

import pytest

from dialogs.incoming import Incoming, Reply
from dialogs.patience import Patience
from tests.dialogs.conftest import reply
from tests.fake_connector import CHANNEL_THREAD, FakeConnector, pressed, said, said_to_bot, submitted

MESSAGE = "application/vnd.microsoft.activity.message"
SOON = "svaret kommer her"


def in_place(incoming: Incoming) -> Reply:
    return Reply(card={"type": "AdaptiveCard"}, wording="", summary="Kvitteret", in_place=True)


def failing(incoming: Incoming) -> Reply:
    raise RuntimeError("the database is away")


def summaries(connector: FakeConnector) -> list[str]:
    return [activity["summary"] for activity in connector.activities]


@pytest.fixture
async def slow(start):
    """A bot that does not answer before it may, and whose requests wait a moment only."""
    bot = await start(patience=Patience(seconds=0.05))
    bot.may_answer.clear()
    return bot


async def finished(bot) -> None:
    """Let the bot answer, and wait until all it had to say is said."""
    bot.may_answer.set()
    await bot.endpoint.close()


async def test_a_slow_answer_is_announced_before_it_is_there_and_then_comes_once(slow, connector):
    response = await slow.post(said(connector.service_url, "mål 6.2"))
    announced = (response.status, summaries(connector))
    await finished(slow)

    assert announced == (200, [SOON])
    assert summaries(connector) == [SOON, "svar på mål 6.2"]


async def test_a_slow_answer_comes_in_the_thread_of_its_question(slow, connector):
    await slow.post(said_to_bot(connector.service_url, "mål 6.2", id="42"))
    await finished(slow)

    places = [(request.conversation_id, request.activity_id) for request in connector.received]
    assert places == [(CHANNEL_THREAD, "42")] * 2


async def test_an_answer_in_time_is_not_announced(bot, connector):
    await bot.post(said(connector.service_url, "mål 6.2"))
    assert summaries(connector) == ["svar på mål 6.2"]


async def test_a_slow_answer_that_fails_is_an_apology(slow, connector):
    slow.answers = failing
    await slow.post(said(connector.service_url, "mål 6.2"))
    await finished(slow)

    soon, apology = summaries(connector)
    assert (soon, apology.split()[0]) == (SOON, "undskyld")


async def test_a_message_that_is_delivered_again_meanwhile_gives_no_second_answer(slow, connector):
    message = said(connector.service_url, "mål 6.2")
    for _ in range(3):
        await slow.post(message)
    await finished(slow)

    assert summaries(connector) == [SOON, "svar på mål 6.2"]


async def test_a_slow_button_is_told_in_place_and_its_answer_is_a_message(slow, connector):
    response = await slow.post(pressed(connector.service_url, {"goal": "6.2"}))
    told = await response.json()
    await finished(slow)

    assert told == {"statusCode": 200, "type": MESSAGE, "value": SOON}
    assert [request.method for request in connector.received] == ["POST"]


@pytest.mark.parametrize("press", [pressed, submitted])
async def test_a_slow_button_whose_card_is_replaced_has_it_replaced_later(slow, connector, press):
    slow.answers = in_place
    activity = press(connector.service_url, {"goal": "6.2"}) | {"replyToId": "1700000000000"}
    await slow.post(activity)
    await finished(slow)

    last = connector.received[-1]
    assert (last.method, last.activity_id, last.body["summary"]) == ("PUT", "1700000000000", "Kvitteret")


async def test_expected_replies_are_waited_for_since_they_travel_in_the_response(slow, connector):
    posting = asyncio.create_task(
        slow.post(said(connector.service_url, "mål 6.2", deliveryMode="expectReplies"))
    )
    done, _ = await asyncio.wait({posting}, timeout=0.2)
    slow.may_answer.set()
    [sent] = (await (await posting).json())["activities"]

    assert not done
    assert sent["summary"] == "svar på mål 6.2"


async def test_beyond_the_bound_a_request_waits_for_its_answer(start, connector, logged):
    bot = await start(patience=Patience(seconds=0.01, most=1))
    bot.may_answer.clear()
    await bot.post(said(connector.service_url, "den første"))
    second = asyncio.create_task(bot.post(said(connector.service_url, "den anden")))
    done, _ = await asyncio.wait({second}, timeout=0.2)
    bot.may_answer.set()
    await second
    await bot.endpoint.close()

    assert not done
    assert "too_many_slow_answers" in str(logged)
    assert sorted(summaries(connector)) == ["svar på den anden", "svar på den første", SOON, SOON]


async def test_answers_that_shutdown_cuts_off_are_counted_in_the_log(logged):
    patience = Patience(seconds=0.01)
    never: asyncio.Event = asyncio.Event()

    async def answer() -> Reply:
        await never.wait()
        return reply("for sent")

    begun = [await patience.begin(answer()) for _ in range(2)]
    await patience.close(seconds=0.01)

    assert all(task.cancelled() for task in begun)
    assert [(line["event"], line["count"]) for line in logged] == [("answers_lost_at_shutdown", 2)]


async def test_nothing_is_said_at_shutdown_when_nothing_goes_on(logged):
    await Patience().close()
    assert logged == []
