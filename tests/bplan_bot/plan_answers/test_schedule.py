"""When the committee is told: what comes next, what was last, a round's dates, and the yearly wheel."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bplan_bot.deadlines import Lead
from bplan_bot.plan_answers.schedule import last_handled, schedule
from tests.bplan_bot.plan_answers.said import DANISH, ids, opening, sections
from tests.factories import make_plan, make_round
from tests.norddjurs import BEFORE_THE_DEADLINE, picture

SEEN = picture()
DUE = picture(BEFORE_THE_DEADLINE)
CLOSED = datetime(2025, 5, 14, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seen", "rounds", "said"),
    [
        (DUE, (make_round(),), "Arbejdsmarkedsudvalget får 2. opfølgning 14. maj 2025."),
        (SEEN, (), "Arbejdsmarkedsudvalget behandlede senest opfølgningen 14. maj 2025"),
        (SEEN, (make_round(closed_at=CLOSED),), "Arbejdsmarkedsudvalget behandlede senest"),
        (SEEN, (make_round(),), "Arbejdsmarkedsudvalget behandlede senest"),
        (DUE, (), "Arbejdsmarkedsudvalget har ikke behandlet planens mål endnu."),
    ],
    ids=["round open", "no round", "round closed", "meeting over", "nothing at all"],
)
def test_an_answer_opens_with_the_next_meeting_else_with_the_last(seen, rounds, said):
    assert opening(schedule(seen, lead=Lead(), rounds=rounds)).startswith(said)


def test_of_two_rounds_the_next_meeting_is_told_first():
    later = make_round(1, committee_on=date(2025, 9, 10))

    answer = schedule(DUE, lead=Lead(), rounds=(later, make_round()))

    assert "14. maj 2025" in opening(answer)


def test_the_case_and_the_decision_of_the_last_meeting_are_told():
    said = " ".join(DANISH(one) for one in schedule(SEEN, lead=Lead()).sentences)

    assert "sag 23/6487" in said
    assert "Beslutning: Orienteringen blev godkendt." in said


def test_the_rhythm_of_most_goals_is_told_with_those_that_have_another():
    said = " ".join(DANISH(one) for one in schedule(SEEN, lead=Lead()).sentences)

    assert "Målene følges op to gange om året, dog mål 2.1 hvert kvartal og mål 2.2 én gang om året." in said


@pytest.mark.parametrize(("days", "said"), [(4, "4 hverdage før"), (1, "1 hverdag før")])
def test_how_long_before_a_meeting_the_agenda_goes_out_is_the_setting(days, said):
    assert said in " ".join(DANISH(one) for one in schedule(SEEN, lead=Lead(agenda=days)).sentences)


ALL_DATES = [
    ("Første påmindelse", "31.03.2025"),
    ("Anden påmindelse", "14.04.2025"),
    ("Planansvarlig får besked om mangler", "22.04.2025"),
    ("Frist for tal", "24.04.2025"),
    ("Dagsorden", "08.05.2025"),
    ("Udvalgsmøde", "14.05.2025"),
]


@pytest.mark.parametrize(
    ("seen", "dates"),
    [(DUE, ALL_DATES), (DUE.handled(), ALL_DATES[-2:])],
    ids=["alone with the bot", "where others read along"],
)
def test_the_inner_deadlines_of_a_round_are_shown_to_those_who_see_everything(seen, dates):
    part = schedule(seen, lead=Lead(), rounds=(make_round(),)).sections[0]

    assert [(DANISH(row.name), DANISH(row.value)) for row in part.rows] == dates


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ((8,), ["Behandling af teknisk budget: august.", "Budgetforhandling: august-oktober."]),
        ((11, 12), ["jobCAMP: november-december."]),
        ((4,), ["Budgetopfølgning: april, juni, september og november."]),
        ((3,), ["Frist for ansøgninger til udvalgets pulje: marts, juni, september og december."]),
        ((10,), ["Beskæftigelsesplanen skrives: august-oktober."]),
    ],
)
def test_what_was_asked_of_the_wheel_comes_first_with_its_year(months, said):
    wheel = SEEN.plan.wheel
    assert wheel

    told = [DANISH(one) for one in schedule(SEEN, lead=Lead(), asked=wheel.in_months(*months)).sentences]

    asked = told[: told.index("Månederne er fra årshjulet for 2022.")]
    assert [one for one in said if one not in asked] == []


def test_this_month_of_the_wheel_is_told():
    (wheel,) = schedule(picture(date(2025, 6, 1)), lead=Lead()).sections

    assert "»Budgetopfølgning«" in DANISH(wheel.sentences[0])
    assert DANISH(wheel.name) == "Årshjul (for 2022)"


def test_a_month_without_anything_is_not_spoken_of():
    wheel = SEEN.plan.wheel
    assert wheel
    fewer = replace(wheel, entries=wheel.in_months(8))
    seen = replace(SEEN, plan=replace(SEEN.plan, wheel=fewer))

    assert schedule(seen, lead=Lead()).sections[0].sentences == ()


def test_a_plan_without_wheel_rhythms_and_statements_has_an_answer_too():
    bare = replace(SEEN, plan=make_plan(), said=())

    answer = schedule(bare, lead=Lead())

    assert ids(answer.sentences) == ["not_handled.none", "schedule.no_round", "schedule.agenda"]
    assert sections(answer) == []
    assert last_handled(bare) is None
