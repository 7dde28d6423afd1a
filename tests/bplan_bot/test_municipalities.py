"""The municipalities are all there, and are known by code and by name however it is written."""

import pytest

from bplan_bot.municipalities import code_of, names, strangers


def test_there_are_98_municipalities_and_the_whole_country():
    assert len(names()) == 99
    assert len(set(names().values())) == 99
    assert all(len(code) == 3 and code.isdigit() for code in names())


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Norddjurs", "707"),
        ("norddjurs kommune", "707"),
        ("Syddjurs", "706"),
        ("Århus", None),
        ("Aarhus", "751"),
        ("Nordfyn", "480"),
        ("Vesthimmerlands Kommune", "820"),
        ("Ikast-Brande", "756"),
        ("707", "707"),
        (" Randers ", "730"),
        ("Hele landet", "000"),
        ("", None),
        ("Kommune", None),
        ("Nordd", None),
    ],
)
def test_a_municipality_is_known_by_its_name_or_its_code(written, code):
    assert code_of(written) == code


def test_names_of_nobody_are_told():
    assert strangers(("Syddjurs", "Atlantis", "Utopia")) == ("Atlantis", "Utopia")
