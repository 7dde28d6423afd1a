"""The words of a form that card and text share: heading, labels, last time's figure and receipts."""

from collections.abc import Sequence
from datetime import datetime

from bplan_bot.cards.goal_words import full_status, in_brackets
from bplan_bot.cards.parts import capital
from bplan_bot.fact import FactKind, observed
from bplan_bot.figures import Figure
from bplan_bot.form import FigureForm, Form, GoalForm, PeriodForm, Receipt, said_of
from bplan_bot.goal import Indicator
from bplan_bot.notation.periods import read_period
from bplan_bot.observation import Observation
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.round import Round, RoundAnswerKind
from bplan_bot.texts.speaker import Speaker


def heading_words(form: Form, speaker: Speaker) -> tuple[str, str]:
    """Which round it is, and how much of it is left; outside one which goals it is about."""
    plan = form.picture.plan.title
    if form.round is None:
        large = speaker.say("form.outside.goals", numbers=form.numbers, n=len(form.numbers))
        return speaker.say("form.outside", plan=plan), large
    small = speaker.say("form.head", half=form.round.half, plan=plan)
    total, left = len(form.numbers), form.left
    if form.head is not None:
        return small, speaker(form.head)
    if not left:
        return small, speaker.say("form.all_in")
    return small, speaker.say("form.left", n=total, left=left)


def summary(form: Form, speaker: Speaker) -> str:
    """What a notification says: what is left and by when, in 80 characters; or what was just done."""
    if form.said:
        return speaker(form.said)
    _, left = heading_words(form, speaker)
    if form.round is None or not _is_due(form.round, form):
        return left
    numbers = [one.goal.number for one in form.goals]
    named = in_brackets(numbers, speaker) if form.left == len(numbers) else ""
    name = "round.deadline.late" if _is_late(form.round, form) else "round.deadline"
    return f"{left}{named}. {speaker.say(name, day=form.round.figures_by)}."


def deadline(form: Form, speaker: Speaker) -> list[str]:
    """By when the figures are wanted; nothing where none are any more."""
    if form.round is None or not _is_due(form.round, form):
        return []
    name = "form.deadline.passed" if _is_late(form.round, form) else "form.deadline"
    return [speaker.say(name, day=form.round.figures_by)]


def _is_due(round_: Round, form: Form) -> bool:
    return form.left > 0 and round_.is_open


def _is_late(round_: Round, form: Form) -> bool:
    return form.now.date() > round_.figures_by


def figure_label(form: FigureForm, speaker: Speaker) -> str:
    """What is to be written: the figure's name, its unit where it has one, and whose it is if not our own."""
    asked = form.asked
    name = capital(speaker(asked.indicator.subject))
    unit = " (%)" if asked.indicator.unit is Unit.PERCENT else ""
    if asked.area == asked.plan.area:
        return f"{name}{unit}"
    return speaker.say("form.whole_country", name=name) + unit


def place_label(form: FigureForm, speaker: Speaker) -> str:
    """Whose figure is to be written, where the subject stands above: "Norddjurs (%)", "Hele landet (%)"."""
    asked = form.asked
    if form.in_parts:
        return speaker.say("form.share")
    own = asked.area == asked.plan.area
    name = asked.plan.short_name if own else speaker.say("form.country")
    return f"{name} (%)" if asked.indicator.unit is Unit.PERCENT else name


def last_time(form: FigureForm, speaker: Speaker) -> str:
    """The figure before this one."""
    if form.last is None or form.last.amount is None:
        return speaker.say("form.no_last")
    return speaker.say("form.last", value=_quantity(form.asked.indicator, form.last), period=form.last.period)


def replaced(form: FigureForm, speaker: Speaker) -> str:
    """What stands already in place of a figure that was typed; empty where that is nothing."""
    if not isinstance(form.found, Figure) or form.found.corrects is None:
        return ""
    stands = form.found.corrects
    return speaker.say(
        "form.stands",
        value=_quantity(form.asked.indicator, stands),
        period=stands.period,
        document=stands.document.title,
        day=stands.known_at,
    )


def period_label(period: PeriodForm, speaker: Speaker) -> str:
    """What a choice of period is for, where a goal has several: this year, or the one to compare with."""
    newest = period.due.end >= period.goal.assessed_on.start
    return speaker.say("form.period" if newest else "form.period.before")


def period_choices(period: PeriodForm, speaker: Speaker) -> list[tuple[str, str]]:
    """The periods to choose from, with the code each carries."""
    chosen = read_period(period.chosen)
    more = [chosen] if chosen and chosen not in period.choices else []
    return [
        (capital(speaker.say("form.period.name", period=one)), one.code) for one in (*period.choices, *more)
    ]


