"""What a goal is told where a figure is lacking, and what is said beside a verdict."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bplan_bot.assess.judge import RULES, assess, check_target
from bplan_bot.errors import Refused
from bplan_bot.fact import FactKind
from bplan_bot.goal import Break, Decision, Discontinued
from bplan_bot.message import message
from bplan_bot.observation import Series
from bplan_bot.period import Period
from bplan_bot.quantity import Unit
from bplan_bot.status import Obstacle, Status
from bplan_bot.target import NotMeasured, Polarity
from tests.bplan_bot.cases import (
    HALF_WAY,
    NATIONALLY,
    PUBLISHED,
    Row,
    assessed,
    half_way,
    holds,
    make_target,
    observations,
    one_goal,
    one_plan,
    row,
)
from tests.factories import text

RISE: dict[str, Any] = {"type": "increase", "polarity": Polarity.HIGHER}
AT_LEAST_80: dict[str, Any] = {"type": "at_least", "value": "80", "polarity": Polarity.HIGHER}
FOLLOWS: dict[str, Any] = {"type": "follows_reference", "polarity": Polarity.HIGHER, "reference": NATIONALLY}

NOT_ASSESSABLE, NOT_REPORTED = Status.NOT_ASSESSABLE, Status.NOT_REPORTED
NOT_OUT: dict[str, Any] = {"obstacle": Obstacle.DATA_NOT_PUBLISHED}
HIDDEN: dict[str, Any] = {"obstacle": Obstacle.SUPPRESSED, "says": ("lacking.suppressed",)}
STOPPED: dict[str, Any] = {"own": {"discontinued": Discontinued(date(2025, 5, 14), "opfølgningen")}}
FOR_GOOD: dict[str, Any] = {
    "obstacle": Obstacle.SOURCE_DISCONTINUED,
    "says": ("lacking.source_discontinued",),
}
NOBODY: dict[str, Any] = {"goal": {"source": None}}
NEVER: dict[str, Any] = {"own": {"never_reported": True, "yearly": True}}
BROKEN: dict[str, Any] = {"own": {"breaks": (Break(date(2024, 7, 1), text("reformen")),)}}
ACROSS: dict[str, Any] = {"obstacle": Obstacle.NOT_COMPARABLE, "says": ("lacking.break_in_series",)}


@pytest.mark.parametrize(
    "row",
    [
        row(
            "a published source",
            "",
            NOT_ASSESSABLE,
            own=PUBLISHED,
            says=("lacking.not_published",),
            **NOT_OUT,
        ),
        row("somebody's turn", "", NOT_REPORTED, says=("lacking.not_reported_by",)),
        row("nobody named", "", NOT_REPORTED, says=("lacking.not_reported",), **NOBODY),
        row(
            "said to be unpublished",
            "own 2024=?",
            NOT_ASSESSABLE,
            says=("lacking.not_published_then",),
            **NOT_OUT,
        ),
        row("unpublished, then out", "own 2024=?@2025-01-01 2024=81@2025-03-01", Status.MET, "-1"),
        row("hidden", "own 2024=x", NOT_ASSESSABLE, **HIDDEN),
        row("hidden, then told", "own 2024=x@2025-01-01 2024=79@2025-03-01", Status.NOT_MET, "1"),
        row("told, then hidden", "own 2024=79@2025-01-01 2024=x@2025-03-01", NOT_ASSESSABLE, **HIDDEN),
        row("stopped", "", NOT_ASSESSABLE, **FOR_GOOD, **STOPPED),
        row("stopped, and nothing more to come", "own 2024=?", NOT_ASSESSABLE, **FOR_GOOD, **STOPPED),
        row("stopped after its figure", "own 2024=81", Status.MET, "-1", **STOPPED),
        row(
            "the day before it is known to have stopped", "", NOT_REPORTED, today=date(2025, 5, 13), **STOPPED
        ),
        row("never reported", "", NOT_REPORTED, says=("lacking.never_reported",), **NEVER),
        row("never reported, half-way", "", NOT_REPORTED, today=HALF_WAY, **NEVER),
        row("once a year, the year over", "", NOT_REPORTED, own={"yearly": True}),
        row(
            "once a year, on its last day", "", Status.NOT_DUE, own={"yearly": True}, today=date(2024, 12, 31)
        ),
        row("once a year, the day after", "", NOT_REPORTED, own={"yearly": True}, today=date(2025, 1, 1)),
        row("once a year, hidden", "own 2024=x", NOT_ASSESSABLE, own={"yearly": True}, **HIDDEN),
        row("once a year, and early", "own 2024=81", Status.MET, "-1", own={"yearly": True}, today=HALF_WAY),
        row("a figure that mixes two things", "own 2024=81", NOT_ASSESSABLE, **ACROSS, **BROKEN),
        half_way("before the break", "own 2024-S1=81", Status.ON_TRACK, "-1", **BROKEN),
        row("after the break", "own 2024-S2=81", Status.ON_TRACK, "-1", provisional=True, **BROKEN),
        row("not known on the day", "own 2024=81@2025-05-15", NOT_REPORTED),
        row("known on the day", "own 2024=81@2025-05-14", Status.MET, "-1"),
        row("the country's figure is not ours", "country 2024=81", NOT_REPORTED),
    ],
)
def test_each_lack_of_an_own_figure_has_its_own_status_and_reason(row: Row) -> None:
    holds(row, AT_LEAST_80)


@pytest.mark.parametrize(
    "row",
    [
        row(
            "last year's own one",
            "own 2024=12",
            NOT_ASSESSABLE,
            obstacle=Obstacle.REFERENCE_MISSING,
            says=("lacking.baseline",),
        ),
        row("and its source has stopped", "own 2024=12", NOT_ASSESSABLE, **FOR_GOOD, **STOPPED),
        row(
            "it lies across a break",
            "own 2023=10 2024-S1=6 2023-S1=5",
            NOT_ASSESSABLE,
            **ACROSS,
            own={"breaks": (Break(date(2024, 1, 1), text("reformen")),)},
            today=HALF_WAY,
        ),
    ],
)
def test_each_lack_of_a_figure_to_compare_with_has_its_own_reason(row: Row) -> None:
    holds(row, RISE)


def test_the_reason_names_the_figure_the_period_and_the_source() -> None:
    goal = one_goal(make_target(**AT_LEAST_80))

    (reason,) = assessed(goal, "").verdict.reasons

    own = goal.indicator("own")
    said = message(
        "lacking.not_reported_by", period=Period.year(2024), source=text("afdelingen"), subject=own.subject
    )
    assert reason == said


def test_a_break_is_named_with_its_day_and_cause() -> None:
    (reason,) = assessed(one_goal(make_target(**AT_LEAST_80), **BROKEN), "own 2024=81").verdict.reasons

    assert reason.args == {"day": date(2024, 7, 1), "why": text("reformen")}


GONE = Decision(date(2024, 10, 1), "24/1", text("reformen fjerner ydelsen"))


@pytest.mark.parametrize(
    ("today", "status"),
    [
        (date(2024, 9, 30), Status.NOT_REPORTED),
        (date(2024, 10, 1), Status.WITHDRAWN),
        (date(2025, 5, 14), Status.WITHDRAWN),
    ],
)
def test_a_goal_is_withdrawn_from_the_day_of_the_decision(today: date, status: Status) -> None:
    verdict = assessed(
        one_goal(make_target(**AT_LEAST_80), withdrawn=GONE), "own 2024=90@2025-01-01", today
    ).verdict

    assert verdict.status is status
    if status is Status.WITHDRAWN:
        assert verdict.facts == ()
        assert verdict.reasons == (
            message("withdrawn.reason", day=GONE.day, case=GONE.case, why=GONE.reason),
        )


OPEN = {"not_measured": NotMeasured(text("FGU"), text("det ikke kan opgøres"))}
SET_ASIDE = {"not_measured": NotMeasured(text("FGU"), text("det ikke kan opgøres"), set_aside="23/6487")}


@pytest.mark.parametrize(
    "row",
    [
        row(
            "the rest is met",
            "own 2024=81",
            Status.NEEDS_JUDGEMENT,
            "-1",
            target=OPEN,
            says=("bar.reason", "bar.over", "not_measured.reason"),
        ),
        row(
            "the rest is not met",
            "own 2024=79",
            Status.NOT_MET,
            "1",
            target=OPEN,
            says=("bar.reason", "bar.under", "not_measured.reason"),
        ),
        row(
            "the rest is met, the part set aside",
            "own 2024=81",
            Status.MET,
            "-1",
            target=SET_ASIDE,
            says=("bar.reason", "bar.over", "not_measured.reason"),
        ),
        row(
            "the rest is not reported",
            "",
            NOT_REPORTED,
            target=OPEN,
            says=("lacking.not_reported_by", "not_measured.reason"),
        ),
        half_way("the rest is on its way", "own 2024-S1=81", Status.NEEDS_JUDGEMENT, "-1", target=OPEN),
        half_way("the rest is unlikely", "own 2024-S1=79", Status.UNLIKELY, "1", target=OPEN),
    ],
)
def test_a_goal_measured_in_part_is_not_met_by_that_part_unless_the_rest_was_set_aside(row: Row) -> None:
    holds(row, AT_LEAST_80)


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ("own 2023=26 2024=31", True),
        ("own 2023=34 2024=38", True),
        ("own 2023=10 2024=20", False),
        ("own 2023=26 2024=26", False),
        ("own 2023=12 2024-S1=20", False),
    ],
)
def test_a_change_that_chance_explains_is_said_of_counts_of_equally_long_periods(
    figures: str, said: bool
) -> None:
    goal = one_goal(make_target(**RISE), Unit.COUNT, own={"accumulates": True})

    assessment = assessed(goal, figures)

    assert (assessment.chance is not None) is said


def test_chance_is_not_said_of_shares() -> None:
    assert assessed(one_goal(make_target(**RISE)), "own 2023=26 2024=31").chance is None


def test_percentage_points_are_never_per_cent() -> None:
    verdict = assessed(
        one_goal(make_target(**FOLLOWS)), "own 2023=10 2024=12 | country 2023=10 2024=11"
    ).verdict

    units = {fact.kind: fact.quantity.unit for fact in verdict.facts}
    levels = {FactKind.FIGURE, FactKind.BASELINE, FactKind.REFERENCE, FactKind.REFERENCE_BASELINE}
    assert {kind for kind, unit in units.items() if unit is Unit.PERCENT} == levels
    assert {kind for kind, unit in units.items() if unit is Unit.POINTS} == set(units) - levels


def test_assessing_twice_gives_the_same_and_stores_nothing() -> None:
    goal = one_goal(make_target(**FOLLOWS))
    series = Series(observations("own 2023=10 2024=12 | country 2023=10 2024=11"))
    plan = one_plan(goal)

    assert assess(plan, goal, series, HALF_WAY) == assess(plan, goal, series, HALF_WAY)


@pytest.mark.parametrize("type", sorted({*RULES} - {"all_of", "by_date", "qualitative"}))
def test_every_rule_says_which_fields_it_cannot_do_without(type: str) -> None:
    lower = {"at_most", "at_most_reference_plus", "below_expected", "decrease", "maintain"}
    whole: dict[str, Any] = {
        "polarity": Polarity.LOWER if type in lower else Polarity.HIGHER,
        "value": "4",
        "reference": NATIONALLY,
    }
    check_target(make_target(type, **whole))

    for name in RULES[type].NEEDS:
        left = {key: value for key, value in whole.items() if key != name}
        empty = {"indicator": ""} if name == "indicator" else {}
        with pytest.raises(Refused, match=rf"target\.lacks.*field={name}"):
            check_target(make_target(type, **left, **empty))


def test_an_unknown_type_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match=r"target\.unknown_type.*at_least"):
        check_target(make_target("at_leats"))


def test_a_bar_of_nought_is_a_bar() -> None:
    check_target(make_target("at_most", value="0", polarity=Polarity.LOWER))

    assert make_target("at_most", value="0").value == Decimal(0)
