"""StatBank's answers become shares of the members chosen, and nothing else ever does."""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.catalogue import Listing
from bplan_bot.fed import Fed, Reading
from bplan_bot.feed import Choice, Feed, FeedSource, PeriodForm
from bplan_bot.importers.statbank import (
    Variables,
    period_of,
    query_of,
    read_catalogue,
    read_rows,
    read_variables,
    readings_of,
    refuse_answer,
)
from bplan_bot.period import Period
from bplan_bot.source_state import FailureKind, SourceFails
from tests.factories import make_indicator
from tests.fake_statbank import VARIABLES, bulk

EDUCATION = Feed(
    source=FeedSource.STATBANK,
    table="HFUDD11",
    period=PeriodForm.YEAR,
    area_dimension="bopomr",
    column="HFUDD",
    numerator="H20+H30+H35+H40+H50+H60+H70+H80",
    denominator="TOT",
    choices=(Choice(dimension="ALDER", label="25-29"),),
)
FED = Fed("plan", make_indicator("6.6.check", feed=EDUCATION), EDUCATION, date(2023, 1, 1))
SHAPE = Variables(VARIABLES, "Tid")
AREAS = ("707", "000")


def kind_of(action: Any, *arguments: Any, **more: Any) -> FailureKind:
    with pytest.raises(SourceFails) as failed:
        action(*arguments, **more)
    return failed.value.failure.kind


def chosen() -> list[Sequence[str]]:
    body = query_of(EDUCATION, SHAPE, areas=AREAS, since=date(2023, 1, 1))
    return [one["values"] for one in body["variables"]]


def read(content: bytes) -> tuple[Reading, ...]:
    return readings_of(read_rows(content), FED, SHAPE)


@pytest.mark.parametrize(
    ("written", "code"),
    [("2023", "2023"), ("2024K1", "2024-Q1"), ("2024M01", "2024-M01"), ("2024M12", "2024-M12")],
)
def test_each_form_of_period_is_the_time_it_covers(written, code):
    assert period_of(written).code == code


@pytest.mark.parametrize("written", ["", "2024K5", "2024Q1", "2024M13", "2024K", "24", "2024-01", "20240101"])
def test_what_is_no_period_of_statbank_has_changed_format(written):
    assert kind_of(period_of, written) is FailureKind.CHANGED_FORMAT


def test_every_variable_is_chosen_and_those_not_named_by_their_total():
    body = query_of(EDUCATION, SHAPE, areas=AREAS, since=date(2023, 1, 1))

    assert {one["code"]: one["values"] for one in body["variables"]} == {
        "BOPOMR": ["707", "000"],
        "HERKOMST": ["TOT"],
        "HFUDD": ["H20", "H30", "H35", "H40", "H50", "H60", "H70", "H80", "TOT"],
        "ALDER": ["25-29"],
        "KØN": ["TOT"],
        "Tid": ["2023", "2024"],
    }
    assert (body["format"], body["valuePresentation"]) == ("BULK", "Code")


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({**VARIABLES, "HERKOMST": ("1", "2")}, "no total of HERKOMST"),
        ({**VARIABLES, "BOPOMR": ("000", "101")}, "no value 707 of BOPOMR"),
        ({code: values for code, values in VARIABLES.items() if code != "HFUDD"}, "no variable HFUDD"),
    ],
)
def test_a_table_that_cannot_be_asked_so_says_why(values, reason):
    with pytest.raises(SourceFails, match=reason):
        query_of(EDUCATION, Variables(values, "Tid"), areas=AREAS, since=date(2023, 1, 1))


def test_the_share_is_what_the_members_make_up_of_the_whole():
    readings = read(bulk(chosen()))

    assert readings[-1] == Reading(
        area="707",
        period=Period.year(2024),
        value=Decimal("75.7"),
        numerator=Decimal(757),
        denominator=Decimal(1000),
    )
    assert [(one.area, one.period.code) for one in readings] == [
        ("000", "2023"),
        ("000", "2024"),
        ("707", "2023"),
        ("707", "2024"),
    ]


