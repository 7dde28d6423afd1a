"""Knows whether a request really comes from Teams and which token goes back, past the SDK's known defects."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiohttp import ClientError
from botbuilder.integration.aiohttp import ConfigurationServiceClientCredentialFactory
from botframework.connector.auth import (
    AuthenticateRequestResult,
    AuthenticationConstants,
    BotFrameworkAuthentication,
    BotFrameworkAuthenticationFactory,
    ClaimsIdentity,
)
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor
from jwt.algorithms import RSAAlgorithm

from dialogs.connector import Connectors, OutboundHttp, Token

log = structlog.get_logger(__name__)

KEYS_MAX_AGE = 24 * 3600.0
# An unknown key may be a new one, but anybody can name a key: ask again, though not for every request.
KEYS_MIN_AGE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BotCredentials:
    """The bot's registration, under the ecosystem's names in the environment; all empty is local mode.

    `app_type` is SingleTenant (the default), UserAssignedMSI or MultiTenant. Raises ValueError with one
    sentence naming the setting that is missing.
    """

    app_id: str = ""
    app_password: str = field(default="", repr=False)
    app_type: str = ""
    app_tenant_id: str = ""

    def __post_init__(self) -> None:
        if not self.app_id:
            return
        kind = self.kind
        if kind not in {"singletenant", "userassignedmsi", "multitenant"}:
            raise ValueError("MicrosoftAppType must be SingleTenant, UserAssignedMSI or MultiTenant.")
        if kind != "userassignedmsi" and not self.app_password:
            raise ValueError("MicrosoftAppPassword is missing, though MicrosoftAppId is given.")
        if kind != "multitenant" and not self.app_tenant_id:
            raise ValueError(f"MicrosoftAppTenantId is missing; {self.app_type or 'SingleTenant'} needs it.")

    @property
    def kind(self) -> str:
        """The app type in lower case. The SDK falls back to MultiTenant, which no new bot can be."""
        return (self.app_type or "SingleTenant").lower()

    @property
    def local_mode(self) -> bool:
        """Whether there is no registration, so that nobody outside this machine may be listened to."""
        return not self.app_id


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustAnchors:
    """Where the keys are published that incoming tokens are signed with; the public cloud's by default."""

    channel_keys_url: str = AuthenticationConstants.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL
    emulator_keys_url: str = AuthenticationConstants.TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL


class RememberedCredentials(ConfigurationServiceClientCredentialFactory):
    """Makes each credential once: the SDK makes a new MSAL app, and so a new token call, for every turn."""

    def __init__(self, credentials: BotCredentials) -> None:
        super().__init__(_SdkConfiguration(credentials))
        self._made: dict[tuple[str, str, str, bool], Any] = {}

    async def create_credentials(
        self, app_id: str, oauth_scope: str, login_endpoint: str, validate_authority: bool
    ) -> Any:
        """The same object for the same question, with the token cache it carries."""
        key = (app_id, oauth_scope, login_endpoint, validate_authority)
        if key not in self._made:
            self._made[key] = await super().create_credentials(*key)
        return self._made[key]


class _SdkConfiguration:
    def __init__(self, credentials: BotCredentials) -> None:
        self.APP_ID = credentials.app_id
        self.APP_PASSWORD = credentials.app_password
        self.APP_TYPE = credentials.kind if credentials.app_id else "multitenant"
        self.APP_TENANTID = credentials.app_tenant_id


def outbound_token(factory: RememberedCredentials, app_id: str) -> Token:
    """The bearer token for the Connector, fetched in a thread, since MSAL would stall the loop."""
    one_at_a_time = asyncio.Lock()

    async def token() -> str:
        if not app_id:
            return ""
        made = await factory.create_credentials(
            app_id,
            AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE,
            AuthenticationConstants.TO_CHANNEL_FROM_BOT_LOGIN_URL_PREFIX,
            True,
        )
        # Without the lock a burst after the token ran out is a burst of token calls.
        async with one_at_a_time:
            return str(await asyncio.to_thread(made.get_access_token))

    return token


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One published key, shaped as the SDK's token check reads it."""

    public_key: Any
    endorsements: list[str]


