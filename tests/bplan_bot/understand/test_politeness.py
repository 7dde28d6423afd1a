"""What is left of a message without its greeting and its thanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.understand.politeness import without_politeness
from bplan_bot.understand.wording import fold


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("status for mål 6.2", "status for mål 6.2"),
        ("Hej, status for mål 6.2", ", status for mål 6.2"),
        ("Godmorgen bot! Kan du ikke lige sige mig hvor vi er? Tak på forhånd, mvh", "hvor vi er?"),
        ("jeg vil rigtig gerne vide hvorfor", "hvorfor"),
        ("could you please tell me why, thanks in advance", "why,"),
        ("thanks! and the target?", "! and the target?"),
        # What asks for help, a list or a role opens nothing.
        ("kan du hjælpe mig", "kan du hjælpe mig"),
        ("giv mig de røde", "giv mig de røde"),
        ("hvad kan du", "hvad kan du"),
        # "Mange" belongs to the question, unless a sign stands before it.
        ("6.8 ud af hvor mange tak", "6.8 ud af hvor mange"),
        ("6.8 ud af hvor mange? mange tak", "6.8 ud af hvor mange"),
        # Nothing but courtesies is what it is.
        ("hej", "hej"),
        ("mange tak", "mange tak"),
        ("hej, tak på forhånd", "hej, tak på forhånd"),
        ("mvh", "mvh"),
        ("", ""),
        ("?", "?"),
    ],
)
def test_the_greeting_and_the_thanks_are_left_out(written, left):
    assert without_politeness(fold(written)) == left


@given(st.text(max_size=500))
def test_what_is_left_is_a_piece_of_what_was_written(text):
    folded = fold(text)

    assert without_politeness(folded) in folded


def test_the_words_of_a_long_letter_stay_from_its_greeting_to_its_thanks():
    letter = "status for mål 6.2 " * 1_000

    assert without_politeness(fold(f"hej {letter} tak")) == letter.strip()
