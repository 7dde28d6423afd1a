"""Too much changes at once: the administrator is asked on a card, and what they decide is done once."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

import bot as bot_module
from bplan_bot.access import Grant, Role
from bplan_bot.held_changes import HeldAct
from bplan_bot.notice import Notice
from bplan_bot.observation import Document, Observation
from bplan_bot.period import Period
from db import notices, people
from db.audit import add_entry, entries
from db.documents import save_documents
from db.held_changes import decide, held_changes
from db.observations import add_observations
from db.pictures import load_picture
from tests.card_structure import elements, faults, texts
from tests.factories import text
from tests.fake_connector import USER_OBJECT_ID, pressed, said

APRIL = datetime(2025, 4, 1, 12, tzinfo=bot_module.COPENHAGEN)
"""A day on which nothing is handled, so that the plan is not closed."""

PLAN = "norddjurs-2024"
NEWS = Document(key="news", title=text("Ny opgørelse"), case="", date=date(2025, 4, 1), rank=30)
GOOD = {"1.2.share": "90", "1.3.share": "80", "6.3.share": "40", "6.5.share": "60", "6.8.share": "90"}
BAD = dict.fromkeys(GOOD, "10") | {"1.1.actual": "2050"}
FALLEN = ["1.1", "1.2", "1.3", "6.3", "6.5", "6.8"]


async def report(running, figures: dict[str, str], *, day: int) -> None:
    observations = [
        Observation(
            indicator=indicator,
            area="707",
            period=Period.year(2024),
            value=Decimal(value),
            document=NEWS,
            known_at=date(2025, 4, day),
        )
        for indicator, value in figures.items()
    ]
    async with running.parts.database.transaction() as session:
        await save_documents(session, [NEWS])
        await add_observations(session, PLAN, observations, now=APRIL)


@pytest.fixture
async def jobs(running):
    """The jobs after six goals fell at once, and the one card that asks the administrator, also the head."""
    working = bot_module.working(running.parts)
    await running.post(said(running.service_url, "hej"))
    async with running.parts.database.transaction() as session:
        for role in (Role.HEAD, Role.ADMINISTRATOR):
            await people.grant(session, USER_OBJECT_ID, Grant(role), by="test", now=APRIL)
    await working.jobs.run("watch", at=APRIL)
    await report(running, GOOD, day=1)
    await working.jobs.run("watch", at=APRIL + timedelta(hours=1))
    await report(running, BAD, day=2)
    running.connector.received.clear()
    for job in ("watch", "deliver"):
        await working.jobs.run(job, at=APRIL + timedelta(days=1))
    yield working.jobs
    await working.endpoint.close()


def the_card(running) -> dict[str, Any]:
    (sent,) = running.connector.activities
    return dict(sent["attachments"][0]["content"])


async def press(running, act: HeldAct) -> str:
    """What the card says after one of its buttons was pressed."""
    found = [e["data"] for e in elements(the_card(running)) if e["type"] == "Action.Execute"]
    carried = next(data for data in found if data.get("do") == act)
    response = await running.post(pressed(running.service_url, carried))
    card = (await response.json())["value"]
    assert faults(card) == []
    return " ".join(texts(card))


async def told_afterwards(running, jobs) -> list[str]:
    """The summaries of what is sent after the decision."""
    running.connector.received.clear()
    await jobs.run("deliver", at=APRIL + timedelta(days=500))
    return [activity["summary"] for activity in running.connector.activities]


async def test_nobody_is_told_but_the_administrator_who_is_asked(running, jobs):
    words = " ".join(texts(the_card(running)))

    assert "Mål 1.1, 1.2, 1.3, 6.3, 6.5 og 6.8 har fået en anden status" in words
    assert "Send beskederne" in words


async def test_released_changes_are_told_as_if_they_had_never_been_held(running, jobs):
    said_on_card = await press(running, HeldAct.RELEASE)
    told = await told_afterwards(running, jobs)

    assert "(6 beskeder)" in said_on_card
    assert sorted(words.split(":")[0] for words in told) == [f"Mål {number} er faldet" for number in FALLEN]


async def test_a_second_press_tells_nobody_again(running, jobs):
    await press(running, HeldAct.RELEASE)
    again = await press(running, HeldAct.RELEASE)

    assert "(6 beskeder)" in again
    assert len(await told_afterwards(running, jobs)) == len(FALLEN)


async def test_what_was_let_be_is_told_to_nobody_and_stays_so(running, jobs):
    dropped = await press(running, HeldAct.DROP)
    too_late = await press(running, HeldAct.RELEASE)

    assert "ikke at sende" in dropped
    assert too_late == dropped
    assert await told_afterwards(running, jobs) == []


async def test_a_goal_that_has_come_back_meanwhile_is_told_of_no_more(running, jobs):
    await report(running, {"1.2.share": "91"}, day=3)
    await jobs.run("watch", at=APRIL + timedelta(days=2))

    assert "(5 beskeder)" in await press(running, HeldAct.RELEASE)


async def test_the_decision_is_audited_with_who_took_it(running, jobs):
    await press(running, HeldAct.RELEASE)

    async with running.parts.database.reading() as session:
        (entry, *_) = await entries(session, limit=1)
    assert (entry.actor, entry.action) == (USER_OBJECT_ID, "held.release")
    assert entry.detail == {"goals": FALLEN, "told": 6}


async def the_notice(running) -> Notice:
    async with running.parts.database.reading() as session:
        (found,) = await notices.with_prefix(session, f"{PLAN}/held/")
    return found


async def decided(running, notice: Notice) -> HeldAct | None:
    async with running.parts.database.reading() as session:
        found = await held_changes(session, notice, now=APRIL)
    return found.decision.act if found.decision else None


async def test_two_sets_held_at_one_stated_time_are_decided_each_for_itself(running, jobs):
    await press(running, HeldAct.DROP)
    first = await the_notice(running)
    second = replace(first, key=f"{PLAN}/held/1.1/9/{USER_OBJECT_ID}")
    repeated = replace(first, key=f"{first.key}#repeat", repeat_of=first.key)

    assert [await decided(running, one) for one in (first, repeated, second)] == [
        HeldAct.DROP,
        HeldAct.DROP,
        None,
    ]


@pytest.mark.parametrize(("goals", "act"), [(FALLEN, HeldAct.DROP), (["1.1"], None)])
async def test_what_was_decided_before_sets_had_subjects_of_their_own_stands(running, jobs, goals, act):
    notice = await the_notice(running)
    async with running.parts.database.transaction() as session:
        subject = f"{PLAN}/held/{notice.facts['at']}"
        detail = {"goals": goals, "told": 0}
        await add_entry(
            session, at=APRIL, actor="it", action=HeldAct.DROP.value, subject=subject, detail=detail
        )

    assert await decided(running, notice) is act


@pytest.mark.parametrize(("later", "told"), [(0, 6), (1, 0)])
async def test_only_the_changes_of_the_set_itself_are_released(running, jobs, later, told):
    notice = await the_notice(running)
    numbers = [number + later for number in notice.facts["numbers"]]
    another = replace(notice, facts={**notice.facts, "numbers": numbers})
    picture = await load_picture(running.parts.database, today=date(2025, 4, 2))
    async with running.parts.database.transaction() as session:
        found = await decide(session, another, picture, HeldAct.RELEASE, by="it", now=APRIL)

    assert found.decision
    assert found.decision.told == told


@pytest.mark.parametrize("row", ["", "0", "-1", "x", "9" * 5000, "²", None, {"a": 1}])
async def test_a_button_of_no_such_notice_gets_a_sentence(running, jobs, row):
    response = await running.post(pressed(running.service_url, {"do": HeldAct.RELEASE, "notice": row}))

    assert response.status == 200
    assert "ikke findes længere" in " ".join(texts(running.connector.cards[-1]))
