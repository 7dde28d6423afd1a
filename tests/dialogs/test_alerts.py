"""Who may press the buttons of an alert, and what a press that comes to nothing is told."""

from typing import Any

import pytest

from bplan_bot.access import Grant, Person, Role, Sees, everything
from bplan_bot.alert_answers import ACKNOWLEDGE, PUT_OFF, SHOW
from bplan_bot.plan_choice import choose
from bplan_bot.reply import Reply
from bplan_bot.settings import Settings
from bplan_bot.status import Status
from bplan_bot.texts.speaker import Speaker
from db import changes, notices, people, snoozes
from db.audit import entries
from db.plans import save_package
from dialogs.alerts import BUTTONS
from dialogs.day_asked import DayAsked
from dialogs.incoming import Event, Incoming
from dialogs.plan_asked import PlanAsked
from dialogs.visit import Visit
from tests.factories import make_change, make_sketch
from tests.norddjurs import LATER, NOON, every_notice, package, picture

PLAN = "norddjurs-2024"
TOLD = every_notice()["alert-fell"]
TYPED = {"note": "Set", "until": "2025-08-01", "reason": "Ferie"}


@pytest.fixture
async def row(database) -> int:
    """The row of the alert that goal 6.2 fell, which the head has had."""
    async with database.transaction() as session:
        await save_package(session, package(), now=NOON)
        first = make_change("6.2", before=None, after=Status.MET, at=NOON)
        await changes.record_change(session, first, [], actor="test")
        fell = make_change("6.2", before=Status.MET, after=Status.NOT_MET, at=NOON)
        await changes.record_change(session, fell, [TOLD], actor="test")
        found = await notices.by_key(session, TOLD.key)
    assert found is not None
    return found.id


async def press(database, does: str, person: Person, **carried: Any) -> Reply:
    visit = Visit(
        incoming=Incoming(event=Event.BUTTON, value={"do": does, **carried}, user_id=person.id),
        person=person,
        sees=Sees.EVERYTHING,
        picture=picture(),
        database=database,
        settings=Settings.model_validate({}),
        speaker=Speaker("da"),
        now=LATER,
        asked=PlanAsked(choice=choose((make_sketch(picture().plan),), LATER.date()), words=""),
        day=DayAsked(words=""),
    )
    return await BUTTONS[does](visit)


async def answers(database) -> list[str]:
    async with database.reading() as session:
        return [entry.action for entry in await entries(session, subject=f"{PLAN}/6.2", limit=9)][:-2]


HEAD = Person("head", frozenset({Grant(Role.HEAD)}))
OWNER = Person("owner", frozenset({Grant(Role.OWNER, "6.2")}))
OTHERS = Person("owner of 6.3", frozenset({Grant(Role.OWNER, "6.3"), Grant(Role.PLANNER)}))
STRANGER = Person("stranger")


@pytest.mark.parametrize("does", [ACKNOWLEDGE, PUT_OFF])
@pytest.mark.parametrize(
    ("person", "may"),
    [(HEAD, True), (OWNER, True), (everything("me"), True), (OTHERS, False), (STRANGER, False)],
    ids=["head", "owner", "local mode", "owner of another", "stranger"],
)
async def test_an_alert_is_answered_by_those_it_concerns(database, row, does, person, may):
    reply = await press(database, does, person, notice=row, **TYPED)

    assert reply.in_place is may
    assert bool(await answers(database)) is may
    if not may:
        assert reply.text.startswith("Det kan du ikke\nKun lederen og de, der har en opgave på mål 6.2, kan")


@pytest.mark.parametrize(
    "carried", [{}, {"notice": 999}, {"notice": "1"}, {"notice": True}, {"notice": 2**80}]
)
async def test_a_card_that_is_no_longer_known_says_so(database, row, carried):
    reply = await press(database, ACKNOWLEDGE, HEAD, **carried)

    assert not reply.in_place
    assert "Beskeden findes ikke længere hos mig." in reply.text
    assert await answers(database) == []


async def test_going_back_shows_the_card_as_it_stands_and_keeps_nothing(database, row):
    reply = await press(database, SHOW, HEAD, notice=row, **TYPED)

    assert reply.in_place
    assert await answers(database) == []


async def test_putting_off_a_goal_that_recovered_meanwhile_shows_so_and_silences_nothing(database, row):
    back = make_change("6.2", before=Status.NOT_MET, after=Status.MET, at=LATER)
    async with database.transaction() as session:
        await changes.record_change(session, back, [], actor="test")
    reply = await press(database, PUT_OFF, HEAD, notice=row, **TYPED)

    assert reply.text.startswith("Mål 6.2 faldt, men er tilbage")
    async with database.reading() as session:
        assert await snoozes.snoozes(session, PLAN, "6.2") == ()


async def test_a_colleague_sees_who_answered_by_role_and_not_by_name(database, row):
    async with database.transaction() as session:
        await people.grant(session, OWNER.id, Grant(Role.OWNER, "6.2"), by="test", now=NOON)
    await press(database, ACKNOWLEDGE, OWNER, notice=row, **TYPED)
    reply = await press(database, SHOW, HEAD, notice=row)

    assert "Kvitteret 03.06.2025 kl. 14.05 af målansvarlig." in reply.text
    assert OWNER.id not in str(reply.card)
