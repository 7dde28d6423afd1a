"""The words about one goal that card and text share: status, figures, development, source and handling."""

from collections.abc import Sequence

from bplan_bot.assess.assessment import Verdict
from bplan_bot.fact import Fact, FactKind
from bplan_bot.goal import Axis
from bplan_bot.goal_status import Development, GoalStatus, label
from bplan_bot.local_text import LocalText
from bplan_bot.message import Message, message
from bplan_bot.observation import Observation, ObservationStatus
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.status import Status
from bplan_bot.texts.speaker import Speaker

HANDLED_ONLY = message("foot.handled_only")
"""Said where nothing is shown but what the committee has handled."""

_FEW = 4
"""Goals that a notification has room to name beside how many they are."""


def source_name(status: GoalStatus) -> LocalText | None:
    """Where the goal's figures come from; None where the plan is silent."""
    key = status.goal.source
    return status.plan.source(key).name if key else None


def status_label(status: GoalStatus) -> Message:
    """The leading status, marked where it is a judgement that the figures alone do not give."""
    said = label(status.leading, source=source_name(status))
    if status.leading.axis is not Axis.COMPUTED and status.differs:
        return message("status.by_judgement", status=said)
    return said


def full_status(status: GoalStatus) -> Message:
    """The leading status, marked too where somebody told it without a figure."""
    said = status_label(status)
    return message("status.without_figures", status=said) if _told_without_figures(status) else said


def _told_without_figures(status: GoalStatus) -> bool:
    return status.newest is not None and status.newest.direction is not None


def reasons(status: GoalStatus) -> list[Message | LocalText]:
    """The reason in sentences: the figures, then what people said where they judged otherwise, then notes."""
    verdict = status.assessment.verdict
    said = status.judged.reason if status.judged else None
    if said and status.differs:
        return [verdict.reasons[0], said, *status.goal.notes]
    return [*verdict.reasons, *status.goal.notes]


def computed_otherwise(status: GoalStatus) -> list[Message]:
    """What the figures alone give, where that is not the leading status."""
    if not status.differs:
        return []
    verdict = status.assessment.verdict
    differs = message("computed.differs", status=message(f"status.{verdict.status}"))
    told = status.judged is not None and status.judged.reason is not None
    return [differs, *verdict.reasons[1:]] if told else [differs]


def developments(status: GoalStatus, speaker: Speaker) -> str:
    """How the own figures moved since the year before, or that there is nothing earlier to compare with."""
    several = len(status.development) > 1
    said = [speaker(_development(each, named=several)) for each in status.development]
    if not said and status.newest and status.newest.hidden:
        return speaker.say(f"told.{status.newest.hidden}")
    return "; ".join(said) if said else speaker.say("development.no_figures")


def _development(each: Development, *, named: bool) -> Message:
    if each.hidden is not None:
        before = message(f"told.{each.hidden}")
        return message("development.hidden", before=before, period=each.now.when.year_before())
    if each.broken:
        then = each.now.when.year_before()
        return message("development.broken", period=then, day=each.broken.day)
    if each.before is None:
        return message("development.first", period=each.now.when.year_before())
    return message(
        "development.moved_of" if named else "development.moved",
        subject=each.indicator.short_subject,
        before=each.before.quantity,
        before_period=each.before.period,
        now=each.now.quantity,
        period=each.now.period,
        change=each.now.quantity - each.before.quantity,
    )


def breaks(status: GoalStatus) -> tuple[Message, ...]:
    """From which day the figures that are judged count something else, and why."""
    judged = (status.goal.indicator(key) for key in status.goal.target.indicators())
    found = dict.fromkeys((one.day, one.reason) for indicator in judged for one in indicator.breaks)
    return tuple(message("break.told", day=day, why=why) for day, why in found)


def handling(status: GoalStatus) -> Message:
    """Who the leading status comes from: the committee and its case, the administration, or the bot."""
    leading = status.leading.axis
    if leading is Axis.HANDLED and status.handled:
        said = status.handled
        return message("foot.handled", committee=status.plan.committee, day=said.day, case=said.document.case)
    if leading is Axis.JUDGED and status.judged:
        return message("foot.judged", day=status.judged.day)
    if status.leading.status is Status.WITHDRAWN and status.goal.withdrawn:
        decided = status.goal.withdrawn
        return message("foot.withdrawn", day=decided.day, case=decided.case)
    if status.assessment.verdict.provisional:
        return message("foot.computed.provisional")
    return message("foot.computed")


