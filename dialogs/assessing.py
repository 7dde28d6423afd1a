"""The assessment of every goal for machines (`assess --json`) and for the terminal."""

from typing import Any

from bplan_bot.assess.assessment import PartVerdict, Verdict
from bplan_bot.cards import goal_words as words
from bplan_bot.fact import FactKind
from bplan_bot.goal_status import GoalStatus
from bplan_bot.picture import Picture
from bplan_bot.quantity import Quantity
from bplan_bot.texts.speaker import Speaker


def as_fields(status: GoalStatus) -> dict[str, Any]:
    """One goal as JSON values. Figures are numbers with at most one decimal; a goal of several parts has
    its figures in `parts`. `gap` is positive when the goal falls short, in `gap_unit`."""
    speaker = Speaker("da")
    verdict = status.assessment.verdict
    return {
        "goal": status.goal.number,
        "title": speaker(status.goal.title),
        "computed": verdict.status,
        "judged": status.judged.status if status.judged else None,
        "handled": status.handled.status if status.handled else None,
        "leading": status.leading.status,
        "why": verdict.obstacle,
        "due": verdict.due,
        "reason": _reason(verdict, speaker),
        **_figures(verdict),
        "provisional": verdict.provisional,
        "parts": [_part(part, speaker) for part in verdict.parts],
    }


def as_lines(picture: Picture) -> list[str]:
    """A table: number, leading status and computed status where it is another, and the figures."""
    speaker = Speaker("da")
    rows = [
        (status.goal.number, _told(status, speaker), words.key_figures(status, speaker))
        for status in picture.all()
    ]
    width = max((len(told) for _, told, _ in rows), default=0)
    head = speaker.say("assess.head", plan=picture.plan.title, day=picture.today)
    return [head, *(f"{number:<5} {told:<{width}}  {figures}" for number, told, figures in rows)]


def _told(status: GoalStatus, speaker: Speaker) -> str:
    told = speaker(words.status_label(status))
    if not status.differs:
        return told
    computed = speaker.say(f"status.{status.assessment.status}")
    return speaker.say("assess.differs", status=told, computed=computed)


def _part(part: PartVerdict, speaker: Speaker) -> dict[str, Any]:
    return {
        "label": speaker(part.label),
        "indicator": part.indicator,
        "computed": part.verdict.status,
        "reason": _reason(part.verdict, speaker),
        **_figures(part.verdict),
    }


def _reason(verdict: Verdict, speaker: Speaker) -> str:
    return " ".join(speaker(reason) for reason in verdict.reasons)


def _figures(verdict: Verdict) -> dict[str, Any]:
    value, gap = _quantity(verdict, FactKind.FIGURE), _quantity(verdict, FactKind.GAP)
    reference = _quantity(verdict, FactKind.REFERENCE)
    return {
        "value": _number(value),
        "reference": _number(reference),
        "gap": _number(gap),
        "unit": value.unit if value else None,
        "gap_unit": gap.unit if gap else None,
        "period": verdict.period.code if verdict.period else None,
    }


def _quantity(verdict: Verdict, kind: FactKind) -> Quantity | None:
    fact = verdict.fact(kind)
    return fact.quantity if fact else None


def _number(quantity: Quantity | None) -> int | float | None:
    """For JSON only, which has no decimals of its own; nothing is calculated from it."""
    if quantity is None:
        return None
    rounded = quantity.rounded()
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)
