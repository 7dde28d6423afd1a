"""Which goals and fields a form has for whom, what it says of what was typed, and what a reminder asks."""

import json
from datetime import timedelta

import pytest

from bplan_bot.access import Person
from bplan_bot.cards.form_card import render
from bplan_bot.figure_values import Field
from bplan_bot.form import may_report_in
from bplan_bot.period import Period
from bplan_bot.round import RoundAnswerKind
from bplan_bot.texts.speaker import Speaker
from tests.card_structure import LARGEST, elements
from tests.factories import make_round_answer
from tests.forms import APRIL, desk, reported, typed

VALUE = "6.13|2025-M01|6.13.apprentices|707|value"
JANUARY = Period.month(2025, 1)


def handed_on(goal: str, *, by: str, to: str, minutes: int = 0):
    at = APRIL + timedelta(minutes=minutes)
    return make_round_answer(goal, kind=RoundAnswerKind.HANDED_ON, person=by, handed_to=to, at=at)


def numbers(lying) -> list[str]:
    return [form.goal.number for form in lying.form(lying.own_goals()).goals]


def test_a_form_has_the_goals_asked_of_somebody_and_the_first_is_open():
    form = desk().form(desk().own_goals())

    assert [(one.goal.number, one.is_open) for one in form.goals] == [("5.2", True), ("6.13", False)]
    assert (form.left, form.numbers) == (2, ("5.2", "6.13"))


def test_the_stand_in_of_a_goal_with_a_reporter_has_no_form():
    assert numbers(desk(person="bo")) == []


@pytest.mark.parametrize(
    ("answers", "anna", "bo"),
    [
        ((), ["5.2", "6.13"], []),
        ((handed_on("6.13", by="anna", to="bo"),), ["5.2"], ["6.13"]),
        (
            (handed_on("6.13", by="anna", to="bo"), handed_on("6.13", by="bo", to="anna", minutes=1)),
            ["5.2", "6.13"],
            [],
        ),
        ((make_round_answer("6.13", person="anna", at=APRIL),), ["5.2"], []),
    ],
)
def test_a_goal_is_asked_of_whoever_it_was_handed_to(answers, anna, bo):
    assert numbers(desk(answers=answers)) == anna
    assert numbers(desk(answers=answers, person="bo")) == bo


@pytest.mark.parametrize(("person", "may"), [("bo", True), ("eva", False)])
def test_a_goal_that_was_handed_on_may_be_reported_by_the_colleague_only(person, may):
    answers = (handed_on("5.2", by="anna", to="bo"),)

    assert may_report_in(Person(person), "5.2", answers) is may
    assert not may_report_in(Person(person), "6.13", answers)


def test_last_times_figure_stands_beside_the_field():
    (form,) = desk().form(("6.13",)).goals[0].figures

    assert form.last is not None
    assert (str(form.last.value), form.last.period) == ("34", Period.month(2024, 1))


def test_the_due_period_is_chosen_and_others_are_offered_that_are_over():
    lying = desk()
    (period,) = lying.form(("6.13",)).goals[0].periods

    assert period.chosen == JANUARY.code
    assert period.choices[0] == JANUARY
    assert len(set(period.choices)) == len(period.choices)
    assert all(one.end <= APRIL.date() for one in period.choices)


def test_what_was_typed_in_other_goals_stays():
    written = {VALUE: "38", "5.2|note": "Tæller op"}
    form = desk().form(("5.2", "6.13"), written=written)

    assert [one.note for one in form.goals] == ["Tæller op", ""]
    assert form.goals[1].figures[0].typed.value == "38"
    assert [one.is_open for one in form.goals] == [True, True]


def test_names_of_fields_that_are_none_of_ours_are_nobodys():
    strange = {
        "6.13|2025-M01|6.2.share|707|value": "1",
        "6.13|2025-M01|6.13.apprentices|101|value": "1",
        "6.13|galt|6.13.apprentices|707|value": "1",
        "6.13|2025-M01|6.13.apprentices|707|value|more": "1",
    }
    form = typed(desk(), "6.13", strange)

    assert [one.asked.due for one in form.figures] == [JANUARY]
    assert form.figures[0].typed.is_blank


def test_a_correction_has_the_reported_figure_in_its_field_and_needs_a_reason():
    lying = desk(reported("6.13.apprentices", "38", period=JANUARY))
    goal = lying.picture.plan.goal("6.13")
    assert goal is not None

    assert lying.corrected(goal).figures[0].typed.value == "38"
    wrong = typed(lying, "6.13", {VALUE: "39"})
    assert wrong.problem is not None
    assert wrong.problem.field is Field.REASON
    assert not typed(lying, "6.13", {VALUE: "39", "6.13|reason": "Én var glemt"}).has_problem
    assert typed(lying, "6.13", {VALUE: "38"}).news == ()


def test_a_yes_names_exactly_what_was_doubted():
    one, other = (typed(desk(), "6.13", {VALUE: value}) for value in ("380", "390"))

    assert one.doubts
    assert one.doubted != other.doubted
    assert typed(desk(), "6.13", {VALUE: "38"}).doubted == ""


def test_a_goal_can_be_handed_on_to_its_other_people_by_role():
    (form,) = desk().form(("6.13",)).goals

    assert [(one.id, one.role.value) for one in form.colleagues] == [("bo", "stand_in"), ("chief", "owner")]


@pytest.mark.parametrize("count", [1, 5, 6, 12, 21])
def test_a_card_of_any_number_of_goals_fits_and_no_two_fields_have_one_name(count):
    lying = desk()
    card = render(lying.form(tuple(lying.lacking())[:count]), Speaker("da")).card
    names = [one["id"] for one in elements(card) if "id" in one]

    assert len(json.dumps(card, ensure_ascii=False).encode()) < LARGEST
    assert len(names) == len(set(names))


def test_a_goal_somebody_wrote_in_keeps_its_fields_however_many_there_are():
    lying = desk()
    mine = tuple(lying.lacking())
    card = render(lying.form(mine, written={VALUE: "38"}), Speaker("da")).card

    assert "38" in [one.get("value") for one in elements(card) if one.get("id") == VALUE]
