"""A goal beside other municipalities: their figures of the same period, or that they are not held."""

from datetime import date
from decimal import Decimal

import pytest

from bplan_bot.cards.render import render
from bplan_bot.fact import FactKind
from bplan_bot.figure_answers.answer import GoalFigures, Shape
from bplan_bot.figure_answers.areas import beside_areas, held
from bplan_bot.goal import Break
from bplan_bot.observation import Observation, Series
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.quantity import Unit
from bplan_bot.texts.speaker import Speaker
from tests.bplan_bot.cases import AFTER, make_target, one_goal, one_plan
from tests.bplan_bot.figure_answers.test_traced_figures import known, quantities, said_in
from tests.factories import make_observation, text

DANISH = Speaker("da")
SYDDJURS, RANDERS = "706", "730"
AREAS = {"own": "707", "syddjurs": SYDDJURS, "randers": RANDERS}


def figures(written: str) -> list[Observation]:
    """Reads "own 2024=22.7 | syddjurs 2024=22.1"."""
    found = []
    for line in written.split("|"):
        word, *cells = line.split()
        for code, value in (cell.split("=") for cell in cells):
            period = Period.from_code(code)
            found.append(make_observation("own", value, area=AREAS[word], period=period))
    return found


def beside(written: str, *areas: str, unit: Unit = Unit.POINTS, **own: object) -> GoalFigures:
    goal = one_goal(make_target("increase"), unit, own=own)
    seen = Picture(one_plan(goal), Series(figures(written), as_of=AFTER), (), AFTER)
    (answer,) = beside_areas(seen, (goal,), areas=areas).goals
    return answer


def said(answer: GoalFigures) -> str:
    return " ".join(DANISH(sentence) for sentence in answer.sentences)


@pytest.mark.parametrize(
    ("theirs", "sentence"),
    [
        ("22.1", "22,1 % i Syddjurs: Norddjurs ligger 0,6 procentpoint over."),
        ("25", "25 % i Syddjurs: Norddjurs ligger 2,3 procentpoint under."),
        ("22.7", "I 2024 var tallet 22,7 % i både Norddjurs og Syddjurs."),
    ],
)
def test_the_two_figures_are_told_with_their_distance(theirs, sentence):
    assert sentence in said(beside(f"own 2024=22.7 | syddjurs 2024={theirs}", SYDDJURS))


def test_they_are_drawn_as_bars_and_stand_in_rows():
    answer = beside("own 2024=22.7 | syddjurs 2024=22.1 | randers 2024=25", SYDDJURS, RANDERS)

    assert answer.drawing is not None
    assert answer.drawing.shape is Shape.BARS
    (line,) = answer.drawing.lines
    assert [DANISH(label) for label in line.labels] == ["Norddjurs", "Syddjurs", "Randers"]
    assert [DANISH(row.value) for row in answer.rows] == ["22,7 %", "22,1 %", "25 %", "mindst 80 pct."]


def test_without_a_name_all_that_are_held_are_meant():
    answer = beside("own 2024=22.7 | syddjurs 2024=22.1 | randers 2024=25")

    assert "Syddjurs" in said(answer)
    assert "Randers" in said(answer)


def test_one_that_is_not_held_is_said_to_be_so_and_nothing_is_made_up():
    answer = beside("own 2024=22.7 | syddjurs 2024=22.1", RANDERS)

    assert "Tal for Randers har jeg ikke på mål 1.1." in said(answer)
    assert answer.drawing is None
    assert "Syddjurs" not in said(answer)


def test_of_several_those_that_are_not_held_are_named():
    answer = beside("own 2024=22.7 | syddjurs 2024=22.1", SYDDJURS, RANDERS)

    assert "i Syddjurs" in said(answer)
    assert "Tal for Randers har jeg ikke" in said(answer)


def test_only_figures_of_the_same_period_are_held_against_each_other():
    answer = beside("own 2023=20.8 2024=22.7 | syddjurs 2023=20", SYDDJURS)
    assert "I 2023 var tallet 20,8 % i Norddjurs og 20 % i Syddjurs" in said(answer)

    assert "har jeg ikke" in said(beside("own 2024=22.7 | syddjurs 2023=20", SYDDJURS))


def test_none_of_a_period_that_a_break_lies_in_is():
    breaks = (Break(date(2024, 7, 1), text("en reform")),)

    assert "har jeg ikke" in said(beside("own 2024=22.7 | syddjurs 2024=22", SYDDJURS, breaks=breaks))


def test_counts_are_said_to_be_of_places_of_different_size():
    answer = beside("own 2024=1950 | syddjurs 2024=2100", SYDDJURS, unit=Unit.COUNT)

    assert "kommunerne er ikke lige store" in said(answer)


def test_every_size_is_a_fact():
    answer = beside("own 2024=22.7 | syddjurs 2024=22.1 | randers 2024=25", SYDDJURS, RANDERS)

    printed = {abs(one.value) for each in said_in(answer) for one in quantities(each)}
    assert printed == {Decimal(each) for each in ("22.7", "22.1", "25", "0.6", "2.3")}
    assert printed - known(answer.facts, answer) == set()
    assert {fact.kind for fact in answer.facts if fact.of} == {FactKind.DISTANCE}


def test_what_is_held_is_neither_our_own_nor_the_countrys():
    goal = one_goal(make_target("increase"))
    found = [*figures("own 2024=22 | syddjurs 2024=22"), make_observation("own", "23", area="000")]
    seen = Picture(one_plan(goal), Series(found, as_of=AFTER), (), AFTER)

    assert held(seen, goal) == (SYDDJURS,)


def test_the_card_says_which_municipalities():
    goal = one_goal(make_target("increase"))
    seen = Picture(one_plan(goal), Series(figures("own 2024=22 | syddjurs 2024=21"), as_of=AFTER), (), AFTER)
    reply = render(beside_areas(seen, (goal,), areas=(SYDDJURS,)), DANISH)

    assert "Syddjurs, 2024: 21 %" in reply.text
    assert "Chart.VerticalBar.Grouped" in str(reply.card)
