"""Files of any content: no crash, no wrong number; what is written is read; in bulk as one by one."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bplan_bot.figure_values import Problem, Typed
from bplan_bot.figures import Asked, check
from bplan_bot.notation.numbers import write_decimal
from bplan_bot.notation.periods import write_period
from bplan_bot.notation.table_periods import read_table_period
from bplan_bot.observation import HOME, Series
from bplan_bot.period import Period
from bplan_bot.quantity import Unit
from tests.factories import make_goal, make_indicator, make_observation, make_plan
from tests.figure_files import TODAY, read, refused, workbook

UNITS = {"1.1.share": Unit.PERCENT, "1.2.number": Unit.COUNT}
INDICATORS = {
    key: make_indicator(key, goal=key[:3], unit=unit, statement_of_parts=None) for key, unit in UNITS.items()
}
PLAN = make_plan(
    goals=tuple(make_goal(key[:3], indicators=(one,), times_a_year=4) for key, one in INDICATORS.items())
)
PERIODS = (
    *(Period.quarter(year, quarter) for year in (2023, 2024) for quarter in (1, 2, 3, 4)),
    *(Period.year(2023), Period.year(2024), Period.half_year(2024, 1), Period.year(2026), Period.year(2019)),
)
SHARES = st.decimals(0, 100, places=1)
COUNTS = st.integers(0, 3000).map(Decimal)

pieces = st.sampled_from(
    [
        "6.2",
        "Mål",
        "Periode",
        "Værdi",
        "2024",
        "36,7 %",
        ";",
        ",",
        "\t",
        '"',
        "\r\n",
        "\n",
        "-",
        "1e400",
        "ÿ",
        "=1",
    ]
)


@given(st.one_of(st.binary(max_size=300), st.lists(pieces, max_size=40).map(lambda p: "".join(p).encode())))
def test_no_content_of_a_csv_file_makes_a_crash(content):
    found = read(content, "tal.csv")

    assert found.troubles or found.news or found.same


@given(st.binary(max_size=300), st.integers(0, 4000))
def test_no_damage_to_a_workbook_makes_a_crash(damage, at):
    whole = workbook(("Mål", "Periode", "Værdi"), ("6.2", "2024", 36.7))
    at = min(at, len(whole))
    found = read(whole[:at] + damage + whole[at + len(damage) :], "tal.xlsx")

    assert found.troubles or found.news or found.same


cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False),
    st.dates(),
    st.text("6.2,%-= amå", max_size=8),
)


@given(st.lists(st.lists(cells, max_size=5), max_size=5))
@settings(max_examples=50, deadline=None)
def test_no_cells_of_a_workbook_make_a_crash(rows):
    found = read(workbook(("Mål", "Periode", "Værdi"), *rows), "tal.xlsx")

    assert found.troubles or found.news or found.same


@given(st.text(max_size=30))
def test_no_words_make_the_reading_of_periods_crash(words):
    read_table_period(words)


@given(st.sampled_from(PERIODS))
def test_a_period_is_read_in_every_way_it_is_written(period):
    assert read_table_period(period.code) == period
    assert read_table_period(write_period(period, "da")) == period


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2024Q04", "2024-Q4"),
        ("2024K4", "2024-Q4"),
        ("K4 2024", "2024-Q4"),
        ("2025M06", "2025-M06"),
        ("2025-06", "2025-M06"),
        ("06-2025", "2025-M06"),
        ("6/2025", "2025-M06"),
        ("juni 2025", "2025-M06"),
        ("jun-25", "2025-M06"),
        ("2024H1", "2024-S1"),
        ("2024Y01", "2024"),
        ("2024QMAT02", "2023-07-01/2024-06-30"),
        ("31-12-2024", "2024-12-31"),
    ],
)
def test_periods_are_read_as_tables_write_them(written, code):
    found = read_table_period(written)

    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "written", ["", "2024Q05", "2025M13", "2025-13", "13/2025", "2024H3", "abc-25", "25", "Q1"]
)
def test_what_is_no_period_is_none(written):
    assert read_table_period(written) is None


rows_of_figures = st.lists(
    st.tuples(
        st.sampled_from(sorted(UNITS)), st.sampled_from(PERIODS), SHARES, COUNTS, COUNTS, st.booleans()
    ),
    max_size=12,
    unique_by=lambda row: (row[0], row[1]),
)


def written(rows) -> list[tuple[str, Typed]]:
    """The rows with their cells in words."""
    found = []
    for key, period, share, numerator, denominator, in_parts in rows:
        value = write_decimal(share if UNITS[key] is Unit.PERCENT else numerator, "da")
        parts = (f"{numerator}", f"{denominator}") if in_parts and UNITS[key] is Unit.PERCENT else ("", "")
        typed = Typed(
            period=write_period(period, "da"),
            value="" if parts[0] else f"{value} %" if UNITS[key] is Unit.PERCENT else value,
            numerator=parts[0],
            denominator=parts[1],
        )
        found.append((key, typed))
    return found


def as_csv(rows: list[tuple[str, Typed]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(("Indikator", "Periode", "Værdi", "Tæller", "Nævner"))
    writer.writerows((key, one.period, one.value, one.numerator, one.denominator) for key, one in rows)
    return text.getvalue().encode()


def as_workbook(rows: list[tuple[str, Typed]]) -> bytes:
    head = ("Indikator", "Periode", "Værdi", "Tæller", "Nævner")
    return workbook(
        head, *((key, one.period, one.value, one.numerator, one.denominator) for key, one in rows)
    )


@given(rows_of_figures, rows_of_figures, st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_file_is_judged_as_its_rows_would_be_typed_one_by_one(rows, stored, in_workbook):
    """In the order of time, each one stored before the next is typed."""
    history = [
        make_observation(key, f"{share if UNITS[key] is Unit.PERCENT else numerator}", period=period)
        for key, period, share, numerator, _, _ in stored
    ]
    typed = written(rows)
    content, name = (as_workbook(typed), "tal.xlsx") if in_workbook else (as_csv(typed), "tal.csv")
    found = read(content, name, series=Series(history), plan=PLAN)

    singly = one_by_one(typed, history)
    wrong = [one for one in singly.values() if isinstance(one, Problem)]
    if wrong:
        assert len(refused(found)) == len(wrong)
        return
    in_bulk = {(one.asked.indicator.key, one.period.code): one for one in found.news}
    expected = {key: one for key, one in singly.items() if not isinstance(one, Problem) and not one.is_known}
    assert in_bulk.keys() == expected.keys()
    for key, one in in_bulk.items():
        assert one.figure == expected[key]


def one_by_one(typed, history):
    """By indicator and period what the form would make of each row."""
    first, known, found = Series(history), list(history), {}
    for key, one in sorted(typed, key=lambda row: order(row[1])):
        goal = PLAN.goal(key[:3])
        assert goal is not None
        asked = Asked(plan=PLAN, goal=goal, indicator=INDICATORS[key], area=HOME, due=goal.assessed_on)
        period = read_table_period(one.period)
        assert period is not None
        # The figures that came with the file take the place of the stored ones for what follows them.
        now = Series([*(o for o in known if o.indicator == key), *first.of(key, HOME)])
        made = check(one, asked=asked, series=now, today=TODAY)
        found[key, period.code] = made
        if not isinstance(made, Problem):
            known = [o for o in known if (o.indicator, o.period) != (key, period)]
            known.append(
                make_observation(
                    key,
                    f"{made.value}",
                    period=period,
                    numerator=made.numerator,
                    denominator=made.denominator,
                    known_at=TODAY,
                )
            )
    return found


def order(one: Typed):
    period = read_table_period(one.period)
    assert period is not None
    return (period.start, period.end)
