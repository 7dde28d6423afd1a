"""The figures of the second follow-up through the rules: the committee's own table, goal by goal."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bplan_bot.fact import FactKind
from bplan_bot.goal import Axis
from bplan_bot.period import Period
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.status import Obstacle, Status
from tests.bplan_bot.bundled import HALF_WAY, HANDLED, NUMBERS, PUBLISHED, package, status_of
from tests.bplan_bot.cases import sound

MET, NOT_MET, UNLIKELY = Status.MET, Status.NOT_MET, Status.UNLIKELY
NOT_ASSESSABLE, NEEDS_JUDGEMENT = Status.NOT_ASSESSABLE, Status.NEEDS_JUDGEMENT


GAPS: dict[str, tuple[str, Unit] | None] = {
    "1.1": ("-80", Unit.COUNT),
    "1.2": ("-10.6", Unit.POINTS),
    "1.3": ("-6.3", Unit.POINTS),
    "2.1": ("2", Unit.COUNT),
    "2.2": None,
    "3.1": ("-38", Unit.COUNT),
    "4.1": ("-1.8", Unit.POINTS),
    "5.1": ("0.4", Unit.POINTS),
    "5.2": ("-5", Unit.COUNT),
    "6.1": None,
    "6.2": ("7.1", Unit.POINTS),
    "6.3": ("-0.2", Unit.POINTS),
    "6.4": None,
    "6.5": ("-1.8", Unit.POINTS),
    "6.6": ("14.3", Unit.POINTS),
    "6.7": None,
    "6.8": ("-2.8", Unit.POINTS),
    "6.9": ("-1.2", Unit.POINTS),
    "6.10": ("-1.9", Unit.POINTS),
    "6.11": ("2.9", Unit.POINTS),
    "6.12": None,
    "6.13": ("-4", Unit.COUNT),
}
LEADING = dict.fromkeys(NUMBERS, MET) | {
    **dict.fromkeys(("2.2", "5.1", "6.2", "6.6", "6.11", "6.12"), NOT_MET),
    "6.1": UNLIKELY,
    "6.4": NOT_ASSESSABLE,
    "6.7": NOT_ASSESSABLE,
}
COMPUTED = LEADING | {"2.1": NEEDS_JUDGEMENT}


@pytest.mark.parametrize("number", NUMBERS)
def test_the_follow_up_figures_give_the_committees_own_table(number: str) -> None:
    found = status_of(number)

    verdict = found.assessment.verdict
    gap = verdict.fact(FactKind.GAP)
    assert verdict.status is COMPUTED[number]
    assert found.judged is not None
    assert found.handled is not None
    assert found.judged.status is found.handled.status is found.leading.status is LEADING[number]
    assert found.leading.axis is Axis.HANDLED
    assert (gap and (str(gap.quantity.rounded()), gap.quantity.unit)) == GAPS[number]
    assert verdict.provisional is (number == "6.1")
    assert verdict.due == found.leading.due == (2030 if number == "6.6" else None)
    sound(verdict)


def test_the_summary_of_the_table_holds() -> None:
    seen = [status_of(number) for number in NUMBERS]

    assert Counter(one.leading.status for one in seen) == {
        MET: 13,
        NOT_MET: 6,
        UNLIKELY: 1,
        NOT_ASSESSABLE: 2,
    }
    assert Counter(one.assessment.status for one in seen) == {
        MET: 12,
        NOT_MET: 6,
        UNLIKELY: 1,
        NOT_ASSESSABLE: 2,
        NEEDS_JUDGEMENT: 1,
    }
    assert [one.goal.number for one in seen if one.differs] == ["2.1"]
    assert Counter(LEADING.values()) == Counter(one.leading.status for one in seen)


def test_what_cannot_be_told_has_its_own_reason() -> None:
    unpublished, stopped = (status_of(number).assessment.verdict for number in ("6.4", "6.7"))

    assert unpublished.obstacle is Obstacle.DATA_NOT_PUBLISHED
    assert [reason.id for reason in unpublished.reasons] == ["lacking.not_published_then"]
    assert stopped.obstacle is Obstacle.SOURCE_DISCONTINUED
    assert [reason.id for reason in stopped.reasons] == ["lacking.reference_discontinued"]


def test_the_number_and_the_share_of_2_2_both_rose() -> None:
    number, share = (part.verdict for part in status_of("2.2").assessment.verdict.parts)

    kinds = (FactKind.BASELINE, FactKind.FIGURE, FactKind.GAP)
    facts = [[verdict.fact(kind) for kind in kinds] for verdict in (number, share)]
    values = [[fact and str(fact.quantity.rounded()) for fact in found] for found in facts]
    assert values == [["342", "358", "16"], ["16.2", "17.3", "1.1"]]
    assert (number.status, share.status) == (NOT_MET, NOT_MET)


def test_shares_are_recalculated_from_their_parts_where_the_document_slipped() -> None:
    before, now = (o for o in package().observations if o.indicator == "2.2.share")
    (companies,) = (o for o in package().observations if o.indicator == "6.8.share")
    assert before.amount is not None
    assert now.amount is not None
    assert companies.amount is not None

    shown = [str(Quantity(o.amount, Unit.PERCENT).rounded()) for o in (before, now, companies) if o.amount]
    assert shown == ["16.2", "17.3", "82.8"]
    assert [str(o.value) for o in (before, now, companies)] == ["16.1", "17.2", "82.7"]
    assert Quantity(now.amount - before.amount, Unit.POINTS).rounded() == Decimal("1.1")
    assert Quantity(Decimal(100) * (358 - 342) / 342, Unit.PERCENT).rounded() == Decimal("4.7")


def test_6_1_is_judged_on_the_change_and_its_job_orders_were_never_reported() -> None:
    fill_rate, job_orders = (part.verdict for part in status_of("6.1").assessment.verdict.parts)

    assert fill_rate.status is UNLIKELY
    assert str(fill_rate.fact(FactKind.GAP).quantity.value) == "7"  # type: ignore[union-attr]
    assert [reason.args.get("period") for reason in fill_rate.reasons][-1] == Period.quarter(2024, 4)
    assert job_orders.status is Status.NOT_REPORTED
    assert [reason.id for reason in job_orders.reasons] == ["lacking.never_reported"]


@pytest.mark.parametrize("number", NUMBERS)
def test_before_the_committee_met_nothing_was_handled_or_judged(number: str) -> None:
    found = status_of(number, HANDLED - timedelta(days=1))

    assert (found.handled, found.judged) == (None, None)
    assert found.leading.axis is Axis.COMPUTED
    assert found.leading.status is found.assessment.status


def test_the_benchmark_was_known_from_the_day_the_ministry_put_it_out() -> None:
    assert status_of("1.1", date(2025, 4, 1)).assessment.status is MET
    assert status_of("1.1", PUBLISHED).assessment.status is MET
    assert (
        status_of("1.1", PUBLISHED - timedelta(days=1)).assessment.verdict.obstacle
        is Obstacle.DATA_NOT_PUBLISHED
    )


def test_half_way_the_plan_waits_for_figures_and_those_that_come_once_a_year_are_not_due() -> None:
    half_way = {number: status_of(number, HALF_WAY).assessment.status for number in NUMBERS}

    not_due = [number for number, status in half_way.items() if status is Status.NOT_DUE]
    assert not_due == ["2.2", "6.3", "6.5", "6.6", "6.7", "6.13"]
    assert {*half_way.values()} == {Status.NOT_DUE, Status.NOT_REPORTED, NOT_ASSESSABLE}


def test_half_way_6_8_is_met_early_and_nothing_else_is() -> None:
    known = tuple(
        replace(o, known_at=date(2024, 6, 20)) for o in package().observations if o.period.end <= HALF_WAY
    )
    half_way = {number: status_of(number, HALF_WAY, known).assessment for number in NUMBERS}

    assert [number for number, assessment in half_way.items() if assessment.status is MET] == ["6.8"]
    assert half_way["6.8"].verdict.provisional is False
