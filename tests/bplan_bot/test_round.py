"""What a follow-up round asks for, what counts as answered, and who is asked."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bplan_bot.access import Grant, Person, Role
from bplan_bot.goal import Break, Decision, Discontinued, Goal
from bplan_bot.observation import COUNTRY, Direction, Observation, ObservationStatus, Series
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.round import (
    GoalDue,
    RoundAnswer,
    RoundAnswerKind,
    asked_for,
    outstanding,
    period_asked,
    reporters,
)
from bplan_bot.status import Obstacle, Status
from tests.factories import (
    NOW,
    make_document,
    make_goal,
    make_observation,
    make_plan,
    make_round,
    make_round_answer,
    text,
)
from tests.norddjurs import package

BEFORE = date(2025, 4, 1)
"""A day of the round on which none of the follow-up's figures was known."""

AFTER = date(2025, 5, 14)
NO_NEWS = make_round_answer()


def norddjurs(today: date = BEFORE, *, figures: Iterable[Observation] | None = None) -> Picture:
    known = package().observations if figures is None else figures
    return Picture(package().plan, Series(known, as_of=today), (), today)


def one_goal(goal: Goal, *figures: Observation, today: date = BEFORE) -> Picture:
    return Picture(make_plan(goals=(goal,)), Series(figures), (), today)


def changed(goal: Goal, **changes: Any) -> Goal:
    """The goal with its indicators changed."""
    return replace(goal, indicators=tuple(replace(one, **changes) for one in goal.indicators))


def written(due: Iterable[GoalDue]) -> dict[str, list[str]]:
    return {
        one.goal.number: [f"{f.indicator.key} {f.area} {f.period.code}" for f in one.figures] for one in due
    }


@pytest.mark.parametrize(
    ("goal", "figures"),
    [
        ("1.1", ["1.1.actual 707 2024", "1.1.expected 707 2024"]),
        ("1.2", ["1.2.share 707 2024"]),
        ("2.1", ["2.1.cases 707 2024", "2.1.cases 707 2023"]),
        (
            "2.2",
            [
                "2.2.number 707 2024-M12",
                "2.2.number 707 2023-M12",
                "2.2.share 707 2024-M12",
                "2.2.share 707 2023-M12",
            ],
        ),
        (
            "4.1",
            [
                "4.1.share 707 2024-M12",
                "4.1.share 000 2024-M12",
                "4.1.share 707 2023-M12",
                "4.1.share 000 2023-M12",
            ],
        ),
        ("6.2", ["6.2.share 707 2024", "6.2.share 000 2024"]),
        ("6.6", ["6.6.share 707 2024"]),
        ("6.13", ["6.13.apprentices 707 2025-M01", "6.13.apprentices 707 2024-M01"]),
    ],
)
def test_the_second_half_asks_for_what_the_rule_of_a_goal_reads(goal: str, figures: list[str]) -> None:
    empty = norddjurs(figures=())

    assert written(asked_for(empty, make_round(2)))[goal] == figures


@pytest.mark.parametrize(
    ("goal", "figures"),
    [
        ("1.2", ["1.2.share 707 2024-S1"]),
        ("2.1", ["2.1.cases 707 2024-S1", "2.1.cases 707 2023-S1"]),
        ("6.2", ["6.2.share 707 2024-S1", "6.2.share 000 2024-S1"]),
        (
            "4.1",
            [
                "4.1.share 707 2024-M06",
                "4.1.share 000 2024-M06",
                "4.1.share 707 2023-M06",
                "4.1.share 000 2023-M06",
            ],
        ),
    ],
)
def test_the_first_half_asks_for_half_a_year(goal: str, figures: list[str]) -> None:
    assert written(asked_for(norddjurs(figures=()), make_round(1)))[goal] == figures


@pytest.mark.parametrize("goal", ["2.2", "6.3", "6.5", "6.6", "6.7", "6.13"])
def test_a_figure_that_comes_once_a_year_is_asked_for_in_the_second_half_only(goal: str) -> None:
    assert goal not in written(asked_for(norddjurs(), make_round(1)))
    assert goal in written(asked_for(norddjurs(), make_round(2)))


@pytest.mark.parametrize(
    ("assessed_on", "first_half"),
    [
        ("2024", "2024-S1"),
        ("2024-M12", "2024-M06"),
        ("2024-Q4", "2024-Q2"),
        ("2024-S2", "2024-S1"),
        ("2024-12-31", "2024-06-30"),
        ("2024-08-01/2025-07-31", "2024-08-01/2025-01-31"),
    ],
)
def test_the_period_of_the_first_half_follows_from_the_assessed_one(
    assessed_on: str, first_half: str
) -> None:
    whole = Period.from_code(assessed_on)

    assert period_asked(whole, 1) == Period.from_code(first_half)
    assert period_asked(whole, 2) == whole


