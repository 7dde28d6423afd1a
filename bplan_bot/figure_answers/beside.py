"""The figures a goal's own one stands beside: a year earlier, and the reference's then and now."""

from dataclasses import dataclass

from bplan_bot.assess.assessment import Verdict
from bplan_bot.assess.evidence import Evidence
from bplan_bot.assess.requirement import part_of
from bplan_bot.fact import Fact, FactKind, observed
from bplan_bot.figure_answers.answer import Row, Said
from bplan_bot.goal import Break, Goal, Indicator
from bplan_bot.goal_status import Development, GoalStatus, own_targets
from bplan_bot.local_text import LocalText
from bplan_bot.message import Message, message
from bplan_bot.observation import ObservationStatus
from bplan_bot.picture import Picture
from bplan_bot.quantity import Unit
from bplan_bot.target import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One rule of a goal with its verdict, and the own figure with the one of the year before.

    `label` is the criterion's name where the goal has several, `due` the year its target lies in, `named`
    whether its figures stand among those of others. The reference's figures are those of the own figures'
    periods, None where there is no reference or it has none that counts the same. `broken` is the break in
    the series that keeps the figure of the year before from being compared.
    """

    target: Target
    verdict: Verdict
    label: LocalText | None
    due: int | None
    named: bool
    indicator: Indicator
    now: Fact | None
    before: Fact | None
    reference: Fact | None
    reference_before: Fact | None
    broken: Break | None = None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Those of the four figures that there are."""
        four = (self.now, self.before, self.reference, self.reference_before)
        return tuple(fact for fact in four if fact)


def criteria(picture: Picture, status: GoalStatus) -> tuple[Criterion, ...]:
    """Each simple rule of a goal; none for a goal that no figure decides."""
    goal, verdict = status.goal, status.assessment.verdict
    targets = own_targets(goal.target)
    verdicts = [part.verdict for part in verdict.parts] or [verdict] * len(targets)
    labels: list[LocalText | None] = [part.label for part in goal.target.parts]
    outer = [part.target for part in goal.target.parts] or [goal.target] * len(targets)
    developed = {each.indicator.key: each for each in status.development}
    named = len(status.development) > 1
    found = []
    for target, one, label, whole in zip(
        targets, verdicts, labels or [None] * len(targets), outer, strict=True
    ):
        own = developed.get(target.indicator)
        found.append(
            _criterion(picture, goal, target, verdict=one, label=label, due=whole.due, own=own, named=named)
        )
    return tuple(found)


def _criterion(
    picture: Picture,
    goal: Goal,
    target: Target,
    *,
    verdict: Verdict,
    label: LocalText | None,
    due: int | None,
    named: bool,
    own: Development | None,
) -> Criterion:
    now, before = (own.now, own.before) if own else (None, None)
    return Criterion(
        target=target,
        verdict=verdict,
        label=label,
        due=due,
        named=named,
        indicator=goal.indicator(target.indicator),
        now=now,
        before=before,
        reference=reference_beside(picture, goal, target, own=now),
        reference_before=reference_beside(
            picture, goal, target, own=before, kind=FactKind.REFERENCE_BASELINE
        ),
        broken=own.broken if own else None,
    )


def reference_beside(
    picture: Picture,
    goal: Goal,
    target: Target,
    *,
    own: Fact | None,
    kind: FactKind = FactKind.REFERENCE,
) -> Fact | None:
    """The reference's figure for the period of an own one; None where there is none that counts the same."""
    if own is None or target.reference is None:
        return None
    evidence = Evidence(picture.plan, goal, picture.series, picture.today)
    indicator, area = evidence.reference_series(target)
    found = picture.series.at(indicator.key, area, own.when)
    if found is None or found.amount is None or any(own.when.crosses(b.day) for b in indicator.breaks):
        return None
    return observed(kind, indicator, found)


def points_of(picture: Picture, indicator: Indicator) -> tuple[Fact, ...]:
    """Every standing own figure of an indicator, oldest first."""
    standing = picture.series.of(indicator.key, picture.plan.area)
    return tuple(observed(FactKind.FIGURE, indicator, one) for one in standing if one.amount is not None)


def others(picture: Picture, goal: Goal) -> tuple[tuple[Indicator, tuple[Fact, ...]], ...]:
    """The indicators that no rule reads and that have figures: ranks, and the benefits one by one."""
    read = set(goal.target.indicators())
    told = (
        (one, points_of(picture, one)) for one in goal.indicators if one.key not in read and not one.is_check
    )
    return tuple((indicator, points) for indicator, points in told if points)


def listed(indicator: Indicator, points: tuple[Fact, ...]) -> Row:
    """All figures of an indicator in one row, each with its period."""
    name = "said.rank_in" if indicator.unit is Unit.RANK else "said.figure_in"
    said = tuple(message(name, value=one.quantity, period=one.period) for one in points)
    return Row(indicator.subject, message("said.several", said=said))


def of_parts(fact: Fact) -> tuple[Message, tuple[Fact, ...]]:
    """A figure with its numerator and denominator where they are known, and the facts that these are."""
    told, parts = _of_parts(fact)
    seen = fact.observation
    if seen is not None and seen.status is ObservationStatus.PRELIMINARY:
        told = message("said.preliminary", told=told)
    return told, parts


def _of_parts(fact: Fact) -> tuple[Message, tuple[Fact, ...]]:
    seen = fact.observation
    if seen is None or seen.numerator is None or not seen.denominator:
        return message("said.figure", value=fact.quantity), ()
    parts = (
        part_of(fact, FactKind.NUMERATOR, seen.numerator),
        part_of(fact, FactKind.DENOMINATOR, seen.denominator),
    )
    of = {"numerator": parts[0].quantity, "denominator": parts[1].quantity}
    return message("said.figure_of", value=fact.quantity, **of), parts


def reasons(status: GoalStatus) -> tuple[Said, ...]:
    """The figures and what follows from them; where people came to another status, what they said of it."""
    verdict = status.assessment.verdict
    said = status.judged.reason if status.judged else None
    return (verdict.reasons[0], said) if said and status.differs else verdict.reasons


def beside_reference(criterion: Criterion, fact: Fact, reference: Fact | None) -> Message:
    """An own figure with the reference's of the same period: "55 %; på landsplan 43 %"."""
    own, _ = of_parts(fact)
    if reference is None or criterion.target.reference is None:
        return own
    place = criterion.target.reference.place
    return message("said.beside", own=own, place=place, reference=reference.quantity)


def name_of(criterion: Criterion, fact: Fact) -> Message:
    """The period of a figure as the name of its row, with the criterion where the goal has several."""
    if not criterion.named:
        return message("said.period", period=fact.when)
    return message("said.period_of", label=criterion.indicator.short_subject, period=fact.when)


def year_rows(criterion: Criterion) -> tuple[Row, ...]:
    """The own figure and the reference's, the year before first."""
    pairs = ((criterion.before, criterion.reference_before), (criterion.now, criterion.reference))
    return tuple(
        Row(name_of(criterion, own), beside_reference(criterion, own, other)) for own, other in pairs if own
    )


def parts_of(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The numerators and denominators that a row of these figures shows."""
    return tuple(part for fact in facts for part in of_parts(fact)[1])
