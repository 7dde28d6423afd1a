"""A municipality's plan: its themes, goals and indicators, and what people have judged about the goals."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from bplan_bot.feed import Feed
from bplan_bot.local_text import LocalText
from bplan_bot.observation import Document
from bplan_bot.period import Period
from bplan_bot.quantity import Noun, Unit
from bplan_bot.status import Status
from bplan_bot.target import Target
from bplan_bot.yearly_wheel import YearlyWheel


@dataclass(frozen=True, slots=True)
class Theme:
    """A chapter of the plan. Goal numbers begin with `number`; `minister_goal` is the ministry's number."""

    number: int
    title: LocalText
    minister_goal: int | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Goals that people speak of together, though they are no chapter: those about young people."""

    goals: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Who a figure comes from. `published` sources put their figures out for everybody, on their own day."""

    key: str
    name: LocalText
    published: bool


@dataclass(frozen=True, slots=True)
class Break:
    """From `day` on the figures count something else, so nothing is compared across it."""

    day: date
    reason: LocalText


@dataclass(frozen=True, slots=True)
class Discontinued:
    """The source stopped; `known_at` is when the municipality wrote so, `document` where."""

    known_at: date
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One measured quantity.

    `subject` is its noun phrase ("andelen af ..."), `statement` the sentence with `{value}` that states it;
    `statement_of_parts` is said instead where `{numerator}` and `{denominator}` are known too.
    `accumulates`: a count that grows from the start of its period and cannot fall again. `yearly`: there is
    one figure a year, so nothing is due before the year is over. `never_reported`: the plan names it, but
    no follow-up has ever given a figure. `feed` is where its figures are fetched from, None where
    people bring them.
    """

    key: str
    goal: str
    subject: LocalText
    short_subject: LocalText
    statement: LocalText
    unit: Unit
    statement_of_parts: LocalText | None = None
    noun: Noun | None = None
    source: str = ""
    yearly: bool = False
    accumulates: bool = False
    never_reported: bool = False
    breaks: tuple[Break, ...] = ()
    discontinued: Discontinued | None = None
    feed: Feed | None = None

    @property
    def is_check(self) -> bool:
        """Whether it is only fetched to be held against another: neither judged, nor asked for, nor shown."""
        return self.feed is not None and self.feed.is_chosen and not self.feed.trusted


@dataclass(frozen=True, slots=True)
class Decision:
    """What a committee decided about a goal itself, as when it withdraws it."""

    day: date
    case: str
    reason: LocalText


@dataclass(frozen=True, slots=True)
class BenchmarkLine:
    """One line of a benchmark: the keys of the indicators with its actual and expected number and its rank.

    `whole`: the line of all areas together.
    """

    label: LocalText
    actual: str
    expected: str
    rank: str
    whole: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the documents tell of a goal beside its figures, and the day it was known from."""

    known_at: date
    text: LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal of a plan; its key is (plan, number), and the number is text: 6.1 is not 6.10.

    `target_text` is the goal in our own short wording, `measure` what the plan measures, `measured_by` what
    the figures really count where that is something else. `assessed_on` is the period it is judged on.
    `times_a_year` is how often it is followed up, None where the plan is silent. `benchmark` has lines where
    the goal is held against a benchmark of several areas.
    """

    number: str
    title: LocalText
    theme: int
    measure: LocalText
    target_text: LocalText
    target: Target
    assessed_on: Period
    source: str | None
    rhythm: LocalText
    indicators: tuple[Indicator, ...]
    measured_by: LocalText | None = None
    notes: tuple[LocalText, ...] = ()
    aliases: tuple[str, ...] = ()
    withdrawn: Decision | None = None
    times_a_year: Literal[1, 2, 4] | None = None
    benchmark: tuple[BenchmarkLine, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def indicator(self, key: str) -> Indicator:
        """One of its indicators; KeyError for a stranger."""
        for indicator in self.indicators:
            if indicator.key == key:
                return indicator
        raise KeyError(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One municipality's plan, in force from `start` to `end` (both included)."""

    key: str
    title: LocalText
    area: str
    municipality: str
    short_name: str
    committee: LocalText
    department: LocalText
    start: date
    end: date
    themes: tuple[Theme, ...]
    goals: tuple[Goal, ...]
    sources: tuple[Source, ...]
    wheel: YearlyWheel | None = None
    groups: tuple[Group, ...] = ()

    def in_force(self, today: date) -> bool:
        """Whether `today` lies within the plan."""
        return self.start <= today <= self.end

    def goal(self, number: str) -> Goal | None:
        """The goal with that number, or None."""
        return next((goal for goal in self.goals if goal.number == number), None)

    def theme(self, number: int) -> Theme:
        """The theme with that number; KeyError when there is none."""
        for theme in self.themes:
            if theme.number == number:
                return theme
        raise KeyError(number)

    def source(self, key: str) -> Source:
        """The source with that key; KeyError when there is none."""
        for source in self.sources:
            if source.key == key:
                return source
        raise KeyError(key)


class Axis(StrEnum):
    """Who said a status: the figures, the administration, or the committee that handled it."""

    COMPUTED = "computed"
    JUDGED = "judged"
    HANDLED = "handled"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedAssessment:
    """What people said of a goal: the administration's judgement, or what the committee handled.

    `wording` is our short rendering of what was written, `reason` theirs where they
    gave one, `decision` what the committee made of it.
    """

    goal: str
    axis: Axis
    status: Status
    wording: LocalText
    document: Document
    day: date
    decision: LocalText | None = None
    reason: LocalText | None = None
    due: int | None = None
