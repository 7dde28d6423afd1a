"""What an answer about figures holds before it is worded: sentences, rows, a drawing, and all their facts."""

from dataclasses import dataclass
from enum import StrEnum

from bplan_bot.fact import Fact
from bplan_bot.goal import Plan
from bplan_bot.goal_status import GoalStatus
from bplan_bot.local_text import LocalText
from bplan_bot.message import Message

Said = Message | LocalText
"""A sentence or a name, not yet in a language."""


class FigureTopic(StrEnum):
    """What is asked of the figures."""

    TREND = "trend"
    COMPARE = "compare"
    GAP = "gap"
    WHY = "why"
    COUNT = "count"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Row:
    """A short name with its value."""

    name: Said
    value: Said


class Role(StrEnum):
    """Whose figures a line of a drawing shows."""

    OWN = "own"
    REFERENCE = "reference"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Line:
    """Figures of one kind, each with its period, oldest first; or of one period, each with its label."""

    role: Role
    name: Said
    points: tuple[Fact, ...]
    labels: tuple[Said, ...] = ()


class Shape(StrEnum):
    """How figures are drawn."""

    LINE = "line"
    BARS = "bars"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Figures to be drawn, and the sentence that says what is drawn. The rows hold the same figures."""

    shape: Shape
    caption: Message
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalFigures:
    """What the figures of one goal say; `facts` hold every figure in it with its derivation.

    The first two sentences stand alone where several goals are told of.
    """

    status: GoalStatus
    sentences: tuple[Said, ...]
    rows: tuple[Row, ...] = ()
    facts: tuple[Fact, ...] = ()
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureAnswer:
    """One question asked of one goal or several; `lead` are sentences about all of them with their `facts`.

    `missing` are numbers asked for that do not exist.
    """

    plan: Plan
    topic: FigureTopic
    goals: tuple[GoalFigures, ...]
    lead: tuple[Message, ...] = ()
    facts: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()
