"""The words that the cards of a round share: its name, its dates, and what is missing from whom."""

from collections.abc import Iterable, Sequence
from datetime import date

from bplan_bot.access import Role
from bplan_bot.message import Message, message
from bplan_bot.round import GoalDue, RoundAnswerKind
from bplan_bot.round_picture import RoundPicture
from bplan_bot.texts.speaker import Speaker

Rows = list[tuple[str, str]]

_WHOM = (Role.REPORTER, Role.OWNER, Role.STAND_IN)
_NOBODY, _COLLEAGUE = "nobody", "colleague"


def title(seen: RoundPicture, speaker: Speaker) -> str:
    """What the round is called."""
    return speaker.say("round.title", half=seen.round.half)


def where(seen: RoundPicture, speaker: Speaker) -> str:
    """The round with its plan."""
    return speaker.say("round.where", half=seen.round.half, plan=seen.picture.plan.title)


def status(seen: RoundPicture, left: Sequence[GoalDue]) -> Message:
    """How much is in, and whether figures are still asked for."""
    asked = len(seen.asked())
    closed_at = seen.round.closed_at
    if closed_at is not None:
        return message("round.closed", day=closed_at.date(), done=asked - len(left), n=asked)
    if not left:
        return message("round.all_in", n=asked)
    return message("round.some_in", done=asked - len(left), n=asked)


def band(seen: RoundPicture, left: Sequence[GoalDue]) -> str:
    """The colour across the top."""
    if not seen.round.is_open:
        return "emphasis"
    if not left:
        return "good"
    return "warning" if is_late(seen) else "accent"


def is_late(seen: RoundPicture) -> bool:
    """Whether the deadline for figures has passed."""
    return seen.picture.today > seen.round.figures_by


def deadline(seen: RoundPicture) -> Message:
    """When figures are due, or were."""
    return message("round.deadline.late" if is_late(seen) else "round.deadline", day=seen.round.figures_by)


def dates(seen: RoundPicture, speaker: Speaker) -> Rows:
    """The three dates of the round by what they are."""
    round_ = seen.round
    named: tuple[tuple[str, date], ...] = (
        ("round.row.figures_by", round_.figures_by),
        ("round.row.agenda_on", round_.agenda_on),
        ("round.row.committee_on", round_.committee_on),
    )
    return [(speaker.say(name), speaker.say("round.day", day=day)) for name, day in named]


def answered(seen: RoundPicture, left: Sequence[GoalDue], speaker: Speaker) -> Rows:
    """The goals whose figures are in, and those without news."""
    no_news = {one.goal for one in seen.answers if one.kind is RoundAnswerKind.NO_NEWS}
    open_ = {due.goal.number for due in left}
    asked = [due for due in seen.asked() if due.goal.number not in open_]
    done = [due for due in asked if due.goal.number not in no_news]
    silent = [due for due in asked if due.goal.number in no_news]
    rows = [(speaker.say("round.row.in"), numbers(done, speaker))] if done else []
    return rows + ([(speaker.say("round.row.no_news"), numbers(silent, speaker))] if silent else [])


def missing(seen: RoundPicture, left: Sequence[GoalDue], speaker: Speaker) -> Rows:
    """The goals that are missing, by the role of those they are missing from."""
    by_whom: dict[str, list[GoalDue]] = {}
    for due in left:
        by_whom.setdefault(_whom(seen, due.goal.number), []).append(due)
    order = [*_WHOM, _COLLEAGUE, _NOBODY]
    return [
        (speaker.say(f"round.from.{who}"), numbers(by_whom[who], speaker)) for who in order if who in by_whom
    ]


def numbers(goals: Iterable[GoalDue], speaker: Speaker) -> str:
    """The goals by number, in a row."""
    return speaker.listed([due.goal.number for due in goals])


def point(due: GoalDue, speaker: Speaker) -> str:
    """A goal with the periods that figures are lacking for."""
    periods = tuple(dict.fromkeys(figure.period for figure in due.figures))
    written = tuple(message("round.period", period=period) for period in periods)
    return speaker.say("round.point", number=due.goal.number, title=due.goal.title, periods=written)


def written(rows: Rows) -> list[str]:
    """Rows as lines of text."""
    return [f"{name}: {value}" for name, value in rows]


def _whom(seen: RoundPicture, number: str) -> str:
    asked = seen.reporters(number)
    if not asked:
        return _NOBODY
    own = (role for role in _WHOM if any(person.has_for(number, role) for person in asked))
    return next(own, _COLLEAGUE)
