"""Where Teams keeps the files that people send, on loopback: each is at an address whose token opens it."""

import asyncio
import gzip
from typing import Any

from aiohttp import web

from tests.loopback import Loopback

TOKEN = "v1.eyJzaXRlaWQiOiJh.c2VjcmV0LXRva2Vu"
"""What is signed in an address; whoever has it can open the file."""

SIGNED = f"UniqueId=1%2D2&Translate=false&tempauth={TOKEN}"
"""The end of an address."""


class FakeTeamsFiles(Loopback):
    """Use as `async with`; `asked` are the names that were fetched, with what their request carried."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answer: web.Response | None = None
        self.packed = False
        self.delay = 0.0
        app = web.Application()
        app.router.add_get("/personal/me/_layouts/15/{name}", self._content)
        app.router.add_get("/moved/{name}", self._moved)
        super().__init__(app)

    def put(self, name: str, content: bytes) -> dict[str, Any]:
        """Keep a file, and give the attachment by which Teams tells of it."""
        self.contents[name] = content
        return attachment(name, self.address(name))

    def address(self, name: str) -> str:
        """Where it can be fetched."""
        # Put together by hand: what makes addresses would undo the escape.
        return self.at(f"/personal/me/_layouts/15/{name}") + f"?{SIGNED}"

    async def _content(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        self.asked.append((name, dict(request.headers)))
        await asyncio.sleep(self.delay)
        if self.answer is not None:
            return self.answer
        # As it was signed: with an escape undone it is another address.
        if not request.raw_path.endswith(SIGNED):
            return web.Response(status=401)
        content = self.contents[name]
        if self.packed:
            return web.Response(body=gzip.compress(content), headers={"Content-Encoding": "gzip"})
        return web.Response(body=content, content_type="application/octet-stream")

    async def _moved(self, request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": request.query.get("to", request.path)})


def attachment(name: str, address: str) -> dict[str, Any]:
    """A file as Teams attaches it to a message in a personal chat."""
    return {
        "contentType": "application/vnd.microsoft.teams.file.download.info",
        "content": {"downloadUrl": address, "uniqueId": "1-2", "fileType": name.rpartition(".")[2]},
        "contentUrl": "https://example-my.sharepoint.com/personal/me/Documents/file",
        "name": name,
    }
