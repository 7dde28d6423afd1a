"""What is worth worrying about: at most five things, ranked, each with its reason and figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from bplan_bot.assess.requirement import Requirement, requirement
from bplan_bot.assess.sentences import distance, stated
from bplan_bot.fact import Fact, FactKind
from bplan_bot.figure_answers.answer import Said
from bplan_bot.figure_answers.beside import Criterion, criteria
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import Message, message
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.answer import PlanAnswer, PlanTopic, Section, named, opened
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.round_picture import RoundPicture
from bplan_bot.status import WORST_FIRST, Obstacle, Status

MOST = 5
_MOST_NAMED = 6
"""Goals named in one sentence; of more only the number is said."""

NEAR = 14
"""Days before a deadline from which it is worth a word."""


class Concern(IntEnum):
    """What kind of thing it is; the first weigh most."""

    DEADLINE = 1
    NOT_MET = 2
    HEADING_WRONG = 3
    MISSING = 4


_CONCERNS = {
    Status.NOT_MET: Concern.NOT_MET,
    Status.UNLIKELY: Concern.HEADING_WRONG,
    Status.AT_RISK: Concern.HEADING_WRONG,
    Status.NOT_ASSESSABLE: Concern.MISSING,
    Status.NOT_REPORTED: Concern.MISSING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Worry:
    """One thing; `weight` ranks it within its kind, the largest first.

    `lacking` are the goals whose figures a deadline waits for; they are not told a second time.
    """

    concern: Concern
    name: Message
    reason: Said
    status: GoalStatus | None = None
    weight: Decimal = Decimal(0)
    asked: Requirement | None = None
    facts: tuple[Fact, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The goal's number; empty where it is not about one goal."""
        return self.status.goal.number if self.status else ""


def worry(picture: Picture, rounds: Sequence[RoundPicture] = ()) -> PlanAnswer:
    """The short list. `rounds` are open ones of the picture's plan; they are not told where others read
    along."""
    seen = picture.all()
    found = worries(picture, seen, rounds)
    shown = _shown(found)
    goals = tuple(one.status.goal for one in shown if one.status)
    facts = tuple(fact for one in found for fact in one.facts)
    return PlanAnswer(
        plan=picture.plan,
        topic=PlanTopic.WORRY,
        heading=message("worry.heading"),
        sentences=_lead(picture, seen, found, shown),
        summary=_summary(picture, seen, shown, found),
        sections=tuple(Section(name=one.name, status=one.status, sentences=(one.reason,)) for one in shown),
        foot=(message("worry.ranking", most=MOST),) if shown else (),
        facts=(
            *facts,
            *(_number(seen, status) for status in WORST_FIRST),
            *(_goals(number) for number in (len(seen), len(found) - len(shown))),
        ),
        suggestions=opened(goals),
        handled_only=picture.handled_only,
    )


def worries(
    picture: Picture, seen: tuple[GoalStatus, ...], rounds: Sequence[RoundPicture]
) -> tuple[Worry, ...]:
    """Everything there is, ranked: by kind, and within it by weight, then in the plan's order."""
    open_ = () if picture.handled_only else tuple(one for one in rounds if one.round.is_open)
    found = [due for one in open_ if (due := _deadline(one, picture))]
    told = {number for one in found for number in one.lacking}
    goals = (_of_goal(picture, status) for status in seen if status.leading.status in _CONCERNS)
    found += [one for one in goals if one.concern is not Concern.MISSING or one.number not in told]
    return tuple(sorted(found, key=lambda one: (one.concern, -one.weight)))


def _of_goal(picture: Picture, status: GoalStatus) -> Worry:
    concern = _CONCERNS[status.leading.status]
    verdict = status.assessment.verdict
    name = named(status.goal)
    if concern is Concern.NOT_MET and (worst := _short(criteria(picture, status))):
        asked, criterion, weight = worst
        return Worry(
            concern=concern,
            name=name,
            reason=_short_of(asked, criterion),
            status=status,
            weight=weight,
            asked=asked,
            facts=(*verdict.facts, *criterion.verdict.facts, asked.mark, asked.away, _relative(asked)),
        )
    decision_needed = verdict.obstacle is Obstacle.SOURCE_DISCONTINUED
    return Worry(
        concern=concern,
        name=name,
        reason=verdict.reasons[0],
        status=status,
        weight=Decimal(1 if decision_needed else 0),
        facts=(*verdict.facts, *(fact for part in verdict.parts for fact in part.verdict.facts)),
    )


