"""What an answer about the plan holds before it is worded: sentences, rows, parts, and their facts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bplan_bot.answers import Answer, Suggestion
from bplan_bot.fact import Fact
from bplan_bot.figure_answers.answer import Drawing, FigureAnswer, Row, Said
from bplan_bot.goal import Goal, Plan
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import Message, message
from bplan_bot.picture import Picture


class PlanTopic(StrEnum):
    """What is asked of the plan."""

    DEFINITION = "definition"
    BENCHMARK = "benchmark"
    FRESHNESS = "freshness"
    SCHEDULE = "schedule"
    RESPONSIBLE = "responsible"
    WORRY = "worry"
    PROVENANCE = "provenance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of an answer under its name; `status` is told where it is about a goal that stands so."""

    name: Said
    status: GoalStatus | None = None
    sentences: tuple[Said, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAnswer:
    """One answer about the plan. `heading` is what it is about, and the first of `sentences` is the answer.

    `summary` is what a notification says where the sentences do not say it in their first 80 characters.
    `folded` are parts that a card shows when its reader asks for them by `fold`. `about` is the one goal that
    it is about: where that stands comes first in a notification. `people` are ids shown as people.
    `handled_only`: everything in it is what the committee has handled.
    """

    plan: Plan
    topic: PlanTopic
    heading: Message
    sentences: tuple[Said, ...]
    summary: tuple[Said, ...] = ()
    drawing: Drawing | None = None
    rows: tuple[Row, ...] = ()
    sections: tuple[Section, ...] = ()
    folded: tuple[Section, ...] = ()
    fold: Message | None = None
    foot: tuple[Said, ...] = ()
    facts: tuple[Fact, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    handled_only: bool = False
    about: GoalStatus | None = None
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrected:
    """An answer with the sentence that is said before it, since the question took something wrong for
    granted."""

    answer: Answer | FigureAnswer | PlanAnswer
    corrects: Message


def is_shown(picture: Picture, goal: Goal, known_at: date) -> bool:
    """Whether what was known of a goal from a day may be told: by now, and where others read along by the
    time the committee handled the goal."""
    if not picture.handled_only:
        return known_at <= picture.today
    handled = picture.of(goal).handled
    return handled is not None and known_at <= handled.day


def named(goal: Goal) -> Message:
    """A goal by number and title."""
    return message("goal.named", number=goal.number, title=goal.title)


def numbers(goals: tuple[Goal, ...]) -> Message:
    """What an answer is about: one goal by its name, or several by their numbers."""
    if len(goals) == 1:
        return named(goals[0])
    return message("plan_answer.goals", numbers=tuple(goal.number for goal in goals))


def lacking(missing: tuple[str, ...]) -> tuple[Message, ...]:
    """That numbers asked for do not exist."""
    return tuple(message("goal.does_not_exist", number=number) for number in missing)


def opened(goals: tuple[Goal, ...]) -> tuple[Suggestion, ...]:
    """A button into each goal, where they are few, and into the whole plan."""
    into = [
        Suggestion(message("button.open", number=goal.number), f"status for mål {goal.number}")
        for goal in goals[:3]
    ]
    return (*into, Suggestion(message("button.overview"), "overblik"))
