"""How far a goal's figure lies from what its target demands, in its unit, in people and per year."""

from dataclasses import replace
from decimal import Decimal

from bplan_bot.assess.requirement import People, Requirement, in_people, requirement
from bplan_bot.assess.sentences import distance, size, stated
from bplan_bot.fact import Fact, FactKind
from bplan_bot.figure_answers.answer import FigureAnswer, FigureTopic, GoalFigures, Said
from bplan_bot.figure_answers.beside import Criterion, criteria, parts_of
from bplan_bot.figure_answers.ranking import Ranked, ranked
from bplan_bot.figure_answers.remarks import remarks
from bplan_bot.goal import Goal
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import Message, message
from bplan_bot.picture import Picture
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.status import Status
from bplan_bot.target import Polarity

_SAYS_NO = (Status.NOT_MET, Status.UNLIKELY)
_SAYS_YES = (Status.MET, Status.ON_TRACK)

Told = tuple[list[Said], list[Fact]]
"""Sentences and the facts in them."""


def gap(picture: Picture, goals: tuple[Goal, ...], *, missing: tuple[str, ...] = ()) -> FigureAnswer:
    """The distance of each goal; of several, which lacks most and which has most to spare."""
    told: list[GoalFigures] = []
    short: list[Ranked] = []
    beyond: list[Ranked] = []
    for goal in goals:
        status = picture.of(goal)
        judged = criteria(picture, status)
        told.append(_of_goal(picture, status, judged))
        for criterion in judged:
            asked = requirement(criterion.verdict, criterion.target)
            if asked:
                (beyond if asked.holds() else short).append(Ranked(goal.number, asked.away))
    lacking = ranked(message("ranked.short"), short)
    spare = ranked(message("ranked.beyond"), beyond)
    return FigureAnswer(
        plan=picture.plan,
        topic=FigureTopic.GAP,
        goals=tuple(sorted(told, key=lambda one: lacking.place(one.status.goal.number))),
        lead=(*lacking.said, *spare.said),
        facts=(*lacking.facts, *spare.facts),
        missing=missing,
    )


def _of_goal(picture: Picture, status: GoalStatus, judged: tuple[Criterion, ...]) -> GoalFigures:
    sentences: list[Said] = []
    facts: list[Fact] = [*status.assessment.verdict.facts]
    for criterion in judged:
        said, of = _of_criterion(criterion, status)
        sentences += said
        facts += [*criterion.verdict.facts, *parts_of(criterion.facts), *of]
    if not judged:
        sentences += status.assessment.verdict.reasons
    rows = remarks(picture, status.goal, judged)
    return GoalFigures(
        status=status,
        sentences=(*dict.fromkeys(sentences), *status.goal.notes),
        rows=rows,
        facts=tuple(facts),
    )


def _of_criterion(criterion: Criterion, status: GoalStatus) -> Told:
    asked = requirement(criterion.verdict, criterion.target)
    if asked is None:
        return [*criterion.verdict.reasons, message("gap.cannot_tell")], []
    if _judged_otherwise(asked, criterion, status):
        return _a_judgement(asked, criterion, status)
    demanded = message("gap.demanded", stated=stated(asked.figure, criterion.indicator), limit=asked.limit)
    away = _distance(asked)
    if criterion.label:
        away = message("gap.part", label=criterion.indicator.short_subject, said=away)
    said: list[Said] = [away, demanded]
    facts: list[Fact] = [asked.mark, asked.away]
    for more, of in (
        _how_demanded(asked),
        _years(asked, criterion),
        _level(criterion),
        _people(asked),
    ):
        said += more
        facts += of
    if criterion.verdict.status is Status.NEEDS_JUDGEMENT:
        said += criterion.verdict.reasons[1:]
    return said, facts


def _judged_otherwise(asked: Requirement, criterion: Criterion, status: GoalStatus) -> bool:
    """Whether people came to another status than the one the figures alone would give."""
    told = status.leading.status if criterion.label is None else criterion.verdict.status
    return told in (_SAYS_NO if asked.holds() else _SAYS_YES)


def _a_judgement(asked: Requirement, criterion: Criterion, status: GoalStatus) -> Told:
    """The figures and how far apart they are, but no verdict of our own beside that of people."""
    reasons = criterion.verdict.reasons
    away = message("gap.judged", distance=distance(asked.away.quantity), mark=asked.mark.quantity)
    told = status.judged.reason if status.judged else None
    said: list[Said] = [reasons[0], away, *([told] if told else reasons[1:])]
    return said, [asked.mark, asked.away]


