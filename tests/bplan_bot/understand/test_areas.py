"""Municipalities are heard where a goal is held against them; what else is asked of them is outside."""

import pytest

from bplan_bot.understand.context import Context
from bplan_bot.understand.question import ALL_AREAS, Question, Topic, Unclear
from bplan_bot.understand.understand import understand
from tests.norddjurs import package

PLAN = package().plan


@pytest.mark.parametrize(
    ("text", "goals", "areas"),
    [
        ("6.10 sammenlignet med Syddjurs", ("6.10",), ("706",)),
        ("hvordan ligger vi i forhold til Randers på 6.10?", ("6.10",), ("730",)),
        ("6.10 mod Syddjurs og Randers", ("6.10",), ("706", "730")),
        ("er vi bedre end Århus på 6.9?", ("6.9",), ("751",)),
        ("fleksjobledighed sammenlignet med Randers Kommune", ("5.1",), ("730",)),
        ("6.10 i forhold til nabokommunerne", ("6.10",), (ALL_AREAS,)),
        ("goal 6.10 compared with Syddjurs", ("6.10",), ("706",)),
    ],
)
def test_a_goal_is_held_against_the_municipalities_that_are_named(text, goals, areas):
    assert understand(text, PLAN) == Question(topic=Topic.COMPARE, goals=goals, areas=areas)


def test_so_is_the_goal_that_was_spoken_of():
    before = Context(topic=Topic.STATUS, goals=("6.10",))

    asked = understand("og i forhold til Randers?", PLAN, before)
    assert asked == Question(topic=Topic.COMPARE, goals=("6.10",), areas=("730",))


@pytest.mark.parametrize("text", ["hvad er Syddjurs' tal på 6.10?", "status for 6.10 i Syddjurs"])
def test_a_question_about_another_municipality_alone_is_no_comparison(text):
    asked = understand(text, PLAN)

    assert isinstance(asked, Question)
    assert (asked.topic, asked.areas) == (Topic.STATUS, ("706",))


@pytest.mark.parametrize(
    "text",
    [
        "hvad er ledigheden i Syddjurs?",
        "hvor mange mål nåede Syddjurs på deres plan?",
        "hvilken placering har Aarhus Kommune på ministerens benchmark?",
        "6.10 sammenlignet med Sverige",
        "6.10 sammenlignet med Syddjurs og Sverige",
        "hvorfor er 6.10 ikke nået i Syddjurs?",
        "hvad koster mål 6.10 i Syddjurs?",
    ],
)
def test_whatever_else_is_asked_of_other_places_is_outside(text):
    assert isinstance(understand(text, PLAN), Unclear)
