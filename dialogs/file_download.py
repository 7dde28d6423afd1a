"""Fetches a file that somebody sent from where Teams keeps it, by an address that is a secret."""

from collections.abc import Callable
from http import HTTPStatus

import structlog
from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar
from yarl import URL

from bplan_bot.errors import Refused
from dialogs.local_mode import service_url_is_local
from dialogs.teams_hosts import FileHosts

log = structlog.get_logger(__name__)

MOST_BYTES = 2_000_000
"""Some forty thousand rows. Storing more would keep everybody waiting; the command line takes them."""

SECONDS = 30.0

MOST_REDIRECTS = 3

_MOVED = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({401, 403, 404, 410})
"""What SharePoint answers when the address has run out, after some minutes, or the file is deleted."""

_SIGN_IN = "text/html"
"""The kind of an answer that is a page to log in on: so the addresses of some phones lead."""


class TeamsFiles:
    """Fetches files, those of a local bot from this machine only; `may_fetch` takes the place of that rule.

    Whoever has the address of a file can open it, so no log and no error has it.
    """

    def __init__(
        self,
        *,
        local: bool,
        may_fetch: Callable[[str], bool] | None = None,
        seconds: float = SECONDS,
        most: int = MOST_BYTES,
    ) -> None:
        self._through_proxy = not local
        self._may_fetch = may_fetch or (service_url_is_local if local else FileHosts())
        self._timeout = ClientTimeout(total=seconds)
        self._most = most

    async def fetch(self, address: str) -> bytes:
        """The bytes of a file, at most 2 MB. Refused `sent_file.elsewhere`, `.gone`, `.too_large` or
        `.not_fetched`, none of which tells the address; the log is told as little."""
        try:
            return await self._fetch(address)
        except Refused as refused:
            log.warning("file_not_fetched", reason=refused.said.id)
            raise
        except (ClientError, TimeoutError, OSError, ValueError) as problem:
            # The kind alone, and nothing behind it: the words of such an error hold the address.
            log.warning("file_not_fetched", reason=type(problem).__name__)
            raise Refused("sent_file.not_fetched") from None

    async def _fetch(self, address: str) -> bytes:
        if not self._may_fetch(address):
            raise Refused("sent_file.elsewhere")
        async with ClientSession(
            cookie_jar=DummyCookieJar(), timeout=self._timeout, trust_env=self._through_proxy
        ) as session:
            # As it was given: quoted anew, what is signed in it would no longer hold.
            url = URL(address, encoded=True)
            for _ in range(MOST_REDIRECTS + 1):
                async with session.get(url, allow_redirects=False) as response:
                    if response.status not in _MOVED:
                        return await self._content(response)
                    url = url.join(URL(response.headers.get("Location", ""), encoded=True))
                if not self._may_fetch(str(url)):
                    raise Refused("sent_file.gone")
        raise Refused("sent_file.gone")

    async def _content(self, response: ClientResponse) -> bytes:
        if response.status in _GONE or response.content_type == _SIGN_IN:
            raise Refused("sent_file.gone")
        if response.status != HTTPStatus.OK:
            raise Refused("sent_file.not_fetched")
        too_large = Refused("sent_file.too_large", most=self._most // 1_000_000)
        if (response.content_length or 0) > self._most:
            raise too_large
        content = bytearray()
        # Counted while reading: a length may be missing, or that of what was packed.
        async for chunk in response.content.iter_chunked(64 * 1024):
            content += chunk
            if len(content) > self._most:
                raise too_large
        return bytes(content)
