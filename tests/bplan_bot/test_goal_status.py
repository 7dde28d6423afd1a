"""Which of computed, judged and handled readers see, and what is shown beside it."""

from datetime import date
from typing import Any

import pytest

from bplan_bot.fact import FactKind
from bplan_bot.goal import Axis, Break, Goal, StatedAssessment
from bplan_bot.goal_status import GoalStatus, Leading, goal_status, label, own_targets
from bplan_bot.message import message
from bplan_bot.observation import Series
from bplan_bot.period import Period
from bplan_bot.quantity import Unit
from bplan_bot.status import Obstacle, Status
from bplan_bot.target import Part, Polarity
from tests.bplan_bot.cases import AFTER, make_target, observations, one_goal, one_plan
from tests.factories import make_statement, text

HELD = make_target("maintain", polarity=Polarity.LOWER)
WORSE_BY_CHANCE = "own 2023=10 2024=12"
BY_2030 = make_target(
    "by_date", indicator="", due=2030, inner=make_target("at_least", value="90", polarity=Polarity.HIGHER)
)


def seen(goal: Goal, figures: str, *said: StatedAssessment, today: date = AFTER) -> GoalStatus:
    """The goal as readers see it on a day, by what was known and said by then."""
    series = Series(observations(figures), as_of=today)
    spoken = tuple(one for one in said if one.day <= today)
    return goal_status(one_plan(goal), goal, series=series, said=spoken, today=today)


def said(axis: Axis, status: Status, day: date = AFTER, **more: Any) -> StatedAssessment:
    """A statement about the goal."""
    return make_statement("1.1", axis=axis, status=status, day=day, **more)


@pytest.mark.parametrize(
    ("spoken", "status", "axis"),
    [
        ([], Status.NEEDS_JUDGEMENT, Axis.COMPUTED),
        ([said(Axis.JUDGED, Status.MET)], Status.MET, Axis.JUDGED),
        ([said(Axis.HANDLED, Status.NOT_MET)], Status.NOT_MET, Axis.HANDLED),
        ([said(Axis.JUDGED, Status.MET), said(Axis.HANDLED, Status.NOT_MET)], Status.NOT_MET, Axis.HANDLED),
        ([said(Axis.HANDLED, Status.NOT_MET), said(Axis.JUDGED, Status.MET)], Status.NOT_MET, Axis.HANDLED),
    ],
)
def test_the_handled_status_leads_then_the_judged_then_the_computed(
    spoken: list[StatedAssessment], status: Status, axis: Axis
) -> None:
    found = seen(one_goal(HELD, Unit.COUNT), WORSE_BY_CHANCE, *spoken)

    assert (found.leading.status, found.leading.axis) == (status, axis)
    assert found.assessment.status is Status.NEEDS_JUDGEMENT
    assert found.differs is (status is not Status.NEEDS_JUDGEMENT)


def test_all_four_are_kept_side_by_side() -> None:
    judged, handled = said(Axis.JUDGED, Status.MET), said(Axis.HANDLED, Status.PARTLY_MET)

    found = seen(one_goal(HELD, Unit.COUNT), WORSE_BY_CHANCE, judged, handled)

    assert (found.judged, found.handled) == (judged, handled)
    assert found.assessment.status is Status.NEEDS_JUDGEMENT
    assert found.leading.status is Status.PARTLY_MET


def test_what_is_said_of_another_goal_does_not_count() -> None:
    other = make_statement("1.2", axis=Axis.HANDLED, status=Status.NOT_MET, day=AFTER)

    assert seen(one_goal(HELD, Unit.COUNT), WORSE_BY_CHANCE, other).handled is None


@pytest.mark.parametrize(
    ("today", "axis"),
    [
        (date(2025, 4, 30), Axis.COMPUTED),
        (date(2025, 5, 1), Axis.JUDGED),
        (date(2025, 5, 13), Axis.JUDGED),
        (AFTER, Axis.HANDLED),
    ],
)
def test_as_of_a_day_nothing_was_said_later(today: date, axis: Axis) -> None:
    judged = said(Axis.JUDGED, Status.MET, date(2025, 5, 1))

    found = seen(
        one_goal(HELD, Unit.COUNT), WORSE_BY_CHANCE, judged, said(Axis.HANDLED, Status.MET), today=today
    )

    assert found.leading.axis is axis


