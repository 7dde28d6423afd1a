"""The defects of botbuilder 4.17.1 (B1 to B15 in the notes on Teams): each is shown not to be ours.

A test named `the_sdk_…` shows the defect in the SDK as it comes, so that ours are known to look for it.

- B5 has no such test: the SDK fetches keys and tokens with `requests`, without a time-out, on the loop, so
  one fetch from a server of the same loop would never end.
- B9 and B12 cannot be had from the SDK here: nothing of ours goes through msrest or urllib3.
- B13 for each invoke there is: tests/dialogs/test_every_activity.py.
- B14 cannot occur: the SDK's TestAdapter is not used, every test goes through HTTP.
- B15 cannot occur: conversations are opened by our own client (`Conversations.create_conversation`), never
  by the adapter's `create_conversation`, whose parameters the samples pass in the wrong order.
"""

import asyncio
import time
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from botbuilder.core import ActivityHandler
from botbuilder.integration.aiohttp import (
    CloudAdapter,
    ConfigurationBotFrameworkAuthentication,
    ConfigurationServiceClientCredentialFactory,
)
from botbuilder.schema import Activity, AdaptiveCardInvokeResponse, ConversationReference
from botframework.connector.auth.jwt_token_extractor import _OpenIdMetadata

from dialogs.connector import Connectors, SendFailed
from dialogs.local_mode import service_url_is_local
from tests.dialogs.fake_microsoft import APP_ID, NEW_KEY, SECRET, TENANT, bearer
from tests.fake_connector import TENANT_ID, invoke, pressed, said, teams_activity


class Configuration:
    APP_ID = ""
    APP_PASSWORD = ""
    APP_TYPE = "MultiTenant"
    APP_TENANTID = ""


class Registered(Configuration):
    APP_ID = APP_ID
    APP_PASSWORD = SECRET
    APP_TYPE = "SingleTenant"
    APP_TENANTID = TENANT


class StockBot(ActivityHandler):  # type: ignore[misc]  # the SDK has no types
    """A bot as the SDK's samples build it; `card_answer` is what a pressed button gets."""

    card_answer = AdaptiveCardInvokeResponse(
        status_code=200, type="application/vnd.microsoft.card.adaptive", value={"type": "AdaptiveCard"}
    )

    async def on_adaptive_card_invoke(self, turn_context: Any, invoke_value: Any) -> Any:
        return self.card_answer

    async def on_message_activity(self, turn_context: Any) -> None:
        raise PermissionError("the secret has expired")


@pytest.fixture
async def stock():
    """The stock adapter behind HTTP, without credentials."""
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(Configuration()))
    bot = StockBot()

    async def messages(request: web.Request) -> web.Response:
        return await adapter.process(request, bot) or web.Response(status=201)

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    async with TestClient(TestServer(app)) as client:
        yield client


