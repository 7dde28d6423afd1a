"""What a question becomes when another plan is named than the one that was spoken of."""

from dataclasses import replace

from bplan_bot.goal import Plan
from bplan_bot.understand.context import Context
from bplan_bot.understand.lexicon import lexicon
from bplan_bot.understand.question import Question, Unclear
from bplan_bot.understand.wording import fold


def same_again(text: str, alone: Question | Unclear, before: Context) -> Question | None:
    """The question `before` where words that go on from it only name a plan: "og i 2024-planen?"."""
    lex = lexicon()
    small = lex.fillers | lex.connectors | lex.stop | lex.plan | lex.context.opening
    words = [word.text for word in lex.words(fold(text))]
    # "Hvad med planen?" goes on, and "hvordan går det med planen?" asks for the whole of it.
    goes_on = isinstance(alone, Unclear) or not lex.context.opening.isdisjoint(words[:2])
    if not goes_on or any(word not in small for word in words):
        return None
    return Question(topic=before.topic, goals=before.goals, statuses=before.statuses, short=before.short)


def of_its_goals(asked: Question | Unclear, plan: Plan) -> Question | Unclear:
    """The question with the goals that the plan lacks as missing: another may have been spoken of before."""
    if isinstance(asked, Unclear) or all(plan.goal(number) for number in asked.goals):
        return asked
    known = tuple(number for number in asked.goals if plan.goal(number))
    gone = tuple(number for number in asked.goals if number not in known)
    return replace(asked, goals=known, missing=(*asked.missing, *gone))
