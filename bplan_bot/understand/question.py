"""What a person can want to know, as values."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bplan_bot.access import Role
from bplan_bot.figure_values import Typed
from bplan_bot.plan_answers.lists import Kind
from bplan_bot.plan_answers.premise import Claim
from bplan_bot.status import Status

ME = "me"
"""Stands for whoever asks."""

ALL_AREAS = "*"
"""Stands for every other municipality that there are figures of."""


class Topic(StrEnum):
    """The kind of answer that is wanted; of several that a message speaks of, the first in this order."""

    STATUS = "status"
    WHY = "why"
    GAP = "gap"
    TREND = "trend"
    COMPARE = "compare"
    COUNT = "count"
    ENTERED_BY = "entered_by"
    RECORDED = "recorded"
    CORRECTED = "corrected"
    SOURCE = "source"
    RHYTHM = "rhythm"
    MEASURE = "measure"
    PERIOD = "period"
    DEFINITION = "definition"
    FRESHNESS = "freshness"
    RESPONSIBLE = "responsible"
    SHORT = "short"
    ROUND_OPEN = "round_open"
    ROUND_CLOSE = "round_close"
    ROUND = "round"
    WORRY = "worry"
    BENCHMARK = "benchmark"
    SCHEDULE = "schedule"
    OVERVIEW = "overview"
    EVERY_GOAL = "every_goal"
    EVERY_THEME = "every_theme"
    BY_SOURCE = "by_source"
    BY_RHYTHM = "by_rhythm"
    BY_KIND = "by_kind"
    LIST = "list"
    THEME = "theme"
    LANGUAGES = "languages"
    HELP = "help"
    GREETING = "greeting"
    THANKS = "thanks"
    GIVE_ROLE = "give_role"
    TAKE_ROLE = "take_role"
    ROLE_HOLDERS = "role_holders"
    OWN_ROLES = "own_roles"
    REGISTER = "register"


ORIGINS = frozenset({Topic.ENTERED_BY, Topic.RECORDED, Topic.CORRECTED})
"""Topics that ask how a figure came to stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that was understood.

    `goals` are numbers of goals in the order they were named, `missing` numbers that the plan does not have.
    `theme` is a Theme.number, `statuses` the ones to list or to count. `role` is what is to be given or
    taken, or whose holders are asked for; `person` who it is about: `ME`, an object id of the directory, or
    empty where the words alone do not tell. `short`: the answer is to be read aloud.

    `kind` is what the goals to be listed have in common. `guessed`: no rule explained the words, and
    examples of other sentences did.

    `lines` are ranks of the benchmark's lines, `entries` what the yearly wheel calls its own, `sources`
    keys of the plan's or of FeedSource, `times` how often a year, `areas` codes of municipalities to show
    the goals beside, or `ALL_AREAS`. `claims` are figures that the words take for granted, `sizes` those
    whose origin is asked for. `figure` is one that is to be reported, as somebody wrote it, its period as a
    code; it may lack anything.
    """

    topic: Topic
    goals: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    theme: int | None = None
    statuses: tuple[Status, ...] = ()
    role: Role | None = None
    person: str = ""
    short: bool = False
    lines: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    times: tuple[int, ...] = ()
    claims: tuple[Claim, ...] = ()
    kind: Kind | None = None
    guessed: bool = False
    figure: Typed | None = None
    sizes: tuple[Decimal, ...] = ()
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """Words that could mean several goals, or none: the nearest candidates, best first, at most three.

    `outside`: the goals were named, and what is asked of them is nothing the plan knows.
    """

    candidates: tuple[str, ...] = ()
    outside: bool = False