class Heartbeat:
    """Measures the longest time the loop did not turn."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def __aenter__(self) -> "Heartbeat":
        self._beating = asyncio.create_task(self._beat())
        await asyncio.sleep(0.05)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._beating.cancel()

    async def _beat(self) -> None:
        last = time.monotonic()
        while True:
            await asyncio.sleep(0.005)
            now = time.monotonic()
            self.longest = max(self.longest, now - last)
            last = now


# --- B1, B2: answers to buttons ----------------------------------------------------------------------------


async def test_b1_the_sdk_answers_a_pressed_button_with_500(stock, connector):
    response = await stock.post("/api/messages", json=pressed(connector.service_url, {"goal": "6.2"}))
    assert response.status == 500


async def test_b1_a_pressed_button_is_answered(registered, connector):
    url = connector.service_url
    response = await registered.post(pressed(url, {"goal": "6.2"}), headers=bearer(url))
    assert (response.status, (await response.json())["statusCode"]) == (200, 200)


async def test_b2_an_answer_in_words_is_written_and_so_is_an_error(registered, connector):
    """The SDK serialises neither a string nor an exception; both came out as 500."""
    url = connector.service_url
    said_back = await (await registered.post(pressed(url, {"goal": "6.2"}), headers=bearer(url))).json()
    assert isinstance(said_back["value"], str)
    wrong = pressed(url, {"goal": "6.2"}) | {"value": None}
    refused = await registered.post(wrong, headers=bearer(url))
    assert refused.status == 200
    assert (await refused.json())["statusCode"] == 400


# --- B3: the tenant ----------------------------------------------------------------------------------------


def test_b3_the_sdk_loses_the_tenant_that_teams_sends(connector):
    activity = Activity().deserialize(teams_activity(connector.service_url))
    assert activity.conversation.tenant_id is None
    assert TENANT_ID not in str(ConversationReference(conversation=activity.conversation).serialize())


async def test_b3_the_tenant_reaches_the_dialogs(registered, connector):
    url = connector.service_url
    await registered.post(said(url, "hej"), headers=bearer(url))
    assert [incoming.tenant_id for incoming in registered.heard] == [TENANT_ID]


# --- B4, B5: the bot's own token ---------------------------------------------------------------------------


async def test_b4_the_sdk_makes_new_credentials_for_every_turn():
    factory = ConfigurationServiceClientCredentialFactory(Registered())
    question = (APP_ID, "https://api.botframework.com", "https://login.microsoftonline.com/", True)
    assert await factory.create_credentials(*question) is not await factory.create_credentials(*question)


async def test_b4_many_turns_and_messages_unasked_take_one_token(registered, connector, entra):
    url = connector.service_url
    for _ in range(5):
        await registered.post(said(url, "hej"), headers=bearer(url))
    unasked = await registered.endpoint.connect(url)
    for _ in range(5):
        await unasked.send_to_conversation("a", Activity(type="message", text="hej"))
    assert len(connector.received) == 10
    assert len(entra.forms) == 1


async def test_b5_slow_keys_and_a_slow_token_do_not_stop_the_loop(registered, connector, entra, key_server):
    entra.delay = key_server.delay = 0.4
    url = connector.service_url
    async with Heartbeat() as heartbeat:
        response = await registered.post(said(url, "hej"), headers=bearer(url))
    assert response.status == 200
    assert len(entra.forms) == key_server.asked == 1
    assert heartbeat.longest < 0.2


# --- B6, B7: what comes in ---------------------------------------------------------------------------------


def test_b6_the_sdk_trips_over_a_key_it_does_not_know():
    stock_keys = _OpenIdMetadata("https://unused.example")
    stock_keys.keys = [{"kid": "first"}]
    with pytest.raises(IndexError):
        stock_keys._find("second")


async def test_b6_a_rotated_key_is_an_unknown_one_until_it_is_fetched(
    registered, connector, key_server, clock
):
    url = connector.service_url
    new = bearer(url, key=NEW_KEY, headers={"kid": "second"})
    assert (await registered.post(said(url, "hej"), headers=new)).status == 401
    key_server.keys["second"] = NEW_KEY
    clock.seconds += 60
    assert (await registered.post(said(url, "hej"), headers=new)).status == 200


async def test_b7_the_sdk_answers_a_broken_body_with_500(stock):
    headers = {"Content-Type": "application/json"}
    assert (await stock.post("/api/messages", data=b"{", headers=headers)).status == 500


@pytest.mark.parametrize(
    ("authorization", "body", "status"),
    [
        ("expired", b"{}", 401),
        ("unknown key", b"{}", 401),
        ("garbage", b"{}", 401),
        ("right", b"{", 400),
        ("right", b"{}", 400),
    ],
)
async def test_b7_bad_tokens_and_bodies_are_the_clients_fault(
    registered, connector, authorization, body, status
):
    url = connector.service_url
    headers = {
        "expired": bearer(url, exp=1_600_000_000),
        "unknown key": bearer(url, headers={"kid": "unknown"}),
        "garbage": {"Authorization": "Bearer garbage"},
        "right": bearer(url),
    }[authorization]
    headers |= {"Content-Type": "application/json"}
    assert (await registered.client.post("/api/messages", data=body, headers=headers)).status == status


# --- B8 to B12: what goes out ------------------------------------------------------------------------------


async def test_b8_the_sdk_blames_teams_when_the_bots_own_secret_is_refused(stock, connector):
    """401 tells Teams that it may not speak to the bot; it was the bot that was refused."""
    response = await stock.post("/api/messages", json=said(connector.service_url, "hej"))
    assert response.status == 401


async def test_b8_a_refused_secret_is_the_bots_own_trouble(registered, connector, entra, logged):
    entra.refuse(7000222)
    url = connector.service_url
    assert (await registered.post(said(url, "hej"), headers=bearer(url))).status == 200
    assert "AADSTS7000222" in str(logged)


async def no_token() -> str:
    return ""


@pytest.fixture
def outbound(http):
    return Connectors(http=http, token=no_token, may_send=service_url_is_local)


@pytest.mark.parametrize("status", [412, 429, 500, 502, 503])
async def test_b9_nothing_is_sent_twice_behind_our_back(outbound, connector, status):
    """Whether to send again is the delivery's to decide: it knows what may be repeated."""
    connector.answer_with(status=status, headers={"Retry-After": "1"})
    conversations = outbound.conversations(connector.service_url)
    message = Activity(type="message", text="hej")
    before = time.monotonic()
    for send in (
        conversations.send_to_conversation("a", message),
        conversations.update_activity("a", "b", message),
    ):
        with pytest.raises(SendFailed) as failed:
            await send
        assert (failed.value.status, failed.value.retry_after) == (status, 1.0)
    assert len(connector.received) == 2
    assert time.monotonic() - before < 0.9


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"errorCode": 209, "message": '{"subCode":"MessageWritesBlocked"}'}, "209"),
        ({"error": {"code": "ConversationBlockedByUser", "message": "m"}}, "ConversationBlockedByUser"),
    ],
)
async def test_b10_the_connectors_code_is_read_in_both_its_forms(outbound, connector, body, code):
    connector.answer_with(status=403, body=body)
    with pytest.raises(SendFailed) as failed:
        await outbound.conversations(connector.service_url).send_to_conversation(
            "a", Activity(type="message")
        )
    assert (failed.value.status, failed.value.code) == (403, code)


