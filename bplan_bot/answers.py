"""What an answer holds before it is worded: goals with their status, or a plain word to the person."""

from dataclasses import dataclass

from bplan_bot.access import Role
from bplan_bot.form import Form
from bplan_bot.goal import Plan
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import Message, Phrase
from bplan_bot.round_picture import RoundPicture


@dataclass(frozen=True, slots=True)
class GoalAnswer:
    """One goal in full."""

    goal: GoalStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsAnswer:
    """Several goals, each in short, under a heading; `missing` are numbers asked for that do not exist.

    `handled_only`: the goals are shown as the committee has handled them. `tally` says how many they are,
    where that is not plain from the question.
    """

    plan: Plan
    heading: Message
    goals: tuple[GoalStatus, ...]
    missing: tuple[str, ...] = ()
    handled_only: bool = False
    tally: Message | None = None


@dataclass(frozen=True, slots=True)
class OverviewAnswer:
    """The whole plan: how many goals stand where, and which."""

    plan: Plan
    goals: tuple[GoalStatus, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question offered as a button: what it says and the words it asks; of another `plan` than the card's
    where its key stands here."""

    label: Message
    asks: str
    plan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainAnswer:
    """A word to the person: a heading, sentences, points, and questions to go on with."""

    heading: Message | Phrase
    sentences: tuple[Message | Phrase, ...]
    points: tuple[Message, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    people: tuple[str, ...] = ()
    """Entra object ids among the words that Teams is to show as the people they are."""
    hand_on: str = ""
    """The question that can be handed on to the planansvarlig, where it can."""


@dataclass(frozen=True, slots=True)
class HelpGroup:
    """One kind of question, and the words of an example where it is one that can be asked."""

    name: Message
    example: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAnswer:
    """What can be asked about a plan, and what the roles of the reader allow besides."""

    plan: Plan
    groups: tuple[HelpGroup, ...]
    own: tuple[HelpGroup, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundStanding:
    """How a round goes, after a word about what was just done; `may_run`: the reader may close it."""

    seen: RoundPicture
    notes: tuple[Message, ...] = ()
    may_run: bool = False


@dataclass(frozen=True, slots=True)
class RoundClosing:
    """The question whether a round shall be closed."""

    seen: RoundPicture


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleForm:
    """A form to give or take a role, filled in as far as it was told; `problem` is what was wrong with it."""

    plan: Plan
    taking: bool = False
    role: Role | None = None
    goal: str = ""
    person: str = ""
    problem: Message | None = None


Answer = (
    GoalAnswer
    | GoalsAnswer
    | OverviewAnswer
    | PlainAnswer
    | HelpAnswer
    | RoleForm
    | Form
    | RoundStanding
    | RoundClosing
)
