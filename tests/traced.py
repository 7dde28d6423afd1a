"""What tests share that trace each printed number to its source: the days looked at, and the facts."""

import re
from collections.abc import Iterator
from datetime import date

from bplan_bot.fact import Fact
from tests.norddjurs import picture

PICTURES = {
    "after the follow-up": picture(),
    "before it": picture(date(2025, 4, 1)),
    "in the middle of the plan year": picture(date(2024, 6, 30)),
    "years later": picture(date(2031, 3, 1)),
    "where others read along": picture().handled(),
}
NUMBERS = [goal.number for goal in picture().plan.goals]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def every(facts: tuple[Fact, ...]) -> Iterator[Fact]:
    """The facts, and those they were made of."""
    for fact in facts:
        yield fact
        yield from every(fact.of)
