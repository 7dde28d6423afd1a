import pytest

from bplan_bot.understand.question import Question
from bplan_bot.understand.understand import understand
from tests.bplan_bot.understand.asked import NOTHING, OVERVIEW, status

SPELLINGS = [
    "{n}",
    "{comma}",
    "mål {n}",
    "maal {n}",
    "mål{n}",
    "maal{n}",
    "M{n}",
    "m {n}",
    "nr. {n}",
    "nr {n}",
    "nr.{n}",
    "goal {n}",
    "#{n}",
    "mål #{n}",
    "{n}?",
    "{n}??",
    "{n}.",
    "{n}!",
    "({n})",
    "målet {n}",
    "Målet {comma}",
    "mål nr. {n}",
    "mål nummer {n}",
    "status for mål {n}",
    "STATUS PÅ {n}",
    "hvordan går det med {n}?",
    "hej, kan du sige mig om {n} er nået? tak",
    "mål: {n}",
    "\u200b{n}\ufeff",
    "Mål\u00a0{n}",
    "{n}:",
    "what is the status of goal {n}",
    "er mål {n} nået i 2024",
    "{n} 2024",
    "0{n}",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_goal_is_found_by_its_number_in_every_spelling(plan, spelling):
    for goal in plan.goals:
        text = spelling.format(n=goal.number, comma=goal.number.replace(".", ","))
        assert understand(text, plan) == status(goal.number), text


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("3.1, 4.1 og 5.2", ("3.1", "4.1", "5.2")),
        ("5.2 3.1", ("5.2", "3.1")),
        ("mål 6.2 og 6.3", ("6.2", "6.3")),
        ("mål 6,2 og 6,3", ("6.2", "6.3")),
        ("6.2/6.3", ("6.2", "6.3")),
        ("6.2,6.3", ("6.2", "6.3")),
        ("6.2 + 6.3", ("6.2", "6.3")),
        ("6.2\n6.3\n6.2", ("6.2", "6.3")),
        ("6.3 og 6.2 og 6.3", ("6.3", "6.2")),
        ("6.10-6.13", ("6.10", "6.11", "6.12", "6.13")),
        ("6.10 – 6.13", ("6.10", "6.11", "6.12", "6.13")),
        ("fra 6.10 til 6.13", ("6.10", "6.11", "6.12", "6.13")),
        ("mål 6.13-6.10", ("6.10", "6.11", "6.12", "6.13")),
        ("6.10-13", ("6.10", "6.11", "6.12", "6.13")),
        ("5.1-6.2", ("5.1", "5.2", "6.1", "6.2")),
        ("1.1-1.3 og 6.2", ("1.1", "1.2", "1.3", "6.2")),
        ("6 . 2", ("6.2",)),
        ("6.1 og 6.10", ("6.1", "6.10")),
    ],
)
def test_several_numbers_come_in_the_order_named_without_doubles(plan, text, goals):
    assert understand(text, plan) == status(*goals)


@pytest.mark.parametrize(
    ("text", "goals", "missing"),
    [
        ("7.4", (), ("7.4",)),
        ("7,4", (), ("7.4",)),
        ("6.14", (), ("6.14",)),
        ("er mål 1.4 nået?", (), ("1.4",)),
        ("status på mål 7.3", (), ("7.3",)),
        ("1.10", (), ("1.10",)),
        ("2.2 og 7.7", ("2.2",), ("7.7",)),
        ("målene 6.12-6.15", ("6.12", "6.13"), ("6.15",)),
        ("mål 36.2", (), ("36.2",)),
        ("mål 6.100", (), ("6.100",)),
        ("mål 14.5", (), ("14.5",)),
        ("mål 7", (), ("7",)),
        ("er mål 23 nået", (), ("23",)),
    ],
)
def test_a_goal_that_the_plan_lacks_is_missing_and_becomes_no_other_goal(plan, text, goals, missing):
    assert understand(text, plan) == status(*goals, missing=missing)


@pytest.mark.parametrize(
    "text",
    [
        "36.2",
        "6.100",
        "14.5",
        "1. maj 2025",
        "31.12.2024",
        "den 6.2.2025",
        "6.2-2025",
        "6/2",
        "d. 6.2",
        "den 6.2",
        "36,7 %",
        "35,2 %",
        "36,7%",
        "6,2 procent",
        "6.2 pct.",
        "6,2 procentpoint",
        "6,2 %-point",
        "6,2 pp",
        "kl. 6.2",
        "kl 6.2",
        "klokken 6.10",
        "2025",
        "i 2024",
        "12",
        "+6,2",
        "-6,2",
        "6.2 mio. kr.",
        "er målet på 45 % nået?",
        "er målet på 6,2 % nået?",
        "lokale 6.2",
        "version 2.1",
        "steget 1,9",
        "6.2.1",
        "hvad siger de 1,1 under landet",
        "2-3",
        "v6.2",
        "6.0",
        "06.02",
        "2.066",
    ],
)
def test_dates_times_and_figures_are_no_goals(plan, text):
    assert understand(text, plan) == NOTHING


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("er 6.2 på 36,7 %?", ("6.2",)),
        ("nåede vi de 35 % på eud", ("6.3",)),
        ("hvorfor er der 1,1 procentpoint mere på 5.1 siden 31.12.2023", ("5.1",)),
        ("ud af hvor mange ydelsesforløb er det i 2.2 (2024)", ("2.2",)),
        ("mødet den 14.5 kl. 10.30: hvad siger vi om 6.12", ("6.12",)),
    ],
)
def test_a_goal_among_figures_and_dates_is_the_only_goal(plan, text, goals):
    question = understand(text, plan)
    assert isinstance(question, Question)
    assert question.goals == goals


def test_the_long_number_is_never_taken_for_the_short_one_nor_the_short_for_the_long(plan):
    for number in ("6.1", "6.10", "6.11", "6.12", "6.13"):
        assert understand(f"hvad med {number}", plan) == status(number)


def test_a_number_in_a_letter_counts_only_when_it_is_called_a_goal(plan):
    letter = "Gulvet i kantinen lægges om og håndværkerne maler væggene bagefter. " * 30
    assert understand(letter + "Vi ses ved bord 6.2 bagefter", plan) == NOTHING
    assert understand(letter + "Er mål 6.2 nået?", plan) == status("6.2")
    assert understand(letter + "Er mål 6.2 nået?" + letter, plan) == status("6.2")


def test_a_year_beside_the_overview_is_no_goal(plan):
    assert understand("status for 2024", plan) == OVERVIEW
