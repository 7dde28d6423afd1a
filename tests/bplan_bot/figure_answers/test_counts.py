"""How many people a figure counts, out of how many; and that a bare share does not tell."""

import pytest

from bplan_bot.figure_answers.answer import FigureTopic, GoalFigures
from bplan_bot.quantity import Unit
from bplan_bot.texts.speaker import Speaker
from tests.bplan_bot.figure_answers.invented import figures_said, ids
from tests.figure_answers import told
from tests.norddjurs import picture

RISE = {"type": "increase"}


def rows(answer: GoalFigures) -> list[str]:
    speaker = Speaker("da")
    return [f"{speaker(row.name)}: {speaker(row.value)}" for row in answer.rows]


def counted(figures: str, unit: Unit) -> GoalFigures:
    return figures_said(FigureTopic.COUNT, RISE, figures, unit=unit)


@pytest.mark.parametrize(
    ("figures", "unit", "said"),
    [
        ("own 2023=288 2024=326", Unit.COUNT, ["2023: 288", "2024: 326"]),
        (
            "own 2023=342/2111 2024=358/2066",
            Unit.POINTS,
            ["2023: 342 af 2.111 (16,2 %)", "2024: 358 af 2.066 (17,3 %)"],
        ),
        ("own 2023=11 2024=12.2", Unit.POINTS, ["2023: 11 %", "2024: 12,2 %"]),
        ("own 2024=?", Unit.COUNT, []),
    ],
)
def test_the_counts_of_this_year_and_the_last(figures: str, unit: Unit, said: list[str]) -> None:
    assert rows(counted(figures, unit)) == [*said, "Mål: mindst 80 pct."]


@pytest.mark.parametrize(
    ("figures", "unit", "only_share"),
    [
        ("own 2024=12.2", Unit.POINTS, True),
        ("own 2024=48/58", Unit.POINTS, False),
        ("own 2024=48", Unit.COUNT, False),
    ],
)
def test_a_share_without_its_parts_says_that_it_tells_no_number_of_people(
    figures: str, unit: Unit, only_share: bool
) -> None:
    assert ("counts.only_share" in ids(counted(figures, unit))) is only_share


def test_without_figures_the_reason_is_told() -> None:
    assert ids(counted("own 2024=?", Unit.COUNT)) == ["lacking.not_published_then"]


def test_the_other_counts_of_a_goal_are_listed_and_its_ranks_are_not() -> None:
    (answer,) = told(picture(), FigureTopic.COUNT, "1.1").goals

    assert len(rows(answer)) == 9
    assert rows(answer)[1] == "det forventede antal fuldtidspersoner: 2.030 (2024)"
    assert not [row for row in rows(answer) if "placering" in row]
