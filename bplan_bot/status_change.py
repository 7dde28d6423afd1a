"""A goal's status went from one to another: when, and on which figures."""

from dataclasses import dataclass
from datetime import datetime

from bplan_bot.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """One change of a goal's computed status. `before` is None the first time a goal is looked at.

    `figures` names what it rests on (indicator, period and value) so that a reader can trace it. `held`: it
    came with too many others at once, so nobody is told before an administrator has looked. `number` is its
    place in its goal's history, from 1: what came after what, also where the clock was set back; 0 where that
    is not known.
    """

    plan: str
    goal: str
    before: Status | None
    after: Status
    at: datetime
    figures: str = ""
    held: bool = False
    number: int = 0
    id: int = 0