def foot(status: GoalStatus, speaker: Speaker) -> str:
    """Source, period and handling in one line, and that nothing else is shown where that is so."""
    source = source_name(status)
    period = status.newest.period if status.newest else status.goal.assessed_on
    words = [
        speaker.say("foot.source", source=source) if source else speaker.say("foot.no_source"),
        speaker.say("foot.period", period=period),
    ]
    if status.leading.status is not Status.NOT_HANDLED:
        words.append(speaker(handling(status)))
    if not status.in_force:
        words.append(speaker(validity(status)))
    if status.handled_only:
        words.append(speaker(HANDLED_ONLY))
    return " · ".join(words)


def validity(status: GoalStatus) -> Message:
    """That the plan is over, or has not begun, so that nobody takes an old status for today's."""
    plan = status.plan
    return message("foot.plan_dates", start=plan.start, end=plan.end)


def freshness(newest: Observation) -> Message:
    """Which document the newest figure is from and since when it is known."""
    document = newest.document
    name = "fresh.known_from_case" if document.case else "fresh.known"
    told = message(name, document=document.title, case=document.case, day=newest.known_at)
    preliminary = newest.status is ObservationStatus.PRELIMINARY
    return message("said.preliminary", told=told) if preliminary else told


def key_figures(status: GoalStatus, speaker: Speaker) -> str:
    """The shortest form of the figures, for summaries and lists: "36,7 % mod 43,8 %"."""
    verdicts = [part.verdict for part in status.assessment.verdict.parts] or [status.assessment.verdict]
    said = [speaker(figures) for figures in map(_key_figures, verdicts) if figures]
    if said:
        return "; ".join(said)
    if status.leading.status is Status.NOT_HANDLED:
        return speaker.say("figures.not_shown")
    if status.newest and status.newest.hidden:
        return speaker.say(f"told.{status.newest.hidden}")
    return speaker.say("figures.told" if _told_without_figures(status) else "figures.none")


_BESIDE = (
    (FactKind.REFERENCE_CHANGE, "figures.change"),
    (FactKind.REFERENCE, "figures.against"),
    (FactKind.THRESHOLD, "figures.target"),
    (FactKind.BASELINE, "figures.against"),
)
"""What stands beside the own figure in short: the first of these that the verdict has."""


def _key_figures(verdict: Verdict) -> Message | None:
    figure = verdict.fact(FactKind.FIGURE)
    if figure is None:
        return None
    told = _beside(verdict, figure)
    seen = figure.observation
    preliminary = seen is not None and seen.status is ObservationStatus.PRELIMINARY
    return message("said.preliminary", told=told) if preliminary else told


def _beside(verdict: Verdict, figure: Fact) -> Message:
    for kind, message_id in _BESIDE:
        beside = verdict.fact(kind)
        if beside is not None:
            change = verdict.fact(FactKind.CHANGE)
            told = message(
                message_id,
                value=figure.quantity,
                other=beside.quantity,
                change=change.quantity if change else None,
            )
            return _with_difference(told, figure.quantity, beside.quantity)
    return message("figures.alone", value=figure.quantity)


def _with_difference(told: Message, own: Quantity, other: Quantity) -> Message:
    """The figures of a count with how many more or fewer they are; shares are read as they stand."""
    if own.unit is not Unit.COUNT or own.value == other.value:
        return told
    off = own - other
    size = message(f"difference.count.{'up' if off.value > 0 else 'down'}", size=off)
    return message("figures.with_difference", figures=told, size=size)


def standing_first(status: GoalStatus, said: str, speaker: Speaker) -> str:
    """Goal, status and figures before what is said, since a notification shows 80 characters."""
    return speaker.say(
        "figures_answer.summary",
        number=status.goal.number,
        status=status_label(status),
        figures=key_figures(status, speaker),
        said=said,
    )


def one_of_several(status: GoalStatus, speaker: Speaker) -> str:
    """Goal, status and figures in a row of goals."""
    return speaker.say(
        "figures_answer.one_of_several",
        number=status.goal.number,
        status=status_label(status),
        figures=key_figures(status, speaker),
    )


def in_brackets(numbers: Sequence[str], speaker: Speaker) -> str:
    """Goals by number behind a summary's first words, where a notification has room for them."""
    return f" ({speaker.listed(list(numbers))})" if 0 < len(numbers) <= _FEW else ""
