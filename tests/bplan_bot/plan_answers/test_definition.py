"""What a goal is: the answer opens with what was asked, and says what the plan is silent on."""

from dataclasses import replace
from datetime import date

import pytest

from bplan_bot.picture import Picture
from bplan_bot.plan_answers.definition import Asked, definition
from tests.bplan_bot.plan_answers.said import ids, opening, rows, sections
from tests.figure_answers import goals
from tests.norddjurs import picture


@pytest.mark.parametrize(
    ("number", "asked", "said"),
    [
        ("6.3", Asked.TARGET, "Mål 6.3: Mindst 35 % af en ungdomsårgang"),
        ("6.8", Asked.MEASURE, "Mål 6.8 måles sådan: Andelen af offentlige og private arbejdspladser"),
        ("6.8", Asked.SOURCE, "Tallene til mål 6.8 kommer fra CVR-registret samkørt med Fasit."),
        ("6.12", Asked.SOURCE, "Tallene til mål 6.12 kommer fra Job og Sprog."),
        ("3.1", Asked.SOURCE, "Mål 3.1: Kilden fremgår ikke af planen."),
        ("1.1", Asked.RHYTHM, "Mål 1.1 følges op halvårligt, når resultatmålet opdateres."),
        ("2.1", Asked.RHYTHM, "Mål 2.1 følges op hvert kvartal."),
        ("2.2", Asked.RHYTHM, "Mål 2.2 følges op én gang om året."),
        ("2.2", Asked.PERIOD, "Mål 2.2 vurderes på december 2024."),
        ("6.6", Asked.PERIOD, "Mål 6.6 har frist i 2030 og følges nu på 2024."),
        ("2.2", Asked.UNIT, "Mål 2.2 opgøres i antal borgere og procent."),
        ("1.2", Asked.UNIT, "Mål 1.2 opgøres i procent."),
    ],
)
def test_an_answer_opens_with_what_was_asked(number, asked, said):
    answer = definition(picture(), goals(picture(), number), asked=asked)

    assert opening(answer).startswith(said)


@pytest.mark.parametrize("number", ["3.1", "4.1", "5.1", "5.2"])
def test_a_source_that_the_plan_does_not_tell_is_not_guessed(number):
    answer = definition(picture(), goals(picture(), number))

    assert rows(answer)["Kilde"] == "fremgår ikke af planen"


@pytest.mark.parametrize("asked", Asked)
def test_what_was_asked_is_not_said_again_in_a_row_and_all_else_is(asked):
    said = definition(picture(), goals(picture(), "6.2"), asked=asked)
    row_of = {
        Asked.TARGET: "Mål",
        Asked.MEASURE: "Det, der måles",
        Asked.UNIT: "Enhed",
        Asked.SOURCE: "Kilde",
        Asked.RHYTHM: "Opfølgning",
        Asked.PERIOD: "Vurderes på",
    }

    assert set(row_of.values()) - set(rows(said)) == {row_of[asked]}
    assert "Reglen" in rows(said)


@pytest.mark.parametrize("asked", Asked)
def test_what_the_figures_really_count_is_told_once(asked):
    answer = definition(picture(), goals(picture(), "6.6"), asked=asked)

    told = [*ids(answer.sentences), *rows(answer)]
    assert told.count("definition.measured_by") + told.count("Målt ved") == 1


def test_of_each_criterion_the_rule_has_a_row():
    answer = definition(picture(), goals(picture(), "2.2"))

    assert [name for name in rows(answer) if name.startswith("Reglen")] == [
        "Reglen (antallet)",
        "Reglen (andelen)",
    ]


@pytest.mark.parametrize(("number", "stopped"), [("6.7", ["definition.stopped"]), ("6.2", []), ("1.1", [])])
def test_a_source_that_has_stopped_is_told_of_where_the_source_is_asked_for(number, stopped):
    answer = definition(picture(), goals(picture(), number), asked=Asked.SOURCE)

    assert ids(answer.sentences)[1:] == stopped


def not_yet_handled() -> Picture:
    seen = picture()
    return replace(seen, said=()).handled()


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (picture(), ["definition.source", "definition.stopped"]),
        (picture(date(2025, 4, 1)), ["definition.source"]),
        (picture().handled(), ["definition.source", "definition.stopped"]),
        (not_yet_handled(), ["definition.source"]),
    ],
    ids=["known", "not known yet", "handled", "not handled yet"],
)
def test_that_a_source_has_stopped_is_told_to_those_who_may_know_it(seen, told):
    answer = definition(seen, goals(seen, "6.7"), asked=Asked.SOURCE)

    assert ids(answer.sentences) == told


def test_several_goals_have_a_part_each_after_the_numbers_that_do_not_exist():
    answer = definition(picture(), goals(picture(), "6.2", "6.3"), asked=Asked.SOURCE, missing=("7.4",))

    assert ids(answer.sentences) == ["goal.does_not_exist"]
    assert ids(answer.summary) == ["goal.does_not_exist", "definition.source", "definition.source"]
    assert [name.split()[0] for name in sections(answer)] == ["6.2", "6.3"]


def test_of_many_goals_only_what_was_asked_is_told():
    answer = definition(picture(), goals(picture()), asked=Asked.RHYTHM)

    assert len(answer.sections) == 22
    assert {(len(one.sentences), one.rows) for one in answer.sections} == {(1, ())}
