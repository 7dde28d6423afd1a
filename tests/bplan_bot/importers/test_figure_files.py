"""What is read from a file of figures: how cells may be written, and what the figures are held against."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bplan_bot.goal import Break, Decision
from bplan_bot.observation import OriginKind, Series
from bplan_bot.period import Period
from bplan_bot.quantity import Unit
from tests.factories import NOW, make_goal, make_indicator, make_observation, make_plan, text
from tests.figure_files import csv_file, figures, read, refused, said, workbook

NONE = Series(())
YEAR = ("6.2.share", "707", "2024")


def one(*lines: str, **changes) -> tuple[str, str, str, str]:
    """The one new figure of a CSV file, with nothing stored."""
    (found,) = figures(read(csv_file(*lines), series=NONE, **changes))
    return found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("6.2;2024;36,7;;", (*YEAR, "36.7")),
        ("6.2;2024;36,7 %;;", (*YEAR, "36.7")),
        ('6.2;2024;"36,7";;', (*YEAR, "36.7")),
        ("mål 6.2;2024;36,7;;", (*YEAR, "36.7")),
        (" 6.2 ; 2024 ; 36,7 ;;", (*YEAR, "36.7")),
        ("6.2;2024Y01;36,70;;", (*YEAR, "36.70")),
        ("6.2;1. halvår 2024;36,7;;", ("6.2.share", "707", "2024-S1", "36.7")),
        ("6.13;januar 2025;38;;", ("6.13.apprentices", "707", "2025-M01", "38")),
        ("6.13;jan-25;38;;", ("6.13.apprentices", "707", "2025-M01", "38")),
        ("6.13;2025M01;1.038;;", ("6.13.apprentices", "707", "2025-M01", "1038")),
        ("6.8;2024;;48;58", ("6.8.share", "707", "2024", "82.8")),
        ("6.8;2024;82,8;48;58", ("6.8.share", "707", "2024", "82.8")),
        ("6.8;2024;83 %;48;58", ("6.8.share", "707", "2024", "83")),
        ("6.10;2024;22,7;;", ("6.10.share", "707", "2024", "22.7")),
    ],
)
def test_a_row_is_read_as_people_write_it(line, expected):
    assert one(line) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_alphabets_of_excel_are_told_apart(encoding):
    content = csv_file("6.2;2024;36,7;;", encoding=encoding)

    assert figures(read(content, series=NONE)) == [(*YEAR, "36.7")]


@pytest.mark.parametrize(
    "content",
    [
        'Mål,Periode,Værdi\n6.2,2024,"36,7"\n',
        "Mål\tPeriode\tVærdi\n6.2\t2024\t36,7\n",
        "Mål|Periode|Værdi\n6.2|2024|36,7\n",
        "sep=;\r\nMål;Periode;Værdi\r\n6.2;2024;36,7\r\n",
        "Mål;Periode;Værdi\r\n6.2;2024;36,7",
        "\r\nTal til planen\r\nTrukket 2. juni\r\n\r\nMÅL NR.;Periode:;Værdi (%)\r\n\r\n6.2;2024;36,7\r\n",
        "Mål;Periode;Værdi\r\n6.2;2024;36,7\r\nI alt;;36,7\r\n;;\r\nKilde: Ungeindsatsen\r\n",
        "Mål;Periode;Værdi\r\n6.2;I alt;99\r\n6.2;2024;36,7\r\n6.2;2023;-\r\n6.2;2022;..\r\n",
        "Mål;Hvad;Periode;Andel;Kommune\r\n6.2;unge;2024;36,7;Norddjurs Kommune\r\n",
        "goal;period;value\n6.2;2024;36.7\n",
    ],
)
def test_separators_titles_totals_and_empty_rows_are_known(content):
    assert figures(read(content.encode(), series=NONE)) == [(*YEAR, "36.7")]


@pytest.mark.parametrize(
    ("area", "code"),
    [
        *(("Norddjurs", "707"), ("norddjurs kommune", "707"), ("707", "707"), ("", "707")),
        *(("Hele landet", "000"), ("000", "000"), ("0", "000"), ("Randers Kommune", "730"), ("730", "730")),
    ],
)
def test_an_area_is_known_by_its_name_and_by_its_code(area, code):
    found = read(csv_file(f"6.2;{area};2024;43,8", head="Mål;Område;Periode;Værdi"), series=NONE)

    assert figures(found) == [("6.2.share", code, "2024", "43.8")]


def test_a_goal_with_several_figures_needs_the_name_of_one():
    head = "Mål;Indikator;Periode;Værdi"
    rows = ("2.2;number;2024-M12;358", "2.2;2.2.share;2024-M12;17,3")
    found = read(csv_file(*rows, head=head), series=NONE)

    assert [(key, value) for key, _, _, value in figures(found)] == [
        ("2.2.number", "358"),
        ("2.2.share", "17.3"),
    ]
    assert refused(read(csv_file("2.2;2024-M12;358;;"))) == [
        "Række 2, kolonne A: Mål 2.2 har flere tal; skriv i kolonnen Indikator, hvilket det er: "
        "2.2.number og 2.2.share."
    ]


def percent_cell(sheet):
    sheet["C2"].number_format = "0.0%"


def calculated_cell(sheet):
    sheet["C2"] = 48 / 58
    sheet["C2"].number_format = "0.0%"


def month_cell(sheet):
    sheet["B2"].number_format = "mmm-yy"


def title_above(sheet):
    sheet.insert_rows(1, 3)
    sheet["A1"] = "Ungeindsatsens tal"
    sheet.merge_cells("A1:C1")


@pytest.mark.parametrize(
    ("row", "change", "expected"),
    [
        (("6.2", "2024", 36.7), None, (*YEAR, "36.7")),
        (("6.2", 2024, "36,7 %"), None, (*YEAR, "36.7")),
        (("6.2", 2024, 0.367), percent_cell, (*YEAR, "36.7")),
        (("6.2", 2024, 0.3), percent_cell, (*YEAR, "30")),
        (("6.8", 2024, None), calculated_cell, ("6.8.share", "707", "2024", "82.8")),
        (("6.2", 2024, 0.1 + 0.2 + 36.4), None, (*YEAR, "36.7")),
        (("6.13", date(2025, 1, 1), 38.0), month_cell, ("6.13.apprentices", "707", "2025-M01", "38")),
        (("6.2", 2024, 36.7), title_above, (*YEAR, "36.7")),
        ((6.2, 2024, 36.7), None, (*YEAR, "36.7")),
    ],
)
def test_a_cell_of_a_workbook_is_read_as_it_is_shown(row, change, expected):
    content = workbook(("Mål", "Periode", "Værdi"), row, change=change)

    assert figures(read(content, "tal.xlsx", series=NONE)) == [expected]


def test_a_goal_that_is_merged_over_several_rows_holds_for_each():
    rows = (("Mål", "Periode", "Værdi"), ("6.2", "2023", 35), (None, "2024", 36.7))
    content = workbook(*rows, change=lambda sheet: sheet.merge_cells("A2:A3"))

    assert [period for _, _, period, _ in figures(read(content, "tal.xlsx", series=NONE))] == ["2023", "2024"]


def test_every_sheet_with_a_table_is_read_and_the_others_are_told():
    def add(sheet):
        other = sheet.parent.create_sheet("Mere")
        for row in (("Mål", "Periode", "Værdi"), ("6.13", "januar 2025", 38)):
            other.append(row)
        sheet.parent.create_sheet("Noter").append(("Trukket i juni",))
        hidden = sheet.parent.create_sheet("Gammel")
        hidden.append(("Mål", "Periode", "Værdi"))
        hidden.append(("6.2", "2023", 1))
        hidden.sheet_state = "hidden"

    content = workbook(("Mål", "Periode", "Værdi"), ("6.2", "2024", 36.7), change=add)
    found = read(content, "tal.xlsx", series=NONE)

    assert [key for key, *_ in figures(found)] == ["6.2.share", "6.13.apprentices"]
    assert [line.id for line in found.left_out] == ["file.left_out.hidden", "file.left_out.sheet"]


def test_a_figure_says_which_cell_of_which_file_it_came_from_and_who_brought_it():
    rows = (("Mål", "Periode", "Tæller", "Nævner", "Bemærkning"), ("6.8", 2024, 48, 58, "til medio juni"))
    batch = read(workbook(*rows), "tal.xlsx", series=NONE).batch(by="command line", now=NOW)

    (stored,) = batch.observations
    assert (stored.value, stored.numerator, stored.denominator) == (Decimal("82.8"), Decimal(48), Decimal(58))
    assert stored.origin is not None
    assert (stored.origin.kind, stored.origin.name, stored.origin.place, stored.origin.by) == (
        OriginKind.FILE,
        "tal.xlsx",
        "Ark1!C2",
        "command line",
    )
    assert stored.note == text("til medio juni")
    assert (batch.source, stored.known_at, batch.detail["new"]) == ("cvr_fasit", NOW.date(), 1)


def test_a_figure_that_is_stored_already_changes_nothing():
    found = read(csv_file("6.2;2024;36,7;;", "6.13;januar 2025;38;;"))

    assert (found.news, found.same, found.troubles) == ((), 2, ())


def test_the_same_figure_twice_counts_once():
    found = read(csv_file("6.2;2023;36,7;;", "6.2;2023;36,7;;"), series=NONE)

    assert (len(found.new), found.same) == (1, 1)


def test_a_stored_figure_is_corrected_for_a_reason_only():
    found = read(csv_file("6.2;2024;37,1;;"))

    assert (len(found.new), len(found.corrections)) == (0, 1)
    assert [line.id for line in found.lacking(sure=True, reason=" ")] == ["file.lacks.reason"]
    assert found.lacking(sure=False, reason="Kilden har rettet") == ()
    (stored,) = found.batch(by="command line", now=NOW, reason="Kilden har rettet").observations
    assert stored.note == text("Kilden har rettet")


@pytest.mark.parametrize(("value", "doubted"), [("46,7", 0), ("46,8", 1), ("26,7", 0), ("26,6", 1)])
def test_a_figure_far_from_the_one_before_is_asked_about(value, doubted):
    found = read(csv_file(f"6.2;2024;{value};;"), series=stored_year_before())

    assert len(found.doubts) == doubted
    assert bool(found.lacking(sure=False, reason="")) == bool(doubted)
    assert found.lacking(sure=True, reason="") == ()


def stored_year_before(value: str = "36.7") -> Series:
    return Series([make_observation("6.2.share", value, period=Period.year(2023))])


def test_the_figure_before_may_be_in_the_file_itself():
    found = read(csv_file("6.2;2024;60;;", "6.2;2023;36,7;;"), series=NONE)

    assert said(found.doubts) == [
        "Række 2, kolonne C: 60 % er 23,3 procentpoint fra tallet før: 36,7 % (2023)."
    ]


def test_nothing_is_compared_across_a_break_in_the_series():
    breaks = (Break(date(2024, 7, 1), text("reform")),)
    indicator = make_indicator("6.2.share", goal="6.2", unit=Unit.PERCENT, breaks=breaks)
    plan = make_plan(goals=(make_goal("6.2", indicators=(indicator,)),))

    assert read(csv_file("6.2;2024;60;;"), series=stored_year_before(), plan=plan).doubts == ()


def test_a_withdrawn_goal_takes_no_figures():
    gone = Decision(date(2025, 1, 1), "25/1", text("udgået"))
    plan = make_plan(goals=(replace(make_goal("1.1"), withdrawn=gone),))
    (sentence,) = refused(read(csv_file("1.1;2024;36,7;;"), series=NONE, plan=plan))

    assert sentence.startswith("Række 2, kolonne A: Mål 1.1 er udgået")


P_NUMBERS = ("1003388394", "1012345678", "1010101234", "1023456789", "1012995566")
"""Like those of places of work: some begin with a date."""


@pytest.mark.parametrize("number", P_NUMBERS)
@pytest.mark.parametrize("heading", ["P-nummer", "P-nr.", "p nr", "Produktionsenhed"])
def test_a_p_number_in_its_own_column_is_no_cpr_number(number, heading):
    head = f"Mål;Periode;Tæller;Nævner;{heading};CVR-nr"
    found = read(csv_file(f"6.8;2024;48;58;{number};29189986", head=head), series=NONE)

    assert figures(found) == [("6.8.share", "707", "2024", "82.8")]


CPR = ("010203-1234", "0102031234", "102031234", "010203 1234", "01.02.03-1234", "2412991234", "010120031234")
"""Nobody's, in the ways people and Excel write them; the third lost its nought."""