def test_a_due_year_ahead_is_kept_when_the_committee_says_the_same() -> None:
    handled = said(Axis.HANDLED, Status.NOT_MET)

    assert seen(one_goal(BY_2030), "own 2023=75.7", handled).leading.due == 2030
    assert seen(one_goal(BY_2030), "own 2023=91", handled).leading.due is None
    assert (
        seen(one_goal(BY_2030), "own 2023=91", said(Axis.HANDLED, Status.NOT_MET, due=2030)).leading.due
        == 2030
    )


def test_the_obstacle_is_kept_when_the_committee_says_the_same() -> None:
    rise, handled = (
        make_target("increase", polarity=Polarity.HIGHER),
        said(Axis.HANDLED, Status.NOT_ASSESSABLE),
    )

    assert seen(one_goal(rise), "own 2024=?", handled).leading.obstacle is Obstacle.DATA_NOT_PUBLISHED
    assert seen(one_goal(rise), "own 2023=1 2024=2", handled).leading.obstacle is None


def test_a_development_is_the_newest_figure_beside_the_same_months_of_the_year_before() -> None:
    (development,) = seen(one_goal(HELD, Unit.COUNT), "own 2023-S1=5 2023=10 2024-S1=6").development

    assert development.now.kind is FactKind.FIGURE
    assert development.now.period == Period.half_year(2024, 1)
    assert development.before is not None
    assert development.before.quantity.value == 5


@pytest.mark.parametrize(
    ("figures", "day"),
    [
        ("own 2024=12", None),
        ("own 2023=x 2024=12", None),
        ("own 2023=10 2024=12", date(2024, 1, 1)),
        ("own 2023=10 2024=12", date(2023, 7, 1)),
    ],
)
def test_no_development_is_shown_without_a_year_before_that_may_be_compared(
    figures: str, day: date | None
) -> None:
    breaks = (Break(day, text("reformen")),) if day else ()

    (development,) = seen(one_goal(HELD, Unit.COUNT, own={"breaks": breaks}), figures).development

    assert development.before is None


def test_a_suppressed_figure_is_shown_nowhere() -> None:
    found = seen(one_goal(HELD, Unit.COUNT), "own 2023=10 2024=x")

    assert found.development == ()
    assert found.assessment.verdict.obstacle is Obstacle.SUPPRESSED


def test_the_newest_report_is_named_even_when_it_has_no_value() -> None:
    newest = seen(one_goal(make_target("increase")), "own 2023=10 2024=not_increased").newest

    assert newest is not None
    assert newest.period == Period.year(2024)
    assert seen(one_goal(HELD), "country 2024=1").newest is None


def test_a_figure_from_after_the_assessed_year_is_not_shown_as_its_figure() -> None:
    found = seen(one_goal(make_target("increase")), "own 2023=10 2024=12 2025=99")

    assert [development.now.period for development in found.development] == [Period.year(2024)]
    assert found.newest is not None
    assert found.newest.period == Period.year(2024)


def test_own_targets_are_the_simple_rules_a_target_comes_down_to() -> None:
    other = make_target("decrease", indicator="other", polarity=Polarity.LOWER)
    both = make_target("all_of", indicator="", parts=(Part(text("a"), BY_2030), Part(text("b"), other)))

    assert [target.indicator for target in own_targets(both)] == ["own", "other"]
    assert own_targets(make_target("qualitative", indicator="")) == ()


def leading(status: Status, obstacle: Obstacle | None = None, due: int | None = None) -> Leading:
    """A computed leading status."""
    return Leading(status, Axis.COMPUTED, obstacle, due)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (leading(Status.MET), message("status.met")),
        (leading(Status.NOT_MET), message("status.not_met")),
        (leading(Status.NOT_MET, due=2030), message("status.not_met.due", due=2030)),
        (leading(Status.NOT_ASSESSABLE, Obstacle.DATA_NOT_PUBLISHED), message("status.not_assessable.yet")),
        (leading(Status.NOT_ASSESSABLE, Obstacle.SOURCE_DISCONTINUED), message("status.not_assessable")),
        (leading(Status.NOT_REPORTED), message("status.not_reported.by", source=text("afdelingen"))),
    ],
)
def test_a_status_is_labelled_with_what_is_ahead_of_it(given: Leading, said: object) -> None:
    assert label(given, source=text("afdelingen")) == said


def test_figures_awaited_from_nobody_in_particular_are_only_awaited() -> None:
    assert label(leading(Status.NOT_REPORTED), source=None) == message("status.not_reported")
