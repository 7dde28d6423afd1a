"""A question as of an earlier day: the answer says so, what goes on stays there, a new one is of today."""

from datetime import date

import pytest

from bplan_bot.observation import HOME
from bplan_bot.period import Period
from db.documents import save_documents
from db.observations import add_observations
from tests.card_structure import elements, faults
from tests.factories import make_document, make_observation, text
from tests.fake_connector import pressed, said, said_to_bot
from tests.flows.conftest import NOON

BEFORE, AFTER = "pr. 1. maj 2025", "pr. 20. maj 2025"
"""Goal 6.2 had no figure before the follow-up of 14 May 2025, and was handled then."""

SAID = "Som det så ud 1. maj 2025."


async def talk(running, *messages, **fields):
    """What a person reads on the last card after these messages."""
    for words in messages:
        told = await running.words_after(said(running.service_url, words, **fields))
    return told


async def press(running, title):
    """What a person reads after pressing the button of the last card with this title."""
    card = running.connector.cards[-1]
    (data,) = {str(e["data"]): e["data"] for e in elements(card) if e.get("title") == title}.values()
    return await running.words_after(pressed(running.service_url, data))


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        (f"status for mål 6.2 {BEFORE}", ["ikke offentliggjort"], ["36,7 %"]),
        (f"status for mål 6.2 {AFTER}", ["36,7 %", "Ikke nået"], []),
        (f"overblik {BEFORE}", ["0 af 22"], ["13 af 22"]),
        (f"hvorfor er mål 6.2 ikke nået {BEFORE}", ["ikke offentliggjort"], ["36,7 %"]),
        ("overblik som det så ud i april 2025", ["30. april 2025"], ["13 af 22"]),
        ("status of goal 6.2 as of 1 May 2025", ["As it stood on 1 May 2025."], ["36.7%"]),
    ],
)
async def test_an_answer_is_as_of_the_day_that_is_named_and_says_so_first(running, question, told, untold):
    words = await talk(running, question)

    assert [each for each in told if each not in words] == []
    assert [each for each in untold if each in words] == []
    assert words.startswith(("Som det så ud ", "As it stood on "))
    assert faults(running.connector.cards[-1]) == []


async def test_a_list_is_as_of_that_day_too(running):
    assert "6.2" in await talk(running, f"hvilke mål er ikke nået {AFTER}")
    words = await talk(running, f"hvilke mål er ikke nået {BEFORE}")

    assert words.startswith(SAID)
    assert "5.1" not in words


async def test_what_goes_on_from_it_stays_as_of_that_day_and_says_so(running):
    await talk(running, f"status for mål 6.2 {BEFORE}")

    for further in ("hvorfor?", "og 6.9?", "hvor kommer tallet fra?"):
        words = await talk(running, further)
        assert words.startswith(SAID), further
        assert "36,7 %" not in words
        assert "12,2 %" not in words


async def test_a_new_question_is_about_today_again(running):
    await talk(running, f"status for mål 6.2 {BEFORE}")
    words = await talk(running, "status for mål 6.2")

    assert "36,7 %" in words
    assert "Som det så ud" not in words
    assert "Som det så ud" not in await talk(running, "hvorfor?")


@pytest.mark.parametrize("plain", ["overblik", "hvilke mål er nået?", "udvikling i 6.9"])
async def test_so_is_one_that_could_lean_on_it_and_does_not(running, plain):
    await talk(running, f"status for mål 6.2 {BEFORE}")

    assert "Som det så ud" not in await talk(running, plain)


async def test_the_same_may_be_asked_again_as_of_a_day(running):
    await talk(running, "status for mål 6.2")
    words = await talk(running, f"og {BEFORE}?")

    assert words.startswith(SAID)
    assert "ikke offentliggjort" in words


async def test_the_buttons_of_such_a_card_stay_there_and_one_leads_back_to_today(running):
    await talk(running, f"status for mål 6.2 {BEFORE}")
    assert (await press(running, "Overblik")).startswith(SAID)

    await talk(running, f"status for mål 6.2 {BEFORE}")
    words = await press(running, "Som det ser ud i dag")
    assert "36,7 %" in words
    assert "Som det så ud" not in words


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("status for mål 6.2 pr. 1. maj 2030", "og 1. maj 2030 ligger ude i fremtiden"),
        ("status for mål 6.2 pr. 1. maj 2020", "begyndte først 1. januar 2024"),
        ("status for mål 6.2 pr. 31. februar 2025", "Datoen »31. februar 2025« findes ikke"),
        ("overview as of 1 May 2030", "and 1 May 2030 lies in the future"),
    ],
)
async def test_a_day_that_nothing_can_be_told_of_gets_one_clear_sentence(running, question, told):
    words = await talk(running, question)

    assert told in words
    assert "36,7" not in words


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("hvad besluttede udvalget den 14. maj 2025?", "14. maj 2025"),
        ("antal lærlinge pr. 1. januar 2025", "38"),
        ("hvad skal vi nå på 6.6 den 31.12.2030?", "90 %"),
        ("6.13 i januar 2025", "38"),
        ("udvikling i 6.2 i 2024", "36,7 %"),
    ],
)
async def test_a_date_that_is_asked_about_is_no_day_to_answer_as_of(running, question, told):
    words = await talk(running, question)

    assert told in words
    assert "Som det så ud" not in words


async def test_a_round_is_opened_with_the_days_that_are_named(running):
    words = await talk(running, "åbn runden for 2. halvår med udvalg den 14.08.2025, tal den 01.07.2025")

    assert "14.08.2025" in words or "14. august 2025" in words


async def test_a_figure_that_came_since_is_in_todays_answer_and_never_in_the_earlier_one(running):
    assert "36,7 %" in await talk(running, f"status for mål 6.2 {AFTER}")
    document = make_document("later", title=text("Senere"), case="", date=date(2025, 5, 30), rank=30)
    figure = make_observation("6.2.share", "40.1", area=HOME, period=Period.year(2024), document=document)
    async with running.parts.database.transaction() as session:
        await save_documents(session, [document])
        await add_observations(session, "norddjurs-2024", [figure], now=NOON)

    assert "40,1 %" in await talk(running, "status for mål 6.2")
    words = await talk(running, f"status for mål 6.2 {AFTER}")
    assert "36,7 %" in words
    assert "40,1 %" not in words


async def test_where_others_read_along_the_earlier_day_shows_what_was_handled_by_then(running):
    ask = said_to_bot(running.service_url, f"status for mål 6.2 {BEFORE}")
    words = await running.words_after(ask)

    assert words.startswith(SAID)
    assert "36,7 %" not in words

    ask = said_to_bot(running.service_url, f"status for mål 6.2 {AFTER}")
    assert "36,7 %" in await running.words_after(ask)


async def test_today_by_its_date_is_today(running):
    now = running.parts.now()
    words = await talk(running, f"status for mål 6.2 pr. {now.day}.{now.month}.{now.year}")

    assert "36,7 %" in words
    assert "Som det så ud" not in words
