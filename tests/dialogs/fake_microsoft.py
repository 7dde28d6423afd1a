"""Microsoft on loopback: it publishes signing keys, gives tokens, and signs as the Connector does."""

import asyncio
import json
import time
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from dialogs.channel import Surroundings
from dialogs.local_mode import service_url_is_local
from dialogs.sdk_repairs import BotCredentials
from tests.loopback import Loopback

APP_ID = "11111111-2222-3333-4444-555555555555"
SECRET = "made~up-secret"
TENANT = "bbbbbbbb-0000-0000-0000-000000000002"
REGISTERED = BotCredentials(app_id=APP_ID, app_password=SECRET, app_tenant_id=TENANT)
ISSUER = "https://api.botframework.com"
OUTBOUND_TOKEN = "outbound.token.1"

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
NEW_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class KeyServer(Loopback):
    """Publishes keys as login.botframework.com does; everything about it may change while it runs."""

    def __init__(self) -> None:
        self.keys: dict[str, rsa.RSAPrivateKey] = {"first": KEY}
        self.endorsements: list[str] | None = ["msteams", "webchat"]
        self.asked = 0
        self.delay = 0.0
        self.metadata: Any = None
        self.published: Any = None
        self.status = 200
        self.headers: dict[str, str] = {}
        app = web.Application()
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/keys", self._keys)
        super().__init__(app)

    @property
    def url(self) -> str:
        return self.at("/openid")

    async def _openid(self, request: web.Request) -> web.Response:
        self.asked += 1
        await asyncio.sleep(self.delay)
        return self._said(self.metadata, {"jwks_uri": self.at("/keys")})

    async def _keys(self, request: web.Request) -> web.Response:
        return self._said(self.published, {"keys": [self.published_key(kid) for kid in self.keys]})

    def published_key(self, kid: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(self.keys[kid].public_key()))
        found |= {"kid": kid, "use": "sig"}
        return found if self.endorsements is None else found | {"endorsements": self.endorsements}

    def _said(self, instead: Any, otherwise: dict[str, Any]) -> web.Response:
        if isinstance(instead, bytes):
            return web.Response(body=instead, status=self.status, headers=self.headers)
        return web.json_response(otherwise if instead is None else instead, status=self.status)


class Entra(Loopback):
    """Gives tokens for client credentials; `answer` replaces what it says, `forms` holds what it was sent."""

    def __init__(self) -> None:
        self.forms: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.life: Any = 3600
        self.delay = 0.0
        self.status = 200
        self.answer: Any = None
        self.at_once = self.most_at_once = 0
        app = web.Application()
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        super().__init__(app)

    @property
    def url(self) -> str:
        return self.service_url.rstrip("/")

    def refuse(self, code: int, *, error: str = "invalid_client", status: int = 401) -> None:
        """Answer as Entra does when it refuses, with ids and hints behind the code."""
        self.status = status
        self.answer = {
            "error": error,
            "error_description": f"AADSTS{code}: Something about app '{APP_ID}'. Trace ID: 1 Timestamp: 2",
            "error_codes": [code],
        }

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.forms.append({name: str(value) for name, value in form.items()})
        self.paths.append(request.path)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(self.delay)
        self.at_once -= 1
        if isinstance(self.answer, bytes):
            return web.Response(body=self.answer, status=self.status)
        token = {
            "token_type": "Bearer",
            "expires_in": self.life,
            "access_token": f"outbound.token.{len(self.forms)}",
        }
        return web.json_response(token if self.answer is None else self.answer, status=self.status)


def surroundings(key_server: KeyServer, entra: Entra, **other: Any) -> Surroundings:
    """A bot's surroundings with both servers, and a Connector on loopback counted as Teams."""
    given = {"may_send": service_url_is_local} | other
    return Surroundings(keys_url=key_server.url, token_authority=entra.url, **given)


def token(
    service_url: str,
    *,
    key: Any = KEY,
    algorithm: str = "RS256",
    headers: dict[str, Any] | None = None,
    **claims: Any,
) -> str:
    """A token as the Connector makes it; a claim or header given as None is left out."""
    now = int(time.time())
    payload = {"iss": ISSUER, "aud": APP_ID, "serviceurl": service_url, "nbf": now - 10, "exp": now + 600}
    stated = {name: value for name, value in (payload | claims).items() if value is not None}
    head = {name: value for name, value in ({"kid": "first"} | (headers or {})).items() if value is not None}
    return jwt.encode(stated, key, algorithm=algorithm, headers=head)


def bearer(service_url: str, **other: Any) -> dict[str, str]:
    """The Authorization header with such a token."""
    return {"Authorization": f"Bearer {token(service_url, **other)}"}
