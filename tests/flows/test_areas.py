"""Other municipalities in the chat: shown where their figures are held, and never in place of our own."""

import pytest

from bplan_bot.observation import HOME
from bplan_bot.period import Period
from db.documents import save_documents
from db.observations import add_observations
from tests.card_structure import faults
from tests.factories import make_document, make_observation
from tests.fake_connector import said
from tests.flows.conftest import NOON

SYDDJURS = "706"
ALONE = (
    "hvad er Syddjurs' tal på 6.10?",
    "hvad siger Syddjurs om ordinære timer",
    "hvordan klarer Syddjurs 6.10",
)


async def ask(running, text):
    words = await running.words_after(said(running.service_url, text))
    assert faults(running.connector.cards[-1]) == []
    return words


@pytest.fixture
async def with_syddjurs(running):
    """The bot with one figure of Syddjurs, known before the follow-up."""
    document = make_document("table")
    figure = make_observation(
        "6.10.share", "21.3", area=SYDDJURS, period=Period.year(2024), document=document
    )
    assert figure.area != HOME
    async with running.parts.database.transaction() as session:
        await save_documents(session, [document])
        await add_observations(session, "norddjurs-2024", [figure], now=NOON)
    return running


@pytest.mark.parametrize("question", ALONE)
async def test_another_municipalitys_figure_that_is_not_held_is_outside(running, question):
    words = await ask(running, question)

    assert "Det har jeg ikke" in words
    assert "22,7 %" not in words


async def test_in_a_comparison_it_is_said_that_it_is_not_held(running):
    words = await ask(running, "hvordan ligger vi i forhold til Randers på 6.10?")

    assert "Tal for Randers har jeg ikke på mål 6.10." in words


@pytest.mark.parametrize("question", [*ALONE, "6.10 sammenlignet med Syddjurs", "6.10 mod nabokommunerne"])
async def test_what_is_held_is_shown_beside_our_own(with_syddjurs, question):
    words = await ask(with_syddjurs, question)

    assert "I 2024 var tallet 22,7 % i Norddjurs og 21,3 % i Syddjurs" in words
    assert "1,4 procentpoint over" in words


async def test_it_changes_nothing_about_the_goal_itself(with_syddjurs):
    words = await ask(with_syddjurs, "status for mål 6.10")

    assert "22,7 %" in words
    assert "21,3 %" not in words


async def test_the_comparison_may_go_on_from_the_goal_that_was_spoken_of(with_syddjurs):
    await ask(with_syddjurs, "status for mål 6.10")

    assert "21,3 % i Syddjurs" in await ask(with_syddjurs, "og i forhold til Syddjurs?")
