"""The bot's own token: fetched once, renewed ahead of its end, shown to Teams only."""

import asyncio
import time

import pytest

from dialogs.connector import UNKNOWN_HOST, Connectors, SendFailed
from dialogs.local_mode import service_url_is_local
from dialogs.outbound_token import ASK_AGAIN_AFTER, EntraToken, NoToken, TokenFault
from dialogs.teams_hosts import TeamsHosts
from tests.dialogs.fake_microsoft import APP_ID, SECRET, TENANT, bearer
from tests.fake_connector import said


@pytest.fixture
def token(http, entra, clock):
    return EntraToken(
        http,
        app_id=APP_ID,
        secret=SECRET,
        tenant=TENANT,
        authority=entra.url,
        seconds=0.5,
        clock=clock,
    )


async def test_it_is_asked_for_as_entra_wants_it(token, entra):
    assert await token() == "outbound.token.1"
    assert entra.paths == [f"/{TENANT}/oauth2/v2.0/token"]
    assert entra.forms == [
        {
            "grant_type": "client_credentials",
            "client_id": APP_ID,
            "client_secret": SECRET,
            "scope": "https://api.botframework.com/.default",
        }
    ]


async def test_it_is_fetched_once_however_many_ask(token, entra):
    entra.delay = 0.05
    assert set(await asyncio.gather(*(token() for _ in range(50)))) == {"outbound.token.1"}
    assert len(entra.forms) == 1


async def test_it_is_renewed_within_five_minutes_of_its_end(token, entra, clock):
    await token()
    clock.seconds += 3600 - 301
    assert await token() == "outbound.token.1"
    clock.seconds += 2
    assert await token() == "outbound.token.2"


async def test_while_one_renews_it_the_others_go_on_with_the_old_one(token, entra, clock):
    await token()
    clock.seconds += 3400
    entra.delay = 0.2
    renewing = asyncio.create_task(token())
    await asyncio.sleep(0.05)
    before = time.monotonic()
    assert [await token() for _ in range(20)] == ["outbound.token.1"] * 20
    assert time.monotonic() - before < 0.1
    assert await renewing == "outbound.token.2"
    assert (len(entra.forms), entra.most_at_once) == (2, 1)


@pytest.mark.parametrize("life", [60, "60", 60.5, 1])
async def test_a_short_life_is_renewed_half_way(token, entra, clock, life):
    entra.life = life
    await token()
    clock.seconds += float(life) / 2 - 0.1
    assert await token() == "outbound.token.1"
    clock.seconds += 0.2
    assert await token() == "outbound.token.2"


async def test_a_failed_renewal_leaves_the_old_one_to_its_end(token, entra, clock, logged):
    await token()
    clock.seconds += 3400
    entra.refuse(7000222)
    assert await token() == "outbound.token.1"
    assert "expired" in token.last_outcome
    [line] = logged
    assert line["the_old_one_serves_on"] is True
    clock.seconds += 200
    with pytest.raises(NoToken):
        await token()


REFUSALS = {
    7000222: TokenFault.SECRET_EXPIRED,
    7000215: TokenFault.SECRET_WRONG,
    700016: TokenFault.APP_UNKNOWN,
    90002: TokenFault.TENANT_UNKNOWN,
    900023: TokenFault.TENANT_UNKNOWN,
    53003: TokenFault.REFUSED,
}


@pytest.mark.parametrize(("code", "fault"), REFUSALS.items())
async def test_a_refusal_says_what_is_wrong_and_nothing_else_of_entras_answer(
    token, entra, logged, code, fault
):
    entra.refuse(code)
    with pytest.raises(NoToken) as refused:
        await token()
    assert (refused.value.fault, refused.value.code) == (fault, f"AADSTS{code}")
    assert token.last_outcome == str(refused.value)
    assert f"AADSTS{code}" in token.last_outcome
    assert [(line["event"], line["problem"]) for line in logged] == [("token_not_given", token.last_outcome)]
    assert "Trace ID" not in str(logged)
    assert SECRET not in str(logged)


ANSWERS = {
    "no JSON": (200, b"<html>", TokenFault.UNREADABLE),
    "a list": (200, [], TokenFault.UNREADABLE),
    "empty": (200, {}, TokenFault.UNREADABLE),
    "no life": (200, {"access_token": "a"}, TokenFault.UNREADABLE),
    "life below nothing": (200, {"access_token": "a", "expires_in": -1}, TokenFault.UNREADABLE),
    "life in words": (200, {"access_token": "a", "expires_in": "long"}, TokenFault.UNREADABLE),
    "token is a number": (200, {"access_token": 1, "expires_in": 60}, TokenFault.UNREADABLE),
    "token with a line break": (200, {"access_token": "a\r\nX: y", "expires_in": 60}, TokenFault.UNREADABLE),
    "refused without a code": (400, {"error": "invalid_request"}, TokenFault.REFUSED),
    "a redirect": (302, {}, TokenFault.REFUSED),
    "throttled": (429, b"", TokenFault.UNREACHABLE),
    "down": (503, b"<html>", TokenFault.UNREACHABLE),
}


@pytest.mark.parametrize(("status", "answer", "fault"), ANSWERS.values(), ids=ANSWERS)
async def test_an_answer_that_is_no_token_is_told_apart(token, entra, status, answer, fault):
    entra.status, entra.answer = status, answer
    with pytest.raises(NoToken) as refused:
        await token()
    assert refused.value.fault is fault


