from dataclasses import replace

import pytest

from bplan_bot.status import Status
from bplan_bot.understand.question import Question, Topic
from bplan_bot.understand.understand import understand
from tests.bplan_bot.understand.asked import GREETING, HELP, NOTHING, OVERVIEW, listing, theme

MET, NOT_MET, UNLIKELY, AT_RISK = Status.MET, Status.NOT_MET, Status.UNLIKELY, Status.AT_RISK
NO_FIGURES = (Status.NOT_ASSESSABLE, Status.NOT_REPORTED)


@pytest.mark.parametrize(
    "text",
    [
        "overblik",
        "Overblik!",
        "overblk",
        "status",
        "status?",
        "hvordan går det?",
        "hej, hvordan går det",
        "det store billede",
        "ka du gi mig det store billede",
        "hvor mange mål er nået",
        "hvor mange mål er ikke nået",
        "Hvor mange af de 22 mål har vi nået?",
        "status på alle mål",
        "status for planen",
        "overview",
        "er vi i mål?",
        "status på målene",
        "giv mig en oversigt over målene i beskæftigelsesplanen",
        "hvordan går det med planen",
        "the big picture",
        "how is it going?",
        "alle mål",
        "hvilke mål har vi",
        "er alle mål nået?",
    ],
)
def test_the_whole_plan_is_asked_about_in_many_ways(plan, text):
    question = understand(text, plan)
    assert isinstance(question, Question)
    assert replace(question, statuses=()) == OVERVIEW


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("hvor mange mål er nået", (MET,)),
        ("hvor mange mål er ikke nået", (NOT_MET,)),
        ("hvor mange er grønne, og hvor mange er røde", (MET, NOT_MET, UNLIKELY)),
        ("hvordan går det", ()),
    ],
)
def test_the_statuses_that_are_counted_go_with_the_overview(plan, text, statuses):
    assert understand(text, plan) == Question(topic=Topic.OVERVIEW, statuses=statuses)


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("hvilke mål er ikke nået?", (NOT_MET,)),
        ("hvor er vi ikke i mål", (NOT_MET,)),
        ("hvilke af målene blev ikke indfriet", (NOT_MET,)),
        ("ikke nåede mål", (NOT_MET,)),
        ("mål der ikke er nået", (NOT_MET,)),
        ("hvilke mål nåede vi ikke", (NOT_MET,)),
        ("ikke nået", (NOT_MET,)),
        ("which goals are not met?", (NOT_MET,)),
        ("hvilke er nået", (MET,)),
        ("vis de opfyldte mål", (MET,)),
        ("hvilke er nået og hvilke er ikke nået", (MET, NOT_MET)),
        ("hvad kan vi ikke følge op på", NO_FIGURES),
        ("list dem vi ikke kan følge op paa", NO_FIGURES),
        ("hvilke mål mangler tal", NO_FIGURES),
        ("hvad mangler vi at få tal på?", NO_FIGURES),
        ("hvilke mål kan ikke opgøres", (Status.NOT_ASSESSABLE,)),
        ("vis de røde", (NOT_MET, UNLIKELY)),
        ("de gule", (Status.PARTLY_MET, AT_RISK)),
        ("hvilke er grønne", (MET,)),
        ("næppe", (UNLIKELY,)),
        ("hvilke mål bliver næppe nået", (UNLIKELY,)),
        ("kræver vurdering", (Status.NEEDS_JUDGEMENT,)),
        ("hvilke mål er på vej", (Status.ON_TRACK,)),
        ("hvilke mål er i fare", (AT_RISK,)),
        ("hvilke mål er delvist nået", (Status.PARTLY_MET,)),
        ("hvilke mål er udgået", (Status.WITHDRAWN,)),
        ("hvor halter det", (NOT_MET, UNLIKELY, AT_RISK)),
    ],
)
def test_a_list_asks_for_the_statuses_it_names(plan, text, statuses):
    assert understand(text, plan) == listing(*statuses)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("tema handicap", 5),
        ("handicap", 5),
        ("hvad har vi under handicap", 5),
        ("tema 6", 6),
        ("mål under tema 6", 6),
        ("kapitel 5", 5),
        ("temaet virksomheder", 6),
        ("værdig sagsbehandling", 2),
        ("værdig sagsbehandling hvordan går det", 2),
        ("resultat- og fokusmål", 1),
        ("tema resultatmål", 1),
        ("fokusmålene", 1),
        ("flygtninge", 4),
    ],
)
def test_a_theme_is_found_by_number_and_by_name(plan, text, number):
    assert understand(text, plan) == theme(number)


def test_every_ministers_goal_leads_to_the_theme_that_answers_it(plan):
    for each in plan.themes:
        if each.minister_goal:
            assert understand(f"Hvordan går det med ministermål {each.minister_goal}?", plan) == theme(
                each.number
            )
            assert understand(f"ministermaal nr. {each.minister_goal}", plan) == theme(each.number)


