"""Decides what a question means that leans on what was said before it: "og 6.3?", "hvorfor?", "de andre?"."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bplan_bot.goal import Plan
from bplan_bot.status import Status
from bplan_bot.understand.lexicon import lexicon
from bplan_bot.understand.ordinals import placed
from bplan_bot.understand.question import ORIGINS, Question, Topic, Unclear
from bplan_bot.understand.reading import Reading
from bplan_bot.understand.wording import fold

FORGOTTEN_AFTER = timedelta(minutes=30)
"""How long a conversation's last question is leant on; later on it is somebody else's, or another thought."""

MOST_EARLIER = 6
"""Goals of the questions before the last that "begge" and "dem" reach back to."""

MAY_LEAN = frozenset(
    {
        *ORIGINS,
        Topic.SOURCE,
        Topic.RHYTHM,
        Topic.MEASURE,
        Topic.PERIOD,
        Topic.FRESHNESS,
        Topic.RESPONSIBLE,
        Topic.SCHEDULE,
        Topic.LIST,
        Topic.OVERVIEW,
    }
)
"""Topics that are asked of the plan, and in the same words of the goal that was spoken of."""

OUTRIGHT = frozenset({Topic.WHY, Topic.GAP, Topic.TREND, Topic.COMPARE, Topic.SOURCE})
"""Topics that go on from the benchmark as they do from a goal."""

_WHOLE_PLAN = frozenset({Topic.OVERVIEW, Topic.LIST, Topic.THEME})


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a conversation was about: the last question's topic, and the goals that its answer told of.

    `earlier` are goals of the questions before it that it went on from ("hvad er målet på 1.2?", "og 1.3?").
    `listed` are the goals of the last list or choice, in its order.
    `plan` is the key of the plan that was named; empty while none was. `as_of` is the earlier day that it was
    answered as of.
    """

    topic: Topic
    goals: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    short: bool = False
    listed: tuple[str, ...] = ()
    plan: str = ""
    as_of: date | None = None


def is_forgotten(at: datetime, *, now: datetime) -> bool:
    """Whether what was said at a moment (both aware) is too long ago to be leant on."""
    return at <= now - FORGOTTEN_AFTER


def leans(text: str, understood: Question | Unclear) -> bool:
    """Whether what was said before may give these words another meaning."""
    said = lexicon().context
    words = {word.text for word in lexicon().words(fold(text[:200]))}
    if isinstance(understood, Unclear) or understood.guessed:
        return True
    if understood.topic in MAY_LEAN and not understood.goals:
        return True
    return not words.isdisjoint(said.opening | said.they | said.others)


def went_on(text: str, alone: Question | Unclear, meant: Question | Unclear) -> bool:
    """Whether a question that means this alone, and `meant` that after the one before it, goes on from that
    one."""
    first = [word.text for word in lexicon().words(fold(text[:200]))][:2]
    return meant != alone or not lexicon().context.opening.isdisjoint(first)


def context_of(question: Question, goals: Iterable[str], before: Context | None) -> Context:
    """What is kept of a question whose answer told of these goals; `before` is what it leant on."""
    told = tuple(goals)
    earlier: tuple[str, ...] = ()
    if before and before.goals and len(before.goals) == len(told) == 1 and before.goals != told:
        earlier = (*(each for each in before.earlier if each not in told), *before.goals)[-MOST_EARLIER:]
    return Context(
        topic=question.topic,
        goals=told,
        earlier=earlier,
        statuses=question.statuses,
        short=question.short,
        listed=told if len(told) > 1 else before.listed if before else (),
    )


def offered(candidates: tuple[str, ...], before: Context | None) -> Context:
    """What is kept where somebody was asked which of these goals they mean; what was spoken of stays so."""
    return replace(before or Context(topic=Topic.STATUS), listed=candidates)


