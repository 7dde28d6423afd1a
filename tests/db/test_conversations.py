"""A conversation is kept as it was last heard, and is found again to send something there."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bplan_bot.conversation import Conversation, ConversationKind, ConversationState
from db.conversations import conversation, count_by_state, newest, personal_of, remember, set_state
from db.engine import Database
from tests.factories import NOW, make_conversation


async def hear(database: Database, *heard: Conversation, after: int = 0) -> None:
    async with database.transaction() as session:
        for one in heard:
            await remember(session, one, now=NOW + timedelta(minutes=after))


async def stop(database: Database, state: ConversationState, *, id_: str = "a:1", error: str = "") -> None:
    async with database.transaction() as session:
        await set_state(session, id_, state, error=error, now=NOW)


async def stored(database: Database, id_: str = "a:1") -> Conversation | None:
    async with database.reading() as session:
        return await conversation(session, id_)


async def reached(database: Database, person: str = "anna") -> Conversation | None:
    async with database.reading() as session:
        return await personal_of(session, person)


@pytest.mark.parametrize("kind", ConversationKind)
async def test_a_conversation_comes_back_as_it_was_heard(database: Database, kind: ConversationKind) -> None:
    heard = make_conversation(kind=kind)

    await hear(database, heard)

    assert await stored(database) == heard


async def test_what_was_heard_last_wins(database: Database) -> None:
    newer = make_conversation(
        service_url="https://smba.trafficmanager.net/uk/",
        locale="en-GB",
        kind=ConversationKind.GROUP,
        tenant_id="other",
        bot_id="28:new",
    )

    await hear(database, make_conversation())
    await hear(database, newer, after=1)

    assert await stored(database) == newer


async def test_a_person_and_a_locale_that_are_not_named_again_are_kept(database: Database) -> None:
    heard = make_conversation()

    await hear(database, heard)
    await hear(database, replace(heard, person="", locale=""), after=1)

    assert await stored(database) == heard


@pytest.mark.parametrize(
    "state", [ConversationState.REMOVED, ConversationState.BLOCKED, ConversationState.GONE]
)
async def test_a_conversation_that_is_heard_again_is_active_again(
    database: Database, state: ConversationState
) -> None:
    heard = make_conversation()
    await hear(database, heard)

    await stop(database, state, error="403 ConversationBlockedByUser")
    assert await stored(database) == replace(heard, state=state, last_error="403 ConversationBlockedByUser")

    await hear(database, heard, after=1)
    assert await stored(database) == heard


async def test_what_becomes_of_an_unknown_conversation_is_not_kept(database: Database) -> None:
    await stop(database, ConversationState.GONE)

    assert await stored(database) is None


async def test_somebody_is_reached_where_they_were_last_heard(database: Database) -> None:
    old, new = make_conversation("a:1"), make_conversation("a:2")

    await hear(database, old, new)
    await hear(database, new, after=1)
    assert await reached(database) == new

    await hear(database, old, after=2)
    assert await reached(database) == old


@pytest.mark.parametrize(
    "state", [ConversationState.REMOVED, ConversationState.BLOCKED, ConversationState.GONE]
)
async def test_nobody_is_reached_where_the_bot_is_not_let_in(
    database: Database, state: ConversationState
) -> None:
    await hear(database, make_conversation())
    await stop(database, state)

    assert await reached(database) is None


async def test_nobody_is_reached_in_a_channel_a_group_or_without_a_name(database: Database) -> None:
    await hear(
        database,
        make_conversation("19:c", kind=ConversationKind.CHANNEL),
        make_conversation("19:g", kind=ConversationKind.GROUP),
        make_conversation("a:9", person=""),
    )

    assert await reached(database) is None
    assert await reached(database, "") is None


async def test_conversations_are_counted_by_state(database: Database) -> None:
    await hear(database, make_conversation("a:1"), make_conversation("a:2"), make_conversation("a:3"))
    await stop(database, ConversationState.BLOCKED)

    async with database.reading() as session:
        assert await count_by_state(session) == {
            ConversationState.ACTIVE: 2,
            ConversationState.REMOVED: 0,
            ConversationState.BLOCKED: 1,
            ConversationState.GONE: 0,
        }


async def test_two_processes_that_hear_a_new_conversation_at_once_store_it_once(
    database: Database, database_url: str
) -> None:
    other = Database(database_url)
    later = make_conversation(locale="en-GB")
    async with database.transaction() as session:
        await remember(session, make_conversation(), now=NOW)
        hearing = asyncio.create_task(hear(other, later, after=1))
        await asyncio.sleep(0.1)
    await hearing

    assert await stored(database) == later
    await other.close()


async def test_the_conversation_heard_last_tells_how_others_are_reached(database: Database) -> None:
    await hear(database, make_conversation("a:1"))
    await hear(database, make_conversation("a:2"), after=1)
    await stop(database, ConversationState.REMOVED, id_="a:2")

    async with database.reading() as session:
        found = await newest(session)
    assert found is not None
    assert found.id == "a:1"


async def test_nobody_is_reached_before_anybody_has_spoken(database: Database) -> None:
    async with database.reading() as session:
        assert await newest(session) is None
