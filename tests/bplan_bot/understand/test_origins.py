"""Who typed a figure, when it was stored and whether it was corrected are heard, and told from its source."""

from decimal import Decimal

import pytest

from bplan_bot.understand.context import Context
from bplan_bot.understand.question import Question, Topic, Unclear
from bplan_bot.understand.understand import understand
from tests.norddjurs import package

PLAN = package().plan


@pytest.mark.parametrize(
    ("text", "topic", "goals"),
    [
        ("hvem har indtastet 6.13?", Topic.ENTERED_BY, ("6.13",)),
        ("hvem har registreret tallet på 6.13?", Topic.ENTERED_BY, ("6.13",)),
        ("hvem tastede tallet for fleksjobledighed?", Topic.ENTERED_BY, ("5.1",)),
        ("who entered the figure of goal 6.13?", Topic.ENTERED_BY, ("6.13",)),
        ("hvornår blev 6.2 registreret?", Topic.RECORDED, ("6.2",)),
        ("hvornår blev tallet på 6.2 registreret?", Topic.RECORDED, ("6.2",)),
        ("when was 6.2 recorded?", Topic.RECORDED, ("6.2",)),
        ("er 6.9 blevet rettet?", Topic.CORRECTED, ("6.9",)),
        ("er der rettelser til 6.9?", Topic.CORRECTED, ("6.9",)),
        ("has goal 6.9 been corrected?", Topic.CORRECTED, ("6.9",)),
        ("hvilke tal er blevet rettet?", Topic.CORRECTED, ()),
        ("hvor kommer tallet på 6.2 fra?", Topic.SOURCE, ("6.2",)),
        ("hvem leverer tallet på 6.13?", Topic.SOURCE, ("6.13",)),
        ("hvornår kommer næste tal på 6.2?", Topic.FRESHNESS, ("6.2",)),
    ],
)
def test_each_question_about_an_origin_is_heard(text, topic, goals):
    asked = understand(text, PLAN)

    assert isinstance(asked, Question)
    assert (asked.topic, asked.goals) == (topic, goals)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("hvornår blev 36,7 % registreret?", "36.7"),
        ("when was 36.7 % recorded?", "36.7"),
        ("hvem har indtastet 1.950?", "1950"),
        ("hvem har indtastet de 342?", "342"),
    ],
)
def test_a_figure_may_be_named_by_its_size_alone(text, size):
    asked = understand(text, PLAN)

    assert isinstance(asked, Question)
    assert (asked.goals, asked.sizes) == ((), (Decimal(size),))


@pytest.mark.parametrize(
    "text", ["er det blevet rettet?", "hvem har indtastet det?", "hvornår blev det registreret?"]
)
def test_an_origin_is_asked_of_the_goal_that_was_spoken_of(text):
    asked = understand(text, PLAN, Context(topic=Topic.STATUS, goals=("6.2",)))

    assert isinstance(asked, Question)
    assert asked.goals == ("6.2",)


@pytest.mark.parametrize("text", ["har borgeren ret til sygedagpenge?", "hvem har indtastet min sag?"])
def test_other_words_of_the_same_stem_ask_no_such_thing(text):
    asked = understand(text, PLAN)

    assert isinstance(asked, Unclear) or asked.topic not in (Topic.CORRECTED, Topic.ENTERED_BY)
