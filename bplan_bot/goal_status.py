"""Where a goal stands for a reader: what was computed, judged and handled, and which of the three leads."""

from dataclasses import dataclass
from datetime import date

from bplan_bot.assess.assessment import Assessment
from bplan_bot.assess.evidence import Evidence
from bplan_bot.assess.judge import assess
from bplan_bot.fact import Fact, FactKind, observed
from bplan_bot.goal import Axis, Break, Goal, Indicator, Plan, StatedAssessment
from bplan_bot.local_text import LocalText
from bplan_bot.message import Message, message
from bplan_bot.observation import Hidden, Observation, Series
from bplan_bot.period import Period
from bplan_bot.status import Obstacle, Status
from bplan_bot.target import Target


@dataclass(frozen=True, slots=True)
class Leading:
    """The status readers see, and who said it."""

    status: Status
    axis: Axis
    obstacle: Obstacle | None
    due: int | None


@dataclass(frozen=True, slots=True)
class Development:
    """An own figure and the one of the year before, of one indicator; `hidden` is why that is not told.

    `broken` is the break between the two where there is one; then the earlier figure is no `before`.
    """

    indicator: Indicator
    now: Fact
    before: Fact | None
    hidden: Hidden | None = None
    broken: Break | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalStatus:
    """A goal with its assessment of a day and what people said of it up to that day."""

    plan: Plan
    goal: Goal
    assessment: Assessment
    judged: StatedAssessment | None
    handled: StatedAssessment | None
    development: tuple[Development, ...]
    in_force: bool
    newest: Observation | None
    """The own report the status rests on, for its source, period and how fresh it is."""
    revisions: tuple[Observation, ...] = ()
    """Every report that changed what was said of that figure, oldest first."""
    handled_only: bool = False
    """Whether this is all the committee has handled, and not what was computed or judged since."""

    @property
    def leading(self) -> Leading:
        """Handled, else judged, else computed."""
        verdict = self.assessment.verdict
        stated = self.handled or self.judged
        if stated is None:
            return Leading(verdict.status, Axis.COMPUTED, verdict.obstacle, verdict.due)
        agrees = verdict.status is stated.status
        due = stated.due or (verdict.due if agrees else None)
        return Leading(stated.status, stated.axis, verdict.obstacle if agrees else None, due)

    @property
    def differs(self) -> bool:
        """Whether the computed status is another than the leading one."""
        return self.leading.status is not self.assessment.status


def goal_status(
    plan: Plan, goal: Goal, *, series: Series, said: tuple[StatedAssessment, ...], today: date
) -> GoalStatus:
    """The goal as readers see it on `today`; `series` and `said` hold what was known by then."""
    by_axis = {statement.axis: statement for statement in said if statement.goal == goal.number}
    evidence = Evidence(plan, goal, series, today)
    reports = [_report(target, evidence) for target in own_targets(goal.target)]
    newest = next((one for one in reports if one), None)
    return GoalStatus(
        plan=plan,
        goal=goal,
        assessment=assess(plan, goal, series, today),
        judged=by_axis.get(Axis.JUDGED),
        handled=by_axis.get(Axis.HANDLED),
        development=tuple(
            _development(report, evidence) for report in reports if report and report.amount is not None
        ),
        in_force=plan.in_force(today),
        newest=newest,
        revisions=series.revisions(newest) if newest else (),
    )


def _report(target: Target, evidence: Evidence) -> Observation | None:
    """The own report a status rests on: of the assessed year, or the newest where the due year is ahead."""
    return evidence.newest(target) if evidence.goal.target.type == "by_date" else evidence.latest(target)


def _development(now: Observation, evidence: Evidence) -> Development:
    """The figure beside the one of the year before, where there is one that counts the same."""
    indicator = evidence.goal.indicator(now.indicator)
    before = now.period.year_before()
    then = evidence.series.at(indicator.key, evidence.plan.area, before)
    spanned = Period(before.start, now.period.end)
    broken = next((change for change in indicator.breaks if spanned.crosses(change.day)), None)
    figure = observed(FactKind.FIGURE, indicator, now)
    if then is None or then.amount is None:
        return Development(indicator, figure, None, then.hidden if then else None)
    if broken:
        return Development(indicator, figure, None, broken=broken)
    return Development(indicator, figure, observed(FactKind.BASELINE, indicator, then))


def own_targets(target: Target) -> tuple[Target, ...]:
    """The simple rules a target comes down to, each judging one own indicator."""
    if target.parts:
        return tuple(inner for part in target.parts for inner in own_targets(part.target))
    if target.inner:
        return own_targets(target.inner)
    return (target,) if target.indicator else ()


def label(leading: Leading, *, source: LocalText | None) -> Message:
    """The status in words; `source` is who figures are awaited from, None where the plan is silent."""
    status = leading.status
    if status is Status.NOT_MET and leading.due:
        return message("status.not_met.due", due=leading.due)
    if status is Status.NOT_ASSESSABLE and leading.obstacle is Obstacle.DATA_NOT_PUBLISHED:
        return message("status.not_assessable.yet")
    if status is Status.NOT_REPORTED and source:
        return message("status.not_reported.by", source=source)
    return message(f"status.{status}")
