"""How a table of a source is doing: when it last answered, when its next figures come, and why it fails."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

A_WHILE = timedelta(minutes=50)
"""Over by the next of the looks that come every hour."""

TOMORROW = timedelta(hours=20)
"""Long enough that the next try is on another day."""


class FailureKind(StrEnum):
    """What a failure asks of us: to wait, to mend a key, or to look at what the source now answers."""

    TRY_LATER = "try_later"
    CREDENTIALS = "credentials"
    CHANGED_FORMAT = "changed_format"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """One table of a source, or one source of files (its `table` is empty then).

    `published` is the day the source put its newest figures out, `expected` the day it says the next come.
    `failing_since` is the moment of the first failure after the last success. `told_late` is the `expected`
    day that the administrator has been told is late; None where nothing is late.
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
        """Whether it failed so short a time ago that it is left alone."""
        return bool(self.failure and self.asked_at and now < self.asked_at + self.failure.wait)
