"""Which roles of a plan nobody has, in words: for whoever sets the bot up."""

from collections.abc import Sequence

from bplan_bot.access import Person, Role
from bplan_bot.goal import Plan
from bplan_bot.message import Message, message

NEEDED = (Role.ADMINISTRATOR, Role.PLANNER, Role.HEAD)
"""Roles that somebody should have, the one without which no other can be given first."""


def unstaffed(plan: Plan, people: Sequence[Person]) -> tuple[Message, ...]:
    """A sentence for each role of the whole plan that nobody has, and one for the goals nobody reports on."""
    lacking = [
        message(f"staffing.no_{role}") for role in NEEDED if not any(person.has(role) for person in people)
    ]
    alone = tuple(
        goal.number
        for goal in plan.goals
        if not any(person.has_for(goal.number, Role.REPORTER) for person in people)
    )
    if len(alone) == len(plan.goals):
        lacking.append(message("staffing.no_reporters"))
    elif alone:
        lacking.append(message("staffing.goals_without_reporter", goals=alone))
    return tuple(lacking)