class SigningKeys:
    """The published keys of one issuer, looked up by id.

    Takes the place of the SDK's own, which blocks the loop without a time-out, raises IndexError for a key it
    does not know and so never sees that keys were rotated.
    """

    def __init__(self, url: str, http: OutboundHttp, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._http = http
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._asked_at: float | None = None
        self._one_at_a_time = asyncio.Lock()

    async def get(self, key_id: str | None) -> SigningKey:
        """The key with this id; PermissionError when the issuer publishes no such key."""
        async with self._one_at_a_time:
            age = KEYS_MAX_AGE if self._asked_at is None else self._clock() - self._asked_at
            if age >= KEYS_MAX_AGE or (key_id not in self._keys and age >= KEYS_MIN_AGE):
                await self._ask_again()
        found = self._keys.get(key_id or "")
        if found is None:
            raise PermissionError("the token is signed with a key its issuer does not publish")
        return found

    async def _ask_again(self) -> None:
        self._asked_at = self._clock()
        try:
            metadata = await self._fetch(self._url)
            published = await self._fetch(str(metadata["jwks_uri"]))
            self._keys = dict(_usable_keys(published["keys"]))
        except (ClientError, TimeoutError, OSError, ValueError, LookupError, TypeError) as problem:
            # The old keys stay: a key server that is down for an hour must not take the bot with it.
            log.error("signing_keys_unavailable", url=self._url, problem=type(problem).__name__)

    async def _fetch(self, url: str) -> Any:
        async with self._http.session().get(url) as response:
            response.raise_for_status()
            return await response.json(content_type=None)


def _usable_keys(published: list[Any]) -> list[tuple[str, SigningKey]]:
    return [
        (key["kid"], SigningKey(RSAAlgorithm.from_jwk(json.dumps(key)), list(key.get("endorsements") or [])))
        for key in published
        if isinstance(key, dict) and isinstance(key.get("kid"), str) and key.get("kty") == "RSA"
    ]


class ChannelAuthentication(BotFrameworkAuthentication):
    """Authenticates requests and hands out connectors: the SDK's seam, with the costly parts left out."""

    def __init__(
        self, *, credentials: BotCredentials, anchors: TrustAnchors, http: OutboundHttp, token: Token | None
    ) -> None:
        factory = RememberedCredentials(credentials)
        self._local_mode = credentials.local_mode
        self._connectors = Connectors(http=http, token=token or outbound_token(factory, credentials.app_id))
        self._inner = _token_check(factory, anchors)
        for url in (anchors.channel_keys_url, anchors.emulator_keys_url):
            # The SDK looks its keys up here by address, so ours take their place without patching anything.
            JwtTokenExtractor.metadataCache[url] = SigningKeys(url, http)

    async def authenticate_request(self, activity: Any, auth_header: str) -> AuthenticateRequestResult:
        """Who sent this; PermissionError when that cannot be shown."""
        result = AuthenticateRequestResult()
        if self._local_mode:
            result.claims_identity = ClaimsIdentity({}, True, AuthenticationConstants.ANONYMOUS_AUTH_TYPE)
        else:
            result = await self._checked(activity, auth_header)
        result.audience = AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE
        result.connector_factory = self._connectors
        return result

    async def _checked(self, activity: Any, auth_header: str) -> AuthenticateRequestResult:
        try:
            return await self._inner.authenticate_request(activity, auth_header)
        except Exception as problem:
            # The SDK throws whatever its parsers throw (jwt errors, AttributeError on no identity, bare
            # Exception for endorsements). Whatever it is, the sender is not shown to be Teams.
            raise PermissionError(type(problem).__name__) from problem

    async def authenticate_streaming_request(self, auth_header: str, channel_id_header: str) -> Any:
        """Refused: nothing here speaks the web socket protocol."""
        raise PermissionError("streaming is not offered")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> Connectors:
        """The shared connectors: there is one bot, hence one identity."""
        return self._connectors

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        """None: nobody signs in through the bot, and the SDK would build an HTTP client for it every turn."""
        return

    def get_originating_audience(self) -> str:
        """The one audience there is."""
        return str(AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE)


def _token_check(factory: RememberedCredentials, anchors: TrustAnchors) -> Any:
    known = AuthenticationConstants
    return BotFrameworkAuthenticationFactory.create(
        validate_authority=True,
        to_channel_from_bot_login_url=known.TO_CHANNEL_FROM_BOT_LOGIN_URL_PREFIX,
        to_channel_from_bot_oauth_scope=known.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE,
        to_bot_from_channel_token_issuer=known.TO_BOT_FROM_CHANNEL_TOKEN_ISSUER,
        oauth_url=known.OAUTH_URL,
        to_bot_from_channel_open_id_metadata_url=anchors.channel_keys_url,
        to_bot_from_emulator_open_id_metadata_url=anchors.emulator_keys_url,
        credential_factory=factory,
    )
