"""Who may come in, and which status everybody else gets: never a 5xx for something a client sent."""

import json

import pytest
from aiohttp.test_utils import make_mocked_request

from dialogs import local_mode
from dialogs.request_body import MAX_BODY_BYTES
from dialogs.sdk_repairs import BotCredentials
from tests.dialogs.fake_microsoft import OUTBOUND_TOKEN, REGISTERED, SECRET, bearer
from tests.fake_connector import pressed, said

# --- credentials -------------------------------------------------------------------------------------------


async def test_a_request_that_teams_signed_is_answered_with_the_bots_own_token(registered, connector):
    url = connector.service_url
    response = await registered.post(said(url, "mål 6.2"), headers=bearer(url))

    assert response.status == 200
    [request] = connector.received
    assert request.headers["Authorization"] == f"Bearer {OUTBOUND_TOKEN}"


async def test_a_pressed_button_that_teams_signed_is_answered(registered, connector):
    url = connector.service_url
    response = await registered.post(pressed(url, {"goal": "6.2"}), headers=bearer(url))
    assert (response.status, (await response.json())["statusCode"]) == (200, 200)


async def test_a_strangers_body_is_not_even_read(registered):
    """Neither its type, nor its size, nor its shape is looked at before the token."""
    for body in (b"{", b"x" * (MAX_BODY_BYTES + 1)):
        response = await registered.client.post("/api/messages", data=body)
        assert response.status == 401


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"x" * (MAX_BODY_BYTES + 1), "application/json", 413),
    ],
)
async def test_a_body_that_cannot_be_read_says_so_to_teams(registered, connector, body, content_type, status):
    headers = bearer(connector.service_url) | {"Content-Type": content_type}
    response = await registered.client.post("/api/messages", data=body, headers=headers)
    assert response.status == status


async def test_a_refused_secret_is_logged_and_not_blamed_on_teams(registered, entra, connector, logged):
    entra.refuse(7000222)
    url = connector.service_url
    response = await registered.post(said(url, "hej"), headers=bearer(url))
    assert response.status == 200
    [line] = [line for line in logged if line["event"] == "token_not_given"]
    assert "MicrosoftAppPassword" in line["problem"]
    assert "AADSTS7000222" in line["problem"]
    assert connector.received == []


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"app_id": "a"}, "MicrosoftAppPassword"),
        ({"app_id": "a", "app_password": "b"}, "MicrosoftAppTenantId"),
        ({"app_id": "a", "app_password": "b", "app_type": "UserAssignedMSI"}, "MicrosoftAppType"),
        ({"app_id": "a", "app_password": "b", "app_type": "Wrong"}, "MicrosoftAppType"),
    ],
)
def test_half_a_registration_is_refused_by_the_name_of_what_is_missing(given, named):
    with pytest.raises(ValueError, match=named):
        BotCredentials(**given)


def test_credentials_never_show_the_secret():
    assert SECRET not in repr(REGISTERED)


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
    refused = local_mode.refusal(peer=peer, hosts=["127.0.0.1:3978"], header_names=[])
    assert (refused is None) is allowed


@pytest.mark.parametrize(
    ("hosts", "allowed"),
    [
        (["127.0.0.1:3978"], True),
        (["127.0.0.1"], True),
        (["localhost:3978"], True),
        (["LOCALHOST"], True),
        (["[::1]:3978"], True),
        (["attacker.example"], False),
        (["attacker.example:3978"], False),
        (["localhost.attacker.example"], False),
        (["127.0.0.1.attacker.example"], False),
        (["127.0.0.1@attacker.example"], False),
        (["10.0.0.1:3978"], False),
        (["0.0.0.0:3978"], False),
        (["[::1"], False),
        (["::1"], False),
        (["localhost:"], False),
        ([""], False),
        ([], False),
        (["localhost", "attacker.example"], False),
    ],
)
def test_without_credentials_the_host_header_names_this_machine(hosts, allowed):
    refused = local_mode.refusal(peer="127.0.0.1", hosts=hosts, header_names=[])
    assert (refused is None) is allowed


async def test_a_page_whose_name_was_made_to_point_here_reaches_nothing(start, connector):
    bot = await start()
    headers = {"Host": "attacker.example"}
    for response in (
        await bot.post(said(connector.service_url, "hej"), headers=headers),
        await bot.client.get("/another-page", headers=headers),
    ):
        assert response.status == 403
        assert "Host" in (await response.json())["error"]
    assert bot.heard == []
    assert (await bot.client.get("/another-page")).status == 200


async def test_with_credentials_any_host_name_will_do(registered, connector):
    url = connector.service_url
    headers = bearer(url) | {"Host": "bplan.example.dk", "X-Forwarded-For": "192.0.2.1"}
    assert (await registered.post(said(url, "hej"), headers=headers)).status == 200


async def test_without_credentials_a_peer_from_elsewhere_gets_403(start):
    bot = await start()
    route = next(r for r in bot.client.server.app.router.routes() if r.method == "POST")
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
