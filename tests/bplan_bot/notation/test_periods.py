"""Danish dates and periods, read and written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.notation.periods import read_period, write_date, write_in, write_period
from bplan_bot.period import Period
from tests.bplan_bot.test_period import periods


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2024", "2024"),
        ("I 2024", "2024"),
        ("1. halvår 2024", "2024-S1"),
        ("andet halvår 2024", "2024-S2"),
        ("4. kvartal 2024", "2024-Q4"),
        ("fjerde kvartal 2024", "2024-Q4"),
        ("december 2024", "2024-M12"),
        ("i januar 2024", "2024-M01"),
        ("dec. 2024", "2024-M12"),
        ("maj 2024", "2024-M05"),
        ("4. kvartal 2022-3. kvartal 2023", "2022-10-01/2023-09-30"),
        ("4. kvartal 2023-\n3. kvartal 2024", "2023-10-01/2024-09-30"),
        ("I perioden 4. kvartal 2023 – 3. kvartal 2024", "2023-10-01/2024-09-30"),
        ("2. halvår 2020 - 1. halvår 2021", "2020-07-01/2021-06-30"),
        ("januar-medio juni 2024", "2024-01-01/2024-06-15"),
        ("i perioden januar-medio juni 2024", "2024-01-01/2024-06-15"),
        ("januar-juni 2024", "2024-S1"),
        ("fra januar til og med juni 2024", "2024-S1"),
        ("oktober 2023-marts 2024", "2023-10-01/2024-03-31"),
        ("2022-2023", "2022-01-01/2023-12-31"),
        ("ultimo 2024", "2024-12-31"),
        ("primo 2024", "2024-01-01"),
        ("medio 2024", "2024-06-30"),
        ("ultimo februar 2024", "2024-02-29"),
        ("medio juni 2024", "2024-06-15"),
        ("ultimo 3. kvartal 2024", "2024-09-30"),
        ("skoleåret 2023/2024", "2023-08-01/2024-07-31"),
        ("skoleåret 2023/24", "2023-08-01/2024-07-31"),
        ("14. maj 2025", "2025-05-14"),
        ("pr. 1. januar 2022", "2022-01-01"),
        ("den 14-05-2025", "2025-05-14"),
        ("14.05.2025", "2025-05-14"),
        ("2025-05-14", "2025-05-14"),
        ("2024-Q4", "2024-Q4"),
    ],
)
def test_a_period_is_read_as_danes_write_it(written: str, code: str) -> None:
    period = read_period(written)

    assert period is not None
    assert period.code == code


@pytest.mark.parametrize(
    "written",
    [
        "",
        "4. kvartal",
        "december",
        "5",
        "24",
        "0000",
        "januar 0000",
        "december 9999",
        "5. kvartal 2024",
        "3. halvår 2024",
        "30. februar 2024",
        "31.02.2024",
        "medio 3. kvartal 2024",
        "medio 1. halvår 2024",
        "skoleåret 2023/25",
        "oktober-marts 2024",
        "juni 2024-januar 2024",
        "sidste år",
        "2024-2023",
        "januar-marts-maj 2024",
        "juletid 2024",
    ],
)
def test_what_names_no_period_is_not_guessed(written: str) -> None:
    assert read_period(written) is None


@pytest.mark.parametrize(
    ("code", "danish", "english"),
    [
        ("2024", "2024", "2024"),
        ("2024-S1", "1. halvår 2024", "H1 2024"),
        ("2024-S2", "2. halvår 2024", "H2 2024"),
        ("2024-Q4", "4. kvartal 2024", "Q4 2024"),
        ("2024-M12", "december 2024", "December 2024"),
        ("2022-10-01/2023-09-30", "4. kvartal 2022-3. kvartal 2023", "Q4 2022-Q3 2023"),
        ("2023-08-01/2024-07-31", "skoleåret 2023/2024", "the school year 2023/2024"),
        ("2024-12-31", "ultimo 2024", "end of 2024"),
        ("2024-06-30", "ultimo juni 2024", "end of June 2024"),
        ("2025-05-14", "14. maj 2025", "14 May 2025"),
        ("2024-01-01/2024-06-15", "januar-medio juni 2024", "January-mid-June 2024"),
        ("2023-10-01/2024-03-31", "oktober 2023-marts 2024", "October 2023-March 2024"),
        ("2024-01-03/2024-02-05", "3. januar 2024-5. februar 2024", "3 January 2024-5 February 2024"),
    ],
)
def test_a_period_is_written_as_its_readers_write_it(code: str, danish: str, english: str) -> None:
    assert write_period(Period.from_code(code), "da") == danish
    assert write_period(Period.from_code(code), "en") == english


@pytest.mark.parametrize(
    ("code", "danish", "english"),
    [
        ("2024", "i 2024", "in 2024"),
        ("2024-M12", "i december 2024", "in December 2024"),
        (
            "2022-10-01/2023-09-30",
            "i perioden 4. kvartal 2022-3. kvartal 2023",
            "in the period Q4 2022-Q3 2023",
        ),
        ("2024-01-01/2024-06-15", "i perioden januar-medio juni 2024", "in the period January-mid-June 2024"),
        ("2024-12-31", "ultimo 2024", "at the end of 2024"),
        ("2025-05-14", "den 14. maj 2025", "on 14 May 2025"),
        ("2023-08-01/2024-07-31", "i skoleåret 2023/2024", "in the school year 2023/2024"),
    ],
)
def test_a_period_within_a_sentence_has_its_preposition(code: str, danish: str, english: str) -> None:
    assert write_in(Period.from_code(code), "da") == danish
    assert write_in(Period.from_code(code), "en") == english


@given(periods)
def test_a_period_that_is_written_is_read_back(period: Period) -> None:
    assert read_period(write_period(period, "da")) == period


@given(st.text(alphabet="0123456789.-/ ikvartalhåmjuniprosed", max_size=30))
def test_reading_never_stumbles_whatever_is_typed(written: str) -> None:
    read_period(written)


@pytest.mark.parametrize(
    ("numeric", "danish", "english"),
    [(False, "14. maj 2025", "14 May 2025"), (True, "14.05.2025", "14 May 2025")],
)
def test_a_date_is_written_in_words_or_in_figures(numeric: bool, danish: str, english: str) -> None:
    assert write_date(date(2025, 5, 14), "da", numeric=numeric) == danish
    assert write_date(date(2025, 5, 14), "en", numeric=numeric) == english
