"""What a test expects of a message, in short."""

from bplan_bot.status import Status
from bplan_bot.understand.question import Question, Topic, Unclear

OVERVIEW = Question(topic=Topic.OVERVIEW)
HELP = Question(topic=Topic.HELP)
GREETING = Question(topic=Topic.GREETING)
NOTHING = Unclear()


def status(*goals, missing=()):
    """A question about the status of goals."""
    return Question(topic=Topic.STATUS, goals=goals, missing=missing)


def theme(number):
    """A question about one theme."""
    return Question(topic=Topic.THEME, theme=number)


def listing(*statuses: Status, theme=None):
    """A question for the goals of some statuses."""
    return Question(topic=Topic.LIST, statuses=statuses, theme=theme)


def goals_in(answer):
    """Every goal that an answer could be about."""
    return set(answer.goals if isinstance(answer, Question) else answer.candidates)
