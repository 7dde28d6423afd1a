"""Figures that were brought in one go, of one table, file or form, and who brought them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bplan_bot.observation import Document, Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Figures that are stored together or not at all.

    `source` is the key of where they come from; they are all of `document`, and each has its own origin.
    `by` is an Entra object id, or what brought them: "job:poll", "command line". `goal` is the one goal that
    somebody reported on, empty where the batch is not a report. `detail` holds JSON values that go into the
    audit row.
    """

    source: str
    document: Document
    observations: tuple[Observation, ...]
    by: str
    goal: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        strangers = {one.document.key for one in self.observations} - {self.document.key}
        if strangers:
            raise ValueError(f"not of {self.document.key}: {sorted(strangers)}")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: figures nobody had, those that correct a stored one, those stored already."""

    new: int = 0
    corrected: int = 0
    same: int = 0

    @property
    def stored(self) -> int:
        """How many rows were written."""
        return self.new + self.corrected
