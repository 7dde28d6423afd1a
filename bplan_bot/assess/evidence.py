"""The figures a rule may lean on, and the refusals that stand in a verdict's place where one is lacking."""

from dataclasses import dataclass
from datetime import date, timedelta

from bplan_bot.assess.assessment import Verdict
from bplan_bot.assess.sentences import stated
from bplan_bot.fact import Fact, FactKind, observed
from bplan_bot.goal import Goal, Indicator, Plan
from bplan_bot.local_text import LocalText
from bplan_bot.message import Message, message
from bplan_bot.observation import COUNTRY, Observation, ObservationStatus, Series
from bplan_bot.period import Period, PeriodKind
from bplan_bot.status import Obstacle, Status
from bplan_bot.target import Target


class CannotTell(Exception):
    """A figure the rule needs is lacking; `verdict` says which and why."""

    def __init__(
        self,
        status: Status,
        reason: Message,
        obstacle: Obstacle | None = None,
        *,
        found: tuple[Message, Fact] | None = None,
    ) -> None:
        """`found` is the own figure and its sentence, where only what it is held against is lacking."""
        super().__init__(reason.id)
        reasons = (message("figure.alone", stated=found[0]), reason) if found else (reason,)
        facts = (found[1],) if found else ()
        self.verdict = Verdict(status=status, reasons=reasons, facts=facts, obstacle=obstacle)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about one goal on `today`."""

    plan: Plan
    goal: Goal
    series: Series
    today: date

    def indicator(self, target: Target) -> Indicator:
        """The indicator a rule judges."""
        return self.goal.indicator(target.indicator)

    def latest(self, target: Target) -> Observation | None:
        """The own report that reaches furthest into the year up to the end of the assessed period."""
        whole = self.goal.assessed_on
        within = [
            o
            for o in self.series.of(target.indicator, self.plan.area)
            if Period.point(whole.end).year_before().end < o.period.end <= whole.end
        ]
        return max(within, key=lambda o: (o.period.end, o.period == whole, o.period.months), default=None)

    def newest(self, target: Target) -> Observation | None:
        """The own figure of the latest period there is, however old; a report without one where none is."""
        reports = self.series.of(target.indicator, self.plan.area)
        figures = [report for report in reports if report.amount is not None]
        return next(reversed(figures or reports), None)

    def figure(self, target: Target, observation: Observation | None = None) -> Fact:
        """The own figure to judge; raises CannotTell where there is none to calculate with."""
        indicator = self.indicator(target)
        found = observation or self.latest(target)
        if found is None or found.status is ObservationStatus.MISSING:
            self._refuse_if_stopped(indicator, target)
        if found is None:
            raise self._no_figure(indicator)
        if found.status is ObservationStatus.MISSING:
            reason = message(
                "lacking.not_published_then",
                period=found.period,
                source=self.source_name(indicator),
                day=found.document.date,
            )
            raise CannotTell(Status.NOT_ASSESSABLE, reason, Obstacle.DATA_NOT_PUBLISHED)
        return self._fact(FactKind.FIGURE, indicator, found)

    def baseline(self, figure: Fact, target: Target) -> Fact:
        """The own figure for the same months of the year before, to see a change by."""
        return self._beside(figure, FactKind.BASELINE, target)

    def whole_year_before(self, figure: Fact, target: Target) -> Fact | None:
        """The own figure for all of the year before the assessed one, where it may be compared with."""
        try:
            return self._beside(figure, FactKind.BASELINE, target, self.goal.assessed_on.year_before())
        except CannotTell:
            return None

    def reference(self, figure: Fact, target: Target) -> Fact:
        """The reference's figure for the period of the own one."""
        return self._beside(figure, FactKind.REFERENCE, target)

    def reference_baseline(self, figure: Fact, target: Target) -> Fact:
        """The reference's figure for the year before."""
        return self._beside(figure, FactKind.REFERENCE_BASELINE, target)

    def is_final(self, figure: Fact) -> bool:
        """Whether the figure covers the period the goal is assessed on."""
        return self.covers(figure.when)

    def covers(self, period: Period) -> bool:
        """Whether a period is all of the assessed one, or the point in time at which that ends.

        A fourth quarter ends with the year, but is not the year.
        """
        whole = self.goal.assessed_on
        return period.contains(whole) or (period.kind is PeriodKind.POINT and period.end >= whole.end)

    def is_growing(self, figure: Fact, target: Target) -> bool:
        """Whether the figure is a count that still rises, and cannot fall, until the period is over."""
        accumulates = self.indicator(target).accumulates and self.goal.assessed_on.contains(figure.when)
        return accumulates and not self.is_final(figure)

    def missing_rest(self, figure: Fact) -> tuple[Message, ...]:
        """The sentence that says which part of the period is not in the figure, where one is."""
        whole = self.goal.assessed_on
        rest = figure.when.rest_of(whole)
        if rest is None and figure.when.start > whole.start:
            rest = Period(whole.start, figure.when.start - timedelta(days=1))
        return (message("lacking.rest_of_period", period=rest),) if rest else ()

    def source_name(self, indicator: Indicator) -> LocalText | None:
        """Who the figures come from; None where the plan is silent."""
        key = indicator.source or self.goal.source
        return self.plan.source(key).name if key else None

    def reference_series(self, target: Target) -> tuple[Indicator, str]:
        """The indicator and area that a comparing rule holds the own figure against."""
        reference = target.against
        if reference.indicator:
            return self.goal.indicator(reference.indicator), reference.area or self.plan.area
        return self.indicator(target), reference.area or COUNTRY

    def _beside(self, figure: Fact, kind: FactKind, target: Target, period: Period | None = None) -> Fact:
        """A figure to compare with; raises CannotTell where it is lacking or counts something else."""
        own = kind is FactKind.BASELINE
        indicator, area = (self.indicator(target), self.plan.area) if own else self.reference_series(target)
        same = figure.when if kind is FactKind.REFERENCE else figure.when.year_before()
        period = period or same
        found = self.series.at(indicator.key, area, period)
        if found is None or found.status is ObservationStatus.MISSING or found.direction is not None:
            self._refuse_if_stopped(indicator, target)
            lacking = "lacking.baseline" if own else "lacking.reference"
            reason = message(lacking, subject=indicator.subject, period=period)
            told = (stated(figure, self.indicator(target)), figure)
            raise CannotTell(Status.NOT_ASSESSABLE, reason, Obstacle.REFERENCE_MISSING, found=told)
        if found.amount is None:
            beside = (stated(figure, self.indicator(target)), figure) if own else None
            raise self._suppressed(indicator, found, beside=beside)
        fact = self._fact(kind, indicator, found)
        self._refuse_across_a_break(indicator, fact, figure)
        return fact

    def _fact(self, kind: FactKind, indicator: Indicator, found: Observation) -> Fact:
        if found.direction is not None:
            raise self._not_reported(indicator, found.period)
        if found.amount is None:
            raise self._suppressed(indicator, found)
        fact = observed(kind, indicator, found)
        self._refuse_across_a_break(indicator, fact, fact)
        return fact

    def _suppressed(
        self, indicator: Indicator, found: Observation, *, beside: tuple[Message, Fact] | None = None
    ) -> CannotTell:
        """A figure that is not told, by its source or by us; `beside` is the own one it was for."""
        name = f"lacking.{found.hidden or ObservationStatus.SUPPRESSED}"
        reason = message(name, period=found.period, subject=indicator.subject)
        return CannotTell(Status.NOT_ASSESSABLE, reason, Obstacle.SUPPRESSED, found=beside)

    def _refuse_across_a_break(self, indicator: Indicator, one: Fact, other: Fact) -> None:
        """No verdict compares figures that count different things, nor uses one that mixes two."""
        spanned = Period(min(one.when.start, other.when.start), max(one.when.end, other.when.end))
        for change in indicator.breaks:
            if spanned.crosses(change.day):
                reason = message("lacking.break_in_series", day=change.day, why=change.reason)
                raise CannotTell(Status.NOT_ASSESSABLE, reason, Obstacle.NOT_COMPARABLE)

    def _refuse_if_stopped(self, indicator: Indicator, target: Target) -> None:
        """Where a figure is lacking for good: its own source, or the one it is held against, has stopped."""
        reference = target.reference
        if reference and reference.indicator and self._has_stopped(self.goal.indicator(reference.indicator)):
            reason = message("lacking.reference_discontinued", reference=reference.name)
            raise CannotTell(Status.NOT_ASSESSABLE, reason, Obstacle.SOURCE_DISCONTINUED)
        if self._has_stopped(indicator):
            reason = message("lacking.source_discontinued", subject=indicator.subject)
            raise CannotTell(Status.NOT_ASSESSABLE, reason, Obstacle.SOURCE_DISCONTINUED)

    def _has_stopped(self, indicator: Indicator) -> bool:
        return indicator.discontinued is not None and indicator.discontinued.known_at <= self.today

    def _no_figure(self, indicator: Indicator) -> CannotTell:
        """Nothing reported: never was, too early, not yet published, or somebody's turn to report."""
        if indicator.never_reported:
            reason = message("lacking.never_reported", subject=indicator.subject)
            return CannotTell(Status.NOT_REPORTED, reason)
        if indicator.yearly and self.today <= self.plan.end:
            return CannotTell(Status.NOT_DUE, message("lacking.not_due", period=self.goal.assessed_on))
        key = indicator.source or self.goal.source
        period, source = self.goal.assessed_on, self.source_name(indicator)
        if key and self.plan.source(key).published:
            reason = message("lacking.not_published", period=period, source=source)
            return CannotTell(Status.NOT_ASSESSABLE, reason, Obstacle.DATA_NOT_PUBLISHED)
        return self._not_reported(indicator, period)

    def _not_reported(self, indicator: Indicator, period: Period) -> CannotTell:
        source = self.source_name(indicator)
        name = "lacking.not_reported_by" if source else "lacking.not_reported"
        reason = message(name, period=period, source=source, subject=indicator.subject)
        return CannotTell(Status.NOT_REPORTED, reason)
