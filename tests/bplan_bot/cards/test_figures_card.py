"""Answers about figures as cards: all of them can be drawn, and every chart has its numbers beside it."""

import pytest

from bplan_bot.cards.parts import fact_rows
from bplan_bot.cards.render import render
from bplan_bot.figure_answers.answer import FigureTopic
from bplan_bot.figure_answers.short import short_plan
from bplan_bot.texts.speaker import Speaker
from tests.bplan_bot.cases import NATIONALLY
from tests.bplan_bot.figure_answers.invented import figures_said
from tests.card_structure import elements, faults, texts
from tests.figure_answers import told
from tests.norddjurs import picture

NUMBERS = [goal.number for goal in picture().plan.goals]
NOTIFICATION = 80


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("topic", FigureTopic)
def test_the_card_of_any_goal_can_be_drawn(topic, language):
    cards = {number: render(told(picture(), topic, number), Speaker(language)).card for number in NUMBERS}

    assert {number: faults(card) for number, card in cards.items() if faults(card)} == {}


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("topic", FigureTopic)
def test_the_card_of_all_goals_at_once_can_be_drawn(topic, language):
    assert faults(render(told(picture(), topic), Speaker(language)).card) == []


@pytest.mark.parametrize("topic", FigureTopic)
def test_a_notification_shows_goal_status_and_figure(topic):
    for number in NUMBERS:
        shown = render(told(picture(), topic, number), Speaker("da")).summary[:NOTIFICATION]
        rest = shown.removeprefix(f"Mål {number} ")
        assert rest != shown
        assert any(one.isdigit() for one in rest) or "ingen tal" in rest or "uden tal" in rest


@pytest.mark.parametrize("topic", [FigureTopic.GAP, FigureTopic.COMPARE, FigureTopic.COUNT])
def test_a_notification_of_several_shows_the_first_goal_its_status_and_figure(topic):
    shown = render(told(picture(), topic, "6.2", "6.11"), Speaker("da")).summary[:NOTIFICATION]

    assert shown.startswith("Mål 6.2 Ikke nået: 36,7 % mod 43,8 %")


def test_the_plan_in_short_is_its_own_notification():
    shown = render(short_plan(picture()), Speaker("da")).summary[:NOTIFICATION]

    assert "13 nået, 6 ikke nået" in shown


def charts(card):
    return [one for one in elements(card) if one["type"].startswith("Chart.")]


@pytest.mark.parametrize(
    ("topic", "number", "kind"),
    [
        (FigureTopic.TREND, "1.1", "Chart.Line"),
        (FigureTopic.COMPARE, "4.1", "Chart.VerticalBar.Grouped"),
        (FigureTopic.COMPARE, "6.2", "Chart.VerticalBar.Grouped"),
    ],
)
def test_a_chart_says_what_it_draws_and_its_figures_stand_in_words(topic, number, kind):
    reply = render(told(picture(), topic, number), Speaker("da"))
    (chart,) = charts(reply.card)
    told_in_words = " ".join(texts({"body": [one for one in reply.card["body"] if one["type"] != kind]}))

    drawn = [f"{value['y']:g}".replace(".", ",") for line in chart["data"] for value in line["values"]]
    assert chart["type"] == kind
    assert chart["fallback"] == "drop"
    assert drawn
    assert [figure for figure in drawn if figure not in told_in_words] == []
    assert chart["title"] in told_in_words


@pytest.mark.parametrize(
    ("topic", "number"),
    [
        (FigureTopic.TREND, "3.1"),
        (FigureTopic.TREND, "6.2"),
        (FigureTopic.COMPARE, "3.1"),
        (FigureTopic.GAP, "6.2"),
        (FigureTopic.SHORT, "6.2"),
    ],
)
def test_two_figures_without_a_reference_are_not_drawn(topic, number):
    assert charts(render(told(picture(), topic, number), Speaker("da")).card) == []


def test_a_line_lies_by_the_middle_of_its_periods():
    rule = {"type": "equals_reference", "reference": NATIONALLY}
    answer = figures_said(FigureTopic.TREND, rule, "own 2022=20 2023=30.55 2024=40 | country 2024=43")
    whole = told(picture(), FigureTopic.TREND, "6.2")

    reply = render(type(whole)(plan=whole.plan, topic=whole.topic, goals=(answer,)), Speaker("da"))

    (chart,) = charts(reply.card)
    assert [line["values"] for line in chart["data"]] == [
        [{"x": "2022-07-01", "y": 20.0}, {"x": "2023-07-01", "y": 30.6}, {"x": "2024-07-01", "y": 40.0}],
        [{"x": "2024-07-01", "y": 43.0}],
    ]


@pytest.mark.parametrize("topic", FigureTopic)
def test_a_card_offers_the_goal_and_the_other_questions_but_not_its_own(topic):
    card = render(told(picture(), topic, "6.2"), Speaker("da")).card
    titles = [one["title"] for one in elements(card) if one["type"] == "Action.Execute"]
    own = {
        FigureTopic.TREND: "Udvikling",
        FigureTopic.COMPARE: "Sammenligning",
        FigureTopic.GAP: "Afstand til målet",
        FigureTopic.WHY: "Begrundelse",
    }

    assert titles == ["Mål 6.2", *(title for of, title in own.items() if of != topic)]


def test_names_too_long_for_a_bar_or_a_column_are_not_cut_off():
    card = render(told(picture(), FigureTopic.COMPARE, "6.1"), Speaker("da")).card
    (chart,) = charts(card)
    names = [fact["title"] for one in elements(card) for fact in one.get("facts", [])]

    assert [value["x"] for value in chart["data"][0]["values"]] == ["2022/2023", "2023/2024"]
    assert names == []
    assert any("Besættelsesgraden: udviklingen" in text for text in texts(card))


def test_a_name_that_begins_with_an_ordinal_does_not_become_a_numbered_list():
    rows = fact_rows([("4. kvartal 2024", "3. plads")]).facts

    assert [(str(row.title)[2], str(row.value)[2]) for row in rows or []] == [("\N{NO-BREAK SPACE}",) * 2]
