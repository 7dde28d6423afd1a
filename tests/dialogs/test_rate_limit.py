"""Whoever writes too fast is asked once to pause, and nobody else notices."""

import pytest

from bplan_bot.texts.speaker import Speaker
from dialogs.invokes import FEEDBACK
from dialogs.phrases import Phrases
from dialogs.rate_limit import MAX_PEOPLE, Pace, RateLimit
from tests.fake_connector import invoke, pressed, said, submitted

ANSWER, ASK, SILENCE = Pace.ANSWER, Pace.ASK_TO_PAUSE, Pace.SILENCE


@pytest.fixture
def limit(clock):
    return RateLimit(3, clock=clock)


def test_the_first_messages_are_answered_then_one_is_told_then_silence(limit):
    assert [limit.pace("a") for _ in range(6)] == [ANSWER, ANSWER, ANSWER, ASK, SILENCE, SILENCE]


def test_never_more_than_the_limit_within_any_minute(limit, clock):
    answered = []
    for _ in range(600):
        clock.seconds += 0.7
        if limit.pace("a") is ANSWER:
            answered.append(clock.seconds)
    assert all(later - earlier >= 60 for earlier, later in zip(answered, answered[3:], strict=False))
    assert len(answered) >= 3 * 6, "whoever goes on writing is still answered"


def test_somebody_is_told_once_a_minute(limit, clock):
    told = 0
    for _ in range(180):
        clock.seconds += 1
        told += limit.pace("a") is ASK
    assert told == 3


def test_one_person_does_not_use_up_anothers(limit):
    for _ in range(10):
        limit.pace("a")
    assert limit.pace("b") is ANSWER


def test_zero_is_no_limit_and_remembers_nobody(clock):
    limit = RateLimit(0, clock=clock)
    assert {limit.pace("a") for _ in range(1000)} == {ANSWER}
    assert limit.remembered == 0


def test_memory_is_bounded(limit):
    for n in range(MAX_PEOPLE + 500):
        limit.pace(str(n))
    assert limit.remembered == MAX_PEOPLE


async def test_over_the_limit_one_sentence_is_said_and_then_nothing(start, connector, clock):
    bot = await start(rate_limit=RateLimit(2, clock=clock))
    url = connector.service_url
    statuses = [(await bot.post(said(url, f"mål {n}"))).status for n in range(6)]

    assert statuses == [200] * 6
    assert [card["body"][0]["text"] for card in connector.cards] == [
        "svar på mål 0",
        "svar på mål 1",
        "vent lidt",
    ]
    assert len(bot.heard) == 2


async def test_buttons_and_forms_are_never_slowed_down(start, connector, clock):
    bot = await start(rate_limit=RateLimit(1, clock=clock))
    url = connector.service_url
    await bot.post(said(url, "hej"))
    for _ in range(3):
        await bot.post(pressed(url, {"goal": "6.2"}))
        await bot.post(submitted(url, {"goal": "6.2"}))
    assert len(bot.heard) == 7


class Thumbs:
    """Counts the thumbs that come so far."""

    def __init__(self):
        self.given = 0

    async def thumb(self, given, *, conversation, activity):
        self.given += 1

    async def close(self):
        pass


async def test_thumbs_beyond_the_limit_are_let_be_without_a_word_or_an_error(start, connector, clock):
    thumbs = Thumbs()
    bot = await start(rate_limit=RateLimit(2, clock=clock), feedback=thumbs)
    value = {"actionName": "feedback", "actionValue": {"reaction": "like"}}
    activity = invoke(connector.service_url, value, name=FEEDBACK, replyToId="1")
    answers = [await bot.post(activity) for _ in range(4)]

    assert [(one.status, await one.json()) for one in answers] == [(200, {})] * 4
    assert thumbs.given == 2
    assert connector.activities == []


async def test_thumbs_use_up_none_of_the_one_sentence_that_asks_to_pause(start, connector, clock):
    bot = await start(rate_limit=RateLimit(1, clock=clock), feedback=Thumbs())
    for _ in range(3):
        await bot.post(invoke(connector.service_url, {}, name=FEEDBACK, replyToId="1"))
    await bot.post(said(connector.service_url, "hej"))

    assert [card["body"][0]["text"] for card in connector.cards] == ["vent lidt"]


async def test_a_pause_that_cannot_be_sent_is_no_error(start, connector, clock, logged):
    bot = await start(rate_limit=RateLimit(1, clock=clock))
    await bot.post(said(connector.service_url, "hej"))
    connector.answer_with(status=403)
    assert (await bot.post(said(connector.service_url, "hej"))).status == 200
    assert "reply_not_sent" in str(logged)


@pytest.mark.parametrize(("language", "word"), [("da", "Vent"), ("en", "Wait")])
def test_the_pause_is_asked_for_politely_in_both_languages(language, word):
    assert word in Phrases(Speaker(language)).pause().text
