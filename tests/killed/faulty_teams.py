"""A Teams that takes a card or not, and tells the truth of it or not, as chance has it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from random import Random

from aiohttp import web

from tests.loopback import Loopback

BLOCKED = "somebody who blocked the bot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What happens to one request: whether the card was shown, and what the bot hears (None: nothing)."""

    shown: bool
    status: int | None
    retry_after: str = ""
    delay: float = 0.0


WELL = Fault(shown=True, status=201)
FAULTS = (
    Fault(shown=False, status=429, retry_after="30"),
    Fault(shown=False, status=429),
    Fault(shown=False, status=412),
    Fault(shown=False, status=502),
    Fault(shown=True, status=502),
    Fault(shown=True, status=500),
    Fault(shown=True, status=504, delay=0.05),
    Fault(shown=True, status=None),
    Fault(shown=False, status=None),
    Fault(shown=True, status=201, delay=0.3),
)


class FaultyTeams(Loopback):
    """Use as `async with`; `shown` has the cards that people see: who sees it, and its summary.

    `on_next_card` happens once, while the next card is here and not answered yet.
    """

    def __init__(self, seed: int) -> None:
        self.shown: list[tuple[str, str]] = []
        self.share_of_faults = 0.4
        self.on_next_card: Callable[[], None] | None = None
        self._chance = Random(seed)
        self._ids = count(1)
        app = web.Application()
        app.router.add_post("/v3/conversations", self._open)
        app.router.add_post("/v3/conversations/{chat}/activities", self._card)
        app.router.add_put("/v3/conversations/{chat}/activities/{card}", self._renewed)
        super().__init__(app)

    async def _open(self, request: web.Request) -> web.Response:
        """Open the chat with somebody: the same one each time, and called as they are."""
        (member,) = (await request.json())["members"]
        return await self._answer(request, self._next(), member["id"])

    async def _card(self, request: web.Request) -> web.Response:
        fault = self._next()
        person = request.match_info["chat"]
        if person == BLOCKED:
            error = {"error": {"code": "ConversationBlockedByUser", "message": ""}}
            return web.json_response(error, status=403)
        if fault.shown:
            self.shown.append((person, (await request.json())["summary"]))
        happens, self.on_next_card = self.on_next_card, None
        if happens:
            happens()
        return await self._answer(request, fault, f"activity {next(self._ids)}")

    async def _renewed(self, request: web.Request) -> web.Response:
        """A card is put in the place of another, so nobody sees one more."""
        return await self._answer(request, self._next(), request.match_info["card"])

    def _next(self) -> Fault:
        return self._chance.choice(FAULTS) if self._chance.random() < self.share_of_faults else WELL

    async def _answer(self, request: web.Request, fault: Fault, id_: str) -> web.Response:
        await asyncio.sleep(fault.delay)
        if fault.status is None:
            assert request.transport
            request.transport.abort()
            return web.Response()
        headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
        body = {"id": id_} if fault.status == 201 else {"error": {"code": "Fault", "message": ""}}
        return web.json_response(body, status=fault.status, headers=headers)