def follow_up(
    reading: Reading, alone: Question | Unclear, before: Context, plan: Plan, *, of_goals: frozenset[Topic]
) -> Question | None:
    """What the words mean after `before`; None where they mean what they mean alone.

    `alone` is that meaning, `of_goals` are the topics that are asked about goals.
    """
    if reading.elsewhere or reading.unrelated:
        return None
    if isinstance(alone, Question) and alone.topic is Topic.FRESHNESS and alone.sources:
        return None  # "virker jobindsats?" is of the source, whatever goal was spoken of
    if number := placed(reading, before.listed):
        topic = _topic(reading, of_goals) or Topic.STATUS
        return Question(topic=topic, goals=(number,), short=Topic.SHORT in reading.heard.topics)
    if further := _next(reading, before, plan, of_goals):
        return further
    if isinstance(alone, Question) and alone.goals:
        return _other_goals(reading, alone, before, of_goals)
    if reading.rest or reading.numbers or reading.themes or _names_a_goal(reading):
        return None
    if isinstance(alone, Question) and (further := _of_the_same(reading, alone, before, of_goals)):
        return further
    return (
        _the_others(reading, before, plan)
        or _which(reading, before)
        or _of_them(reading, before, of_goals)
        or _how_many(reading, before)
        or (_about_the_same(reading, before, of_goals) if isinstance(alone, Unclear) else None)
    )


def _next(reading: Reading, before: Context, plan: Plan, of_goals: frozenset[Topic]) -> Question | None:
    """The goal after the one that was told: "og den næste?"."""
    said = lexicon().context
    small = said.next | said.beside_places | said.it | said.opening | lexicon().numbers.goal
    plain = all(word.text in small or not word.text[0].isalnum() for word in reading.words)
    if len(before.goals) != 1 or not plain or _words(reading).isdisjoint(said.next):
        return None
    numbers = [goal.number for goal in plan.goals]
    place = numbers.index(before.goals[0]) + 1 if before.goals[0] in numbers else len(numbers)
    topic = before.topic if before.topic in of_goals else Topic.STATUS
    return (
        Question(topic=topic, goals=(numbers[place],), short=before.short) if place < len(numbers) else None
    )


def _of_the_same(
    reading: Reading, alone: Question, before: Context, of_goals: frozenset[Topic]
) -> Question | None:
    """What could be asked of the whole plan, and is of the goal: "hvor tit opdateres det?", "kilden?"."""
    if not before.goals or alone.topic not in MAY_LEAN or not _words(reading).isdisjoint(_plan_words()):
        return None
    words, said = _words(reading), lexicon().context
    if alone.topic is Topic.OVERVIEW and words & said.status and words & said.opening:
        return Question(topic=Topic.STATUS, goals=before.goals)  # "og status?"
    of_several = said.which | said.name | said.they | lexicon().whole_plan
    if alone.topic is Topic.LIST and alone.theme is None and _says_it(reading) and not words & of_several:
        return Question(topic=Topic.STATUS, goals=before.goals)  # "blev det så nået?"
    topic = next((each for each in Topic if each in of_goals & reading.heard.topics), None)
    if alone.topic in of_goals:
        topic = alone.topic
    leaning = topic in MAY_LEAN or topic is Topic.GAP or _says_it(reading)
    return Question(topic=topic, goals=before.goals) if topic and leaning else None


def _plan_words() -> frozenset[str]:
    return lexicon().context.whole


def _other_goals(
    reading: Reading, asked: Question, before: Context, of_goals: frozenset[Topic]
) -> Question | None:
    """The same question of other goals: "og 6.3?", "nej, jeg mente 6.10", "de andre ungemål?"."""
    said, words = lexicon().context, _words(reading)
    if not words.isdisjoint(said.others):
        rest = tuple(each for each in asked.goals if each not in before.goals)
        return replace(asked, goals=rest) if rest else None
    goes_on = _goes_on(reading) and not reading.rest
    plain = asked.topic is Topic.STATUS and words.isdisjoint(said.status) and not reading.heard.statuses
    if goes_on and plain and before.topic in of_goals:
        return replace(asked, topic=before.topic, short=asked.short or before.short)
    return None