@pytest.mark.parametrize("cpr", CPR)
@pytest.mark.parametrize(
    "line",
    ["6.2;2024;36,7;;{}", "6.2;2024;{};;", "{};2024;36,7;;", "6.2;{};36,7;;", "6.2;2024;36,7;;;{}"],
)
def test_a_cpr_number_in_any_cell_refuses_the_file_and_is_never_repeated(cpr, line):
    head = "Mål;Periode;Værdi;Tæller;Nævner;Bemærkning"
    row = line.format(cpr) if line.count(";") == 5 else line.format(cpr) + ";"
    found = read(csv_file("6.99;2024;1;;;", row, head=head), "Jens.csv", series=NONE)

    assert found.has_people
    assert found.name == ""
    (sentence,) = refused(found)
    assert sentence.startswith("Række 3, kolonne ")
    assert "ligner et CPR-nummer" in sentence
    assert not any(cpr in str(part) for part in (found, sentence))


@pytest.mark.parametrize("cpr", ["010203-1234", "0102031234", "2412991234"])
def test_a_cpr_number_is_seen_in_the_name_of_the_file_of_a_sheet_and_of_a_hidden_one(cpr):
    def hide(sheet):
        other = sheet.parent.create_sheet("Gammel")
        other.append((cpr,))
        other.sheet_state = "hidden"

    rows = (("Mål", "Periode", "Værdi"), ("6.2", "2024", 36.7))
    for name, content in (
        (f"{cpr}.xlsx", workbook(*rows)),
        ("tal.xlsx", workbook(*rows, title=cpr)),
        ("tal.xlsx", workbook(*rows, change=hide)),
    ):
        found = read(content, name, series=NONE)
        assert found.has_people
        assert cpr not in str(found)
        assert refused(found)


def test_a_cpr_number_in_the_column_of_p_numbers_is_still_one():
    head = "Mål;Periode;Tæller;Nævner;P-nummer"
    found = read(csv_file("6.8;2024;48;58;0102031234", "6.8;2023;48;58;010203-1234", head=head), series=NONE)

    assert len(refused(found)) == 2
    assert found.has_people
