"""The examples as a file: what may stand in it, and that each of its meanings is one the rules know."""

import pytest

from bplan_bot.understand.examples import OUTSIDE, Example, Malformed, Meaning, examples, read_examples
from bplan_bot.understand.question import Question, Topic
from bplan_bot.understand.reading import read
from bplan_bot.understand.references import distinct, goal_names
from bplan_bot.understand.understand import understand
from bplan_bot.understand.wording import fold


def test_each_sentence_stands_under_what_it_means():
    content = "# ord\n\n= status: ordinære timer\nhva med løntimerne\n\n= overblik\nalt\n= -\nvejret?\n"

    assert read_examples(content) == (
        Example("hva med løntimerne", Meaning("ordinære timer", Topic.STATUS)),
        Example("alt", Meaning("overblik")),
        Example("vejret?", OUTSIDE),
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("hva med løntimerne", "line 1 stands under no line that begins with ="),
        (
            "= overblik\nalt\n= stauts: ordinære timer\nhm",
            "line 3 has no topic before its colon",
        ),
    ],
)
def test_a_line_at_fault_is_named(content, said):
    with pytest.raises(Malformed, match=said):
        read_examples(content)


def test_every_meaning_is_understood_by_the_rules_alone(plan):
    meanings = {each.means for each in examples()} - {OUTSIDE}
    assert len(meanings) > 200

    for means in meanings:
        if means.topic:
            assert distinct(goal_names(read(fold(means.about), plan))), means
        else:
            asked = understand(means.about, plan)
            assert isinstance(asked, Question), means
            assert not asked.guessed, means


def test_every_goal_of_the_plan_has_examples_of_each_kind_of_question(plan):
    taught: dict[str, set[Topic]] = {}
    for means in {each.means for each in examples()}:
        if means.topic:
            for number in distinct(goal_names(read(fold(means.about), plan))):
                taught.setdefault(number, set()).add(means.topic)

    wanted = {Topic.STATUS, Topic.WHY, Topic.GAP, Topic.TREND, Topic.SOURCE, Topic.DEFINITION, Topic.COUNT}
    assert {goal.number for goal in plan.goals} == set(taught)
    assert all(wanted <= topics for topics in taught.values())


def test_no_sentence_stands_there_twice():
    said = [each.said.casefold() for each in examples()]

    assert len(said) == len(set(said)) > 5_000
