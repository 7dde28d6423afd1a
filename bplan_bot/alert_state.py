"""An alert as things stand: what has become of its goal since, who answered, and whether it is still news."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bplan_bot.access import Person, may_act_on_alerts
from bplan_bot.alerts import BAD, GOOD
from bplan_bot.notice import ALERT_CARDS, Notice, NoticeKind
from bplan_bot.status import Status
from bplan_bot.status_change import StatusChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """That `person` has seen to a goal, on the card of `notice` (its key). The note may be empty."""

    plan: str
    goal: str
    person: str
    at: datetime
    note: str = ""
    follow_up_on: date | None = None
    notice: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """That `person` wants no alert of a goal before the day `until`, and why."""

    plan: str
    goal: str
    person: str
    until: date
    reason: str
    at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertState:
    """A notice of a goal with all its card depends on, as `reader` sees it at `now`.

    `history` holds the goal's changes, oldest first; `acknowledgements` and `snoozes` the answers since the
    change it tells, of each person the newest snooze; `people` those who answered, lacking whoever has no
    role any more. `fall_untold`: it is a recovery, and the reader's card of the fall never left.
    """

    notice: Notice
    reader: Person
    now: datetime
    history: tuple[StatusChange, ...] = ()
    acknowledgements: tuple[Acknowledgement, ...] = ()
    snoozes: tuple[Snooze, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    opted_out: bool = False
    fall_untold: bool = False

    @property
    def since(self) -> tuple[StatusChange, ...]:
        """What the goal did after the change that the notice tells; the order counts, since clocks are set
        back."""
        number = told_number(self.notice)
        if number:
            return tuple(change for change in self.history if change.number > number)
        told = told_at(self.notice)
        here = next((place for place, change in enumerate(self.history) if change.at == told), None)
        if here is None:
            return tuple(change for change in self.history if change.at > told)
        return self.history[here + 1 :]

    @property
    def recovery(self) -> StatusChange | None:
        """The change by which the goal came back; None while it has not, and for what tells no fall."""
        if self.notice.kind not in ALERT_CARDS:
            return None
        return next((change for change in self.since if change.after in GOOD), None)

    @property
    def is_over(self) -> bool:
        """Whether its card is history: it told a fall, and the goal is back."""
        return self.recovery is not None and self.notice.kind is not NoticeKind.FOLLOW_UP

    @property
    def status(self) -> Status:
        """Where the goal stands, as far as this card tells: what follows its recovery is another card's."""
        if self.recovery:
            return self.recovery.after
        return self.since[-1].after if self.since else Status(self.notice.facts["after"])

    @property
    def may_be_answered(self) -> bool:
        """Whether there is still something to acknowledge or put off."""
        return self.notice.kind in ALERT_CARDS and self.status not in GOOD

    @property
    def own_acknowledgement(self) -> Acknowledgement | None:
        """What the reader answered on this card."""
        own = (said for said in self.acknowledgements if said.person == self.reader.id)
        return next((said for said in own if said.notice == self.notice.key), None)

    @property
    def put_off(self) -> tuple[Snooze, ...]:
        """The snoozes that still hold."""
        return tuple(snooze for snooze in self.snoozes if snooze.until > self.now.date())

    @property
    def is_news(self) -> bool:
        """Whether it should still be sent to the reader as a card of its own."""
        if not may_act_on_alerts(self.reader, self.notice.goal):
            return False
        if self.notice.kind is NoticeKind.FOLLOW_UP:
            return True
        if self.opted_out or any(snooze.person == self.reader.id for snooze in self.put_off):
            return False
        if self.notice.kind is NoticeKind.GOAL_RECOVERED:
            # Once it has fallen again this is the past, also where another recovery followed.
            return not self.fall_untold and not any(change.after in BAD for change in self.since)
        return self.recovery is None and not self._answered_before_it_was_repeated

    @property
    def _answered_before_it_was_repeated(self) -> bool:
        """Whoever answered a card has had it, however uncertain its outcome was."""
        return bool(self.notice.repeat_of) and any(
            said.notice == self.notice.repeat_of for said in self.acknowledgements
        )


def told_at(notice: Notice) -> datetime:
    """When the change was that a notice tells; aware."""
    return datetime.fromisoformat(notice.facts["at"])


def told_number(notice: Notice) -> int:
    """The place of the change that a notice tells in its goal's history; 0 where that is not known."""
    return int(notice.facts.get("number", 0))


def came_after(card: Notice, change: StatusChange) -> bool:
    """Whether a card of a goal came after a change of that goal: by what it tells, since clocks are set back,
    but by its time where that is not known, or where it came on a day somebody set and not for a change."""
    number = told_number(card)
    if number and card.kind is not NoticeKind.FOLLOW_UP:
        return number > change.number
    return card.created_at > change.at
