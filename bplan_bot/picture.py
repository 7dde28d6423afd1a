"""All that is known about a plan on one day: what every answer about its goals is read from."""

from dataclasses import dataclass
from datetime import date

from bplan_bot.goal import Goal, Plan, StatedAssessment
from bplan_bot.goal_status import GoalStatus, goal_status
from bplan_bot.observation import Series


@dataclass(frozen=True, slots=True)
class Picture:
    """A plan, the figures known and what had been said of its goals by `today`."""

    plan: Plan
    series: Series
    said: tuple[StatedAssessment, ...]
    today: date

    def of(self, goal: Goal) -> GoalStatus:
        """Where one goal stands."""
        return goal_status(self.plan, goal, series=self.series, said=self.said, today=self.today)

    def all(self) -> tuple[GoalStatus, ...]:
        """Where every goal stands, in the plan's order."""
        return tuple(self.of(goal) for goal in self.plan.goals)
