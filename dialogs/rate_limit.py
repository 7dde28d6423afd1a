"""Decides when somebody writes faster than the bot should answer, and says so once."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

WINDOW_SECONDS = 60.0
MAX_PEOPLE = 10_000


class Pace(Enum):
    """What to do with a message: answer it, say that it was too fast, or nothing."""

    ANSWER = auto()
    ASK_TO_PAUSE = auto()
    SILENCE = auto()


@dataclass(slots=True)
class _Person:
    answered: deque[float] = field(default_factory=deque)
    asked_at: float | None = None


class RateLimit:
    """At most `per_minute` answers to one person within any 60 seconds; 0 is no limit.

    Kept in memory and bounded: whoever was quiet longest is forgotten first, and starts afresh.
    """

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._people: OrderedDict[str, _Person] = OrderedDict()

    def pace(self, person: str, *, wordless: bool = False) -> Pace:
        """Count one message of this person and say what becomes of it; a `wordless` one is never answered
        with words."""
        if self._per_minute <= 0:
            return Pace.ANSWER
        now = self._clock()
        known = self._known(person)
        while known.answered and now - known.answered[0] >= WINDOW_SECONDS:
            known.answered.popleft()
        if len(known.answered) < self._per_minute:
            # Only what is answered counts, so nobody who goes on writing is silenced for ever.
            known.answered.append(now)
            return Pace.ANSWER
        if wordless:
            return Pace.SILENCE
        if known.asked_at is not None and now - known.asked_at < WINDOW_SECONDS:
            return Pace.SILENCE
        known.asked_at = now
        return Pace.ASK_TO_PAUSE

    def _known(self, person: str) -> _Person:
        known = self._people.setdefault(person, _Person())
        self._people.move_to_end(person)
        if len(self._people) > MAX_PEOPLE:
            self._people.popitem(last=False)
        return known

    @property
    def remembered(self) -> int:
        """How many people are in memory."""
        return len(self._people)
