"""What the answers about the plan say, read from their messages."""

from bplan_bot.figure_answers.answer import Said
from bplan_bot.message import Message
from bplan_bot.plan_answers.answer import PlanAnswer
from bplan_bot.texts.speaker import Speaker

DANISH = Speaker("da")


def ids(sentences: tuple[Said, ...]) -> list[str]:
    """The ids of the sentences that are no plan text."""
    return [one.id for one in sentences if isinstance(one, Message)]


def opening(answer: PlanAnswer) -> str:
    """The first sentence."""
    return DANISH(answer.sentences[0])


def rows(answer: PlanAnswer) -> dict[str, str]:
    """The rows by their names."""
    return {DANISH(row.name): DANISH(row.value) for row in answer.rows}


def sections(answer: PlanAnswer) -> list[str]:
    """The names of the parts."""
    return [DANISH(section.name) for section in answer.sections]
