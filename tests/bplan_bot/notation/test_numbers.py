"""Danish numbers, read and written."""

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.local_text import Language
from bplan_bot.notation.numbers import MINUS, read_number, write_about, write_decimal, write_quantity
from bplan_bot.quantity import Quantity, Unit

decimals = st.one_of(
    st.integers(-(10**9), 10**9).map(Decimal),
    st.decimals(-(10**6), 10**6, places=1),
    st.decimals(-(10**6), 10**6, places=4),
)


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("2.066", "2066", Unit.COUNT),
        ("2 066", "2066", Unit.COUNT),
        ("2\N{NO-BREAK SPACE}066", "2066", Unit.COUNT),
        ("16.357", "16357", Unit.COUNT),
        ("1.234.567,8", "1234567.8", Unit.COUNT),
        ("36,7 %", "36.7", Unit.PERCENT),
        ("36,7%", "36.7", Unit.PERCENT),
        ("14,1 \n%", "14.1", Unit.PERCENT),
        ("80 pct.", "80", Unit.PERCENT),
        ("80 procent", "80", Unit.PERCENT),
        ("36.7", "36.7", Unit.COUNT),
        ("36.75", "36.75", Unit.COUNT),
        ("0,125", "0.125", Unit.COUNT),
        ("0.125", "0.125", Unit.COUNT),
        ("0", "0", Unit.COUNT),
        ("007", "7", Unit.COUNT),
        ("11,0 %", "11.0", Unit.PERCENT),
        ("1,6% point", "1.6", Unit.POINTS),
        ("1,6 %-point", "1.6", Unit.POINTS),
        ("1,6 pct. point", "1.6", Unit.POINTS),
        ("7,1 procentpoint", "7.1", Unit.POINTS),
        ("4 pp", "4", Unit.POINTS),
        ("-80", "-80", Unit.COUNT),
        ("\N{MINUS SIGN}80", "-80", Unit.COUNT),
        ("+1,9 procentpoint", "1.9", Unit.POINTS),
    ],
)
def test_a_figure_is_read_with_its_unit(written: str, value: str, unit: Unit) -> None:
    read = read_number(written)

    assert read is not None
    assert type(read.value) is Decimal
    assert str(read.value) == value
    assert read.unit is unit


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "ca. 80",
        "80 borgere",
        "80 og 90",
        "1.23.456",
        "2.066.",
        "36,7,1",
        "mange",
        "12/15",
        "%",
        "1e3",
        "NaN",
    ],
)
def test_what_is_not_one_figure_is_not_guessed(written: str) -> None:
    assert read_number(written) is None


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        ("2066", "da", "2.066"),
        ("36.7", "da", "36,7"),
        ("11.0", "da", "11,0"),
        ("1234567.89", "da", "1.234.567,89"),
        ("-80", "da", "\N{MINUS SIGN}80"),
        ("0", "da", "0"),
        ("2066", "en", "2,066"),
        ("36.7", "en", "36.7"),
        ("1E+3", "da", "1.000"),
    ],
)
def test_a_number_is_written_grouped_with_as_many_decimals_as_it_has(
    value: str, language: Language, written: str
) -> None:
    assert write_decimal(Decimal(value), language) == written


@given(st.integers(-(10**12), 10**12), st.integers(-9, 6), st.sampled_from(["da", "en"]))
def test_a_number_is_written_as_babel_writes_it(digits: int, exponent: int, language: Language) -> None:
    value = Decimal(digits).scaleb(exponent)
    decimals = max(0, -int(value.as_tuple().exponent))
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    theirs = format_decimal(value.copy_abs(), format=pattern, locale=language, decimal_quantization=False)

    assert write_decimal(value, language).removeprefix(MINUS) == theirs


@pytest.mark.parametrize(
    ("value", "written"), [("1.9", "+1,9"), ("-1.9", "\N{MINUS SIGN}1,9"), ("0", "0"), ("0.0", "0,0")]
)
def test_a_sign_is_written_where_asked_for_and_nought_has_none(value: str, written: str) -> None:
    assert write_decimal(Decimal(value), "da", signed=True) == written


@pytest.mark.parametrize(
    ("value", "unit", "danish", "english"),
    [
        ("36.7", Unit.PERCENT, "36,7 %", "36.7%"),
        ("7.1", Unit.POINTS, "7,1 procentpoint", "7.1 percentage points"),
        ("2066", Unit.COUNT, "2.066", "2,066"),
        ("10", Unit.RANK, "10", "10"),
        ("82.75862068965517", Unit.PERCENT, "82,8 %", "82.8%"),
        ("1.25", Unit.POINTS, "1,3 procentpoint", "1.3 percentage points"),
    ],
)
def test_a_figure_is_written_with_its_unit_and_one_decimal_at_most(
    value: str, unit: Unit, danish: str, english: str
) -> None:
    quantity = Quantity(Decimal(value), unit)

    assert write_quantity(quantity, "da") == danish
    assert write_quantity(quantity, "en") == english


@given(decimals)
def test_a_number_that_is_written_is_read_back_to_the_last_decimal(value: Decimal) -> None:
    read = read_number(write_decimal(value, "da"))

    assert read == Quantity(value, Unit.COUNT)


@given(st.decimals(-(10**6), 10**6, places=1), st.sampled_from([Unit.PERCENT, Unit.POINTS, Unit.COUNT]))
def test_a_figure_that_is_written_is_read_back_with_its_unit(value: Decimal, unit: Unit) -> None:
    quantity = Quantity(value, unit)

    assert read_number(write_quantity(quantity, "da")) == quantity
    assert read_number(write_quantity(quantity, "da", signed=True)) == quantity


@pytest.mark.parametrize(
    ("value", "danish", "english"),
    [
        ("2.04", "godt 2", "just over 2"),
        ("2.96", "knap 3", "just under 3"),
        ("2.5", "knap 3", "just under 3"),
        ("2", "2", "2"),
        ("2.00", "2", "2"),
    ],
)
def test_about_names_the_nearest_whole_number_and_the_side_of_it(
    value: str, danish: str, english: str
) -> None:
    assert write_about(Decimal(value), "da") == danish
    assert write_about(Decimal(value), "en") == english
