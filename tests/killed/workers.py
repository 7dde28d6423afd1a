"""Starts, stops and buries processes of the bot."""

# ruff: noqa: S603  (what is run is our own)

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from select import select
from subprocess import PIPE
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
"""Seconds until a process that does not do as it was told fails the test."""

Nursery = subprocess.Popen[bytes]
"""A process that has imported the bot, and forks off one process after the other: importing takes seconds."""


@contextmanager
def nursery(log: Path, module: str = "tests.killed.process") -> Iterator[Nursery]:
    """Whose processes live as the module says, and log to a file."""
    command = [sys.executable, "-m", module]
    with (
        log.open("ab") as stderr,
        subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=stderr, cwd=ROOT, bufsize=0) as process,
    ):
        yield process


class Worker:
    """One process of the bot at a time, on one database."""

    def __init__(self, nursery: Nursery, database_url: str) -> None:
        self._nursery = nursery
        self._database_url = database_url
        self._pid = 0

    async def live(self, *, at: datetime, point: str = "", nth: int = 1) -> None:
        """Begin a life at that time; it ends by itself where a point to die at is named."""
        await self.begin(at=at.isoformat(), point=point, nth=nth)

    async def begin(self, **orders: Any) -> None:
        """Begin a life with orders of any kind."""
        orders["database_url"] = self._database_url
        assert self._nursery.stdin
        self._nursery.stdin.write(json.dumps(orders).encode() + b"\n")
        self._pid = int(await self._line(PATIENCE))

    async def dead(self, *, within: float = PATIENCE) -> bool:
        """Whether it was killed by SIGKILL within so many seconds; any other end fails."""
        try:
            assert await self.ended(within=within) == -signal.SIGKILL
        except TimeoutError:
            return False
        return True

    async def ended(self, *, within: float = PATIENCE) -> int:
        """What it died of or ended with; TimeoutError while it lives."""
        code = int(await self._line(within))
        self._pid = 0
        return code

    def kill(self) -> None:
        """Kill it, wherever it is."""
        self._signal(signal.SIGKILL)

    def stall(self) -> None:
        """Stop it, as a machine that is out of breath or a lid that is closed does."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it go on, as if no time had passed."""
        self._signal(signal.SIGCONT)

    async def bury(self) -> None:
        """Kill it where it still lives."""
        if self._pid:
            self.kill()
            await self.dead()

    def _signal(self, number: signal.Signals) -> None:
        assert self._pid
        os.kill(self._pid, number)

    async def _line(self, within: float) -> bytes:
        assert self._nursery.stdout
        async with asyncio.timeout(within):
            while not select([self._nursery.stdout], [], [], 0)[0]:
                await asyncio.sleep(0.01)
        return self._nursery.stdout.readline()
