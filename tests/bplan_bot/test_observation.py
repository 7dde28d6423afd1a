"""Which of several reports of one figure counts, and as of when."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.observation import HOME, Direction, Observation, ObservationStatus, Series
from bplan_bot.period import Period
from tests.factories import make_document, make_observation

OWN = "1.1.share"
IN_2024 = (OWN, HOME, Period.year(2024))
JANUARY, MARCH, MAY = date(2025, 1, 10), date(2025, 3, 24), date(2025, 5, 14)


def report(value: str | None, day: date, *, rank: int = 1, **more: Any) -> Observation:
    """What a document of that day said of 2024."""
    document = make_document(f"document-{day}-{rank}", date=day, rank=rank)
    return make_observation(OWN, value, document=document, **more)


def standing(*reports: Observation, as_of: date | None = None) -> Decimal | None:
    """The value that stands."""
    found = Series(reports, as_of=as_of).at(*IN_2024)
    return found.value if found else None


@given(st.permutations([report("1", JANUARY), report("2", MARCH), report("3", MAY)]))
def test_the_newest_report_counts_in_whatever_order_they_came(reports: list[Observation]) -> None:
    assert standing(*reports) == 3


@pytest.mark.parametrize(
    ("as_of", "value"),
    [(date(2025, 1, 9), None), (JANUARY, 1), (date(2025, 3, 23), 1), (MARCH, 2), (None, 3)],
)
def test_as_of_a_day_the_reports_of_later_days_do_not_exist(as_of: date | None, value: int | None) -> None:
    assert standing(report("1", JANUARY), report("2", MARCH), report("3", MAY), as_of=as_of) == value


@given(st.permutations([report("1", MARCH, rank=10), report("2", MARCH, rank=20)]))
def test_between_reports_of_one_day_the_source_of_higher_rank_counts(reports: list[Observation]) -> None:
    assert standing(*reports) == 2


def test_a_newer_report_counts_before_one_of_higher_rank() -> None:
    assert standing(report("1", JANUARY, rank=20), report("2", MARCH, rank=5)) == 2


def test_between_equals_what_was_recorded_last_counts() -> None:
    first = report("1", MARCH, recorded_at=datetime(2025, 3, 24, 9, tzinfo=UTC))
    last = report("2", MARCH, recorded_at=datetime(2025, 3, 24, 10, tzinfo=UTC))

    assert standing(last, first) == standing(first, last) == 2


def test_a_figure_missing_at_first_and_reported_later_counts() -> None:
    missing = report(None, JANUARY, status=ObservationStatus.MISSING)

    assert standing(missing, report("2", MARCH)) == 2
    assert standing(missing, report("2", MARCH), as_of=JANUARY) is None


def test_the_losing_figure_is_shown_as_a_difference() -> None:
    lost, same, won = report("81.3", JANUARY), report("80.9", MARCH), report("80.9", MAY)
    series = Series([lost, same, won])

    assert series.at(*IN_2024) == won
    assert series.differing(won) == (lost,)


def test_a_direction_that_was_told_otherwise_is_shown_as_a_difference() -> None:
    lost = report(None, JANUARY, direction=Direction.INCREASED)
    won = report(None, MARCH, direction=Direction.NOT_INCREASED)

    assert Series([lost, won]).differing(won) == (lost,)


@pytest.mark.parametrize("status", [ObservationStatus.MISSING, ObservationStatus.SUPPRESSED])
def test_a_figure_that_was_not_there_yet_is_no_difference(status: ObservationStatus) -> None:
    lost, won = report(None, JANUARY, status=status), report("2", MARCH)

    assert Series([lost, won]).differing(won) == ()


def test_figures_are_told_apart_by_area_and_period() -> None:
    own, country = report("1", MARCH), report("2", MARCH, area="000")
    half = report("3", MARCH, period=Period.half_year(2024, 1))
    series = Series([country, own, half])

    assert series.of(OWN, HOME) == (half, own)
    assert series.of(OWN, "000") == (country,)
    assert series.of("1.2.share", HOME) == ()


def test_overlapping_periods_come_by_their_end_and_then_by_their_start() -> None:
    codes = ["2024", "2024-Q4", "2023-10-01/2024-09-30", "2024-S1"]
    series = Series([report("1", MARCH, period=Period.from_code(code)) for code in codes])

    assert [o.period.code for o in series.of(OWN, HOME)] == [
        "2024-S1",
        "2023-10-01/2024-09-30",
        "2024",
        "2024-Q4",
    ]


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "amount"),
    [
        ("82.7", "48", "58", Decimal(100) * 48 / 58),
        ("16.1", "342", "2111", Decimal(100) * 342 / 2111),
        ("82.7", "48", None, Decimal("82.7")),
        ("82.7", None, None, Decimal("82.7")),
        ("0", "0", "0", Decimal(0)),
        ("0", "0", "58", Decimal(0)),
    ],
)
def test_a_share_is_calculated_from_its_parts_where_they_are_known(
    value: str, numerator: str | None, denominator: str | None, amount: Decimal
) -> None:
    parts = [None if part is None else Decimal(part) for part in (numerator, denominator)]

    found = make_observation(value=value, numerator=parts[0], denominator=parts[1]).amount

    assert type(found) is Decimal
    assert found == amount


def test_a_suppressed_share_is_not_told_by_its_parts() -> None:
    hidden = make_observation(
        value=None, numerator=Decimal(2), denominator=Decimal(9), status=ObservationStatus.SUPPRESSED
    )

    assert hidden.amount is None


@pytest.mark.parametrize(
    ("value", "more"),
    [
        (None, {}),
        ("1", {"status": ObservationStatus.MISSING}),
        ("1", {"status": ObservationStatus.SUPPRESSED}),
        ("1", {"direction": Direction.INCREASED}),
    ],
)
def test_there_is_either_a_value_or_a_reason_why_not(value: str | None, more: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a value, or a reason why there is none"):
        make_observation(value=value, **more)
