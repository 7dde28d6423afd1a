"""jobindsats' answers become figures as they are written, and nothing else ever does."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bplan_bot.catalogue import Listing, found
from bplan_bot.fed import Fed, Reading
from bplan_bot.feed import Choice, Feed, FeedSource, PeriodForm
from bplan_bot.importers.jobindsats import (
    TooManyPeriods,
    period_of,
    query_of,
    read_catalogue,
    read_rows,
    read_table,
    readings_of,
    refuse_answer,
)
from bplan_bot.period import Period
from bplan_bot.source_state import TOMORROW, FailureKind, SourceFails
from tests.factories import make_indicator
from tests.fake_jobindsats import FakeTable, _listed, _metadata, data_of, hours_table, unprocessable

AREAS = {"Norddjurs": "707", "Hele landet": "000"}
SINCE = date(2023, 1, 1)
SHARE = "Andel personer med ordinære timer"
HOURS = Feed(source=FeedSource.JOBINDSATS, table="otij01", column=SHARE)


def fed(feed: Feed = HOURS, since: date = SINCE) -> Fed:
    return Fed("plan", make_indicator("6.10.share", feed=feed), feed, since)


def rows_of(columns: list[Any], *rows: list[Any]) -> bytes:
    return json.dumps({"columns": columns, "rows": list(rows)}).encode()


def read(content: bytes, feed: Feed = HOURS, areas: Mapping[str, str] = AREAS) -> tuple[Reading, ...]:
    return readings_of(read_rows(content), fed(feed), areas=areas)


def kind_of(action: Any, *arguments: Any, **more: Any) -> FailureKind:
    with pytest.raises(SourceFails) as failed:
        action(*arguments, **more)
    return failed.value.failure.kind


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2026M06", "2026-M06"),
        ("2026M12", "2026-M12"),
        ("2024Q04", "2024-Q4"),
        ("2024Y01", "2024"),
        ("2024QMAT04", "2024"),
        ("2024QMAT02", "2023-07-01/2024-06-30"),
        ("2024QMAT01", "2023-04-01/2024-03-31"),
    ],
)
def test_each_form_of_period_is_the_time_it_covers(written, code):
    assert period_of(written).code == code


@pytest.mark.parametrize(
    "written",
    [
        "2024",
        "2024Y",
        "2024Y02",
        "2024Q4",
        "2024Q05",
        "2024M13",
        "2024M00",
        "2024QMAT05",
        "2024A01",
        "",
        "M",
        "٢٠٢٤M01",
    ],
)
def test_what_is_no_period_of_the_interface_has_changed_format(written):
    assert kind_of(period_of, written) is FailureKind.CHANGED_FORMAT


@given(st.text(max_size=12))
def test_no_text_at_all_makes_reading_a_period_stumble(written):
    with suppress(SourceFails):
        assert isinstance(period_of(written), Period)


def test_the_catalogue_gives_each_table_with_its_calendar():
    table = hours_table()
    content = json.dumps(
        [{"subject_name": "Ydelser ", "table_groups": [{"table_group_name": "", "tables": [_listed(table)]}]}]
    )

    assert read_catalogue(content.encode()) == (
        Listing(
            table="otij01",
            title="Antal og andel ydelsesmodtagere med ordinære timer",
            subject="Ydelser",
            published=date(2025, 5, 26),
            expected=date(2025, 6, 26),
        ),
    )


@pytest.mark.parametrize("written", ["2025-05-26", "2025-05-26T08:00:00", "2025-05-26T08:00:00+02:00"])
def test_a_day_of_the_calendar_may_have_a_time(written):
    entry = _listed(hours_table()) | {"update_latest": written}
    content = json.dumps([{"subject_name": "", "table_groups": [{"tables": [entry]}]}]).encode()

    assert read_catalogue(content)[0].published == date(2025, 5, 26)


@pytest.mark.parametrize(
    ("words", "hits"),
    [("ordinære timer", 1), ("ORDINÆR", 1), ("ordinære raske", 0), ("otij01", 1), ("", 0)],
)
def test_the_catalogue_is_searched_by_the_words_of_a_title(words, hits):
    listing = Listing(table="otij01", title="Andel ydelsesmodtagere med ordinære timer")

    assert len(found((listing,), words)) == hits


def test_a_search_finds_other_endings_of_a_word():
    listing = Listing(table="y07", title="Delvise raskmeldinger")

    assert found((listing,), "delvist rask") == (listing,)


def test_a_table_is_asked_for_these_areas_and_no_more_periods_than_it_has():
    shape = read_table(json.dumps(_metadata(hours_table("2023M05"))).encode())

    assert query_of(HOURS, shape, areas=AREAS, since=SINCE) == {
        "mgroup.*": "*",
        "period.M": "latest:5",
        "hierarchy._nykom": "/707/,/",
        "format": "json",
    }


def test_periods_from_before_the_plan_are_not_asked_for():
    shape = read_table(json.dumps(_metadata(hours_table())).encode())

    query = query_of(HOURS, shape, areas=AREAS, since=date(2025, 3, 1))

    assert query["period.M"] == "latest:2"


def test_a_table_without_periods_since_then_is_not_asked():
    shape = read_table(json.dumps(_metadata(hours_table())).encode())

    assert query_of(HOURS, shape, areas=AREAS, since=date(2026, 1, 1)) == {}


def test_a_dimension_is_asked_for_all_its_members():
    table = hours_table()
    table = FakeTable(
        **{name: getattr(table, name) for name in ("id", "title", "periods", "measures", "made")},
        dimensions={"_viskat": ("Visitation", ("I alt", "Jobparat"))},
    )
    feed = Feed(
        source=FeedSource.JOBINDSATS,
        table="otij01",
        column=SHARE,
        choices=(Choice(dimension="_viskat", label="Jobparat"),),
    )
    shape = read_table(json.dumps(_metadata(table)).encode())

    assert query_of(feed, shape, areas=AREAS, since=SINCE)["hierarchy._viskat"] == "*"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"period": PeriodForm.QUARTER}, FailureKind.TRY_LATER),
        ({"area_dimension": "_region"}, FailureKind.CHANGED_FORMAT),
        ({"choices": (Choice(dimension="_alder", label="I alt"),)}, FailureKind.CHANGED_FORMAT),
    ],
)
def test_a_table_that_cannot_be_asked_so_says_why(change, kind):
    shape = read_table(json.dumps(_metadata(hours_table())).encode())
    feed = Feed(source=FeedSource.JOBINDSATS, table="otij01", column=SHARE, **change)

    assert kind_of(query_of, feed, shape, areas=AREAS, since=SINCE) is kind


def test_an_area_the_table_does_not_have_is_said():
    shape = read_table(json.dumps(_metadata(hours_table())).encode())

    with pytest.raises(SourceFails, match="no area Vesthimmerlands in _nykom"):
        query_of(HOURS, shape, areas={"Vesthimmerlands": "820"}, since=SINCE)


def test_rows_become_readings_of_the_areas_asked_for():
    content = rows_of(
        ["Periode", "Område", SHARE],
        ["2025M01", "Hele landet", 20.4],
        ["2025M01", "Norddjurs", 21.3],
        ["2025M01", "Uoplyst område", 1.0],
    )

    assert read(content) == (
        Reading(area="000", period=Period.month(2025, 1), value=Decimal("20.4")),
        Reading(area="707", period=Period.month(2025, 1), value=Decimal("21.3")),
    )


def test_an_empty_cell_is_no_figure_and_never_zero():
    content = rows_of(
        ["Periode", "Område", SHARE], ["2025M01", "Norddjurs", None], ["2025M02", "Norddjurs", 0]
    )

    assert [one.value for one in read(content)] == [None, Decimal(0)]


@pytest.mark.parametrize(
    "label", [SHARE, f"  {SHARE} ", SHARE.replace(" ", "  "), SHARE.replace(" ", "\xa0")]
)
def test_a_label_is_found_however_its_blanks_stand(label):
    content = rows_of(["Periode", "Område", label], ["2025M01", "Norddjurs", 21.3])

    assert [one.value for one in read(content)] == [Decimal("21.3")]


def test_only_the_row_of_the_members_chosen_is_read():
    feed = Feed(
        source=FeedSource.JOBINDSATS,
        table="y60a02",
        column="Antal",
        choices=(
            Choice(dimension="_viskat", label="Aktivitetsparat"),
            Choice(dimension="_alder", label="16-29 år"),
        ),
    )
    columns = ["Periode", "Område", "Visitation", "Alder", "Antal"]
    content = rows_of(
        columns,
        ["2025M01", "Norddjurs", "I alt", "I alt", 500],
        ["2025M01", "Norddjurs", "Aktivitetsparat", "I alt", 373],
        ["2025M01", "Norddjurs", "Aktivitetsparat", "16-29 år", 69],
        ["2025M01", "Norddjurs", "Jobparat", "16-29 år", 44],
    )

    assert [one.value for one in read(content, feed)] == [Decimal(69)]


def test_a_measure_of_a_group_may_be_named_by_the_end_of_its_label():
    feed = Feed(source=FeedSource.JOBINDSATS, table="y30r21", column=": Faktisk antal")
    content = rows_of(
        ["Periode", "Område", "Antal: Forventet antal", "Antal:  Faktisk antal", "Andel: Faktisk andel"],
        ["2025M01", "Norddjurs", 2030, 1950, 8.1],
    )

    assert [one.value for one in read(content, feed)] == [Decimal(1950)]


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        (["Periode", "Område", "Andel"], ["2025M01", "Norddjurs", 1]),
        (["Periode", "Område", SHARE, SHARE], ["2025M01", "Norddjurs", 1, 2]),
        (["Periode", SHARE], ["2025M01", 1]),
        (["Periode", "Område", SHARE], ["2025M01", "Norddjurs", "21,3"]),
        (["Periode", "Område", SHARE], ["2025M01", "Norddjurs", True]),
        (["Periode", "Område", SHARE], ["2025M01", "Norddjurs", 1e300]),
        (["Periode", "Område", SHARE], ["2025M01", "Norddjurs", {}]),
        (["Periode", "Område", SHARE], ["2025", "Norddjurs", 1]),
        (["Periode", "Område", SHARE], [202501, "Norddjurs", 1]),
        (["Periode", "Område", SHARE], ["2025M01", None, 1]),
        (["Periode", "Område", SHARE], ["2025M01", "Norddjurs"]),
        (["Periode", "Område", 7], ["2025M01", "Norddjurs", 1]),
    ],
)
def test_rows_of_another_form_have_changed_format(columns, row):
    assert kind_of(read, rows_of(columns, row)) is FailureKind.CHANGED_FORMAT


def test_two_rows_for_one_figure_are_refused():
    row = ["2025M01", "Norddjurs", 21.3]

    with pytest.raises(SourceFails, match="two rows for 707 2025-M01"):
        read(rows_of(["Periode", "Område", SHARE], row, row))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"columns": ["Periode", "Omr', FailureKind.TRY_LATER),
        (b"", FailureKind.TRY_LATER),
        (b"<html>Vi er straks tilbage</html>", FailureKind.CHANGED_FORMAT),
        (b'{"columns": [], "rows": [NaN]}', FailureKind.CHANGED_FORMAT),
        (b"[]", FailureKind.CHANGED_FORMAT),
        (b"null", FailureKind.CHANGED_FORMAT),
        (b"\xff\xfe{}", FailureKind.CHANGED_FORMAT),
        (b"[" * 100_000, FailureKind.CHANGED_FORMAT),
    ],
)
def test_what_was_cut_off_is_asked_for_again_and_what_is_something_else_is_not(content, kind):
    assert kind_of(read_rows, content) is kind


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, b"", FailureKind.CREDENTIALS),
        (403, b"You do not have permission to view this directory or page.", FailureKind.CREDENTIALS),
        (404, b"", FailureKind.CHANGED_FORMAT),
        (301, b"", FailureKind.CHANGED_FORMAT),
        (408, b"", FailureKind.TRY_LATER),
        (429, b"", FailureKind.TRY_LATER),
        (500, b"<html>", FailureKind.TRY_LATER),
        (503, b"", FailureKind.TRY_LATER),
        (422, unprocessable("Unknown hierarchies: ['_omrade']").body, FailureKind.CHANGED_FORMAT),
        (422, unprocessable("Unknown period type: M").body, FailureKind.TRY_LATER),
        (422, unprocessable("Something new").body, FailureKind.CHANGED_FORMAT),
        (422, b"not JSON", FailureKind.CHANGED_FORMAT),
    ],
)
def test_each_http_error_has_its_meaning(status, body, kind):
    assert kind_of(refuse_answer, status, body) is kind


def test_a_table_that_has_lost_its_periods_is_left_alone_until_tomorrow():
    with pytest.raises(SourceFails) as failed:
        refuse_answer(422, unprocessable("Unknown period type: M").body)

    assert failed.value.failure.wait == TOMORROW


@pytest.mark.parametrize(
    ("asked", "seconds"), [("120", 120), ("0", 0), ("999999", 86400), ("soon", 3000), ("", 3000), ("²", 3000)]
)
def test_a_source_is_left_alone_for_as_long_as_it_asks_up_to_a_day(asked, seconds):
    with pytest.raises(SourceFails) as failed:
        refuse_answer(429, b"", retry_after=asked)

    assert failed.value.failure.wait == timedelta(seconds=seconds)


def test_more_periods_than_there_are_is_answered_with_how_many_there_are():
    cause = "Requested latest:40 for type Q, but only 29 periods are available."

    with pytest.raises(TooManyPeriods) as many:
        refuse_answer(422, unprocessable(cause).body)

    assert many.value.available == 29


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
SHAPED = st.fixed_dictionaries({"columns": st.lists(st.text(max_size=4) | JSON, max_size=4), "rows": JSON})


@pytest.mark.parametrize("reader", [read_catalogue, read_table, read, refuse_answer])
@given(answer=JSON | SHAPED, cut=st.integers(min_value=0, max_value=60))
@example(answer={"columns": ["Periode", "Område", SHARE], "rows": [["2025M01", "Norddjurs", 10**40]]}, cut=0)
def test_whatever_comes_is_read_or_refused(reader, answer, cut):
    content = json.dumps(answer).encode()
    content = content[: len(content) - cut]
    with suppress(SourceFails, TooManyPeriods):
        if reader is refuse_answer:
            refuse_answer(422, content)
        else:
            reader(content)


CELLS = st.none() | st.integers(0, 10**9) | st.decimals(0, 100, places=1).map(float)


@given(st.dictionaries(st.tuples(st.sampled_from(["Norddjurs", "Hele landet"]), st.integers(0, 27)), CELLS))
def test_every_figure_comes_back_as_it_was_written(cells):
    ids = hours_table().periods["M"]
    made = {(area, ids[place]): cell for (area, place), cell in cells.items()}

    table = FakeTable(
        id="otij01",
        title="",
        periods={"M": ids},
        measures=(SHARE,),
        made=lambda period, area, _: [made.get((area, period))],
    )
    shape = read_table(json.dumps(_metadata(table)).encode())
    query = query_of(HOURS, shape, areas=AREAS, since=SINCE)
    readings = read(json.dumps(data_of(table, query)).encode())

    back = {(one.area, one.period): one.value for one in readings}
    assert len(back) == 2 * len(ids)
    for area, code in AREAS.items():
        for period in ids:
            written = made.get((area, period))
            assert back[code, period_of(period)] == (None if written is None else Decimal(str(written)))
