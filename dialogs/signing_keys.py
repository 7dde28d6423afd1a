"""Holds the keys that the Bot Connector signs with, and decides when to ask for them again."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import ClientTimeout
from jwt import InvalidKeyError
from jwt.algorithms import RSAAlgorithm
from yarl import URL

from dialogs.outbound_http import OutboundHttp, json_object

log = structlog.get_logger(__name__)

CHANNEL_METADATA = "https://login.botframework.com/v1/.well-known/openidconfiguration"
"""Where the public cloud's Connector publishes its keys; Microsoft calls it a static address."""

KEYS_MAX_AGE = 24 * 3600.0
# An unknown key may be a new one, but anybody can name a key: ask again, though not for every request.
KEYS_MIN_AGE = 60.0
KEYS_SECONDS = 5.0
SMALLEST_KEY_BITS = 2048


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One published key, and the channels whose activities it may vouch for."""

    public_key: Any
    endorsements: frozenset[str]


class SigningKeys:
    """The published keys, looked up by id.

    A known key is never waited for: when the keys have grown old it serves on while they are fetched anew,
    and goes on serving while the key server is away. Only an unknown key waits, for one fetch a minute.
    """

    def __init__(
        self,
        http: OutboundHttp,
        *,
        url: str = CHANNEL_METADATA,
        seconds: float = KEYS_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._http = http
        self._url = url
        self._timeout = ClientTimeout(total=seconds)
        self._seconds = seconds
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._asked_at: float | None = None
        self._failed = False
        self._asking: asyncio.Task[None] | None = None

    async def get(self, key_id: str) -> SigningKey | None:
        """The key with this id, or None when none is published that can be had."""
        known = self._keys.get(key_id)
        age = KEYS_MAX_AGE if self._asked_at is None else self._clock() - self._asked_at
        # A failed fetch of old keys is repeated after a minute too, not after another day.
        if age >= KEYS_MAX_AGE or (age >= KEYS_MIN_AGE and (known is None or self._failed)):
            self._ask()
        if known is None and self._asking is not None:
            # Shielded: one client that hangs up must not take the fetch from all others.
            await asyncio.shield(self._asking)
            known = self._keys.get(key_id)
        return known

    async def close(self) -> None:
        """Stop asking."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    def _ask(self) -> None:
        if self._asking is None or self._asking.done():
            self._asked_at = self._clock()
            self._asking = asyncio.create_task(self._fetch_all())

    async def _fetch_all(self) -> None:
        try:
            # One time-out around both fetches, since a request is waiting.
            async with asyncio.timeout(self._seconds):
                metadata = await self._fetch(URL(self._url))
                published = await self._fetch(self._keys_address(metadata))
            keys = _usable(published.get("keys"))
            if not keys:
                raise ValueError("no usable key is published")
        except Exception as problem:
            # Whatever it is, the old keys stay: a key server in trouble must not take the bot with it.
            self._failed = True
            log.error("signing_keys_unavailable", url=self._url, problem=type(problem).__name__)
        else:
            self._failed = False
            self._keys = keys

    def _keys_address(self, metadata: dict[str, Any]) -> URL:
        stated = metadata.get("jwks_uri")
        address = URL(stated) if isinstance(stated, str) else URL()
        if address.scheme != URL(self._url).scheme or not address.host:
            raise ValueError("the metadata names no safe address for the keys")
        return address

    async def _fetch(self, url: URL) -> dict[str, Any]:
        # A redirect could lead from https to http, and the real key server has none.
        async with self._http.session().get(url, timeout=self._timeout, allow_redirects=False) as response:
            if response.status != 200:
                raise ValueError(f"status {response.status}")
            return await json_object(response)


def _usable(published: Any) -> dict[str, SigningKey]:
    """The keys that can be used; one that cannot be read is left out and costs none of the others."""
    keys: dict[str, SigningKey] = {}
    for stated in published if isinstance(published, list) else []:
        if not isinstance(stated, dict) or not isinstance(stated.get("kid"), str):
            continue
        key = _rsa(stated)
        if key is not None:
            keys[stated["kid"]] = SigningKey(key, _endorsements(stated.get("endorsements")))
    return keys


def _rsa(stated: dict[str, Any]) -> Any:
    """The public RSA key, or None. A published private one ("d") is a mishap that nobody can trust."""
    if stated.get("kty") != "RSA" or stated.get("use", "sig") != "sig" or "d" in stated:
        return None
    try:
        key = RSAAlgorithm.from_jwk(json.dumps(stated))
    except (InvalidKeyError, ValueError, TypeError):
        return None
    return key if key.key_size >= SMALLEST_KEY_BITS else None


def _endorsements(stated: Any) -> frozenset[str]:
    listed = stated if isinstance(stated, list) else []
    return frozenset(one for one in listed if isinstance(one, str))
