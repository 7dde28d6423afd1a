"""`equals_reference`: series in, status out. Judged on the level of the same period."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bplan_bot.goal import Discontinued
from bplan_bot.status import Obstacle, Status
from bplan_bot.target import Polarity, Tolerance
from tests.bplan_bot.cases import EXPECTED, HALF_WAY, NATIONALLY, Row, half_way, holds, row

EQUALS = {"type": "equals_reference", "polarity": Polarity.HIGHER, "reference": NATIONALLY}
LOWER = {"polarity": Polarity.LOWER}
EXACTLY = {"polarity": Polarity.NEITHER}
ONE_POINT = {"tolerance": Tolerance(Decimal(1), "Arbejdsmarkedsudvalget", date(2024, 1, 10))}

MET, NOT_MET, ON_TRACK, UNLIKELY = Status.MET, Status.NOT_MET, Status.ON_TRACK, Status.UNLIKELY
NOT_ASSESSABLE = Status.NOT_ASSESSABLE
NO_REFERENCE: dict[str, Any] = {"obstacle": Obstacle.REFERENCE_MISSING, "says": ("lacking.reference",)}
HIDDEN: dict[str, Any] = {"obstacle": Obstacle.SUPPRESSED, "says": ("lacking.suppressed",)}


@pytest.mark.parametrize(
    "row",
    [
        row(
            "below",
            "own 2024=36.7 | country 2024=43.8",
            NOT_MET,
            "7.1",
            says=("reference.reason", "equals.under"),
        ),
        row(
            "on it", "own 2024=43.8 | country 2024=43.8", MET, "0", says=("reference.reason", "equals.equal")
        ),
        row(
            "above",
            "own 2024=44.0 | country 2024=43.8",
            MET,
            "-0.2",
            says=("reference.reason", "equals.over"),
        ),
        row("a tenth below", "own 2024=43.7 | country 2024=43.8", NOT_MET, "0.1"),
        row("last year does not matter", "own 2023=20 2024=43.7 | country 2023=50 2024=43.8", NOT_MET, "0.1"),
        row("within what was agreed", "own 2024=42.8 | country 2024=43.8", MET, "1.0", target=ONE_POINT),
        row("beyond what was agreed", "own 2024=42.7 | country 2024=43.8", NOT_MET, "1.1", target=ONE_POINT),
        row("lower is better, above", "own 2024=14.6 | country 2024=13.5", NOT_MET, "1.1", target=LOWER),
        row("lower is better, below", "own 2024=12.5 | country 2024=13.5", MET, "-1.0", target=LOWER),
        row("neither is better, above", "own 2024=14 | country 2024=13.5", NOT_MET, "0.5", target=EXACTLY),
        row("neither is better, below", "own 2024=13 | country 2024=13.5", NOT_MET, "0.5", target=EXACTLY),
        row("neither is better, on it", "own 2024=13.5 | country 2024=13.5", MET, "0", target=EXACTLY),
        row("no figure nationally", "own 2024=36.7", NOT_ASSESSABLE, **NO_REFERENCE),
        row("never counted nationally", "own 2024=36.7 | country 2024=?", NOT_ASSESSABLE, **NO_REFERENCE),
        row("nationally another year", "own 2024=36.7 | country 2023=43.8", NOT_ASSESSABLE, **NO_REFERENCE),
        row("hidden nationally", "own 2024=36.7 | country 2024=x", NOT_ASSESSABLE, **HIDDEN),
        row("no own figure", "country 2024=43.8", Status.NOT_REPORTED, says=("lacking.not_reported_by",)),
    ],
)
def test_equal_means_on_the_level_of_the_same_period_or_better(row: Row) -> None:
    holds(row, EQUALS)


@pytest.mark.parametrize(
    "row",
    [
        half_way("the same half, above", "own 2024-S1=45 | country 2024-S1=43.8", ON_TRACK, "-1.2"),
        half_way("the same half, below", "own 2024-S1=40 | country 2024-S1=43.8", UNLIKELY, "3.8"),
        half_way(
            "the country's year is not the half",
            "own 2024-S1=45 | country 2023=43.8",
            NOT_ASSESSABLE,
            provisional=False,
            **NO_REFERENCE,
        ),
        half_way(
            "above with what accumulates: the country grows too",
            "own 2024-S1=45 | country 2024-S1=43.8",
            ON_TRACK,
            "-1.2",
            own={"accumulates": True},
        ),
    ],
)
def test_half_way_the_level_is_compared_with_the_same_period_and_never_met_early(row: Row) -> None:
    holds(row, EQUALS)


BENCHMARK = {**EQUALS, "reference": EXPECTED, **LOWER}
STOPPED: dict[str, Any] = {"expected": {"discontinued": Discontinued(date(2025, 5, 14), "opfølgningen")}}
FOR_GOOD: dict[str, Any] = {
    "obstacle": Obstacle.SOURCE_DISCONTINUED,
    "says": ("lacking.reference_discontinued",),
}


@pytest.mark.parametrize(
    "row",
    [
        row("neither figure", "", NOT_ASSESSABLE, **FOR_GOOD, **STOPPED),
        row("an own figure alone", "own 2024=9.1", NOT_ASSESSABLE, **FOR_GOOD, **STOPPED),
        row("own figures missing", "own 2024=?", NOT_ASSESSABLE, **FOR_GOOD, **STOPPED),
        row(
            "both figures came before it stopped", "own 2024=9.1 | expected 2024=9.5", MET, "-0.4", **STOPPED
        ),
        row("the day before it was known", "", Status.NOT_REPORTED, today=date(2025, 5, 13), **STOPPED),
        row("half-way, once a year", "", Status.NOT_DUE, today=HALF_WAY, own={"yearly": True}, **STOPPED),
    ],
)
def test_a_benchmark_that_stopped_leaves_the_goal_without_a_yardstick_from_the_day_it_is_known(
    row: Row,
) -> None:
    holds(row, BENCHMARK)