async def test_b11_a_message_unasked_that_fails_says_so_to_who_sends_it(registered, connector):
    """The SDK's continue_conversation hands its errors to on_turn_error and returns as if all were well."""
    connector.answer_with(status=404, body={"error": {"code": "ConversationNotFound"}})
    unasked = await registered.endpoint.connect(connector.service_url)
    with pytest.raises(SendFailed) as failed:
        await unasked.send_to_conversation("a", Activity(type="message", text="hej"))
    assert failed.value.code == "ConversationNotFound"


async def test_b12_many_sends_share_their_connections(outbound):
    peers = set()

    async def taken(request: web.Request) -> web.Response:
        assert request.transport is not None
        peers.add(request.transport.get_extra_info("peername"))
        return web.json_response({"id": "1"}, status=201)

    app = web.Application()
    app.router.add_post("/v3/conversations/{conversation}/activities", taken)
    async with TestServer(app) as server:
        url = str(server.make_url("/"))
        for _ in range(20):
            await asyncio.gather(
                *(
                    outbound.conversations(url).send_to_conversation("a", Activity(type="message"))
                    for _ in range(20)
                )
            )
    assert len(peers) <= 20


# --- B13: invokes ------------------------------------------------------------------------------------------

UNHEARD_OF = ["message/submitAction", "suggestedAction/submit", "message/fetchTask", "fileConsent/invoke"]


@pytest.mark.parametrize("name", UNHEARD_OF)
async def test_b13_the_sdk_has_no_answer_to_a_thumb_or_a_file(stock, connector, name):
    """Teams shows the person an error for any status but 200."""
    response = await stock.post("/api/messages", json=invoke(connector.service_url, {}, name=name))
    assert response.status in (500, 501)


@pytest.mark.parametrize("name", UNHEARD_OF)
async def test_b13_a_thumb_or_a_file_gets_an_answer_that_can_be_read(registered, connector, name):
    url = connector.service_url
    response = await registered.post(invoke(url, {}, name=name), headers=bearer(url))
    assert (response.status, type(await response.json())) == (200, dict)
