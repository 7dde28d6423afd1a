"""A question that was asked of one plan, asked again of another."""

import pytest

from bplan_bot.understand.context import Context
from bplan_bot.understand.other_plan import of_its_goals, same_again
from bplan_bot.understand.question import Question, Topic
from bplan_bot.understand.understand import understand
from tests.norddjurs import package

PLAN = package().plan
BEFORE = Context(topic=Topic.TREND, goals=("6.2", "6.20"))


@pytest.mark.parametrize(
    ("words", "again"),
    [
        ("og i planen?", True),
        ("hvad med planen?", True),
        ("what about the plan?", True),
        ("hvordan går det med planen?", False),
        ("status for mål 6.3 i planen", False),
        ("overblik over planen", False),
        ("og eud i planen?", False),
    ],
)
def test_words_that_go_on_and_only_name_a_plan_ask_the_same_again(words, again):
    found = same_again(words, understand(words, PLAN), BEFORE)

    assert found == (Question(topic=Topic.TREND, goals=("6.2", "6.20")) if again else None)


def test_goals_that_the_plan_lacks_are_called_missing():
    asked = of_its_goals(Question(topic=Topic.TREND, goals=("6.2", "6.20")), PLAN)

    assert asked == Question(topic=Topic.TREND, goals=("6.2",), missing=("6.20",))
