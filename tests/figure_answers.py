"""The answers about figures that have golden files, and every one of them for every goal."""

from collections.abc import Callable

from bplan_bot.figure_answers.answer import FigureAnswer, FigureTopic
from bplan_bot.figure_answers.comparison import comparison
from bplan_bot.figure_answers.counts import counts
from bplan_bot.figure_answers.gap import gap
from bplan_bot.figure_answers.short import short, short_plan
from bplan_bot.figure_answers.trend import trend
from bplan_bot.figure_answers.why import why
from bplan_bot.goal import Goal
from bplan_bot.picture import Picture

ANSWER: dict[FigureTopic, Callable[..., FigureAnswer]] = {
    FigureTopic.TREND: trend,
    FigureTopic.COMPARE: comparison,
    FigureTopic.GAP: gap,
    FigureTopic.WHY: why,
    FigureTopic.COUNT: counts,
    FigureTopic.SHORT: short,
}

PROOFREAD = {
    FigureTopic.TREND: ("1.1", "2.2", "4.1", "6.2", "6.6", "6.12"),
    FigureTopic.COMPARE: ("1.1", "1.2", "4.1", "6.1", "6.2", "6.7"),
    FigureTopic.GAP: ("1.1", "2.1", "2.2", "5.1", "6.1", "6.2", "6.4", "6.6", "6.8", "6.11"),
    FigureTopic.WHY: ("2.1", "2.2", "4.1", "6.4", "6.11", "6.12"),
    FigureTopic.COUNT: ("1.1", "2.2", "6.2", "6.8"),
    FigureTopic.SHORT: ("2.1", "2.2", "4.1", "6.6", "6.7"),
}
"""Of each topic the goals whose wording is unlike that of the others."""


def told(picture: Picture, topic: FigureTopic, *numbers: str, missing: tuple[str, ...] = ()) -> FigureAnswer:
    """An answer about those goals."""
    return ANSWER[topic](picture, goals(picture, *numbers), missing=missing)


def goals(picture: Picture, *numbers: str) -> tuple[Goal, ...]:
    """The goals with those numbers, all of them where none is named."""
    return tuple(goal for goal in picture.plan.goals if not numbers or goal.number in numbers)


def proofread(seen: Picture, before: Picture) -> dict[str, FigureAnswer]:
    """By the name of their golden file: after the follow-up, before it, and where others read along."""
    return {
        **{
            f"{topic}-{number}": told(seen, topic, number)
            for topic, numbers in PROOFREAD.items()
            for number in numbers
        },
        "short-plan": short_plan(seen),
        "short-plan-before-the-follow-up": short_plan(before),
        "short-1.1-before-the-follow-up": told(before, FigureTopic.SHORT, "1.1"),
        "why-1.1-before-the-follow-up": told(before, FigureTopic.WHY, "1.1"),
        "compare-several": told(seen, FigureTopic.COMPARE, "6.2", "6.11", missing=("7.4",)),
        "gap-not-met": told(seen, FigureTopic.GAP, "2.2", "5.1", "6.2", "6.6", "6.11", "6.12"),
        "gap-focus-goals": told(seen, FigureTopic.GAP, "1.2", "1.3"),
        "handled-why-2.1": told(seen.handled(), FigureTopic.WHY, "2.1"),
        "handled-gap-2.1": told(seen.handled(), FigureTopic.GAP, "2.1"),
        "handled-short-6.2-not-yet": told(before.handled(), FigureTopic.SHORT, "6.2"),
        "handled-trend-1.1-not-yet": told(before.handled(), FigureTopic.TREND, "1.1"),
        "handled-compare-not-yet": told(before.handled(), FigureTopic.COMPARE, "6.2", "6.11"),
    }
