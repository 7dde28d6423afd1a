"""Which reminders of a round are due: to whom, which one, and never two of them on one day."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from bplan_bot.access import Person
from bplan_bot.deadlines import Lead
from bplan_bot.notice import Notice, NoticeKind
from bplan_bot.round import Round
from bplan_bot.round_picture import RoundPicture

OPEN_FROM, OPEN_UNTIL = 8, 16
"""The hours between which people are reminded."""

REMINDERS = frozenset({NoticeKind.REMINDER, NoticeKind.SECOND_REMINDER, NoticeKind.MISSING})

PAUSE = 2
"""Working days that lie at least between the two reminders, when the first one went out late."""


def is_time(now: datetime, lead: Lead) -> bool:
    """Whether people may be reminded `now`, in the zone of `now`: in working hours, so that nobody's phone
    rings on a Sunday."""
    return OPEN_FROM <= now.hour < OPEN_UNTIL and lead.working.is_working_day(now.date())


def may_be_sent_from(notice: Notice, lead: Lead, *, now: datetime) -> datetime:
    """The first moment from `now` on (aware) at which a notice may be sent: anything but a reminder at once,
    and a reminder when `is_time`, however late it was queued or how often it did not get through."""
    if notice.kind not in REMINDERS or is_time(now, lead):
        return now
    day = now.date() if now.hour < OPEN_FROM else now.date() + timedelta(days=1)
    while not lead.working.is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(OPEN_FROM), tzinfo=now.tzinfo)


def key_of(round_: Round) -> str:
    """What the key of every notice about a round begins with. Opened again with another deadline, a round
    reminds anew."""
    return f"{round_.plan}/round-{round_.half}/{round_.figures_by.isoformat()}/"


def reminder(round_: Round, kind: NoticeKind, recipient: str, *, about: str, now: datetime) -> Notice:
    """A notice about a round; what it says is found out when it is sent. `about` tells it from others of the
    same recipient in the same round."""
    return Notice(
        key=f"{key_of(round_)}{about}/{recipient}",
        kind=kind,
        recipient=recipient,
        facts={"plan": round_.plan, "half": round_.half},
        created_at=now,
        next_at=now,
        plan=round_.plan,
    )


def due_reminders(
    seen: RoundPicture, told: Iterable[Notice], lead: Lead, *, now: datetime
) -> tuple[Notice, ...]:
    """The notices that are due `now` and not among those of this round that were queued before (`told`).

    A reminder that was missed goes out late, until the agenda is sent; whoever has nothing left to report
    gets none.
    """
    if not is_time(now, lead):
        return ()
    left = seen.left()
    if not left:
        return ()
    told = tuple(told)
    heard = _first_told(told, now.tzinfo)
    found = (
        *_to_reporters(seen, seen.asked_people(left), heard, lead, now),
        *_to_planners(seen, lead, now),
    )
    queued = {notice.key for notice in told}
    return tuple(notice for notice in found if notice.key not in queued)


def _to_reporters(
    seen: RoundPicture,
    asked: Iterable[Person],
    heard: dict[tuple[str, NoticeKind], date],
    lead: Lead,
    now: datetime,
) -> Iterator[Notice]:
    back, round_, today = lead.working.working_days_before, seen.round, now.date()
    if not back(round_.figures_by, lead.first) <= today <= round_.agenda_on:
        return
    for person in asked:
        first = heard.get((person.id, NoticeKind.REMINDER))
        if first is None:
            yield reminder(round_, NoticeKind.REMINDER, person.id, about="first", now=now)
        elif today >= back(round_.figures_by, lead.second) and back(today, PAUSE) >= first:
            yield reminder(round_, NoticeKind.SECOND_REMINDER, person.id, about="second", now=now)


def _to_planners(seen: RoundPicture, lead: Lead, now: datetime) -> Iterator[Notice]:
    round_, today = seen.round, now.date()
    soon = lead.working.working_days_before(round_.figures_by, lead.missing)
    if not soon <= today <= round_.agenda_on:
        return
    about = "missing-soon" if today <= round_.figures_by else "missing-late"
    for person in seen.planners():
        yield reminder(round_, NoticeKind.MISSING, person.id, about=about, now=now)


def _first_told(told: Iterable[Notice], zone: tzinfo | None) -> dict[tuple[str, NoticeKind], date]:
    """The day on which each person was first told each kind of thing in this round."""
    found: dict[tuple[str, NoticeKind], date] = {}
    for notice in told:
        day = notice.created_at.astimezone(zone).date()
        known = found.setdefault((notice.recipient, notice.kind), day)
        found[notice.recipient, notice.kind] = min(known, day)
    return found
