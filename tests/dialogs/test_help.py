"""What help offers: every kind of question with an example that works, and to each what they may do."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bplan_bot.access import Grant, Person, Role, everything
from bplan_bot.answers import HelpAnswer
from bplan_bot.local_text import Language
from bplan_bot.settings import Settings
from bplan_bot.texts.speaker import Speaker
from bplan_bot.understand.language import language_of
from bplan_bot.understand.question import Question, Topic
from bplan_bot.understand.understand import understand
from db.bundled import prepare
from dialogs.help import help_for
from dialogs.incoming import ConversationKind, Event, Incoming
from dialogs.router import Router
from tests.card_structure import elements, texts
from tests.norddjurs import picture

NOW = datetime(2025, 6, 2, 12, tzinfo=UTC)
SEEN = picture()
EVERYBODY = {
    "status": Topic.STATUS,
    "overview": Topic.OVERVIEW,
    "list": Topic.LIST,
    "trend": Topic.TREND,
    "compare": Topic.COMPARE,
    "source": Topic.SOURCE,
    "benchmark": Topic.BENCHMARK,
    "when": Topic.SCHEDULE,
    "worry": Topic.WORRY,
    "short": Topic.OVERVIEW,
}
OWN = {
    "own": Topic.BY_KIND,
    "figures": Topic.REGISTER,
    "round": Topic.ROUND,
    "people": Topic.ROLE_HOLDERS,
    "roles": Topic.OWN_ROLES,
}


def somebody(*grants: Grant) -> Person:
    return Person("anna", frozenset(grants))


ALL = somebody(*everything("anna").grants, Grant(Role.REPORTER, "6.2"))


def kinds(answer: HelpAnswer) -> list[str]:
    """The kinds of what somebody may do besides."""
    return [group.name.id.removeprefix("help.") for group in answer.own]


def examples(language: Language) -> dict[str, str]:
    """Every example, by kind, as somebody reads it."""
    answer = help_for(SEEN, ALL)
    speaker = Speaker(language)
    return {
        group.name.id.removeprefix("help."): speaker(group.example)
        for group in (*answer.groups, *answer.own)
        if group.example
    }


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_example_is_understood_as_what_it_is_an_example_of(language):
    found = {kind: understand(asks, SEEN.plan) for kind, asks in examples(language).items()}

    topics = {kind: each.topic if isinstance(each, Question) else None for kind, each in found.items()}
    assert topics == EVERYBODY | OWN


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_example_is_in_the_language_that_it_is_read_in(language):
    heard = {asks: language_of(asks) for asks in examples(language).values()}

    assert {asks: one for asks, one in heard.items() if one not in (language, None, "")} == {}


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (somebody(), ["roles"]),
        (somebody(Grant(Role.HEAD)), ["roles"]),
        (somebody(Grant(Role.REPORTER, "6.2")), ["own", "figures", "roles"]),
        (somebody(Grant(Role.PLANNER)), ["figures", "round", "questions", "roles"]),
        (somebody(Grant(Role.ADMINISTRATOR)), ["figures", "round", "people", "roles"]),
        (ALL, ["own", "figures", "round", "people", "questions", "roles"]),
    ],
)
def test_what_roles_allow_is_told_to_those_who_have_them(person, may):
    assert kinds(help_for(SEEN, person)) == may


def test_where_nobody_is_asked_about_nothing_is_said_of_roles():
    assert kinds(help_for(SEEN, None)) == []


async def ask(database: Any, **incoming: Any) -> Any:
    await prepare(database, now=NOW)
    router = Router(database, settings=Settings.model_validate({}), now=lambda: NOW)
    reply = await router.answer(Incoming(user_id="anna", **incoming))
    assert reply is not None
    return reply


@pytest.mark.parametrize(
    ("kind", "shown"), [(ConversationKind.PERSONAL, True), (ConversationKind.CHANNEL, False)]
)
async def test_where_others_read_along_nothing_is_said_of_the_asker(database, kind, shown):
    reply = await ask(database, event=Event.MESSAGE, text="hvad kan du?", kind=kind)

    assert ("Med dine roller" in texts(reply.card)) is shown


@pytest.mark.parametrize("words", ["hvad kan du?", "what can you do?"])
async def test_every_example_that_is_pressed_gets_an_answer(database, words):
    shown = await ask(database, event=Event.MESSAGE, text=words)
    pressed = [e["selectAction"]["data"] for e in elements(shown.card) if "selectAction" in e]
    assert len(pressed) == len(EVERYBODY) + len(OWN) - 1  # in local mode nobody has a goal of their own

    unclear = []
    for data in pressed:
        reply = await ask(database, event=Event.BUTTON, value=data)
        if reply.asked and reply.asked.unclear:
            unclear.append(data)
        assert reply.card["lang"] == shown.card["lang"], data
    assert unclear == []
