"""Who may come in, and which status everybody else gets: never a 5xx for something a client sent."""

import json
import time
from typing import Any

import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, make_mocked_request
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jwt.algorithms import RSAAlgorithm

from dialogs import local_mode
from dialogs.channel import MAX_BODY_BYTES
from dialogs.sdk_repairs import BotCredentials, RememberedCredentials, TrustAnchors
from tests.fake_connector import FakeConnector, pressed, said, teams_activity

APP_ID = "11111111-2222-3333-4444-555555555555"
REGISTERED = BotCredentials(app_id=APP_ID, app_password="made up", app_tenant_id="made-up-tenant")
ISSUER = "https://api.botframework.com"

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
NEW_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class KeyServer:
    """Publishes signing keys as login.botframework.com does; `keys` may change while it runs."""

    def __init__(self) -> None:
        self.keys: dict[str, rsa.RSAPrivateKey] = {"first": KEY}
        self.asked = 0
        app = web.Application()
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/keys", self._published)
        self.server = TestServer(app)

    @property
    def anchors(self) -> TrustAnchors:
        url = str(self.server.make_url("/openid"))
        return TrustAnchors(channel_keys_url=url, emulator_keys_url=url)

    async def _openid(self, request: web.Request) -> web.Response:
        self.asked += 1
        return web.json_response({"jwks_uri": str(self.server.make_url("/keys"))})

    async def _published(self, request: web.Request) -> web.Response:
        keys = [
            json.loads(RSAAlgorithm.to_jwk(key.public_key())) | {"kid": kid, "endorsements": ["msteams"]}
            for kid, key in self.keys.items()
        ]
        return web.json_response({"keys": keys})


@pytest.fixture
async def key_server():
    running = KeyServer()
    await running.server.start_server()
    yield running
    await running.server.close()


async def made_up_token() -> str:
    return "outbound-token"


@pytest.fixture
async def registered(start, key_server):
    """A bot with credentials, whose keys and outbound token come from loopback."""
    return await start(credentials=REGISTERED, anchors=key_server.anchors, token=made_up_token)


def bearer(
    service_url: str, *, key: rsa.RSAPrivateKey = KEY, kid: str = "first", **claims: Any
) -> dict[str, str]:
    now = int(time.time())
    payload = {"iss": ISSUER, "aud": APP_ID, "serviceurl": service_url, "nbf": now - 10, "exp": now + 600}
    stated = {name: value for name, value in (payload | claims).items() if value is not None}
    token = jwt.encode(stated, key, algorithm="RS256", headers={"kid": kid})
    return {"Authorization": f"Bearer {token}"}


# --- credentials -------------------------------------------------------------------------------------------


async def test_a_request_that_teams_signed_is_answered_with_the_bots_own_token(registered, connector):
    url = connector.service_url
    response = await registered.post(said(url, "mål 6.2"), headers=bearer(url))

    assert response.status == 200
    [request] = connector.received
    assert request.headers["Authorization"] == "Bearer outbound-token"


async def test_a_pressed_button_that_teams_signed_is_answered(registered, connector):
    url = connector.service_url
    response = await registered.post(pressed(url, {"goal": "6.2"}), headers=bearer(url))
    assert (response.status, (await response.json())["statusCode"]) == (200, 200)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer garbage",
        "Bearer a.b.c",
        "Bearer a.b.c d",
        "Basic YTpi",
        "bearer a.b.c",
        "Bearer " + ".".join(["e30"] * 3),
        "Bearer eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2FwaS5ib3RmcmFtZXdvcmsuY29tIn0.",
    ],
)
async def test_a_header_that_is_no_token_is_unauthorized(registered, connector, header):
    headers = {} if header is None else {"Authorization": header}
    response = await registered.post(said(connector.service_url, "hej"), headers=headers)
    assert response.status == 401
    assert (await response.json())["error"]
    assert registered.heard == []


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": 1_600_000_000},
        {"nbf": 4_000_000_000},
        {"aud": "another bot"},
        {"aud": None},
        {"aud": [APP_ID]},
        {"iss": "https://sts.windows.net/somebody/"},
        {"iss": None},
        {"serviceurl": "https://elsewhere.example"},
        {"serviceurl": None},
        {"ver": "2.0", "azp": "another bot"},
    ],
    ids=str,
)
async def test_a_token_that_says_the_wrong_thing_is_unauthorized(registered, connector, claims):
    url = connector.service_url
    response = await registered.post(said(url, "hej"), headers=bearer(url, **claims))
    assert (response.status, registered.heard) == (401, [])


