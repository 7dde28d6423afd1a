"""Nobody but the Bot Connector gets in: forged, damaged and borrowed tokens are refused, all of them."""

import base64
import hashlib
import hmac
import json
import time
import warnings
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dialogs.inbound_token import InboundTokens, NotAuthentic, Vouched
from dialogs.outbound_http import OutboundHttp
from dialogs.signing_keys import SigningKeys
from tests.dialogs.fake_microsoft import APP_ID, ISSUER, KEY, NEW_KEY, REGISTERED, bearer, surroundings, token
from tests.fake_connector import TENANT_ID, said

URL = "https://smba.trafficmanager.net/emea/"
NOW = int(time.time())
PUBLIC_PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
PUBLIC_DER = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
WEAK_KEY = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505  # weak on purpose
ELLIPTIC = ec.generate_private_key(ec.SECP256R1())


def part(found: Any) -> str:
    raw = found if isinstance(found, bytes) else json.dumps(found).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def claims(**other: Any) -> dict[str, Any]:
    return {"iss": ISSUER, "aud": APP_ID, "serviceurl": URL, "exp": NOW + 600} | other


def signed_with_public_key(secret: bytes, algorithm: str = "HS256") -> str:
    """The old trick: a symmetric signature whose secret is the key everybody knows."""
    text = f"{part({'alg': algorithm, 'kid': 'first'})}.{part(claims())}"
    return f"{text}.{part(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"


def signed_with_weak_key() -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", jwt.InsecureKeyLengthWarning)
        return token(URL, key=WEAK_KEY, headers={"kid": "weak"})


def pieces(**other: Any) -> list[str]:
    return token(URL, **other).split(".")


def with_payload(**other: Any) -> str:
    head, _, signature = pieces()
    return f"{head}.{part(claims(**other))}.{signature}"


def with_header(**other: Any) -> str:
    _, payload, signature = pieces()
    return f"{part({'alg': 'RS256', 'kid': 'first'} | other)}.{payload}.{signature}"


def with_signature(change: Callable[[str], str]) -> str:
    head, payload, signature = pieces()
    return f"{head}.{payload}.{change(signature)}"


