"""A notice: the one kind of thing that is ever sent unasked, and the states it goes through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any


class NoticeKind(StrEnum):
    """What a notice tells."""

    GOAL_FELL = "goal_fell"
    GOAL_RECOVERED = "goal_recovered"
    MANY_CHANGES = "many_changes"
    PUT_OFF = "put_off"  # a goal somebody put off until today is still fallen
    FOLLOW_UP = "follow_up"  # the day has come that somebody set when they acknowledged
    CARD_UPDATE = "card_update"  # renews a card that was delivered; doing so twice does no harm
    REMINDER = "reminder"
    SECOND_REMINDER = "second_reminder"
    MISSING = "missing"  # what the planansvarlig is told of figures that have not come
    ADMINISTRATION = "administration"
    QUESTION = "question"  # what somebody asked and only the planansvarlig can answer
    ANSWER = "answer"  # what the planansvarlig answered
    SOURCE_LATE = "source_late"  # what administrators are told of a source that does not come
    SOURCE_BACK = "source_back"  # and that it does again


ALERT_CARDS = frozenset({NoticeKind.GOAL_FELL, NoticeKind.PUT_OFF, NoticeKind.FOLLOW_UP})
"""Cards about a goal that fell: renewed in place when somebody answers one, and when the goal changes."""


class OptOut(StrEnum):
    """What somebody can ask not to get. What they set a day for themselves comes all the same."""

    ALERTS = "alerts"  # that goals fall and recover


class NoticeState(StrEnum):
    """Where a notice is on its way. It ends delivered, uncertain, failed or cancelled.

    1. `QUEUED`: due at `next_at`, nobody has it.
    2. `CLAIMED`: a deliverer has it until its lease runs out; then it is queued again.
    3. `SENDING`: committed just before the network call; a lease that runs out here leaves it `UNCERTAIN`.
    4. `DELIVERED`, `UNCERTAIN`, `FAILED`, or `CANCELLED` (no longer true before it was sent).
    """

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    DELIVERED = "delivered"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    CANCELLED = "cancelled"


LEASE = timedelta(minutes=2)
"""How long a deliverer has a notice before another may take it."""

REPEAT_AFTER = timedelta(minutes=15)
"""When a notice of uncertain outcome is sent once more, marked as a repetition."""


def moment_after(now: datetime, by: timedelta) -> datetime:
    """The moment so much after `now` (aware), in UTC: added to a Danish time it is an hour late in the night
    in which 02:59 is followed by 02:00."""
    return now.astimezone(UTC) + by


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is to be told to one recipient. `key` is unique: the same thing is never told twice by mistake.

    `facts` is what the card is rendered from, as JSON values; `recipient` an Entra object id. `attempt`
    counts network calls begun to send it, `openings` how often its chat could not be opened. `repeat_of` is
    the notice that this one repeats since its outcome is unknown, `updates` the one whose card a
    `CARD_UPDATE` renews. `plan` and `goal` say what it is about, where it is about one goal.
    """

    key: str
    kind: NoticeKind
    recipient: str
    facts: Mapping[str, Any]
    created_at: datetime
    next_at: datetime
    state: NoticeState = NoticeState.QUEUED
    plan: str = ""
    goal: str = ""
    attempt: int = 0
    openings: int = 0
    conversation: str = ""
    activity: str = ""
    last_error: str = ""
    repeat_of: str = ""
    updates: str = ""
    id: int = 0


def renewal(card: Notice, cause: str, now: datetime) -> Notice:
    """What renews a notice's card in place; `cause` names why, so that one cause renews a card once."""
    return Notice(
        key=f"{card.key}#renewed/{cause}",
        kind=NoticeKind.CARD_UPDATE,
        recipient=card.recipient,
        facts={},
        created_at=now,
        next_at=now,
        plan=card.plan,
        goal=card.goal,
        updates=card.key,
    )
