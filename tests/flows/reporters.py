"""A bot with an open round, the forms people fill in for it, and what became of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from aiohttp.test_utils import TestClient, TestServer

import bot as bot_module
from bplan_bot.access import Grant, Role
from bplan_bot.notice import Notice, NoticeKind, NoticeState
from bplan_bot.settings import Settings
from db import notices, people, rounds
from db.audit import AuditEntry, entries
from db.bundled import prepare
from db.observations import load_series
from dialogs.router import Router
from jobs.letters import Letters
from jobs.schedule import Times
from tests.card_structure import elements, faults, texts
from tests.factories import make_round
from tests.fake_connector import USER_OBJECT_ID, FakeConnector, pressed, said, said_to_bot

NO_JOBS: Times = {}
"""A clock that starts nothing: on a slow machine a job would come between a test's own."""

APRIL = datetime(2025, 4, 10, 14, 5, tzinfo=bot_module.COPENHAGEN)
"""A day in the second round of 2024, before the committee's own follow-up is known."""

PLAN = "norddjurs-2024"
COLLEAGUE = "aaaaaaaa-0000-0000-0000-000000000009"
STRANGER = "aaaaaaaa-0000-0000-0000-000000000007"

JANUARY_25 = "6.13|2025-M01"
JANUARY_24 = "6.13|2024-M01"
NOW = f"{JANUARY_25}|6.13.apprentices|707|value"
BEFORE = f"{JANUARY_24}|6.13.apprentices|707|value"


