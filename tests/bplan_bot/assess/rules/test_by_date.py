"""`by_date`: series in, status out, with the pace it would take."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bplan_bot.errors import Refused
from bplan_bot.fact import FactKind
from bplan_bot.quantity import Unit
from bplan_bot.status import Obstacle, Status
from bplan_bot.target import Polarity
from tests.bplan_bot.cases import HALF_WAY, Row, assessed, holds, make_target, one_goal, row

AT_LEAST_90 = make_target("at_least", value="90", polarity=Polarity.HIGHER)
AT_MOST_5 = make_target("at_most", value="5", polarity=Polarity.LOWER)
ABOVE_90 = make_target("at_least", value="90", polarity=Polarity.HIGHER, strict=True)
BY_2030: dict[str, Any] = {"type": "by_date", "indicator": "", "due": 2030, "inner": AT_LEAST_90}

MET, NOT_MET, ON_TRACK = Status.MET, Status.NOT_MET, Status.ON_TRACK
YEARLY: dict[str, Any] = {"own": {"yearly": True}}
LATER: dict[str, Any] = {"due": 2030, "says": ("by_date.reason", "by_date.pace")}
SHORT: dict[str, Any] = {"says": ("by_date.reason", "by_date.short")}
EARLY: dict[str, Any] = {"provisional": True, "says": ("by_date.reason",)}
LAST_DAY = date(2024, 12, 31)


@pytest.mark.parametrize(
    "row",
    [
        row("an old figure, short", "own 2023=75.7", NOT_MET, "14.3", **LATER, **YEARLY),
        row("the newest figure counts", "own 2022=92 2023=75.7", NOT_MET, "14.3", **LATER),
        row("newer ones not counted yet", "own 2023=75.7 2024=?", NOT_MET, "14.3", **LATER),
        row("newer ones hidden", "own 2023=75.7 2024=x", NOT_MET, "14.3", **LATER),
        row("past the bar already", "own 2023=91", ON_TRACK, "-1", **EARLY),
        row("past it, once a year, the year before", "own 2029=91", ON_TRACK, "-1", **EARLY, **YEARLY),
        row("on the bar already", "own 2023=90", ON_TRACK, "0", **EARLY),
        row("on a strict bar", "own 2023=90", NOT_MET, "0", target={"inner": ABOVE_90}, **LATER),
        row("down to at most 5", "own 2023=8", NOT_MET, "3", target={"inner": AT_MOST_5}, **LATER),
        row("below 5 already", "own 2023=4.5", ON_TRACK, "-0.5", target={"inner": AT_MOST_5}, **EARLY),
        row("never reported", "", Status.NOT_REPORTED),
        row("hidden", "own 2023=x", Status.NOT_ASSESSABLE, obstacle=Obstacle.SUPPRESSED),
    ],
)
def test_before_the_due_year_short_is_not_met_with_its_due_year_and_past_is_on_track(row: Row) -> None:
    holds(row, BY_2030)


@pytest.mark.parametrize(
    "row",
    [
        row("half-way", "own 2023=75.7", Status.NOT_DUE, today=HALF_WAY, says=("lacking.not_due",), **YEARLY),
        row("on its last day", "own 2023=75.7@2024-06-30", Status.NOT_DUE, today=LAST_DAY, **YEARLY),
        row("the day after", "own 2023=75.7", NOT_MET, "14.3", today=date(2025, 1, 1), **LATER, **YEARLY),
        row(
            "half-way, with this year's figure",
            "own 2024=80",
            NOT_MET,
            "10",
            today=HALF_WAY,
            **LATER,
            **YEARLY,
        ),
        row("half-way, of what comes often", "own 2023=75.7", NOT_MET, "14.3", today=HALF_WAY, **LATER),
    ],
)
def test_a_yearly_figure_is_not_due_only_while_the_plan_year_lasts(row: Row) -> None:
    holds(row, BY_2030)


IN_2030 = date(2030, 8, 1)
IN_2031 = date(2031, 2, 1)


@pytest.mark.parametrize(
    "row",
    [
        row("there", "own 2030=90@2031-01-31", MET, "0", today=IN_2031),
        row("short", "own 2030=89.9@2031-01-31", NOT_MET, "0.1", today=IN_2031, **SHORT),
        row("the once-a-year figure, there", "own 2030-M06=90@2030-07-01", MET, "0", today=IN_2030, **YEARLY),
        row("half of it, there", "own 2030-S1=90@2030-07-01", ON_TRACK, "0", today=IN_2030, **EARLY),
        row(
            "half of it, short",
            "own 2030-S1=80@2030-07-01",
            Status.UNLIKELY,
            "10",
            today=IN_2030,
            provisional=True,
            **SHORT,
        ),
        row("a year late", "own 2031=90@2032-01-31", MET, "0", today=date(2032, 2, 1)),
        row(
            "a year late and short", "own 2031=80@2032-01-31", NOT_MET, "10", today=date(2032, 2, 1), **SHORT
        ),
    ],
)
def test_figures_of_the_due_year_settle_it_once_they_cover_it(row: Row) -> None:
    holds(row, BY_2030)


def test_the_pace_is_the_gap_over_the_years_left_counted_from_the_figure() -> None:
    verdict = assessed(one_goal(make_target(**BY_2030)), "own 2023=75.7").verdict

    pace = verdict.fact(FactKind.PACE)
    assert pace is not None
    assert pace.quantity.value == Decimal("14.3") / 7
    assert pace.quantity.unit is Unit.POINTS
    assert pace.of == (verdict.fact(FactKind.GAP),)


def test_only_a_bar_can_be_put_a_year_on() -> None:
    rule = {**BY_2030, "inner": make_target("increase", polarity=Polarity.HIGHER)}

    with pytest.raises(Refused, match=r"target\.lacks.*inner"):
        holds(Row(figures="own 2024=5", status=MET, gap=None), rule)
