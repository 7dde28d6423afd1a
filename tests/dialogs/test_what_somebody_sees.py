"""What an answer shows depends on who asks and who reads along."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bplan_bot.access import OF_GOALS, Grant, Person, Role, everything
from bplan_bot.settings import Settings
from bplan_bot.source_state import Failure, FailureKind, SourceState
from db.bundled import prepare
from db.engine import Database
from db.people import grant
from db.sources import save_state
from dialogs.incoming import ConversationKind, Event, Incoming
from dialogs.router import Router

BEFORE = datetime(2025, 5, 13, 12, tzinfo=UTC)
AFTER = datetime(2025, 6, 2, 12, tzinfo=UTC)
PERSON = "aaaaaaaa-0000-0000-0000-000000000001"
NOT_YET = "Ikke behandlet i udvalget endnu"
FIGURE = "1.950"
"""A figure of goal 1.1 that the municipality knew in March 2025, two months before the committee."""
HANDLED_ONLY = "Vist: det, udvalget har behandlet"

Ask = Callable[..., Awaitable[str]]


@pytest.fixture
async def asked(database: Database) -> Ask:
    await prepare(database, now=BEFORE)

    async def ask(
        *roles: Grant,
        kind: ConversationKind = ConversationKind.PERSONAL,
        now: datetime = BEFORE,
        text: str = "status for mål 1.1",
        asker: Person | None = None,
        **settings: Any,
    ) -> str:
        async with database.transaction() as session:
            for role in roles:
                await grant(session, PERSON, role, by="test", now=now)
        in_teams = {"MicrosoftAppId": "app", "MicrosoftAppTenantId": "tenant"}
        router = Router(database, settings=Settings.model_validate(in_teams | settings), now=lambda: now)
        incoming = Incoming(event=Event.MESSAGE, text=text, kind=kind, user_id=PERSON, conversation_id="c")
        reply = await router.answer(incoming, asker=asker)
        assert reply
        return reply.text

    return ask


PLANNER, COMMITTEE = Grant(Role.PLANNER), Grant(Role.COMMITTEE)


@pytest.mark.parametrize(
    ("roles", "settings", "shown"),
    [
        ([PLANNER], {}, FIGURE),
        ([Grant(Role.REPORTER, "6.13")], {}, FIGURE),
        ([COMMITTEE], {}, NOT_YET),
        ([COMMITTEE], {"BPLAN_STRANGERS": "nothing"}, NOT_YET),
        ([COMMITTEE], {"BPLAN_STRANGERS": "everything"}, NOT_YET),
        ([COMMITTEE, PLANNER], {}, FIGURE),
        ([], {}, NOT_YET),
        ([], {"BPLAN_STRANGERS": "handled"}, NOT_YET),
        ([], {"BPLAN_STRANGERS": "everything"}, FIGURE),
        ([], {"BPLAN_STRANGERS": "nothing"}, PERSON),
        ([], {"MicrosoftAppId": ""}, FIGURE),
    ],
)
async def test_alone_with_the_bot_it_depends_on_the_role(
    asked: Ask, roles: list[Grant], settings: dict[str, str], shown: str
) -> None:
    answer = await asked(*roles, **settings)

    assert [one for one in (FIGURE, NOT_YET, PERSON) if one in answer] == [shown]


@pytest.mark.parametrize("kind", [ConversationKind.GROUP, ConversationKind.CHANNEL])
@pytest.mark.parametrize("settings", [{}, {"MicrosoftAppId": ""}, {"BPLAN_STRANGERS": "nothing"}])
async def test_where_others_read_along_nobody_is_shown_what_is_not_handled(
    asked: Ask, settings: dict[str, str], kind: ConversationKind
) -> None:
    answer = await asked(PLANNER, kind=kind, **settings)

    assert NOT_YET in answer
    assert FIGURE not in answer
    assert HANDLED_ONLY in answer


async def test_where_others_read_along_the_handled_figures_are_shown_from_that_day_on(asked: Ask) -> None:
    answer = await asked(kind=ConversationKind.CHANNEL, now=AFTER)

    assert FIGURE in answer
    assert HANDLED_ONLY in answer


@pytest.mark.parametrize("text", ["overblik", "hjælp", "6.13", "hej", "", "noget helt andet"])
async def test_where_strangers_see_nothing_every_question_is_answered_with_whom_to_ask(
    asked: Ask, text: str
) -> None:
    answer = await asked(text=text, BPLAN_STRANGERS="nothing")

    assert "bed den planansvarlige eller administratoren om en" in answer
    assert PERSON in answer


async def test_the_command_line_sees_everything_also_where_strangers_see_nothing(asked: Ask) -> None:
    assert FIGURE in await asked(asker=everything("command line"), BPLAN_STRANGERS="nothing")


FAILED = SourceState(
    source="jobindsats",
    table="otij01",
    asked_at=BEFORE,
    succeeded_at=datetime(2025, 5, 2, 12, tzinfo=UTC),
    expected=date(2025, 5, 26),
    failure=Failure(FailureKind.CREDENTIALS, "HTTP 403"),
    failing_since=datetime(2025, 5, 12, 12, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("role", "kind", "told"),
    [
        (Role.ADMINISTRATOR, ConversationKind.PERSONAL, True),
        (Role.PLANNER, ConversationKind.PERSONAL, True),
        (Role.HEAD, ConversationKind.PERSONAL, True),
        (Role.TEAM_LEADER, ConversationKind.PERSONAL, True),
        (Role.OWNER, ConversationKind.PERSONAL, False),
        (Role.REPORTER, ConversationKind.PERSONAL, False),
        (Role.COMMITTEE, ConversationKind.PERSONAL, False),
        (Role.ADMINISTRATOR, ConversationKind.CHANNEL, False),
        (Role.HEAD, ConversationKind.GROUP, False),
    ],
)
@pytest.mark.parametrize("text", ["virker jobindsats?", "hvor friske er tallene?"])
async def test_why_a_source_fails_is_told_to_those_who_lead_and_when_it_came_to_everybody(
    asked, database, role, kind, told, text
):
    async with database.transaction() as session:
        await save_state(session, FAILED)

    given = Grant(role, "6.13") if role in OF_GOALS else Grant(role)
    words = await asked(given, kind=kind, text=text, BPLAN_JOBINDSATS_TOKEN="a-key")

    assert ("kilden lukker ikke botten ind" in words) is told
    assert ("HTTP 403" in words) is told
    assert "2. maj 2025" in words
    assert "26. maj 2025" in words or "26.05.2025" in words
