"""A file of figures that is dropped in the chat: what is stored of it, what is said, and who may."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

import bot as bot_module
from bplan_bot.access import Grant, Role
from bplan_bot.round import RoundAnswerKind
from bplan_bot.settings import Settings
from db import people, rounds
from db.audit import AuditEntry, entries
from db.bundled import prepare
from db.observations import load_series
from tests.card_structure import faults, texts
from tests.factories import make_round, make_round_answer
from tests.fake_connector import USER_OBJECT_ID, FakeConnector, said
from tests.fake_teams_files import TOKEN, FakeTeamsFiles, attachment
from tests.figure_files import csv_file, workbook
from tests.flows.reporters import NO_JOBS, with_own_router

NOON = datetime(2025, 6, 2, 12, tzinfo=bot_module.COPENHAGEN)
PLAN = "norddjurs-2024"
COLLEAGUE = "aaaaaaaa-0000-0000-0000-000000000009"
NEW = csv_file("6.2;2023;36,1;;", "6.3;2023;35,1;;")


@dataclass
class Chat:
    """A bot on 2 June 2025, somebody who reports 6.2 and 6.3 there, and where Teams keeps their files."""

    client: TestClient[Any, Any]
    connector: FakeConnector
    drive: FakeTeamsFiles
    parts: bot_module.Bot

    async def drop(
        self, content: bytes, words: str = "", *, name: str = "tal.csv", kind: str = "personal"
    ) -> str:
        """All they read after a file was sent with these words beside it."""
        return await self.send(words, [self.drive.put(name, content)], kind=kind)

    async def send(self, words: str, attachments: list[dict[str, Any]], *, kind: str = "personal") -> str:
        activity = said(self.connector.service_url, words, kind=kind, attachments=attachments)
        response = await self.client.post("/api/messages", json=activity)
        assert response.status == 200, await response.text()
        card = self.connector.cards[-1]
        assert faults(card) == []
        assert TOKEN not in json.dumps(self.connector.activities)
        return " ".join(texts(card))

    async def stored(self, indicator: str = "6.2.share") -> dict[str, str]:
        """The figures that stand, by period."""
        async with self.parts.database.reading() as session:
            series = await load_series(session, PLAN, as_of=NOON.date())
        return {one.period.code: str(one.value) for one in series.of(indicator, "707")}

    async def audit(self) -> list[AuditEntry]:
        async with self.parts.database.reading() as session:
            return [one for one in await entries(session, limit=50) if one.action == "figures_taken"]

    async def grant(self, role: Role, goal: str | None = None, *, person: str = USER_OBJECT_ID) -> None:
        async with self.parts.database.transaction() as session:
            await people.grant(session, person, Grant(role, goal), by="test", now=NOON)


@pytest.fixture
async def stranger(database_url: str) -> AsyncIterator[Chat]:
    """The same, with nobody's role given yet."""
    settings = Settings.model_validate({"DATABASE_URL": database_url})
    parts = bot_module.build(settings, now=lambda: NOON)
    # Known by their roles, as in Teams: in local mode everybody may do everything.
    known = settings.model_copy(update={"app_id": "11111111-2222-3333-4444-555555555555"})
    parts = with_own_router(parts, known, [NOON])
    await prepare(parts.database, now=NOON)
    async with FakeConnector() as connector, FakeTeamsFiles() as drive:
        client = TestClient(TestServer(bot_module.web_app(parts, NO_JOBS)))
        await client.start_server()
        yield Chat(client, connector, drive, parts)
        await client.close()


@pytest.fixture
async def chat(stranger: Chat) -> Chat:
    for goal in ("6.2", "6.3"):
        await stranger.grant(Role.REPORTER, goal)
    return stranger


async def test_a_file_is_stored_whole_with_who_brought_it_and_answered_from(chat):
    words = await chat.drop(NEW)

    assert words.startswith("Gemt: tallene fra tal.csv til Beskæftigelsesplan 2024")
    assert "Nye tal: 2." in words
    assert (await chat.stored())["2023"] == "36.1"
    [audit] = await chat.audit()
    assert (audit.actor, audit.detail["file"], audit.detail["on_behalf_of"]) == (
        USER_OBJECT_ID,
        "tal.csv",
        [],
    )


async def test_a_workbook_is_taken_too(chat):
    words = await chat.drop(workbook(("Mål", "Periode", "Værdi"), ("6.2", "2023", 36.1)), name="Tal.XLSX")

    assert "Gemt" in words
    assert "2023" in await chat.stored()


async def test_the_same_file_again_says_nothing_new_and_writes_nothing(chat):
    await chat.drop(NEW)
    words = await chat.drop(NEW)

    assert words.startswith("Intet nyt")
    assert len(await chat.audit()) == 1


async def test_every_problem_is_told_with_its_place_and_nothing_is_stored(chat):
    lines = [f"6.99;2024;{n};;" for n in range(40)]
    words = await chat.drop(csv_file("6.2;2023;36,1;;", *lines))

    assert words.startswith("Ikke gemt: tal.csv")
    assert "40 steder skal rettes" in words
    assert "Række 3, kolonne A" in words
    assert words.count("Række ") == 15
    assert "og 25 til." in words
    assert await chat.audit() == []


