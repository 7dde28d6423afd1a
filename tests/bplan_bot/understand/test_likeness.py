"""What words speak for, by the examples that share them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.understand.lexicon import lexicon
from bplan_bot.understand.likeness import Likeness, pieces_of
from bplan_bot.understand.wording import fold

TAUGHT = [
    ("hvor mange kom tilbage efter sygdom", "syge"),
    ("raskmelding efter lang tids sygdom", "syge"),
    ("er de syge kommet tilbage", "syge"),
    ("hvor mange lærlinge har kommunen", "lærlinge"),
    ("elever og lærlinge på rådhuset", "lærlinge"),
    ("har vi ansat lærlinge nok", "lærlinge"),
]


def pieces(text: str):
    return pieces_of(lexicon().words(fold(text)))


@pytest.fixture(scope="module")
def taught() -> Likeness[str]:
    return Likeness((pieces(said), meant) for said, meant in TAUGHT)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("kommer de syge igen", "syge"),
        ("sygdommen varer længe", "syge"),
        ("lærlingene, hvor mange", "lærlinge"),
        ("lærlingetallet i kommunen", "lærlinge"),
    ],
)
def test_words_and_parts_of_words_speak_for_the_examples_that_have_them(taught, text, meant):
    assert taught.ranked(pieces(text))[0][1] == meant


def test_words_that_no_example_has_speak_for_nobody(taught):
    (first, _), (second, _) = taught.ranked(pieces("xyz qqq"))

    assert first == second


def test_a_further_example_counts_at_once():
    new = [*TAUGHT, ("er der flere på jobordrer", "ordrer"), ("jobordrer i dag", "ordrer")]
    more = Likeness((pieces(said), meant) for said, meant in new)

    assert more.ranked(pieces("hvad med jobordrer"))[0][1] == "ordrer"


@given(st.text(max_size=200))
def test_any_text_ranks_every_label_once(text):
    taught = Likeness((pieces(said), meant) for said, meant in TAUGHT)

    assert sorted(label for _, label in taught.ranked(pieces(text))) == ["lærlinge", "syge"]
