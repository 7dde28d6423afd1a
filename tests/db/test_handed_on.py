"""A question that is handed on is kept once, answered once, and forgotten like other questions."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bplan_bot.handed_on import HandedOn, cards_of, handed_on
from bplan_bot.notice import NoticeKind
from db import handed_on as rows
from db import notices
from db.engine import Database
from db.tables import handed_on as table
from tests.factories import NOW

LATER = NOW + timedelta(hours=1)
TO = ("planner", "another")


def question(words: str = "Hvem godkender budgettet?", *, days: int = 0) -> HandedOn:
    return handed_on(words, asker="anna", language="en", now=NOW + timedelta(days=days))


async def send(database: Database, asked: HandedOn) -> HandedOn | None:
    async with database.transaction() as session:
        return await rows.hand_on(session, asked, to=TO)


async def answer(database: Database, asked: HandedOn, text: str, by: str) -> HandedOn:
    async with database.transaction() as session:
        return await rows.answer(session, asked, text, by=by, now=LATER)


async def queued(database: Database) -> list[tuple[NoticeKind, str]]:
    async with database.reading() as session:
        found = await notices.with_prefix(session, "question/")
    return sorted((one.kind, one.recipient) for one in found)


ASKED = [(NoticeKind.QUESTION, "another"), (NoticeKind.QUESTION, "planner")]
ANSWERED = sorted(
    [*ASKED, (NoticeKind.ANSWER, "anna"), *((NoticeKind.CARD_UPDATE, to) for to in ("another", "planner"))]
)


async def test_a_question_is_kept_as_it_was_asked_and_goes_to_everybody(database: Database) -> None:
    assert await send(database, question()) is None

    async with database.reading() as session:
        assert await rows.handed(session, question().key) == question()
    assert await queued(database) == ASKED


async def test_the_same_question_is_sent_once(database: Database) -> None:
    await send(database, question())

    assert await send(database, question("hvem godkender budgettet", days=3)) == question()
    assert await queued(database) == ASKED


async def test_of_two_presses_at_once_one_sends(database: Database) -> None:
    found = await asyncio.gather(*(send(database, question()) for _ in range(4)))

    assert sorted(one is None for one in found) == [False, False, False, True]
    assert await queued(database) == ASKED


async def test_an_answer_goes_to_the_asker_and_renews_every_card(database: Database) -> None:
    await send(database, question())
    known = await answer(database, question(), "Byrådet", "planner")

    assert known == replace(question(), answer="Byrådet", answered_by="planner", answered_at=LATER)
    assert await queued(database) == ANSWERED
    async with database.reading() as session:
        renewed = [one.updates for one in await notices.with_prefix(session, "question/") if one.updates]
    assert renewed == [f"{cards_of(question())}{to}" for to in sorted(TO)]


async def test_of_two_answers_at_once_one_counts_and_is_told_once(database: Database) -> None:
    await send(database, question())
    one, other = await asyncio.gather(
        *(answer(database, question(), f"fra {who}", who) for who in ("planner", "another"))
    )

    assert one == other
    assert one.answer == f"fra {one.answered_by}"
    assert await queued(database) == ANSWERED


async def test_what_was_answered_is_told_to_whoever_asks_it_again(database: Database) -> None:
    await send(database, question())
    known = await answer(database, question(), "Byrådet", "planner")

    assert await send(database, question(days=1)) == known
    assert await queued(database) == ANSWERED


@pytest.mark.parametrize("answered", [True, False])
async def test_what_is_older_than_it_may_be_is_forgotten_whole(database: Database, answered: bool) -> None:
    old, young = question(), question("Og hvornår?", days=20)
    await send(database, old)
    await send(database, young)
    if answered:
        await answer(database, old, "Byrådet", "planner")
    async with database.transaction() as session:
        gone = await rows.forget(session, before=NOW + timedelta(days=10))

    async with database.reading() as session:
        assert (gone, await rows.handed(session, old.key)) == (1, None)
        assert [one.text for one in await rows.all_handed_on(session)] == ["Og hvornår?"]


async def test_a_question_that_was_forgotten_can_be_asked_anew(database: Database) -> None:
    await send(database, question())
    async with database.transaction() as session:
        await rows.forget(session, before=NOW + timedelta(days=1))
    again = question(days=2)

    assert await send(database, again) is None
    assert await queued(database) == sorted([*ASKED, *ASKED])


async def test_an_answer_to_what_was_forgotten_is_kept_nowhere(database: Database) -> None:
    await answer(database, question(), "Byrådet", "planner")

    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(table)) == 0
    assert await queued(database) == []
