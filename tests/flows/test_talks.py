"""A talk with the bot over HTTP: what leans on the question before, and the language of each question."""

from functools import partial
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

import bot as bot_module
from bplan_bot.access import everything
from bplan_bot.evaluation import read_questions
from dialogs.evaluating import evaluate
from tests.card_structure import texts
from tests.fake_connector import pressed, said
from tests.flows.conftest import RunningBot
from tests.flows.reporters import NO_JOBS

ROOT = Path(__file__).parents[2]
BESIDE = next(iter(sorted(ROOT.parent.glob("*/questions/dev.jsonl"))), None)
"""Questions that are kept beside the project, where they are."""


async def talk(running, *messages, **fields):
    """What a person reads on the last card after these messages."""
    for text in messages:
        words = await running.words_after(said(running.service_url, text, **fields))
    return words


async def test_a_question_may_lean_on_the_one_before(running):
    assert "Begrundelse" in await talk(running, "status for mål 6.2", "hvorfor?")
    assert "35,2 %" in await talk(running, "og 6.3?")


async def test_a_question_may_lean_on_one_before_a_restart(running):
    await talk(running, "status for mål 6.2")
    await running.client.close()
    anew = bot_module.build(running.parts.settings)
    client = TestClient(TestServer(bot_module.web_app(anew, NO_JOBS)))
    await client.start_server()
    words = await talk(RunningBot(client, running.connector, anew), "hvorfor?")
    await client.close()

    assert "Begrundelse" in words


async def test_another_conversation_knows_nothing_of_it(running):
    await talk(running, "status for mål 6.2")
    words = await talk(running, "hvorfor?", conversation={"id": "a:another", "conversationType": "personal"})

    assert "36,7 %" not in words


async def test_a_question_in_english_is_answered_in_english(running):
    words = await talk(running, "status of goal 6.2")

    assert "36.7%" in words
    assert "Not met" in words


async def test_a_button_on_an_english_card_is_answered_in_english(running):
    await talk(running, "how are we doing overall?")
    card = running.connector.cards[-1]
    asks = [action["data"] for action in actions(card) if "ask" in action.get("data", {})]
    words = await running.words_after(pressed(running.service_url, asks[0]))

    assert asks
    assert "hvilke" not in words.lower()
    assert {one["language"] for one in asks} == {"en"}


async def test_what_is_wrongly_taken_for_granted_is_put_right_first(running):
    await talk(running, "er det rigtigt at vi har 24 mål?")

    assert "22" in texts(running.connector.cards[-1])[0]


def actions(value):
    """Every action of a card, at any depth."""
    if isinstance(value, dict):
        if str(value.get("type", "")).startswith("Action."):
            yield value
        for inner in value.values():
            yield from actions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from actions(inner)


@pytest.mark.parametrize(
    ("file", "at_least"),
    [
        (ROOT / "tests" / "questions" / "seen.jsonl", 94),
        (ROOT / "tests" / "questions" / "further.jsonl", 95),
        (ROOT / "tests" / "questions" / "later.jsonl", 92),
        pytest.param(
            BESIDE, 96, marks=pytest.mark.skipif(BESIDE is None, reason="no questions beside the checkout")
        ),
    ],
)
async def test_so_many_of_the_questions_people_ask_are_answered_right(running, file, at_least):
    asked = read_questions(file.read_bytes(), name=file.name)
    judged = await evaluate(asked, partial(running.parts.router.answer, asker=everything("test")))

    assert sum(one.right for one in judged) * 100 >= at_least * len(judged), [
        one.asked.text for one in judged if not one.right
    ]
    assert all(one.right for one in judged if one.asked.kind == "outside")


async def test_one_of_the_goals_that_were_offered_is_chosen_by_its_place(running):
    offered = await talk(running, "status for uddannelse")
    assert "Mener du et af disse mål?" in offered

    assert "35,2 %" in await talk(running, "den sidste")


async def test_one_of_a_list_is_chosen_by_its_place_and_then_another(running):
    await talk(running, "hvilke mål er ikke nået?")

    assert "Progression i sagerne" in await talk(running, "den første")
    assert "14,6 %" in await talk(running, "og nummer to?")
