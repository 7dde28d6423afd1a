"""Answers about the plan beside its figures: what goals are, the benchmark, dates, worries, who answers."""

from bplan_bot.access import may_see_failures, may_see_who
from bplan_bot.answers import Answer, GoalsAnswer, PlainAnswer
from bplan_bot.goal import Goal
from bplan_bot.message import message
from bplan_bot.picture import Picture
from bplan_bot.plan_answers import lists
from bplan_bot.plan_answers.answer import PlanAnswer
from bplan_bot.plan_answers.benchmark import benchmark as benchmark_of
from bplan_bot.plan_answers.benchmark import benchmark_goal
from bplan_bot.plan_answers.definition import Asked, definition
from bplan_bot.plan_answers.freshness import freshness
from bplan_bot.plan_answers.origins import About, origins, with_origins
from bplan_bot.plan_answers.responsible import responsible
from bplan_bot.plan_answers.schedule import schedule
from bplan_bot.plan_answers.sources import Fetching, source_answer
from bplan_bot.plan_answers.worry import worry
from bplan_bot.provenance import Readers
from bplan_bot.understand.question import Question, Topic
from db import rounds as round_rows
from db.people import load_people
from db.sources import load_states
from dialogs import words
from dialogs.incoming import ConversationKind
from dialogs.visit import Visit

ASKED = {
    Topic.DEFINITION: Asked.TARGET,
    Topic.MEASURE: Asked.MEASURE,
    Topic.SOURCE: Asked.SOURCE,
    Topic.RHYTHM: Asked.RHYTHM,
    Topic.PERIOD: Asked.PERIOD,
}
"""What of a goal each topic asks first."""

ORIGINS = {
    Topic.ENTERED_BY: About.WHO,
    Topic.RECORDED: About.WHEN,
    Topic.CORRECTED: About.CORRECTED,
}
"""What of a figure's origin each topic asks first."""


def defined(question: Question, picture: Picture) -> Answer | PlanAnswer:
    """What the named goals are, or all of them."""
    goals = _named(question, picture) or (() if question.missing else picture.plan.goals)
    if not goals:
        return words.unknown_goal(question.missing, picture)
    return definition(picture, goals, asked=ASKED[question.topic], missing=question.missing)


async def sourced(question: Question, visit: Visit) -> Answer | PlanAnswer:
    """Who the figures of the named goals come from, and of one goal how its newest figure came here."""
    answer = defined(question, visit.picture)
    goals = _named(question, visit.picture)
    if not isinstance(answer, PlanAnswer) or len(goals) != 1 or question.missing:
        return answer
    return with_origins(answer, visit.picture, goals, await _readers(visit))


async def originated(question: Question, visit: Visit) -> Answer | PlanAnswer:
    """Who brought the figures of the named goals, when, and what they were before."""
    goals = _named(question, visit.picture)
    if not goals and question.missing:
        return words.unknown_goal(question.missing, visit.picture)
    return origins(
        visit.picture,
        goals,
        about=ORIGINS[question.topic],
        readers=await _readers(visit),
        sizes=question.sizes,
        missing=question.missing,
    )


def benchmark(question: Question, picture: Picture) -> Answer | PlanAnswer:
    """The benchmark, those lines first that were named."""
    goal = benchmark_goal(picture)
    if goal is None:
        return words.not_here(picture)
    asked = tuple(line for line in goal.benchmark if line.rank in question.lines)
    return benchmark_of(picture, goal, asked=asked)


async def fresh(question: Question, visit: Visit) -> Answer | PlanAnswer:
    """How fresh the figures of the named goals are, or of all; or how the named sources are doing."""
    picture = visit.picture
    goals = _named(question, picture)
    if not goals and question.missing:
        return words.unknown_goal(question.missing, picture)
    fetching = await _fetching(visit)
    if question.sources:
        return source_answer(picture, question.sources, fetching)
    return freshness(picture, goals or picture.plan.goals, missing=question.missing, fetching=fetching)


