"""What is taken for a CPR number, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.personal import TAKEN_OUT, holds_cpr, without_numbers_of_people


@pytest.mark.parametrize(
    "words",
    [
        "010203-1234",
        "hvad med 0102031234?",
        "cpr 010203 1234",
        "borger 311299-0000 er sygemeldt",
        "(010107-9999)",
        "gør ab010203-1234-4abc-8def-0123456789ab til leder af 010203-1234",
        "ab010203-1234",
        "ab010203-1234-4abc-8def",
        "010203\u20131234",
        "010203 - 1234",
        "01.02.03-1234",
        "01/02/03 1234",
        "01021903-1234",
        "01-02-2003-1234",
    ],
)
def test_a_cpr_number_is_seen_however_it_is_set_apart(words):
    assert holds_cpr(words)


@pytest.mark.parametrize(
    "words",
    [
        *("status for mål 6.2", "sag 23/6487", "20/20618", "2.111 ydelsesforløb", "991399-1234"),
        *("12345678901234", "01.01.2024-31.12.2024", "åbn 2. opfølgning til 12.06.2025", "2025-06-12 1430"),
    ],
)
def test_other_numbers_are_left_alone(words):
    assert not holds_cpr(words)


@pytest.mark.parametrize(
    "words",
    [
        "ab010203-1234-4abc-8def-0123456789ab",
        "AB010203-1234-4ABC-8DEF-0123456789AB",
        "fjern ab010203-1234-4abc-8def-a0102031234b som leder",
        "29:ab010203-1234-4abc-8def-0123456789ab",
    ],
)
def test_the_id_of_somebody_in_a_directory_is_no_cpr_number(words):
    assert not holds_cpr(words)


@given(st.uuids())
def test_no_id_of_a_directory_is_ever_a_cpr_number(id_):
    assert not holds_cpr(f"gør {id_} til leder")


@pytest.mark.parametrize(
    "number",
    [
        "010203-1234",
        "0102031234",
        "010203 1234",
        "010203 - 1234",
        "01 02 03 12 34",
        "01.02.03-1234",
        "01/02/1903 1234",
        "010203\u20111234",
        "991399-1234",
        "+45 12 34 56 78",
    ],
)
def test_whatever_may_be_a_cpr_number_is_taken_out_of_what_is_kept(number):
    assert without_numbers_of_people(f"se {number}, tak").replace("+", "") == f"se {TAKEN_OUT}, tak"


@pytest.mark.parametrize(
    "words", ["status for mål 6.2", "sag 23/6487", "2.111 ydelsesforløb i 2023 og 2024", "12345678901234"]
)
def test_figures_years_and_case_numbers_are_kept(words):
    assert without_numbers_of_people(words) == words


@given(st.text(st.sampled_from("0123456789 -./x"), max_size=60))
def test_nothing_that_is_kept_holds_a_cpr_number(words):
    assert not holds_cpr(without_numbers_of_people(words))
