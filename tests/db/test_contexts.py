"""What a conversation was about is kept for half an hour, each conversation's for itself."""

from datetime import timedelta

from bplan_bot.status import Status
from bplan_bot.understand.context import FORGOTTEN_AFTER, Context
from bplan_bot.understand.question import Topic
from db.contexts import Remembered, forget, last_of, remember
from db.engine import Database
from tests.factories import NOW

CHAT, THREAD, OTHER = (
    "a:1personal",
    "19:channel@thread.tacv2;messageid=1",
    "19:channel@thread.tacv2;messageid=2",
)
ABOUT = Context(
    topic=Topic.LIST, goals=("2.2", "6.2"), earlier=("1.1",), statuses=(Status.NOT_MET,), short=True
)


def said(conversation: str, about: Context = ABOUT, *, minutes: float = 0) -> Remembered:
    return Remembered(conversation=conversation, about=about, at=NOW - timedelta(minutes=minutes))


async def keep(database: Database, conversation: str, about: Context = ABOUT, *, minutes: float = 0) -> None:
    async with database.transaction() as session:
        await remember(session, [said(conversation, about, minutes=minutes)])


async def found(database: Database, conversation: str) -> Context | None:
    return await last_of(database, conversation, now=NOW)


async def test_a_context_is_read_as_it_was_kept(database: Database) -> None:
    await keep(database, CHAT)

    assert await found(database, CHAT) == ABOUT


async def test_the_newest_takes_the_place_of_the_one_before(database: Database) -> None:
    newest = Context(topic=Topic.WHY, goals=("6.3",))
    await keep(database, CHAT, minutes=5)
    await keep(database, CHAT, newest)

    assert await found(database, CHAT) == newest


async def test_what_another_process_kept_of_a_later_moment_stays(database: Database) -> None:
    newest = Context(topic=Topic.WHY, goals=("6.3",))
    await keep(database, CHAT, newest)
    await keep(database, CHAT, minutes=0.01)

    assert await found(database, CHAT) == newest


async def test_many_conversations_are_kept_at_once_new_ones_and_known_ones(database: Database) -> None:
    await keep(database, THREAD, Context(topic=Topic.WHY), minutes=5)

    async with database.transaction() as session:
        await remember(session, [said(CHAT), said(THREAD), said(OTHER)])

    assert [await found(database, each) for each in (CHAT, THREAD, OTHER)] == [ABOUT] * 3


async def test_each_thread_of_a_channel_has_its_own(database: Database) -> None:
    await keep(database, THREAD)

    assert await found(database, THREAD) == ABOUT
    assert await found(database, OTHER) is None


async def test_it_is_leant_on_for_half_an_hour_and_not_longer(database: Database) -> None:
    half_an_hour = FORGOTTEN_AFTER.total_seconds() / 60
    await keep(database, CHAT, minutes=half_an_hour - 0.1)
    await keep(database, THREAD, minutes=half_an_hour)

    assert await found(database, CHAT) == ABOUT
    assert await found(database, THREAD) is None


async def test_what_is_forgotten_is_deleted_and_nothing_else(database: Database) -> None:
    await keep(database, CHAT)
    await keep(database, THREAD, minutes=31)

    async with database.transaction() as session:
        deleted = await forget(session, now=NOW)

    assert deleted == 1
    assert await found(database, CHAT) == ABOUT