@dataclass
class Reporting:
    """A bot on 10 April 2025 with an open round, and the person who reports 6.13 and 5.2 in it."""

    client: TestClient[Any, Any]
    connector: FakeConnector
    parts: bot_module.Bot
    card: dict[str, Any]
    at: list[datetime]

    async def press(self, do: str = "report", goal: str = "6.13", **fields: str) -> str:
        """The words of the card after a button was pressed with these fields written."""
        return await self.press_as(USER_OBJECT_ID, do, goal, **fields)

    async def press_as(self, person: str, do: str, goal: str = "6.13", **fields: str) -> str:
        answer = await self._answer_as(person, do, goal, **fields)
        assert answer["type"] == "application/vnd.microsoft.card.adaptive", answer
        assert faults(answer["value"]) == []
        self.card = answer["value"]
        return " ".join(texts(self.card))

    async def words_as(self, person: str, do: str, goal: str = "6.13", **fields: str) -> str:
        """All they read after a press: a card in place of the pressed one, or a message of its own."""
        answer = await self._answer_as(person, do, goal, **fields)
        in_place = answer["type"] == "application/vnd.microsoft.card.adaptive"
        return " ".join(texts(answer["value"] if in_place else self.connector.cards[-1]))

    async def _answer_as(self, person: str, do: str, goal: str, **fields: str) -> dict[str, Any]:
        carried = {"do": do, "round": f"{PLAN}/2", "goal": goal, "goals": "5.2 6.13"}
        user = {"id": f"29:{person}", "name": "En Medarbejder", "aadObjectId": person}
        activity = pressed(self.connector.service_url, carried | fields) | {"from": user}
        response = await self.client.post("/api/messages", json=activity)
        assert response.status == 200, await response.text()
        return dict(await response.json())

    async def answer_to(self, words: str, *, person: str = USER_OBJECT_ID, kind: str = "personal") -> str:
        """The words of the card that comes when somebody wrote these."""
        url = self.connector.service_url
        user = {"id": f"29:{person}", "name": "En Medarbejder", "aadObjectId": person}
        activity = said(url, words) if kind == "personal" else said_to_bot(url, words, kind=kind)
        assert (await self.client.post("/api/messages", json=activity | {"from": user})).status == 200
        self.card = self.connector.cards[-1]
        assert faults(self.card) == []
        return " ".join(texts(self.card))

    async def send(self, person: str = USER_OBJECT_ID, title: str = "Indsend", **fields: str) -> str:
        """The words after a button of the last card was pressed, with what stands in its fields and these."""
        standing = {
            one["id"]: one.get("value", "") for one in elements(self.card) if "|" in one.get("id", "")
        }
        carried = {**self.button(title), **standing, **fields}
        return await self.press_as(person, carried.pop("do"), carried.pop("goal"), **carried)

    def written_in(self, field: str) -> str | None:
        """What stands in a field of the last card; None where it has no such field."""
        found = [one for one in elements(self.card) if one.get("id") == field]
        return found[0].get("value", "") if found else None

    def button(self, title: str) -> dict[str, Any]:
        """What a button of the last card carries."""
        (found,) = [one for one in elements(self.card) if one.get("title") == title and one.get("verb")]
        return dict(found["data"])

    async def stored(self) -> list[str]:
        """The figures of 6.13 that stand, as period and value."""
        async with self.parts.database.reading() as session:
            series = await load_series(session, PLAN, as_of=self.at[0].date())
        return [f"{one.period.code} {one.value}" for one in series.of("6.13.apprentices", "707")]

    async def audit(self, goal: str = "6.13") -> list[AuditEntry]:
        async with self.parts.database.reading() as session:
            return list(await entries(session, subject=f"{PLAN}/{goal}", limit=10))

    async def told_of_goals(self) -> list[str]:
        """Who got a card of their own, since a goal was handed to them, in that order."""
        working = bot_module.working(self.parts)
        await working.jobs.run("deliver", at=self.at[0])
        await working.endpoint.close()
        async with self.parts.database.reading() as session:
            told = await notices.with_prefix(session, f"{PLAN}/round-2/")
        delivered = [one for one in told if one.state is NoticeState.DELIVERED]
        return [one.recipient for one in sorted(delivered, key=lambda one: one.id)]

    async def grant(self, person: str, role: Role, goal: str | None = None) -> None:
        async with self.parts.database.transaction() as session:
            await people.grant(session, person, Grant(role, goal), by="test", now=APRIL)

    async def close_round(self) -> None:
        async with self.parts.database.transaction() as session:
            await rounds.close_round(session, make_round(), by="planner", now=self.at[0])

    async def letter_to(self, person: str, at: datetime = APRIL) -> str | None:
        """What a reminder to somebody says when it is sent."""
        notice = Notice(
            key="reminder",
            kind=NoticeKind.REMINDER,
            recipient=person,
            facts={"plan": PLAN, "half": 2},
            created_at=at,
            next_at=at,
            plan=PLAN,
        )
        reply = await Letters(self.parts.database).of(notice, at)
        return " ".join(texts(reply.card)) if reply else None


def with_own_router(parts: bot_module.Bot, settings: Settings, at: list[datetime]) -> bot_module.Bot:
    return replace(parts, router=Router(parts.database, settings=settings, now=lambda: at[0]))


@asynccontextmanager
async def reporting_in(database_url: str) -> AsyncIterator[Reporting]:
    """A bot whose second round of 2024 is open, and the one who reports 6.13 and 5.2 in it."""
    at = [APRIL]
    settings = Settings.model_validate({"DATABASE_URL": database_url})
    parts = bot_module.build(settings, now=lambda: at[0])
    # Known by their roles, as in Teams: in local mode everybody may do everything.
    known = settings.model_copy(update={"app_id": "11111111-2222-3333-4444-555555555555"})
    parts = with_own_router(parts, known, at)
    await prepare(parts.database, now=APRIL)
    async with FakeConnector() as connector:
        client = TestClient(TestServer(bot_module.web_app(parts, NO_JOBS)))
        await client.start_server()
        running = Reporting(client, connector, parts, {}, at)
        for goal in ("6.13", "5.2"):
            await running.grant(USER_OBJECT_ID, Role.REPORTER, goal)
        async with parts.database.transaction() as session:
            await rounds.open_round(session, make_round(figures_by=date(2025, 4, 24)))
        yield running
        await client.close()