@pytest.mark.parametrize("hidden", ["H35", "TOT"])
def test_a_share_with_a_hidden_part_has_no_value(hidden):
    readings = read(bulk(chosen(), frozenset({hidden})))

    assert {(one.value, one.numerator) for one in readings} == {(None, None)}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", FailureKind.TRY_LATER),
        (b"BOPOMR;HFUDD;TID;INDHOLD\r\n707;TOT;2023;1\r\n707;H20;20", FailureKind.TRY_LATER),
        (b"BOPOMR;HFUDD;TID\r\n707;TOT;2023\r\n", FailureKind.CHANGED_FORMAT),
        (b"BOPOMR;HFUDD;TID;INDHOLD\r\n707;TOT;2023;1;2\r\n", FailureKind.CHANGED_FORMAT),
        (b"<html></html>", FailureKind.CHANGED_FORMAT),
        (b"\xff\xfe", FailureKind.CHANGED_FORMAT),
    ],
)
def test_what_was_cut_off_is_asked_for_again_and_what_is_something_else_is_not(content, kind):
    assert kind_of(read_rows, content) is kind


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (["707;TOT;2023;1000", "707;H20;2023;12"], "no row for 707 2023 H30"),
        (["707;TOT;2023;1000", "707;TOT;2023;1000"], "two rows for 707 2023 TOT"),
        (["707;TOT;2023;mange"], "no number"),
        (["707;TOT;2023;1e3"], "no number"),
        (["707;TOT;2023K9;1"], "form of period"),
    ],
)
def test_rows_that_give_no_sure_share_are_refused(rows, reason):
    content = "\r\n".join(["BOPOMR;HFUDD;TID;INDHOLD", *rows, ""]).encode()

    with pytest.raises(SourceFails, match=reason):
        read(content)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (
            400,
            {"errorTypeCode": "EXTRACT-NOTFOUND", "message": "Tabellen blev ikke fundet"},
            "changed_format",
        ),
        (400, {"errorTypeCode": "REQUEST-LIMIT", "message": "for mange"}, "changed_format"),
        (400, {"errorTypeCode": "SOMETHING-NEW", "message": ""}, "changed_format"),
        (400, {"message": "uden kode"}, "changed_format"),
        (503, {}, "try_later"),
        (429, {}, "try_later"),
        (403, {}, "credentials"),
    ],
)
def test_errors_go_by_their_code(status, body, kind):
    assert kind_of(refuse_answer, status, json.dumps(body).encode()) == kind


def test_the_code_of_an_error_is_told():
    with pytest.raises(SourceFails, match="EXTRACT-NOTFOUND"):
        refuse_answer(400, b'{"errorTypeCode":"EXTRACT-NOTFOUND","message":"Tabel findes ikke: INVALID123"}')


def test_the_catalogue_gives_each_table_with_the_day_it_was_updated():
    content = '[{"id":"HFUDD11","text":"Højeste  fuldførte","updated":"2025-04-01T08:00:00"}]'.encode()

    assert read_catalogue(content) == (
        Listing(table="HFUDD11", title="Højeste fuldførte", published=date(2025, 4, 1)),
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("reader", [read_catalogue, read_variables])
@given(answer=JSON)
def test_whatever_json_comes_is_read_or_refused(reader, answer):
    with suppress(SourceFails):
        reader(json.dumps(answer).encode())


@given(st.binary(max_size=80) | st.text('BOPMRHFUDTI;NHOL0123456789\r\n,."', max_size=80).map(str.encode))
def test_whatever_text_comes_is_read_or_refused(content):
    for whole in (content, b"BOPOMR;HFUDD;TID;INDHOLD\r\n" + content):
        with suppress(SourceFails):
            read(whole)


@given(st.lists(st.integers(0, 10**6), min_size=9, max_size=9))
def test_every_share_is_that_of_the_numbers_written(numbers):
    members = [*EDUCATION.numerator.split("+"), "REST"]
    whole = sum(numbers)
    rows = [f"707;{member};2023;{number}" for member, number in zip(members, numbers, strict=True)]
    content = "\n".join(["BOPOMR;HFUDD;TID;INDHOLD", f"707;TOT;2023;{whole}", *rows, ""]).encode()

    (reading,) = read(content)

    assert (reading.value is None) == (whole == 0)
    if reading.value is not None:
        assert (reading.numerator, reading.denominator) == (whole - numbers[-1], whole)
        assert abs(reading.value - Decimal(100 * (whole - numbers[-1])) / whole) <= Decimal("0.05")
