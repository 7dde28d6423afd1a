"""Roles are given, taken and told in Teams: by words, by a mention, by a form, and only by who may."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bplan_bot.access import Grant, Role
from bplan_bot.reply import Reply
from bplan_bot.settings import Settings
from db.audit import AuditEntry, entries
from db.bundled import prepare
from db.engine import Database
from db.people import grant, load_people
from dialogs.incoming import ConversationKind, Event, Incoming, Mention
from dialogs.router import Router
from tests.card_structure import faults
from tests.fake_connector import mention, said_to_bot
from tests.flows.conftest import RunningBot

NOW = datetime(2025, 6, 2, 12, tzinfo=UTC)
ANNA = "aaaaaaaa-0000-0000-0000-00000000000a"
BO = "bbbbbbbb-0000-0000-0000-00000000000b"
CARL = "cccccccc-0000-0000-0000-00000000000c"
ADMINISTRATOR, REPORTER = Grant(Role.ADMINISTRATOR), Grant(Role.REPORTER, "6.13")
PLANNER = Grant(Role.PLANNER)


class Chat:
    """A bot in Teams that Anna speaks to; `members` is what Teams tells of who was mentioned."""

    def __init__(self, database: Database, **settings: str) -> None:
        given = {"MicrosoftAppId": "app", "MicrosoftAppTenantId": "tenant"} | settings
        self.database = database
        self.router = Router(database, settings=Settings.model_validate(given), now=lambda: NOW)
        self.members: dict[str, str] = {}

    async def object_id(self, incoming: Incoming, member_id: str) -> str:
        return self.members.get(member_id, "")

    async def say(
        self, text: str, *mentions: Mention, kind: ConversationKind = ConversationKind.PERSONAL
    ) -> Reply:
        return await self._answer(Incoming(event=Event.MESSAGE, text=text, mentions=mentions, kind=kind))

    async def press(self, **value: Any) -> Reply:
        return await self._answer(Incoming(event=Event.BUTTON, value=value))

    async def give(self, *held: tuple[str, Grant]) -> None:
        async with self.database.transaction() as session:
            for person, given in held:
                await grant(session, person, given, by="test", now=NOW)

    async def roles(self) -> dict[str, set[Grant]]:
        async with self.database.reading() as session:
            return {person.id: set(person.grants) for person in await load_people(session)}

    async def audited(self) -> list[AuditEntry]:
        async with self.database.reading() as session:
            return [entry for entry in await entries(session, limit=100) if entry.actor != "test"]

    async def _answer(self, incoming: Incoming) -> Reply:
        spoken = replace(incoming, user_id=ANNA, conversation_id="c")
        reply = await self.router.answer(spoken, members=self)
        assert reply
        assert faults(reply.card) == []
        return reply


@pytest.fixture
async def chat(database: Database) -> Chat:
    await prepare(database, now=NOW)
    return Chat(database)


async def test_an_administrator_gives_a_role_by_object_id_and_it_is_audited(chat: Chat) -> None:
    await chat.give((ANNA, ADMINISTRATOR))

    reply = await chat.say(f"gør {BO} til indberetter på 6.13")

    assert f"{BO} er nu indberetter på mål 6.13." in reply.text
    assert (await chat.roles())[BO] == {REPORTER}
    (entry,) = await chat.audited()
    assert (entry.actor, entry.action, entry.subject) == (ANNA, "grant", BO)
    assert entry.detail == {"role": "reporter", "goal": "6.13"}


async def test_a_role_that_somebody_has_is_not_given_twice(chat: Chat) -> None:
    await chat.give((ANNA, ADMINISTRATOR), (BO, REPORTER))

    reply = await chat.say(f"gør {BO} til indberetter på 6.13")

    assert "er allerede indberetter på mål 6.13" in reply.text
    assert await chat.audited() == []


async def test_an_administrator_takes_a_role(chat: Chat) -> None:
    await chat.give((ANNA, ADMINISTRATOR), (BO, REPORTER), (BO, Grant(Role.HEAD)))

    reply = await chat.say(f"fjern {BO} som indberetter på 6.13")

    assert f"{BO} er ikke længere indberetter på mål 6.13." in reply.text
    assert (await chat.roles())[BO] == {Grant(Role.HEAD)}


@pytest.mark.parametrize(
    ("held", "who"),
    [([], "."), ([REPORTER], "."), ([PLANNER], f": {CARL}."), ([Grant(Role.HEAD)], ".")],
)
@pytest.mark.parametrize(
    "text", ["gør mig til administrator", f"gør {BO} til leder", f"fjern {CARL} som administrator"]
)
async def test_nobody_else_may_and_is_told_who(chat: Chat, held: list[Grant], who: str, text: str) -> None:
    await chat.give((CARL, ADMINISTRATOR), *((ANNA, one) for one in held))
    before = await chat.roles()

    reply = await chat.say(text)

    assert reply.text == f"Roller\nKun administratoren kan give og tage roller{who}"
    assert await chat.roles() == before
    assert await chat.audited() == []


async def test_where_there_is_no_administrator_it_is_said_how_to_get_one(chat: Chat) -> None:
    reply = await chat.say("gør mig til administrator")

    assert "BPLAN_ADMINISTRATOR" in reply.text
    assert ANNA in reply.text
    assert await chat.roles() == {}


async def test_in_local_mode_everybody_may(chat: Chat) -> None:
    local = Chat(chat.database, MicrosoftAppId="")

    await local.say("gør mig til administrator")

    assert await local.roles() == {ANNA: {ADMINISTRATOR}}


async def test_the_last_administrator_cannot_be_removed_in_the_chat_either(chat: Chat) -> None:
    await chat.give((ANNA, ADMINISTRATOR))

    reply = await chat.say("fjern mig som administrator")

    assert "Den sidste administrator kan ikke fjernes" in reply.text
    assert await chat.roles() == {ANNA: {ADMINISTRATOR}}


@pytest.mark.parametrize(
    "mentioned",
    [Mention("29:1-bo"), Mention("29:2-bo", BO), Mention(BO), Mention(f"8:orgid:{BO}")],
    ids=["looked up", "told", "id", "orgid"],
)
async def test_whoever_is_mentioned_is_known_by_the_directorys_id(chat: Chat, mentioned: Mention) -> None:
    chat.members = {"29:1-bo": BO}
    await chat.give((ANNA, ADMINISTRATOR))

    await chat.say("gør Bo Hansen til indberetter på 6.13", mentioned, kind=ConversationKind.CHANNEL)

    assert (await chat.roles())[BO] == {REPORTER}


async def test_several_people_are_given_several_goals_at_once(chat: Chat) -> None:
    await chat.give((ANNA, ADMINISTRATOR))

    await chat.say("gør Bo og Carl til målansvarlig på 6.1 og 6.2", Mention(BO), Mention(CARL))

    both = {Grant(Role.OWNER, "6.1"), Grant(Role.OWNER, "6.2")}
    assert await chat.roles() == {ANNA: {ADMINISTRATOR}, BO: both, CARL: both}


@pytest.mark.parametrize(
    ("text", "mentions", "sentence"),
    [
        ("gør Bo Hansen til indberetter på 6.13", [], "Vælg personen på listen"),
        ("gør Bo til indberetter på 6.13", [Mention("29:unknown")], "Teams fortæller ikke, hvem du nævnte"),
        (f"gør {BO} til indberetter", [], "vælg målet"),
        (f"gør {BO} til leder på 6.13", [], "gælder hele planen"),
        (f"gør {BO} til indberetter på 9.9", [], "Mål 9.9 findes ikke"),
    ],
)
async def test_where_the_words_do_not_tell_nothing_is_changed_and_a_form_or_sentence_helps(
    chat: Chat, text: str, mentions: list[Mention], sentence: str
) -> None:
    await chat.give((ANNA, ADMINISTRATOR))

    reply = await chat.say(text, *mentions)

    assert sentence in reply.text
    assert await chat.roles() == {ANNA: {ADMINISTRATOR}}


FORM = {"do": "give_role", "person": BO, "object_id": "", "role": "reporter", "goal": "6.13"}


@pytest.mark.parametrize("how", [{}, {"person": "", "object_id": BO.upper()}])
async def test_the_form_gives_the_role_and_its_receipt_takes_its_place(
    chat: Chat, how: dict[str, str]
) -> None:
    await chat.give((ANNA, ADMINISTRATOR))

    reply = await chat.press(**FORM | how)

    assert reply.in_place
    assert f"{BO} er nu indberetter på mål 6.13." in reply.text
    assert (await chat.roles())[BO] == {REPORTER}


async def test_the_form_takes_a_role_too(chat: Chat) -> None:
    await chat.give((ANNA, ADMINISTRATOR), (BO, REPORTER))

    await chat.press(**FORM | {"do": "take_role"})

    assert BO not in await chat.roles()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"person": ""}, "Vælg personen"),
        ({"person": "Bo Hansen"}, "Vælg personen"),
        ({"person": f"{BO} og flere"}, "Vælg personen"),
        ({"role": ""}, "Vælg rollen"),
        ({"role": "emperor"}, "Vælg rollen"),
        ({"goal": ""}, "vælg målet"),
        ({"goal": "9.9"}, "vælg målet"),
        ({"role": "head"}, "gælder hele planen"),
        ({"person": ["a"], "role": {"b": 1}, "goal": 7}, "Vælg rollen"),
    ],
)
async def test_a_form_filled_in_wrongly_comes_back_with_what_was_wrong(
    chat: Chat, wrong: dict[str, Any], sentence: str
) -> None:
    await chat.give((ANNA, ADMINISTRATOR))

    reply = await chat.press(**FORM | wrong)

    assert reply.in_place
    assert sentence in reply.text
    assert await chat.roles() == {ANNA: {ADMINISTRATOR}}


async def test_a_form_somebody_else_presses_changes_nothing(chat: Chat) -> None:
    await chat.give((CARL, ADMINISTRATOR))

    reply = await chat.press(**FORM)

    assert "Kun administratoren" in reply.text
    assert await chat.roles() == {CARL: {ADMINISTRATOR}}


async def test_who_has_a_role_on_a_goal_is_told_as_people_in_a_chat_of_ones_own(chat: Chat) -> None:
    await chat.give((ANNA, ADMINISTRATOR), (BO, REPORTER), (CARL, Grant(Role.REPORTER, "6.2")))

    reply = await chat.say("hvem er indberetter på 6.13?")

    assert reply.text == f"Roller\nIndberetter på mål 6.13: {BO}."
    (entity,) = reply.card["msteams"]["entities"]
    assert entity["mentioned"]["id"] == BO
    assert f"<at>{BO}</at>" in str(reply.card["body"])


@pytest.mark.parametrize("held", [ADMINISTRATOR, PLANNER])
@pytest.mark.parametrize("kind", [ConversationKind.CHANNEL, ConversationKind.GROUP])
async def test_where_others_read_along_nobody_is_named(
    chat: Chat, held: Grant, kind: ConversationKind
) -> None:
    await chat.give((ANNA, held), (BO, REPORTER))

    reply = await chat.say("hvem er indberetter på 6.13?", kind=kind)

    assert reply.text == (
        "Roller\nMål 6.13 har 1 indberetter. Spørg mig i en chat for os to, så siger jeg, hvem det er."
    )
    assert "msteams" not in reply.card


WHOM = "Spørg den planansvarlige, hvem det er."


@pytest.mark.parametrize(
    ("held", "text", "words"),
    [
        ([], "hvem er indberetter på 6.13?", f"Mål 6.13 har 2 indberettere. {WHOM}"),
        ([Grant(Role.HEAD)], "hvem er indberetter på 6.13?", f"Mål 6.13 har 2 indberettere. {WHOM}"),
        (
            [REPORTER],
            "hvem er indberetter på 6.13?",
            f"Du er selv indberetter på mål 6.13 sammen med 2 andre. {WHOM}",
        ),
        ([Grant(Role.OWNER, "6.2")], "hvem er ansvarlig for 6.2?", "Du er selv målansvarlig på mål 6.2."),
        ([], "hvem er ansvarlig for 6.2?", "Ingen er målansvarlig på mål 6.2 endnu."),
        ([], "hvem er administrator?", f"Planen har 1 administrator. {WHOM}"),
        ([], "hvem er planansvarlig?", "Planen har 1 planansvarlig. Spørg administratoren, hvem det er."),
        ([PLANNER], "hvem er administrator?", f"Administrator: {CARL}."),
    ],
)
async def test_who_has_a_role_is_told_those_alone_who_keep_the_roles(
    chat: Chat, held: list[Grant], text: str, words: str
) -> None:
    planner = "dddddddd-0000-0000-0000-00000000000d"
    await chat.give((BO, REPORTER), (CARL, REPORTER), (CARL, ADMINISTRATOR), (planner, PLANNER))
    await chat.give(*((ANNA, one) for one in held))

    reply = await chat.say(text)

    assert reply.text == f"Roller\n{words}"


async def test_of_several_goals_each_has_its_line_and_whom_to_ask_comes_last(chat: Chat) -> None:
    await chat.give((BO, REPORTER), (CARL, Grant(Role.REPORTER, "6.2")), (CARL, PLANNER))

    reply = await chat.say("hvem er indberetter på 6.13 og 6.2?")

    first, *lines = reply.text.splitlines()
    assert first == "Roller"
    assert sorted(lines[:-1]) == ["  - Mål 6.13 har 1 indberetter.", "  - Mål 6.2 har 1 indberetter."]
    assert lines[-1] == f"  - {WHOM}"


@pytest.mark.parametrize(
    ("held", "text", "words"),
    [
        ([], "gør mig til indberetter på 6.13", "Du er nu indberetter på mål 6.13."),
        (
            [REPORTER],
            "gør mig til indberetter på 6.13",
            "Du er allerede indberetter på mål 6.13; intet er ændret.",
        ),
        ([REPORTER], "fjern mig som indberetter på 6.13", "Du er ikke længere indberetter på mål 6.13."),
        ([], "fjern mig som indberetter på 6.13", "Du er ikke indberetter på mål 6.13; intet er ændret."),
    ],
)
async def test_whoever_changes_their_own_role_is_spoken_to(
    chat: Chat, held: list[Grant], text: str, words: str
) -> None:
    await chat.give((ANNA, ADMINISTRATOR), *((ANNA, one) for one in held))

    reply = await chat.say(text)

    assert reply.text == f"Roller\n{words}"
    assert "msteams" not in reply.card


async def test_a_role_nobody_has_is_said_to_be_nobodys(chat: Chat) -> None:
    assert "Ingen er målansvarlig på mål 6.13 endnu." in (await chat.say("hvem er ansvarlig for 6.13?")).text
    assert "Ingen er administrator endnu." in (await chat.say("hvem er administrator?")).text


async def test_everybody_can_ask_for_their_own_roles(chat: Chat) -> None:
    await chat.give((ANNA, REPORTER), (ANNA, ADMINISTRATOR))

    reply = await chat.say("hvilke roller har jeg?")

    assert "Du er administrator og indberetter på mål 6.13." in reply.text
    assert "Her ser du alt" in reply.text
    assert f"Dit id er {ANNA}." in reply.text


async def test_a_stranger_is_told_what_they_see_and_whom_to_ask(chat: Chat) -> None:
    reply = await chat.say("hvilke roller har jeg?")

    assert "Du har ingen rolle" in reply.text
    assert "det, udvalget har behandlet" in reply.text


@pytest.fixture
async def announced(running: RunningBot) -> Callable[..., Awaitable[str]]:
    async def say(text: str, *people: tuple[str, str]) -> str:
        activity = said_to_bot(running.service_url, text)
        activity["entities"] += [mention(id_, name) for id_, name in people]
        return await running.words_after(activity)

    return say


async def test_over_http_a_mention_is_looked_up_among_the_channels_members(
    running: RunningBot, announced: Callable[..., Awaitable[str]]
) -> None:
    running.connector.members["29:1-bo"] = {"id": "29:1-bo", "name": "Bo Hansen", "aadObjectId": BO}

    words = await announced("gør <at>Bo Hansen</at> til indberetter på 6.13", ("29:1-bo", "Bo Hansen"))

    assert f"{BO} er nu indberetter på mål 6.13." in words
    async with running.parts.database.reading() as session:
        assert {person.id for person in await load_people(session)} == {BO}


async def test_over_http_a_member_teams_does_not_tell_of_gives_the_form(
    running: RunningBot, announced: Callable[..., Awaitable[str]]
) -> None:
    words = await announced("gør <at>Bo Hansen</at> til indberetter på 6.13", ("29:1-bo", "Bo Hansen"))

    assert "Teams fortæller ikke, hvem du nævnte" in words
