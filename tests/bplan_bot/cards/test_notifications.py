"""What a phone shows of a message, its first 80 characters: which goal, how it stands, and its figure."""

import re

import pytest

from bplan_bot.answers import GoalsAnswer
from bplan_bot.cards import form_card
from bplan_bot.cards import goal_words as words
from bplan_bot.cards.alert_card import alert
from bplan_bot.cards.render import render
from bplan_bot.figure_answers.answer import FigureTopic
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import message
from bplan_bot.plan_answers.definition import Asked, definition
from bplan_bot.plan_answers.freshness import freshness
from bplan_bot.plan_answers.lists import Kind, of_kind
from bplan_bot.plan_answers.responsible import responsible
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker
from tests.figure_answers import goals, told
from tests.forms import every_form
from tests.norddjurs import every_alert, every_letter, goal_answer, picture
from tests.plan_answers import PEOPLE

SHOWN = 80
SEEN = picture()
TOPICS = ["status", *FigureTopic, *Asked, "freshness", "responsible"]
ALERTS = {name: state for name, (state, _) in every_alert().items()}
IN_PLACE = {"alert-fell-over"}
"""Cards that only ever take the place of one that was notified; their figures are no longer those."""


def answer(topic: str, number: str, speaker: Speaker) -> Reply:
    """The answer to that topic about one goal."""
    if topic == "status":
        return render(goal_answer(SEEN, number), speaker)
    if isinstance(topic, FigureTopic):
        return render(told(SEEN, topic, number), speaker)
    found = goals(SEEN, number)
    if isinstance(topic, Asked):
        return render(definition(SEEN, found, asked=topic), speaker)
    plan = freshness(SEEN, found) if topic == "freshness" else responsible(SEEN, found, PEOPLE)
    return render(plan, speaker)


def lacks(shown: str, status: GoalStatus, speaker: Speaker) -> list[str]:
    """What of goal, status and figure is not there."""
    figures = words.key_figures(status, speaker)
    number = re.search(r"\d+(?:[.,]\d+)*", figures)
    wanted = (status.goal.number, speaker(words.status_label(status)), number[0] if number else figures)
    return [each for each in wanted if each not in shown]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("topic", TOPICS)
def test_an_answer_about_a_goal_begins_with_goal_status_and_figure(topic, language):
    speaker = Speaker(language)
    lacking = {
        status.goal.number: lacks(answer(topic, status.goal.number, speaker).summary[:SHOWN], status, speaker)
        for status in SEEN.all()
    }

    assert {number: each for number, each in lacking.items() if each} == {}
    assert len(lacking) == 22


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("numbers", [("3.1", "4.1"), ("6.2", "6.10", "1.1"), ("2.2",)], ids=str)
def test_an_answer_about_a_few_goals_begins_with_the_first_its_status_and_figure(numbers, language):
    speaker = Speaker(language)
    few = tuple(SEEN.of(goal) for goal in goals(SEEN, *numbers))
    asked = GoalsAnswer(plan=SEEN.plan, heading=message("heading.goals"), goals=few)

    assert lacks(render(asked, speaker).summary[:SHOWN], few[0], speaker) == []


def test_a_list_of_many_goals_begins_with_what_they_have_in_common_and_their_numbers():
    shown = render(of_kind(SEEN, Kind.NO_SOURCE), Speaker("da")).summary

    assert shown == "Mål, hvis kilde ikke fremgår af planen: 3.1, 4.1, 5.1 og 5.2"


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", [name for name in ALERTS if name not in IN_PLACE])
def test_an_alert_begins_with_goal_status_and_figure(name, language):
    state, speaker = ALERTS[name], Speaker(language)
    shown = alert(state, speaker).summary[:SHOWN]

    figures = state.notice.facts["figures"][language]
    assert state.notice.goal in shown
    assert speaker.say(f"status.{state.status}") in shown
    assert figures in shown


@pytest.mark.parametrize("name", ["form-reminder", "form-second-reminder-repeated"])
def test_a_reminder_begins_with_what_is_missing_and_the_deadline(name):
    form = every_form()[name]
    shown = form_card.render(form, Speaker("da")).summary[:SHOWN]

    assert len(form.goals) == 2
    assert [one.goal.number for one in form.goals if one.goal.number not in shown] == []
    assert "tal" in shown
    assert "24.04.2025" in shown


@pytest.mark.parametrize("name", ["round-missing", "round-missing-late"])
def test_the_planner_reads_first_which_goals_lack_figures_and_the_deadline(name):
    shown = every_letter()[name](Speaker("da")).summary[:SHOWN]

    assert "mål mangler tal (6." in shown
    assert "24.04.2025" in shown


def test_many_goals_that_are_missing_are_counted_and_the_deadline_is_not_pushed_out():
    shown = form_card.render(every_form()["form-everything"], Speaker("da")).summary[:SHOWN]

    assert "21 af 21" in shown
    assert "24.04.2025" in shown
