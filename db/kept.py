"""Holds in memory what was read from one database, each value with the mark under which it was read."""

from collections.abc import Hashable, Mapping
from enum import StrEnum
from typing import Any

MOST = 8
"""Values of one subject that are kept: today's, and a few of the days somebody asks about."""


class Subject(StrEnum):
    """What is kept; the subjects of the table `last_change`."""

    PLANS = "plans"
    PEOPLE = "people"


Marks = Mapping[str, str]
"""By subject the mark that the last transaction which wrote of it has left."""


class Kept:
    """Values of unchanging kinds, since every message is handed the same one."""

    def __init__(self) -> None:
        self._marks: dict[Subject, str] = {}
        self._values: dict[Subject, dict[Hashable, Any]] = {subject: {} for subject in Subject}

    def find(self, subject: Subject, key: Hashable, marks: Marks) -> Any | None:
        """What was put there under the same mark, or None."""
        if self._marks.get(subject) != marks[subject]:
            return None
        return self._values[subject].get(key)

    def put(self, subject: Subject, key: Hashable, value: Any, marks: Marks) -> None:
        """Keep a value that was read in the same moment as its mark; those of another mark are dropped."""
        values = self._values[subject]
        if self._marks.get(subject) != marks[subject] or len(values) >= MOST:
            values.clear()
        self._marks[subject] = marks[subject]
        values[key] = value
