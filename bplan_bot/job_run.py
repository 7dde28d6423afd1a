"""One run of a job: when it ran, how it ended and what it did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRun:
    """A run. One without `ended_at` still runs, or was killed; its `outcome` is empty as long.

    `did` is what it did in figures, as JSON values; `error` why it failed.
    """

    job: str
    started_at: datetime
    ended_at: datetime | None = None
    outcome: str = ""
    did: Mapping[str, Any]
    error: str = ""
    id: int = 0
