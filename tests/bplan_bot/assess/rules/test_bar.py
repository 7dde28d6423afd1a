"""`at_least` and `at_most`: series in, status out."""

from decimal import Decimal
from typing import Any

import pytest

from bplan_bot.errors import Refused
from bplan_bot.fact import FactKind
from bplan_bot.period import Period
from bplan_bot.quantity import Unit
from bplan_bot.status import Obstacle, Status
from bplan_bot.target import Polarity
from tests.bplan_bot.cases import PUBLISHED, Row, assessed, half_way, holds, make_target, one_goal, row

AT_LEAST_80: dict[str, Any] = {"type": "at_least", "value": "80", "polarity": Polarity.HIGHER}
AT_MOST_10: dict[str, Any] = {"type": "at_most", "value": "10", "polarity": Polarity.LOWER}
STRICT = {"strict": True}
GROWS = {"accumulates": True}
COUNT: dict[str, Any] = {"unit": Unit.COUNT}
GROWING: dict[str, Any] = {"unit": Unit.COUNT, "own": GROWS}
SETTLED: dict[str, Any] = {**GROWING, "provisional": False}
NONE_YET: dict[str, Any] = {"provisional": False}

NOT_OUT: dict[str, Any] = {**NONE_YET, "obstacle": Obstacle.DATA_NOT_PUBLISHED}
OVER, EQUAL, UNDER = (("bar.reason", f"bar.{way}") for way in ("over", "equal", "under"))
PACED = (*UNDER, "bar.pace", "lacking.rest_of_period")
EXACT = "-2.75862068965517241379310345"
"""80 less 48 of 58 in per cent."""

MET, NOT_MET, ON_TRACK, UNLIKELY = Status.MET, Status.NOT_MET, Status.ON_TRACK, Status.UNLIKELY


@pytest.mark.parametrize(
    "row",
    [
        row("above", "own 2024=90.6", MET, "-10.6", says=OVER),
        row("on the bar", "own 2024=80", MET, "0", says=EQUAL),
        row("on the bar with decimals", "own 2024=80.0", MET, "0"),
        row("a hair below", "own 2024=79.9", NOT_MET, "0.1", says=UNDER),
        row("nought", "own 2024=0", NOT_MET, "80"),
        row("strict and on the bar", "own 2024=80", NOT_MET, "0", target=STRICT, says=EQUAL),
        row("strict and above", "own 2024=80.1", MET, "-0.1", target=STRICT),
        row("parts on the bar", "own 2024=48/60", MET, "0"),
        row("parts on the bar, strict", "own 2024=48/60", NOT_MET, "0", target=STRICT),
        row("parts decide, not print", "own 2024=7996/10000", NOT_MET, "0.04"),
        row("a count", "own 2024=85", MET, "-5", **COUNT),
        row("last year's figure is none", "own 2023=90", Status.NOT_REPORTED),
        row("next year's figure is none", "own 2025=90", Status.NOT_REPORTED),
        row("a corrected figure counts", "own 2024=79@2025-01-01 2024=81@2025-02-01", MET, "-1"),
        row("a correction not yet known", "own 2024=79@2025-01-01 2024=81@2025-06-01", NOT_MET, "1"),
        row("a gap in reporting that was filled", "own 2024=?@2025-01-01 2024=81@2025-02-01", MET, "-1"),
        row("the whole year, not its last quarter", "own 2024=81 2024-Q4=70", MET, "-1"),
        row("the year, not a longer period", "own 2024=81 2023-01-01/2024-12-31=70", MET, "-1"),
    ],
)
def test_at_least_is_met_from_the_bar_up_and_if_strict_only_above_it(row: Row) -> None:
    holds(row, AT_LEAST_80)


@pytest.mark.parametrize(
    "row",
    [
        row("below", "own 2024=7.5", MET, "-2.5", says=UNDER),
        row("on the bar", "own 2024=10", MET, "0"),
        row("above", "own 2024=10.1", NOT_MET, "0.1", says=OVER),
        row("strict and on the bar", "own 2024=10", NOT_MET, "0", target=STRICT),
        row("strict and below", "own 2024=9.9", MET, "-0.1", target=STRICT),
        row("nought", "own 2024=0", MET, "-10"),
        row("nothing allowed, nothing there", "own 2024=0", MET, "0", target={"value": "0"}),
        row("nothing allowed, one there", "own 2024=1", NOT_MET, "1", target={"value": "0"}, **COUNT),
    ],
)
def test_at_most_is_met_from_the_bar_down_and_if_strict_only_below_it(row: Row) -> None:
    holds(row, AT_MOST_10)


@pytest.mark.parametrize(
    "row",
    [
        half_way("a share above", "own 2024-S1=81", ON_TRACK, "-1", says=(*OVER, "lacking.rest_of_period")),
        half_way("a share below", "own 2024-S1=79", UNLIKELY, "1"),
        half_way("the newest part of the year", "own 2024-Q1=90 2024-S1=79", UNLIKELY, "1"),
        half_way("a rolling year", "own 2023-07-01/2024-06-30=81", ON_TRACK, "-1"),
        half_way(
            "a rolling year of a count is not this year's",
            "own 2023-07-01/2024-06-30=95",
            ON_TRACK,
            "-15",
            **GROWING,
        ),
        half_way("nothing yet, once a year", "", Status.NOT_DUE, own={"yearly": True}, **NONE_YET),
        half_way("nothing yet from the department", "", Status.NOT_REPORTED, **NONE_YET),
        half_way("nothing yet from jobindsats", "", Status.NOT_ASSESSABLE, own=PUBLISHED, **NOT_OUT),
    ],
)
def test_half_way_a_share_only_points_to_where_it_will_end(row: Row) -> None:
    holds(row, AT_LEAST_80)


