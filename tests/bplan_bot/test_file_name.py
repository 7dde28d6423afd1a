"""Which files may hold figures by their name, and what of a name is told."""

import pytest

from bplan_bot.file_name import may_hold_figures, told_name, typed_name


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("tal.csv", True),
        ("TAL.XLSX", True),
        ("tal.v2.xlsx", True),
        ("gammel.xls", True),
        ("~$tal.xlsx", False),
        (".tal.csv", False),
        ("tal.csv.part", False),
        ("tal.txt", False),
        ("csv", False),
        ("", False),
    ],
)
def test_tables_are_told_from_other_files(name, may):
    assert may_hold_figures(name) is may


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Tal til mål 6.2.xlsx", "Tal til mål 6.2.xlsx"),
        ("to\nlinjer\u2028.csv", "to linjer .csv"),
        ("m\udce5l.csv", "m l.csv"),
        ("[klik](https://example.org).csv", "(klik)(https://example.org).csv"),
        ("<at>nogen</at>.csv", "(at)nogen(/at).csv"),
    ],
)
def test_a_name_is_told_on_one_line_and_as_nothing_else(name, told):
    assert told_name(name) == told


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Tal til mål 6.2 (2).xlsx", "Tal til mål 6.2 (2).xlsx"),
        ('$(rm) "x" `y` %PATH%!.csv', "_(rm) _x_ _y_ _PATH__.csv"),
        ("a\\b;c|d&e.csv", "a_b_c_d_e.csv"),
        ("\n.csv", "fil.csv"),
    ],
)
def test_a_name_can_be_copied_into_a_command(name, typed):
    assert typed_name(name) == typed
