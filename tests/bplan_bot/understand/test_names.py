from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bplan_bot.understand.names import Names, names_of, near
from bplan_bot.understand.question import Unclear
from bplan_bot.understand.together import is_together
from bplan_bot.understand.understand import understand
from tests.bplan_bot.understand.asked import goals_in, status

LONG = 8
"""Letters of a word in which one slip leaves no doubt what it was."""


def names(plan):
    return [
        (goal.number, name)
        for goal in plan.goals
        for name in (goal.title.da, goal.title.en, *goal.aliases)
        if not is_together(name)
    ]


def slips(name):
    """The name with one letter dropped, and with two swapped, in the middle of its longest word."""
    word = max(name.split(), key=len)
    if len(word) >= LONG and word.isalpha():
        half = len(word) // 2
        yield name.replace(word, word[:half] + word[half + 1 :])
        yield name.replace(word, word[: half - 1] + word[half] + word[half - 1] + word[half + 1 :])


def test_every_title_and_alias_reaches_its_goal(plan):
    for number, name in names(plan):
        assert understand(name, plan) == status(number), name
        assert understand(f"Hej, hvordan går det med {name.upper()}? På forhånd tak", plan) == status(
            number
        ), name


def test_a_title_or_alias_with_one_slip_reaches_its_goal_or_offers_it(plan):
    tried = [(number, slip) for number, name in names(plan) for slip in slips(name)]
    assert len(tried) > 200
    for number, slip in tried:
        answer = understand(slip, plan)
        assert number in goals_in(answer), slip
        assert isinstance(answer, Unclear) or replace(answer, guessed=False) == status(number), slip


def test_nearly_every_slip_is_understood_without_asking_back(plan):
    answers = [understand(slip, plan) for _, name in names(plan) for slip in slips(name)]
    assert sum(isinstance(answer, Unclear) for answer in answers) <= len(answers) // 50


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("fleksjobledighed", "5.1"),
        ("fleksjobledigheden", "5.1"),
        ("fleks job ledighed", "5.1"),
        ("delvis raskmeldte", "6.9"),
        ("delvist raskmelte", "6.9"),
        ("de delvist raskmeldtes tal", "6.9"),
        ("voksnlærlinge", "6.13"),
        ("voksenlaerlingene", "6.13"),
        ("opkvalificering", "3.1"),
        ("opkvalifisering", "3.1"),
        ("opkvalificeringstallet", "3.1"),
        ("opkval", "3.1"),
        ("vandrende sagr", "2.1"),
        ("vandrendesager", "2.1"),
        ("aktivitets parate", "6.11"),
        ("aktivitetsparate på udd.hjælp", "6.11"),
        ("ordinære tiemr", "6.10"),
        ("samtalerne", "1.2"),
        ("eud-målet", "6.3"),
        ("er målet for samtaler nået", "1.2"),
        ("bæredygtig indsats", "6.4"),
        ("bæredygtig indsats for uddannelseshjælpsmodtagere", "6.2"),
        ("hva så med de fleksvisiterede, går der stadig for mange af dem ledige", "5.1"),
        ("nåede vi de 90 % med ungdomsuddannelse", "6.6"),
    ],
)
def test_staff_words_inflections_compounds_and_slips_reach_the_goal(plan, text, goal):
    assert understand(text, plan) == status(goal)


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("eud + stx", ("6.3", "6.5")),
        ("stx, eud", ("6.5", "6.3")),
        ("eud stx", ("6.3", "6.5")),
        ("både opkval og integration", ("3.1", "4.1")),
        ("samtaler, tilbud og opkval", ("1.2", "1.3", "3.1")),
        ("fgu og uddannelseshjælp", ("6.2",)),
        ("elever/lærlinge", ("6.13",)),
        ("6.2 og eud", ("6.2", "6.3")),
        ("eud og 6.2", ("6.3", "6.2")),
        ("mål 6.2 om uddannelseshjælp", ("6.2",)),
        ("fra uddannelseshjælp til opkvalificering", ("6.2", "3.1")),
        ("mål 6.9 for dem på uddannelseshjælp", ("6.9",)),
    ],
)
def test_several_names_are_a_list_when_they_are_joined_as_one(plan, text, goals):
    assert understand(text, plan) == status(*goals)


def test_a_word_of_many_goals_is_unclear_with_three_of_them(plan):
    answer = understand("uddannelse", plan)
    assert isinstance(answer, Unclear)
    assert set(answer.candidates) == {"6.2", "6.3", "6.5"}


def every_key_near(written: str, known: Names) -> set[tuple[str, int]]:
    """The same told plainly: every name is looked at, however long it is and whatever it begins with."""
    allowed = 0 if len(written) < 6 else 1 if len(written) < 12 else 2
    return {
        (key, OSA.distance(written, key))
        for key in {*known.goals, *known.themes}
        if OSA.distance(written, key) <= allowed
        and written[:1] == key[0]
        and len(key) > 4
        and [sign for sign in written if sign.isdigit()] == [sign for sign in key if sign.isdigit()]
    }


@given(st.data())
def test_no_name_that_may_be_meant_is_passed_over_for_its_length_or_letter(plan: Any, data: Any) -> None:
    known = names_of(plan)
    key = data.draw(st.sampled_from(sorted({*known.goals, *known.themes})))
    first = data.draw(st.integers(0, len(key)))
    last = data.draw(st.integers(first, min(first + 2, len(key))))
    written = key[:first] + data.draw(st.text("aesrn1", max_size=2)) + key[last:]

    assert set(near(written, known)) == every_key_near(written, known)
