"""A movement told in words without a value: word in, status out. There is never a figure or a gap."""

from typing import Any

import pytest

from bplan_bot.period import Period
from bplan_bot.status import Status
from bplan_bot.target import Polarity
from tests.bplan_bot.cases import Row, assessed, half_way, holds, make_target, one_goal, row

RISE: dict[str, Any] = {"type": "increase", "polarity": Polarity.HIGHER}
FALL: dict[str, Any] = {"type": "decrease", "polarity": Polarity.LOWER}
MET, NOT_MET, JUDGE = Status.MET, Status.NOT_MET, Status.NEEDS_JUDGEMENT


def says(direction: str, *more: str) -> dict[str, Any]:
    """The reasons: what was told, that there are no numbers, and more."""
    return {"says": (f"direction.{direction}", "direction.no_figures", *more)}


@pytest.mark.parametrize(
    "row",
    [
        row("increased", "own 2024=increased", MET, **says("increased")),
        row("not increased", "own 2024=not_increased", NOT_MET, **says("not_increased")),
        row("unchanged", "own 2024=unchanged", NOT_MET, **says("unchanged")),
        row("decreased", "own 2024=decreased", NOT_MET, **says("decreased")),
        row("not decreased", "own 2024=not_decreased", JUDGE, **says("not_decreased", "direction.undecided")),
        row("last year's figure does not help", "own 2023=10 2024=not_increased", NOT_MET),
        row(
            "a number that came later counts",
            "own 2023=10 2024=not_increased@2025-01-01 2024=11@2025-02-01",
            MET,
            "-1",
        ),
        half_way("half-way, increased", "own 2024-S1=increased", Status.ON_TRACK),
        half_way("half-way, not increased", "own 2024-S1=not_increased", Status.UNLIKELY),
        half_way("half-way, not decreased", "own 2024-S1=not_decreased", JUDGE),
        row("a last quarter is not the year", "own 2024-Q4=increased", Status.ON_TRACK, provisional=True),
    ],
)
def test_a_direction_in_words_decides_a_goal_that_must_rise(row: Row) -> None:
    holds(row, RISE)


@pytest.mark.parametrize(
    "row",
    [
        row("decreased", "own 2024=decreased", MET),
        row("not decreased", "own 2024=not_decreased", NOT_MET),
        row("unchanged", "own 2024=unchanged", NOT_MET),
        row("increased", "own 2024=increased", NOT_MET),
        row("not increased", "own 2024=not_increased", JUDGE),
    ],
)
def test_replacing_polarity_mirrors_the_verdict(row: Row) -> None:
    holds(row, FALL)


def test_no_value_exists_for_a_reported_direction() -> None:
    verdict = assessed(one_goal(make_target(**RISE)), "own 2024=not_increased").verdict

    assert verdict.facts == ()


@pytest.mark.parametrize(
    "row",
    [
        row(
            "held against a bar", "own 2024=increased", Status.NOT_REPORTED, says=("lacking.not_reported_by",)
        ),
        row(
            "of the reference month",
            "own 2024=increased",
            Status.NOT_REPORTED,
            goal={"assessed_on": Period.month(2024, 12)},
        ),
    ],
)
def test_a_direction_is_no_figure_to_hold_against_a_bar(row: Row) -> None:
    holds(row, {"type": "at_least", "value": "80", "polarity": Polarity.HIGHER})