def test_a_figure_that_was_never_reported_is_not_asked_for() -> None:
    asked = written(asked_for(norddjurs(), make_round(2)))["6.1"]

    assert not [line for line in asked if line.startswith("6.1.job_orders")]


def test_a_goal_whose_reference_has_stopped_is_asked_for_nothing() -> None:
    assert "6.7" in written(asked_for(norddjurs(BEFORE), make_round(2)))
    assert "6.7" not in written(asked_for(norddjurs(AFTER), make_round(2)))


def test_a_figure_whose_source_has_stopped_is_not_asked_for() -> None:
    stopped = Discontinued(known_at=BEFORE, document="a-letter")

    assert asked_for(one_goal(make_goal()), make_round()) != ()
    assert asked_for(one_goal(changed(make_goal(), discontinued=stopped)), make_round()) == ()


def test_a_withdrawn_goal_is_asked_for_nothing_from_that_day() -> None:
    gone = make_goal(withdrawn=Decision(day=BEFORE, case="24/1", reason=text("udgået")))

    assert asked_for(one_goal(gone, today=BEFORE), make_round()) == ()
    assert asked_for(one_goal(gone, today=BEFORE - timedelta(days=1)), make_round()) != ()


def test_a_figure_is_not_asked_for_across_a_break_in_its_series() -> None:
    goal = package().plan.goal("6.10")
    assert goal is not None
    broken = changed(goal, breaks=(Break(date(2024, 1, 1), text("en reform")),))

    asked = asked_for(one_goal(broken), make_round(2))

    assert written(asked) == {"6.10": ["6.10.share 707 2024"]}


def test_figures_that_are_in_are_not_asked_for() -> None:
    left = written(outstanding(norddjurs(AFTER), make_round(2), ()))

    assert left == {
        "6.1": [
            "6.1.fill_rate 707 2024",
            "6.1.fill_rate 000 2024",
            "6.1.fill_rate 707 2023",
            "6.1.fill_rate 000 2023",
        ],
        "6.4": ["6.4.share 707 2024", "6.4.share 707 2023"],
        "6.6": ["6.6.share 707 2024"],
        "6.8": ["6.8.share 707 2024"],
    }


@pytest.mark.parametrize(
    ("period", "is_in"),
    [
        ("2024", True),
        ("2024-01-01/2024-06-15", True),
        ("2023-10-01/2024-09-30", True),
        ("2023", False),
        ("2025-M01", False),
    ],
)
def test_a_figure_of_a_part_of_the_period_counts_when_it_came_in_the_round(period: str, is_in: bool) -> None:
    figure = make_observation(period=Period.from_code(period), recorded_at=NOW)

    assert (outstanding(one_goal(make_goal(), figure), make_round(2), ()) == ()) is is_in


def test_a_figure_of_a_part_of_the_period_from_before_the_round_does_not_count() -> None:
    early = make_observation(period=Period.half_year(2024, 1), recorded_at=NOW - timedelta(seconds=1))

    assert outstanding(one_goal(make_goal(), early), make_round(2), ()) != ()


@pytest.mark.parametrize(
    ("figure", "is_in"),
    [
        (make_observation(), True),
        (make_observation(value=None, direction=Direction.NOT_INCREASED), True),
        (make_observation(value=None, status=ObservationStatus.SUPPRESSED), True),
        (make_observation(value=None, status=ObservationStatus.MISSING), False),
        (make_observation(value=None, status=ObservationStatus.MISSING, recorded_at=NOW), False),
        (make_observation(area=COUNTRY), False),
    ],
    ids=["value", "in words", "suppressed", "missing", "missing in the round", "the country's"],
)
def test_what_counts_as_reported(figure: Observation, is_in: bool) -> None:
    assert (outstanding(one_goal(make_goal(), figure), make_round(2), ()) == ()) is is_in


def test_no_news_settles_a_goal_and_no_other() -> None:
    plan = norddjurs(figures=())
    answer = make_round_answer("6.2")

    left = written(outstanding(plan, make_round(2), [answer]))

    assert "6.2" not in left
    assert left.keys() | {"6.2"} == written(asked_for(plan, make_round(2))).keys()


