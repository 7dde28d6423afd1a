"""Where a figure comes from: document, table, file or form, who brought it, when, and what it was before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from decimal import Decimal
from itertools import pairwise

from bplan_bot.access import Person, Role
from bplan_bot.fact import Fact, FactKind, observed
from bplan_bot.goal import Goal, Indicator
from bplan_bot.message import Message, message
from bplan_bot.observation import Observation, ObservationStatus, OriginKind
from bplan_bot.picture import Picture
from bplan_bot.quantity import Quantity, Unit

_BY_ITSELF = "job:"
"""Begins what a figure is said to be brought `by` where nobody but the bot did it."""

_COMMAND_LINE = "command line"

_ROLES = (Role.REPORTER, Role.OWNER, Role.STAND_IN, Role.PLANNER, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads an answer, and what they may be told of who brought a figure: a role, looked up among
    `people`, and where it is `named` the id too. Moments are told as days of their `zone`."""

    people: tuple[Person, ...] = ()
    named: bool = False
    zone: tzinfo = UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """One report of an indicator, with every report that changed what was said of the same figure, oldest
    first and the one that first said the same last.

    `reasons`: whether what people wrote when they corrected it may be shown too.
    """

    goal: Goal
    indicator: Indicator
    report: Observation
    revisions: tuple[Observation, ...]
    reasons: bool = False

    @property
    def earlier(self) -> tuple[Observation, ...]:
        """What was said before, oldest first."""
        return self.revisions[:-1]

    @property
    def figure(self) -> Message:
        """The figure, or what was told in its place, with its period."""
        told = self.told(self.report)
        if self.report.status is ObservationStatus.PRELIMINARY:
            told = message("said.preliminary", told=told)
        return message("provenance.figure", told=told, period=self.report.period)

    @property
    def named(self) -> Message:
        """The figure as the subject of a sentence."""
        if self.report.amount is None:
            return message("provenance.the_report", told=self.told(self.report), period=self.report.period)
        return message("provenance.the_figure", figure=self.figure)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The figure, those it was before, and how often it was corrected."""
        said = (*self.earlier, self.report)
        figures = (observed(FactKind.FIGURE, self.indicator, one) for one in said if one.amount is not None)
        times = Quantity(Decimal(len(self.earlier)), Unit.COUNT)
        return (
            *figures,
            Fact(kind=FactKind.CORRECTIONS, quantity=times, operation="count_of_corrections"),
        )

    @property
    def corrections(self) -> tuple[tuple[Observation, Observation], ...]:
        """Each correction: what was said, and what took its place."""
        return tuple(pairwise(self.revisions))

    def told(self, one: Observation) -> Message:
        """What one report of the figure says, without its period."""
        if one.direction is not None:
            return message(f"told.{one.direction}")
        if one.amount is None:
            suppressed = one.status is ObservationStatus.SUPPRESSED
            return message("told.suppressed" if suppressed else "told.missing")
        return message("said.figure", value=Quantity(one.amount, self.indicator.unit, self.indicator.noun))


def provenance_of(picture: Picture, goal: Goal, indicator: Indicator, report: Observation) -> Provenance:
    """Where a standing report of an indicator comes from; of one that its source has hidden nothing earlier,
    which would tell what was to be hidden."""
    hidden = report.status is ObservationStatus.SUPPRESSED
    return Provenance(
        goal=goal,
        indicator=indicator,
        report=report,
        revisions=() if hidden else picture.series.revisions(report),
        reasons=not picture.handled_only,
    )


def document_of(report: Observation) -> Message:
    """The document with its case, where it has one."""
    document = report.document
    name = "provenance.document.case" if document.case else "provenance.document"
    return message(name, title=document.title, case=document.case)


def place_of(report: Observation) -> Message | None:
    """The table with what it was asked, or the file with sheet and cell; None for what has neither."""
    origin = report.origin
    if origin is None or origin.kind is OriginKind.FORM:
        return None
    return message(f"provenance.place.{origin.kind}", name=origin.name, place=origin.place)


def who(origin_by: str, kind: OriginKind, goal: Goal, readers: Readers) -> Message:
    """Who brought a figure: the bot itself, the command line, or somebody by role, with the id where those
    who read may have it."""
    if origin_by.startswith(_BY_ITSELF):
        return message("provenance.who.bot")
    if origin_by == _COMMAND_LINE:
        return message("provenance.who.command_line")
    person = next((one for one in readers.people if one.id == origin_by), Person(origin_by))
    held = next((role for role in _ROLES if person.has_for(goal.number, role) or _at_all(person, role)), None)
    if held is None:
        held = Role.REPORTER if kind is OriginKind.FORM else None
    role = message(f"provenance.who.{held}") if held else message("provenance.who.somebody")
    return message("provenance.who.named", who=role, id=origin_by) if readers.named else role


def _at_all(person: Person, role: Role) -> bool:
    """Whether they have a role that is of no goal."""
    return role in (Role.PLANNER, Role.ADMINISTRATOR) and person.has(role)


def said_who(told: Provenance, readers: Readers) -> Message:
    """Who brought the figure, as a row says it."""
    origin = told.report.origin
    if origin is None:
        return message("provenance.who.document")
    return who(origin.by, origin.kind, told.goal, readers)


def brought_by(told: Iterable[Provenance]) -> tuple[str, ...]:
    """The ids of the people who brought these figures, and nobody twice."""
    by = (one.report.origin.by for one in told if one.report.origin)
    return tuple(dict.fromkeys(one for one in by if not one.startswith(_BY_ITSELF) and one != _COMMAND_LINE))


def recorded_on(report: Observation, readers: Readers) -> date | None:
    """The day the report was stored; None where that is unknown."""
    return report.recorded_at.astimezone(readers.zone).date() if report.recorded_at else None


def corrected(told: Provenance) -> Message:
    """How often the figure was corrected and what it was right before, as a row says it."""
    if not told.earlier:
        return message("provenance.never_corrected")
    return message("provenance.corrected", n=len(told.earlier), before=told.told(told.earlier[-1]))


def correction(told: Provenance, before: Observation, after: Observation) -> Message:
    """One correction: from what to what, by which document, and why where that may be told."""
    said = {"before": told.told(before), "after": told.told(after), "document": after.document.title}
    if told.reasons and after.note:
        return message("provenance.correction.why", **said, why=after.note)
    return message("provenance.correction", **said)
