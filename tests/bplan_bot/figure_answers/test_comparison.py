"""Which side of the reference a goal is on, by how much, and whether the distance grew."""

import pytest

from bplan_bot.figure_answers.answer import FigureTopic, GoalFigures, Role, Shape
from bplan_bot.goal import Axis
from bplan_bot.quantity import Unit
from bplan_bot.status import Status
from bplan_bot.target import Polarity
from tests.bplan_bot.cases import AFTER, EXPECTED, NATIONALLY
from tests.bplan_bot.figure_answers.invented import figures_said, ids, size
from tests.factories import make_statement, text
from tests.figure_answers import told
from tests.norddjurs import picture

HIGHER, LOWER, NEITHER = Polarity.HIGHER, Polarity.LOWER, Polarity.NEITHER
COMPARE = FigureTopic.COMPARE


def beside(polarity: Polarity, figures: str) -> GoalFigures:
    rule = {"type": "equals_reference", "polarity": polarity, "reference": NATIONALLY}
    return figures_said(COMPARE, rule, figures)


@pytest.mark.parametrize(
    ("polarity", "figures", "side"),
    [
        (HIGHER, "own 2024=55 | country 2024=43", "compare.over.better"),
        (HIGHER, "own 2024=36.7 | country 2024=43.8", "compare.under.worse"),
        (LOWER, "own 2024=14.6 | country 2024=13.5", "compare.over.worse"),
        (LOWER, "own 2024=10 | country 2024=13.5", "compare.under.better"),
        (NEITHER, "own 2024=14.6 | country 2024=13.5", "compare.over"),
        (NEITHER, "own 2024=10 | country 2024=13.5", "compare.under"),
        (HIGHER, "own 2024=13.5 | country 2024=13.5", "compare.equal"),
        (LOWER, "own 2024=13.5 | country 2024=13.5", "compare.equal"),
    ],
)
def test_over_or_under_and_whether_that_is_better(polarity: Polarity, figures: str, side: str) -> None:
    assert ids(beside(polarity, figures))[0] == side


@pytest.mark.parametrize(
    ("figures", "then", "grown"),
    [
        ("own 2023=14.1 2024=14.6 | country 2023=13.4 2024=13.5", "over", "compare.grew"),
        ("own 2023=51.4 2024=53.3 | country 2023=55.3 2024=55.4", "under", "compare.shrank"),
        ("own 2023=50 2024=51 | country 2023=52 2024=53", "under", "compare.as_far"),
        ("own 2023=50 2024=55 | country 2023=52 2024=53", "under", "compare.crossed"),
        ("own 2023=52 2024=55 | country 2023=52 2024=53", "equal", "compare.grew"),
        ("own 2023=50 2024=53 | country 2023=52 2024=53", "under", "compare.shrank"),
    ],
)
def test_last_year_and_whether_the_distance_grew(figures: str, then: str, grown: str) -> None:
    assert ids(beside(HIGHER, figures))[2:] == [f"compare.last_year.{then}", grown]


@pytest.mark.parametrize(
    "figures",
    [
        "own 2024=14.6 | country 2023=13.4 2024=13.5",
        "own 2023=14.1 2024=14.6 | country 2024=13.5",
        "own 2023=14.1 2024=14.6 | country 2023=? 2024=13.5",
    ],
)
def test_without_both_figures_of_last_year_the_growth_is_not_told(figures: str) -> None:
    assert ids(beside(HIGHER, figures))[2:] == ["compare.no_last_year"]


def test_without_the_reference_only_the_reason_is_told() -> None:
    answer = beside(HIGHER, "own 2024=14.6")

    assert "lacking.reference" in ids(answer)
    assert answer.drawing is None


def test_a_goal_without_a_reference_says_so_and_tells_its_own_figures() -> None:
    answer = figures_said(COMPARE, {"type": "increase"}, "own 2023=288 2024=326", unit=Unit.COUNT)

    assert ids(answer) == ["compare.no_reference", "year_on_year.reason", "year_on_year.change"]
    assert answer.drawing is None
    assert len(answer.rows) == 4  # this year and the last, the rule, and what the goal demands


def test_where_people_judged_otherwise_their_reason_stands_in_place_of_ours() -> None:
    said = text("Niveauet er holdt.")
    judged = make_statement("1.1", axis=Axis.JUDGED, status=Status.MET, day=AFTER, reason=said)

    answer = figures_said(
        COMPARE, {"type": "maintain", "polarity": LOWER}, "own 2023=10 2024=12", judged, unit=Unit.COUNT
    )

    assert answer.sentences[-1] == said
    assert "maintain.within_chance" not in ids(answer)


def test_the_expected_number_is_a_reference_too() -> None:
    rule = {"type": "below_expected", "polarity": LOWER, "reference": EXPECTED}

    answer = figures_said(COMPARE, rule, "own 2024=1950 | expected 2024=2030", unit=Unit.COUNT)

    assert size(answer, "compare.under.better", "distance") == 80


def test_bars_are_drawn_of_the_years_that_both_have() -> None:
    two = beside(HIGHER, "own 2023=58 2024=55 | country 2023=39 2024=43").drawing
    one = beside(HIGHER, "own 2023=58 2024=55 | country 2024=43").drawing

    assert two
    assert one
    assert two.shape is Shape.BARS
    assert [line.role for line in two.lines] == [Role.OWN, Role.REFERENCE]
    assert [len(line.points) for line in two.lines] == [2, 2]
    assert [len(line.points) for line in one.lines] == [1, 1]


def test_of_several_goals_the_one_furthest_away_comes_first() -> None:
    answer = told(picture(), COMPARE, "6.11", "5.1", "6.2", "3.1")

    assert [one.status.goal.number for one in answer.goals] == ["6.2", "6.11", "5.1", "3.1"]
    assert [str(fact.quantity.value) for fact in answer.facts] == ["-7.1", "6.9", "1.1"]


def test_a_goal_alone_is_not_ranked() -> None:
    assert told(picture(), COMPARE, "6.2", "3.1").lead == ()
