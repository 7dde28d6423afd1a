"""`by_date`: a bar to be passed in a year that may lie ahead, with the pace it would take."""

from dataclasses import replace

from bplan_bot.assess.assessment import Verdict
from bplan_bot.assess.evidence import CannotTell, Evidence
from bplan_bot.assess.rules import bar
from bplan_bot.assess.sentences import stated
from bplan_bot.fact import Fact, FactKind
from bplan_bot.message import Message, message
from bplan_bot.period import Period
from bplan_bot.status import Status
from bplan_bot.target import Target

NEEDS = ("inner", "due")


def judge(target: Target, evidence: Evidence) -> Verdict:
    """Judged on the newest figure there is. Before the due year a figure short of the bar is not met with
    its due year, one past the bar is on track; on figures of the due year it is met or not met, and only
    points to it while the due year is not over."""
    inner, due = target.inner or target, target.due or 0  # NEEDS holds both
    figure = _newest(inner, evidence)
    threshold, away, gap = bar.bar_facts(figure, inner)
    facts: tuple[Fact, ...] = (figure, threshold, away, gap)
    limit = bar.limit(inner, threshold.quantity)
    sentence = stated(figure, evidence.indicator(inner))
    reasons = (message("by_date.reason", stated=sentence, limit=limit, due=due),)
    years_left = due - figure.when.end.year
    yearly = evidence.indicator(inner).yearly
    early = years_left > 0 or (not yearly and figure.when.end < Period.year(due).end)
    if bar.passes(figure.quantity.value, inner):
        status = Status.ON_TRACK if early else Status.MET
        return Verdict(status=status, reasons=reasons, facts=facts, provisional=early)
    if years_left <= 0:
        status = Status.UNLIKELY if early else Status.NOT_MET
        short = message("by_date.short", gap=gap.quantity)
        return Verdict(status=status, reasons=(*reasons, short), facts=facts, provisional=early)
    pace, said = _pace(gap, years_left, figure.when.end.year)
    ahead = due if evidence.today.year <= due else None  # an old figure does not move the due year
    return Verdict(status=Status.NOT_MET, reasons=(*reasons, said), facts=(*facts, pace), due=ahead)


def _newest(inner: Target, evidence: Evidence) -> Fact:
    """The newest own figure, however old; a yearly one from before the plan year is not due during it."""
    newest = evidence.newest(inner)
    figure = evidence.figure(inner, newest)
    year = evidence.goal.assessed_on
    too_old = figure.when.end < year.start
    if too_old and evidence.indicator(inner).yearly and evidence.today <= evidence.plan.end:
        raise CannotTell(Status.NOT_DUE, message("lacking.not_due", period=year))
    return figure


def _pace(gap: Fact, years_left: int, since: int) -> tuple[Fact, Message]:
    """How much a year is needed to close the gap, counted from the year of the figure."""
    yearly = replace(gap.quantity, value=gap.quantity.value / years_left)
    pace = Fact(kind=FactKind.PACE, quantity=yearly, period=gap.period, operation="per_year", of=(gap,))
    return pace, message("by_date.pace", gap=gap.quantity, pace=yearly, year=since)
