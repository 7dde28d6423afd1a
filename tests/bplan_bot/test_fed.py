"""What a source says becomes a figure only where it can be one, and news only where it says something new."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.fed import (
    Fed,
    Read,
    Reading,
    fed_by,
    news,
    observations_of,
    refuse_contradiction,
)
from bplan_bot.feed import Feed, FeedSource
from bplan_bot.observation import COUNTRY, HOME, Observation, ObservationStatus, Series
from bplan_bot.period import Period
from bplan_bot.quantity import Unit
from bplan_bot.source_state import SourceFails
from tests.factories import make_document, make_goal, make_indicator, make_observation, make_plan
from tests.norddjurs import package

FEED = Feed(source=FeedSource.JOBINDSATS, table="y25i01", column="Andel")
PREFIX = "jobindsats/"
MAY = make_document("jobindsats/y25i01/2025-05-26", date=date(2025, 5, 26), rank=25)
PEOPLE = make_document("norddjurs-2024/indberetning-2", date=date(2025, 5, 28), rank=30)


def reading(month: int, value: str | None, *, area: str = HOME, **parts: str) -> Reading:
    return Reading(
        area=area,
        period=Period.month(2025, month),
        value=None if value is None else Decimal(value),
        **{name: Decimal(part) for name, part in parts.items()},
    )


def figures(*readings: Reading, unit: Unit = Unit.PERCENT) -> tuple[Observation, ...]:
    return observations_of(read(*readings, unit=unit), MAY, known_at=MAY.date, by="job:poll")


def read(*readings: Reading, unit: Unit = Unit.PERCENT) -> Read:
    indicator = make_indicator("1.1.share", unit=unit, feed=FEED)
    return Read(Fed("plan", indicator, FEED, date(2023, 1, 1)), "period.M=latest:3", readings)


def statuses(*readings: Reading) -> list[str]:
    return [one.status.value for one in figures(*readings)]


def test_the_newest_month_is_preliminary():
    assert statuses(reading(1, "20.0"), reading(2, "21.0")) == ["final", "preliminary"]


def test_a_month_that_one_area_lacks_is_the_newest_for_the_others_too():
    own, country = reading(2, None), reading(2, "20.0", area=COUNTRY)

    assert statuses(reading(1, "20.0"), own, country) == ["final", "missing", "preliminary"]


def test_only_months_are_preliminary():
    year = Reading(area=HOME, period=Period.year(2024), value=Decimal("20.0"))

    assert statuses(year) == ["final"]


def test_an_empty_cell_with_a_figure_after_it_is_hidden_and_one_without_is_not_out_yet():
    assert statuses(reading(1, None), reading(2, "21.0"), reading(3, None)) == [
        "suppressed",
        "preliminary",
        "missing",
    ]


def test_a_hidden_figure_keeps_none_of_its_parts():
    (one,) = figures(reading(1, None, numerator="2", denominator="58"))

    assert (one.value, one.numerator, one.denominator) == (None, None, None)


def test_each_figure_says_which_table_and_what_was_asked_of_it():
    (one,) = figures(reading(1, "20.0"))

    assert one.origin is not None
    assert (one.origin.name, one.origin.place, one.origin.by) == ("y25i01", "period.M=latest:3", "job:poll")


@pytest.mark.parametrize(
    ("unit", "value", "parts"),
    [
        (Unit.PERCENT, "100.1", {}),
        (Unit.PERCENT, "-1", {}),
        (Unit.COUNT, "12.5", {}),
        (Unit.COUNT, "-3", {}),
        (Unit.RANK, "0", {}),
        (Unit.RANK, "1.5", {}),
        (Unit.PERCENT, "22.7", {"numerator": "10", "denominator": "58"}),
        (Unit.PERCENT, "100", {"numerator": "59", "denominator": "58"}),
        (Unit.PERCENT, "0", {"numerator": "0", "denominator": "0"}),
    ],
)
def test_what_cannot_be_a_figure_of_its_unit_is_refused(unit, value, parts):
    with pytest.raises(SourceFails):
        figures(reading(1, value, **parts), unit=unit)


@pytest.mark.parametrize("value", ["82.7", "82.8"])
def test_a_share_may_be_rounded_either_way_from_its_parts(value):
    (one,) = figures(reading(1, value, numerator="48", denominator="58"))

    assert one.value == Decimal(value)


def told(value: str | None, document: Any = MAY, **changes: Any) -> Observation:
    period = changes.pop("period", Period.month(2025, 1))
    return make_observation(value=value, period=period, document=document, **changes)


@pytest.mark.parametrize(
    ("stored", "given", "is_news"),
    [
        ([], "20.0", True),
        ([told("20.0")], "20.0", False),
        ([told("20.00")], "20.0", False),
        ([told("20.0")], "20.1", True),
        ([told("20.0", status=ObservationStatus.PRELIMINARY)], "20.0", True),
        # Somebody corrected what the source said: the same again is no news, another figure is.
        ([told("20.0"), told("19.0", PEOPLE)], "20.0", False),
        ([told("20.0"), told("19.0", PEOPLE)], "19.0", False),
        ([told("20.0"), told("19.0", PEOPLE)], "20.3", True),
        # A document said it first.
        ([told("20.0", make_document("note"))], "20.0", False),
        ([told("20.0", make_document("note"))], "20.1", True),
    ],
)
def test_only_what_says_something_new_is_stored(stored, given, is_news):
    assert bool(news([told(given)], Series(stored), prefix=PREFIX)) is is_news


HIDDEN, ABSENT = ObservationStatus.SUPPRESSED, ObservationStatus.MISSING


@pytest.mark.parametrize(
    ("stored", "status", "is_news"),
    [
        ([], HIDDEN, True),
        ([], ABSENT, False),
        ([told("20.0")], HIDDEN, True),
        ([told("20.0")], ABSENT, True),
        ([told(None, status=HIDDEN)], HIDDEN, False),
        ([told(None, status=HIDDEN)], ABSENT, False),
        # What people brought is not unsaid by an empty cell.
        ([told("20.0", PEOPLE)], HIDDEN, False),
        ([told("20.0", PEOPLE)], ABSENT, False),
    ],
)
def test_an_empty_cell_says_something_only_where_the_source_had_a_figure_or_hides_one(
    stored, status, is_news
):
    assert bool(news([told(None, status=status)], Series(stored), prefix=PREFIX)) is is_news


VALUES = st.none() | st.sampled_from(["19.0", "20.0", "21.0"])
MONTHS = st.lists(VALUES, min_size=1, max_size=4)


@given(before=MONTHS, corrected=st.none() | st.sampled_from(["20.0", "22.0"]), now=MONTHS)
def test_what_was_stored_is_no_news_the_next_time(before, corrected, now):
    stored = list(figures(*(reading(n, value) for n, value in enumerate(before, 1))))
    if corrected:
        stored.append(told(corrected, PEOPLE))
    update = figures(*(reading(n, value) for n, value in enumerate(now, 1)))
    first = news(update, Series(stored), prefix=PREFIX)
    later = make_document("jobindsats/y25i01/2025-06-26", date=date(2025, 6, 26), rank=25)
    kept = [replace(one, document=later, known_at=later.date) for one in first]

    assert news(update, Series([*stored, *kept]), prefix=PREFIX) == ()


@pytest.mark.parametrize(
    ("unit", "known", "given", "fits"),
    [
        (Unit.PERCENT, "22.7", "22.9", True),
        (Unit.PERCENT, "22.7", "24.7", True),
        (Unit.PERCENT, "22.7", "24.8", False),
        (Unit.COUNT, "1950", "2040", True),
        (Unit.COUNT, "1950", "2100", False),
        (Unit.COUNT, "34", "44", True),
        (Unit.COUNT, "34", "45", False),
        (Unit.RANK, "10", "15", True),
        (Unit.RANK, "10", "16", False),
    ],
)
def test_what_lies_far_from_a_known_figure_of_the_same_period_is_another_quantity(unit, known, given, fits):
    stored = Series([told(known, make_document("note"))])
    answered = read(reading(1, given), unit=unit)
    figures = observations_of(answered, MAY, known_at=MAY.date, by="job:poll")
    try:
        refuse_contradiction(answered, figures, stored)
        refused = False
    except SourceFails:
        refused = True

    assert refused is not fits


def test_a_source_may_correct_itself_as_far_as_it_likes():
    answered = read(reading(1, "40.0"))
    figures = observations_of(answered, MAY, known_at=MAY.date, by="job:poll")

    refuse_contradiction(answered, figures, Series([told("20.0")]))


def test_an_indicator_is_fed_only_where_its_table_and_column_are_known():
    unknown = Feed(source=FeedSource.JOBINDSATS, title="delvist rask")
    indicators = (
        make_indicator("1.1.share", feed=FEED),
        make_indicator("1.1.other", feed=unknown),
        make_indicator("1.1.typed"),
    )
    plan = make_plan(goals=(make_goal("1.1", indicators=indicators),))

    (one,) = fed_by(FeedSource.JOBINDSATS, [plan])

    assert (one.indicator.key, one.since) == ("1.1.share", date(2023, 1, 1))
    assert fed_by(FeedSource.STATBANK, [plan]) == ()


def test_nothing_in_the_bundled_plan_is_judged_by_a_feed_that_has_not_proved_itself():
    plan = package().plan
    judged = {key for goal in plan.goals for key in goal.target.indicators()}
    checks = {one.key for goal in plan.goals for one in goal.indicators if one.is_check}

    assert checks == {"6.6.check", "6.10.check"}
    assert judged & checks == set()
