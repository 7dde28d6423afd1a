"""Fetches the token that the bot shows the Bot Connector, keeps it, and says in words when Entra refuses."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote

import structlog
from aiohttp import ClientTimeout

from dialogs.outbound_http import UNREACHABLE, OutboundHttp, json_object

log = structlog.get_logger(__name__)

ENTRA = "https://login.microsoftonline.com"
SCOPE = "https://api.botframework.com/.default"
MULTI_TENANT = "botframework.com"
"""The tenant that bots of several tenants get their token from."""

TOKEN_SECONDS = 5.0
RENEW_BEFORE = 300.0
# A person writes again at once when nothing comes; that must not become a burst of refused logins.
ASK_AGAIN_AFTER = 10.0


class TokenFault(StrEnum):
    """Why there is no token; each has its sentence for the log and, as `doctor.token_…`, for people."""

    SECRET_EXPIRED = "secret_expired"  # noqa: S105
    SECRET_WRONG = "secret_wrong"  # noqa: S105
    APP_UNKNOWN = "app_unknown"
    TENANT_UNKNOWN = "tenant_unknown"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    UNREADABLE = "unreadable"


_SENTENCES = {
    TokenFault.SECRET_EXPIRED: "the bot's secret (MicrosoftAppPassword) has expired; make a new one in Entra",
    TokenFault.SECRET_WRONG: "Entra does not know the bot's secret (MicrosoftAppPassword)",
    TokenFault.APP_UNKNOWN: "Entra does not know the bot's id (MicrosoftAppId) in this tenant",
    TokenFault.TENANT_UNKNOWN: "Entra does not know the tenant (MicrosoftAppTenantId)",
    TokenFault.REFUSED: "Entra refuses the bot a token",
    TokenFault.UNREACHABLE: "Entra cannot be reached",
    TokenFault.UNREADABLE: "Entra's answer cannot be read",
}

_FAULTS_BY_CODE = {
    "AADSTS7000222": TokenFault.SECRET_EXPIRED,
    "AADSTS7000215": TokenFault.SECRET_WRONG,
    "AADSTS700016": TokenFault.APP_UNKNOWN,
    "AADSTS90002": TokenFault.TENANT_UNKNOWN,
    "AADSTS900023": TokenFault.TENANT_UNKNOWN,
}


class NoToken(PermissionError):
    """There is no token, so nothing was sent. `code` is Entra's own ("AADSTS7000222"), where it gave one."""

    def __init__(self, fault: TokenFault, code: str = "") -> None:
        super().__init__(f"{_SENTENCES[fault]} ({code})" if code else _SENTENCES[fault])
        self.fault = fault
        self.code = code


@dataclass(frozen=True, slots=True)
class _Held:
    token: str
    renew_at: float
    ends_at: float


class EntraToken:
    """The bot's token by client credentials: fetched when it is first needed, renewed ahead of its end.

    Nothing runs in the background: whoever asks within 5 minutes of the end fetches the next one, while all
    others go on with the one there is. `quietly` leaves the log line out, for who says it otherwise.
    """

    def __init__(
        self,
        http: OutboundHttp,
        *,
        app_id: str,
        secret: str,
        tenant: str = MULTI_TENANT,
        authority: str = ENTRA,
        seconds: float = TOKEN_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        quietly: bool = False,
    ) -> None:
        self._quietly = quietly
        self._http = http
        self._url = f"{authority}/{quote(tenant, safe='')}/oauth2/v2.0/token"
        self._form = {
            "grant_type": "client_credentials",
            "client_id": app_id,
            "client_secret": secret,
            "scope": SCOPE,
        }
        self._timeout = ClientTimeout(total=seconds)
        self._clock = clock
        self._held: _Held | None = None
        self._fault: NoToken | None = None
        self._asked_at: float | None = None
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self) -> str:
        """The token; NoToken when none can be had."""
        now = self._clock()
        held = self._held
        if held and (now < held.renew_at or (now < held.ends_at and self._one_at_a_time.locked())):
            return held.token
        async with self._one_at_a_time:
            await self._renewed()
        if self._held and self._clock() < self._held.ends_at:
            return self._held.token
        raise self._fault or NoToken(TokenFault.UNREACHABLE)

    def forget(self) -> None:
        """Do not use the held token again: the Connector has refused it, whatever its end is."""
        self._held = None

    @property
    def last_outcome(self) -> str:
        """How the last fetch went, in words that may be shown to strangers."""
        if self._asked_at is None:
            return "not asked for yet"
        return str(self._fault) if self._fault else "ok"

    async def _renewed(self) -> None:
        """Fetch, unless whoever held the lock before has just done so or just failed."""
        now = self._clock()
        if self._held and now < self._held.renew_at:
            return
        if self._fault and self._asked_at is not None and now - self._asked_at < ASK_AGAIN_AFTER:
            return
        self._asked_at = now
        try:
            self._held = await self._fetch(now)
        except NoToken as fault:
            self._fault = fault
            if not self._quietly:
                kept = self._held is not None and now < self._held.ends_at
                log.error("token_not_given", problem=str(fault), the_old_one_serves_on=kept)
        else:
            self._fault = None

    async def _fetch(self, now: float) -> _Held:
        try:
            # A redirect would carry the secret to a host nobody vouched for.
            async with self._http.session().post(
                self._url, data=self._form, timeout=self._timeout, allow_redirects=False
            ) as response:
                status = response.status
                away = status >= 500 or status == 429
                found = {} if away else await json_object(response)
        except UNREACHABLE as problem:
            raise NoToken(TokenFault.UNREACHABLE) from problem
        except ValueError as problem:
            raise NoToken(TokenFault.UNREADABLE) from problem
        if away:
            raise NoToken(TokenFault.UNREACHABLE, str(status))
        if status != 200:
            raise _refusal(status, found)
        return _held(found, now)


def _held(found: dict[str, Any], now: float) -> _Held:
    token, life = found.get("access_token"), found.get("expires_in")
    if not isinstance(token, str) or not re.fullmatch(r"[!-~]+", token):
        raise NoToken(TokenFault.UNREADABLE)
    if isinstance(life, str) and life.isdecimal():
        life = int(life)
    if not isinstance(life, int | float) or not 0 < life < float("inf"):
        raise NoToken(TokenFault.UNREADABLE)
    # Counted from before the request, so that the token is never thought to live longer than it does.
    return _Held(token, renew_at=now + life - min(RENEW_BEFORE, life / 2), ends_at=now + life)


def _refusal(status: int, found: dict[str, Any]) -> NoToken:
    # Entra's sentence begins with its code; the rest (ids, times, hints) is for nobody's log.
    written = re.match(r"AADSTS\d{4,8}", str(found.get("error_description")))
    code = written[0] if written else ""
    return NoToken(_FAULTS_BY_CODE.get(code, TokenFault.REFUSED), code or str(status))
