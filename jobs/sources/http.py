"""How a source is spoken to: one HTTP session, patient, with a name of its own, and every fault typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

from bplan_bot.source_state import changed, later

SECONDS = 90.0
"""jobindsats has been seen to take a minute."""

MAX_ANSWER_BYTES = 32 * 1024 * 1024

USER_AGENT = "Bplan-bot/1.0 (municipal employment plan)"
"""Sources turn away clients that do not say who they are."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An HTTP answer: its status, its bytes, and how long the source asks to be left alone."""

    status: int
    content: bytes
    retry_after: str


class SourceHttp:
    """The HTTP session of the sources; opened on first use, in the loop. A proxy that the machine names is
    used only where `through_proxy`: sources on this machine are behind none."""

    def __init__(self, *, through_proxy: bool = False, seconds: float = SECONDS) -> None:
        self._through_proxy = through_proxy
        self._timeout = ClientTimeout(total=seconds)
        self._session: ClientSession | None = None

    async def get(
        self, url: str, *, query: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Answered:
        """Fetch an address; SourceFails where no whole answer comes."""
        return await self._ask("GET", url, params=query, headers=headers)

    async def post(self, url: str, body: Any) -> Answered:
        """Send JSON to an address; SourceFails where no whole answer comes."""
        return await self._ask("POST", url, json=body)

    async def close(self) -> None:
        """Close the session; a later use opens a new one."""
        if self._session is not None:
            await self._session.close()

    async def _ask(self, method: str, url: str, **more: Any) -> Answered:
        try:
            # A redirect would take the key to wherever it leads.
            async with self._opened().request(method, url, allow_redirects=False, **more) as response:
                content = bytearray()
                async for chunk in response.content.iter_chunked(64 * 1024):
                    content += chunk
                    if len(content) > MAX_ANSWER_BYTES:
                        raise changed("the answer is too long")
                return Answered(response.status, bytes(content), response.headers.get("Retry-After", ""))
        except TimeoutError as problem:
            raise later("no answer in time") from problem
        except (ClientError, OSError) as problem:
            # The kind alone: the words of such an error hold the address.
            raise later(f"no answer ({type(problem).__name__})") from problem

    def _opened(self) -> ClientSession:
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                cookie_jar=DummyCookieJar(),
                timeout=self._timeout,
                headers={"User-Agent": USER_AGENT},
                trust_env=self._through_proxy,
            )
        return self._session
