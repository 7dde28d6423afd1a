"""`follows_reference`: series in, status out. Judged on the change, whatever the levels."""

from typing import Any

import pytest

from bplan_bot.fact import FactKind
from bplan_bot.status import Obstacle, Status
from bplan_bot.target import Polarity
from tests.bplan_bot.cases import NATIONALLY, Row, assessed, half_way, holds, make_target, one_goal, row

FOLLOWS: dict[str, Any] = {"type": "follows_reference", "polarity": Polarity.HIGHER, "reference": NATIONALLY}
FOLLOWS_DOWN = {**FOLLOWS, "polarity": Polarity.LOWER}
STAYS_BESIDE = {**FOLLOWS, "polarity": Polarity.NEITHER}

MET, NOT_MET, ON_TRACK, UNLIKELY = Status.MET, Status.NOT_MET, Status.ON_TRACK, Status.UNLIKELY
NOT_ASSESSABLE = Status.NOT_ASSESSABLE
NO_REFERENCE: dict[str, Any] = {"obstacle": Obstacle.REFERENCE_MISSING, "says": ("lacking.reference",)}
NO_BASELINE: dict[str, Any] = {"obstacle": Obstacle.REFERENCE_MISSING, "says": ("lacking.baseline",)}
HIDDEN: dict[str, Any] = {"obstacle": Obstacle.SUPPRESSED, "says": ("lacking.suppressed",)}


@pytest.mark.parametrize(
    "row",
    [
        row(
            "rose more, from a lower level",
            "own 2023=51.4 2024=53.3 | country 2023=55.3 2024=55.4",
            MET,
            "-1.8",
            says=("follows.reason", "follows.level.under"),
        ),
        row(
            "fell while the country rose, from a higher level",
            "own 2023=58 2024=55 | country 2023=39 2024=43",
            NOT_MET,
            "7",
            says=("follows.reason", "follows.still.over"),
        ),
        row(
            "rose less, and lies lower",
            "own 2023=40 2024=41 | country 2023=50 2024=52",
            NOT_MET,
            "1",
            says=("follows.reason", "follows.level.under"),
        ),
        row("rose as much", "own 2023=40 2024=42 | country 2023=50 2024=52", MET, "0"),
        row(
            "both stood still on one level",
            "own 2023=50 2024=50 | country 2023=50 2024=50",
            MET,
            "0",
            says=("follows.reason", "follows.level.equal"),
        ),
        row("fell less", "own 2023=40 2024=39 | country 2023=50 2024=48", MET, "-1"),
        row("short by a tenth", "own 2023=40 2024=40.9 | country 2023=50 2024=51.0", NOT_MET, "0.1"),
        row("no figure nationally", "own 2023=40 2024=42", NOT_ASSESSABLE, **NO_REFERENCE),
        row(
            "none nationally last year",
            "own 2023=40 2024=42 | country 2024=52",
            NOT_ASSESSABLE,
            **NO_REFERENCE,
        ),
        row(
            "none of our own last year",
            "own 2024=42 | country 2023=50 2024=52",
            NOT_ASSESSABLE,
            **NO_BASELINE,
        ),
        row("hidden nationally", "own 2023=40 2024=42 | country 2023=50 2024=x", NOT_ASSESSABLE, **HIDDEN),
        row(
            "hidden nationally last year",
            "own 2023=40 2024=42 | country 2023=x 2024=52",
            NOT_ASSESSABLE,
            **HIDDEN,
        ),
    ],
)
def test_following_is_judged_on_the_change_and_not_on_the_level(row: Row) -> None:
    holds(row, FOLLOWS)


@pytest.mark.parametrize(
    "row",
    [
        row(
            "rose more",
            "own 2023=14.1 2024=14.6 | country 2023=13.4 2024=13.5",
            NOT_MET,
            "0.4",
            says=("follows.reason", "follows.level.over"),
        ),
        row("fell more", "own 2023=14.1 2024=13.0 | country 2023=13.4 2024=13.5", MET, "-1.2"),
        row(
            "rose more, from a better level",
            "own 2023=10.0 2024=10.5 | country 2023=13.4 2024=13.5",
            NOT_MET,
            "0.4",
            says=("follows.reason", "follows.still.under"),
        ),
        row("rose as much", "own 2023=10.0 2024=10.1 | country 2023=13.4 2024=13.5", MET, "0"),
    ],
)
def test_where_lower_is_better_a_larger_rise_is_behind(row: Row) -> None:
    holds(row, FOLLOWS_DOWN)


@pytest.mark.parametrize(
    "row",
    [
        row("as much", "own 2023=40 2024=42 | country 2023=50 2024=52", MET, "0"),
        row("more", "own 2023=40 2024=43 | country 2023=50 2024=52", NOT_MET, "1"),
        row("less", "own 2023=40 2024=41 | country 2023=50 2024=52", NOT_MET, "1"),
    ],
)
def test_where_neither_way_is_better_any_other_change_is_away(row: Row) -> None:
    holds(row, STAYS_BESIDE)


@pytest.mark.parametrize(
    "row",
    [
        half_way(
            "the same half of both years",
            "own 2023-S1=50 2024-S1=53 | country 2023-S1=55 2024-S1=55.4",
            ON_TRACK,
            "-2.6",
        ),
        half_way("behind", "own 2023-S1=50 2024-S1=50 | country 2023-S1=55 2024-S1=55.4", UNLIKELY, "0.4"),
        half_way(
            "a rolling year",
            "own 2022-10-01/2023-09-30=58 2023-10-01/2024-09-30=55"
            " | country 2022-10-01/2023-09-30=39 2023-10-01/2024-09-30=43",
            UNLIKELY,
            "7",
            says=("follows.reason_window", "follows.still.over", "lacking.rest_of_period"),
        ),
        half_way(
            "the country's year is not the half",
            "own 2023-S1=50 2024-S1=53 | country 2022=55 2023=55.4",
            NOT_ASSESSABLE,
            provisional=False,
            **NO_REFERENCE,
        ),
        half_way(
            "ahead of a share that accumulates",
            "own 2023-S1=50 2024-S1=53 | country 2023-S1=55 2024-S1=55.4",
            ON_TRACK,
            "-2.6",
            own={"accumulates": True},
        ),
    ],
)
def test_half_way_shares_are_compared_with_the_same_period_and_never_met_early(row: Row) -> None:
    holds(row, FOLLOWS)


def test_the_level_is_told_too_as_a_fact_of_its_own() -> None:
    figures = "own 2023=51.4 2024=53.3 | country 2023=55.3 2024=55.4"

    verdict = assessed(one_goal(make_target(**FOLLOWS)), figures).verdict

    values = {fact.kind: str(fact.quantity.value) for fact in verdict.facts}
    assert values == {
        FactKind.FIGURE: "53.3",
        FactKind.BASELINE: "51.4",
        FactKind.REFERENCE: "55.4",
        FactKind.REFERENCE_BASELINE: "55.3",
        FactKind.CHANGE: "1.9",
        FactKind.REFERENCE_CHANGE: "0.1",
        FactKind.DISTANCE: "-2.1",
        FactKind.GAP: "-1.8",
    }
