"""The form of one person, of a round or outside one: the goals on it, each field with last time's figure, and
what they wrote in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bplan_bot.access import Person, Role, may_report
from bplan_bot.figure_values import Field, Problem, Typed
from bplan_bot.figures import Asked, Figure, check
from bplan_bot.goal import Goal
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import Message, message
from bplan_bot.observation import Observation
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.round import Round, RoundAnswer, handings_on

LONGEST = 1000
"""Characters of a note or a reason."""

PICKED = "|goal"
"""The name of the field that picks one of the goals whose own fields are not on the card."""


OUTSIDE = 0
"""Stands in the place of a round's half where a figure is reported outside any round."""


class Act(StrEnum):
    """What a button of the form does."""

    REPORT = "report"
    NO_NEWS = "no_news"
    HAND_ON = "hand_on"
    OPEN = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureForm:
    """The fields of one figure. `last` is the figure before it, `found` what was made of the typed one."""

    asked: Asked
    typed: Typed
    last: Observation | None
    in_parts: bool
    found: Figure | Problem | None = None

    def id(self, field: Field) -> str:
        """The name of a field on the card."""
        asked = self.asked
        return field_id(asked.goal, asked.due.code, asked.indicator.key, asked.area, field)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodForm:
    """The figures of a goal that are due for one period, and the period that was chosen for them."""

    goal: Goal
    due: Period
    choices: tuple[Period, ...]
    chosen: str
    figures: tuple[FigureForm, ...]

    @property
    def id(self) -> str:
        """The name of its field on the card."""
        return field_id(self.goal, self.due.code, Field.PERIOD)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody a goal can be handed on to, known by the role they have for it."""

    id: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalForm:
    """The form of one goal. `problem` is what is wrong with its reason or its colleague."""

    goal: Goal
    periods: tuple[PeriodForm, ...]
    colleagues: tuple[Colleague, ...]
    note: str = ""
    reason: str = ""
    colleague: str = ""
    problem: Problem | None = None
    is_open: bool = False

    @property
    def figures(self) -> tuple[FigureForm, ...]:
        """The figures of all its periods."""
        return tuple(figure for period in self.periods for figure in period.figures)

    @property
    def accepted(self) -> tuple[tuple[FigureForm, Figure], ...]:
        """The figures that hold, with their fields."""
        return tuple((form, form.found) for form in self.figures if isinstance(form.found, Figure))

    @property
    def news(self) -> tuple[tuple[FigureForm, Figure], ...]:
        """The figures that hold and are not stored yet."""
        return tuple((form, figure) for form, figure in self.accepted if not figure.is_known)

    @property
    def corrects(self) -> bool:
        """Whether a stored figure would be replaced, for which a reason is asked."""
        return any(figure.corrects for _, figure in self.accepted)

    @property
    def has_problem(self) -> bool:
        """Whether something must be mended first."""
        return self.problem is not None or any(isinstance(form.found, Problem) for form in self.figures)

    @property
    def doubts(self) -> tuple[Message, ...]:
        """Why it should be asked whether the new figures are right."""
        return tuple(figure.doubt for _, figure in self.news if figure.doubt)

    @property
    def doubted(self) -> str:
        """Names exactly the figures in doubt, so that a yes holds for these and no others."""
        sure = [(form, figure) for form, figure in self.news if figure.doubt]
        return " ".join(
            f"{form.asked.indicator.key}:{form.asked.area}:{figure.period.code}:{figure.value}"
            for form, figure in sure
        )

    @property
    def is_touched(self) -> bool:
        """Whether something was written in it."""
        return bool(self.note or self.reason) or any(not form.typed.is_blank for form in self.figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What is settled of a goal: the figures of this round that stand, or what was answered instead."""

    status: GoalStatus
    figures: tuple[tuple[Observation, tuple[Observation, ...]], ...]
    """Each with the reports it replaced."""
    answer: RoundAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A card's worth of goals, `left` of which still lack figures; without a `round` none is asked for.

    `said` is the one sentence about what was just done, `went_well` its tone. What comes unasked has a `head`
    of its own, `notes` below it, and says in its `foot` why it comes.
    """

    picture: Picture
    round: Round | None
    goals: tuple[GoalForm, ...]
    receipts: tuple[Receipt, ...]
    left: int
    said: Message | None = None
    went_well: bool = True
    now: datetime
    head: Message | None = None
    notes: tuple[Message, ...] = ()
    foot: Message | None = None

    @property
    def numbers(self) -> tuple[str, ...]:
        """The goals on the card, in the plan's order."""
        on_card = {form.goal.number for form in self.goals} | {
            one.status.goal.number for one in self.receipts
        }
        return tuple(goal.number for goal in self.picture.plan.goals if goal.number in on_card)


def field_id(goal: Goal, *parts: str) -> str:
    """The name of a goal's field on the card; unique on it."""
    return "|".join((goal.number, *parts))


def said_of(goal: Goal) -> Message:
    """The goal's number and title."""
    return message("form.goal", number=goal.number, title=goal.title)


def document_key(plan: str, round_: Round | None) -> str:
    """The document that figures of a plan reported in a round come from, or outside any."""
    return f"{plan}/indberetning-{round_.half}" if round_ else f"{plan}/indberetning"


def may_report_in(person: Person, goal: str, answers: Iterable[RoundAnswer]) -> bool:
    """Whether they may report a goal's figures in the round of these answers: by right, or handed it."""
    handed = any(answer.handed_to == person.id for answer in handings_on(goal, answers))
    return handed or may_report(person, goal)


def judge(form: GoalForm, picture: Picture) -> GoalForm:
    """The form with what is made of each typed figure; at least one must be typed, and a correction needs
    a reason."""
    typed = [one for one in form.figures if not one.typed.is_blank] or list(form.figures[:1])

    def judged(one: FigureForm) -> FigureForm:
        found = check(one.typed, asked=one.asked, series=picture.series, today=picture.today)
        return replace(one, found=found) if one in typed else one

    periods = tuple(
        replace(period, figures=tuple(judged(one) for one in period.figures)) for period in form.periods
    )
    result = replace(form, periods=periods)
    if result.corrects and not result.has_problem and not form.reason.strip():
        return replace(result, problem=Problem(Field.REASON, message("form.reason.missing")))
    return result
