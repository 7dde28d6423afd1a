"""What the bot cannot answer goes to the planansvarlig, and the answer back: through the real bot."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

import bot as bot_module
from bplan_bot.access import Grant, Role
from bplan_bot.handed_on import ANSWER, HAND_ON, HandedOn
from bplan_bot.notice import REPEAT_AFTER
from db import people
from db.handed_on import all_handed_on
from jobs.every import Jobs
from tests.card_structure import elements, faults, texts
from tests.fake_connector import TENANT_ID, USER_OBJECT_ID, pressed, said, said_to_bot

MINUTE = timedelta(minutes=1)
PLANNER = "aaaaaaaa-0000-0000-0000-00000000000b"
ANOTHER = "aaaaaaaa-0000-0000-0000-00000000000c"
WORDS = "Hvem godkender [budgettet](https://example.org)?"
ANYTHING = "hvad er der på menuen i kantinen?"


async def give(running, person: str, *grants: Grant) -> None:
    async with running.parts.database.transaction() as session:
        for one in grants:
            await people.grant(session, person, one, by="test", now=running.parts.now())


@pytest.fixture
async def planners(running) -> tuple[str, ...]:
    """Two people who are planansvarlig."""
    for person in (PLANNER, ANOTHER):
        await give(running, person, Grant(Role.PLANNER))
    return PLANNER, ANOTHER


@pytest.fixture
async def jobs(running) -> AsyncIterator[Jobs]:
    working = bot_module.working(running.parts)
    yield working.jobs
    await working.endpoint.close()


def by(person: str) -> dict[str, Any]:
    """The fields of an activity that come from somebody else, in a chat of their own."""
    return {
        "from": {"id": f"29:{person}", "aadObjectId": person},
        "conversation": {"id": f"a:{person}", "conversationType": "personal", "tenantId": TENANT_ID},
    }


def carried(card: dict[str, Any], does: str) -> dict[str, Any] | None:
    """What the button of a card carries that does something."""
    found = [e["data"] for e in elements(card) if e["type"] == "Action.Execute"]
    return next((data for data in found if data.get("do") == does), None)


async def offer(running, words: str = WORDS) -> dict[str, Any]:
    """What the button to hand on carries after this was asked."""
    await running.post(said(running.service_url, words))
    found = carried(running.connector.cards[-1], HAND_ON)
    assert found is not None
    return found


async def press(running, data: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The card that takes the place of the pressed one."""
    response = await running.post(pressed(running.service_url, data, **fields))
    assert response.status == 200
    card = (await response.json())["value"]
    assert faults(card) == []
    return dict(card)


async def sent(running, jobs: Jobs, *, after: timedelta = MINUTE) -> list[tuple[str, dict[str, Any]]]:
    """What is sent unasked so long from now: the summary and the card of each."""
    running.connector.received.clear()
    await jobs.run("deliver", at=running.parts.now() + after)
    return [(one["summary"], one["attachments"][0]["content"]) for one in running.connector.activities]


async def asked_and_sent(running, jobs: Jobs) -> dict[str, Any]:
    """The card that puts the question to a planansvarlig, after it was delivered to both."""
    await press(running, await offer(running))
    (_, card), _ = await sent(running, jobs)
    return card


async def kept(running) -> list[HandedOn]:
    async with running.parts.database.reading() as session:
        return list(await all_handed_on(session))


async def test_what_is_not_understood_can_be_handed_on_and_what_is_answered_cannot(running, planners):
    assert (await offer(running, ANYTHING))["question"] == ANYTHING

    for words in ("status for mål 6.2", "overblik", "hej", "hjælp"):
        await running.post(said(running.service_url, words))
        assert carried(running.connector.cards[-1], HAND_ON) is None


async def test_the_button_shows_what_will_be_sent_letter_by_letter(running, planners):
    await offer(running)
    unfolded = next(e for e in elements(running.connector.cards[-1]) if e["type"] == "Action.ShowCard")

    assert unfolded["title"] == "Spørg planansvarlig"
    shown = list(elements(unfolded["card"]))
    assert [e["text"] for e in shown if e["type"] == "TextRun"] == [WORDS]
    assert not any(WORDS in e["text"] for e in shown if e["type"] == "TextBlock")


