"""Decides what a person wants to know: a question about the plan, or that the words do not say it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from bplan_bot.access import OF_GOALS
from bplan_bot.goal import Plan
from bplan_bot.object_id import object_id, without_ids
from bplan_bot.plan_answers.premise import ClaimKind
from bplan_bot.understand.areas import of_areas
from bplan_bot.understand.by_examples import QUITE_SURE, SURE, Guess, guessed
from bplan_bot.understand.context import Context, follow_up
from bplan_bot.understand.kinds import of_kind
from bplan_bot.understand.lexicon import lexicon, stems
from bplan_bot.understand.mentions import claims, sizes
from bplan_bot.understand.nearness import MOST, near_goals
from bplan_bot.understand.of_plan import asks_which, of_all_goals, of_benchmark, of_plan
from bplan_bot.understand.politeness import without_politeness
from bplan_bot.understand.question import ORIGINS, Question, Topic, Unclear
from bplan_bot.understand.reading import Reading, read
from bplan_bot.understand.references import Reference, and_joined, distinct, goal_names, is_list
from bplan_bot.understand.registering import registering
from bplan_bot.understand.roles import role_asked
from bplan_bot.understand.spoken import written_out
from bplan_bot.understand.topics import COURTESIES
from bplan_bot.understand.whole_plan import REST_OF_ASKED, REST_OF_NEAR, is_about, is_short, of_whole_plan
from bplan_bot.understand.wording import fold

REST_OF_NUMBER = 15
"""Unexplained words beside which a bare "6.2" is still a goal; in a letter it may be anything."""

MOST_NUMBERS = 60
"""Numbers of one message that are answered: more than a plan has, and a bound on what a text can cost."""

REST_OF_NAME = 10
"""Unexplained words beside which a sure name is still what the message is about."""

REST_OF_EVERYDAY = 0
"""The same for an everyday word such as "tilbud" or "samtaler"."""

FEW_WORDS = 4
"""Words of a text up to which it is hardly more than a name."""

WITH_STATUS = frozenset({Topic.STATUS, Topic.GAP, Topic.TREND, Topic.COMPARE, Topic.COUNT})
"""Topics whose answer tells the status too."""

TOLD_BY_STATUS = frozenset({Topic.DEFINITION, Topic.MEASURE, Topic.SOURCE, Topic.RHYTHM})
"""Topics whose answer lacks the status, while the answer about the status has theirs in short."""


def understand(text: str, plan: Plan, before: Context | None = None) -> Question | Unclear:
    """What `text` asks about `plan`, after what was asked `before` in the same conversation; Unclear with the
    nearest goals where it does not say."""
    folded = written_out(without_politeness(fold(without_ids(text))))
    if folded.strip() and not folded.strip(" ?"):
        return Question(topic=Topic.HELP)
    if about_roles := _about_roles(folded, plan, object_id(text)):
        return about_roles
    if registered := registering(folded, plan):
        return registered
    reading = read(folded, plan)
    wrong = tuple(each for each in claims(folded, Topic.OVERVIEW, plan) if each.kind is ClaimKind.GOALS)
    # "Har vi ikke 24 mål?" is about the plan, whatever goal was spoken of before.
    asked = _asked(reading, plan, None if wrong else before)
    if isinstance(asked, Unclear):
        counted = wrong and len(reading.rest) <= REST_OF_NEAR and not (reading.elsewhere or reading.unrelated)
        return Question(topic=Topic.OVERVIEW, claims=wrong) if counted and not asked.candidates else asked
    if asked.topic in ORIGINS:
        return replace(asked, sizes=sizes(folded))
    taken_for_granted = claims(folded, asked.topic, plan)
    if asked.topic in COURTESIES or asked.topic is Topic.HELP or not taken_for_granted:
        return asked
    return replace(asked, claims=taken_for_granted)


def _asked(reading: Reading, plan: Plan, before: Context | None) -> Question | Unclear:
    if found := of_benchmark(reading, plan, before):
        return found
    alone = _alone(reading, plan)
    if reading.elsewhere:
        # What is asked of the goal itself, were no other place named.
        here = _alone(replace(reading, elsewhere=False), plan)
        asked = here if isinstance(here, Question) else None
        return of_areas(reading, asked, before) or alone
    if before and (further := follow_up(reading, alone, before, plan, of_goals=_topics_of_goals())):
        return further
    if isinstance(alone, Question):
        return _rather(reading, plan, alone)
    if before and len(reading.words) <= FEW_WORDS:
        return of_all_goals(reading) or alone  # "og året inden da?" is like nothing by itself
    return of_all_goals(reading) or _by_examples(reading, plan, alone) or alone


def _rather(reading: Reading, plan: Plan, alone: Question) -> Question | Unclear:
    """Help that is asked for with words nobody knows is what the examples say, where they are quite sure."""
    guess = guessed(reading) if alone.topic is Topic.HELP and reading.rest else None
    if guess is None or guess.ahead < QUITE_SURE:
        return alone
    return _meant(guess, reading, plan) or Unclear()


def _by_examples(reading: Reading, plan: Plan, alone: Unclear) -> Question | None:
    """What the examples say where the rules do not; None where they are not sure either."""
    if len(alone.candidates) > 1 and len(reading.words) <= FEW_WORDS:
        return None  # a few words that fit two goals stay a choice
    guess = guessed(reading)
    enough = QUITE_SURE if alone.candidates else SURE
    return _meant(guess, reading, plan) if guess and guess.ahead >= enough else None


def _meant(guess: Guess, reading: Reading, plan: Plan) -> Question | None:
    """What a guess means of this plan; None for what it does not know."""
    meant = read(fold(guess.about), plan)
    if guess.topic is None:
        found = _alone(meant, plan) if guess.about else None
        return replace(found, guessed=True) if isinstance(found, Question) else None
    goals = distinct(goal_names(meant))
    if not goals:
        return None
    topic = _topic_of_goals(reading) or guess.topic
    return Question(topic=topic, goals=goals, short=is_short(reading, topic), guessed=True)


def _alone(reading: Reading, plan: Plan) -> Question | Unclear:
    return (
        of_kind(reading)
        or of_plan(reading, plan)
        or _by_number(reading)
        or _by_theme_number(reading, plan)
        or _by_name(reading)
        or _by_theme_name(reading, plan)
        or of_whole_plan(reading)
        or Unclear(candidates=_near(reading, plan))
    )


def _about_roles(folded: str, plan: Plan, person: str) -> Question | None:
    """A role given, taken or told, with the goals it is about; who is responsible for anything but a goal is
    nothing the plan knows."""
    asked = role_asked(folded, person=person)
    if asked is None or asked.topic is Topic.OWN_ROLES:
        return asked
    reading = read(folded, plan)
    named = [each for each in reading.numbers if each.explicit or not each.doubtful]
    goals = tuple(dict.fromkeys(each.number for each in named if each.known))
    missing = tuple(dict.fromkeys(each.number for each in named if not each.known))
    if asked.topic is Topic.ROLE_HOLDERS:
        sure = [each for each in goal_names(reading) if each.sure and len(each.goals) == 1]
        goals = goals or (distinct(sure) if not missing else ())
        if reading.elsewhere or reading.unrelated:
            return None
        if asked.role in OF_GOALS and not goals and not missing:
            return Question(topic=Topic.RESPONSIBLE) if _says_roles_only(reading) else None
    return replace(asked, goals=goals, missing=missing)


def _says_roles_only(reading: Reading) -> bool:
    """Whether nothing is asked about but a role, as in "hvem er ansvarlig?"."""
    roles = stems(word for names in lexicon().roles.names.values() for word in names)
    return (roles | lexicon().explained).issuperset(word.stem for word in reading.words)


def _by_number(reading: Reading) -> Question | Unclear | None:
    rest = len(reading.rest)
    # "steget 1,9" speaks of a figure, since something is said of it.
    alone = rest == 0 and not reading.heard.topics
    meant = (
        Reference(each.start, each.end, frozenset([each.number]), known=each.known)
        for each in reading.numbers
        if each.explicit or (alone if each.doubtful else rest <= REST_OF_NUMBER)
    )
    numbers = list(islice(meant, MOST_NUMBERS))
    if not numbers:
        return None
    named = and_joined(reading, numbers)
    if reading.elsewhere or reading.refused:
        return _outside(distinct(named))
    return _about_goals(reading, named)


def _by_theme_number(reading: Reading, plan: Plan) -> Question | Unclear | None:
    if not reading.themes:
        return None
    known = tuple(theme for theme in reading.themes if theme)
    return _about_themes(reading, known, plan) if known else Unclear()


def _by_name(reading: Reading) -> Question | Unclear | None:
    named = goal_names(reading)
    if not named:
        return None
    of_plan = Topic.OVERVIEW in reading.heard.topics and reading.says(lexicon().whole_plan)
    if of_plan and all(each.together for each in reading.names):
        return None  # "jeg er fra Ungeindsatsen: hvordan klarede kommunen målene i planen"
    rest, sure = len(reading.rest), any(each.sure for each in named)
    if reading.elsewhere or reading.unrelated:
        return _outside(distinct(each for each in named if each.sure))
    if rest > _room(reading, sure=sure):
        return None
    if not is_list(reading, named):
        named = [each for each in named if each.sure] or named
    single = [each for each in named if len(each.goals) == 1]
    settled = {number for each in single for number in each.goals}
    if any(each.goals.isdisjoint(settled) for each in named):
        return Unclear(candidates=distinct(named)[:MOST])
    together = len(settled) > 1 and any(each.together for each in reading.names)
    if reading.heard.statuses and together and asks_which(reading):
        return Question(topic=Topic.LIST, goals=distinct(single), statuses=reading.heard.statuses)
    if len(settled) > MOST and not is_list(reading, single):
        return Unclear(candidates=distinct(single)[:MOST])
    return _about_goals(reading, single)


def _by_theme_name(reading: Reading, plan: Plan) -> Question | Unclear | None:
    found = [each for each in reading.names if each.themes]
    themes = {number for each in found for number in each.themes}
    if len(themes) != 1 or reading.elsewhere or reading.unrelated:
        return None
    sure = any(each.sure for each in found)
    if len(reading.rest) > _room(reading, sure=sure):
        return None
    return _about_themes(reading, (themes.pop(),), plan)


def _room(reading: Reading, *, sure: bool) -> int:
    """How many unexplained words may stand beside a name."""
    if sure:
        return REST_OF_NAME
    asked = _topic_of_goals(reading) or Topic.THEME in reading.heard.topics
    return REST_OF_ASKED if asked else REST_OF_EVERYDAY


@cache
def _topics_of_goals() -> frozenset[Topic]:
    return frozenset(topic for topic in Topic if is_about(topic, "goals"))


def _about_goals(reading: Reading, named: Sequence[Reference]) -> Question:
    """The first topic about goals in the order of Topic that was heard; their status where none was."""
    topic = _topic_of_goals(reading) or Topic.STATUS
    how = (
        reading.heard.statuses or Topic.OVERVIEW in reading.heard.alone or reading.hints.best({Topic.STATUS})
    )
    if topic in TOLD_BY_STATUS and how:
        topic = Topic.STATUS  # "blev 6.8 nået, og hvad er kravet": a status tells the demand too
    return Question(
        topic=topic,
        goals=distinct(named),
        missing=distinct((each for each in named if not each.known), known=False),
        short=is_short(reading, topic),
    )


def _topic_of_goals(reading: Reading) -> Topic | None:
    of_goals, heard = _topics_of_goals(), reading.heard
    asked = of_goals & heard.topics
    said = next((topic for topic in Topic if topic in asked), None)
    # "Blev det nået, og hvad var tallet før" is told with a figure, and not with where it comes from.
    return said or reading.hints.best(of_goals if not heard.statuses else of_goals & WITH_STATUS)


def _about_themes(reading: Reading, themes: tuple[int, ...], plan: Plan) -> Question:
    # "Er det gået godt eller skidt med værdig sagsbehandling" wants to hear of all its goals.
    statuses = reading.heard.statuses if asks_which(reading) else ()
    topic = _topic_of_goals(reading) or Topic.STATUS
    goals = tuple(goal.number for goal in plan.goals if goal.theme in themes)
    if topic is Topic.COUNT and reading.heard.statuses:
        return Question(topic=Topic.LIST, goals=goals, statuses=reading.heard.statuses)
    if topic is not Topic.STATUS and not statuses:
        return Question(topic=topic, goals=goals)
    if len(themes) > 1:
        return Question(topic=Topic.LIST if statuses else Topic.STATUS, goals=goals, statuses=statuses)
    return Question(topic=Topic.LIST if statuses else Topic.THEME, theme=themes[0], statuses=statuses)


def _outside(named: tuple[str, ...]) -> Unclear:
    return Unclear(candidates=named[:MOST], outside=bool(named))


def _near(reading: Reading, plan: Plan) -> tuple[str, ...]:
    if reading.elsewhere or reading.unrelated or len(reading.rest) > REST_OF_NEAR:
        return ()
    named = distinct(goal_names(reading))
    return named[:MOST] or near_goals(reading.rest, plan)
