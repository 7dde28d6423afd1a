"""One figure of an answer with how it came about, so that every printed number can be traced."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bplan_bot.goal import Indicator
from bplan_bot.observation import Observation
from bplan_bot.period import Period
from bplan_bot.quantity import Quantity


class FactKind(StrEnum):
    """What a figure is in an answer."""

    FIGURE = "figure"
    BASELINE = "baseline"
    REFERENCE = "reference"
    REFERENCE_BASELINE = "reference_baseline"
    CHANGE = "change"
    REFERENCE_CHANGE = "reference_change"
    DISTANCE = "distance"
    THRESHOLD = "threshold"
    GAP = "gap"
    PACE = "pace"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    NEEDED = "needed"
    YEARS = "years"
    GOALS = "goals"
    PEOPLE = "people"
    CORRECTIONS = "corrections"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A figure and its derivation: the `observation` it was read from, or the facts it was made `of`.

    `operation` says how ("difference", "sum", "per_year", "limit"); a limit that the plan sets has neither,
    and so has a number of goals, people, years or corrections, whose `operation` alone says what was counted.
    """

    kind: FactKind
    quantity: Quantity
    period: Period | None = None
    observation: Observation | None = None
    operation: str = ""
    of: tuple[Fact, ...] = ()

    @property
    def when(self) -> Period:
        """The period of a figure read from an observation; ValueError for a bare limit."""
        if self.period is None:
            raise ValueError(f"{self.kind} has no period")
        return self.period

    def difference(self, kind: FactKind, other: Fact) -> Fact:
        """Itself minus another, as a fact of its own."""
        return Fact(
            kind=kind,
            quantity=self.quantity - other.quantity,
            period=self.period,
            operation="difference",
            of=(self, other),
        )


def observed(kind: FactKind, indicator: Indicator, observation: Observation) -> Fact:
    """The fact that an observation with a value is; ValueError for one without."""
    if observation.amount is None:
        raise ValueError(f"{observation.indicator} {observation.period.code} has no value")
    quantity = Quantity(observation.amount, indicator.unit, indicator.noun)
    return Fact(kind=kind, quantity=quantity, period=observation.period, observation=observation)