@pytest.mark.parametrize(
    ("line", "not_enough", "enough", "value"),
    [
        ("6.2;1. halvår 2024;80;;", "her er tallene", "ja", "80"),
        ("6.2;1. halvår 2024;80;;", "", "Ja tak", "80"),
        ("6.2;2024;37,1;;", "ja", "ja, fordi kilden har rettet det", "37.1"),
        ("6.2;2024;37,1;;", "fordi kilden har rettet det", "Ja fordi kilden har rettet det", "37.1"),
    ],
)
async def test_doubts_and_corrections_are_settled_by_words_beside_the_file(
    chat, line, not_enough, enough, value
):
    await chat.drop(csv_file("6.2;1. halvår 2023;36;;"))
    first = await chat.drop(csv_file(line), not_enough)
    assert first.startswith("Ikke gemt endnu")
    assert value.replace(".", ",") not in str(await chat.stored())
    second = await chat.drop(csv_file(line), enough)

    assert second.startswith("Gemt")
    assert value in (await chat.stored()).values()
    reason = "kilden har rettet det" if value == "37.1" else ""
    assert (await chat.audit())[0].detail["reason"] == reason


async def test_a_file_with_goals_of_others_is_refused_before_anything_of_them_is_told(chat):
    words = await chat.drop(csv_file("6.2;2023;36,1;;", "6.13;januar 2025;41;;"))

    assert "6.13, som du ikke indberetter" in words
    assert "38" not in words
    assert await chat.audit() == []


async def test_whoever_reports_nothing_is_refused_before_the_file_is_fetched(stranger):
    words = await stranger.drop(NEW)

    assert "ikke som indberetter" in words
    assert stranger.drive.asked == []


@pytest.mark.parametrize("role", [Role.PLANNER, Role.ADMINISTRATOR])
async def test_planansvarlig_and_administrator_report_for_others_and_the_audit_says_for_whom(stranger, role):
    await stranger.grant(Role.REPORTER, "6.2", person=COLLEAGUE)
    await stranger.grant(role)
    await stranger.drop(NEW)

    [audit] = await stranger.audit()
    assert (audit.actor, audit.detail["on_behalf_of"]) == (USER_OBJECT_ID, [COLLEAGUE])


async def test_a_goal_that_was_handed_on_in_the_open_round_may_be_reported(stranger):
    handed = make_round_answer(
        "6.2", kind=RoundAnswerKind.HANDED_ON, person=COLLEAGUE, handed_to=USER_OBJECT_ID
    )
    async with stranger.parts.database.transaction() as session:
        await rounds.open_round(session, make_round())
        await rounds.add_answer(session, handed)

    assert "Gemt" in await stranger.drop(csv_file("6.2;2023;36,1;;"))
    assert "6.3" in await stranger.drop(NEW)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (csv_file("6.2;2024;36,7;;", "010203-1234;2024;36,7;;"), "tal.csv"),
        (NEW, "Jens 010203-1234.csv"),
        (NEW, "jens_010203_1234.csv"),
    ],
)
async def test_a_cpr_number_is_refused_and_neither_repeated_stored_nor_logged(chat, capsys, content, name):
    words = await chat.drop(content, name=name)
    seen = capsys.readouterr()

    assert words.startswith("Filen er afvist")
    assert "Slet beskeden i Teams" in words
    assert "010203" not in words + seen.out + seen.err
    assert "ens" not in words.partition("Intet af den")[0]
    assert await chat.audit() == []


async def test_a_cpr_number_beside_a_file_refuses_the_message_and_the_file_is_not_fetched(chat):
    words = await chat.drop(NEW, "ja, fordi 010203-1234 er rettet")

    assert "Slet beskeden" in words
    assert chat.drive.asked == []


@pytest.mark.parametrize("kind", ["groupChat", "channel"])
@pytest.mark.parametrize("words", ["", "mål 6.2"])
async def test_where_others_read_along_files_are_sent_to_ones_own_chat(chat, kind, words):
    told = await chat.drop(NEW, words, kind=kind)

    assert "din egen chat" in told
    assert chat.drive.asked == []


async def test_files_of_other_kinds_are_said_not_to_be_read_and_their_words_are_answered(chat):
    picture = chat.drive.put("billede.png", b"x")

    assert "Den slags filer læser jeg ikke" in await chat.send("", [picture])
    assert "36,7" in await chat.send("mål 6.2", [picture])
    assert chat.drive.asked == []


async def test_an_old_workbook_is_told_how_to_be_saved(chat):
    assert "gem den som .xlsx" in await chat.drop(b"\xd0\xcf\x11\xe0", name="tal.xls")


async def test_two_files_at_once_are_asked_for_one_by_one(chat):
    files = [chat.drive.put(name, NEW) for name in ("a.csv", "b.csv")]

    assert "én fil" in await chat.send("", files)
    assert await chat.audit() == []


@pytest.mark.parametrize(
    "file",
    [
        {"contentType": "text/csv", "contentUrl": "https://example.org/tal.csv", "name": "tal.csv"},
        attachment("tal.csv", ""),
        attachment("tal.csv", "https://example.org/tal.csv?tempauth=x"),
        attachment("tal.csv", "http://127.0.0.1:1/tal.csv"),
        {**attachment("tal.csv", ""), "content": "no object"},
    ],
)
async def test_a_file_that_cannot_be_fetched_is_one_sentence(chat, file):
    assert "intet er gemt" in await chat.send("", [file])


async def test_a_plan_may_be_named_beside_the_file(chat):
    assert "Gemt" in await chat.drop(NEW, "til 2024-planen")
    assert "2031" in await chat.drop(NEW, "til 2031-planen")


async def test_a_slow_download_holds_up_no_transaction(chat):
    chat.drive.delay = 0.5
    dropping = asyncio.create_task(chat.drop(NEW))
    await asyncio.sleep(0.2)
    async with asyncio.timeout(0.25):
        await chat.grant(Role.OWNER, "6.4")
    assert "Gemt" in await dropping


async def test_in_a_local_bot_everybody_may(running):
    async with FakeTeamsFiles() as drive:
        words = await running.words_after(
            said(running.service_url, "", attachments=[drive.put("tal.csv", NEW)])
        )

    assert "Nye tal: 2." in words