def _distance(asked: Requirement) -> Message:
    away, unit = size(asked.away.quantity), asked.away.quantity.unit
    if asked.holds():
        name = "gap.on_the_mark" if away.value == 0 else "gap.beyond"
        return message(name, distance=distance(asked.away.quantity))
    if away.value == 0:
        return message("gap.only_on_the_mark")
    if asked.away.quantity.value < 0:
        return message("gap.lacks", away=away)
    return message("gap.too_many" if unit is Unit.COUNT else "gap.too_high", away=away)


def _how_demanded(asked: Requirement) -> Told:
    """Where the mark comes from, for rules whose mark is another figure."""
    reference = asked.rule.reference.name if asked.rule.reference else None
    match asked.rule.type:
        case "increase" | "decrease" | "maintain":
            mark = asked.mark.of[0]
            return [message("gap.mark.year_before", value=mark.quantity, period=mark.period)], [mark]
        case "equals_reference" | "below_expected":
            return [message("gap.mark.reference", reference=reference)], []
        case "at_most_reference_plus":
            (other,) = asked.mark.of
            room = _room(asked)
            said = message(
                "gap.mark.reference_plus", reference=reference, value=other.quantity, margin=room.quantity
            )
            return [said], [other, room]
        case "follows_reference":
            before, moved = asked.mark.of
            said = message(
                "gap.mark.moved_along",
                value=before.quantity,
                reference=reference,
                change=moved.quantity,
            )
            return [said], [before, moved]
        case _:
            return [], []


def _room(asked: Requirement) -> Fact:
    """How far past the reference the plan allows the figure to lie."""
    unit = asked.away.quantity.unit
    return Fact(kind=FactKind.THRESHOLD, quantity=Quantity(asked.rule.value or Decimal(0), unit))


def _years(asked: Requirement, criterion: Criterion) -> Told:
    """The years that are left, counted from the figure's, and the pace that it takes."""
    pace = criterion.verdict.fact(FactKind.PACE)
    if criterion.due is None:
        if pace is None:
            return [], []
        return [message("bar.pace", value=pace.quantity, period=pace.period)], [pace]
    year = asked.figure.when.end.year
    years = Fact(
        kind=FactKind.YEARS,
        quantity=Quantity(Decimal(criterion.due - year), Unit.COUNT),
        operation="years_until_due",
    )
    left = message("gap.years", due=criterion.due, year=year, years=years.quantity, n=criterion.due - year)
    if pace is None or pace.operation != "per_year":
        return [left] if criterion.due > year else [], [years]
    kind = "points" if pace.quantity.unit is Unit.POINTS else "count"
    return [left, message(f"gap.pace.{kind}", pace=pace.quantity)], [years, pace]


def _level(criterion: Criterion) -> Told:
    """The distance to the reference itself, where that is not what the target is about."""
    away = criterion.verdict.fact(FactKind.DISTANCE)
    reference = criterion.target.reference
    if away is None or reference is None or criterion.target.type in ("equals_reference", "below_expected"):
        return [], []
    way = "equal" if away.quantity.value == 0 else "over" if away.quantity.value > 0 else "under"
    said = message(f"gap.level.{way}", distance=size(away.quantity), reference=reference.name)
    return [said], [away]


def _people(asked: Requirement) -> Told:
    people = in_people(asked)
    if people is None:
        lacking = _is_a_bare_share(asked) and not asked.holds()
        return ([message("gap.no_people")], []) if lacking else ([], [])
    facts = [people.there, people.needed, people.off, *([people.whole] if people.whole else [])]
    if people.whole is None:
        if asked.holds():
            return [], []  # the distance is in people already
        way = "more" if asked.rule.polarity is Polarity.HIGHER else "fewer"
        off = replace(people.off.quantity, value=abs(people.off.quantity.value))
        return [message(f"gap.count.{way}", needed=people.needed.quantity, off=off)], facts
    return [_of_whole(people, asked)], facts


def _of_whole(people: People, asked: Requirement) -> Message:
    """A share counted in people: "48 af 58; kravet svarer til mindst 47, så der er 1 mere end nødvendigt"."""
    side = "least" if asked.rule.polarity is Polarity.HIGHER else "most"
    off = people.off.quantity.value
    way = "exact" if off == 0 else "over" if off > 0 else "under"
    return message(
        f"gap.people.{side}.{way}",
        there=people.there.quantity,
        whole=people.whole.quantity if people.whole else None,
        needed=people.needed.quantity,
        off=size(people.off.quantity),
    )


def _is_a_bare_share(asked: Requirement) -> bool:
    seen = asked.figure.observation
    return asked.figure.quantity.unit is Unit.PERCENT and (seen is None or seen.numerator is None)
