"""What assessing gives: a rule's verdict, and the assessment of a goal."""

from __future__ import annotations

from dataclasses import dataclass, field

from bplan_bot.fact import Fact, FactKind
from bplan_bot.local_text import LocalText
from bplan_bot.message import Message
from bplan_bot.period import Period
from bplan_bot.status import Obstacle, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one rule says of the figures.

    `reasons` are whole sentences in reading order. `facts` holds at most one of each kind; the gap is
    positive when the figure falls short of its target. `provisional`: the figures do not reach the period
    the goal is assessed on. `due`: the year a target lies ahead in.
    """

    status: Status
    reasons: tuple[Message, ...]
    facts: tuple[Fact, ...] = ()
    obstacle: Obstacle | None = None
    provisional: bool = False
    due: int | None = None
    parts: tuple[PartVerdict, ...] = ()

    def fact(self, kind: FactKind) -> Fact | None:
        """The fact of that kind, or None."""
        return next((fact for fact in self.facts if fact.kind is kind), None)

    @property
    def period(self) -> Period | None:
        """The period of the own figure."""
        figure = self.fact(FactKind.FIGURE)
        return figure.period if figure else None


@dataclass(frozen=True, slots=True)
class PartVerdict:
    """The verdict on one criterion of several."""

    label: LocalText
    indicator: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The computed status of a goal on a day, never stored as truth."""

    goal: str
    verdict: Verdict
    chance: Message | None = field(default=None)
    """Said behind "Hvorfor?" where the figures are so few that chance alone could explain them."""

    @property
    def status(self) -> Status:
        """The computed status."""
        return self.verdict.status
