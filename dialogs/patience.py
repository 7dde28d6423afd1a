"""How long a request waits for its answer, and the answers that go on by themselves after it."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

T = TypeVar("T")

log = structlog.get_logger(__name__)

SECONDS = 10.0
"""Teams gives up on a request after 10 to 15 seconds, and sends it again."""

MOST = 100
"""How many answers may go on by themselves; a request beyond them waits for its answer to the end."""

CLOSING_SECONDS = 10.0


class Patience:
    """Waits `seconds` for an answer; whoever is late goes on in the background, at most `most` at once."""

    def __init__(self, *, seconds: float = SECONDS, most: int = MOST) -> None:
        self._seconds = seconds
        self._most = most
        self._begun: set[asyncio.Task[Any]] = set()
        self._late: set[asyncio.Task[Any]] = set()

    async def begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Begin some work and wait a while for it; it may still be going on."""
        task = _kept(work, self._begun)
        await asyncio.wait({task}, timeout=self._seconds)
        return task

    async def leave(self, work: Coroutine[Any, Any, None]) -> None:
        """Let this go on by itself, or wait for it where too many do already."""
        if len(self._late) >= self._most:
            log.warning("too_many_slow_answers", most=self._most)
            await work
        else:
            _kept(work, self._late)

    async def close(self, *, seconds: float = CLOSING_SECONDS) -> None:
        """Wait a while for all that goes on, and say how many never came to an end."""
        going_on = self._begun | self._late
        if not going_on:
            return
        _, lost = await asyncio.wait(going_on, timeout=seconds)
        for task in lost:
            task.cancel()
        await asyncio.gather(*lost, return_exceptions=True)
        if lost:
            log.error("answers_lost_at_shutdown", count=len(lost & self._late) or len(lost))


def _kept(work: Coroutine[Any, Any, T], among: set[asyncio.Task[Any]]) -> asyncio.Task[T]:
    # The loop itself holds tasks weakly.
    task = asyncio.create_task(work)
    among.add(task)
    task.add_done_callback(among.discard)
    return task