async def test_entra_that_hangs_or_is_away_is_unreachable(http, entra, clock):
    entra.delay = 5.0
    for authority in (entra.url, "http://127.0.0.1:9"):
        token = EntraToken(http, app_id=APP_ID, secret=SECRET, authority=authority, seconds=0.2, clock=clock)
        before = time.monotonic()
        with pytest.raises(NoToken) as refused:
            await token()
        assert refused.value.fault is TokenFault.UNREACHABLE
        assert time.monotonic() - before < 1.0


async def test_a_refusal_is_not_repeated_for_every_message(token, entra, clock, logged):
    entra.refuse(7000215)
    for _ in range(20):
        with pytest.raises(NoToken):
            await token()
    assert (len(entra.forms), len(logged)) == (1, 1)
    entra.status, entra.answer = 200, None
    clock.seconds += ASK_AGAIN_AFTER
    assert await token() == "outbound.token.2"
    assert token.last_outcome == "ok"


async def test_the_outcome_is_unknown_before_the_first_fetch(token):
    assert token.last_outcome == "not asked for yet"


async def test_a_token_the_connector_refuses_is_not_used_again(registered, entra, connector):
    url = connector.service_url
    connector.answer_with(status=401)
    await registered.post(said(url, "hej"), headers=bearer(url))
    connector.answer_with()
    await registered.post(said(url, "hej"), headers=bearer(url))
    sent = [request.headers["Authorization"] for request in connector.received]
    assert sent == ["Bearer outbound.token.1", "Bearer outbound.token.2"]


async def test_a_redirect_of_the_connector_is_not_followed_with_the_token(registered, connector, entra):
    url = connector.service_url
    connector.answer_with(status=307, headers={"Location": f"{entra.url}/t/oauth2/v2.0/token"})
    await registered.post(said(url, "hej"), headers=bearer(url))
    assert len(entra.forms) == 1, "only the fetch of the token itself"


# --- where it may go ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service_url", "allowed"),
    [
        ("https://smba.trafficmanager.net/emea/", True),
        ("https://smba.trafficmanager.net/teams", True),
        ("https://smba.trafficmanager.net", True),
        ("https://SMBA.trafficmanager.net/emea/", True),
        ("https://smba.trafficmanager.net:443/emea/", True),
        ("https://europe.botframework.com/", True),
        ("https://smba.infra.gcc.teams.microsoft.com/teams", True),
        ("https://smba.infra.gov.teams.microsoft.us/teams", True),
        ("https://smba.infra.dod.teams.microsoft.us/teams", True),
        ("https://smba.example.com/teams", True),
        ("https://a.cloud.example.org/teams", True),
        ("https://cloud.example.org/teams", False),
        ("http://smba.trafficmanager.net/emea/", False),
        ("HTTPS://smba.trafficmanager.net/emea/", False),
        ("https://smba.trafficmanager.net:8443/emea/", False),
        ("https://smba.trafficmanager.net:0/", False),
        ("https://smba.trafficmanager.net:99999/", False),
        ("https://smba.trafficmanager.net:x/", False),
        ("https://attacker.trafficmanager.net/", False),
        ("https://smba.trafficmanager.net.attacker.example/", False),
        ("https://smba.trafficmanager.net@attacker.example/", False),
        ("https://user@smba.trafficmanager.net/", False),
        ("https://attacker.example/smba.trafficmanager.net", False),
        ("https://attacker.example\\@smba.trafficmanager.net/", False),
        ("https://attacker.example#@smba.trafficmanager.net/", False),
        ("https://attacker.example?@smba.trafficmanager.net/", False),
        ("https://smba.trafficmanager.net/\r\nX: y", False),
        ("https://smba.trafficmanager.net /", False),
        (" https://smba.trafficmanager.net/", False),
        ("https://smba.trafficmanager.net./", False),
        ("https://smba\u3002trafficmanager.net/", False),
        ("https://xsmba.trafficmanager.net/", False),
        ("https://evilbotframework.com/", False),
        ("https://botframework.com/", False),
        ("https://botframework.com.attacker.example/", False),
        ("https://smba.infra.gcc.teams.microsoft.com.attacker.example/", False),
        ("https://127.0.0.1/", False),
        ("https://[::1]/", False),
        ("https://localhost/", False),
        ("https://", False),
        ("//smba.trafficmanager.net/", False),
        ("smba.trafficmanager.net", False),
        ("", False),
    ],
)
def test_only_known_hosts_are_teams(service_url, allowed):
    assert TeamsHosts(["SMBA.example.com", "*.cloud.example.org"])(service_url) is allowed


async def asked_in_vain() -> str:
    return "outbound.token"


@pytest.mark.parametrize("rule", [None, TeamsHosts()])
async def test_no_token_goes_to_an_unknown_host_wherever_the_address_came_from(http, connector, rule):
    """As when a stored conversation carries an address from before the list was changed."""
    connectors = Connectors(http=http, token=asked_in_vain, may_send=rule)
    with pytest.raises(SendFailed) as refused:
        await connectors.conversations(connector.service_url).delete_activity("a", "b")
    assert (refused.value.status, refused.value.code) == (403, UNKNOWN_HOST)
    assert connector.received == []


async def test_without_a_token_nothing_leaves_this_machine(http):
    async def none() -> str:
        return ""

    for rule in (None, service_url_is_local):
        connectors = Connectors(http=http, token=none, may_send=rule)
        with pytest.raises(SendFailed) as refused:
            await connectors.conversations("https://smba.trafficmanager.net/").delete_activity("a", "b")
        assert refused.value.code == UNKNOWN_HOST
