"""Which of several plans an answer is from, and which other one is offered beside it."""

from datetime import date

import pytest

from bplan_bot.plan_choice import How, Why, choose, usual_plan
from tests.factories import make_plan, make_sketch

IN_2025, AFTER = date(2025, 4, 1), date(2027, 4, 1)


def sketch(year: int, *, round_open: bool = False, goals: tuple[str, ...] = ("6.2",)):
    plan = make_plan(f"p{year}", start=date(year, 1, 1), end=date(year, 12, 31))
    return make_sketch(plan, round_open=round_open, goals=frozenset(goals))


PLANS = (sketch(2024), sketch(2025))
OLD_OPEN = (sketch(2024, round_open=True), sketch(2025))


@pytest.mark.parametrize(
    ("today", "key"),
    [
        (date(2023, 6, 1), "p2026"),  # none has started: the newest
        (date(2024, 1, 1), "p2024"),
        (date(2024, 12, 31), "p2024"),
        (date(2025, 6, 1), "p2024"),  # between two: the newest that has started
        (date(2026, 1, 1), "p2026"),
        (date(2030, 1, 1), "p2026"),
    ],
)
def test_the_plan_in_force_else_the_newest_started_else_the_newest(today, key):
    assert usual_plan((sketch(2024), sketch(2026)), today).key == key


@pytest.mark.parametrize(
    ("how", "said", "today", "key"),
    [
        (How.NAMED, {"named": "p2024", "carried": "p2025"}, IN_2025, "p2024"),
        (How.CARRIED, {"carried": "p2024"}, IN_2025, "p2024"),
        (How.IN_FORCE, {}, IN_2025, "p2025"),
        (How.IN_FORCE, {"named": "p1999", "carried": "p1998"}, IN_2025, "p2025"),
        (How.NEWEST, {}, AFTER, "p2025"),
    ],
)
def test_the_named_plan_else_the_talks_else_the_usual_one(how, said, today, key):
    choice = choose(PLANS, today, **said)

    assert (choice.how, choice.plan.key) == (how, key)


@pytest.mark.parametrize(
    ("plans", "said", "missing", "offered"),
    [
        (PLANS, {}, (), None),
        (PLANS, {"named": "p2024"}, (), None),
        (OLD_OPEN, {}, (), ("p2024", Why.ROUND_OPEN)),
        (OLD_OPEN, {"named": "p2025"}, (), None),
        (OLD_OPEN, {"carried": "p2024"}, (), ("p2025", Why.IN_FORCE)),
        (OLD_OPEN, {"carried": "p2025"}, (), ("p2024", Why.ROUND_OPEN)),
        ((sketch(2024), sketch(2025, round_open=True)), {}, (), None),
        (PLANS, {"year": 2024}, (), ("p2024", Why.YEAR)),
        (PLANS, {"year": 2025}, (), None),
        (PLANS, {"year": 2019}, (), None),
        (PLANS, {"named": "p2024", "year": 2025}, (), ("p2025", Why.YEAR)),
        ((sketch(2024, goals=("6.13",)), sketch(2025)), {}, ("6.13",), ("p2024", Why.HAS_GOALS)),
        (
            (sketch(2024), sketch(2025, goals=("6.20",))),
            {"named": "p2024"},
            ("6.20",),
            ("p2025", Why.HAS_GOALS),
        ),
        (OLD_OPEN, {}, ("9.9",), ("p2024", Why.ROUND_OPEN)),
        ((sketch(2024),), {}, ("9.9",), None),
    ],
)
def test_another_plan_is_offered_where_it_may_have_been_meant(plans, said, missing, offered):
    found = choose(plans, IN_2025, **said).offer(missing)

    assert (found and (found.plan.key, found.why)) == offered


def test_where_no_plan_is_in_force_a_talk_about_another_is_offered_none():
    assert choose(PLANS, AFTER, carried="p2024").offer() is None
