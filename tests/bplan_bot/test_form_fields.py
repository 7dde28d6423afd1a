"""A figure told in words goes into the fields of the period and the figure it is for."""

import pytest

from bplan_bot.figure_values import Typed
from bplan_bot.form_fields import outside_a_round, told_in
from bplan_bot.period import Period
from bplan_bot.round import figures_read
from tests.forms import desk, outside_any_round


def goal(number):
    found = desk().picture.plan.goal(number)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("number", "told", "written"),
    [
        ("6.13", Typed(value="38"), {"6.13|2025-M01|6.13.apprentices|707|value": "38"}),
        ("2.2", Typed(value="358"), {"2.2|2024-M12|2.2.number|707|value": "358"}),
        ("2.2", Typed(value="17,3 %"), {"2.2|2024-M12|2.2.share|707|value": "17,3 %"}),
        ("2.2", Typed(value="17,3"), {"2.2|2024-M12|2.2.share|707|value": "17,3"}),
        ("6.2", Typed(value="36,7 %"), {"6.2|2024|6.2.share|707|value": "36,7 %"}),
        ("6.2", Typed(value="37"), {"6.2|2024|6.2.share|707|value": "37"}),
        ("6.13", Typed(value="38 %"), {"6.13|2025-M01|6.13.apprentices|707|value": "38 %"}),
        (
            "6.8",
            Typed(numerator="48", denominator="58"),
            {"6.8|2024|6.8.share|707|numerator": "48", "6.8|2024|6.8.share|707|denominator": "58"},
        ),
        (
            "6.13",
            Typed(value="34", period="2024-M02"),
            {"6.13|2025-M01|period": "2024-M02", "6.13|2025-M01|6.13.apprentices|707|value": "34"},
        ),
        ("6.13", Typed(period="2025-M01"), {"6.13|2025-M01|period": "2025-M01"}),
        ("6.13", Typed(), {}),
    ],
)
def test_the_figure_goes_where_its_unit_and_period_say(number, told, written):
    lying = desk()
    form = lying.goal_form(goal(number), figures_read(goal(number), lying.picture, goal(number).assessed_on))

    assert told_in(form, told) == written


def test_beside_the_figure_stands_the_one_before_the_period_that_was_told():
    form = outside_any_round().told(goal("6.13"), Typed(value="38", period="2025-M01"))

    (figure,) = form.figures
    assert figure.last is not None
    assert figure.last.period == Period.month(2024, 1)


@pytest.mark.parametrize(
    ("number", "told", "due"),
    [
        ("6.13", "", {"2025-M01"}),
        ("6.13", "2024-M01", {"2024-M01"}),
        ("6.2", "", {"2024"}),
        ("6.12", "", {"2024"}),
    ],
)
def test_outside_a_round_the_newest_period_is_due_unless_one_was_told(number, told, due):
    asked = outside_a_round(goal(number), desk().picture, told)

    assert {one.period.code for one in asked} == due


@pytest.mark.parametrize("number", [one.number for one in desk().picture.plan.goals])
def test_every_goal_can_be_reported_outside_a_round(number):
    form = outside_any_round().told(goal(number), Typed(value="38"))

    assert form.periods
    assert form.is_touched
    assert form.figures[0].asked.area == "707"
