"""Verdicts in everyday words: what failed, what went well, and how all goals ended."""

import pytest

from bplan_bot.status import Status
from bplan_bot.understand.question import Question, Topic, Unclear
from bplan_bot.understand.understand import understand


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("hvilke røg vi på?", Status.NOT_MET),
        ("hvor fejlede vi henne", Status.NOT_MET),
        ("hvor har vi røde lamper", Status.NOT_MET),
        ("hvilke smuttede for os", Status.NOT_MET),
        ("hvor sætter vi flueben", Status.MET),
        ("hvilke mål er kun delvist i hus", Status.PARTLY_MET),
        ("hvilke kan vi slet ikke følge op på", Status.NOT_ASSESSABLE),
    ],
)
def test_goals_are_listed_by_an_everyday_verdict(plan, text, status):
    asked = understand(text, plan)

    assert isinstance(asked, Question)
    assert asked.topic is Topic.LIST
    assert status in asked.statuses


@pytest.mark.parametrize(
    "text",
    [
        "hvad er vores træfprocent",
        "giv mig humlen",
        "hvor stor en procent af målene er nået",
        "er alle toogtyve mål nået",
        "er planen en succes",
    ],
)
def test_how_all_goals_ended_is_asked_in_everyday_words(plan, text):
    asked = understand(text, plan)

    assert isinstance(asked, Question)
    assert asked.topic is Topic.OVERVIEW


@pytest.mark.parametrize(
    "text",
    [
        "hvilke virksomheder har flest fleksjob",
        "kan jeg få fleksjob",
        "hvad koster frafaldet på erhvervsuddannelserne",
        "nåede vi målet for co2",
    ],
)
def test_what_lies_outside_the_plan_gets_no_goal(plan, text):
    assert isinstance(understand(text, plan), Unclear)
