"""What a rule demands: the mark, and how many people it takes, in agreement with the rule's own verdict."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.assess.requirement import Requirement, in_people, requirement
from bplan_bot.fact import FactKind
from bplan_bot.quantity import Unit
from bplan_bot.status import Status
from bplan_bot.target import Polarity, Tolerance
from tests.bplan_bot.bundled import HANDLED
from tests.bplan_bot.cases import EXPECTED, NATIONALLY, assessed, make_target, one_goal

HIGHER, LOWER, NEITHER = Polarity.HIGHER, Polarity.LOWER, Polarity.NEITHER
TWO = Tolerance(Decimal(2), "udvalget", HANDLED)
RISE: dict[str, Any] = {"type": "increase", "polarity": HIGHER}
FALL: dict[str, Any] = {"type": "decrease", "polarity": LOWER}
HELD: dict[str, Any] = {"type": "maintain", "polarity": LOWER}
AT_LEAST: dict[str, Any] = {"type": "at_least", "polarity": HIGHER, "value": "80"}
AT_MOST: dict[str, Any] = {"type": "at_most", "polarity": LOWER, "value": "20"}
EQUAL: dict[str, Any] = {"type": "equals_reference", "polarity": HIGHER, "reference": NATIONALLY}
FOLLOWS: dict[str, Any] = {"type": "follows_reference", "polarity": LOWER, "reference": NATIONALLY}
MARGIN: dict[str, Any] = {
    "type": "at_most_reference_plus",
    "polarity": LOWER,
    "value": "4",
    "reference": NATIONALLY,
}
FEWER: dict[str, Any] = {"type": "below_expected", "polarity": LOWER, "reference": EXPECTED}

COUNT, SHARE = Unit.COUNT, Unit.POINTS


def demanded(rule: dict[str, Any], figures: str, unit: Unit = COUNT) -> Requirement:
    """What the rule demanded of the figures."""
    goal = one_goal(make_target(**rule), unit)
    found = requirement(assessed(goal, figures).verdict, goal.target)
    assert found is not None
    return found


CASES = [
    ("a bar", AT_LEAST, "own 2024=90.6", SHARE, "limit.at_least", "80"),
    ("a strict bar", {**AT_LEAST, "strict": True}, "own 2024=80", SHARE, "limit.at_least.strict", "80"),
    ("a ceiling", AT_MOST, "own 2024=25", SHARE, "limit.at_most", "20"),
    ("more than last year", RISE, "own 2023=288 2024=326", COUNT, "limit.at_least.strict", "288"),
    (
        "as many as last year is not more",
        RISE,
        "own 2023=288 2024=288",
        COUNT,
        "limit.at_least.strict",
        "288",
    ),
    ("fewer than last year", FALL, "own 2023=342 2024=358", COUNT, "limit.at_most.strict", "342"),
    ("a level held", HELD, "own 2023=10 2024=16", COUNT, "limit.at_most", "10"),
    (
        "within what was agreed",
        {**HELD, "tolerance": TWO},
        "own 2023=10 2024=12",
        COUNT,
        "limit.at_most",
        "12",
    ),
    ("on a level", EQUAL, "own 2024=36.7 | country 2024=43.8", SHARE, "limit.at_least", "43.8"),
    (
        "neither way",
        {**EQUAL, "polarity": NEITHER, "tolerance": TWO},
        "own 2024=42 | country 2024=43.8",
        SHARE,
        "limit.exactly",
        "43.8",
    ),
    ("a margin", MARGIN, "own 2024=76.1 | country 2024=69.2", SHARE, "limit.at_most", "73.2"),
    (
        "fewer than expected",
        FEWER,
        "own 2024=1950 | expected 2024=2030",
        COUNT,
        "limit.at_most.strict",
        "2030",
    ),
    (
        "moved along",
        FOLLOWS,
        "own 2023=14.1 2024=14.6 | country 2023=13.4 2024=13.5",
        SHARE,
        "limit.at_most",
        "14.2",
    ),
]


@pytest.mark.parametrize(
    ("rule", "figures", "unit", "limit", "mark"), [pytest.param(*case[1:], id=case[0]) for case in CASES]
)
def test_the_mark_is_the_one_that_the_verdict_was_made_by(
    rule: dict[str, Any], figures: str, unit: Unit, limit: str, mark: str
) -> None:
    goal = one_goal(make_target(**rule), unit)
    verdict = assessed(goal, figures).verdict

    asked = requirement(verdict, goal.target)

    assert asked
    assert (asked.limit.id, asked.mark.quantity.value) == (limit, Decimal(mark))
    assert asked.holds() is (verdict.status is Status.MET)


@pytest.mark.parametrize(
    ("rule", "figures", "unit"),
    [pytest.param(*case[1:4], id=case[0]) for case in CASES if "agreed" not in case[0]],
)
def test_the_distance_to_the_mark_is_as_large_as_the_gap_of_the_verdict(
    rule: dict[str, Any], figures: str, unit: Unit
) -> None:
    gap = assessed(one_goal(make_target(**rule), unit), figures).verdict.fact(FactKind.GAP)

    assert gap
    assert abs(demanded(rule, figures, unit).away.quantity.value) == abs(gap.quantity.value)


def test_the_year_of_a_target_does_not_change_the_mark() -> None:
    by_2030 = make_target("by_date", indicator="", due=2030, inner=make_target(**AT_LEAST))
    goal = one_goal(by_2030)

    asked = requirement(assessed(goal, "own 2023=75.7").verdict, by_2030)

    assert asked
    assert asked.mark.quantity.value == 80


@pytest.mark.parametrize("figures", ["own", "own 2024=?", "own 2024=x", "own 2023=10 2024=not_increased"])
def test_nothing_is_demanded_of_a_figure_that_is_not_there(figures: str) -> None:
    goal = one_goal(make_target(**RISE), COUNT)

    assert requirement(assessed(goal, figures).verdict, goal.target) is None


@pytest.mark.parametrize(
    ("rule", "figures", "needed", "off"),
    [
        pytest.param({**AT_LEAST, "strict": True}, "own 2024=48/58", "47", "1", id="one to spare"),
        pytest.param({**AT_LEAST, "strict": True}, "own 2024=40/50", "41", "-1", id="exactly 80 is not more"),
        pytest.param(AT_LEAST, "own 2024=40/50", "40", "0", id="exactly 80 is at least"),
        pytest.param(AT_LEAST, "own 2024=30/50", "40", "-10", id="ten short"),
        pytest.param(FALL, "own 2023=342/2111 2024=358/2066", "334", "24", id="the share of last year"),
        pytest.param(
            RISE, "own 2023=1/3 2024=1/3", "2", "-1", id="a share without end, met by a whole number"
        ),
        pytest.param(AT_MOST, "own 2024=5/10", "2", "3", id="a ceiling"),
    ],
)
def test_a_share_is_counted_in_people(rule: dict[str, Any], figures: str, needed: str, off: str) -> None:
    people = in_people(demanded(rule, figures, SHARE))

    assert people
    assert people.whole
    assert (people.needed.quantity.value, people.off.quantity.value) == (Decimal(needed), Decimal(off))


@pytest.mark.parametrize(
    ("rule", "figures", "needed", "off"),
    [
        (RISE, "own 2023=26 2024=31", "27", "4"),
        (RISE, "own 2023=288 2024=288", "289", "-1"),
        (FALL, "own 2023=342 2024=358", "341", "17"),
        (HELD, "own 2023=10 2024=16", "10", "6"),
        (FEWER, "own 2024=2040 | expected 2024=2030", "2029", "11"),
    ],
)
def test_a_count_is_one_more_or_fewer_where_on_the_mark_is_not_enough(
    rule: dict[str, Any], figures: str, needed: str, off: str
) -> None:
    people = in_people(demanded(rule, figures))

    assert people
    assert people.whole is None
    assert (people.needed.quantity.value, people.off.quantity.value) == (Decimal(needed), Decimal(off))


@pytest.mark.parametrize(
    ("rule", "figures", "unit"),
    [
        pytest.param(AT_LEAST, "own 2024=75.7", SHARE, id="a share whose parts nobody gave"),
        pytest.param({**RISE}, "own 2023=10/10 2024=9/10", SHARE, id="more than all"),
        pytest.param(FALL, "own 2023=0 2024=3", COUNT, id="fewer than none"),
        pytest.param(
            {**EQUAL, "polarity": NEITHER}, "own 2024=4/10 | country 2024=50", SHARE, id="neither way"
        ),
    ],
)
def test_no_number_of_people_is_made_up(rule: dict[str, Any], figures: str, unit: Unit) -> None:
    assert in_people(demanded(rule, figures, unit)) is None


@given(
    there=st.integers(0, 400),
    whole=st.integers(1, 400),
    bar=st.integers(1, 99),
    strict=st.booleans(),
)
def test_the_number_needed_is_enough_and_one_less_is_not(
    there: int, whole: int, bar: int, strict: bool
) -> None:
    rule = {**AT_LEAST, "value": str(bar), "strict": strict}
    asked = demanded(rule, f"own 2024={min(there, whole)}/{whole}", SHARE)

    people = in_people(asked)

    assert people
    needed = people.needed.quantity.value
    assert asked.holds(100 * needed / whole)
    assert not asked.holds(100 * (needed - 1) / whole)
