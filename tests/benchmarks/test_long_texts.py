"""Long texts: made as long as they say, and understood in steps that grow with the length and no faster."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from benchmarks.long_texts import LENGTHS, SHORT, Grown, kinds, long_table
from bplan_bot.goal import Plan
from bplan_bot.understand.understand import understand
from tests.bplan_bot.bundled import package

KINDS = sorted(kinds())


def steps(text: str, plan: Plan) -> int:
    """How many functions are called to understand a text, which unlike seconds is the same every time."""
    count = 0

    def note(_frame: FrameType, event: str, _called: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    understand(text, plan)  # what is remembered of words is remembered now
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        understand(text, plan)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_length_takes_at_most_twice_the_steps(kind: str) -> None:
    made: Callable[[int], str] = kinds()[kind]
    plan = package().plan

    assert steps(made(10_000), plan) <= 2.1 * steps(made(5_000), plan)


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_is_as_long_as_it_was_asked_for(kind: str) -> None:
    made = kinds()[kind]

    assert [len(made(length)) for length in LENGTHS] == list(LENGTHS)
    assert len(SHORT) == 20


def test_the_table_tells_how_the_cost_grows() -> None:
    grown = Grown(kind="words", times={2_500: 10.4, 5_000: 20, 10_000: 40, 20_000: 83.2})

    assert long_table((grown,)).splitlines()[-1] == "| words | 10 | 20 | 40 | 83 | 8.0 |"
