"""What conversations are about: known at once, stored a moment later, and the newest of two processes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from bplan_bot.access import everything
from bplan_bot.errors import Unavailable
from bplan_bot.settings import Settings
from bplan_bot.understand.question import Topic
from db.bundled import prepare
from db.contexts import last_of
from db.engine import Database
from dialogs import talk
from dialogs.incoming import Event, Incoming
from dialogs.router import Router
from tests.factories import NOW

CHAT = "a:1"
TOLD_WHY = "Begrundelse"


class Clock:
    """Tells the time that it was set to."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


class Watched(Database):
    """A database that counts its transactions, and can be held up within one, or refuse it."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.begun = 0
        self.refuses = False
        self.in_one = asyncio.Event()
        self.may_end = asyncio.Event()
        self.may_end.set()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Any]:
        self.begun += 1
        self.in_one.set()
        if self.refuses:
            raise Unavailable("database.locked", where=self.place.name)
        await self.may_end.wait()
        async with super().transaction() as session:
            yield session


@pytest.fixture
async def watched(database_url: str) -> AsyncIterator[Watched]:
    database = Watched(database_url)
    await prepare(database, now=NOW)
    database.begun = 0
    yield database
    await database.close()


def router_on(database: Database, clock: Clock, *, write_after: float = 3600) -> Router:
    return Router(
        database,
        settings=Settings.model_validate({}),
        now=clock,
        talk=talk.Talk(database, write_after=write_after),
    )


async def asked(router: Router, text: str, *, chat: str = CHAT) -> str:
    incoming = Incoming(event=Event.MESSAGE, text=text, user_id="u", conversation_id=chat)
    reply = await router.answer(incoming, asker=everything("u"))
    assert reply
    return reply.text


async def test_a_question_asked_at_once_leans_on_the_one_before_and_nothing_was_written_yet(
    watched: Watched,
) -> None:
    router = router_on(watched, Clock())
    await asked(router, "status for mål 6.2")

    assert TOLD_WHY in await asked(router, "hvorfor?")
    assert watched.begun == 0


async def test_a_question_leans_on_one_that_is_being_stored(watched: Watched) -> None:
    router = router_on(watched, Clock(), write_after=0)
    watched.may_end.clear()
    await asked(router, "status for mål 6.2")
    await watched.in_one.wait()
    while_it_writes = await asked(router, "hvorfor?")
    watched.may_end.set()
    await router.close()

    assert TOLD_WHY in while_it_writes


async def test_what_is_said_while_the_one_before_is_stored_is_stored_too(watched: Watched) -> None:
    router = router_on(watched, Clock(), write_after=0)
    watched.may_end.clear()
    await asked(router, "status for mål 6.2")
    await watched.in_one.wait()
    await asked(router, "hvad er målet på 1.2?")
    watched.may_end.set()
    await router.close()
    kept = await last_of(watched, CHAT, now=NOW)

    assert kept is not None
    assert kept.goals == ("1.2",)


async def test_many_conversations_cost_one_transaction_and_each_is_kept(watched: Watched) -> None:
    router = router_on(watched, Clock())
    for number in range(20):
        await asked(router, "status for mål 6.2", chat=str(number))
    await router.close()
    kept = [await last_of(watched, str(number), now=NOW) for number in range(20)]

    assert watched.begun == 1
    assert {one.topic for one in kept if one} == {Topic.STATUS}


@pytest.mark.parametrize(("minutes", "understood"), [(29.9, True), (30, False)])
async def test_half_an_hour_counts_before_it_is_stored_and_over_a_restart(
    watched: Watched, minutes: float, understood: bool
) -> None:
    clock = Clock()
    router = router_on(watched, clock)
    await asked(router, "status for mål 6.2")
    clock.at = NOW + timedelta(minutes=minutes)
    from_memory = await asked(router, "hvorfor?")
    clock.at = NOW
    await asked(router, "status for mål 6.2")
    await router.close()
    clock.at = NOW + timedelta(minutes=minutes)
    started_anew = await asked(router_on(watched, clock), "hvorfor?")

    assert (TOLD_WHY in from_memory, TOLD_WHY in started_anew) == (understood, understood)


async def test_what_another_process_stored_later_counts_once_ours_is_stored(watched: Watched) -> None:
    clock = Clock()
    ours, theirs = router_on(watched, clock), router_on(watched, clock)
    await asked(ours, "status for mål 6.2")
    clock.at = NOW + timedelta(seconds=1)
    await asked(theirs, "status for mål 1.2")
    await theirs.close()
    await ours.close()
    words = await asked(ours, "og hvor langt er der til målet?")

    assert "1.2" in words
    assert "6.2" not in words


async def test_what_could_not_be_stored_waits_and_is_stored_with_what_comes_next(
    watched: Watched, logged: Any
) -> None:
    router = router_on(watched, Clock(), write_after=0)
    watched.refuses = True
    await asked(router, "status for mål 6.2")
    async with asyncio.timeout(10):
        while not logged:
            await asyncio.sleep(0.001)
    words = await asked(router, "hvorfor?")
    watched.refuses = False
    await asked(router, "status for mål 1.2", chat="another")
    await router.close()
    kept = await last_of(watched, CHAT, now=NOW)

    assert "contexts_not_kept" in {line["event"] for line in logged}
    assert TOLD_WHY in words
    assert kept is not None
