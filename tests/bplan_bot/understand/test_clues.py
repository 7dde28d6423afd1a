import pytest

from bplan_bot.understand.question import Unclear
from bplan_bot.understand.understand import understand
from tests.bplan_bot.understand.asked import goals_in, status, theme


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("er der flere på overførselsindkomst, end man havde regnet med?", "1.1"),
        ("får de ledige stadig deres fire møder om året", "1.2"),
        ("kommer sagerne retur fra pensionsnævnet", "2.1"),
        ("hvor mange langtidsforsørgede er der", "2.2"),
        ("kom flere ledige på kursus", "3.1"),
        ("er flere af flygtningene kommet i arbejde?", "4.1"),
        ("hvor mange i fleksjobordningen er arbejdsløse", "5.1"),
        ("har vi selv ansat nogen i fleksjob", "5.2"),
        ("bliver virksomhedernes stillinger besat", "6.1"),
        ("vil de unge stadig være håndværkere, søger de en faglig uddannelse", "6.3"),
        ("er folk i arbejde et år efter", "6.4"),
        ("how many go to high school", "6.5"),
        ("er de 25-årige færdige med en uddannelse", "6.6"),
        ("unge der hverken er i job eller skole", "6.7"),
        ("de største arbejdspladser, har vi fat i dem", "6.8"),
        ("kommer de syge tilbage i job", "6.9"),
        ("hvor mange arbejder nogle timer ved siden af ydelsen", "6.10"),
        ("unge på uddannelseshjælp, der er visiteret aktivitetsparate", "6.11"),
        ("lærer de udenlandske medarbejdere dansk?", "6.12"),
        ("ansætter kommunen lærlinge", "6.13"),
    ],
)
def test_words_that_point_to_a_goal_together_are_as_good_as_its_name(plan, text, goal):
    assert goals_in(understand(text, plan)) == {goal}


def test_what_points_to_one_goal_goes_before_a_group_and_a_theme(plan):
    assert understand("går de unge i gymnasiet eller på arbejde", plan) == status("6.5")
    assert understand("flygtninge", plan) == theme(4)
    assert understand("flygtninge i job", plan) == status("4.1")


def test_a_goal_that_is_named_is_not_given_up_for_words_that_point_elsewhere(plan):
    assert understand("fleksjobledigheden hos os selv", plan) == status("5.1")
    assert understand("status på uddannelseshjælp og aktivitetsparate", plan) == status("6.2", "6.11")


def test_words_that_point_to_two_goals_equally_well_are_unclear_with_both(plan):
    answer = understand("tilknytning til arbejdsmarkedet", plan)
    assert isinstance(answer, Unclear)
    assert set(answer.candidates) == {"5.1", "6.7"}


@pytest.mark.parametrize(
    "text",
    [
        "hvordan får jeg et fleksjob",
        "hvad koster en fleksjobber",
        "hvor mange flygtninge bor i Aarhus",
        "kan min nabo få sygedagpenge",
        "sæt 6.2 til nået",
        "slet alle tal",
        "hvordan bliver 6.2 næste år",
        "skriv en mail til direktøren om 6.2",
    ],
)
def test_what_is_no_question_about_the_plan_is_not_answered_for_its_words(plan, text):
    assert isinstance(understand(text, plan), Unclear)
