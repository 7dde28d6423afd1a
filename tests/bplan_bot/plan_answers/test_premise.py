"""What a question takes for granted: corrected where the plan says otherwise, else left alone."""

from datetime import date

import pytest

from bplan_bot.plan_answers.premise import ClaimKind, premise
from bplan_bot.quantity import Unit
from tests.bplan_bot.plan_answers.said import DANISH
from tests.norddjurs import picture
from tests.plan_answers import claim, goal

SEEN = picture()
TARGET, FIGURE, RANK, GOALS = ClaimKind.TARGET, ClaimKind.FIGURE, ClaimKind.RANK, ClaimKind.GOALS
PERCENT, POINTS, COUNT = Unit.PERCENT, Unit.POINTS, Unit.COUNT


@pytest.mark.parametrize(
    ("kind", "value", "unit", "number", "said"),
    [
        (TARGET, "40", PERCENT, "6.3", "er ikke 40 %: tallet skal være mindst 35 %."),
        (TARGET, "95", PERCENT, "6.6", "er ikke 95 %: tallet skal være mindst 90 % senest i 2030."),
        (TARGET, "2028", COUNT, "6.6", "mindst 90 % senest i 2030."),
        (TARGET, "5", POINTS, "6.11", "er ikke 5 procentpoint: tallet må højst ligge 4 procentpoint over"),
        (TARGET, "60", COUNT, "6.1", "er ikke 60: tallet skal være mindst 50."),
        (TARGET, "60", PERCENT, "4.1", "har ingen grænse på 60 %. Målet er: Andelen i beskæftigelse følger"),
        (FIGURE, "40", PERCENT, "6.2", "er ikke 40 %, men 36,7 % (2024)."),
        (FIGURE, "300", COUNT, "3.1", "er ikke 300, men 326 (2024)."),
        (FIGURE, "40", COUNT, "6.2", "er ikke 40, men 36,7 % (2024)."),
        (RANK, "23", Unit.RANK, "1.1", "ikke nr. 23, men nr. 10 (I alt, 2024)."),
    ],
)
def test_what_is_wrong_is_corrected_in_one_sentence(kind, value, unit, number, said):
    corrects = premise(SEEN, claim(kind, value, unit), goal(SEEN, number))

    assert corrects
    assert said in DANISH(corrects)


@pytest.mark.parametrize(
    ("kind", "value", "unit", "number"),
    [
        (TARGET, "35", PERCENT, "6.3"),
        (TARGET, "35.0", PERCENT, "6.3"),
        (TARGET, "2030", COUNT, "6.6"),
        (TARGET, "90", COUNT, "6.6"),
        (TARGET, "50", COUNT, "6.1"),
        (TARGET, "4", POINTS, "6.11"),
        (FIGURE, "36.7", PERCENT, "6.2"),
        (FIGURE, "37", PERCENT, "6.2"),
        (FIGURE, "43.8", PERCENT, "6.2"),
        (FIGURE, "7.1", POINTS, "6.2"),
        (FIGURE, "17.2", PERCENT, "2.2"),
        (FIGURE, "17.3", PERCENT, "2.2"),
        (FIGURE, "358", COUNT, "2.2"),
        (FIGURE, "2066", COUNT, "2.2"),
        (FIGURE, "48", COUNT, "6.8"),
        (FIGURE, "80", COUNT, "1.1"),
        (FIGURE, "390", COUNT, "1.1"),
        (FIGURE, "40", PERCENT, "6.4"),
        (FIGURE, "40", PERCENT, "3.1"),
        (RANK, "10", Unit.RANK, "1.1"),
        (RANK, "5", Unit.RANK, "6.2"),
    ],
)
def test_what_is_right_or_cannot_be_held_against_anything_is_left_alone(kind, value, unit, number):
    assert premise(SEEN, claim(kind, value, unit), goal(SEEN, number)) is None


@pytest.mark.parametrize(
    ("theme", "value", "said"),
    [
        (None, "24", "Beskæftigelsesplan 2024 har 22 mål, ikke 24."),
        (None, "22", None),
        (6, "12", "har 13 mål, ikke 12."),
        (6, "13", None),
        (3, "2", "har 1 mål, ikke 2."),
    ],
)
def test_the_number_of_goals_is_the_plans_or_the_themes(theme, value, said):
    corrects = premise(SEEN, claim(GOALS, value, COUNT, theme=theme))

    assert (said in DANISH(corrects)) if said and corrects else corrects is said


@pytest.mark.parametrize(
    ("line", "value", "said"),
    [
        (1, "10", "ikke nr. 10, men nr. 23 (A-dagpenge, 2024)."),
        (1, "23", None),
        (3, "23", "ikke nr. 23, men nr. 6 (Sygedagpenge, 2024)."),
    ],
)
def test_the_rank_of_an_area_is_held_against_that_areas(line, value, said):
    of = goal(SEEN, "1.1")
    made = claim(RANK, value, Unit.RANK, line=of.benchmark[line])

    corrects = premise(SEEN, made, of)

    assert (said in DANISH(corrects)) if said and corrects else corrects is said


@pytest.mark.parametrize("kind", [TARGET, FIGURE, RANK])
def test_a_claim_about_no_goal_is_left_alone(kind):
    assert premise(SEEN, claim(kind, "40", PERCENT)) is None


@pytest.mark.parametrize("kind", [FIGURE, RANK])
def test_a_figure_that_was_not_handled_is_not_given_away_by_a_correction(kind):
    before = picture(date(2025, 4, 1))

    assert premise(before, claim(kind, "1900", COUNT), goal(SEEN, "1.1")) is not None
    assert premise(before.handled(), claim(kind, "1900", COUNT), goal(SEEN, "1.1")) is None