@pytest.mark.parametrize(
    "row",
    [
        half_way(
            "past the floor: 48 of 58 by mid-June",
            "own 2024-01-01/2024-06-15=48/58",
            MET,
            EXACT,
            target=STRICT,
            own=GROWS,
            says=OVER,
            **NONE_YET,
        ),
        half_way("a count past the floor", "own 2024-S1=81", MET, "-1", **SETTLED),
        half_way("a count on the floor", "own 2024-S1=80", MET, "0", **SETTLED),
        half_way(
            "on a strict floor, still growing", "own 2024-S1=80", ON_TRACK, "0", target=STRICT, **GROWING
        ),
        half_way("short, and the pace leads there", "own 2024-S1=41", ON_TRACK, "39", says=PACED, **GROWING),
        half_way("short, and the pace falls short", "own 2024-S1=39", UNLIKELY, "41", **GROWING),
        half_way("a quarter's pace is four times", "own 2024-Q2=20", ON_TRACK, "60", **GROWING),
        row("short at the end of the year", "own 2024=79", NOT_MET, "1", **GROWING),
        row(
            "a last quarter is not the year",
            "own 2024-Q4=21",
            ON_TRACK,
            "59",
            provisional=True,
            says=PACED,
            **GROWING,
        ),
    ],
)
def test_a_count_that_only_rises_is_met_early(row: Row) -> None:
    holds(row, AT_LEAST_80)


@pytest.mark.parametrize(
    "row",
    [
        half_way("past the ceiling for good", "own 2024-S1=11", NOT_MET, "1", **SETTLED),
        half_way("below it, but the pace breaks it", "own 2024-S1=9", UNLIKELY, "-1", **GROWING),
        half_way("below it, and the pace keeps it", "own 2024-S1=4", ON_TRACK, "-6", **GROWING),
        half_way("none yet", "own 2024-S1=0", ON_TRACK, "-10", **GROWING),
        half_way("on a strict ceiling", "own 2024-S1=10", NOT_MET, "0", target=STRICT, **SETTLED),
        row("below it at the end of the year", "own 2024=9", MET, "-1", **GROWING),
        half_way("a share may still fall", "own 2024-S1=11", UNLIKELY, "1"),
    ],
)
def test_a_count_that_only_rises_can_break_its_ceiling_early_but_never_keep_it_early(row: Row) -> None:
    holds(row, AT_MOST_10)


def test_a_share_never_paces_beyond_all() -> None:
    goal = one_goal(make_target(**AT_LEAST_80), own=GROWS)

    pace = assessed(goal, "own 2024-01-01/2024-06-15=40/58").verdict.fact(FactKind.PACE)

    assert pace is not None
    assert pace.quantity.value == 100
    assert pace.period == Period.year(2024)


def test_pace_counts_the_days_of_a_leap_year() -> None:
    goal = one_goal(make_target(**AT_LEAST_80), Unit.COUNT, own=GROWS)

    pace = assessed(goal, "own 2024-S1=41").verdict.fact(FactKind.PACE)

    assert pace is not None
    assert pace.quantity.value == Decimal(41) * 366 / 182


@pytest.mark.parametrize(
    "row",
    [
        row("ultimo December is the end of the year", "own 2024-12-31=81", MET, "-1"),
        row("December alone is not the year", "own 2024-M12=81", ON_TRACK, "-1", provisional=True),
        row("a quarter alone is not the year", "own 2024-Q4=79", UNLIKELY, "1", provisional=True),
        row(
            "December is what the goal asks",
            "own 2024-M12=81",
            MET,
            "-1",
            goal={"assessed_on": Period.month(2024, 12)},
        ),
        row(
            "the year covers December", "own 2024=81", MET, "-1", goal={"assessed_on": Period.month(2024, 12)}
        ),
    ],
)
def test_figures_are_final_only_when_they_cover_the_period_the_goal_is_assessed_on(row: Row) -> None:
    holds(row, AT_LEAST_80)


@pytest.mark.parametrize(("amount", "strict"), [("79", False), ("80", False), ("81", True), ("80", True)])
def test_replacing_polarity_mirrors_the_verdict(amount: str, strict: bool) -> None:
    floor = one_goal(make_target("at_least", value="80", polarity=Polarity.HIGHER, strict=strict))
    ceiling = one_goal(make_target("at_most", value="-80", polarity=Polarity.LOWER, strict=strict))

    upright = assessed(floor, f"own 2024={amount}").verdict
    mirrored = assessed(ceiling, f"own 2024=-{amount}").verdict

    assert upright.status is mirrored.status
    assert upright.fact(FactKind.GAP).quantity == mirrored.fact(FactKind.GAP).quantity  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "rule",
    [
        {"type": "at_most", "value": "10", "polarity": Polarity.HIGHER},
        {"type": "at_least", "value": "10", "polarity": Polarity.LOWER},
        {"type": "at_least", "polarity": Polarity.HIGHER},
    ],
)
def test_a_bar_without_value_or_against_its_own_polarity_is_refused(rule: dict[str, object]) -> None:
    with pytest.raises(Refused, match=r"target\.lacks"):
        holds(Row(figures="own 2024=5", status=MET, gap=None), rule)