@pytest.mark.parametrize("holders", [(), (USER_OBJECT_ID,)])
async def test_nobody_else_to_ask_is_no_button_and_a_sentence_where_it_is_pressed(running, holders):
    for person in holders:
        await give(running, person, Grant(Role.PLANNER))
    await running.post(said(running.service_url, ANYTHING))
    assert carried(running.connector.cards[-1], HAND_ON) is None

    response = await running.post(pressed(running.service_url, {"do": HAND_ON, "question": WORDS}))

    assert response.status == 200
    assert "ingen anden planansvarlig" in " ".join(texts(running.connector.cards[-1]))
    assert await kept(running) == []


@pytest.mark.parametrize("kind", ["channel", "groupChat"])
async def test_where_others_read_along_nothing_is_handed_on(running, planners, kind):
    await running.post(said_to_bot(running.service_url, ANYTHING, kind=kind))
    assert carried(running.connector.cards[-1], HAND_ON) is None

    await running.post(pressed(running.service_url, {"do": HAND_ON, "question": WORDS}, kind=kind))
    assert await kept(running) == []


async def test_a_question_goes_to_every_planner_and_is_receipted_at_once(running, planners, jobs):
    data = await offer(running)
    running.connector.received.clear()
    receipt = await press(running, data)

    assert "Sendt til planansvarlig" in texts(receipt)
    assert running.connector.activities == []  # nothing is sent within the turn
    cards = await sent(running, jobs)
    assert [summary for summary, _ in cards] == [f"Spørgsmål til dig som planansvarlig: {WORDS}"] * 2


async def test_the_planner_is_told_who_asks_by_role_and_by_a_mention(running, planners, jobs):
    await give(running, USER_OBJECT_ID, Grant(Role.REPORTER, "6.2"))
    card = await asked_and_sent(running, jobs)

    assert f"Det kommer fra <at>{USER_OBJECT_ID}</at> (indberetter på mål 6.2)." in texts(card)
    (entity,) = card["msteams"]["entities"]
    assert entity["mentioned"]["id"] == USER_OBJECT_ID
    assert [e["text"] for e in elements(card) if e["type"] == "TextRun"] == [WORDS]


async def test_the_same_question_is_sent_once_and_said_kindly(running, planners, jobs):
    data = await offer(running)
    await press(running, data)
    again = await press(running, {**data, "question": WORDS.upper()})

    assert "Spørgsmålet er allerede sendt" in texts(again)
    assert len(await sent(running, jobs)) == 2
    assert len(await kept(running)) == 1


async def test_the_first_answer_reaches_the_asker_and_every_other_card(running, planners, jobs):
    card = await asked_and_sent(running, jobs)
    answer = {**(carried(card, ANSWER) or {}), "answer": "Det gør **byrådet**."}
    own = await press(running, answer, **by(PLANNER))
    late = await press(running, {**answer, "answer": "Noget andet"}, **by(ANOTHER))

    assert any(words.startswith("Besvaret af dig") for words in texts(own))
    assert any("svarede først" in words and "blev ikke sendt" in words for words in texts(late))
    assert "Noget andet" not in str(late)
    cards = await sent(running, jobs, after=2 * MINUTE)
    told = [summary for summary, _ in cards if summary.startswith("Planansvarlig svarer")]
    assert told == ["Planansvarlig svarer: Det gør **byrådet**."]
    renewed = [card for summary, card in cards if summary.startswith("Spørgsmål til dig")]
    assert len(renewed) == 2
    assert all(carried(one, ANSWER) is None for one in renewed)


async def test_a_second_press_of_the_same_answer_tells_nobody_again(running, planners, jobs):
    card = await asked_and_sent(running, jobs)
    answer = {**(carried(card, ANSWER) or {}), "answer": "Det gør byrådet."}
    for _ in range(2):
        own = await press(running, answer, **by(PLANNER))

    assert any(words.startswith("Besvaret af dig") for words in texts(own))
    cards = await sent(running, jobs, after=2 * MINUTE)
    assert len([summary for summary, _ in cards if summary.startswith("Planansvarlig svarer")]) == 1


