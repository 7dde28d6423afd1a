"""Decides what is asked of the whole plan, where no goal and no theme is named: overview, lists, help."""

from functools import cache

from bplan_bot.status import Status
from bplan_bot.understand.lexicon import lexicon
from bplan_bot.understand.of_plan import asks_which, of_all_goals
from bplan_bot.understand.question import Question, Topic
from bplan_bot.understand.reading import Reading
from bplan_bot.understand.topics import COURTESIES

REST_OF_TOPIC = 6
"""Unexplained words beside which a phrase such as "det store billede" is still what the message is about."""

REST_OF_HELP = 1
"""The same for help: whoever asks "hvem tror du vinder valget" wants another one."""

REST_OF_ASKED = 3
"""The same for an everyday word of which something is asked, as its source, and for single words."""

REST_OF_NEAR = 3
"""Unexplained words up to which goals that share a word with the message are worth offering."""

_BOTH_WAYS = {Status.MET, Status.NOT_MET}
"""Statuses that are named together where the whole plan is meant: "grønne og røde"."""

_GOOD = {Status.MET, Status.ON_TRACK}
"""Statuses that a question for the whole plan may name: "nåede vi vores mål"."""

_RULED = frozenset({Topic.LIST, Topic.THEME, *COURTESIES, Topic.SHORT})
"""Topics about the plan that need more than their phrase: statuses, a theme, nothing else in the message."""


def of_whole_plan(reading: Reading) -> Question | None:
    """What is asked of the whole plan, or of the bot itself; None where the words do not say."""
    heard, rest = reading.heard, len(reading.rest)
    if reading.elsewhere or reading.unrelated:
        return None
    # "Remse de mål op, som ikke er nået" is a list of those.
    topics = heard.topics - ({Topic.EVERY_GOAL} if heard.statuses else set())
    asked = next((topic for topic in _plain_topics() if topic in topics), None)
    if asked is Topic.OVERVIEW and (further := of_all_goals(reading)):
        return further
    if asked is Topic.EVERY_GOAL and Topic.OVERVIEW in heard.alone:
        asked = Topic.OVERVIEW  # "alle 22 mål, hvordan går det"
    if asked is Topic.HELP and heard.statuses:
        asked = None  # the bot is spoken to: "kan du sige, hvilke mål der ikke er nået"
    if asked and rest <= (REST_OF_HELP if asked is Topic.HELP else REST_OF_TOPIC):
        return _about_plan(reading, asked)
    counted = Topic.COUNT in heard.alone or (set(heard.statuses) >= _BOTH_WAYS and not asks_which(reading))
    if heard.statuses and counted and rest <= REST_OF_NEAR:
        return _about_plan(reading, Topic.OVERVIEW)
    room = max(REST_OF_TOPIC, len(reading.words) // 4) if reading.of_plan else 0
    if not rest and _asks_whether(reading):
        return _about_plan(reading, Topic.OVERVIEW)
    if heard.statuses and rest <= room and (reading.opened or reading.only_said()):
        return Question(topic=Topic.LIST, statuses=heard.statuses)
    return _by_single_words(reading)


def _by_single_words(reading: Reading) -> Question | None:
    """What words say that are no phrase, or one that counts only when nothing else is said."""
    heard, rest = reading.heard, len(reading.rest)
    # What is asked of goals says nothing where none is named: "how many are under stricter supervision".
    plain = any(is_about(topic, "plan") for topic in heard.topics - {Topic.SHORT})
    hinted = None if plain or reading.names else reading.hints.best(_plain_topics())
    # The heavier the hints, the more may be said beside them.
    if hinted and rest < 2 * reading.hints.weights[hinted]:
        return Question(topic=hinted)
    if rest or reading.names:
        return None
    asked = next((topic for topic in _plain_topics() if topic in heard.alone), None)
    if asked is None and reading.only_courteous():
        asked = Topic.GREETING if Topic.GREETING in heard.alone else Topic.THANKS
    if asked is Topic.OVERVIEW and (further := of_all_goals(reading)):
        return further
    if asked:
        return _about_plan(reading, asked)
    whole = reading.says(lexicon().whole_plan) and not (heard.topics or asks_which(reading))
    return _about_plan(reading, Topic.OVERVIEW) if whole else None


def _asks_whether(reading: Reading) -> bool:
    """Whether it is asked if the goals were met, and not which: "nåede vi vores mål"."""
    lex, statuses = lexicon(), set(reading.heard.statuses)
    # "Er det nået" leans on a goal that was spoken of.
    leans = reading.says(lex.context.it) and not reading.says(lex.whole_plan)
    return bool(statuses) and statuses <= _GOOD and not (reading.says(lex.listing) or leans)


def _about_plan(reading: Reading, topic: Topic) -> Question:
    """A question about the plan; where goals are counted, with the statuses that are counted."""
    counted = reading.heard.counted if topic is Topic.OVERVIEW else ()
    return Question(topic=topic, statuses=counted, short=is_short(reading, topic))


@cache
def _plain_topics() -> tuple[Topic, ...]:
    """The topics that their phrases alone make out, in the order of Topic: the first one heard counts."""
    return tuple(topic for topic in Topic if topic not in _RULED and is_about(topic, "plan"))


def is_about(topic: Topic, what: str) -> bool:
    """Whether a topic is asked of "goals" or of the "plan"."""
    said = lexicon().topics.get(topic)
    return said is not None and said.about in (what, "either")


def is_short(reading: Reading, topic: Topic) -> bool:
    """Whether a status is wanted in a sentence or two."""
    return topic in (Topic.STATUS, Topic.OVERVIEW) and Topic.SHORT in reading.heard.topics