async def _fetching(visit: Visit) -> Fetching:
    alone = visit.incoming.kind is ConversationKind.PERSONAL
    async with visit.database.reading() as session:
        states = await load_states(session)
    return Fetching(
        off=visit.settings.sources_off,
        states=states,
        in_words=alone and may_see_failures(visit.person),
        now=visit.now,
        working=visit.settings.lead.working,
    )


def by_source(question: Question, picture: Picture) -> GoalsAnswer:
    """The goals whose figures come from the named sources."""
    return lists.of_sources(picture, question.sources)


def by_rhythm(question: Question, picture: Picture) -> GoalsAnswer:
    """The goals that are followed up so often."""
    return lists.followed_up(picture, question.times)


async def by_kind(question: Question, visit: Visit) -> Answer:
    """The goals that have something in common, or those of whoever asks."""
    assert question.kind is not None  # noqa: S101  # what makes it a question about a kind
    if question.kind is not lists.Kind.OWN:
        return lists.of_kind(visit.picture, question.kind)
    own = lists.of_person(visit.picture, visit.person)
    if own.goals:
        return own
    goal = visit.picture.plan.goals[0]
    return PlainAnswer(
        heading=message("heading.kind.own"),
        sentences=(message("own.none", number=goal.number),),
        suggestions=(words.OVERVIEW, words.HELP),
    )


def every_theme(question: Question, picture: Picture) -> PlainAnswer:
    """The plan's themes, with the ministry's numbers."""
    points = tuple(
        message("theme.of_minister", number=theme.minister_goal, title=theme.title, theme=theme.number)
        if theme.minister_goal
        else message("theme.own", title=theme.title, theme=theme.number)
        for theme in picture.plan.themes
    )
    ministers = sum(theme.minister_goal is not None for theme in picture.plan.themes)
    return PlainAnswer(
        heading=message("heading.themes"),
        sentences=(message("themes.what", plan=picture.plan.title, n=len(points), ministers=ministers),),
        points=points,
        suggestions=(words.OVERVIEW,),
    )


async def when(question: Question, visit: Visit) -> Answer | PlanAnswer:
    """What is due when."""
    wheel, plan = visit.picture.plan.wheel, visit.picture.plan
    asked = tuple(entry for entry in wheel.entries if entry.what.da in question.entries) if wheel else ()
    async with visit.database.reading() as session:
        held = await round_rows.rounds(session, plan.key)
    return schedule(visit.picture, lead=visit.settings.lead, rounds=held, asked=asked)


async def worries(question: Question, visit: Visit) -> Answer | PlanAnswer:
    """What is worth worrying about."""
    if visit.day.as_of:
        return worry(visit.picture)  # which rounds were open then is not known
    async with visit.database.reading() as session:
        open_ = await round_rows.open_rounds(session)
        mine = [one for one in open_ if one.plan == visit.picture.plan.key]
        seen = [await round_rows.round_picture(session, one, today=visit.now.date()) for one in mine]
    return worry(visit.picture, seen)


async def whom(question: Question, visit: Visit) -> Answer | PlanAnswer:
    """Who answers for the named goals, or for all of them."""
    goals = _named(question, visit.picture)
    if not goals and question.missing:
        return words.unknown_goal(question.missing, visit.picture)
    async with visit.database.reading() as session:
        everybody = await load_people(session)
    return responsible(visit.picture, goals or visit.picture.plan.goals, everybody, missing=question.missing)


async def _readers(visit: Visit) -> Readers:
    """What may be told of who brought figures; ids only alone with those who keep the roles."""
    async with visit.database.reading() as session:
        everybody = await load_people(session)
    alone = visit.incoming.kind is ConversationKind.PERSONAL
    zone = visit.now.tzinfo
    assert zone  # noqa: S101  # now is aware
    return Readers(everybody, named=alone and may_see_who(visit.person), zone=zone)


def _named(question: Question, picture: Picture) -> tuple[Goal, ...]:
    return tuple(goal for number in question.goals if (goal := picture.plan.goal(number)))
