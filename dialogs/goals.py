"""Answers about goals: one, several, those with a status, a theme, the whole plan."""

from dataclasses import replace

from bplan_bot.answers import Answer, GoalAnswer, GoalsAnswer, OverviewAnswer
from bplan_bot.goal import Goal
from bplan_bot.message import Message, message
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.lists import met_among
from bplan_bot.understand.question import Question
from dialogs import words


def status(question: Question, picture: Picture) -> Answer:
    """The goals that were named: in full when it is one, in short when there are more."""
    named = [goal for number in question.goals if (goal := picture.plan.goal(number))]
    if not named:
        return words.unknown_goal(question.missing, picture)
    if len(named) == 1 and not question.missing:
        return GoalAnswer(picture.of(named[0]))
    return _several(message("heading.goals"), named, picture, missing=question.missing)


def overview(question: Question, picture: Picture) -> Answer:
    """The whole plan."""
    return OverviewAnswer(picture.plan, picture.all())


def listed(question: Question, picture: Picture) -> Answer:
    """The goals whose leading status is one of those asked for, of one theme or among goals where those were
    named."""
    wanted = set(question.statuses)
    heading = message(f"heading.status.{question.statuses[0]}")
    if len(wanted) > 1:
        named = tuple(message(f"count.{status}", n=2) for status in question.statuses)
        heading = message("heading.status.several", statuses=named)
    among = [goal for goal in picture.all() if _is_among(goal.goal, question)]
    goals = tuple(goal for goal in among if goal.leading.status in wanted)
    return GoalsAnswer(
        plan=picture.plan,
        heading=heading,
        goals=goals,
        handled_only=picture.handled_only,
        tally=message("goals.in_all", n=len(goals)) if len(goals) > 1 else None,
    )


def _is_among(goal: Goal, question: Question) -> bool:
    return question.theme in (None, goal.theme) and (not question.goals or goal.number in question.goals)


def every(question: Question, picture: Picture) -> Answer:
    """All goals by name."""
    return _several(
        message("heading.every_goal", n=len(picture.plan.goals)), list(picture.plan.goals), picture
    )


def theme(question: Question, picture: Picture) -> Answer:
    """The goals of one chapter of the plan."""
    chosen = picture.plan.theme(question.theme or 0)
    heading = message("heading.theme", title=chosen.title)
    if chosen.minister_goal:
        heading = message("heading.theme.minister", number=chosen.minister_goal, title=chosen.title)
    goals = [goal for goal in picture.plan.goals if goal.theme == chosen.number]
    return replace(_several(heading, goals, picture), tally=met_among([picture.of(goal) for goal in goals]))


def _several(
    heading: Message, goals: list[Goal], picture: Picture, *, missing: tuple[str, ...] = ()
) -> GoalsAnswer:
    return GoalsAnswer(
        plan=picture.plan,
        heading=heading,
        goals=tuple(picture.of(goal) for goal in goals),
        missing=missing,
        handled_only=picture.handled_only,
    )
