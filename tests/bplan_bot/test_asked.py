"""What is kept of a question."""

import pytest

from bplan_bot.asked import MOST_CHARACTERS, Asked, asked, kept
from bplan_bot.understand.question import Question, Topic, Unclear


@pytest.mark.parametrize(
    ("understood", "topic", "unclear"),
    [
        (Question(topic=Topic.STATUS, goals=("6.2",)), "status", False),
        (Question(topic=Topic.HELP), "help", False),
        (Unclear(), "", True),
        (Unclear(candidates=("6.2",)), "", True),
    ],
)
def test_a_question_is_kept_with_what_it_was_understood_as(understood, topic, unclear):
    assert asked("hvad nu?", understood) == Asked(text="hvad nu?", topic=topic, unclear=unclear)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("  mål 6.2 ", "mål 6.2"),
        ("om 010203-1234", "om [nummer fjernet]"),
        ("x" * 900, "x" * MOST_CHARACTERS),
        ("a\x00b", "ab"),
        ("a\ud800b", "ab"),
        ("\x1b]0;titel\x07\x1b[31mrød", "]0;titel[31mrød"),
        ("mål\n6.2 \u202etxt", "mål\n6.2 txt"),
        ("x" * (MOST_CHARACTERS - 4) + " 010203-1234", "x" * (MOST_CHARACTERS - 4) + " [nu"),
    ],
    ids=[
        "trimmed",
        "cpr",
        "long",
        "nul",
        "half a character",
        "for terminals",
        "backwards",
        "cut after the number is out",
    ],
)
def test_words_are_kept_short_storable_and_without_numbers_of_people(words, text):
    assert kept(words) == text
