"""When people are told that the bot's secret runs out: whom, how long before, and in which words."""

from collections.abc import Iterable
from datetime import date, datetime

from bplan_bot.access import Person, Role
from bplan_bot.message import Message, message
from bplan_bot.notice import Notice, NoticeKind

DAYS_BEFORE = (30, 7, 1)


def warning(expires: date, today: date) -> Message | None:
    """What to say of a secret whose last day is `expires`; None while that is more than 30 days off."""
    left = (expires - today).days
    if left > max(DAYS_BEFORE):
        return None
    if left < 0:
        return message("secret.expired", day=expires)
    if left == 0:
        return message("secret.expires_today", day=expires)
    return message("secret.expires", day=expires, n=left)


def notices(expires: date, now: datetime, people: Iterable[Person]) -> tuple[Notice, ...]:
    """What administrators are told: once each at 30, 7 and 1 days before, or later where that was missed.

    Nothing after its last day, since a bot without a secret can tell nobody.
    """
    left = (expires - now.date()).days
    reached = [days for days in DAYS_BEFORE if left <= days]
    if left < 0 or not reached:
        return ()
    return tuple(
        Notice(
            # Another secret has another last day, and so its own notices.
            key=f"secret/{expires.isoformat()}/{min(reached)}/{person.id}",
            kind=NoticeKind.ADMINISTRATION,
            recipient=person.id,
            facts={"secret_expires": expires.isoformat()},
            created_at=now,
            next_at=now,
        )
        for person in people
        if person.has(Role.ADMINISTRATOR)
    )
