"""Decides what of a plan's goals is public: what the committee has handled, with the figures known then."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bplan_bot.assess.assessment import Assessment, Verdict
from bplan_bot.goal import Axis, Goal, Plan, StatedAssessment
from bplan_bot.goal_status import GoalStatus, goal_status
from bplan_bot.local_text import LocalText
from bplan_bot.message import Message, message
from bplan_bot.observation import Observation, Series
from bplan_bot.status import Obstacle, Status

Said = tuple[StatedAssessment, ...]


def handled_series(plan: Plan, series: Series, said: Said) -> Series:
    """The figures of each goal that were known on the day the committee handled it; none of any other."""
    days = {number: statement.day for number, statement in _handled(said).items()}
    known_by = {
        indicator.key: days[goal.number]
        for goal in plan.goals
        for indicator in goal.indicators
        if goal.number in days
    }

    def known(observation: Observation) -> bool:
        day = known_by.get(observation.indicator)
        return day is not None and observation.known_at <= day

    return series.only(known)


def handled_said(said: Said) -> Said:
    """What the committee handled, and the judgements that lay before it and that it agreed with."""
    handled = _handled(said)
    return tuple(one for one in said if _lay_before(one, handled.get(one.goal)))


def handled_status(plan: Plan, goal: Goal, *, series: Series, said: Said, today: date) -> GoalStatus:
    """The goal as the committee handled it; `series` and `said` are those of the handled view.

    A goal it withdrew later is withdrawn, and one it has not handled says that and nothing else.
    """
    handled = _handled(said).get(goal.number)
    gone = goal.withdrawn
    if gone and gone.day <= today and (handled is None or handled.day <= gone.day):
        return replace(goal_status(plan, goal, series=series, said=(), today=today), handled_only=True)
    if handled is None:
        return _not_handled(plan, goal, today)
    seen = goal_status(plan, goal, series=series, said=said, today=handled.day)
    return replace(
        seen, assessment=_as_handled(seen, handled), in_force=plan.in_force(today), handled_only=True
    )


def _handled(said: Said) -> Mapping[str, StatedAssessment]:
    return {one.goal: one for one in said if one.axis is Axis.HANDLED}


def _lay_before(one: StatedAssessment, handled: StatedAssessment | None) -> bool:
    if handled is None or one is handled:
        return one is handled
    return one.document == handled.document and one.day <= handled.day and one.status is handled.status


def _not_handled(plan: Plan, goal: Goal, today: date) -> GoalStatus:
    reason = message("not_handled.reason", committee=plan.committee)
    return GoalStatus(
        plan=plan,
        goal=replace(goal, notes=()),  # they are about the figures
        assessment=Assessment(
            goal=goal.number, verdict=Verdict(status=Status.NOT_HANDLED, reasons=(reason,))
        ),
        judged=None,
        handled=None,
        development=(),
        in_force=plan.in_force(today),
        newest=None,
        handled_only=True,
    )


def _as_handled(seen: GoalStatus, handled: StatedAssessment) -> Assessment:
    """The assessment in whose place the committee's status stands, without a word about any other."""
    if not seen.differs:
        return seen.assessment
    verdict = seen.assessment.verdict
    told = handled.reason or (seen.judged.reason if seen.judged else None) or handled.wording
    # Its first sentence states the figures, the later ones draw the conclusion that was not followed.
    says_figures = verdict.facts or verdict.obstacle is Obstacle.SUPPRESSED
    figures = verdict.reasons[:1] if says_figures else ()
    said = replace(
        verdict,
        status=handled.status,
        reasons=(*figures, _as_written(told)),
        obstacle=None,
        provisional=False,
        due=handled.due,
    )
    return replace(seen.assessment, verdict=said)


def _as_written(text: LocalText) -> Message:
    return message("text.as_written", text=text)
