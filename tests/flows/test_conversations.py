"""Where the bot can be heard is kept: told by messages and installations, and taken back by removals."""

from bplan_bot.conversation import Conversation, ConversationKind, ConversationState
from db.conversations import conversation, personal_of, set_state
from tests.fake_connector import (
    BOT_ID,
    CHANNEL,
    PERSONAL_CHAT,
    TENANT_ID,
    USER_OBJECT_ID,
    installed,
    said,
    said_to_bot,
)
from tests.flows.conftest import NOON


async def kept(running, conversation_id: str) -> Conversation | None:
    async with running.parts.database.reading() as session:
        return await conversation(session, conversation_id)


async def test_a_message_tells_where_a_person_can_be_reached(running):
    await running.post(said(running.service_url, "overblik"))

    async with running.parts.database.reading() as session:
        found = await personal_of(session, USER_OBJECT_ID)
    assert found == Conversation(
        id=PERSONAL_CHAT,
        kind=ConversationKind.PERSONAL,
        tenant_id=TENANT_ID,
        service_url=running.service_url,
        bot_id=BOT_ID,
        person=USER_OBJECT_ID,
        locale="da-DK",
    )


async def test_a_channel_is_kept_without_its_thread_and_without_the_person(running):
    await running.post(said_to_bot(running.service_url, "overblik", kind="channel"))

    found = await kept(running, CHANNEL)
    assert found is not None
    assert (found.kind, found.person) == (ConversationKind.CHANNEL, "")


async def test_a_removal_is_noted_and_a_new_installation_takes_it_back(running):
    await running.post(installed(running.service_url))
    await running.post(installed(running.service_url, action="remove"))
    removed = await kept(running, PERSONAL_CHAT)
    await running.post(installed(running.service_url))
    back = await kept(running, PERSONAL_CHAT)

    assert removed is not None
    assert removed.state is ConversationState.REMOVED
    assert back is not None
    assert back.state is ConversationState.ACTIVE


async def test_a_blocked_conversation_is_active_again_as_soon_as_somebody_speaks_in_it(running):
    await running.post(said(running.service_url, "overblik"))
    async with running.parts.database.transaction() as session:
        await set_state(session, PERSONAL_CHAT, ConversationState.BLOCKED, error="403", now=NOON)
    await running.post(said(running.service_url, "overblik"))

    found = await kept(running, PERSONAL_CHAT)
    assert found is not None
    assert found.state is ConversationState.ACTIVE


async def test_a_removal_is_answered_with_nothing(running):
    response = await running.post(installed(running.service_url, action="remove"))

    assert response.status == 200
    assert running.connector.activities == []


async def test_a_new_service_url_replaces_the_old_one(running):
    await running.post(said(running.service_url, "overblik"))
    await running.post(said(running.service_url + "europe/", "overblik"))

    found = await kept(running, PERSONAL_CHAT)
    assert found is not None
    assert found.service_url == running.service_url + "europe/"


async def test_what_no_database_can_store_is_left_out_wherever_it_stands(running):
    activity = said(running.service_url, "over\x00blik", locale="da\x00-DK", replyToId="1\x000")

    words = await running.words_after(activity)

    found = await kept(running, PERSONAL_CHAT)
    assert found is not None
    assert (found.locale, "Det gik galt" in words) == ("da-DK", False)
