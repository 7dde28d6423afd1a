"""Rounds are opened, answered and closed with an audit row each, and a plan has one open round at a time."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bplan_bot.access import Grant, Role
from bplan_bot.errors import Refused
from bplan_bot.round import Round, RoundAnswer, RoundAnswerKind
from db import people, rounds
from db.audit import AuditEntry, entries
from db.engine import Database
from db.plans import save_package
from tests.factories import NOW, make_package, make_plan, make_round, make_round_answer

PLAN = "norddjurs-2024"
LATER = NOW + timedelta(days=60)
SECOND = make_round(2)
HANDED = make_round_answer(kind=RoundAnswerKind.HANDED_ON, handed_to="bo", note="ferie", at=LATER)


@pytest.fixture
async def with_plan(database: Database) -> Database:
    """A database with a plan and no round."""
    async with database.transaction() as session:
        await save_package(session, make_package(), now=NOW)
    return database


async def opening(database: Database, opened: Round) -> bool:
    async with database.transaction() as session:
        return await rounds.open_round(session, opened)


async def closing(database: Database, closed: Round) -> bool:
    async with database.transaction() as session:
        return await rounds.close_round(session, closed, by="planner", now=LATER)


async def answering(database: Database, answer: RoundAnswer) -> bool:
    async with database.transaction() as session:
        return await rounds.add_answer(session, answer)


async def held(database: Database) -> tuple[Round, ...]:
    async with database.reading() as session:
        return await rounds.rounds(session, PLAN)


async def audited(database: Database) -> list[AuditEntry]:
    async with database.reading() as session:
        return list(reversed(await entries(session, limit=100)))


async def test_a_round_comes_back_as_it_was_opened(with_plan: Database) -> None:
    assert await opening(with_plan, SECOND)

    assert await held(with_plan) == (SECOND,)
    async with with_plan.reading() as session:
        assert await rounds.open_rounds(session) == (SECOND,)
        assert await rounds.open_round_of(session, PLAN) == SECOND
        assert await rounds.open_round_of(session, "another-plan") is None
        assert await rounds.round_of(session, PLAN, 2) == SECOND
        assert await rounds.round_of(session, PLAN, 1) is None


async def test_opening_a_round_is_audited_with_its_dates(with_plan: Database) -> None:
    await opening(with_plan, SECOND)

    (entry,) = await audited(with_plan)
    assert (entry.at, entry.actor, entry.action) == (NOW, "planner", "round_opened")
    assert entry.subject == "norddjurs-2024/round-2"
    assert entry.detail == {
        "committee_on": "2025-05-14",
        "agenda_on": "2025-05-08",
        "figures_by": "2025-04-24",
    }


@pytest.mark.parametrize("half", [1, 2])
async def test_a_plan_has_one_open_round_at_a_time(with_plan: Database, half: int) -> None:
    await opening(with_plan, SECOND)

    with pytest.raises(Refused) as refused:
        await opening(with_plan, make_round(half))

    assert refused.value.said.id == "round.open_already"
    assert await held(with_plan) == (SECOND,)
    assert len(await audited(with_plan)) == 1


async def test_another_plan_may_have_a_round_of_its_own(with_plan: Database) -> None:
    next_plan = make_plan("norddjurs-2025", start=date(2025, 1, 1), end=date(2025, 12, 31))
    async with with_plan.transaction() as session:
        await save_package(session, make_package(plan=next_plan, observations=(), statements=()), now=NOW)
    other = make_round(1, plan="norddjurs-2025")
    await opening(with_plan, SECOND)
    await opening(with_plan, other)

    async with with_plan.reading() as session:
        assert await rounds.open_rounds(session) == (SECOND, other)


async def test_of_two_who_open_a_round_at_once_one_is_refused(with_plan: Database, database_url: str) -> None:
    other = Database(database_url)
    async with with_plan.transaction() as session:
        await rounds.open_round(session, SECOND)
        second = asyncio.create_task(opening(other, make_round(1)))
        await asyncio.sleep(0.1)
        assert not second.done()

    with pytest.raises(Refused) as refused:
        await second
    assert refused.value.said.id == "round.open_already"
    assert await held(with_plan) == (SECOND,)
    await other.close()


async def test_a_round_is_closed_once(with_plan: Database) -> None:
    await opening(with_plan, SECOND)

    assert await closing(with_plan, SECOND)
    assert not await closing(with_plan, SECOND)

    assert await held(with_plan) == (replace(SECOND, closed_at=LATER, closed_by="planner"),)
    async with with_plan.reading() as session:
        assert await rounds.open_rounds(session) == ()
    _, entry = await audited(with_plan)
    assert (entry.action, entry.actor, entry.at) == ("round_closed", "planner", LATER)
    assert entry.subject == "norddjurs-2024/round-2"


async def test_a_closed_round_can_be_opened_again_with_new_dates(with_plan: Database) -> None:
    again = make_round(2, committee_on=date(2025, 6, 11), opened_at=LATER, opened_by="another")
    await opening(with_plan, SECOND)
    await closing(with_plan, SECOND)

    assert not await opening(with_plan, again)

    assert await held(with_plan) == (replace(SECOND, committee_on=date(2025, 6, 11)),)
    *_, entry = await audited(with_plan)
    assert (entry.action, entry.actor, entry.at) == ("round_reopened", "another", LATER)


async def test_the_round_opened_last_comes_first(with_plan: Database) -> None:
    await opening(with_plan, make_round(1))
    await closing(with_plan, make_round(1))
    await opening(with_plan, make_round(2, opened_at=LATER))

    assert [one.half for one in await held(with_plan)] == [2, 1]
    async with with_plan.reading() as session:
        latest = await rounds.latest_round(session, PLAN)
        assert latest == await rounds.latest_round(session)
        assert await rounds.latest_round(session, "another-plan") is None
    assert latest
    assert latest.half == 2


async def test_the_picture_of_a_round_holds_what_was_known_on_that_day(with_plan: Database) -> None:
    await opening(with_plan, SECOND)
    await answering(with_plan, make_round_answer("1.2"))
    async with with_plan.transaction() as session:
        await people.grant(session, "anna", Grant(Role.REPORTER, "1.1"), by="boss", now=NOW)

    async with with_plan.reading() as session:
        before = await rounds.round_picture(session, SECOND, today=date(2025, 3, 9))
        after = await rounds.round_picture(session, SECOND, today=date(2025, 3, 10))

    assert [due.goal.number for due in before.left_for("anna")] == ["1.1"]
    assert before.left_for("bo") == ()
    assert after.left() == ()
    assert len(after.asked()) == 2


async def test_answers_come_back_oldest_first(with_plan: Database) -> None:
    await opening(with_plan, SECOND)
    no_news = make_round_answer("1.2")
    assert await answering(with_plan, no_news)
    assert await answering(with_plan, HANDED)

    async with with_plan.reading() as session:
        assert await rounds.answers(session, SECOND) == (no_news, HANDED)
        assert await rounds.answers(session, make_round(1)) == ()


async def test_the_same_answer_is_kept_and_audited_once(with_plan: Database) -> None:
    await opening(with_plan, SECOND)

    assert await answering(with_plan, HANDED)
    assert not await answering(with_plan, replace(HANDED, at=LATER + timedelta(hours=1)))

    _, entry = await audited(with_plan)
    assert (entry.action, entry.actor, entry.at) == ("round_handed_on", "anna", LATER)
    assert entry.subject == "norddjurs-2024/1.1"
    assert entry.detail == {"half": 2, "handed_to": "bo", "note": "ferie"}


async def test_a_goal_may_be_handed_to_the_same_colleague_again(with_plan: Database) -> None:
    await opening(with_plan, SECOND)
    back = replace(HANDED, person="bo", handed_to="anna", number=2)
    again = replace(HANDED, number=3)

    assert [await answering(with_plan, one) for one in (HANDED, back, again)] == [True, True, True]

    async with with_plan.reading() as session:
        assert await rounds.answers(session, SECOND) == (HANDED, back, again)
