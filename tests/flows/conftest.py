"""The whole bot on loopback: the real app of bot.py on a real database, and a fake Connector."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

import bot as bot_module
from bplan_bot.settings import Settings
from db.bundled import prepare
from tests.card_structure import texts
from tests.fake_connector import FakeConnector
from tests.flows.reporters import NO_JOBS, Reporting, reporting_in

NOON = datetime(2025, 6, 2, 12, tzinfo=bot_module.COPENHAGEN)


class RunningBot:
    """A bot that answers HTTP; `client` speaks to it, `connector` holds what it sent."""

    def __init__(self, client: TestClient[Any, Any], connector: FakeConnector, parts: bot_module.Bot) -> None:
        self.client = client
        self.connector = connector
        self.parts = parts

    @property
    def service_url(self) -> str:
        return self.connector.service_url

    async def post(self, activity: dict[str, Any]) -> ClientResponse:
        return await self.client.post("/api/messages", json=activity)

    async def words_after(self, activity: dict[str, Any]) -> str:
        """All a person reads on the last card after this activity."""
        response = await self.post(activity)
        assert response.status == 200, await response.text()
        return " ".join(texts(self.connector.cards[-1]))


@pytest.fixture
async def running(database_url: str) -> AsyncIterator[RunningBot]:
    parts = bot_module.build(Settings.model_validate({"DATABASE_URL": database_url}))
    await prepare(parts.database, now=NOON)
    async with FakeConnector() as connector:
        client = TestClient(TestServer(bot_module.web_app(parts, NO_JOBS)))
        await client.start_server()
        yield RunningBot(client, connector, parts)
        await client.close()


@pytest.fixture
async def reporting(database_url: str) -> AsyncIterator[Reporting]:
    """A bot on 10 April 2025 with an open round, and the person who reports 6.13 and 5.2 in it."""
    async with reporting_in(database_url) as running:
        yield running
