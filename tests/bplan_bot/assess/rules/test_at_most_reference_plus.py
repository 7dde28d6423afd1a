"""`at_most_reference_plus`: series in, status out."""

from typing import Any

import pytest

from bplan_bot.fact import FactKind
from bplan_bot.quantity import Unit
from bplan_bot.status import Obstacle, Status
from bplan_bot.target import Polarity
from tests.bplan_bot.cases import NATIONALLY, Row, assessed, half_way, holds, make_target, one_goal, row

WITHIN_4: dict[str, Any] = {
    "type": "at_most_reference_plus",
    "value": "4",
    "polarity": Polarity.LOWER,
    "reference": NATIONALLY,
}

MET, NOT_MET, NOT_ASSESSABLE = Status.MET, Status.NOT_MET, Status.NOT_ASSESSABLE
NO_REFERENCE: dict[str, Any] = {"obstacle": Obstacle.REFERENCE_MISSING, "says": ("lacking.reference",)}


@pytest.mark.parametrize(
    "row",
    [
        row(
            "6.9 points above",
            "own 2024=76.1 | country 2024=69.2",
            NOT_MET,
            "2.9",
            says=("reference.reason", "margin.exceeded"),
        ),
        row(
            "exactly 4 above",
            "own 2024=73.2 | country 2024=69.2",
            MET,
            "0.0",
            says=("reference.reason", "margin.kept"),
        ),
        row("a tenth more than 4", "own 2024=73.3 | country 2024=69.2", NOT_MET, "0.1"),
        row("a tenth less than 4", "own 2024=73.1 | country 2024=69.2", MET, "-0.1"),
        row(
            "on the reference",
            "own 2024=69.2 | country 2024=69.2",
            MET,
            "-4",
            says=("reference.reason", "margin.not_needed"),
        ),
        row(
            "below the reference",
            "own 2024=60.2 | country 2024=69.2",
            MET,
            "-13",
            says=("reference.reason", "margin.not_needed"),
        ),
        row("no margin at all", "own 2024=69.3 | country 2024=69.2", NOT_MET, "0.1", target={"value": "0"}),
        row("a count", "own 2024=15 | country 2024=10", NOT_MET, "1", unit=Unit.COUNT),
        row("4 points, not 4 per cent", "own 2024=14 | country 2024=10", MET, "0"),
        row("no figure nationally", "own 2024=76.1", NOT_ASSESSABLE, **NO_REFERENCE),
        row(
            "hidden nationally",
            "own 2024=76.1 | country 2024=x",
            NOT_ASSESSABLE,
            obstacle=Obstacle.SUPPRESSED,
        ),
        row("no own figure", "country 2024=69.2", Status.NOT_REPORTED),
        half_way("half-way, within", "own 2024-S1=73 | country 2024-S1=69.2", Status.ON_TRACK, "-0.2"),
        half_way("half-way, beyond", "own 2024-S1=74 | country 2024-S1=69.2", Status.UNLIKELY, "0.8"),
    ],
)
def test_the_margin_is_in_points_and_may_be_used_up(row: Row) -> None:
    holds(row, WITHIN_4)


def test_the_limit_is_the_reference_plus_the_margin() -> None:
    verdict = assessed(one_goal(make_target(**WITHIN_4)), "own 2024=76.1 | country 2024=69.2").verdict

    limit = verdict.fact(FactKind.THRESHOLD)
    assert limit is not None
    assert str(limit.quantity.value) == "73.2"
    assert limit.quantity.unit is Unit.PERCENT
    assert limit.of == (verdict.fact(FactKind.REFERENCE),)
