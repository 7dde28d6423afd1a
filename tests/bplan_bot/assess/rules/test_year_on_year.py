"""`increase` and `decrease`: series in, status out."""

from datetime import date
from typing import Any

import pytest

from bplan_bot.fact import FactKind
from bplan_bot.goal import Break
from bplan_bot.period import Period
from bplan_bot.quantity import Unit
from bplan_bot.status import Obstacle, Status
from bplan_bot.target import Polarity
from tests.bplan_bot.cases import Row, assessed, half_way, holds, make_target, one_goal, row
from tests.factories import text

RISE: dict[str, Any] = {"type": "increase", "polarity": Polarity.HIGHER}
FALL: dict[str, Any] = {"type": "decrease", "polarity": Polarity.LOWER}

COUNT: dict[str, Any] = {"unit": Unit.COUNT}
GROWING: dict[str, Any] = {"unit": Unit.COUNT, "own": {"accumulates": True}}
SETTLED: dict[str, Any] = {**GROWING, "provisional": False}
NO_BASELINE: dict[str, Any] = {"obstacle": Obstacle.REFERENCE_MISSING, "says": ("lacking.baseline",)}
BROKEN: dict[str, Any] = {"obstacle": Obstacle.NOT_COMPARABLE, "says": ("lacking.break_in_series",)}

MET, NOT_MET, ON_TRACK, UNLIKELY = Status.MET, Status.NOT_MET, Status.ON_TRACK, Status.UNLIKELY
AT_RISK, NOT_ASSESSABLE = Status.AT_RISK, Status.NOT_ASSESSABLE


def broken(day: date) -> dict[str, Any]:
    """An own indicator that counts something else from that day on."""
    return {"own": {"breaks": (Break(day, text("reformen")),)}}


@pytest.mark.parametrize(
    "row",
    [
        row("more", "own 2023=288 2024=326", MET, "-38", **COUNT),
        row("more of a share, in points", "own 2023=11.0 2024=12.2", MET, "-1.2"),
        row("a hair more", "own 2023=20.8 2024=20.9", MET, "-0.1"),
        row("as many", "own 2023=26 2024=26", NOT_MET, "0", **COUNT),
        row("fewer", "own 2023=26 2024=25", NOT_MET, "1", **COUNT),
        row("from nought", "own 2023=0 2024=1", MET, "-1", **COUNT),
        row("nought both years", "own 2023=0 2024=0", NOT_MET, "0", **COUNT),
        row("the exact shares decide", "own 2023=161/1000 2024=1611/10000", MET, "-0.01"),
        row("no figure last year", "own 2024=326", NOT_ASSESSABLE, **NO_BASELINE, **COUNT),
        row("last year was never counted", "own 2023=? 2024=326", NOT_ASSESSABLE, **NO_BASELINE),
        row("last year was hidden", "own 2023=x 2024=9", NOT_ASSESSABLE, obstacle=Obstacle.SUPPRESSED),
        row("this year is hidden", "own 2023=9 2024=x", NOT_ASSESSABLE, obstacle=Obstacle.SUPPRESSED),
        row("last year told in words", "own 2023=increased 2024=9", NOT_ASSESSABLE, **NO_BASELINE),
        row(
            "a month beside a month",
            "own 2024-M01=34 2025-M01=38",
            MET,
            "-4",
            goal={"assessed_on": Period.month(2025, 1)},
            **COUNT,
        ),
        row("a month is not held against a year", "own 2023=30 2024-M12=34", NOT_ASSESSABLE, **NO_BASELINE),
    ],
)
def test_increase_is_met_by_any_rise_and_by_nothing_less(row: Row) -> None:
    holds(row, RISE)


@pytest.mark.parametrize(
    "row",
    [
        row("fewer", "own 2023=358 2024=342", MET, "-16", **COUNT),
        row("as many", "own 2023=342 2024=342", NOT_MET, "0", **COUNT),
        row("more", "own 2023=342 2024=358", NOT_MET, "16", **COUNT),
        row("down to nought", "own 2023=1 2024=0", MET, "-1", **COUNT),
        row("a share", "own 2023=14.1 2024=14.6", NOT_MET, "0.5"),
    ],
)
def test_decrease_is_met_by_any_fall_and_by_nothing_less(row: Row) -> None:
    holds(row, FALL)