def colleague_choices(goal: GoalForm, speaker: Speaker) -> list[tuple[str, str]]:
    """The goal's own people by role; a number tells several of one role apart."""
    shown: list[tuple[str, str]] = []
    roles = [colleague.role for colleague in goal.colleagues]
    for index, colleague in enumerate(goal.colleagues):
        nth = roles[: index + 1].count(colleague.role)
        name = capital(speaker.say(f"role.{colleague.role}"))
        several = roles.count(colleague.role) > 1
        shown.append((f"{name} {nth}" if several else name, colleague.id))
    return shown


def receipt_words(receipt: Receipt, form: Form, speaker: Speaker) -> tuple[str, list[str]]:
    """The goal, then what came in and when, and where the goal stands now."""
    goal = receipt.status.goal
    lines = [_received(receipt, one, before, form.now, speaker) for one, before in receipt.figures]
    if receipt.answer is not None:
        handed = receipt.answer.kind is RoundAnswerKind.HANDED_ON
        said = "form.receipt.handed_on" if handed else "form.receipt.no_news"
        lines.append(speaker.say(said, **_when(receipt.answer.at, form.now, speaker)))
    else:
        lines.append(speaker.say("form.receipt.status", status=full_status(receipt.status)))
    return f"✓ {speaker(said_of(goal))}", lines


def _received(
    receipt: Receipt, one: Observation, before: tuple[Observation, ...], now: datetime, speaker: Speaker
) -> str:
    indicator = receipt.status.goal.indicator(one.indicator)
    plan = receipt.status.plan
    said = speaker.say(
        "form.receipt.figure",
        value=_quantity(indicator, one),
        period=one.period,
        **_when(one.recorded_at or now, now, speaker),
    )
    if one.area != plan.area:
        said = speaker.say("form.whole_country", name=said)
    if before:
        return speaker.say("form.receipt.before", said=said, value=_quantity(indicator, before[-1]))
    return said


def _when(at: datetime, now: datetime, speaker: Speaker) -> dict[str, object]:
    """Day and clock where the reader is: `now` is told in that zone."""
    local = at.astimezone(now.tzinfo)
    return {"day": local.date(), "clock": f"{local:%H.%M}" if speaker.language == "da" else f"{local:%H:%M}"}


def _quantity(indicator: Indicator, one: Observation) -> Quantity:
    """The figure as calculated with; a report that stands here always has one."""
    return observed(FactKind.FIGURE, indicator, one).quantity


def lines_of(form: Form, full: Sequence[GoalForm], speaker: Speaker) -> list[str]:
    """The form as text, for the terminal and for whoever's client draws no cards; `full` are the goals whose
    fields are on the card."""
    small, large = heading_words(form, speaker)
    lines = [f"{small}: {large}", *deadline(form, speaker), *map(speaker, form.notes)]
    if form.said:
        lines.append(speaker(form.said))
    for receipt in form.receipts:
        title, received = receipt_words(receipt, form, speaker)
        lines += ["", title, *(f"  {line}" for line in received)]
    for goal in form.goals:
        lines += ["", speaker(said_of(goal.goal))]
        lines += [f"  {line}" for line in _asked(goal, speaker) if goal in full]
    return [*lines, "", speaker(form.foot)] if form.foot else lines


def _as_typed(form: FigureForm, speaker: Speaker) -> str:
    """What stands in the fields of a figure: "48 af 58", "36,7 %"."""
    typed = form.typed
    parts = typed.numerator or typed.denominator
    told = (
        speaker.say("form.parts", numerator=typed.numerator, denominator=typed.denominator) if parts else ""
    )
    return ", ".join(filter(None, (told, typed.value)))


def _asked(goal: GoalForm, speaker: Speaker) -> list[str]:
    lines = []
    for period in goal.periods:
        for form in period.figures:
            label = figure_label(form, speaker)
            chosen = read_period(period.chosen) or period.due
            lines.append(
                f"{label}, {speaker.say('form.period.name', period=chosen)}. {last_time(form, speaker)}"
            )
            lines += (
                [speaker.say("form.filled", value=_as_typed(form, speaker))]
                if not form.typed.is_blank
                else []
            )
            found = form.found
            if found is not None and not isinstance(found, Figure):
                lines.append(f"⚠ {speaker(found.said)}")
            elif stands := replaced(form, speaker):
                lines.append(stands)
    lines += [speaker(doubt) for doubt in goal.doubts]
    return [*lines, *([f"⚠ {speaker(goal.problem.said)}"] if goal.problem else [])]
