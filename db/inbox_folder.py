"""The folder whose files wait to be read: what lies in it, and how a file leaves it without being lost."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from stat import S_ISREG

from bplan_bot.errors import Refused
from bplan_bot.file_name import kind_of, may_hold_figures
from bplan_bot.importers.grid import MOST_BYTES

REPORT = ".txt"
"""What is put behind the name of a file to name its report."""

_LONGEST = 200
"""Bytes of a name; with a number and the report's ending it is still one that every file system takes."""

_WHOLE = getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)

Stamp = tuple[int, int]
"""The size of a file, and when it was last written to. Not its number, which some network drives make up."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits, as it was when it was looked at."""

    name: str
    stamp: Stamp


class InboxFolder:
    """The folder of `BPLAN_INBOX`, with `accepted` and `rejected` beside it. Everything here blocks, as
    network drives do."""

    def __init__(self, path: str) -> None:
        self.path = Path(os.path.abspath(path))
        self.accepted = self.path.parent / "accepted"
        self.rejected = self.path.parent / "rejected"

    def check(self) -> None:
        """Refused `inbox.no_folder`, `.cannot_use` or `.other_drive` where files could not be taken."""
        if not self.path.name or not os.path.isdir(self.path):
            raise Refused("inbox.no_folder", path=self.path)
        _refuse_closed(self.path)
        for beside in (self.accepted, self.rejected):
            there = beside if os.path.lexists(beside) else self.path.parent
            _refuse_closed(there)
            # From one drive to another a file is not moved but copied, and could be cut off on the way.
            if os.stat(there).st_dev != os.stat(self.path).st_dev:
                raise Refused("inbox.other_drive", path=beside, inbox=self.path)

    def prepare(self) -> None:
        """Make the two folders beside it; Refused as `check`."""
        self.check()
        try:
            for beside in (self.accepted, self.rejected):
                beside.mkdir(exist_ok=True)
        except OSError as problem:
            raise Refused("inbox.cannot_use", path=self.path.parent) from problem

    def waiting(self) -> tuple[Waiting, ...]:
        """The files that may hold figures, oldest first; no links, folders, hidden files or Excel's notes.

        Refused `inbox.cannot_use` where the folder cannot be read any longer.
        """
        try:
            found = list(self._files())
        except OSError as problem:
            raise Refused("inbox.cannot_use", path=self.path) from problem
        return tuple(sorted(found, key=lambda one: (one.stamp[1], one.name)))

    def read(self, one: Waiting) -> bytes | None:
        """The bytes of a file, one more at most than are allowed; None where it is gone or another by now.

        OSError where it cannot be read.
        """
        try:
            # A link that was put in its place is not followed, and a pipe is not waited for.
            opened = os.open(self.path / one.name, os.O_RDONLY | _WHOLE | _NO_LINK | _NO_WAIT)
        except FileNotFoundError:
            return None
        with os.fdopen(opened, "rb") as file:
            if _stamp(os.fstat(opened)) != one.stamp:
                return None
            content = file.read(MOST_BYTES + 1)
            return content if _stamp(os.fstat(opened)) == one.stamp else None

    def report(self, folder: Path, name: str, words: Callable[[Path], str]) -> Path:
        """Write the report on a file, and give the path the file is to have: that name in the folder or,
        where it is taken, the next one. No other process is given the same. `words` are told it too."""
        for target in (folder / numbered for numbered in _numbered(name)):
            if os.path.lexists(target):
                continue
            report = _report_of(target)
            try:
                file = report.open("x", encoding="utf-8")
            except FileExistsError:
                continue
            try:
                with file:
                    file.write(words(target))
            except BaseException:
                report.unlink()
                raise
            return target
        raise AssertionError("numbers do not end")

    def move(self, one: Waiting, target: Path) -> bool:
        """Move a file to where its report lies. False, and the report is taken back, where the file is gone,
        has been written to since, or cannot be moved."""
        source = self.path / one.name
        # What another process has taken, or somebody still has open, is looked at again.
        with suppress(OSError):
            if _stamp(os.lstat(source)) == one.stamp:
                os.rename(source, target)
                return True
        _report_of(target).unlink(missing_ok=True)
        return False

    def _files(self) -> Iterator[Waiting]:
        for name in os.listdir(self.path):
            if not may_hold_figures(name):
                continue
            try:
                found = os.lstat(self.path / name)
            except FileNotFoundError:
                continue
            if S_ISREG(found.st_mode):
                yield Waiting(name, _stamp(found))


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns


def _report_of(target: Path) -> Path:
    return target.with_name(target.name + REPORT)


def _refuse_closed(path: Path) -> None:
    may = os.R_OK | os.W_OK | os.X_OK
    as_who_we_are = os.access in os.supports_effective_ids
    if not (os.path.isdir(path) and os.access(path, may, effective_ids=as_who_we_are)):
        raise Refused("inbox.cannot_use", path=path)


def _numbered(name: str) -> Iterator[str]:
    """The name, then with a number before its ending; cut where it is too long to have one."""
    kind = kind_of(name)
    ending = name[len(name) - len(kind) :]
    stem = name[: len(name) - len(kind)]
    while len(os.fsencode(stem)) > _LONGEST:
        stem = stem[:-1]
    yield stem + ending
    yield from (f"{stem} ({number}){ending}" for number in count(2))
