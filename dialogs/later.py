"""Runs a write a moment after it was first asked for, and once for all that asked meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable

WRITE_AFTER = 1.0
"""Seconds that a write waits for others. A process that is killed meanwhile loses what waits."""


class Later:
    """One kind of write, one at a time. `write` stores all that waits then, and refuses nothing."""

    def __init__(self, write: Callable[[], Awaitable[None]], *, after: float) -> None:
        self._write = write
        self._after = after
        self._writing = asyncio.Lock()
        self._asked = False
        self._soon: asyncio.Task[None] | None = None

    def ask(self) -> None:
        """Write soon."""
        self._asked = True
        if self._soon is None or self._soon.done():
            self._soon = asyncio.create_task(self._write_soon())

    async def now(self) -> None:
        """Write at once, after the one that has begun."""
        async with self._writing:
            await self._write()

    async def close(self) -> None:
        """Write what waits, and nothing later on."""
        async with self._writing:  # what is being written is written to its end
            if self._soon:
                self._soon.cancel()
        await self.now()

    async def _write_soon(self) -> None:
        while self._asked:
            await asyncio.sleep(self._after)
            self._asked = False  # what is asked for while it writes has a turn of its own
            await self.now()
