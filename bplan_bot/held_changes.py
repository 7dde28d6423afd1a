"""Changes that were held back since too many came at once: what an administrator may do with them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bplan_bot.notice import Notice


class HeldAct(StrEnum):
    """What a button of the card does."""

    RELEASE = "held.release"
    DROP = "held.drop"


@dataclass(frozen=True, slots=True)
class HeldDecision:
    """What somebody decided about changes that were held back, and when. `told` is how many notices went out
    for it."""

    act: HeldAct
    at: datetime
    by: str
    told: int = 0


@dataclass(frozen=True, slots=True)
class HeldChanges:
    """The notice that told of them, and what has been decided; None while nothing was. `now` is aware."""

    notice: Notice
    now: datetime
    decision: HeldDecision | None = None


def held_at(notice: Notice) -> datetime:
    """When the changes were held that a notice tells of; aware."""
    return datetime.fromisoformat(notice.facts["at"])
