"""What is typed on an alert's card is read, or told what is wrong with it."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.alert_answers import (
    KEPT,
    LONGEST,
    PUT_OFF,
    Mistake,
    draft,
    latest,
    read_acknowledgement,
    read_put_off,
)

TODAY = date(2025, 6, 3)


@pytest.mark.parametrize(
    ("pressed", "read"),
    [
        ({}, ("", None)),
        ({"note": "  ", "follow_up_on": ""}, ("", None)),
        ({"note": " Vi ser på det \n"}, ("Vi ser på det", None)),
        ({"note": "x" * LONGEST}, ("x" * LONGEST, None)),
        ({"follow_up_on": "2025-06-04"}, ("", date(2025, 6, 4))),
        ({"follow_up_on": "2026-06-03"}, ("", date(2026, 6, 3))),
        ({"note": 17, "follow_up_on": None}, ("", None)),
    ],
)
def test_an_acknowledgement_may_say_something_and_name_a_day(pressed, read):
    assert read_acknowledgement(pressed, today=TODAY) == read


def test_a_goal_is_put_off_until_a_day_for_a_reason():
    pressed = {"until": "2025-08-01", "reason": "Sommerferie"}

    assert read_put_off(pressed, today=TODAY) == (date(2025, 8, 1), "Sommerferie")


@pytest.mark.parametrize(
    ("read", "pressed", "field", "sentence"),
    [
        (read_acknowledgement, {"note": "x" * (LONGEST + 1)}, "note", "too_long"),
        (read_acknowledgement, {"follow_up_on": "2025-06-03"}, "follow_up_on", "past"),
        (read_acknowledgement, {"follow_up_on": "2025-06-02"}, "follow_up_on", "past"),
        (read_acknowledgement, {"follow_up_on": "2026-06-04"}, "follow_up_on", "too_far"),
        (read_acknowledgement, {"follow_up_on": "på fredag"}, "follow_up_on", "no_date"),
        (read_acknowledgement, {"follow_up_on": "2025-02-30"}, "follow_up_on", "no_date"),
        (read_put_off, {"reason": "Ferie"}, "until", "no_day"),
        (read_put_off, {"until": "2025-06-03", "reason": "Ferie"}, "until", "past"),
        (read_put_off, {"until": "2035-06-03", "reason": "Ferie"}, "until", "too_far"),
        (read_put_off, {"until": "2025-08-01"}, "reason", "no_reason"),
        (read_put_off, {"until": "2025-08-01", "reason": " "}, "reason", "no_reason"),
        (read_put_off, {"until": "2025-08-01", "reason": "x" * (LONGEST + 1)}, "reason", "too_long"),
    ],
)
def test_a_mistake_is_told_at_its_field(read, pressed, field, sentence):
    with pytest.raises(Mistake) as refused:
        read(pressed, today=TODAY)

    assert refused.value.field == field
    assert refused.value.said.id == f"alert.mistake.{sentence}"


def test_a_year_ahead_of_a_leap_day_is_the_last_of_february():
    assert latest(date(2024, 2, 29)) == date(2025, 2, 28)


def test_what_was_typed_is_kept_as_far_as_a_card_has_room_for_it():
    pressed = {"reason": "x" * 30_000, "until": "i morgen"}
    kept = draft(PUT_OFF, pressed, Mistake("until", "alert.mistake.no_date"))

    assert kept.typed == {"note": "", "follow_up_on": "", "until": "i morgen", "reason": "x" * KEPT}


ANYTHING = st.dictionaries(
    st.sampled_from(["note", "follow_up_on", "until", "reason"]),
    st.none() | st.integers() | st.text() | st.lists(st.text()) | st.dates().map(str),
)


@given(pressed=ANYTHING)
def test_whatever_a_client_sends_is_read_or_refused(pressed):
    for read in (read_acknowledgement, read_put_off):
        with suppress(Mistake):
            read(pressed, today=TODAY)
