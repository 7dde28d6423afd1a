"""Answers about the figures of goals: how they moved, lie, fall short, came about and are counted."""

from dataclasses import replace
from functools import partial
from typing import Protocol

from bplan_bot.answers import Answer
from bplan_bot.figure_answers.answer import FigureAnswer
from bplan_bot.figure_answers.areas import beside_areas, held
from bplan_bot.figure_answers.comparison import comparison
from bplan_bot.figure_answers.counts import counts
from bplan_bot.figure_answers.gap import gap
from bplan_bot.figure_answers.short import short, short_plan
from bplan_bot.figure_answers.trend import trend
from bplan_bot.figure_answers.why import why
from bplan_bot.goal import Goal
from bplan_bot.goal_status import own_targets
from bplan_bot.picture import Picture
from bplan_bot.status import Status
from bplan_bot.understand.nearness import MOST
from bplan_bot.understand.question import ALL_AREAS, Question, Topic, Unclear
from dialogs import words


class Telling(Protocol):
    """Tells the same of each goal."""

    def __call__(
        self, picture: Picture, goals: tuple[Goal, ...], *, missing: tuple[str, ...]
    ) -> FigureAnswer:
        """The answer about these goals."""


TELLING: dict[Topic, Telling] = {
    Topic.WHY: why,
    Topic.GAP: gap,
    Topic.TREND: trend,
    Topic.COMPARE: comparison,
    Topic.COUNT: counts,
}


def figures(question: Question, picture: Picture) -> Answer | FigureAnswer:
    """What the figures of the named goals say to the question."""
    if question.areas:
        asked = () if ALL_AREAS in question.areas else question.areas
        return _told(partial(beside_areas, areas=asked), question, picture)
    if not question.goals and not question.missing:
        return TELLING[question.topic](picture, _in_question(question.topic, picture), missing=())
    return _told(TELLING[question.topic], question, picture)


def _in_question(topic: Topic, picture: Picture) -> tuple[Goal, ...]:
    """The goals among which one is asked for: those that lack something, or that have a reference."""
    if topic is Topic.COMPARE:
        return tuple(
            goal for goal in picture.plan.goals if any(t.reference for t in own_targets(goal.target))
        )
    lacking = (Status.NOT_MET, Status.UNLIKELY, Status.AT_RISK, Status.PARTLY_MET)
    return tuple(one.goal for one in picture.all() if one.leading.status in lacking)


def of_held_areas(question: Question | Unclear, picture: Picture) -> Question | Unclear:
    """The question; that it is outside of the plan where it is about figures of another municipality alone,
    and there are none."""
    if isinstance(question, Unclear) or not question.areas or question.topic is Topic.COMPARE:
        return question
    goals = [goal for number in question.goals if (goal := picture.plan.goal(number))]
    known = {area for goal in goals for area in held(picture, goal)}
    if known and (ALL_AREAS in question.areas or known.issuperset(question.areas)):
        return replace(question, topic=Topic.COMPARE)
    return Unclear(candidates=question.goals[:MOST], outside=True)


def in_short(question: Question, picture: Picture) -> Answer | FigureAnswer:
    """The named goals, or the whole plan, in sentences to read aloud."""
    if question.topic is Topic.OVERVIEW:
        return short_plan(picture)
    return _told(short, question, picture)


def _told(telling: Telling, question: Question, picture: Picture) -> Answer | FigureAnswer:
    named = tuple(goal for number in question.goals if (goal := picture.plan.goal(number)))
    if not named:
        return words.unknown_goal(question.missing, picture)
    return telling(picture, named, missing=question.missing)
