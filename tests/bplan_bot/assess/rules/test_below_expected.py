"""`below_expected`: series in, status out."""

from typing import Any

import pytest

from bplan_bot.quantity import Unit
from bplan_bot.status import Obstacle, Status
from bplan_bot.target import Polarity
from tests.bplan_bot.cases import EXPECTED, PUBLISHED, Row, half_way, holds, row

BELOW = {"type": "below_expected", "polarity": Polarity.LOWER, "reference": EXPECTED}

MET, NOT_MET, NOT_ASSESSABLE = Status.MET, Status.NOT_MET, Status.NOT_ASSESSABLE
COUNT: dict[str, Any] = {"unit": Unit.COUNT}
NO_REFERENCE: dict[str, Any] = {"obstacle": Obstacle.REFERENCE_MISSING, "says": ("lacking.reference",)}
NOT_OUT: dict[str, Any] = {"obstacle": Obstacle.DATA_NOT_PUBLISHED, "says": ("lacking.not_published",)}


@pytest.mark.parametrize(
    "row",
    [
        row(
            "80 fewer",
            "own 2024=1950 | expected 2024=2030",
            MET,
            "-80",
            says=("expected.reason", "expected.differs"),
            **COUNT,
        ),
        row("one fewer", "own 2024=2029 | expected 2024=2030", MET, "-1", **COUNT),
        row(
            "as many",
            "own 2024=2030 | expected 2024=2030",
            NOT_MET,
            "0",
            says=("expected.reason", "expected.equal"),
            **COUNT,
        ),
        row("more", "own 2024=1000 | expected 2024=970", NOT_MET, "30", **COUNT),
        row("nobody", "own 2024=0 | expected 2024=970", MET, "-970", **COUNT),
        row(
            "expected for another year", "own 2024=1950 | expected 2023=2030", NOT_ASSESSABLE, **NO_REFERENCE
        ),
        row(
            "the country is not what is expected",
            "own 2024=1950 | country 2024=2030",
            NOT_ASSESSABLE,
            **NO_REFERENCE,
        ),
        row("hidden", "own 2024=1950 | expected 2024=x", NOT_ASSESSABLE, obstacle=Obstacle.SUPPRESSED),
        row("not out yet", "", NOT_ASSESSABLE, own=PUBLISHED, **NOT_OUT),
        half_way(
            "half-way, fewer", "own 2024-S1=1950 | expected 2024-S1=2030", Status.ON_TRACK, "-80", **COUNT
        ),
        half_way(
            "half-way, as many", "own 2024-S1=2030 | expected 2024-S1=2030", Status.UNLIKELY, "0", **COUNT
        ),
        half_way(
            "half-way, over two halves",
            "own 2023-07-01/2024-06-30=1950 | expected 2023-07-01/2024-06-30=2030",
            Status.ON_TRACK,
            "-80",
            **COUNT,
        ),
    ],
)
def test_fewer_than_expected_is_met_and_as_many_is_not(row: Row) -> None:
    holds(row, BELOW)
