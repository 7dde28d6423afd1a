"""The rule of a goal in plain words, one for each of its criteria."""

from bplan_bot.goal import Goal
from bplan_bot.local_text import LocalText
from bplan_bot.message import Message, message
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.target import Target


def rules(goal: Goal) -> tuple[tuple[LocalText | None, Message], ...]:
    """Each criterion's name, None where there is only one, with its rule: "tallet skal være mindst 80 %"."""
    if not goal.target.parts:
        return ((None, rule(goal.target, goal)),)
    return tuple((part.label, rule(part.target, goal)) for part in goal.target.parts)


def rule(target: Target, goal: Goal) -> Message:
    """One rule in words, without a full stop."""
    inner = target.inner or target
    return message(
        f"rule.{target.type}",
        limit=_limit(inner, goal),
        margin=_margin(inner, goal),
        reference=target.reference.name if target.reference else None,
        due=target.due,
    )


def _limit(target: Target, goal: Goal) -> Message | None:
    if target.type not in ("at_least", "at_most") or target.value is None:
        return None
    value = Quantity(target.value, goal.indicator(target.indicator).unit)
    return message(f"limit.{target.type}.strict" if target.strict else f"limit.{target.type}", value=value)


def _margin(target: Target, goal: Goal) -> Quantity | None:
    """The distance a reference may be passed by, in the unit of a difference."""
    if target.value is None or target.reference is None:
        return None
    unit = goal.indicator(target.indicator).unit
    return Quantity(target.value, Unit.POINTS if unit is Unit.PERCENT else unit)
