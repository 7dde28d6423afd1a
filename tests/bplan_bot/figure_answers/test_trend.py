"""How figures developed: movement and direction, never across a break; a line only where there is one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bplan_bot.figure_answers.answer import FigureTopic, GoalFigures, Role, Shape
from bplan_bot.goal import Break
from bplan_bot.message import Message
from bplan_bot.observation import ObservationStatus, Series
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.quantity import Unit
from bplan_bot.target import Polarity
from tests.bplan_bot.cases import AFTER, NATIONALLY, make_target, observations, one_goal, one_plan
from tests.bplan_bot.figure_answers.invented import figures_said, ids, sentence, size
from tests.factories import text
from tests.figure_answers import told

RISE: dict[str, Any] = {"type": "increase", "polarity": Polarity.HIGHER}
FALL: dict[str, Any] = {"type": "decrease", "polarity": Polarity.LOWER}
AT_LEAST: dict[str, Any] = {"type": "at_least", "polarity": Polarity.HIGHER, "value": "35"}
EQUAL: dict[str, Any] = {"type": "equals_reference", "polarity": Polarity.HIGHER, "reference": NATIONALLY}
FIVE_YEARS = "own 2020=10 2021=40 2022=20 2023=30 2024=25"


def trend(rule: dict[str, Any], figures: str, **more: Any) -> GoalFigures:
    return figures_said(FigureTopic.TREND, rule, figures, **more)


@pytest.mark.parametrize(
    ("rule", "figures", "said"),
    [
        (RISE, "own 2023=11 2024=12", "trend.change.right_way"),
        (RISE, "own 2023=12 2024=11", "trend.change.wrong_way"),
        (FALL, "own 2023=11 2024=12", "trend.change.wrong_way"),
        (FALL, "own 2023=12 2024=11", "trend.change.right_way"),
        (RISE, "own 2023=11 2024=11", "trend.change"),
        ({**EQUAL, "polarity": Polarity.NEITHER}, "own 2023=11 2024=12", "trend.change"),
        ({"type": "maintain", "polarity": Polarity.LOWER}, "own 2023=10 2024=12", "trend.change"),
    ],
)
def test_a_movement_is_told_with_its_direction(rule: dict[str, Any], figures: str, said: str) -> None:
    answer = trend(rule, figures)

    assert [one for one in ids(answer) if one.startswith(("year_on_year", "trend.change"))] == [
        "year_on_year.reason",
        said,
    ]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ("own 2024=12", ["figure.alone", "trend.one"]),
        ("own 2021=10 2024=12", ["figure.alone", "trend.no_year_before"]),
        ("own 2023=? 2024=12", ["figure.alone", "trend.one"]),
        ("own 2024=?", ["lacking.not_published_then"]),
        ("own", ["lacking.not_reported_by"]),
        ("own 2024=not_increased", ["direction.not_increased", "direction.no_figures"]),
    ],
)
def test_without_a_figure_a_year_before_there_is_no_movement(figures: str, said: list[str]) -> None:
    assert ids(trend(RISE, figures)) == said


def test_nothing_is_compared_across_a_break() -> None:
    change = Break(date(2024, 1, 1), text("en ny opgørelse"))
    answer = trend(RISE, "own 2020=1 2021=2 2022=3 2023=11 2024=12", own={"breaks": (change,)})

    assert ids(answer) == ["figure.alone", "lacking.break_in_series"]
    assert answer.drawing is None
    told = [row.value.id for row in answer.rows if isinstance(row.value, Message)]
    assert told == [*["trend.not_comparable"] * 4, "said.figure", "break.told"]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ("own 2023=11 2024=12 | country 2023=40 2024=43", "trend.reference_moved"),
        ("own 2023=11 2024=12 | country 2023=40 2024=40", "trend.reference_still"),
        ("own 2023=11 2024=12 | country 2024=43", "trend.reference"),
    ],
)
def test_the_reference_is_told_beside_it(figures: str, said: str) -> None:
    assert said in ids(trend(EQUAL, figures))


def test_best_and_worst_go_by_what_is_better() -> None:
    rising, falling = trend(RISE, FIVE_YEARS), trend(FALL, FIVE_YEARS)

    best = sentence(rising, "trend.best").args
    assert (best["first_period"], best["last_period"]) == (Period.year(2021), Period.year(2020))
    best = sentence(falling, "trend.best").args
    assert (best["first_period"], best["last_period"]) == (Period.year(2020), Period.year(2021))


@pytest.mark.parametrize(
    "figures", ["own 2022=20 2023=30 2024=25", "own 2020-S1=1 2021=40 2022=20 2023=30", "own 2024=25"]
)
def test_of_three_figures_that_count_the_same_none_is_best(figures: str) -> None:
    assert "trend.best" not in ids(trend(RISE, figures))


@pytest.mark.parametrize("figures", ["own 2024=40", "own 2023=30 2024=40", "own 2022-S1=3 2023=30 2024=40"])
def test_fewer_than_three_comparable_figures_are_told_in_words_alone(figures: str) -> None:
    assert trend(AT_LEAST, figures).drawing is None


def test_a_line_is_drawn_with_the_mark_and_the_reference() -> None:
    barred = trend(AT_LEAST, "own 2022=20 2023=30 2024=40").drawing
    beside = trend(EQUAL, "own 2022=20 2023=30 2024=40 | country 2023=33 2024=34").drawing

    assert barred
    assert beside
    assert barred.shape is beside.shape is Shape.LINE
    assert [(line.role, [int(one.quantity.value) for one in line.points]) for line in barred.lines] == [
        (Role.OWN, [20, 30, 40]),
        (Role.TARGET, [35, 35, 35]),
    ]
    assert [(line.role, [one.period for one in line.points]) for line in beside.lines] == [
        (Role.OWN, [Period.year(year) for year in (2022, 2023, 2024)]),
        (Role.REFERENCE, [Period.year(2023), Period.year(2024)]),
    ]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ("own 2024=48/58", "said.figure_of"),
        ("own 2024=82.8", "said.figure"),
        ("own 2024=x", "told.suppressed"),
        ("own 2024=?", "told.missing"),
        ("own 2024=decreased", "told.decreased"),
    ],
)
def test_every_report_has_a_row_also_one_without_a_figure(figures: str, said: str) -> None:
    row, _ = trend(RISE, figures).rows

    assert isinstance(row.value, Message)
    assert row.value.id == said


def test_a_rank_is_drawn_and_its_best_is_the_lowest() -> None:
    answer = trend(RISE, "own 2024=1 | other 2020=69 2021=23 2023=10 2024=10", unit=Unit.RANK)

    assert sentence(answer, "trend.best_rank").args["first_period"] == Period.year(2024)
    assert size(answer, "trend.best_rank", "last") == Decimal(69)
    assert answer.drawing
    assert len(answer.drawing.lines[0].points) == 4


def test_a_preliminary_figure_is_told_as_one_and_a_final_one_is_not() -> None:
    plan = one_plan(one_goal(make_target(**RISE), Unit.POINTS))
    last = Period.year(2024)
    given = [
        replace(one, status=ObservationStatus.PRELIMINARY) if one.period == last else one
        for one in observations("own 2023=11 2024=12")
    ]

    (answer,) = told(Picture(plan, Series(given, as_of=AFTER), (), AFTER), FigureTopic.TREND, "1.1").goals

    says = [row.value.id for row in answer.rows if isinstance(row.value, Message)]
    assert says == ["said.figure", "said.preliminary", "preliminary.told"]
