"""A follow-up round: one half of a plan's year, its dates, and what people answered in it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The first (`half` 1) or second (2) follow-up of a plan, as it goes to the committee.

    `committee_on` is the day of the meeting, `agenda_on` the day its papers go out, `figures_by` the last day
    for reporting figures. It is open until `closed_at`.
    """

    plan: str
    half: int
    committee_on: date
    agenda_on: date
    figures_by: date
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None = None
    closed_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether figures are still asked for."""
        return self.closed_at is None


class RoundAnswerKind(StrEnum):
    """What somebody answered instead of a figure."""

    NO_NEWS = "no_news"
    HANDED_ON = "handed_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundAnswer:
    """That `person` has no new figures for a goal of a round, or handed the goal on to a colleague."""

    plan: str
    half: int
    goal: str
    kind: RoundAnswerKind
    person: str
    at: datetime
    handed_to: str = ""
    note: str = ""
