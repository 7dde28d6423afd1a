"""`all_of`: parts in, status of the whole out."""

from itertools import combinations_with_replacement

import pytest

from bplan_bot.assess.assessment import Verdict
from bplan_bot.assess.evidence import Evidence
from bplan_bot.assess.judge import check_target
from bplan_bot.assess.rules import all_of
from bplan_bot.errors import Refused
from bplan_bot.fact import FactKind
from bplan_bot.message import message
from bplan_bot.observation import Series
from bplan_bot.period import Period
from bplan_bot.quantity import Unit
from bplan_bot.status import Obstacle, Status
from bplan_bot.target import Part, Polarity, Target
from tests.bplan_bot.cases import AFTER, HALF_WAY, assessed, make_target, one_goal, one_plan, sound
from tests.factories import text

OWN_RISES = make_target("increase", polarity=Polarity.HIGHER)
OWN_FALLS = make_target("decrease", polarity=Polarity.LOWER)
OTHER_FALLS = make_target("decrease", indicator="other", polarity=Polarity.LOWER)
OTHER_AT_LEAST_50 = make_target("at_least", indicator="other", value="50", polarity=Polarity.HIGHER)


def both(*targets: Target) -> Target:
    """Targets that must all hold."""
    parts = tuple(Part(text(f"del {n}"), target) for n, target in enumerate(targets, start=1))
    return make_target("all_of", indicator="", parts=parts)


ORDER = [
    Status.NOT_MET,
    Status.UNLIKELY,
    Status.AT_RISK,
    Status.NOT_ASSESSABLE,
    Status.NOT_REPORTED,
    Status.NEEDS_JUDGEMENT,
    Status.ON_TRACK,
    Status.MET,
]
"""Worst first, as the design lists them."""


@pytest.mark.parametrize(("worse", "better"), [*combinations_with_replacement(ORDER, 2)])
def test_the_whole_stands_where_its_worst_part_stands(worse: Status, better: Status) -> None:
    goal = one_goal(both(OWN_RISES, OTHER_FALLS))
    evidence = Evidence(one_plan(goal), goal, Series(()), AFTER)
    given = {"own": worse, "other": better}

    def stands(target: Target, _: Evidence) -> Verdict:
        return Verdict(status=given[target.indicator], reasons=(message("lacking.not_due"),))

    for target in (goal.target, both(OTHER_FALLS, OWN_RISES)):
        assert all_of.judge(target, evidence, stands).status is worse


@pytest.mark.parametrize(
    ("figures", "status", "gaps"),
    [
        ("own 2023=10 2024=9 | other 2023=5 2024=4", Status.MET, ["-1", "-1"]),
        ("own 2023=10 2024=9 | other 2023=5 2024=6", Status.NOT_MET, ["-1", "1"]),
        ("own 2023=10 2024=11 | other 2023=5 2024=4", Status.NOT_MET, ["1", "-1"]),
        ("own 2023=10 2024=9", Status.NOT_REPORTED, ["-1", None]),
        ("own 2023=10 2024=11", Status.NOT_MET, ["1", None]),
        ("own 2023=10 2024=9 | other 2024=4", Status.NOT_ASSESSABLE, ["-1", None]),
        ("own 2023=10 2024=9 | other 2023-S1=5 2024-S1=4", Status.ON_TRACK, ["-1", "-1"]),
        ("own 2023=10 2024=9 | other 2023-S1=5 2024-S1=6", Status.UNLIKELY, ["-1", "1"]),
        ("own 2023=10 2024=9 | other 2023-S1=5 2024-S1=5", Status.AT_RISK, ["-1", "0"]),
        ("own 2023-S1=10 2024-S1=11 | other 2023-S1=5 2024-S1=5", Status.UNLIKELY, ["1", "0"]),
    ],
)
def test_both_the_number_and_the_share_must_fall(
    figures: str, status: Status, gaps: list[str | None]
) -> None:
    verdict = assessed(one_goal(both(OWN_FALLS, OTHER_FALLS), Unit.COUNT), figures).verdict

    found = [part.verdict.fact(FactKind.GAP) for part in verdict.parts]
    assert verdict.status is status
    assert [gap and str(gap.quantity.value) for gap in found] == gaps
    assert verdict.facts == ()
    assert verdict.fact(FactKind.GAP) is None
    assert verdict.provisional is (status in (Status.ON_TRACK, Status.UNLIKELY, Status.AT_RISK))
    sound(verdict)


def test_a_part_that_was_never_reported_keeps_the_whole_from_being_met() -> None:
    goal = one_goal(both(OWN_RISES, OTHER_AT_LEAST_50))

    verdict = assessed(goal, "own 2023=10 2024=11").verdict

    assert verdict.status is Status.NOT_REPORTED
    assert [reason.id for reason in verdict.reasons] == [
        "year_on_year.reason",
        "year_on_year.change",
        "lacking.not_reported_by",
    ]


def test_the_whole_has_the_obstacle_of_its_worst_part() -> None:
    verdict = assessed(
        one_goal(both(OWN_FALLS, OTHER_FALLS)), "own 2023=5 2024=4 | other 2023=x 2024=4"
    ).verdict

    assert verdict.status is Status.NOT_ASSESSABLE
    assert verdict.obstacle is Obstacle.SUPPRESSED


def test_a_part_missed_now_outweighs_one_with_years_to_go() -> None:
    later = make_target("by_date", indicator="", due=2030, inner=OTHER_AT_LEAST_50)
    figures = "own 2023=10 2024=9 | other 2024=40"

    for target in (both(later, OWN_RISES), both(OWN_RISES, later)):
        verdict = assessed(one_goal(target), figures).verdict
        assert (verdict.status, verdict.due) == (Status.NOT_MET, None)
    assert assessed(one_goal(both(later)), figures).verdict.due == 2030


def test_parts_that_lack_the_same_say_so_once() -> None:
    goal = one_goal(both(OWN_FALLS, OWN_FALLS), own={"yearly": True})

    verdict = assessed(goal, "", HALF_WAY).verdict

    assert verdict.status is Status.NOT_DUE
    assert [reason.id for reason in verdict.reasons] == ["lacking.not_due"]


def test_parts_may_have_parts() -> None:
    goal = one_goal(both(both(OWN_RISES), OTHER_FALLS))

    verdict = assessed(goal, "own 2023=10 2024=9 | other 2023=5 2024=4").verdict

    assert verdict.status is Status.NOT_MET
    assert verdict.parts[0].verdict.parts[0].verdict.period == Period.year(2024)


def test_a_goal_of_several_parts_without_parts_is_refused() -> None:
    with pytest.raises(Refused, match=r"target\.lacks.*parts"):
        check_target(make_target("all_of", indicator=""))
    with pytest.raises(Refused, match=r"target\.lacks.*value"):
        check_target(both(make_target("at_least", polarity=Polarity.HIGHER)))
