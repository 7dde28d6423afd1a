"""Answers about one invented goal, by the short notation of figures."""

from decimal import Decimal
from typing import Any

from bplan_bot.figure_answers.answer import FigureTopic, GoalFigures
from bplan_bot.goal import StatedAssessment
from bplan_bot.message import Message
from bplan_bot.observation import Series
from bplan_bot.picture import Picture
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.target import Target
from tests.bplan_bot.cases import AFTER, make_target, observations, one_goal, one_plan
from tests.figure_answers import told

POINTS = Unit.POINTS


def figures_said(
    topic: FigureTopic,
    rule: dict[str, Any] | Target,
    figures: str,
    *said: StatedAssessment,
    unit: Unit = POINTS,
    **goal: Any,
) -> GoalFigures:
    """What the figures of goal 1.1 say on the day after the plan year."""
    target = rule if isinstance(rule, Target) else make_target(**rule)
    plan = one_plan(one_goal(target, unit, **goal))
    seen = Picture(plan, Series(observations(figures), as_of=AFTER), said, AFTER)
    (answer,) = told(seen, topic, "1.1").goals
    return answer


def ids(answer: GoalFigures) -> list[str]:
    """The ids of the sentences."""
    return [sentence.id for sentence in answer.sentences if isinstance(sentence, Message)]


def sentence(answer: GoalFigures, message_id: str) -> Message:
    """The sentence with that id."""
    (found,) = [one for one in answer.sentences if isinstance(one, Message) and one.id == message_id]
    return found


def size(answer: GoalFigures, message_id: str, name: str) -> Decimal:
    """The value of a figure in that sentence."""
    quantity = sentence(answer, message_id).args[name]
    assert isinstance(quantity, Quantity)
    return quantity.value
