"""`maintain`: series in, status out. A bit worse without an agreed tolerance is for a person to judge."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bplan_bot.quantity import Unit
from bplan_bot.status import Obstacle, Status
from bplan_bot.target import Polarity, Tolerance
from tests.bplan_bot.cases import Row, assessed, half_way, holds, make_target, one_goal, row

HELD_DOWN: dict[str, Any] = {"type": "maintain", "polarity": Polarity.LOWER}
HELD_UP: dict[str, Any] = {"type": "maintain", "polarity": Polarity.HIGHER}
HELD_BESIDE = {"type": "maintain", "polarity": Polarity.NEITHER}

MET, NOT_MET, JUDGE = Status.MET, Status.NOT_MET, Status.NEEDS_JUDGEMENT
COUNT: dict[str, Any] = {"unit": Unit.COUNT}
HELD: dict[str, Any] = {**COUNT, "says": ("year_on_year.reason", "maintain.held")}
BY_CHANCE: dict[str, Any] = {**COUNT, "says": ("year_on_year.reason", "maintain.within_chance")}
BEYOND: dict[str, Any] = {**COUNT, "says": ("year_on_year.reason", "maintain.beyond_chance")}
NO_BASELINE: dict[str, Any] = {"obstacle": Obstacle.REFERENCE_MISSING, "says": ("lacking.baseline",)}


def agreed(value: str) -> dict[str, Any]:
    """A tolerance that somebody chose."""
    return {"target": {"tolerance": Tolerance(Decimal(value), "Arbejdsmarkedsudvalget", date(2024, 1, 10))}}


@pytest.mark.parametrize(
    "row",
    [
        row("fewer", "own 2023=10 2024=8", MET, "-2", **HELD),
        row("as many", "own 2023=10 2024=10", MET, "0", **HELD),
        row("none before, none now", "own 2023=0 2024=0", MET, "0", **HELD),
        row("two more than ten", "own 2023=10 2024=12", JUDGE, "2", **BY_CHANCE),
        row("exactly half as much again", "own 2023=10 2024=15", JUDGE, "5", **BY_CHANCE),
        row("more than half as much again", "own 2023=10 2024=16", NOT_MET, "6", **BEYOND),
        row("half as much again, of few", "own 2023=2 2024=3", JUDGE, "1", **BY_CHANCE),
        row("twice as many, of few", "own 2023=2 2024=4", NOT_MET, "2", **BEYOND),
        row("one where there was none", "own 2023=0 2024=1", NOT_MET, "1", **BEYOND),
        row("the last that chance gives of a hundred", "own 2023=100 2024=125", JUDGE, "25", **BY_CHANCE),
        row("the first that chance does not give", "own 2023=100 2024=126", NOT_MET, "26", **BEYOND),
        row(
            "a share, a bit worse",
            "own 2023=10 2024=12",
            JUDGE,
            "2",
            says=("year_on_year.reason", "maintain.no_tolerance"),
        ),
        row("a share, far worse", "own 2023=10 2024=15.1", NOT_MET, "5.1"),
        row("nothing last year", "own 2024=12", Status.NOT_ASSESSABLE, **NO_BASELINE),
        row("nothing this year", "own 2023=10", Status.NOT_REPORTED),
        row(
            "told in words",
            "own 2023=10 2024=unchanged",
            Status.NOT_REPORTED,
            says=("lacking.not_reported_by",),
        ),
    ],
)
def test_worse_within_chance_needs_judgement_and_beyond_it_is_not_met(row: Row) -> None:
    holds(row, HELD_DOWN)


@pytest.mark.parametrize(
    "row",
    [
        row("more", "own 2023=10 2024=12", MET, "-2", **HELD),
        row("two fewer than twelve", "own 2023=12 2024=10", JUDGE, "2", **BY_CHANCE),
        row("down from half as much again", "own 2023=15 2024=10", JUDGE, "5", **BY_CHANCE),
        row("down from more than that", "own 2023=16 2024=10", NOT_MET, "6", **BEYOND),
        row("down to none", "own 2023=1 2024=0", NOT_MET, "1", **BEYOND),
    ],
)
def test_replacing_polarity_mirrors_the_verdict(row: Row) -> None:
    holds(row, HELD_UP)


@pytest.mark.parametrize(
    "row",
    [
        row("as many", "own 2023=10 2024=10", MET, "0", **HELD),
        row("more", "own 2023=10 2024=12", JUDGE, "2", **BY_CHANCE),
        row("fewer", "own 2023=12 2024=10", JUDGE, "2", **BY_CHANCE),
    ],
)
def test_where_neither_way_is_better_every_move_is_away(row: Row) -> None:
    holds(row, HELD_BESIDE)


@pytest.mark.parametrize(
    "row",
    [
        row("on it", "own 2023=10 2024=12", MET, "2", **COUNT, **agreed("2")),
        row("beyond it, though chance could", "own 2023=10 2024=13", NOT_MET, "3", **COUNT, **agreed("2")),
        row("none at all", "own 2023=10 2024=11", NOT_MET, "1", **COUNT, **agreed("0")),
        row("wide", "own 2023=2 2024=6", MET, "4", **COUNT, **agreed("4")),
        row("in points", "own 2023=10 2024=10.5", MET, "0.5", **agreed("0.5")),
        row("a tenth of a point beyond", "own 2023=10 2024=10.6", NOT_MET, "0.6", **agreed("0.5")),
    ],
)
def test_an_agreed_tolerance_decides_alone(row: Row) -> None:
    holds(row, HELD_DOWN)


@pytest.mark.parametrize(
    "row",
    [
        half_way("fewer than in the same months", "own 2023-S1=5 2024-S1=4", Status.ON_TRACK, "-1", **COUNT),
        half_way(
            "as many, of a count that grows",
            "own 2023-S1=5 2024-S1=5",
            Status.ON_TRACK,
            "0",
            own={"accumulates": True},
            **COUNT,
        ),
        half_way("a bit more", "own 2023-S1=5 2024-S1=6", JUDGE, "1", **COUNT),
        half_way("far more", "own 2023-S1=5 2024-S1=9", Status.UNLIKELY, "4", **COUNT),
        half_way(
            "only the whole of last year is known",
            "own 2023=10 2024-S1=6",
            Status.NOT_ASSESSABLE,
            provisional=False,
            **NO_BASELINE,
        ),
    ],
)
def test_half_way_the_level_is_compared_with_the_same_months(row: Row) -> None:
    holds(row, HELD_DOWN)


def test_half_way_up_is_not_held_for_good_by_a_count_that_grows() -> None:
    goal = one_goal(make_target(**HELD_UP), Unit.COUNT, own={"accumulates": True})

    assert assessed(goal, "own 2023-S1=5 2023=12 2024-S1=6").status is Status.ON_TRACK
