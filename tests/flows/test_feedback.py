"""A question, its answer, the thumb it gets, and what is left of them afterwards: through the real bot."""

import json
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer

import bot as bot_module
from bplan_bot.asked import KeptQuestion, Thumb
from bplan_bot.settings import Settings
from db.questions import kept_questions
from tests.fake_connector import CHANNEL, installed, invoke, pressed, said, said_to_bot

THUMBS = {"feedbackLoop": {"type": "default"}}


def thumb(
    url: str, activity: str, reaction: str = "dislike", text: str = "", *, kind: str = "personal", **fields
):
    feedback = json.dumps({"feedbackText": text})
    value = {"actionName": "feedback", "actionValue": {"reaction": reaction, "feedback": feedback}}
    return invoke(url, value, name="message/submitAction", kind=kind, replyToId=activity, **fields)


async def kept(running) -> list[KeptQuestion]:
    # A thumb on nothing has stored what still waits.
    await running.post(thumb(running.service_url, "unknown"))
    async with running.parts.database.reading() as session:
        return list(await kept_questions(session))


@pytest.mark.parametrize("ask", [said, lambda url, text: pressed(url, {"ask": text})])
async def test_a_thumb_is_kept_with_its_question(running, ask):
    url = running.service_url
    await running.post(ask(url, "status for mål 6.2"))
    response = await running.post(thumb(url, "sent-1", "dislike", "tallet er fra 2024"))

    assert (response.status, await response.json()) == (200, {})
    (question,) = await kept(running)
    assert (question.text, question.topic, question.thumb, question.comment) == (
        "status for mål 6.2",
        "status",
        Thumb.DOWN,
        "tallet er fra 2024",
    )


async def test_a_thumb_in_a_channel_finds_its_question_whatever_thread_it_names(running):
    url = running.service_url
    await running.post(said_to_bot(url, "overblik", kind="channel"))
    place = {"id": CHANNEL, "conversationType": "channel"}
    await running.post(thumb(url, "sent-1", "like", kind="channel", conversation=place))

    (question,) = await kept(running)
    assert question.thumb is Thumb.UP


async def test_what_was_not_understood_is_kept_as_unclear(running):
    await running.post(said(running.service_url, "hvad er der på menuen i kantinen?"))

    (question,) = await kept(running)
    assert (question.topic, question.unclear) == ("", True)


async def test_answers_ask_for_thumbs_and_what_is_no_answer_does_not(running):
    url = running.service_url
    for activity in (
        said(url, "status for mål 6.2"),
        said(url, "status for mål 6.2 for 010203-1234"),
        said(url, ""),
        installed(url),
    ):
        await running.post(activity)

    asked_for = [activity.get("channelData") for activity in running.connector.activities]
    assert asked_for == [THUMBS, None, None, None]


async def test_a_message_with_a_cpr_number_is_not_kept(running):
    await running.post(said(running.service_url, "status for mål 6.2 for 010203-1234"))
    await running.post(said(running.service_url, "ring 12 34 56 78 90 om mål 6.2"))

    assert [question.text for question in await kept(running)] == ["ring [nummer fjernet] om mål 6.2"]


async def test_an_answer_that_did_not_arrive_is_not_kept(running):
    running.connector.answer_with(status=502)
    await running.post(said(running.service_url, "status for mål 6.2"))
    assert await kept(running) == []


async def test_nothing_is_kept_or_asked_for_where_the_setting_says_so(database_url, running):
    environment = {"DATABASE_URL": database_url, "BPLAN_KEEP_QUESTIONS_DAYS": "0"}
    parts = bot_module.build(Settings.model_validate(environment))
    async with TestClient(TestServer(bot_module.web_app(parts))) as client:
        await client.post("/api/messages", json=said(running.service_url, "status for mål 6.2"))
        answer = await client.post("/api/messages", json=thumb(running.service_url, "sent-1"))
        assert (answer.status, await answer.json()) == (200, {})

    assert running.connector.activities[0].get("channelData") is None
    assert await kept(running) == []


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
async def test_questions_are_tidied_away_after_thirty_days(running, days, left):
    await running.post(said(running.service_url, "status for mål 6.2"))
    (question,) = await kept(running)
    working = bot_module.working(running.parts)
    assert await working.jobs.run("tidy", at=question.at + timedelta(days=days))
    await working.endpoint.close()

    assert len(await kept(running)) == left


async def test_questions_that_are_shut_down_upon_are_stored_first(running):
    await running.post(said(running.service_url, "status for mål 6.2"))
    await running.client.close()
    async with running.parts.database.reading() as session:
        found = await kept_questions(session)
    await running.parts.database.close()

    assert len(found) == 1
