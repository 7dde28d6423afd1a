"""At most two sentences to read aloud: of one goal, or of the whole plan; the handled status first."""

from collections.abc import Sequence
from decimal import Decimal

from bplan_bot.fact import Fact, FactKind
from bplan_bot.figure_answers.answer import FigureAnswer, FigureTopic, GoalFigures, Said
from bplan_bot.figure_answers.beside import Criterion, criteria, parts_of
from bplan_bot.figure_answers.remarks import is_preliminary
from bplan_bot.goal import Axis, Goal
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import Message, message
from bplan_bot.picture import Picture
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.status import WORST_FIRST, Obstacle, Status

_ORDER = (
    Status.MET,
    *(status for status in WORST_FIRST if status is not Status.MET),
    Status.WITHDRAWN,
    Status.NOT_HANDLED,
)
"""How a meeting is told: what is met, and then what is not, the worst first."""


def short(picture: Picture, goals: tuple[Goal, ...], *, missing: tuple[str, ...] = ()) -> FigureAnswer:
    """Two sentences on each goal."""
    told = tuple(_of_goal(picture, goal) for goal in goals)
    return FigureAnswer(plan=picture.plan, topic=FigureTopic.SHORT, goals=told, missing=missing)


def short_plan(picture: Picture) -> FigureAnswer:
    """Two sentences on the whole plan: how many goals stand where, and which are not met."""
    seen = picture.all()
    groups = [(status, [one for one in seen if one.leading.status is status]) for status in _ORDER]
    told = [(status, _number(group)) for status, group in groups if group]
    lead = [_all(picture, seen, told)]
    for wanted in (Status.NOT_MET, Status.UNLIKELY, Status.AT_RISK):
        numbers = tuple(one.goal.number for one in seen if one.leading.status is wanted)
        if numbers:
            lead.append(message(f"short.which.{wanted}", numbers=numbers, n=len(numbers)))
            break
    facts = (*(fact for _, fact in told), _number(seen))
    return FigureAnswer(plan=picture.plan, topic=FigureTopic.SHORT, goals=(), lead=tuple(lead), facts=facts)


def _number(goals: Sequence[GoalStatus]) -> Fact:
    quantity = Quantity(Decimal(len(goals)), Unit.COUNT)
    return Fact(kind=FactKind.GOALS, quantity=quantity, operation="count_of_goals")


def _all(picture: Picture, seen: tuple[GoalStatus, ...], told: list[tuple[Status, Fact]]) -> Message:
    standing = tuple(
        message(
            "short.standing",
            count=fact.quantity,
            named=message(f"count.{status}", n=int(fact.quantity.value)),
        )
        for status, fact in told
    )
    said = {one.handled for one in seen}
    days = {one.day for one in said if one}
    name = "short.plan_handled" if None not in said and len(days) == 1 else "short.plan"
    return message(
        name,
        plan=picture.plan.title,
        n=len(seen),
        goals=_number(seen).quantity,
        standing=standing,
        committee=picture.plan.committee,
        day=max(days, default=None),
    )


def _of_goal(picture: Picture, goal: Goal) -> GoalFigures:
    status = picture.of(goal)
    judged = criteria(picture, status)
    facts = [*status.assessment.verdict.facts]
    for criterion in judged:
        facts += [*criterion.verdict.facts, *criterion.facts, *parts_of(criterion.facts)]
    figures = _figures(status, judged)
    if is_preliminary(judged):
        figures = message("short.preliminary", told=figures)
    alone = status.leading.status is Status.NOT_HANDLED
    sentences = (figures,) if alone else (_standing(status), figures)
    return GoalFigures(status=status, sentences=sentences, facts=tuple(facts))


def _standing(status: GoalStatus) -> Message:
    """The leading status as a sentence, and who says so."""
    leading = status.leading
    name = f"short.{leading.status}"
    if leading.status is Status.NOT_MET and leading.due:
        name = "short.not_met.due"
    if leading.status is Status.NOT_ASSESSABLE and leading.obstacle is Obstacle.DATA_NOT_PUBLISHED:
        name = "short.not_assessable.yet"
    standing = message(name, number=status.goal.number, due=leading.due)
    if leading.axis is Axis.HANDLED and status.handled:
        handled = {"committee": status.plan.committee, "day": status.handled.day}
        by = "short.by_judgement" if status.differs else "short.by_committee"
        return message(by, standing=standing, **handled)
    if leading.axis is Axis.JUDGED and status.judged:
        return message("short.judged", standing=standing, day=status.judged.day)
    return message("short.computed", standing=standing)


def _figures(status: GoalStatus, judged: tuple[Criterion, ...]) -> Said:
    """One sentence with the figures: of several criteria those that have any, of none why there is none."""
    with_figures = [(one, one.before, one.now) for one in judged if one.now and one.before]
    if len(judged) > 1 and len(with_figures) > 1:
        return _several(with_figures)
    verdict = status.assessment.verdict
    reference = status.goal.target.reference
    stopped = verdict.obstacle is Obstacle.SOURCE_DISCONTINUED and not verdict.facts
    if stopped and reference:
        return message("short.reference_stopped", reference=reference.name)
    return verdict.reasons[0]


def _several(moved: list[tuple[Criterion, Fact, Fact]]) -> Message:
    """The movement of each criterion in one sentence."""
    _, before, now = moved[0]
    return message(
        "short.several",
        before_period=before.period,
        period=now.period,
        moved=tuple(
            message(
                "short.moved", subject=one.indicator.short_subject, before=then.quantity, now=own.quantity
            )
            for one, then, own in moved
        ),
    )
