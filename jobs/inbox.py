"""Inbox: takes files of figures from a watched folder, whole or not at all, with a report on each."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import Any

import structlog

from bplan_bot.errors import Refused, Unavailable, frames_of
from bplan_bot.figure_file import FileFigures
from bplan_bot.file_name import kind_of, told_name, typed_name
from bplan_bot.importers.figure_files import read_figures
from bplan_bot.inbox_report import NAMELESS, lines_on, lines_on_unread
from bplan_bot.message import Message
from bplan_bot.texts.speaker import Speaker
from db.engine import Database
from db.figure_files import take_file
from db.inbox_folder import InboxFolder, Waiting
from db.pictures import load_picture
from jobs.running import InboxPoint, Passing, pass_by

log = structlog.get_logger(__name__)

ACTOR = "job:inbox"

SETTLED = 5.0
"""Seconds in which a file must not have changed to be taken for whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a file: whether it is taken, what it is called from now on, and the report on it, given
    where it lies then. `figures` are how many were stored."""

    taken: bool
    name: str
    report: Callable[[Path], Sequence[Message]]
    figures: int = 0


@dataclass(frozen=True, slots=True)
class Inbox:
    """The watched folder of one bot; None where nothing is watched.

    A file's figures are committed before it is moved, so that a process that dies in between leaves it to be
    found again, with nothing new in it. Two processes may look at the same time: what the one has stored the
    other does not store again, and only one of them can move the file.
    """

    database: Database
    folder: InboxFolder | None
    passing: Passing = field(default=pass_by)
    settled: float = SETTLED

    async def look(self, now: datetime) -> Mapping[str, Any]:
        """Take every file that has stopped growing."""
        did = {"accepted": 0, "rejected": 0, "figures": 0}
        if self.folder is None:
            return did
        await asyncio.to_thread(self.folder.prepare)
        for one in await self._still(self.folder):
            done = await self._done(self.folder, one, now)
            if done and await self._put_away(self.folder, one, done):
                did["accepted" if done.taken else "rejected"] += 1
                did["figures"] += done.figures
        return did

    async def _still(self, folder: InboxFolder) -> Sequence[Waiting]:
        """The files that nobody is writing to."""
        before = set(await asyncio.to_thread(folder.waiting))
        if not before:
            return ()
        await asyncio.sleep(self.settled)
        return [one for one in await asyncio.to_thread(folder.waiting) if one in before]

    async def _done(self, folder: InboxFolder, one: Waiting, now: datetime) -> Done | None:
        """Read a file and store what is in it; None where it is to be looked at again."""
        try:
            content = await asyncio.to_thread(folder.read, one)
            return None if content is None else await self._taken(folder, one.name, content, now)
        except Unavailable:
            raise
        except PermissionError:
            return _unread(
                one.name, Refused("inbox.unreadable", name=told_name(one.name), inbox=folder.path), now
            )
        except (Refused, OSError) as problem:
            # Somebody reported one of its figures just now, or the drive is away. By its kind: a path may
            # name people.
            reason = problem.said.id if isinstance(problem, Refused) else type(problem).__name__
            log.warning("inbox_file_waits", reason=reason)
            return None

    async def _taken(self, folder: InboxFolder, name: str, content: bytes, now: datetime) -> Done:
        # Anew for each file: the one before may have stored what this one says.
        picture = await load_picture(self.database, today=now.date())
        reading = partial(read_figures, plan=picture.plan, series=picture.series, today=now.date())
        try:
            # Off the loop that answers people.
            found = await asyncio.to_thread(reading, told_name(name), content)
        except Exception as problem:
            # A file that no reader was ready for must not hold up those behind it.
            error_id, kind = token_hex(4), type(problem).__name__
            log.error("inbox_file_failed", error_id=error_id, problem=kind, traceback=frames_of(problem))
            return _unread(name, Refused("inbox.unforeseen", name=told_name(name), error_id=error_id), now)
        self.passing(InboxPoint.AFTER_READ)
        ready = found.is_ready()
        if ready:
            await self._store(found, now)
        return Done(
            taken=ready,
            name=NAMELESS + kind_of(name) if found.has_people else typed_name(name),
            report=lambda lies_at: lines_on(found, day=now.date(), lies_at=lies_at, inbox=folder.path),
            figures=len(found.news) if ready else 0,
        )

    async def _store(self, found: FileFigures, now: datetime) -> None:
        async with self.database.transaction() as session:
            await take_file(session, found, by=ACTOR, now=now)
            self.passing(InboxPoint.AFTER_WRITE)
        self.passing(InboxPoint.AFTER_STORE)

    async def _put_away(self, folder: InboxFolder, one: Waiting, done: Done) -> bool:
        """Report on a file and move it; whether it was this process that did."""
        said = Speaker("da")

        def words(lies_at: Path) -> str:
            return "".join(f"{said(line)}\n" for line in done.report(lies_at))

        to = folder.accepted if done.taken else folder.rejected
        try:
            target = await asyncio.to_thread(folder.report, to, done.name, words)
        except OSError as problem:
            log.warning("inbox_file_waits", reason=type(problem).__name__)
            return False
        self.passing(InboxPoint.AFTER_REPORT)
        moved = await asyncio.to_thread(folder.move, one, target)
        self.passing(InboxPoint.AFTER_MOVE)
        return moved


def _unread(name: str, why: Refused, now: datetime) -> Done:
    return Done(taken=False, name=typed_name(name), report=lambda _: lines_on_unread(why, day=now.date()))
