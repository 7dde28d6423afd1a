"""Decides whether a bearer token was made by the Bot Connector for this bot, before anybody else reads it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import jwt
import structlog

from dialogs.signing_keys import SigningKeys

log = structlog.get_logger(__name__)

CHANNEL_ISSUER = "https://api.botframework.com"
"""The only issuer that Microsoft documents for requests from the Connector, single-tenant bots included.
Entra's own issuers sign the tokens of emulators and of other bots, and neither may speak to this one."""

ALGORITHMS = ("RS256", "RS384", "RS512")
LEEWAY_SECONDS = 300
MAX_TOKEN_CHARACTERS = 8 * 1024
_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


class NotAuthentic(Exception):
    """The token is missing or not one of the Connector's; `reason` names the check it failed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Vouched:
    """What an authentic token vouches for: one service URL, and the channels of the key that signed it."""

    service_url: str
    channels: frozenset[str]


class InboundTokens:
    """Checks the Authorization headers of requests that say they come from Teams."""

    def __init__(self, *, app_id: str, keys: SigningKeys) -> None:
        self._app_id = app_id
        self._keys = keys

    async def check(self, headers: Sequence[str]) -> Vouched:
        """What the one Authorization header vouches for; NotAuthentic when it is not the Connector's."""
        token = _bearer(headers)
        # By its id alone: addresses in the token (jku, x5u) and keys in it (jwk, x5c) are whoever's they are.
        key = await self._keys.get(_key_id(token))
        if key is None:
            raise NotAuthentic("unknown_key")
        try:
            claims = jwt.decode(
                token,
                key.public_key,
                algorithms=ALGORITHMS,
                audience=self._app_id,
                issuer=CHANNEL_ISSUER,
                leeway=LEEWAY_SECONDS,
                # One audience as a string: a token for several bots could be passed on by any of them.
                options={"require": ["exp", "aud", "iss"], "strict_aud": True},
            )
        except (jwt.PyJWTError, ValueError, TypeError) as problem:
            # Only the kind of it: the sentence can quote the token.
            raise NotAuthentic(type(problem).__name__) from None
        stated = claims.get("serviceurl")
        return Vouched(service_url=stated if isinstance(stated, str) else "", channels=key.endorsements)


def _bearer(headers: Sequence[str]) -> str:
    # Two of them are read differently by whoever stands before the bot, so neither is believed.
    if len(headers) != 1:
        raise NotAuthentic("no_header" if not headers else "several_headers")
    scheme, _, token = headers[0].partition(" ")
    # Written exactly as the Connector writes it; nobody else has a reason to call.
    if scheme != "Bearer" or len(token) > MAX_TOKEN_CHARACTERS or not _COMPACT.fullmatch(token):
        raise NotAuthentic("no_bearer_token")
    return token


def _key_id(token: str) -> str:
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError):
        raise NotAuthentic("unreadable") from None
    # Checked before the key is looked up: a token that could never be accepted must not cause a fetch.
    if header.get("alg") not in ALGORITHMS:
        raise NotAuthentic("algorithm")
    key_id = header.get("kid")
    if not isinstance(key_id, str) or not key_id:
        raise NotAuthentic("no_key_id")
    return key_id
