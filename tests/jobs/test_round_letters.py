"""What a notice about a round says is found out when it is sent, and nothing is sent that is settled."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bplan_bot.access import Grant, Role
from bplan_bot.notice import NoticeKind
from bplan_bot.reminders import reminder
from bplan_bot.round import RoundAnswerKind
from bplan_bot.texts.speaker import Speaker
from db import people, rounds
from db.plans import save_package
from jobs.letters import Letters
from tests.factories import make_round, make_round_answer
from tests.norddjurs import package

NOON = datetime(2025, 4, 22, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
ROUND = make_round()


@pytest.fixture
async def opened(database):
    """An open round with an indberetter for two goals."""
    async with database.transaction() as session:
        await save_package(session, package(), now=NOON)
        for goal in ("6.12", "6.13"):
            await people.grant(session, "anna", Grant(Role.REPORTER, goal), by="test", now=NOON)
        await rounds.open_round(session, ROUND)
    return database


async def letter(database, kind: NoticeKind, recipient: str = "anna") -> str | None:
    """The text of a notice when it is sent."""
    notice = reminder(ROUND, kind, recipient, about="test", now=NOON)
    found = await Letters(database).of(notice, NOON)
    return found.text if found else None


async def answered(database, *goals: str, **changes: object) -> None:
    async with database.transaction() as session:
        for goal in goals:
            await rounds.add_answer(session, make_round_answer(goal, **changes))


@pytest.mark.parametrize("kind", [NoticeKind.REMINDER, NoticeKind.SECOND_REMINDER])
async def test_a_reminder_names_what_is_left_when_it_is_sent(opened, kind):
    await answered(opened, "6.12")

    text = await letter(opened, kind)

    assert text
    assert "6.13" in text
    assert "6.12" not in text
    assert "24.04.2025" in text


@pytest.mark.parametrize("kind", [NoticeKind.REMINDER, NoticeKind.SECOND_REMINDER])
async def test_a_reminder_with_nothing_left_says_nothing(opened, kind):
    await answered(opened, "6.12", "6.13")

    assert await letter(opened, kind) is None


async def test_a_goal_that_was_handed_on_is_asked_of_the_colleague(opened):
    await answered(opened, "6.13", kind=RoundAnswerKind.HANDED_ON, handed_to="carl")

    text = await letter(opened, NoticeKind.REMINDER, "carl")
    own = await letter(opened, NoticeKind.REMINDER)

    assert text
    assert own
    assert ("6.13" in text, "6.13" in own) == (True, False)


async def test_the_planner_is_told_what_is_missing_and_from_whom(opened):
    text = await letter(opened, NoticeKind.MISSING, "planner")

    assert text
    assert "Mangler fra indberetter: 6.12 og 6.13" in text


async def test_the_planner_is_told_nothing_when_all_is_in(opened):
    await answered(opened, *(goal.number for goal in package().plan.goals))

    assert await letter(opened, NoticeKind.MISSING, "planner") is None


@pytest.mark.parametrize("kind", [NoticeKind.REMINDER, NoticeKind.SECOND_REMINDER, NoticeKind.MISSING])
async def test_a_closed_round_says_nothing(opened, kind):
    async with opened.transaction() as session:
        await rounds.close_round(session, ROUND, by="planner", now=NOON)

    assert await letter(opened, kind) is None


async def test_a_letter_comes_in_the_language_of_the_bot(opened):
    notice = reminder(ROUND, NoticeKind.REMINDER, "anna", about="test", now=NOON)

    found = await Letters(opened, "en").of(notice, NOON)

    assert found
    assert Speaker("en").say("round.reminder.head", n=2) in found.text