async def test_what_was_answered_before_a_card_was_sent_asks_nobody_more(running, planners, jobs):
    card = await asked_and_sent(running, jobs)
    third = "aaaaaaaa-0000-0000-0000-00000000000d"
    await press(running, {**(carried(card, ANSWER) or {}), "answer": "Byrådet."}, **by(PLANNER))
    await give(running, third, Grant(Role.PLANNER))
    again = await press(running, {"do": HAND_ON, "question": WORDS})

    assert "Byrådet." in texts(again)
    cards = await sent(running, jobs, after=2 * MINUTE)
    assert len(cards) == 3  # the answer and the two renewals


@pytest.mark.parametrize(
    ("typed", "said_on_card"),
    [("", "Skriv et svar"), ("   ", "Skriv et svar"), ("x" * 2001, "højst være på 2000 tegn")],
    ids=["nothing", "blanks", "too long"],
)
async def test_what_is_no_answer_leaves_the_form_with_what_was_wrong(
    running, planners, jobs, typed, said_on_card
):
    card = await asked_and_sent(running, jobs)
    back = await press(running, {**(carried(card, ANSWER) or {}), "answer": typed}, **by(PLANNER))

    assert any(said_on_card in words for words in texts(back))
    assert carried(back, ANSWER) is not None
    assert (await kept(running))[0].answered_at is None


@pytest.mark.parametrize("field", ["question", "answer"])
async def test_a_cpr_number_goes_neither_way(running, planners, jobs, field):
    card = await asked_and_sent(running, jobs)
    data = carried(card, ANSWER) if field == "answer" else {"do": HAND_ON}
    response = await running.post(pressed(running.service_url, {**(data or {}), field: "om 010203-1234"}))

    assert response.status == 200
    assert "cpr-nummer" in " ".join(texts(running.connector.cards[-1]))
    assert [(one.text, one.answer) for one in await kept(running)] == [(WORDS, "")]


@pytest.mark.parametrize("row", ["", "0", "-1", "x", "9" * 5000, "²", None, {"a": 1}])
async def test_an_answer_to_no_such_question_gets_a_sentence(running, planners, row):
    response = await running.post(
        pressed(running.service_url, {"do": ANSWER, "notice": row, "answer": "Byrådet"})
    )

    assert response.status == 200
    assert "findes ikke længere" in " ".join(texts(running.connector.cards[-1]))


async def test_a_question_that_nobody_knows_to_have_arrived_is_repeated_once_and_says_so(
    running, planners, jobs
):
    await press(running, await offer(running))
    for person in planners:
        await running.post(said(running.service_url, "hej", **by(person)))
    running.connector.answer_with(status=500, body={})
    await jobs.run("deliver", at=running.parts.now() + MINUTE)
    running.connector.answer_with()
    repeated = await sent(running, jobs, after=REPEAT_AFTER + 5 * MINUTE)

    assert len(repeated) == 2
    assert all("Gentaget" in " ".join(texts(card)) for _, card in repeated)
    assert await sent(running, jobs, after=timedelta(hours=9)) == []


async def test_the_answer_comes_in_the_language_of_the_question(running, planners, jobs):
    data = await offer(running, "who approves the budget for the canteen of the town hall?")
    receipt = await press(running, data)
    assert "Sent to the planner" in texts(receipt)

    (_, card), _ = await sent(running, jobs)
    await press(running, {**(carried(card, ANSWER) or {}), "answer": "The council."}, **by(PLANNER))
    cards = await sent(running, jobs, after=2 * MINUTE)
    assert "The planner answers: The council." in [summary for summary, _ in cards]


async def test_no_notice_holds_words_that_are_to_be_deleted(running, planners, jobs):
    card = await asked_and_sent(running, jobs)
    await press(running, {**(carried(card, ANSWER) or {}), "answer": "Byrådet."}, **by(PLANNER))
    await jobs.run("tidy", at=running.parts.now() + timedelta(days=31))

    assert await kept(running) == []
    data = {**(carried(card, ANSWER) or {}), "answer": "Igen"}
    await running.post(pressed(running.service_url, data, **by(PLANNER)))
    assert "findes ikke længere" in " ".join(texts(running.connector.cards[-1]))
