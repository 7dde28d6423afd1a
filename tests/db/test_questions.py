"""Questions are kept for a while, with what their answers got, and without who asked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bplan_bot.asked import Asked, KeptQuestion, Thumb
from db.engine import Database
from db.questions import AnsweredQuestion, forget, keep, kept_questions, note_thumb
from db.tables import question as table
from tests.factories import NOW

CHAT = "a:1personal-chat"


def answered(text: str = "mål 6.2", *, days: int = 0, activity: str = "1", unclear: bool = False):
    asked = Asked(text=text, topic="" if unclear else "status", unclear=unclear)
    return AnsweredQuestion(asked=asked, at=NOW - timedelta(days=days), conversation=CHAT, activity=activity)


async def store(database: Database, *given: AnsweredQuestion) -> None:
    async with database.transaction() as session:
        await keep(session, given)


async def thumb(
    database: Database, conversation: str, activity: str, given: Thumb, comment: str = ""
) -> bool:
    async with database.transaction() as session:
        return await note_thumb(session, conversation, activity, given, comment=comment)


async def texts(database: Database, **which) -> list[str]:
    async with database.reading() as session:
        return [one.text for one in await kept_questions(session, **which)]


async def test_a_question_is_kept_and_its_thumb_finds_it(database):
    await store(database, answered())
    found = await thumb(database, CHAT, "1", Thumb.DOWN, "tallet er gammelt")

    async with database.reading() as session:
        kept = await kept_questions(session)
    assert found
    assert kept == (
        KeptQuestion(
            at=NOW,
            text="mål 6.2",
            topic="status",
            unclear=False,
            thumb=Thumb.DOWN,
            comment="tallet er gammelt",
        ),
    )


async def test_the_last_thumb_counts(database):
    await store(database, answered())
    await thumb(database, CHAT, "1", Thumb.DOWN, "nej")
    await thumb(database, CHAT, "1", Thumb.UP)

    async with database.reading() as session:
        (kept,) = await kept_questions(session)
    assert (kept.thumb, kept.comment) == (Thumb.UP, "")


@pytest.mark.parametrize(
    ("conversation", "activity"), [(CHAT, "2"), ("another", "1"), ("another", ""), ("", "1"), ("", "")]
)
async def test_a_thumb_on_something_else_changes_nothing(database, conversation, activity):
    await store(database, answered(), answered("uden id", activity=""))

    assert not await thumb(database, conversation, activity, Thumb.UP)
    assert await texts(database, thumb=Thumb.UP) == []


async def test_a_thumb_that_names_no_answer_is_for_the_newest_one(database):
    await store(
        database,
        answered("the newest", activity="2"),
        answered("the one before", days=1),
        answered("sent without an id", activity=""),
    )

    assert await thumb(database, CHAT, "", Thumb.DOWN)
    assert await texts(database, thumb=Thumb.DOWN) == ["the newest"]


async def test_the_newest_comes_first_and_what_is_asked_for_is_picked_out(database):
    await store(database, answered("a", days=2), answered("b", days=1, activity="2", unclear=True))
    await thumb(database, CHAT, "1", Thumb.DOWN)

    assert await texts(database) == ["b", "a"]
    assert await texts(database, unclear=True) == ["b"]
    assert await texts(database, thumb=Thumb.DOWN) == ["a"]
    assert await texts(database, thumb=Thumb.UP) == []


async def test_what_is_older_than_it_may_be_is_forgotten(database):
    await store(database, *(answered(str(days), days=days) for days in (29, 30, 31, 400)))
    async with database.transaction() as session:
        gone = await forget(session, before=NOW - timedelta(days=30))

    assert gone == 2
    assert await texts(database) == ["29", "30"]


async def test_the_conversation_that_would_name_its_person_is_not_kept(database):
    await store(database, answered())
    async with database.reading() as session:
        rows = (await session.execute(select(table))).all()
    assert CHAT not in str(rows)
