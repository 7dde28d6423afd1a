"""How a table of a source is doing: when it last answered, when its next figures come, and why it fails."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from bplan_bot.errors import frames_of

A_WHILE = timedelta(minutes=50)
"""Over by the next of the looks that come every hour."""

TOMORROW = timedelta(hours=20)
"""Long enough that the next try is on another day."""


class FailureKind(StrEnum):
    """What a failure asks of us: to wait, to mend a key, to look at what the source now answers, or to mend
    the bot."""

    TRY_LATER = "try_later"
    CREDENTIALS = "credentials"
    CHANGED_FORMAT = "changed_format"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a source gave nothing, in the words of a line of log: never a key, never an answer's content.

    `wait` is how long the source is left alone before it is asked the same again.
    """

    kind: FailureKind
    reason: str
    wait: timedelta = A_WHILE

    def is_like(self, other: "Failure | None") -> bool:
        """Whether the other one says the same, so that it need not be told again."""
        return other is not None and (self.kind, self.reason) == (other.kind, other.reason)


class SourceFails(Exception):
    """A source did not give what it was asked for; `failure` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure


def later(reason: str, *, wait: timedelta = A_WHILE) -> SourceFails:
    """The source cannot answer now."""
    return SourceFails(Failure(FailureKind.TRY_LATER, reason, wait))


def changed(reason: str) -> SourceFails:
    """The source answers something else than what is known of it; a person must look."""
    return SourceFails(Failure(FailureKind.CHANGED_FORMAT, reason, TOMORROW))


def locked_out(reason: str) -> SourceFails:
    """The source does not let us in."""
    return SourceFails(Failure(FailureKind.CREDENTIALS, reason))


def fault(problem: Exception) -> Failure:
    """The bot itself fails on what the source answers. The same fault always has the same number, by which
    the log tells of it once, also to a process that starts anew."""
    kind = type(problem).__name__
    number = sha256(f"{kind}\n{frames_of(problem)}".encode()).hexdigest()[:8]
    return Failure(FailureKind.FAULT, f"{kind}, {number}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """One table of a source, or one source of files (its `table` is empty then).

    `published` is the day the source put its newest figures out, `expected` the day it says the next come.
    `failing_since` is the moment of the first failure after the last success. `told_late` is the day since
    which administrators have been told that it is late, see `lateness`; None where nothing is.
    """

    source: str
    table: str = ""
    asked_at: datetime | None = None
    succeeded_at: datetime | None = None
    published: date | None = None
    expected: date | None = None
    failure: Failure | None = None
    failing_since: datetime | None = None
    told_late: date | None = None

    def is_waiting(self, now: datetime) -> bool:
        """Whether it failed so short a time ago that it is left alone. Not where that lies ahead: then the
        clock was set back since."""
        return bool(
            self.failure and self.asked_at and self.asked_at <= now < self.asked_at + self.failure.wait
        )