FORGED = {
    # no token, or none that could be one
    "empty header": "",
    "scheme alone": "Bearer",
    "scheme and a space": "Bearer ",
    "one word": "Bearer garbage",
    "two dots and nothing": "Bearer ..",
    "one dot": "Bearer a.b",
    "three dots": f"Bearer {token(URL)}.e30",
    "garbage base64": "Bearer !!!.???.***",
    "padding in it": f"Bearer {token(URL)}==",
    "a space within": "Bearer " + token(URL).replace(".", ". ", 1),
    "a comma and another": f"Bearer {token(URL)}, Bearer {token(URL)}",
    "letters outside ASCII": "Bearer é.æ.ø",
    "huge token": "Bearer " + ".".join(["e30", "A" * 8000, "A" * 100])[:8100],
    "header is a list": f"Bearer {part([])}.{part(claims())}.AAAA",
    "header nested without end": f"Bearer {part(b'[' * 4000)}.{part(claims())}.AAAA",
    # another scheme
    "basic": "Basic YTpi",
    "lower case scheme": f"bearer {token(URL)}",
    "upper case scheme": f"BEARER {token(URL)}",
    "no scheme": token(URL),
    "two spaces": f"Bearer  {token(URL)}",
    "a tab": f"Bearer\t{token(URL)}",
    # no signature, or of the wrong kind
    "alg none": f"Bearer {part({'alg': 'none', 'kid': 'first'})}.{part(claims())}.",
    "alg none with a signature": f"Bearer {part({'alg': 'none', 'kid': 'first'})}.{part(claims())}.AAAA",
    "alg NoNe": f"Bearer {part({'alg': 'NoNe', 'kid': 'first'})}.{part(claims())}.AAAA",
    "no alg": f"Bearer {part({'kid': 'first'})}.{part(claims())}.{pieces()[2]}",
    "alg is a list": f"Bearer {with_header(alg=['RS256'])}",
    "HS256 with the public key as PEM": f"Bearer {signed_with_public_key(PUBLIC_PEM)}",
    "HS256 with the public key as DER": f"Bearer {signed_with_public_key(PUBLIC_DER)}",
    "HS256 that says RS256": f"Bearer {signed_with_public_key(PUBLIC_PEM, 'RS256')}",
    "PS256 with the right key": f"Bearer {token(URL, algorithm='PS256')}",
    "ES256": f"Bearer {token(URL, key=ELLIPTIC, algorithm='ES256')}",
    "empty signature": f"Bearer {with_signature(lambda _: '')}",
    "signature cut short": f"Bearer {with_signature(lambda s: s[:-8])}",
    "signature of zeros": f"Bearer {with_signature(lambda s: 'A' * len(s))}",
    "tampered signature": f"Bearer {with_signature(lambda s: ('B' if s[0] == 'A' else 'A') + s[1:])}",
    # another key
    "wrong kid": f"Bearer {token(URL, headers={'kid': 'unknown'})}",
    "no kid": f"Bearer {token(URL, headers={'kid': None})}",
    "empty kid": f"Bearer {with_header(kid='')}",
    "kid is a number": f"Bearer {with_header(kid=1)}",
    "kid as path": f"Bearer {token(URL, headers={'kid': '../../../etc/passwd'})}",
    "kid as address": f"Bearer {token(URL, headers={'kid': 'https://attacker.example/keys'})}",
    "kid as query": f"Bearer {token(URL, headers={'kid': chr(39) + ' OR 1=1 --'})}",
    "own key under a known kid": f"Bearer {token(URL, key=NEW_KEY)}",
    "own key named by jku": f"Bearer {token(URL, key=NEW_KEY, headers={'jku': 'https://attacker.example/k'})}",
    "own key named by x5u": f"Bearer {token(URL, key=NEW_KEY, headers={'x5u': 'https://attacker.example/c'})}",
    "own key enclosed as jwk": "Bearer "
    + token(
        URL,
        key=NEW_KEY,
        headers={"jwk": json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(NEW_KEY.public_key()))},
    ),
    "own key enclosed as x5c": f"Bearer {token(URL, key=NEW_KEY, headers={'x5c': ['MIIB']})}",
    "weak published key": f"Bearer {signed_with_weak_key()}",
    # changed on the way
    "tampered payload": f"Bearer {with_payload(aud=APP_ID, extra=1)}",
    "payload of another token": f"Bearer {with_payload(exp=NOW + 9999)}",
    "tampered header": f"Bearer {with_header(typ='at+jwt')}",
    "critical header nobody knows": f"Bearer {token(URL, headers={'crit': ['x'], 'x': 1})}",
    "payload not encoded": f"Bearer {with_header(b64=False, crit=['b64'])}",
    # says the wrong thing
    "expired": f"Bearer {token(URL, exp=NOW - 400)}",
    "missing exp": f"Bearer {token(URL, exp=None)}",
    "exp in words": f"Bearer {token(URL, exp='tomorrow')}",
    "exp is a list": f"Bearer {token(URL, exp=[NOW + 600])}",
    "not yet valid": f"Bearer {token(URL, nbf=NOW + 3600)}",
    "made in the future": f"Bearer {token(URL, iat=NOW + 3600)}",
    "other audience": f"Bearer {token(URL, aud='22222222-2222-3333-4444-555555555555')}",
    "several audiences": f"Bearer {token(URL, aud=[APP_ID, 'another'])}",
    "missing audience": f"Bearer {token(URL, aud=None)}",
    "empty audience": f"Bearer {token(URL, aud='')}",
    "other issuer": f"Bearer {token(URL, iss='https://attacker.example')}",
    "issuer with a slash": f"Bearer {token(URL, iss=ISSUER + '/')}",
    "missing issuer": f"Bearer {token(URL, iss=None)}",
    # made by Entra for emulators, and for this very bot: authentic elsewhere, not here
    "emulator, version 1": "Bearer "
    + token(
        URL, iss="https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/", ver="1.0", appid=APP_ID
    ),
    "emulator, version 2": "Bearer "
    + token(
        URL,
        iss="https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a/v2.0",
        ver="2.0",
        azp=APP_ID,
    ),
    "the bot's own tenant": f"Bearer {token(URL, iss=f'https://sts.windows.net/{TENANT_ID}/', appid=APP_ID)}",
    "the bot's own token": f"Bearer {token(URL, aud=ISSUER, appid=APP_ID)}",
    "payload is a list": "Bearer " + jwt.api_jws.encode(b"[]", KEY, "RS256", headers={"kid": "first"}),
    "payload is no JSON": "Bearer " + jwt.api_jws.encode(b"hej", KEY, "RS256", headers={"kid": "first"}),
}


@pytest.fixture
async def tokens(key_server):
    http = OutboundHttp(through_proxy=False)
    keys = SigningKeys(http, url=key_server.url)
    yield InboundTokens(app_id=APP_ID, keys=keys)
    await keys.close()
    await http.close()


