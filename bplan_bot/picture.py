"""All that is known about a plan on one day: what every answer about its goals is read from."""

from dataclasses import dataclass, replace
from datetime import date

from bplan_bot.goal import Goal, Plan, StatedAssessment
from bplan_bot.goal_status import GoalStatus, goal_status
from bplan_bot.handled import handled_said, handled_series, handled_status
from bplan_bot.observation import Series
from bplan_bot.small_counts import without_small_counts


@dataclass(frozen=True, slots=True)
class Picture:
    """A plan, the figures known and what had been said of its goals by `today`.

    `handled_only`: all of it is what the committee has handled, so whatever is read from it may be shown to
    anybody.
    """

    plan: Plan
    series: Series
    said: tuple[StatedAssessment, ...]
    today: date
    handled_only: bool = False

    def of(self, goal: Goal) -> GoalStatus:
        """Where one goal stands."""
        status = handled_status if self.handled_only else goal_status
        return status(self.plan, goal, series=self.series, said=self.said, today=self.today)

    def all(self) -> tuple[GoalStatus, ...]:
        """Where every goal stands, in the plan's order."""
        return tuple(self.of(goal) for goal in self.plan.goals)

    def handled(self) -> "Picture":
        """The picture of what the committee has handled: no newer figure and no other judgement is in it."""
        return replace(
            self,
            series=handled_series(self.plan, self.series, self.said),
            said=handled_said(self.said),
            handled_only=True,
        )

    def without_small_counts(self) -> "Picture":
        """The picture with no count of 1 or 2 in it that is the municipality's own, nor what tells it."""
        return replace(self, series=without_small_counts(self.plan, self.series))