def _goes_on(reading: Reading) -> bool:
    """Whether a word such as "og" leads on from what was said; between two goals it only joins them."""
    named = [
        *((each.start, each.end) for each in reading.numbers),
        *((reading.words[each.first].start, reading.words[each.last].end) for each in reading.names),
    ]
    first = min((start for start, _ in named), default=0)
    last = max((end for _, end in named), default=0)
    leading = (word.text for word in reading.words if word.start < first or word.start >= last)
    return not lexicon().context.opening.isdisjoint(leading)


def _the_others(reading: Reading, before: Context, plan: Plan) -> Question | None:
    """The goals of the same theme that were not told of: "og de andre?"."""
    told = [goal for number in before.goals if (goal := plan.goal(number))]
    if not told or _words(reading).isdisjoint(lexicon().context.others) or reading.heard.topics:
        return None
    themes = {goal.theme for goal in told}
    rest = tuple(
        goal.number for goal in plan.goals if goal.theme in themes and goal.number not in before.goals
    )
    return Question(topic=Topic.STATUS, goals=rest) if rest else None


def _of_them(reading: Reading, before: Context, of_goals: frozenset[Topic]) -> Question | None:
    """Something asked of the goals told of: "hvilket af dem gik det galt med?", "er de begge nået?"."""
    goals = (*before.earlier, *before.goals)
    if not goals or _words(reading).isdisjoint(lexicon().context.they):
        return None
    if reading.heard.statuses and reading.opened and not _words(reading).isdisjoint(lexicon().context.which):
        return Question(topic=Topic.LIST, goals=goals, statuses=reading.heard.statuses)
    topic = _topic(reading, of_goals)
    if topic is None and not reading.heard.statuses:
        return None
    return Question(topic=topic or Topic.STATUS, goals=goals)


def _which(reading: Reading, before: Context) -> Question | None:
    """The goals behind a number that was told: "hvilke?", "nævn dem"."""
    if before.topic is not Topic.OVERVIEW or reading.heard.statuses or reading.heard.topics - {Topic.COUNT}:
        return None
    said = lexicon().context
    if _words(reading).isdisjoint(said.which | said.name):
        return None
    return Question(topic=Topic.LIST, statuses=before.statuses or (Status.NOT_MET,))


def _how_many(reading: Reading, before: Context) -> Question | None:
    """A list that is to be counted, as the overview does: "hvor mange er det?"."""
    if Topic.COUNT in reading.heard.alone and before.topic in _WHOLE_PLAN and reading.only_said():
        return Question(topic=Topic.OVERVIEW)
    return None


def _about_the_same(reading: Reading, before: Context, of_goals: frozenset[Topic]) -> Question | None:
    """Something further of the same goals: "hvorfor?", "hvad med landstallet?", "er det nået?"."""
    topic = _topic(reading, of_goals)
    short = Topic.SHORT in reading.heard.topics
    if before.topic is Topic.BENCHMARK and topic in OUTRIGHT:
        return Question(topic=Topic.BENCHMARK)  # it tells last year's ranks too
    if not before.goals:
        whole = short and topic is None and before.topic in _WHOLE_PLAN
        return Question(topic=Topic.OVERVIEW, short=True) if whole else None
    if topic:
        return Question(topic=topic, goals=before.goals)
    asks_status = _says_it(reading) and (reading.heard.statuses or _asks(reading))
    if short or asks_status:
        return Question(topic=Topic.STATUS, goals=before.goals, short=short)
    return None


def _asks(reading: Reading) -> bool:
    return not _words(reading).isdisjoint(lexicon().context.asks)


def _says_it(reading: Reading) -> bool:
    return not _words(reading).isdisjoint(lexicon().context.it)


def _topic(reading: Reading, of_goals: frozenset[Topic]) -> Topic | None:
    asked = of_goals & reading.heard.alone
    said = next((topic for topic in Topic if topic in asked), None)
    return said or reading.hints.best(of_goals - {Topic.STATUS})


def _names_a_goal(reading: Reading) -> bool:
    return any(each.goals or each.themes for each in reading.names)


def _words(reading: Reading) -> frozenset[str]:
    return frozenset(word.text for word in reading.words)
