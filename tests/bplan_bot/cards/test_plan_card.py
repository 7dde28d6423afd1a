"""Answers about the plan as cards: all of them can be drawn, and a phone's notification says what matters."""

from datetime import date

import pytest

from bplan_bot.cards.render import render
from bplan_bot.plan_answers.benchmark import benchmark
from bplan_bot.plan_answers.definition import Asked, definition
from bplan_bot.plan_answers.worry import worry
from bplan_bot.texts.speaker import Speaker
from tests.card_structure import elements, faults, texts
from tests.figure_answers import goals
from tests.norddjurs import picture
from tests.plan_answers import about_goals, about_the_plan, goal

SEEN = picture()
DANISH = Speaker("da")
NOTIFICATION = 80
NUMBERS = [one.number for one in SEEN.plan.goals]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("number", NUMBERS)
def test_the_card_of_any_goal_can_be_drawn(number, language):
    cards = [render(answer, Speaker(language)).card for answer in about_goals(SEEN, number)]

    assert [fault for card in cards for fault in faults(card)] == []


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    "seen",
    [SEEN, picture(date(2025, 4, 1)), picture(date(2020, 1, 1)), SEEN.handled()],
    ids=["after the follow-up", "before it", "without a figure", "where others read along"],
)
def test_the_card_of_the_whole_plan_can_be_drawn(seen, language):
    cards = [render(answer, Speaker(language)).card for answer in about_the_plan(seen)]

    assert [fault for card in cards for fault in faults(card)] == []


@pytest.mark.parametrize("asked", [Asked.TARGET, Asked.SOURCE, Asked.RHYTHM, Asked.PERIOD, Asked.UNIT])
def test_a_notification_of_a_definition_names_the_goal(asked):
    for number in NUMBERS:
        shown = render(definition(SEEN, goals(SEEN, number), asked=asked), DANISH).summary[:NOTIFICATION]
        assert f"ål {number}" in shown


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (
            benchmark(SEEN, goal(SEEN, "1.1")),
            "Mål 1.1 Nået: nr. 10 (nr. 10 i 2023), 1.950 mod 2.030 forventet, 80 færre.",
        ),
        (worry(SEEN), "Mål 6.2 Ikke nået: 36,7 %, 7,1 procentpoint lavere end kravet."),
    ],
)
def test_a_notification_says_goal_status_and_figure(answer, shown):
    assert render(answer, DANISH).summary[:NOTIFICATION].startswith(shown)


def test_the_benchmarks_chart_has_its_numbers_beside_it():
    card = render(benchmark(SEEN, goal(SEEN, "1.1")), DANISH).card

    (chart,) = [one for one in elements(card) if one["type"].startswith("Chart.")]
    beside = " ".join(texts({"body": [one for one in card["body"] if one is not chart]}))
    drawn = [(value["x"], f"{value['y']:g}") for line in chart["data"] for value in line["values"]]
    assert chart["fallback"] == "drop"
    assert [one for one in drawn if one[0] not in beside or one[1] not in beside] == []
    assert len(drawn) == 6
    assert chart["title"] in beside


def test_a_part_about_a_goal_says_its_status_behind_its_sign():
    card = render(worry(SEEN), DANISH).card

    assert "● Ikke nået" in texts(card)
    assert "○ Bliver næppe nået (foreløbig)" in texts(card)


def test_long_names_of_rows_stand_as_lines_and_short_ones_in_columns():
    card = render(definition(SEEN, goals(SEEN, "2.2"), asked=Asked.SOURCE), DANISH).card

    names = [fact["title"] for one in elements(card) for fact in one.get("facts", [])]
    assert "Enhed" in names
    assert max(map(len, names)) <= 24
