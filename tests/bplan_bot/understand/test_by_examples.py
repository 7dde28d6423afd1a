"""Texts that no rule explains are read by examples: where these are sure, and never against what is said."""

import pytest

from bplan_bot.understand.context import Context, leans
from bplan_bot.understand.question import Question, Topic, Unclear
from bplan_bot.understand.understand import understand


@pytest.mark.parametrize(
    ("text", "topic", "goal"),
    [
        ("dem der starter op på nedsat tid efter sygdom, hvor mange er vi oppe på nu", Topic.COUNT, "6.9"),
        ("fylder vi stillingerne som firmaerne melder ind til os", Topic.STATUS, "6.1"),
        ("hvad er grunden til at vi bliver ved at hænge fast i de langvarige sager", Topic.WHY, "2.2"),
    ],
)
def test_a_goal_is_heard_from_everyday_words(plan, text, topic, goal):
    asked = understand(text, plan)

    assert isinstance(asked, Question)
    assert asked.goals == (goal,)
    assert asked.topic is topic


def test_what_is_read_by_examples_says_so_and_may_lean_on_what_was_said(plan):
    text = "dem der starter op på nedsat tid efter sygdom, hvor mange er vi oppe på nu"
    asked = understand(text, plan)

    assert isinstance(asked, Question)
    assert asked.guessed
    assert leans(text, asked)


@pytest.mark.parametrize(
    "text",
    [
        "poolen bag hotellet er tømt, og børnene græder hele natten",
        "overblik over parkeringspladser",
        "kan jeg få et tilbud på nye cykler til kontoret",
        "qwert asdfg zxcvb",
        "6.2 mio. kr.",
        "31.12.2024",
        "tilknytning til arbejdsmarkedet",
    ],
)
def test_strange_words_figures_and_a_name_of_two_goals_are_not_guessed_at(plan, text):
    assert isinstance(understand(text, plan), Unclear)


def test_a_name_goes_before_any_example(plan):
    asked = understand("hva med dem på nedsat tid efter sygdom, altså mål 6.13", plan)

    assert isinstance(asked, Question)
    assert asked.goals == ("6.13",)


def test_help_asked_for_in_strange_words_is_what_the_examples_say(plan):
    assert isinstance(understand("hvem tror du vinder kommunalvalget i norddjurs", plan), Unclear)


@pytest.mark.parametrize(
    ("text", "goal"),
    [("og den næste?", "1.3"), ("så tar vi den næste i rækken også", "1.3"), ("next one please", "1.3")],
)
def test_the_next_goal_is_the_one_after_that_was_told(plan, text, goal):
    asked = understand(text, plan, Context(topic=Topic.STATUS, goals=("1.2",)))

    assert isinstance(asked, Question)
    assert asked.goals == (goal,)


def test_after_the_last_goal_there_is_no_next(plan):
    last = Context(topic=Topic.STATUS, goals=("6.13",))

    assert isinstance(understand("og den næste?", plan, last), Unclear)


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("status på danskudd", {"6.12"}),
        ("hvordan går det med gymnasies", {"6.5"}),
        ("giv mig alt på ungeomr.", {"6.2", "6.3", "6.5", "6.6", "6.7", "6.11"}),
    ],
)
def test_a_name_that_is_cut_short_is_heard_where_it_can_only_be_one(plan, text, goals):
    asked = understand(text, plan)

    assert isinstance(asked, Question)
    assert set(asked.goals) == goals
