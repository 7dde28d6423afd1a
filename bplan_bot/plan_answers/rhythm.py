"""Which report of a goal is the newest that says something, and which period the next is due for."""

from bplan_bot.goal import Goal
from bplan_bot.goal_status import GoalStatus, own_targets
from bplan_bot.observation import Observation
from bplan_bot.period import Period


def newest_report(status: GoalStatus) -> Observation | None:
    """The newest report that says something; one that a figure is missing does not."""
    newest = status.newest
    return newest if newest and (newest.amount is not None or newest.direction is not None) else None


def next_expected(goal: Goal, newest: Observation | None, start: Period) -> Period | None:
    """The period the next figure is due for by the goal's rhythm, counted from the plan's first month
    (`start`); None where the plan does not tell, and where the newest figure is the last one of the plan."""
    times = goal.times_a_year
    whole = goal.assessed_on
    if times is None or (newest and newest.period.end >= whole.end):
        return None
    indicators = [goal.indicator(target.indicator) for target in own_targets(goal.target)]
    if times == 1 or any(one.yearly for one in indicators):
        return whole
    months = 12 // times
    steps = (
        Period.of_months(start.start.year, start.start.month, months).shifted(months * n)
        for n in range(times)
    )
    return next((one for one in steps if newest is None or one.end > newest.period.end), None)


def following(status: GoalStatus, newest: Observation | None) -> Period | None:
    """The period that a goal's next figure is due for in its plan."""
    return next_expected(status.goal, newest, Period(status.plan.start, status.plan.end))
