"""Which plan a message is answered from, and what is said about that beside the answer."""

from dataclasses import dataclass
from datetime import date

from bplan_bot.answers import PlainAnswer, Suggestion
from bplan_bot.cards.parts import ASK, PLAN
from bplan_bot.cards.plan_beside import beside
from bplan_bot.message import Message, message
from bplan_bot.plan_choice import How, PlanChoice, PlanOffer, PlanSketch, Why, choose
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker
from bplan_bot.understand.plan_named import PlanNamed, plan_named
from bplan_bot.understand.question import Question, Topic, Unclear
from dialogs.incoming import Event, Incoming

MOST_OFFERED = 4
"""Plans offered as buttons; the newest are the likeliest."""

LONGEST = 300
"""Characters of a question that a button may carry; nobody asks again with a letter."""

_OF_NO_PLAN = frozenset({Topic.HELP, Topic.LANGUAGES, Topic.GREETING, Topic.THANKS})
_AHEAD = frozenset({Topic.SCHEDULE, Topic.ROUND, Topic.ROUND_OPEN, Topic.ROUND_CLOSE})
"""Topics that may speak of a plan that is still to be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAsked:
    """The plan that a message is answered from; `words` is what it says without the plan's name, `unknown`
    the year of a plan that is not there (0 where it has none)."""

    choice: PlanChoice
    words: str
    unknown: int | None = None

    @property
    def named(self) -> str:
        """The key of the plan that the message itself names, else nothing."""
        return self.choice.plan.key if self.choice.how is How.NAMED else ""


def words_of(incoming: Incoming) -> str:
    """What was written, or what the pressed button asks; a button of another shape asks nothing."""
    if incoming.event is Event.BUTTON:
        asked = incoming.value.get(ASK)
        return asked if isinstance(asked, str) else ""
    return incoming.text


def plan_named_in(incoming: Incoming, said: str, plans: tuple[PlanSketch, ...], today: date) -> PlanNamed:
    """The plan that the words (`said`, without a day) or the pressed button name."""
    pressed = incoming.value.get(PLAN) if incoming.event is Event.BUTTON else None
    if isinstance(pressed, str) and any(plan.key == pressed for plan in plans):
        return PlanNamed(said, key=pressed)
    return plan_named(said, plans, today)


def asked_of(named: PlanNamed, plans: tuple[PlanSketch, ...], today: date, *, carried: str = "") -> PlanAsked:
    """The plan to answer from; `carried` is the key of the one that the conversation was about."""
    choice = choose(plans, today, named=named.key, carried=carried, year=named.year)
    return PlanAsked(choice=choice, words=named.words, unknown=named.unknown)


def not_there(asked: PlanAsked, question: Question | Unclear) -> PlainAnswer | None:
    """Said where a plan is named that is not there, with the question put to those that are."""
    return None if isinstance(question, Question) and question.topic in _AHEAD else no_such_plan(asked)


def no_such_plan(asked: PlanAsked) -> PlainAnswer | None:
    """Said where a plan is named that is not there, with what was asked put to those that are."""
    if asked.unknown is None:
        return None
    newest = sorted(asked.choice.plans, key=lambda plan: plan.start, reverse=True)[:MOST_OFFERED]
    titles = tuple(message("plan.title", plan=plan.title) for plan in reversed(newest))
    name = "plan.unknown_year" if asked.unknown else "plan.unknown"
    return PlainAnswer(
        heading=message(name, year=asked.unknown, plans=titles),
        sentences=(),
        suggestions=tuple(_button(plan, asked.words) for plan in newest),
    )


def with_plan(reply: Reply, asked: PlanAsked, question: Question, speaker: Speaker, *, leant: bool) -> Reply:
    """The reply with what is to be said of its plan: that none is in force, or which other one was meant.

    `leant`: the question made sense by the one before it only, so that no button can ask it.
    """
    if question.topic in _OF_NO_PLAN:
        return reply
    choice = asked.choice
    notes: tuple[Message, ...] = ()
    if choice.how is How.NEWEST and speaker.as_of is None:
        notes = (message("plan.none_in_force", plan=choice.plan.title),)
    offer = None if leant else choice.offer(question.missing)
    if offer is None:
        return beside(reply, notes, None, speaker) if notes else reply
    return with_offer(reply, offer, question.missing, asked.words, speaker, notes=notes)


def with_offer(
    reply: Reply,
    offer: PlanOffer,
    goals: tuple[str, ...],
    asks: str,
    speaker: Speaker,
    *,
    notes: tuple[Message, ...] = (),
) -> Reply:
    """The reply with another plan offered, which has the `goals` where that is why."""
    if len(asks) > LONGEST:
        return beside(reply, notes, None, speaker) if notes else reply
    told = {"numbers": goals} if offer.why is Why.HAS_GOALS else {}
    meant = message(f"plan.offer.{offer.why}", plan=offer.plan.title, **told)
    return beside(reply, (*notes, meant), _button(offer.plan, asks), speaker)


def _button(plan: PlanSketch, asks: str) -> Suggestion:
    return Suggestion(message("plan.title", plan=plan.title), asks[:LONGEST], plan.key)
