"""A server of a test's own on loopback, open while the test is in it."""

from types import TracebackType
from typing import Self

from aiohttp import web
from aiohttp.test_utils import TestServer


class Loopback:
    """Use as `async with`; what its `app` answers is for each kind of server to say."""

    def __init__(self, app: web.Application) -> None:
        self._server = TestServer(app)

    async def __aenter__(self) -> Self:
        await self._server.start_server()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._server.close()

    def at(self, path: str) -> str:
        """The address of a path."""
        return str(self._server.make_url(path))

    @property
    def service_url(self) -> str:
        """Its address, as activities name a Connector's."""
        return self.at("/")
