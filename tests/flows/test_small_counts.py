"""A small count that somebody reported is told to those with a role alone, and to nobody who reads along."""

from datetime import datetime

import pytest

import bot as bot_module
from bplan_bot.settings import Settings
from dialogs.incoming import ConversationKind, Event, Incoming
from dialogs.router import Router
from tests.fake_connector import USER_OBJECT_ID
from tests.flows.reporters import STRANGER

MEETING = datetime(2025, 5, 14, 9, tzinfo=bot_module.COPENHAGEN)
AFTER = datetime(2025, 6, 2, 12, tzinfo=bot_module.COPENHAGEN)
ASKED = "status for mål 6.13"


@pytest.fixture
async def with_two(reporting):
    """Two apprentices are reported on the day the committee handles the plan."""
    reporting.at[0] = MEETING
    await reporting.answer_to("registrér 2 på 6.13 for januar 2025")
    await reporting.send(**{"6.13|reason": "Kun de nye tæller"})
    words = await reporting.send(title="Ja, jeg er sikker")
    assert "2 voksenlærlinge (januar 2025); før stod der 38" in words
    reporting.at[0] = AFTER
    return reporting


@pytest.mark.parametrize("kind", ["channel", "groupChat"])
@pytest.mark.parametrize("asked", [ASKED, "6.13 kort", "udvikling i 6.13", "hvorfor er 6.13 nået?"])
async def test_where_others_read_along_it_is_fewer_than_three(with_two, kind, asked):
    words = await with_two.answer_to(asked, kind=kind)

    assert "færre end 3" in words
    assert "2 voksenlærlinge" not in words


async def test_alone_it_is_told_to_who_has_a_role_and_not_to_a_stranger(with_two):
    assert "2 voksenlærlinge" in await with_two.answer_to(ASKED, person=USER_OBJECT_ID)
    assert "færre end 3" in await with_two.answer_to(ASKED, person=STRANGER)


@pytest.mark.parametrize("hides", [True, False])
async def test_a_setting_turns_it_off(with_two, hides):
    settings = Settings.model_validate({"DATABASE_URL": "unused", "BPLAN_HIDE_SMALL_COUNTS": hides})
    router = Router(with_two.parts.database, settings=settings, now=lambda: AFTER)
    kind = ConversationKind.CHANNEL
    reply = await router.answer(Incoming(event=Event.MESSAGE, text=ASKED, kind=kind, conversation_id="19:x"))

    assert reply is not None
    assert ("færre end 3" in reply.text) == hides
    assert ("2 voksenlærlinge" in reply.text) == (not hides)
