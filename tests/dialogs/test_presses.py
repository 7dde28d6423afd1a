"""What a pressed button is told before it does anything, and how mistakes and faults are told apart."""

from collections.abc import Mapping, MutableMapping
from datetime import datetime
from typing import Any

import pytest

from bplan_bot.access import everything
from bplan_bot.alert_answers import ACKNOWLEDGE, OPT_OUT, PUT_OFF, SHOW
from bplan_bot.form import Act
from bplan_bot.held_changes import HeldAct
from bplan_bot.settings import Settings
from db.bundled import prepare
from db.engine import Database
from dialogs.incoming import ConversationKind, Event, Incoming
from dialogs.router import Router
from tests.norddjurs import NOON

ELSEWHERE = "virker kun i din egen chat med mig"
NO_SUCH_CARD = ("findes ikke længere", "passer ikke til nogen runde", "ikke findes længere")
CPR = "Der står et cpr-nummer i beskeden"
MINE = "Det gik galt hos mig"
SOMEBODY = "ab010203-1234-4abc-8def-0123456789ab"


async def press(
    database: Database,
    *,
    kind: ConversationKind = ConversationKind.PERSONAL,
    now: datetime = NOON,
    **value: Any,
) -> str:
    """The words somebody who may do everything is answered when they press a button that carries this."""
    router = Router(database, settings=Settings.model_validate({}), now=lambda: now)
    incoming = Incoming(event=Event.BUTTON, value=value, kind=kind, user_id="u", conversation_id="c")
    reply = await router.answer(incoming, asker=everything("u"))
    assert reply
    return reply.text


@pytest.fixture
async def with_plan(database: Database) -> Database:
    await prepare(database, now=NOON)
    return database


@pytest.mark.parametrize("does", [ACKNOWLEDGE, PUT_OFF, OPT_OUT, SHOW, *HeldAct, *Act])
async def test_buttons_of_alerts_and_forms_do_nothing_where_others_read_along(
    with_plan: Database, does: str
) -> None:
    alone = await press(with_plan, do=does, notice=1, goal="6.2")
    others = [
        await press(with_plan, kind=kind, do=does, notice=1, goal="6.2")
        for kind in (ConversationKind.GROUP, ConversationKind.CHANNEL)
    ]

    assert any(said in alone for said in NO_SUCH_CARD)
    assert all(ELSEWHERE in said and len(said.splitlines()) == 1 for said in others)


@pytest.mark.parametrize(
    "typed",
    [
        {"6.13|a": "010203", "6.13|b": "1234"},
        {"colleague": SOMEBODY},
        {"6.13|a": "288", "note": "sag 23/6487"},
    ],
    ids=["two counts side by side", "the id of a colleague", "a case number"],
)
async def test_a_form_is_not_refused_for_a_number_that_nobody_has(
    with_plan: Database, typed: Mapping[str, Any]
) -> None:
    assert CPR not in await press(with_plan, do=Act.REPORT, **typed)


@pytest.mark.parametrize(
    "typed",
    [{"note": "010203-1234"}, {"note": {"deep": "se 0102031234"}}, {"note": ["a", "010203 1234"]}],
    ids=["in a field", "in a field of a field", "in a list"],
)
async def test_a_form_with_a_cpr_number_in_one_of_its_fields_is_refused(
    with_plan: Database, typed: Mapping[str, Any]
) -> None:
    assert CPR in await press(with_plan, do=Act.REPORT, **typed)


async def test_a_persons_mistake_is_told_as_one_and_is_no_error_in_the_log(
    with_plan: Database, logged: list[MutableMapping[str, Any]]
) -> None:
    said = await press(with_plan, do=Act.REPORT, round="en hemmelig runde/2", goal="6.13")

    assert said == "Kortet passer ikke til nogen runde, jeg kender; bed den planansvarlige om et nyt."
    assert logged == [{"event": "answer_declined", "reason": "form.unknown", "log_level": "info"}]


async def test_a_fault_of_the_machine_is_told_as_one_and_is_an_error_in_the_log(
    database: Database, logged: list[MutableMapping[str, Any]]
) -> None:
    said = await press(database, do=Act.REPORT, goal="6.13")

    assert said.startswith(MINE)
    assert [(line["event"], line["log_level"]) for line in logged] == [("answer_refused", "error")]
