"""What a rule demands of the figure it judges: the mark, which side of it, and the people that makes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal

from bplan_bot.assess.assessment import Verdict
from bplan_bot.fact import Fact, FactKind
from bplan_bot.message import Message, message
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.target import Polarity, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """The figure judged and the mark it is held to; `strict` where on the mark is not enough.

    `rule` is the simple rule that was asked (the inner one of `by_date`).
    """

    rule: Target
    figure: Fact
    mark: Fact
    strict: bool

    @property
    def limit(self) -> Message:
        """The mark in words: "mindst 80 %", "under 342"."""
        way = {
            Polarity.HIGHER: "limit.at_least",
            Polarity.LOWER: "limit.at_most",
            Polarity.NEITHER: "limit.exactly",
        }[self.rule.polarity]
        return message(f"{way}.strict" if self.strict else way, value=self.mark.quantity)

    @property
    def away(self) -> Fact:
        """The figure minus the mark."""
        return self.figure.difference(FactKind.DISTANCE, self.mark)

    def holds(self, amount: Decimal | None = None) -> bool:
        """Whether an amount, or else the figure itself, is on the right side of the mark."""
        value = self.figure.quantity.value if amount is None else amount
        mark = self.mark.quantity.value
        match self.rule.polarity:
            case Polarity.HIGHER:
                return value > mark if self.strict else value >= mark
            case Polarity.LOWER:
                return value < mark if self.strict else value <= mark
            case _:
                room = self.rule.tolerance.value if self.rule.tolerance else 0
                return abs(value - mark) <= room


@dataclass(frozen=True, slots=True)
class People:
    """A figure as people: how many there are, of how many, how many the mark takes, and how far off that is.

    `whole` is None where the figure is a count itself; `off` is there minus needed.
    """

    there: Fact
    whole: Fact | None
    needed: Fact
    off: Fact


def requirement(verdict: Verdict, target: Target) -> Requirement | None:
    """What a target demanded of the figure in its verdict; None where the verdict has no figure to hold."""
    rule = target.inner or target
    figure = verdict.fact(FactKind.FIGURE)
    mark = _mark(verdict, rule)
    if figure is None or mark is None:
        return None
    strict = rule.strict or rule.type in ("increase", "decrease", "below_expected")
    return Requirement(rule=rule, figure=figure, mark=mark, strict=strict)


def _mark(verdict: Verdict, rule: Target) -> Fact | None:
    match rule.type:
        case "at_least" | "at_most" | "at_most_reference_plus":
            return verdict.fact(FactKind.THRESHOLD)
        case "increase" | "decrease":
            return _as_mark(verdict.fact(FactKind.BASELINE))
        case "maintain":
            return _tolerated(verdict.fact(FactKind.BASELINE), rule)
        case "equals_reference":
            return _tolerated(verdict.fact(FactKind.REFERENCE), rule)
        case "below_expected":
            return _as_mark(verdict.fact(FactKind.REFERENCE))
        case "follows_reference":
            return _moved_along(verdict)
        case _:
            return None


def _as_mark(fact: Fact | None) -> Fact | None:
    """A figure that is the mark as it stands."""
    if fact is None:
        return None
    return Fact(
        kind=FactKind.THRESHOLD, quantity=fact.quantity, period=fact.period, operation="same", of=(fact,)
    )


def _tolerated(fact: Fact | None, rule: Target) -> Fact | None:
    """A figure with the agreed tolerance on its worse side."""
    mark = _as_mark(fact)
    if mark is None or rule.tolerance is None or rule.polarity is Polarity.NEITHER:
        return mark
    room = rule.tolerance.value if rule.polarity is Polarity.LOWER else -rule.tolerance.value
    return replace(mark, quantity=mark.quantity.plus(room), operation="tolerance")


def _moved_along(verdict: Verdict) -> Fact | None:
    """The figure of the year before, moved as far as the reference has moved since."""
    before, moved = verdict.fact(FactKind.BASELINE), verdict.fact(FactKind.REFERENCE_CHANGE)
    if before is None or moved is None:
        return None
    quantity = before.quantity.plus(moved.quantity.value)
    return Fact(
        kind=FactKind.THRESHOLD,
        quantity=quantity,
        period=moved.period,
        operation="sum",
        of=(before, moved),
    )


def in_people(asked: Requirement) -> People | None:
    """The requirement counted in people or other whole things; None for a share whose parts are not known,
    and where no whole number would do."""
    if asked.rule.polarity is Polarity.NEITHER:
        return None
    if asked.figure.quantity.unit is Unit.COUNT:
        return _counted(asked, there=asked.figure, whole=None)
    seen = asked.figure.observation
    if asked.figure.quantity.unit is not Unit.PERCENT or seen is None:
        return None
    if seen.numerator is None or not seen.denominator:
        return None
    there = part_of(asked.figure, FactKind.NUMERATOR, seen.numerator)
    return _counted(asked, there=there, whole=part_of(asked.figure, FactKind.DENOMINATOR, seen.denominator))


def part_of(share: Fact, kind: FactKind, count: Decimal) -> Fact:
    """The numerator or denominator that a share was observed with."""
    return Fact(
        kind=kind, quantity=Quantity(count, Unit.COUNT), period=share.period, observation=share.observation
    )


def _counted(asked: Requirement, *, there: Fact, whole: Fact | None) -> People | None:
    size = whole.quantity.value if whole else Decimal(100)

    def enough(count: Decimal) -> bool:
        return asked.holds(100 * count / size)

    about = (asked.mark.quantity.value * size / 100).to_integral_value(ROUND_FLOOR)
    least = _first_enough(about, enough, up=asked.rule.polarity is Polarity.HIGHER)
    if least < 0 or (whole and least > size):
        return None
    of = (asked.mark, whole) if whole else (asked.mark,)
    needed = Fact(
        kind=FactKind.NEEDED,
        quantity=replace(there.quantity, value=least),
        period=there.period,
        operation="whole_number",
        of=of,
    )
    return People(there, whole, needed, there.difference(FactKind.GAP, needed))


def _first_enough(about: Decimal, enough: Callable[[Decimal], bool], *, up: bool) -> Decimal:
    """The whole number beside the mark that is just enough. The mark may have been rounded, so the number
    is tried and not only calculated."""
    candidates = [about + step for step in (-1, 0, 1, 2)]
    return next(number for number in (candidates if up else reversed(candidates)) if enough(number))
