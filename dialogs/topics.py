"""Which function answers which topic; a new topic is a module and a line here."""

from collections.abc import Callable

from bplan_bot.answers import Answer
from bplan_bot.figure_answers.answer import FigureAnswer
from bplan_bot.picture import Picture
from bplan_bot.understand.question import Question, Topic
from dialogs import figures, goals, words

TOPICS: dict[Topic, Callable[[Question, Picture], Answer | FigureAnswer]] = {
    Topic.STATUS: goals.status,
    **dict.fromkeys(figures.TELLING, figures.figures),
    Topic.OVERVIEW: goals.overview,
    Topic.LIST: goals.listed,
    Topic.THEME: goals.theme,
    Topic.HELP: words.help_,
    Topic.GREETING: words.greeting,
}


def found(question: Question, picture: Picture) -> Answer | FigureAnswer:
    """The answer to a question that only reads the picture."""
    answering = figures.in_short if question.short else TOPICS[question.topic]
    return answering(question, picture)
