"""How a table of a source is doing: when it last answered, when its next figures come, and why it fails."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class FailureKind(StrEnum):
    """What a failure asks of us: to wait, to mend a key, or to look at what the source now answers."""

    TRY_LATER = "try_later"
    CREDENTIALS = "credentials"
    CHANGED_FORMAT = "changed_format"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a source gave nothing, in the words of a line of log: never a key, never an answer's content."""

    kind: FailureKind
    reason: str


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
