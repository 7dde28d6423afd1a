"""Numbers said in words become figures, and counts stay what they are."""

import pytest

from bplan_bot.understand.spoken import written_out


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("hvad med seks punkt ni", "hvad med 6.9"),
        ("goal two point one", "goal 2.1"),
        ("og så seks tretten", "og så 6.13"),
        ("ministerens fjerde mål", "ministermål 4"),
        ("det femte ministermål", "det ministermål 5"),
        ("den tredje gruppe", "den tema 3"),
    ],
)
def test_a_number_in_words_is_written_in_figures(said, written):
    assert written_out(said) == written


@pytest.mark.parametrize(
    "said", ["seks mål", "de fem ministermål", "seks syv mål", "en ad gangen", "to tre af dem"]
)
def test_a_count_in_words_stays_as_it_is(said):
    assert written_out(said) == said
