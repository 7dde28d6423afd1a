"""The bot as an aiohttp app on loopback: answers say what was asked, and a Connector records them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, MutableMapping
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

from bplan_bot.texts.speaker import Speaker
from dialogs.channel import MessagesEndpoint
from dialogs.incoming import Incoming, Reply
from dialogs.outbound_http import OutboundHttp
from dialogs.phrases import Phrases
from dialogs.sdk_repairs import BotCredentials
from tests.dialogs.fake_microsoft import REGISTERED, Entra, KeyServer, surroundings
from tests.fake_connector import FakeConnector


class Bot:
    """A running bot; `heard` is what reached the dialogs, `answers` what they answer (or raise), as soon as
    `may_answer` is set."""

    def __init__(self) -> None:
        self.heard: list[Incoming] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.answers: Callable[[Incoming], Reply] = lambda incoming: reply(f"svar på {incoming.text}")
        self.client: TestClient[web.Request, web.Application]
        self.endpoint: MessagesEndpoint

    async def answering(self, incoming: Incoming) -> Reply:
        self.heard.append(incoming)
        await self.may_answer.wait()
        return self.answers(incoming)

    async def post(self, activity: Any, **kwargs: Any) -> ClientResponse:
        return await self.client.post("/api/messages", json=activity, **kwargs)


class Clock:
    """Monotonic seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def reply(words: str) -> Reply:
    return Reply(
        card={"type": "AdaptiveCard", "body": [{"text": words}]}, wording=f"{words} som tekst", summary=words
    )


class ShortPhrases(Phrases):
    """What the channel says by itself, in words that a test knows at once."""

    def __init__(self) -> None:
        super().__init__(Speaker("da"))

    def apology(self, error_id: str, locale: str) -> Reply:
        return reply(f"undskyld {error_id} {locale}")

    def pause(self) -> Reply:
        return reply("vent lidt")

    def slow(self) -> Reply:
        return reply("svaret kommer her")


async def another_page(request: web.Request) -> web.Response:
    return web.Response(text="a page of the bot")


@pytest.fixture
async def connector() -> AsyncIterator[FakeConnector]:
    async with FakeConnector() as running:
        yield running


@pytest.fixture
async def start() -> AsyncIterator[Callable[..., Any]]:
    """Starts a bot with the endpoint's own keyword arguments; local mode unless credentials are given."""
    running: list[tuple[TestClient[web.Request, web.Application], MessagesEndpoint]] = []

    async def start(**settings: Any) -> Bot:
        bot = Bot()
        settings = {"credentials": BotCredentials()} | settings
        endpoint = MessagesEndpoint(answering=bot.answering, phrases=ShortPhrases(), **settings)
        app = web.Application(middlewares=[endpoint.guard])
        app.router.add_post("/api/messages", endpoint.handle)
        app.router.add_get("/another-page", another_page)
        bot.client = TestClient(TestServer(app))
        bot.endpoint = endpoint
        await bot.client.start_server()
        running.append((bot.client, endpoint))
        return bot

    yield start
    for client, endpoint in running:
        await client.close()
        await endpoint.close()


@pytest.fixture
async def bot(start: Callable[..., Any]) -> Bot:
    started: Bot = await start()
    return started


@pytest.fixture
async def key_server() -> AsyncIterator[KeyServer]:
    async with KeyServer() as running:
        yield running


@pytest.fixture
async def entra() -> AsyncIterator[Entra]:
    async with Entra() as running:
        yield running


@pytest.fixture
async def registered(start: Callable[..., Any], key_server: KeyServer, entra: Entra, clock: Clock) -> Bot:
    """A bot with credentials, whose keys and outbound token come from loopback."""
    around = surroundings(key_server, entra)
    started: Bot = await start(credentials=REGISTERED, surroundings=around, clock=clock)
    return started


@pytest.fixture
async def http() -> AsyncIterator[OutboundHttp]:
    running = OutboundHttp(through_proxy=False)
    yield running
    await running.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def logged() -> Iterator[list[MutableMapping[str, Any]]]:
    with capture_logs() as lines:
        yield lines