@pytest.mark.parametrize(
    "row",
    [
        half_way(
            "ahead of the same months",
            "own 2023-S1=140 2023=288 2024-S1=170",
            ON_TRACK,
            "-30",
            says=("year_on_year.reason", "year_on_year.change", "lacking.rest_of_period"),
            **GROWING,
        ),
        half_way("behind the same months", "own 2023-S1=140 2023=288 2024-S1=130", UNLIKELY, "10", **GROWING),
        half_way(
            "level with the same months", "own 2023-S1=140 2023=288 2024-S1=140", AT_RISK, "0", **GROWING
        ),
        half_way(
            "mid-June beside mid-June",
            "own 2023-01-01/2023-06-15=140 2023-S1=150 2024-01-01/2024-06-15=145",
            ON_TRACK,
            "-5",
            **GROWING,
        ),
        half_way("past all of last year", "own 2023-S1=140 2023=288 2024-S1=289", MET, "-1", **SETTLED),
        half_way(
            "past all of last year, whose half is unknown", "own 2023=288 2024-S1=289", MET, "-1", **SETTLED
        ),
        half_way(
            "as many as all of last year", "own 2023-S1=140 2023=288 2024-S1=288", ON_TRACK, "-148", **GROWING
        ),
        half_way(
            "short of last year, whose half is unknown",
            "own 2023=288 2024-S1=170",
            NOT_ASSESSABLE,
            provisional=False,
            **NO_BASELINE,
            **GROWING,
        ),
        half_way(
            "a figure that may fall again", "own 2023-S1=140 2023=288 2024-S1=289", ON_TRACK, "-149", **COUNT
        ),
        half_way("a share beside the same half", "own 2023-S1=20.8 2023=23 2024-S1=22.7", ON_TRACK, "-1.9"),
        half_way("a month at mid-year", "own 2023-M06=51.4 2024-M06=53.3", ON_TRACK, "-1.9"),
        half_way(
            "a rolling year beside a rolling year",
            "own 2022-07-01/2023-06-30=300 2023=288 2023-07-01/2024-06-30=310",
            ON_TRACK,
            "-10",
            **GROWING,
        ),
        half_way(
            "nothing yet, once a year",
            "own 2023=75.7",
            Status.NOT_DUE,
            provisional=False,
            own={"yearly": True},
        ),
    ],
)
def test_half_way_a_count_is_compared_with_the_same_months_and_met_only_past_all_of_last_year(
    row: Row,
) -> None:
    holds(row, RISE)


@pytest.mark.parametrize(
    "row",
    [
        half_way(
            "fewer than in the same months", "own 2023-S1=6 2023=10 2024-S1=5", ON_TRACK, "-1", **GROWING
        ),
        half_way("more than in the same months", "own 2023-S1=6 2023=10 2024-S1=7", UNLIKELY, "1", **GROWING),
        half_way("as many as in the same months", "own 2023-S1=6 2023=10 2024-S1=6", AT_RISK, "0", **GROWING),
        half_way(
            "as many as in all of last year", "own 2023-S1=6 2023=10 2024-S1=10", NOT_MET, "0", **SETTLED
        ),
        half_way("more than in all of last year", "own 2023=10 2024-S1=11", NOT_MET, "1", **SETTLED),
        half_way("a stock may still fall", "own 2023-S1=6 2023=10 2024-S1=11", UNLIKELY, "5", **COUNT),
    ],
)
def test_half_way_fewer_is_never_met_early_but_missed_early_once_last_year_is_reached(row: Row) -> None:
    holds(row, FALL)


@pytest.mark.parametrize(
    "row",
    [
        row("between the years", "own 2023=20 2024=22", NOT_ASSESSABLE, **BROKEN, **broken(date(2024, 1, 1))),
        row("within this year", "own 2023=20 2024=22", NOT_ASSESSABLE, **BROKEN, **broken(date(2024, 7, 1))),
        row("within last year", "own 2023=20 2024=22", NOT_ASSESSABLE, **BROKEN, **broken(date(2023, 7, 1))),
        row("on the last day", "own 2023=20 2024=22", NOT_ASSESSABLE, **BROKEN, **broken(date(2024, 12, 31))),
        row("after both", "own 2023=20 2024=22", MET, "-2", **broken(date(2025, 1, 1))),
        row("before both", "own 2023=20 2024=22", MET, "-2", **broken(date(2023, 1, 1))),
        half_way("later this year", "own 2023-S1=20 2024-S1=22", ON_TRACK, "-2", **broken(date(2024, 7, 1))),
        half_way(
            "between, for a count past all of last year",
            "own 2023=10 2024-S1=11",
            NOT_ASSESSABLE,
            unit=Unit.COUNT,
            provisional=False,
            obstacle=Obstacle.REFERENCE_MISSING,
            own={"accumulates": True, **broken(date(2024, 1, 1))["own"]},
        ),
    ],
)
def test_no_verdict_compares_across_a_break_in_the_series(row: Row) -> None:
    holds(row, RISE)


def test_a_change_carries_both_figures_with_their_periods() -> None:
    verdict = assessed(one_goal(make_target(**RISE)), "own 2023=11.0 2024=12.2").verdict

    change = verdict.fact(FactKind.CHANGE)
    assert change is not None
    assert change.operation == "difference"
    assert [fact.period for fact in change.of] == [Period.year(2024), Period.year(2023)]
    assert [fact.quantity.unit for fact in change.of] == [Unit.PERCENT, Unit.PERCENT]
    assert change.quantity.unit is Unit.POINTS


@pytest.mark.parametrize("now", ["9", "10", "11"])
def test_replacing_polarity_mirrors_the_verdict(now: str) -> None:
    rising = assessed(one_goal(make_target(**RISE)), f"own 2023=10 2024={now}").verdict
    falling = assessed(one_goal(make_target(**FALL)), f"own 2023=-10 2024=-{now}").verdict

    assert rising.status is falling.status
    assert rising.fact(FactKind.GAP).quantity == falling.fact(FactKind.GAP).quantity  # type: ignore[union-attr]
