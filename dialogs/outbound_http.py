"""The one HTTP session for all that the channel fetches or sends, and how an answer is read."""

import json
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar

# Teams gives a turn 10 to 15 seconds; a send that hangs longer would take the whole turn with it.
SEND_SECONDS = 8.0

MAX_ANSWER_BYTES = 1024 * 1024

UNREACHABLE = (ClientError, TimeoutError, OSError)
"""What aiohttp raises when a server is away, slow, or not the one its certificate should name."""


class OutboundHttp:
    """The shared HTTP session; opened on first use, in the loop."""

    def __init__(self, *, through_proxy: bool, seconds: float = SEND_SECONDS) -> None:
        self._through_proxy = through_proxy
        self._timeout = ClientTimeout(total=seconds)
        self._session: ClientSession | None = None

    def session(self) -> ClientSession:
        """The shared session. It keeps no cookies and, in local mode, knows no proxy."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                cookie_jar=DummyCookieJar(),
                timeout=self._timeout,
                trust_env=self._through_proxy,
            )
        return self._session

    async def close(self) -> None:
        """Close the session; a later use opens a new one."""
        if self._session is not None:
            await self._session.close()


async def json_object(response: ClientResponse) -> dict[str, Any]:
    """The body as a JSON object; ValueError when it is anything else, or over 1 MB."""
    raw = bytearray()
    async for chunk in response.content.iter_chunked(64 * 1024):
        raw += chunk
        if len(raw) > MAX_ANSWER_BYTES:
            raise ValueError("the answer is too long")
    try:
        found = json.loads(bytes(raw))
    except RecursionError as problem:
        raise ValueError("the answer is nested too deeply") from problem
    if not isinstance(found, dict):
        raise ValueError("the answer is not a JSON object")
    return found
