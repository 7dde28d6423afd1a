"""What it costs to assess many goals beside the 22 of a plan, and whether that grows with their number."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from benchmarks.imports import MONTHS, made_plan
from bplan_bot.goal import Goal, Plan
from bplan_bot.local_text import LocalText
from bplan_bot.observation import Document, Observation, Series
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.target import Target

GOALS = (22, 220, 2_200)
"""Goals of the made plans; each has a figure for every one of 120 months."""

REPEATS = 3
"""Measurements of one plan, of which the quickest counts: what else the machine does only adds."""

_AFTER = date(2025, 4, 1)
_SAID_BY = Document("made", LocalText("opdigtet", "made"), "", _AFTER, 0)


def measured() -> Mapping[int, tuple[float, float]]:
    """By the number of goals the processor seconds that it takes to put their figures in order, and to assess
    all of them."""
    return {goals: seconds_of(goals) for goals in GOALS}


def assess_table(seconds: Mapping[int, tuple[float, float]]) -> str:
    """The figures as a Markdown table, as times of the smallest plan."""
    ordered, assessed = seconds[GOALS[0]]
    head = ["goals of 120 months", "figures", "put in order", "assessed", "ms a goal"]
    rows = [
        [
            f"{goals:,}",
            f"{goals * MONTHS:,}",
            f"{order / ordered:.1f}",
            f"{assess / assessed:.1f}",
            f"{1000 * assess / goals:.2f}",
        ]
        for goals, (order, assess) in seconds.items()
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def seconds_of(goals: int) -> tuple[float, float]:
    """The quickest of a few measurements of a plan with so many goals."""
    plan = made_plan(goals * MONTHS)
    plan = replace(plan, goals=tuple(_ruled(goal, place) for place, goal in enumerate(plan.goals)))
    figures = list(_figures(plan.goals))
    ordered, assessed = zip(*(_once(plan, figures) for _ in range(REPEATS)), strict=True)
    return min(ordered), min(assessed)


def _once(plan: Plan, figures: list[Observation]) -> tuple[float, float]:
    start = time.process_time()
    picture = Picture(plan, Series(figures), (), _AFTER)
    ordered = time.process_time()
    told = picture.all()
    done = time.process_time()
    if len(told) != len(plan.goals) or any(one.assessment.verdict.facts == () for one in told):
        raise ValueError("a goal was not assessed")
    return ordered - start, done - ordered


def _ruled(goal: Goal, place: int) -> Goal:
    """Every other goal is held against a bar, the others against the year before."""
    if place % 2 == 0:
        return goal
    return replace(goal, target=Target(type="increase", indicator=goal.indicators[0].key))


def _figures(goals: tuple[Goal, ...]) -> Iterator[Observation]:
    chance = Random(1)  # noqa: S311  # made figures
    for goal in goals:
        part = chance.randint(300, 700)
        for month in range(MONTHS):
            part = max(100, min(900, part + chance.randint(-20, 20)))
            yield Observation(
                indicator=goal.indicators[0].key,
                area="707",
                period=Period.month(2015 + month // 12, month % 12 + 1),
                value=Decimal(part) / 10,
                numerator=Decimal(part),
                denominator=Decimal(1000),
                document=_SAID_BY,
                known_at=_AFTER,
            )