def test_every_theme_title_leads_to_its_theme(plan):
    for each in plan.themes:
        assert understand(each.title.da, plan) == theme(each.number)


@pytest.mark.parametrize("text", ["ministermål 6", "tema 9", "tema 0", "ministermål 22"])
def test_a_theme_that_the_plan_lacks_is_unclear(plan, text):
    assert understand(text, plan) == NOTHING


def test_a_list_can_be_asked_of_one_theme(plan):
    assert understand("hvilke mål under tema 6 er ikke nået?", plan) == listing(NOT_MET, theme=6)
    assert understand("hvilke mål under handicap er nået", plan) == listing(MET, theme=5)


@pytest.mark.parametrize(
    "text",
    [
        "hjælp",
        "hjælp!",
        "Hjælp mig",
        "hej, kan du hjælpe?",
        "hvad kan du",
        "hvad kan du?",
        "help",
        "?",
        " ?? ",
        "hvad kan jeg bruge dig til",
        "Jeg er lige kommet i udvalget. Hvad kan jeg bruge dig til?",
        "what can you do",
        "hvem er du",
        "hvad kan du hjælpe med",
    ],
)
def test_help_is_asked_for_in_many_ways(plan, text):
    assert understand(text, plan) == HELP


@pytest.mark.parametrize(
    "text",
    ["hej", "Hej!", "godmorgen", "god morgen", "hej bot", "hello", "hej, tak"],
)
def test_a_courtesy_alone_is_a_greeting(plan, text):
    assert understand(text, plan) == GREETING


@pytest.mark.parametrize("text", ["tak", "tak for hjælpen", "tak for hjælpen, ha en god dag", "thanks!"])
def test_thanks_are_taken_as_thanks(plan, text):
    assert understand(text, plan) == Question(topic=Topic.THANKS)


def test_the_ministers_goals_can_be_asked_for_in_english(plan):
    assert understand("minister's goal 4", plan) == theme(5)
    assert understand("How is ministerial goal 1 doing?", plan) == theme(2)


@pytest.mark.parametrize(
    ("text", "topic", "goals"),
    [
        ("hvorfor er 6.2 ikke nået?", Topic.WHY, ("6.2",)),
        ("why is goal 6.7 not assessed", Topic.WHY, ("6.7",)),
        ("hvad skyldes det at 5.1 ikke er nået", Topic.WHY, ("5.1",)),
        ("hvor langt er vi fra målet på 6.2", Topic.GAP, ("6.2",)),
        ("hvor mange mangler vi på 6.6", Topic.GAP, ("6.6",)),
        ("how far are we from the target of 6.6?", Topic.GAP, ("6.6",)),
        ("udvikling opkval 23-24", Topic.TREND, ("3.1",)),
        ("er antallet af vandrende sager steget?", Topic.TREND, ("2.1",)),
        ("ordinære timer 2024 ift 2023", Topic.TREND, ("6.10",)),
        ("has the fill rate gone up or down", Topic.TREND, ("6.1",)),
        ("hvordan ligger vi ift landet på 6.2", Topic.COMPARE, ("6.2",)),
        ("6.1 og 6.2 sammenlignet med landsplan", Topic.COMPARE, ("6.1", "6.2")),
        ("how do we compare with the country on 6.2", Topic.COMPARE, ("6.2",)),
        ("ud af hvor mange ydelsesforløb er det i 2.2", Topic.COUNT, ("2.2",)),
        ("antal voksenlærlinge", Topic.COUNT, ("6.13",)),
        ("hvordan går det med 6.2", Topic.STATUS, ("6.2",)),
        # Two are spoken of: the reason goes before the comparison, the movement too.
        ("hvorfor er 4.1 nået når vi ligger under landet", Topic.WHY, ("4.1",)),
        ("besættelsesgrad os/landet, og udviklingen", Topic.TREND, ("6.1",)),
    ],
)
def test_what_is_asked_of_a_goals_figures_is_heard(plan, text, topic, goals):
    assert understand(text, plan) == Question(topic=topic, goals=goals)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Status for 2.2 tak, kort, til mødet", Question(topic=Topic.STATUS, goals=("2.2",), short=True)),
        ("kort status på planen", Question(topic=Topic.OVERVIEW, short=True)),
        ("6.2 in short please", Question(topic=Topic.STATUS, goals=("6.2",), short=True)),
        ("kort: hvorfor er 6.2 ikke nået", Question(topic=Topic.WHY, goals=("6.2",))),
    ],
)
def test_a_status_can_be_asked_for_in_short(plan, text, expected):
    assert understand(text, plan) == expected


def test_unlikely_goals_are_not_listed_with_those_that_are_met(plan):
    assert understand("which goals are unlikely to be met?", plan) == listing(Status.UNLIKELY)
