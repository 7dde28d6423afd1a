"""Thumbs below answers: what Teams sends of them, and how little keeping questions costs."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.asked import Asked, Thumb
from db.engine import Database
from db.questions import kept_questions
from dialogs.feedback import Feedback, read

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
CHAT = "a:1"


def value(
    reaction: object = "dislike", feedback: object = '{"feedbackText":"forkert år"}'
) -> dict[str, object]:
    return {"actionName": "feedback", "actionValue": {"reaction": reaction, "feedback": feedback}}


@pytest.mark.parametrize(
    ("sent", "read_as"),
    [
        (value(), (Thumb.DOWN, "forkert år")),
        (value("like", "{}"), (Thumb.UP, "")),
        (value("like", {"feedbackText": "godt"}), (Thumb.UP, "godt")),
        (value("like", None), (Thumb.UP, "")),
        (value("like", "helt fint"), (Thumb.UP, "helt fint")),
        (value("like", '{"feedbackText": 7}'), (Thumb.UP, "")),
        (value("like", '{"feedbackText": "a\\u0000b\\ud800"}'), (Thumb.UP, "ab")),
        (value("like", '{"feedbackText": "om 010203-1234"}'), (Thumb.UP, "om [nummer fjernet]")),
        (value("like", "[" * 100_000), (Thumb.UP, "[" * 500)),
        (value("love"), None),
        (value(["like"]), None),
        ({"actionName": "feedback"}, None),
        ({"actionValue": "like"}, None),
        (None, None),
        ("like", None),
    ],
    ids=lambda one: str(one)[:60],
)
def test_a_thumb_is_read_and_anything_else_is_none(sent, read_as):
    assert read(sent) == read_as


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


@given(anything, anything, anything)
def test_nothing_that_is_sent_as_a_thumb_is_an_error(whole, reaction, feedback):
    read(whole)
    read(value(reaction, feedback))


def asked(number: int) -> Asked:
    return Asked(text=f"mål {number}", topic="status", unclear=False)


async def stored(database: Database) -> list[tuple[str, Thumb | None]]:
    async with database.reading() as session:
        return [(one.text, one.thumb) for one in await kept_questions(session)]


class Counting(Database):
    """A database that counts its transactions."""

    begun = 0

    def transaction(self):
        self.begun += 1
        return super().transaction()


async def test_many_questions_are_stored_in_one_transaction(database_url):
    database = Counting(database_url)
    feedback = Feedback(database, now=lambda: NOON, write_after=0.05)
    for number in range(50):
        feedback.answered(asked(number), conversation=CHAT, activity=str(number))
    await feedback.close()
    kept = await stored(database)
    await database.close()

    assert len(kept) == 50
    assert database.begun == 1


class Slow(Database):
    """A database that takes a moment for each transaction."""

    def __init__(self, url):
        super().__init__(url)
        self.begun = asyncio.Event()

    @asynccontextmanager
    async def transaction(self):
        self.begun.set()
        await asyncio.sleep(0.05)
        async with super().transaction() as session:
            yield session


async def test_what_is_being_stored_when_the_bot_stops_is_stored(database_url):
    database = Slow(database_url)
    feedback = Feedback(database, now=lambda: NOON, write_after=0)
    feedback.answered(asked(1), conversation=CHAT, activity="1")
    await database.begun.wait()
    await feedback.close()
    kept = await stored(database)
    await database.close()

    assert kept == [("mål 1", None)]


async def test_a_thumb_finds_a_question_that_still_waits_to_be_stored(database):
    feedback = Feedback(database, now=lambda: NOON, write_after=3600)
    feedback.answered(asked(1), conversation=CHAT, activity="1")
    await feedback.thumb(value("like"), conversation=CHAT, activity="1")
    await feedback.close()

    assert await stored(database) == [("mål 1", Thumb.UP)]


async def test_a_database_that_is_away_loses_questions_and_no_answer(logged):
    database = Database("postgresql+asyncpg://127.0.0.1:9/bplan", busy_seconds=0.5)
    feedback = Feedback(database, now=lambda: NOON)
    feedback.answered(asked(1), conversation=CHAT, activity="1")
    await feedback.thumb(value(), conversation=CHAT, activity="1")
    await feedback.close()
    await database.close()

    assert [line["event"] for line in logged] == ["questions_not_kept", "thumb_not_kept"]
    assert "mål 1" not in str(logged)
