"""What a plan must be beyond the types of its fields, so that no answer stumbles over it later."""

import re

from bplan_bot.errors import Refused
from bplan_bot.goal import Goal, Plan

NUMBER = re.compile(r"[1-9][0-9]?\.[1-9][0-9]?")
"""A goal's number as people write it, and as it is found in what they write."""

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""A plan's key stands in commands, in buttons and in the keys of what is sent."""

AREA = re.compile(r"[0-9]{3}")
"""A municipality's code at Statistics Denmark."""


def check_plan(plan: Plan, *, where: str) -> None:
    """Refused `plan_files.wrong_value` or `plan_files.unknown_key` with the place in the file `where`."""
    wrong = [
        (not KEY.fullmatch(plan.key), f"key: {plan.key}: small letters, digits and hyphens"),
        (not AREA.fullmatch(plan.area), f"area: {plan.area}: three digits"),
        (plan.end < plan.start, f"end: {plan.end} is before start: {plan.start}"),
        (not plan.themes, "themes: none"),
        (not plan.goals, "goals: none"),
    ]
    numbers = (goal.number for goal in plan.goals)
    wrong += [(not NUMBER.fullmatch(one), f"goals: {one}: two numbers and a dot") for one in numbers]
    for is_wrong, problem in wrong:
        if is_wrong:
            raise Refused("plan_files.wrong_value", where=where, problem=problem)
    for goal in plan.goals:
        _check_references(plan, goal, f"{where}: mål {goal.number}")
        _check_feeds(goal, f"{where}: mål {goal.number}")


def _check_references(plan: Plan, goal: Goal, where: str) -> None:
    """Every theme, source and indicator a goal names must exist."""
    known = {indicator.key for indicator in goal.indicators}
    lines = (key for line in goal.benchmark for key in (line.actual, line.expected, line.rank))
    strangers = [key for key in (*goal.target.indicators(), *lines) if key not in known]
    if goal.theme not in {theme.number for theme in plan.themes}:
        strangers.append(str(goal.theme))
    named = [goal.source, *(indicator.source for indicator in goal.indicators)]
    sources = {source.key for source in plan.sources}
    strangers += [key for key in named if key and key not in sources]
    if strangers:
        raise Refused("plan_files.unknown_key", where=where, key=strangers[0])


def _check_feeds(goal: Goal, where: str) -> None:
    """What is judged by comes from a feed that is trusted, or from people."""
    for key in goal.target.indicators():
        feed = goal.indicator(key).feed
        if feed and feed.is_chosen and not feed.trusted:
            problem = (
                f"{key}: a feed that is not trusted cannot be judged by; give it an indicator of its own"
            )
            raise Refused("plan_files.wrong_value", where=where, problem=problem)
