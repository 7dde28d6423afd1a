"""When a source is late, by the day it named itself or since it fails; and who is told, once, and once when
it is back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bplan_bot.access import Person, Role
from bplan_bot.notice import Notice, NoticeKind, NoticeState
from bplan_bot.source_state import SourceState
from bplan_bot.working_days import WorkingDays

TOLERANCE = 3
"""Working days that a source may be behind the day it named: a holiday, or a figure checked once more."""

PATIENCE = timedelta(days=1)
"""How long a source may fail: a night's maintenance, or a format that is changed back, is no news."""

REACHED = frozenset({NoticeState.SENDING, NoticeState.DELIVERED, NoticeState.UNCERTAIN})
"""How far a notice is when its recipient may have seen it."""


@dataclass(frozen=True, slots=True)
class Turns:
    """The tables of one source that are to be told of as they now stand: those that have become late, and
    those that were told to be late and are back, as they were before."""

    late: tuple[SourceState, ...]
    back: tuple[SourceState, ...]

    def __bool__(self) -> bool:
        return bool(self.late or self.back)

    @property
    def kept(self) -> tuple[SourceState, ...]:
        """The states as they are to be kept, so that the next look tells nothing of them."""
        return (*self.late, *(replace(state, told_late=None) for state in self.back))


def late_since(state: SourceState, working: WorkingDays, *, now: datetime) -> date | None:
    """The day since which a table is late `now`; None where it is not."""
    if state.failing_since is not None and now - state.failing_since > PATIENCE:
        return state.failing_since.astimezone(now.tzinfo).date()
    if state.expected is None or now.date() <= state.expected or not _lacks(state, state.expected):
        return None
    last = state.expected
    for _ in range(TOLERANCE):
        last = working.working_day_after(last)
    return state.expected if now.date() > last else None


def is_back(state: SourceState) -> bool:
    """Whether what was told to be late is so no more. The clock has no say in it, since it may be set back:
    the source has answered, and put out new figures or named another day for them."""
    told = state.told_late
    return (
        told is not None
        and state.failing_since is None
        and not (state.expected == told and _lacks(state, told))
    )


def turns(states: Iterable[SourceState], working: WorkingDays, *, now: datetime) -> Turns:
    """What has turned of these tables since administrators were last told."""
    late, back = [], []
    for state in states:
        if is_back(state):
            back.append(state)
        elif state.told_late is None and (since := late_since(state, working, now=now)):
            late.append(replace(state, told_late=since))
    return Turns(tuple(late), tuple(back))


def late_notices(turned: Turns, people: Iterable[Person], *, now: datetime) -> tuple[Notice, ...]:
    """What administrators are told of the tables that have become late, all of a source in one."""
    told = [person.id for person in people if person.has(Role.ADMINISTRATOR)]
    return _notices(NoticeKind.SOURCE_LATE, turned.late, told, now=now)


def back_notices(turned: Turns, told: Iterable[Notice], *, now: datetime) -> tuple[Notice, ...]:
    """What is told of the tables that are back, to whom a notice among `told` has reached of their being
    late."""
    days = days_of(turned.back)
    heard = {
        notice.recipient
        for notice in told
        if notice.state in REACHED and days.items() & notice.facts["tables"].items()
    }
    return _notices(NoticeKind.SOURCE_BACK, turned.back, sorted(heard), now=now)


def days_of(states: Iterable[SourceState]) -> dict[str, str]:
    """By table the day since which it was told to be late, as notices have it."""
    return {state.table: state.told_late.isoformat() for state in states if state.told_late}


def still_late(facts: Mapping[str, Any], states: Iterable[SourceState]) -> tuple[SourceState, ...]:
    """Those of the tables that a notice is about which have not been back since."""
    tables = facts["tables"]
    return tuple(one for one in states if tables.get(one.table, "") == str(one.told_late))


def late_prefix(source: str) -> str:
    """What the key of every notice begins with that says a source is late."""
    return f"{NoticeKind.SOURCE_LATE}/{source}/"


def _notices(
    kind: NoticeKind, states: Sequence[SourceState], recipients: Iterable[str], *, now: datetime
) -> tuple[Notice, ...]:
    if not states:
        return ()
    first = min(states, key=lambda state: state.table)
    return tuple(
        Notice(
            # A table is late since a day once, whoever looks and however often.
            key=f"{kind}/{first.source}/{first.table}/{first.told_late}/{recipient}",
            kind=kind,
            recipient=recipient,
            facts={"source": first.source, "tables": days_of(states)},
            created_at=now,
            next_at=now,
        )
        for recipient in recipients
    )


def _lacks(state: SourceState, day: date) -> bool:
    """Whether nothing was put out on or after a day."""
    return state.published is None or state.published < day
