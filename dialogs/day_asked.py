"""Which earlier day a message is answered as of, and what is said about that beside the answer."""

from dataclasses import dataclass
from datetime import date

from bplan_bot.answers import PlainAnswer, Suggestion
from bplan_bot.cards.correction import corrected
from bplan_bot.cards.parts import AS_OF
from bplan_bot.cards.plan_beside import beside
from bplan_bot.message import Message, message
from bplan_bot.plan_choice import PlanSketch
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker
from bplan_bot.understand.day_named import DayNamed, day_named
from bplan_bot.understand.question import Question, Topic, Unclear
from dialogs.incoming import Event, Incoming
from dialogs.plan_asked import LONGEST, words_of
from dialogs.words import OVERVIEW

TELLING = frozenset(
    {
        *(Topic.STATUS, Topic.WHY, Topic.GAP, Topic.TREND, Topic.COMPARE, Topic.COUNT),
        *(Topic.SOURCE, Topic.RHYTHM, Topic.MEASURE, Topic.PERIOD, Topic.DEFINITION, Topic.FRESHNESS),
        *(Topic.ENTERED_BY, Topic.RECORDED, Topic.CORRECTED),
        *(Topic.WORRY, Topic.BENCHMARK, Topic.OVERVIEW, Topic.EVERY_GOAL, Topic.LIST, Topic.THEME),
        *(Topic.BY_SOURCE, Topic.BY_RHYTHM, Topic.BY_KIND),
    }
)
"""Topics whose answers tell what was known on a day. In a question about anything else, as when the committee
meets, a date is one of what is asked about."""

_OF_THE_PLAN = frozenset(
    {Topic.SOURCE, Topic.RHYTHM, Topic.MEASURE, Topic.PERIOD, Topic.DEFINITION, Topic.GAP}
)
"""Topics beside which a day to come is that of the demand: "hvad skal vi nå den 31.12.2030"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAsked:
    """The earlier day that a message is answered `as_of`; None for today, and where there is a `problem`.

    `words` is what the message says without the day.
    """

    words: str
    as_of: date | None = None
    problem: Message | None = None
    is_ahead: bool = False
    loosely: bool = False

    @property
    def is_named(self) -> bool:
        """Whether the message itself, or its button, names a day other than today."""
        return self.as_of is not None or self.problem is not None


def day_named_in(incoming: Incoming, today: date) -> DayNamed:
    """The day that the words or the pressed button name."""
    said = words_of(incoming)
    if not said:
        return DayNamed(said)
    pressed = incoming.value.get(AS_OF) if incoming.event is Event.BUTTON else None
    try:
        return DayNamed(said, day=date.fromisoformat(pressed)) if pressed else day_named(said, today)
    except (TypeError, ValueError):
        return DayNamed(said)  # no button of ours


def day_asked(named: DayNamed, plan: PlanSketch, today: date) -> DayAsked:
    """The day as which the answer from a plan is given, or why there can be none."""
    day = named.day
    if named.wrong:
        problem = message("as_of.no_such_day", written=named.wrong)
        return DayAsked(words=named.words, problem=problem, loosely=named.loosely)
    if day is None or day == today:
        return DayAsked(words=named.words)
    if day > today:
        problem = message("as_of.ahead", day=day, today=today)
        return DayAsked(words=named.words, problem=problem, is_ahead=True, loosely=named.loosely)
    if day < plan.start:
        problem = message("as_of.before_plan", day=day, plan=plan.title, start=plan.start)
        return DayAsked(words=named.words, problem=problem, loosely=named.loosely)
    return DayAsked(words=named.words, as_of=day, loosely=named.loosely)


def is_asked_as_of(question: Question | Unclear, day: DayAsked) -> bool:
    """Whether the day that was named is the one to answer as of, and not one that is asked about."""
    if isinstance(question, Unclear):
        return bool(question.candidates)
    if question.topic not in TELLING or (day.is_ahead and question.topic in _OF_THE_PLAN):
        return False
    # "Antal elever pr. 1. januar 2025" asks for the figure of that day.
    return not (day.loosely and question.topic is Topic.COUNT)


def no_answer(problem: Message) -> PlainAnswer:
    """The one sentence about a day that nothing can be told of."""
    return PlainAnswer(heading=problem, sentences=(), suggestions=(OVERVIEW,))


def with_day(reply: Reply, day: DayAsked, speaker: Speaker, *, leant: bool) -> Reply:
    """The reply with the day it is as of said first, and today's offered as a button.

    `leant`: the question made sense by the one before it only, so that no button can ask it.
    """
    if day.as_of is None:
        return reply
    told = corrected(reply, message("as_of.told", day=day.as_of), speaker)
    if leant or not day.words or len(day.words) > LONGEST:
        return told
    today = Suggestion(message("button.today"), day.words, speaker.plan)
    return beside(told, (), today, speaker.on(None))
