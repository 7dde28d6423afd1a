"""Which function answers which topic; a new topic is a module and a line here."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bplan_bot.answers import Answer, GoalAnswer, GoalsAnswer
from bplan_bot.figure_answers.answer import FigureAnswer
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.answer import Corrected, PlanAnswer
from bplan_bot.plan_answers.benchmark import benchmark_goal
from bplan_bot.plan_answers.premise import ClaimKind, premise
from bplan_bot.understand.question import Question, Topic
from dialogs import figures, goals, of_plan, words
from dialogs.help import help_
from dialogs.visit import Visit

Found = Answer | FigureAnswer | PlanAnswer | Corrected

TOPICS: dict[Topic, Callable[[Question, Picture], Answer | FigureAnswer | PlanAnswer]] = {
    Topic.STATUS: goals.status,
    **dict.fromkeys(figures.TELLING, figures.figures),
    **dict.fromkeys(of_plan.ASKED, of_plan.defined),
    Topic.BENCHMARK: of_plan.benchmark,
    Topic.BY_SOURCE: of_plan.by_source,
    Topic.BY_RHYTHM: of_plan.by_rhythm,
    Topic.EVERY_GOAL: goals.every,
    Topic.EVERY_THEME: of_plan.every_theme,
    Topic.OVERVIEW: goals.overview,
    Topic.LIST: goals.listed,
    Topic.THEME: goals.theme,
    Topic.LANGUAGES: words.languages,
    Topic.GREETING: words.greeting,
    Topic.THANKS: words.thanks,
}
"""The topics that are answered from the picture alone."""

LOOKING_UP: dict[Topic, Callable[[Question, Visit], Awaitable[Answer | PlanAnswer]]] = {
    Topic.BY_KIND: of_plan.by_kind,
    Topic.SOURCE: of_plan.sourced,
    **dict.fromkeys(of_plan.ORIGINS, of_plan.originated),
    Topic.FRESHNESS: of_plan.fresh,
    Topic.HELP: help_,
    Topic.SCHEDULE: of_plan.when,
    Topic.WORRY: of_plan.worries,
    Topic.RESPONSIBLE: of_plan.whom,
}
"""The topics whose answer needs more of the database, and changes nothing in it."""


async def found(question: Question, visit: Visit) -> Found:
    """The answer to a question that changes nothing; first what it wrongly takes for granted."""
    answer: Answer | FigureAnswer | PlanAnswer
    if question.topic in LOOKING_UP:
        answer = await LOOKING_UP[question.topic](question, visit)
    elif question.short:
        answer = figures.in_short(question, visit.picture)
    else:
        answer = TOPICS[question.topic](question, visit.picture)
    return _corrected(answer, question, visit.picture)


def told_of(question: Question, answer: Found) -> tuple[str, ...]:
    """The goals that an answer told of; none where it was about the plan, so that "hvorfor?" is not about
    everything."""
    inner = answer.answer if isinstance(answer, Corrected) else answer
    match inner:
        case GoalAnswer():
            return (inner.goal.goal.number,)
        case GoalsAnswer() if question.topic is not Topic.EVERY_GOAL:
            return tuple(one.goal.number for one in inner.goals)
        case _:
            return question.goals


def _corrected(answer: Answer | FigureAnswer | PlanAnswer, question: Question, picture: Picture) -> Found:
    goal = picture.plan.goal(question.goals[0]) if len(question.goals) == 1 else None
    if question.topic is Topic.BENCHMARK:
        goal = benchmark_goal(picture)
    for claim in question.claims:
        lines = [one for one in goal.benchmark if one.rank in question.lines] if goal else []
        # "Vi er nr. 10, men hvordan ligger kontanthjælp mod sygedagpenge" says it of none of them.
        line = lines[0] if len(lines) == 1 else None
        said = replace(claim, line=line) if claim.kind is ClaimKind.RANK else claim
        if wrong := premise(picture, said, goal):
            return Corrected(answer, wrong)
    return answer