@pytest.mark.parametrize("header", FORGED.values(), ids=FORGED)
async def test_no_forged_or_damaged_token_is_accepted(registered, key_server, header):
    key_server.keys["weak"] = WEAK_KEY
    response = await registered.post(said(URL, "hej"), headers={"Authorization": header})

    assert response.status == 401
    assert (await response.json())["error"]
    assert registered.heard == []


def test_there_are_many_of_them():
    assert len(FORGED) >= 60


async def test_a_request_without_the_header_is_unauthorized(registered):
    assert (await registered.post(said(URL, "hej"))).status == 401


async def test_two_authorization_headers_are_unauthorized(registered, connector):
    url = connector.service_url
    both = [("Authorization", value) for value in (bearer(url)["Authorization"], "Bearer a.b.c")]
    for headers in (both, both[::-1]):
        assert (await registered.post(said(url, "hej"), headers=headers)).status == 401


async def test_a_header_too_long_for_http_is_refused_by_the_server_itself(registered):
    response = await registered.post(said(URL, "hej"), headers={"Authorization": "Bearer " + "A" * 20_000})
    assert (response.status, registered.heard) == (400, [])


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
async def test_a_token_of_the_connector_vouches_for_its_service_url_and_its_keys_channels(tokens, algorithm):
    found = await tokens.check([f"Bearer {token(URL, algorithm=algorithm)}"])
    assert found == Vouched(service_url=URL, channels=frozenset({"msteams", "webchat"}))


@pytest.mark.parametrize(
    ("stated", "accepted"),
    [
        ({"exp": -290}, True),
        ({"exp": -310}, False),
        ({"nbf": 290}, True),
        ({"nbf": 310}, False),
        ({"nbf": None}, True),
    ],
    ids=str,
)
async def test_clocks_may_differ_by_five_minutes(tokens, stated, accepted):
    now = int(time.time())
    moved: dict[str, Any] = {name: None if by is None else now + by for name, by in stated.items()}
    try:
        await tokens.check([f"Bearer {token(URL, **moved)}"])
    except NotAuthentic:
        assert not accepted
    else:
        assert accepted


async def test_a_token_that_could_never_be_accepted_causes_no_fetch(registered, key_server):
    for header in ("Bearer a.b.c", FORGED["HS256 with the public key as PEM"], FORGED["no kid"]):
        await registered.post(said(URL, "hej"), headers={"Authorization": header})
    assert key_server.asked == 0


async def test_addresses_in_a_token_are_never_called(registered, key_server, entra):
    """The attacker's address is one that would answer, were it called."""
    for name in ("jku", "x5u"):
        forged = token(URL, key=NEW_KEY, headers={name: f"{entra.url}/t/oauth2/v2.0/token"})
        await registered.post(said(URL, "hej"), headers={"Authorization": f"Bearer {forged}"})
    assert entra.forms == []


# --- authentic, but not for this ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "named"),
    [
        ("https://elsewhere.example/", "serviceUrl"),
        (None, "serviceUrl"),
        ("", "serviceUrl"),
        (5, "serviceUrl"),
    ],
)
async def test_a_service_url_the_token_does_not_vouch_for_is_forbidden(registered, connector, claim, named):
    url = connector.service_url
    response = await registered.post(said(url, "hej"), headers=bearer(url, serviceurl=claim))
    assert response.status == 403
    assert named in (await response.json())["error"]
    assert registered.heard == []


@pytest.mark.parametrize("endorsements", [None, [], ["webchat"], "msteams", ["MSTEAMS"]], ids=str)
async def test_a_key_that_is_not_endorsed_for_teams_is_forbidden(
    registered, key_server, connector, endorsements
):
    key_server.endorsements = endorsements
    url = connector.service_url
    response = await registered.post(said(url, "hej"), headers=bearer(url))
    assert (response.status, registered.heard) == (403, [])


@pytest.mark.parametrize("channel", ["webchat", "emulator", "directline", "MSTEAMS", "", None])
async def test_another_channel_than_teams_is_forbidden(registered, connector, channel):
    url = connector.service_url
    response = await registered.post(said(url, "hej", channelId=channel), headers=bearer(url))
    assert (response.status, registered.heard) == (403, [])


@pytest.mark.parametrize(
    "url", ["https://attacker.example/", "http://smba.trafficmanager.net/emea/", "http://127.0.0.1:9/"]
)
async def test_a_service_url_that_is_not_teams_is_forbidden_even_with_a_right_token(
    start, key_server, entra, url
):
    bot = await start(credentials=REGISTERED, surroundings=surroundings(key_server, entra, may_send=None))
    response = await bot.post(said(url, "hej"), headers=bearer(url))
    assert response.status == 403
    assert "known hosts" in (await response.json())["error"]
    assert (bot.heard, entra.forms) == ([], [])