def test_handing_a_goal_on_does_not_settle_it() -> None:
    handed = make_round_answer("6.2", kind=RoundAnswerKind.HANDED_ON, handed_to="bo")

    assert "6.2" in written(outstanding(norddjurs(), make_round(2), [handed]))


def test_every_goal_can_be_assessed_once_all_that_was_asked_for_is_in() -> None:
    plan = norddjurs(figures=())
    document = make_document(date=BEFORE)
    figures = [
        make_observation(
            one.indicator.key, str(Decimal(50)), area=one.area, period=one.period, document=document
        )
        for due in asked_for(plan, make_round(2))
        for one in due.figures
    ]

    full = norddjurs(figures=figures)

    assert outstanding(full, make_round(2), ()) == ()
    lacking = {
        status.goal.number
        for status in full.all()
        if status.assessment.status in (Status.NOT_ASSESSABLE, Status.NOT_REPORTED)
        or status.assessment.verdict.obstacle in set(Obstacle)
    }
    assert lacking == {"6.1"}  # whose job orders nobody ever counted


def person(id_: str, *grants: tuple[Role, str | None]) -> Person:
    return Person(id_, frozenset(Grant(role, goal) for role, goal in grants))


REPORTER = person("reporter", (Role.REPORTER, "1.1"))
SECOND = person("second", (Role.REPORTER, "1.1"))
OWNER = person("owner", (Role.OWNER, "1.1"))
STAND_IN = person("stand-in", (Role.STAND_IN, "1.1"))
ELSEWHERE = person("elsewhere", (Role.REPORTER, "1.2"), (Role.HEAD, None))


def handed(by: str, to: str, *, minutes: int = 0, goal: str = "1.1", number: int = 1) -> RoundAnswer:
    at, kind = NOW + timedelta(minutes=minutes), RoundAnswerKind.HANDED_ON
    return make_round_answer(goal, kind=kind, person=by, handed_to=to, at=at, number=number)


@pytest.mark.parametrize(
    ("people", "answers", "asked"),
    [
        ([STAND_IN, OWNER, REPORTER, ELSEWHERE], [], ["reporter"]),
        ([REPORTER, SECOND], [], ["reporter", "second"]),
        ([STAND_IN, OWNER], [], ["owner"]),
        ([STAND_IN, ELSEWHERE], [], ["stand-in"]),
        ([ELSEWHERE], [], []),
        ([REPORTER], [handed("reporter", "bo")], ["bo"]),
        ([REPORTER, SECOND], [handed("reporter", "bo")], ["second", "bo"]),
        ([REPORTER], [handed("planner", "bo")], ["reporter", "bo"]),
        ([REPORTER], [handed("reporter", "bo", goal="1.2")], ["reporter"]),
        ([REPORTER], [handed("bo", "reporter", minutes=2), handed("reporter", "bo")], ["reporter"]),
        (
            [REPORTER],
            [handed("reporter", "bo"), handed("bo", "reporter", minutes=-60, number=2)],
            ["reporter"],
        ),
        (
            [REPORTER],
            [
                handed("reporter", "bo"),
                handed("bo", "reporter", number=2),
                handed("reporter", "bo", number=3),
            ],
            ["bo"],
        ),
        ([REPORTER], [NO_NEWS], ["reporter"]),
        ([], [handed("planner", "bo")], ["bo"]),
    ],
    ids=[
        "the reporter first",
        "all reporters",
        "else the owner",
        "else the stand-in",
        "nobody",
        "a colleague instead",
        "a colleague beside the other reporter",
        "a colleague by the planner",
        "another goal's colleague",
        "handed on and back",
        "handed back after the clock was set back",
        "handed on, back and on again",
        "no news hands nothing on",
        "a colleague where there was nobody",
    ],
)
def test_who_is_asked_for_a_goal(people: list[Person], answers: list[RoundAnswer], asked: list[str]) -> None:
    assert [one.id for one in reporters("1.1", people, answers)] == asked


def test_a_colleague_comes_with_the_roles_they_have() -> None:
    (found,) = reporters("1.1", [REPORTER, ELSEWHERE], [handed("reporter", "elsewhere")])

    assert found == ELSEWHERE


def test_areas_other_than_norddjurs_are_asked_for_their_own_figures() -> None:
    goal = make_goal()
    plan = make_plan(goals=(goal,), area="101")

    (due,) = asked_for(Picture(plan, Series(()), (), BEFORE), make_round())

    assert [one.area for one in due.figures] == ["101"]