async def test_a_token_signed_with_an_unpublished_key_is_unauthorized(registered, connector):
    url = connector.service_url
    for _ in range(3):
        response = await registered.post(said(url, "hej"), headers=bearer(url, key=NEW_KEY, kid="unknown"))
        assert response.status == 401
    response = await registered.post(said(url, "hej"), headers=bearer(url, key=NEW_KEY, kid="first"))
    assert (response.status, registered.heard) == (401, [])


async def test_a_channel_the_key_does_not_vouch_for_is_unauthorized(registered, connector):
    url = connector.service_url
    response = await registered.post(said(url, "hej", channelId="webchat"), headers=bearer(url))
    assert response.status == 401


async def test_a_rotated_key_is_fetched_once_and_then_trusted(registered, connector, key_server):
    url = connector.service_url
    key_server.keys = {"second": NEW_KEY}
    for _ in range(3):
        response = await registered.post(said(url, "hej"), headers=bearer(url, key=NEW_KEY, kid="second"))
        assert response.status == 200
    assert key_server.asked == 1


async def test_a_key_server_that_is_away_means_unauthorized_and_is_logged(start, connector, logged):
    nowhere = TrustAnchors(channel_keys_url="http://127.0.0.1:9/a", emulator_keys_url="http://127.0.0.1:9/b")
    bot = await start(credentials=REGISTERED, anchors=nowhere, token=made_up_token)
    url = connector.service_url
    assert (await bot.post(said(url, "hej"), headers=bearer(url))).status == 401
    assert "signing_keys_unavailable" in str(logged)


async def test_a_refused_secret_is_logged_and_not_blamed_on_teams(start, key_server, connector, logged):
    async def refused() -> str:
        raise PermissionError("AADSTS7000222: The provided client secret keys are expired.")

    bot = await start(credentials=REGISTERED, anchors=key_server.anchors, token=refused)
    url = connector.service_url
    response = await bot.post(said(url, "hej"), headers=bearer(url))
    assert response.status == 200
    assert "AADSTS7000222" in str(logged)


async def test_the_token_is_asked_of_one_application_however_many_turns_there_are():
    factory = RememberedCredentials(REGISTERED)
    question = (APP_ID, "https://api.botframework.com", "https://login.microsoftonline.com/", True)
    assert await factory.create_credentials(*question) is await factory.create_credentials(*question)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"app_id": "a"}, "MicrosoftAppPassword"),
        ({"app_id": "a", "app_password": "b"}, "MicrosoftAppTenantId"),
        ({"app_id": "a", "app_type": "UserAssignedMSI"}, "MicrosoftAppTenantId"),
        ({"app_id": "a", "app_password": "b", "app_type": "Wrong"}, "MicrosoftAppType"),
    ],
)
def test_half_a_registration_is_refused_by_the_name_of_what_is_missing(given, named):
    with pytest.raises(ValueError, match=named):
        BotCredentials(**given)


def test_credentials_never_show_the_secret():
    assert "made up" not in repr(REGISTERED)


# --- local mode --------------------------------------------------------------------------------------------


async def test_without_credentials_a_program_on_this_machine_is_answered(bot, connector):
    assert (await bot.post(said(connector.service_url, "hej"))).status == 200
    assert "Authorization" not in connector.received[0].headers


@pytest.mark.parametrize(
    "header", ["Forwarded", "X-Forwarded-For", "x-forwarded-host", "X-Forwarded-Proto", "Via"]
)
async def test_without_credentials_nothing_comes_through_a_proxy(bot, connector, header):
    response = await bot.post(said(connector.service_url, "hej"), headers={header: "x"})
    assert response.status == 403
    assert "proxy" in (await response.json())["error"]
    assert bot.heard == []