def _short(judged: tuple[Criterion, ...]) -> tuple[Requirement, Criterion, Decimal] | None:
    """The first criterion whose figure is short of its mark, and how far the furthest one is in relation to
    its mark; None where no figure is short."""
    found = []
    for criterion in judged:
        asked = requirement(criterion.verdict, criterion.target)
        if asked and not asked.holds():
            found.append((asked, criterion, _relative(asked).quantity.value))
    if not found:
        return None
    asked, criterion, _ = found[0]
    return asked, criterion, max(weight for _, _, weight in found)


def _relative(asked: Requirement) -> Fact:
    """The distance in per cent of the mark, by which goals of different units are ranked."""
    mark = asked.mark.quantity.value
    share = abs(asked.away.quantity.value) * 100 / abs(mark) if mark else Decimal(100)
    return Fact(
        kind=FactKind.DISTANCE,
        quantity=Quantity(share, Unit.PERCENT),
        period=asked.figure.period,
        operation="relative",
        of=(asked.away, asked.mark),
    )


def _short_of(asked: Requirement, criterion: Criterion) -> Message:
    away = asked.away.quantity
    name = "worry.on_the_mark" if away.value == 0 else "worry.short_of"
    return message(
        name, stated=stated(asked.figure, criterion.indicator), distance=distance(away), limit=asked.limit
    )


def _deadline(seen: RoundPicture, picture: Picture) -> Worry | None:
    """A round whose deadline is near or over while figures are missing."""
    left = seen.left()
    days = (seen.round.figures_by - picture.today).days
    if not left or days > NEAR:
        return None
    numbers = tuple(due.goal.number for due in left)
    number = _goals(len(numbers))
    name = "worry.deadline.late" if days < 0 else "worry.deadline"
    if len(numbers) > _MOST_NAMED:
        name = "worry.deadline.late.many" if days < 0 else "worry.deadline.many"
    return Worry(
        concern=Concern.DEADLINE,
        name=message("round.where", half=seen.round.half, plan=picture.plan.title),
        reason=message(
            name, day=seen.round.figures_by, numbers=numbers, number=number.quantity, n=len(numbers)
        ),
        weight=Decimal(-days),
        facts=(number,),
        lacking=numbers,
    )


def _shown(found: tuple[Worry, ...]) -> tuple[Worry, ...]:
    """The first of each kind, and then the others in order until there are five."""
    first = [next((one for one in found if one.concern is kind), None) for kind in Concern]
    chosen = [one for one in first if one]
    chosen += [one for one in found if one not in chosen][: MOST - len(chosen)]
    return tuple(one for one in found if one in chosen)


def _lead(
    picture: Picture, seen: tuple[GoalStatus, ...], found: tuple[Worry, ...], shown: tuple[Worry, ...]
) -> tuple[Message, ...]:
    if not found:
        return (_nothing(picture, seen),)
    others = tuple(one.number for one in found if one not in shown and one.status)
    counts = _counts(seen)
    said = [message("worry.counts", goals=_goals(len(seen)).quantity, counts=counts)] if counts else []
    if len(others) > _MOST_NAMED:
        said.append(message("worry.others.many", number=_goals(len(others)).quantity))
    elif others:
        said.append(message("worry.others", numbers=others, n=len(others)))
    return tuple(said)


def _nothing(picture: Picture, seen: tuple[GoalStatus, ...]) -> Message:
    if all(one.leading.status is Status.NOT_HANDLED for one in seen):
        return message("not_handled.none", committee=picture.plan.committee)
    return message("worry.nothing")


def _counts(seen: tuple[GoalStatus, ...]) -> tuple[Message, ...]:
    """How many goals stand in each of the ways that are worth a word."""
    told = [(status, _number(seen, status)) for status in _CONCERNS]
    return tuple(
        message(
            "short.standing",
            count=fact.quantity,
            named=message(f"count.{status}", n=int(fact.quantity.value)),
        )
        for status, fact in told
        if fact.quantity.value
    )


def _number(seen: tuple[GoalStatus, ...], status: Status) -> Fact:
    return _goals(sum(one.leading.status is status for one in seen))


def _goals(number: int) -> Fact:
    return Fact(
        kind=FactKind.GOALS, quantity=Quantity(Decimal(number), Unit.COUNT), operation="count_of_goals"
    )


def _summary(
    picture: Picture, seen: tuple[GoalStatus, ...], shown: tuple[Worry, ...], found: tuple[Worry, ...]
) -> tuple[Said, ...]:
    """The first thing with its figure, and then how many there are."""
    if not shown:
        return (_nothing(picture, seen),)
    first = shown[0]
    if first.asked is None or first.status is None:
        opening = message("worry.first", name=first.name, reason=first.reason)
    else:
        opening = message(
            "worry.first_goal",
            number=first.status.goal.number,
            status=message(f"status.{first.status.leading.status}"),
            value=first.asked.figure.quantity,
            distance=distance(first.asked.away.quantity),
        )
    return (opening, *_lead(picture, seen, found, shown))
