"""Who may hand a question on and who may answer it, in Teams where people have the roles they were given."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bplan_bot.access import Grant, Role
from bplan_bot.handed_on import ANSWER, HAND_ON
from bplan_bot.reply import Reply
from bplan_bot.settings import Settings
from db.bundled import prepare
from db.engine import Database
from db.handed_on import all_handed_on
from db.notices import with_prefix
from db.people import grant
from dialogs.incoming import Event, Incoming
from dialogs.router import Router
from tests.card_structure import elements

NOW = datetime(2025, 6, 2, 12, tzinfo=UTC)
WORDS = "Hvornår åbner svømmehallen?"


async def a_router(database: Database, **settings: str) -> Router:
    """The dialogs in Teams, where somebody is planansvarlig and somebody head."""
    await prepare(database, now=NOW)
    async with database.transaction() as session:
        for person, role in (("planner", Role.PLANNER), ("head", Role.HEAD)):
            await grant(session, person, Grant(role), by="test", now=NOW)
    given = {"MicrosoftAppId": "app", "MicrosoftAppTenantId": "tenant"} | settings
    return Router(database, settings=Settings.model_validate(given), now=lambda: NOW)


async def ask(router: Router, person: str) -> bool:
    """Whether an unclear question of theirs can be handed on."""
    reply = await router.answer(Incoming(event=Event.MESSAGE, text=WORDS, user_id=person))
    assert reply is not None
    return any(e.get("data", {}).get("do") == HAND_ON for e in elements(reply.card))


async def press(router: Router, person: str, **value: Any) -> Reply:
    reply = await router.answer(Incoming(event=Event.BUTTON, value=value, user_id=person))
    assert reply is not None
    return reply


@pytest.mark.parametrize(
    ("person", "settings", "can"),
    [
        ("anna", {}, True),
        ("head", {}, True),
        ("planner", {}, False),
        ("", {}, False),
        ("anna", {"BPLAN_KEEP_QUESTIONS_DAYS": "0"}, False),
        ("anna", {"BPLAN_STRANGERS": "nothing"}, False),
        ("head", {"BPLAN_STRANGERS": "nothing"}, True),
    ],
)
async def test_a_question_is_handed_on_where_it_may_be_kept_and_somebody_else_answers(
    database, person, settings, can
):
    router = await a_router(database, **settings)
    assert await ask(router, person) is can

    await press(router, person, do=HAND_ON, question=WORDS)
    async with database.reading() as session:
        kept = await all_handed_on(session)
    assert [one.asker for one in kept] == ([person] if can else [])


@pytest.mark.parametrize(("person", "may"), [("planner", True), ("head", False), ("anna", False)])
async def test_only_a_planner_answers(database, person, may):
    router = await a_router(database)
    await press(router, "anna", do=HAND_ON, question=WORDS)
    async with database.reading() as session:
        (notice,) = await with_prefix(session, "question/")
    reply = await press(router, person, do=ANSWER, notice=str(notice.id), answer="Byrådet")

    assert ("Kun planansvarlig kan svare" in reply.text) is not may
    async with database.reading() as session:
        (kept,) = await all_handed_on(session)
    assert (kept.answered_by, kept.answer) == (("planner", "Byrådet") if may else ("", ""))
