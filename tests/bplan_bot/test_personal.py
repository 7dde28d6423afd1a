"""What is taken for a CPR number, and what is not."""

import pytest

from bplan_bot.personal import holds_cpr


@pytest.mark.parametrize(
    "words",
    [
        "010203-1234",
        "hvad med 0102031234?",
        "cpr 010203 1234",
        "borger 311299-0000 er sygemeldt",
        "(010107-9999)",
    ],
)
def test_a_cpr_number_is_seen_with_and_without_its_hyphen(words):
    assert holds_cpr(words)


@pytest.mark.parametrize(
    "words",
    ["status for mål 6.2", "sag 23/6487", "20/20618", "2.111 ydelsesforløb", "991399-1234", "12345678901234"],
)
def test_other_numbers_are_left_alone(words):
    assert not holds_cpr(words)
