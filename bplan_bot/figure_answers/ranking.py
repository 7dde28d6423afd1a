"""Which of several goals lies furthest from something, in percentage points.

Counts of different things are not ranked: eighty persons and five hires cannot be held against each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bplan_bot.assess.sentences import size
from bplan_bot.fact import Fact
from bplan_bot.message import Message, message
from bplan_bot.quantity import Unit


@dataclass(frozen=True, slots=True)
class Ranked:
    """A goal's number and how far it lies from something."""

    number: str
    away: Fact


@dataclass(frozen=True, slots=True)
class Ranking:
    """The sentence that ranks the goals with its facts, and their numbers, furthest first; all of it empty
    where there are not two to rank."""

    said: tuple[Message, ...] = ()
    facts: tuple[Fact, ...] = ()
    numbers: tuple[str, ...] = ()

    def place(self, number: str) -> int:
        """Where a goal comes; behind all others where it was not ranked."""
        return self.numbers.index(number) if number in self.numbers else len(self.numbers)


def ranked(heading: Message, goals: Sequence[Ranked]) -> Ranking:
    """The goals with a distance in percentage points, furthest first under the heading."""
    points = [one for one in goals if one.away.quantity.unit is Unit.POINTS]
    if len(points) < 2:
        return Ranking()
    points.sort(key=lambda one: -abs(one.away.quantity.value))
    said = tuple(message("ranked.goal", number=one.number, away=size(one.away.quantity)) for one in points)
    return Ranking(
        said=(message("ranked.all", heading=heading, goals=said),),
        facts=tuple(one.away for one in points),
        numbers=tuple(one.number for one in points),
    )
