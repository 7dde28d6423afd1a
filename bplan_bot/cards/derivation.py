"""How each figure of an answer came about, in lines: what "Hvorfor?" unfolds."""

from collections.abc import Iterator

from bplan_bot.assess.rule_words import rules
from bplan_bot.assess.sums import sums
from bplan_bot.goal import Goal, StatedAssessment
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import Message, message
from bplan_bot.provenance import Provenance, document_of


def derivations(status: GoalStatus) -> tuple[Message, ...]:
    """The rule in words, the sums behind it, what a document printed otherwise, whether chance could explain
    it, where the newest figure comes from, and what each of the three said: the figures, the administration,
    the committee."""
    verdict = status.assessment.verdict
    lines = list(_rules(status.goal))
    for one in [part.verdict for part in verdict.parts] or [verdict]:
        lines += sums(one)
    if status.assessment.chance:
        lines.append(status.assessment.chance)
    return (*lines, *_origin(status), _statuses(status))


def _rules(goal: Goal) -> Iterator[Message]:
    """The rule in words; of several criteria each its own."""
    if goal.target.parts:
        yield message("derived.all_of")
    for label, rule in rules(goal):
        name = "derived.part_rule" if label else "derived.rule"
        yield message(name, label=label, rule=rule)


def _origin(status: GoalStatus) -> Iterator[Message]:
    """From which document the newest figure is, and what it was before it was corrected."""
    newest = status.newest
    if newest is None or newest.amount is None:
        return
    indicator = status.goal.indicator(newest.indicator)
    told = Provenance(goal=status.goal, indicator=indicator, report=newest, revisions=status.revisions)
    yield message("provenance.from", figure=told.named, document=document_of(newest), known=newest.known_at)
    if told.earlier:
        before = told.told(told.earlier[-1])
        yield message("derived.corrected", n=len(told.earlier), before=before)


def _statuses(status: GoalStatus) -> Message:
    def said(stated: StatedAssessment | None) -> Message:
        return message(f"status.{stated.status}") if stated else message("derived.nothing")

    if status.handled_only:
        return message("derived.handled", handled=said(status.handled))
    return message(
        "derived.statuses",
        computed=message(f"status.{status.assessment.status}"),
        judged=said(status.judged),
        handled=said(status.handled),
    )