@pytest.mark.parametrize(
    ("peer", "allowed"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("10.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("0.0.0.0", False),
        ("", False),
        (None, False),
    ],
)
def test_without_credentials_only_a_peer_on_this_machine_is_let_in(peer, allowed):
    assert (local_mode.refusal(peer=peer, header_names=[]) is None) is allowed


async def test_without_credentials_a_peer_from_elsewhere_gets_403(start):
    bot = await start()
    [route] = bot.client.server.app.router.routes()
    request = make_mocked_request("POST", "/api/messages", headers={"Content-Type": "application/json"})
    response = await route.handler(request.clone(remote="192.0.2.7"))
    assert response.status == 403
    assert "this machine" in json.loads(response.body)["error"]


@pytest.mark.parametrize(
    ("service_url", "allowed"),
    [
        ("http://localhost:56150/_connector", True),
        ("http://127.0.0.1", True),
        ("https://127.200.3.4/x/", True),
        ("http://[::1]:8080/", True),
        ("https://smba.trafficmanager.net/emea/", False),
        ("http://127.0.0.1.example.org/", False),
        ("http://localhost.example.org/", False),
        ("http://127.0.0.1@example.org/", False),
        ("http://example.org#@127.0.0.1/", False),
        ("http://user@127.0.0.1/", False),
        ("http://example.org\\@127.0.0.1/", False),
        ("http://169.254.169.254/", False),
        ("http://0.0.0.0/", False),
        ("http://127.1/", False),
        ("ftp://127.0.0.1/", False),
        ("file:///etc/passwd", False),
        ("//127.0.0.1/", False),
        ("127.0.0.1", False),
        ("http://", False),
        ("http://[::1", False),
    ],
)
def test_without_credentials_answers_stay_on_this_machine(service_url, allowed):
    assert local_mode.service_url_is_local(service_url) is allowed


async def test_without_credentials_a_foreign_service_url_gets_403(bot):
    response = await bot.post(said("https://smba.trafficmanager.net/emea/", "hej"))
    assert response.status == 403
    assert "serviceUrl" in (await response.json())["error"]
    assert bot.heard == []


# --- shape -------------------------------------------------------------------------------------------------


async def raw(bot, body: bytes, **headers: str):
    sent = {"Content-Type": "application/json"} | headers
    return await bot.client.post("/api/messages", data=body, headers=sent)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"hej"',
        b"{}",
        b'{"type": "message"}',
        b"\xff\xfe\x00",
        b'{"type": NaN}',
        b'{"type": "message", "text": "\\ud800"}',
        b"[" * 100_000,
        b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    ],
    ids=lambda body: repr(body[:24]),
)
async def test_a_body_that_is_no_activity_is_a_bad_request(bot, body):
    response = await raw(bot, body)
    assert response.status == 400
    assert (await response.json())["error"]


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
async def test_a_body_that_is_not_compressed_as_it_says_is_a_bad_request(bot, coding):
    response = await raw(bot, b"not compressed at all", **{"Content-Encoding": coding})
    assert response.status == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": 5},
        {"type": ""},
        {"serviceUrl": None},
        {"serviceUrl": 5},
        {"conversation": None},
        {"conversation": "x"},
        {"conversation": {"id": 5}},
        {"text": {"a": 1}},
        {"from": [1]},
        {"recipient": "x"},
        {"entities": {"a": 1}},
        {"entities": [1]},
        {"membersAdded": "abc"},
        {"attachments": ["a"]},
        {"timestamp": "yesterday"},
    ],
    ids=str,
)
async def test_a_field_of_the_wrong_type_is_a_bad_request(bot, connector, wrong):
    response = await bot.post(said(connector.service_url, "hej") | wrong)
    assert (response.status, bot.heard) == (400, [])


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "text/json"])
async def test_another_content_type_is_unsupported(bot, content_type):
    response = await bot.client.post("/api/messages", data=b"{}", headers={"Content-Type": content_type})
    assert response.status == 415


async def test_json_with_a_character_set_is_json(bot, connector):
    body = json.dumps(said(connector.service_url, "hej")).encode()
    assert (await raw(bot, body, **{"Content-Type": "application/json; charset=utf-8"})).status == 200


async def test_a_body_over_256_kb_is_too_large(bot, connector):
    assert (await bot.post(said(connector.service_url, "x" * MAX_BODY_BYTES))).status == 413


async def test_a_body_over_256_kb_that_hides_its_length_is_too_large(bot):
    async def chunks():
        for _ in range(40):
            yield b"x" * 16_384

    assert (await raw(bot, chunks())).status == 413


async def test_a_message_just_under_256_kb_is_answered(bot, connector):
    assert (await bot.post(said(connector.service_url, "x" * 250_000))).status == 200


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
IDENTITY = ["id", "from", "recipient", "conversation", "channelId", "channelData", "replyToId", "locale"]
CONTENT = ["text", "textFormat", "value", "name", "action", "summary", "entities", "attachments"]
EVENTS = ["membersAdded", "membersRemoved", "reactionsAdded", "timestamp", "deliveryMode"]
fields = st.sampled_from(IDENTITY + CONTENT + EVENTS)
types = st.sampled_from(
    ["message", "invoke", "conversationUpdate", "installationUpdate", "messageReaction", "event", "x"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(type=types, fields=st.dictionaries(fields, anything | st.just([None]), max_size=4))
async def test_no_activity_whatsoever_gives_a_server_error(bot, connector: FakeConnector, type, fields):
    activity = teams_activity(connector.service_url, type=type, name="adaptiveCard/action") | fields
    response = await bot.post(activity)
    assert response.status < 500 or (response.status == 501 and type == "invoke")
