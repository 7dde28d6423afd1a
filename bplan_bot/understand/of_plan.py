"""Decides what is asked of the plan itself: benchmark, dates, lists by source and rhythm, and all goals."""

from bplan_bot.feed import FeedSource
from bplan_bot.goal import Plan
from bplan_bot.understand.context import Context
from bplan_bot.understand.lexicon import lexicon
from bplan_bot.understand.mentions import (
    benchmark_lines,
    entry_names,
    ranks_claimed,
    sizes,
    sources_named,
    strangers,
    wheel_entries,
)
from bplan_bot.understand.names import Mention
from bplan_bot.understand.question import ORIGINS, Question, Topic
from bplan_bot.understand.reading import Reading

REST_OF_BENCHMARK = 12
"""Unexplained words beside which a benchmark is still what the message is about."""

REST_OF_ENTRY = 3
"""The same for something of the yearly wheel, and for a list by source or rhythm."""


REST_OF_DATED = 8
"""Unexplained words beside something of the yearly wheel when a date is asked for."""


def of_benchmark(reading: Reading, plan: Plan, before: Context | None) -> Question | None:
    """The benchmark and those of its lines that are named; a line alone where it was asked about `before`."""
    goal = next((goal.number for goal in plan.goals if goal.benchmark), None)
    others = any(each.known and each.number != goal for each in reading.numbers)
    if goal is None or others or len(reading.rest) > REST_OF_BENCHMARK or _is_elsewhere(reading):
        return None
    lines = benchmark_lines(reading, plan)
    words = {word.text for word in reading.words}
    if any(each.sure and each.goals <= _held_against_another(plan) for each in reading.names if each.goals):
        return None
    said = Topic.BENCHMARK in reading.heard.topics or _says_benchmark(reading, goal)
    beside = lines and not words.isdisjoint(lexicon().beside_lines)
    ranked = ranks_claimed(reading) and not words.isdisjoint(lexicon().beside_ranks)
    went_on = lines and before is not None and before.topic is Topic.BENCHMARK
    hinted = (lines or ranks_claimed(reading)) and reading.hints.best({Topic.BENCHMARK})
    if not (said or beside or ranked or went_on or hinted):
        return None
    return Question(topic=Topic.BENCHMARK, lines=lines)


def _held_against_another(plan: Plan) -> frozenset[str]:
    """The goals whose demand is a benchmark too, but another one."""
    references = ((goal, goal.target.reference) for goal in plan.goals if not goal.benchmark)
    return frozenset(
        goal.number
        for goal, reference in references
        if reference and "benchmark" in reference.name.da.lower()
    )


def of_plan(reading: Reading, plan: Plan) -> Question | None:
    """What is asked of dates, sources, rhythms and worries where no goal is named."""
    named = any(each.goals and each.sure and not each.together for each in reading.names)
    if _is_elsewhere(reading) or reading.numbers or named:
        return None
    heard, few = reading.heard.topics, len(reading.rest) <= REST_OF_ENTRY
    if heard & {Topic.ROUND_OPEN, Topic.ROUND_CLOSE, Topic.ROUND, Topic.OVERVIEW}:
        return None
    by_month = Topic.SCHEDULE in heard or any(word.text in lexicon().beside_months for word in reading.words)
    if entries := wheel_entries(reading, plan, by_month=by_month):
        return (
            Question(topic=Topic.SCHEDULE, entries=entries) if _is_of_wheel(reading, plan, entries) else None
        )
    own = [source.key for source in plan.sources]
    if few and (asks_which(reading) or Topic.COUNT in heard) and (sources := sources_named(reading, own)):
        return Question(topic=Topic.BY_SOURCE, sources=sources)
    if (
        few
        and Topic.FRESHNESS in heard
        and (sources := sources_named(reading, [*own, *map(str, FeedSource)]))
    ):
        return Question(topic=Topic.FRESHNESS, sources=sources)
    if few and reading.times and asks_which(reading):
        return Question(topic=Topic.BY_RHYTHM, times=reading.times)
    return None


def _is_of_wheel(reading: Reading, plan: Plan, entries: tuple[str, ...]) -> bool:
    """Whether what the yearly wheel brings is what is asked about: the more surely, the more may be said."""
    own = [entry_names(each) for each in plan.wheel.entries if each.what.da in entries] if plan.wheel else []
    dated = Topic.SCHEDULE in reading.heard.topics or reading.hints.best({Topic.SCHEDULE})
    room = REST_OF_DATED if dated else REST_OF_ENTRY
    return strangers(reading, (name for names in own for name in names)) <= room


def of_all_goals(reading: Reading) -> Question | None:
    """A question about goals that names none: of them all where it asks which, else of the plan."""
    if _is_elsewhere(reading) or len(reading.rest) > REST_OF_ENTRY or reading.names or reading.numbers:
        return None
    heard = reading.heard.topics
    if Topic.SHORT in heard and not reading.rest and reading.only_said():
        return Question(topic=Topic.OVERVIEW, short=True)
    if Topic.RHYTHM in heard:
        return Question(topic=Topic.SCHEDULE) if reading.of_plan else None
    origin = next((topic for topic in Topic if topic in ORIGINS & heard), None)
    if origin and (origin is Topic.CORRECTED or sizes(reading.folded)):
        return Question(topic=origin)
    if Topic.SOURCE in heard:
        return Question(topic=Topic.SOURCE) if not reading.rest else None
    which = reading.of_plan and asks_which(reading)
    ours = not reading.rest and any(word.text in lexicon().context.ours for word in reading.words)
    asked = next((topic for topic in (Topic.GAP, Topic.COMPARE) if topic in heard), None)
    return Question(topic=asked) if asked and (which or ours) else None


def _says_benchmark(reading: Reading, goal: str) -> bool:
    """Whether the word is there, and not as the name of another goal's benchmark."""
    places = [place for place, word in enumerate(reading.words) if word.text.startswith("benchmark")]
    taken = [
        each
        for each in reading.names
        if each.goals and goal not in each.goals and any(_holds(each, p) for p in places)
    ]
    return bool(places) and not taken


def asks_which(reading: Reading) -> bool:
    """Whether some of the goals are wanted: "hvilke mål ..."."""
    return any(word.text in lexicon().context.which for word in reading.words)


def _holds(mention: Mention, place: int) -> bool:
    return mention.first <= place <= mention.last


def _is_elsewhere(reading: Reading) -> bool:
    return reading.elsewhere or reading.unrelated
